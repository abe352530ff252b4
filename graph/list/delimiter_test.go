package list

import (
	"slices"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// What a summary says of a delimiter can be written into the ecosystem file.
func TestDelimiterNames(t *testing.T) {
	for _, d := range slices.Concat(delimiters, []byte("#~ :=")) {
		if back, err := parseDelimiter(delimiterName(d)); err != nil || back != d {
			t.Errorf("%q is named %q, which reads as %q (%v)", d, delimiterName(d), back, err)
		}
	}
}

func TestSummaryTellsTheDelimiter(t *testing.T) {
	for content, want := range map[string]string{
		"domain,name\na.com,A\n": "comma", "domain;name\na.com;A\n": "semicolon", "domain\tname\na.com\tA\n": "tab", "domain|name\na.com|A\n": "pipe",
	} {
		_, sum := readText(t, content, graph.ListSpec{})
		if got := sum.Files[0].Delimiter; got != want {
			t.Errorf("%q: delimiter %q, want %q", content, got, want)
		}
	}
}
