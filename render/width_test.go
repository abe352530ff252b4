package render

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDisplayWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "Söhne": 5, "So\u0308hne": 5, "日本": 4, "ﾊﾝｶｸ": 4, "한국": 4, "👍": 2, "🇩🇪": 2, "❤️": 2, "👩‍👧": 4,
		"שלום": 4, "…": 1, "Ａ": 2, "\u1112\u1161\u11ab": 2,
	} {
		if got := displayWidth(s); got != want {
			t.Errorf("displayWidth(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestCutText(t *testing.T) {
	for _, c := range []struct {
		s       string
		columns int
		want    string
	}{
		{"CDW", 3, "CDW"}, {"CDW Corp", 4, "CDW…"}, {"CDW Corp", 5, "CDW…"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"}, {"👩‍👧 family", 4, "…"}, {"👩‍👧 family", 5, "👩‍👧…"}, {"🇩🇪🇫🇷🇮🇹", 4, "🇩🇪…"}, {"abc", 0, ""},
	} {
		if got := cutText(c.s, c.columns); got != c.want {
			t.Errorf("cutText(%q, %d) = %q, want %q", c.s, c.columns, got, c.want)
		}
	}
}

func TestCutTextFits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 5000 {
		s, columns := randomText(r)+randomText(r), r.IntN(40)
		s = EscapeControls(s)
		got := cutText(s, columns)
		if w := displayWidth(got); w > columns {
			t.Fatalf("cutText(%q, %d) takes %d columns", s, columns, w)
		}
		if !utf8.ValidString(got) {
			t.Fatalf("cutText(%q, %d) broke a character", s, columns)
		}
	}
}

func TestWrapTextLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 2000 {
		s, columns := EscapeControls(randomText(r)+" "+randomText(r)), 2+r.IntN(60)
		lines := wrapText(s, columns)
		for _, line := range lines {
			if displayWidth(line) > max(columns, 8) { // a family of emoji stays together
				t.Fatalf("%q is wider than %d", line, columns)
			}
		}
		join := func(parts []string) string { return strings.ReplaceAll(strings.Join(parts, ""), " ", "") }
		if got, want := join(lines), join(strings.Fields(s)); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	}
}
