package list_test

import (
	"testing"

	"github.com/channelmap/channelmap/graph/list"
)

func TestWithoutAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"Alder":                          "Alder",
		"ann@a.example":                  "(address at a.example)",
		"Ann <ann.b+c@mail.a.example>":   "Ann <(address at mail.a.example)>",
		`status "x@b.example" is not`:    `status "(address at b.example)" is not`,
		"a@b.example; b@c.example":       "(address at b.example); (address at c.example)",
		"mailto:ann@a.example":           "mailto:(address at a.example)",
		"ann@a.example.":                 "(address at a.example).",
		"jörg@müller.example":            "(address at müller.example)",
		"Excite@Home":                    "Excite@Home",
		"Meet @ Noon":                    "Meet @ Noon",
		"cdw@resellers":                  "cdw@resellers",
		"https://user@host.example/path": "https://(address at host.example)/path",
	} {
		if got := list.WithoutAddresses(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
