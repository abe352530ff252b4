package render

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEscapeControls(t *testing.T) {
	for in, want := range map[string]string{
		"": "",
		"Søren & 株式会社 שלום 🇩🇪": "Søren & 株式会社 שלום 🇩🇪",
		"👩‍👩‍👧":                "👩‍👩‍👧",
		"\x1b]0;owned\x07":     `\x1b]0;owned\x07`,
		"a\nb\r\tc":            `a\nb\r\tc`,
		"\u009b31m":            `\x9b31m`,
		"\u202eabc":            `\u202eabc`,
		"\u2028":               `\u2028`,
		"\xff\xfe":             `\xff\xfe`,
		"\ufffd":               "\ufffd",
		"\U000e0041":           `\U000e0041`,
		"del\x7f":              `del\x7f`,
	} {
		if got := EscapeControls(in); got != want {
			t.Errorf("EscapeControls(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNeutralise(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Acme": "Acme", "a=b": "a=b", "=1+1": "'=1+1", "+49": "'+49", "-5": "'-5", "@SUM": "'@SUM",
		"\t=1": `'\t=1`, "\r=1": `'\r=1`, "＝1": "'＝1", "'=1": "'=1",
	} {
		if got := neutralise(in); got != want {
			t.Errorf("neutralise(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCloseRightToLeft(t *testing.T) {
	if got := closeRightToLeft("Acme"); got != "Acme" {
		t.Errorf("got %q", got)
	}
	for _, s := range []string{"שלום", "شركة", "Acme שלום Ltd"} {
		if got := closeRightToLeft(s); got != s+"\u200e" {
			t.Errorf("got %q", got)
		}
	}
}

func FuzzEscapeControls(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := EscapeControls(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q became %q, which is not UTF-8", s, got)
		}
		for _, r := range got {
			if r != zeroWidthJoiner && r != zeroWidthNonJoiner && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q became %q, which holds %U", s, got, r)
			}
		}
		if again := EscapeControls(got); again != got {
			t.Fatalf("%q escaped twice is %q", got, again)
		}
	})
}

func FuzzNeutralise(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cell := neutralise(s)
		if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
			t.Fatalf("%q is still a formula: %q", s, cell)
		}
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		if err := w.Write([]string{cell, "end"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		row, err := csv.NewReader(&out).Read()
		if err != nil || len(row) != 2 || row[0] != cell {
			t.Fatalf("%q came back as %q, %v", cell, row, err)
		}
	})
}
