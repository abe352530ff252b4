package render

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFitCutsBetweenCharacters(t *testing.T) {
	st := style{Size: 13, Bold: true}
	for _, name := range hostileNames {
		shown := visible(name)
		for limit := 20.0; limit < 200; limit += 7 {
			got := st.fit(shown, limit)
			if got == shown {
				continue
			}
			if w := st.width(got); w > limit {
				t.Errorf("%q cut to %.0f is %.1f wide", name, limit, w)
			}
			head := strings.TrimSuffix(got, ellipsis)
			if !strings.HasPrefix(shown, head) {
				t.Errorf("%q was cut to %q", shown, got)
			}
			if rest := []rune(strings.TrimPrefix(shown, head)); head != "" && len(rest) > 0 && joins(rest[0]) {
				t.Errorf("%q was cut inside a character: %q", shown, got)
			}
		}
	}
}

func TestClusters(t *testing.T) {
	for text, want := range map[string]int{
		"abc": 3, "e\u0301\u0302x": 2, "👩‍👩‍👧‍👦!": 2, "🇩🇪🇫🇷": 2, "👍🏽👍": 2, "한국": 2, "\u1112\u1161\u11ab\u1100": 2, "❤️a": 2, "a\u200db": 2,
	} {
		n, runes := 0, []rune(text)
		for len(runes) > 0 {
			runes = runes[clusterLength(runes):]
			n++
		}
		if n != want {
			t.Errorf("%q has %d characters, want %d", text, n, want)
		}
	}
}

func TestWrap(t *testing.T) {
	st := style{Size: 13}
	text := strings.Repeat("some words of a sentence ", 40) + strings.Repeat("x", 400)
	lines := st.wrap(text, 300)
	for _, l := range lines {
		if w := st.width(l); w > 300 {
			t.Errorf("%q is %.1f wide", l, w)
		}
	}
	if got := strings.Join(lines[:len(lines)-1], " "); !strings.HasPrefix(text, got) {
		t.Errorf("words were lost: %q", got)
	}
	if st.wrap("  ", 300) != nil {
		t.Error("blanks make a line")
	}
}

func TestVisibleIsBounded(t *testing.T) {
	got := visible(strings.Repeat("株", maxText))
	if len(got) > maxText+10 || !utf8.ValidString(got) {
		t.Errorf("%d bytes are left", len(got))
	}
}

// Liberation Sans has the metrics of Arial: these widths are those of its
// specification, 1/2048 em.
func TestWidthsAreThoseOfArial(t *testing.T) {
	for text, want := range map[string]float64{"A": 1366, "i": 455, "W": 1933, " ": 569, "0": 1139} {
		if got := (style{Size: 2048}).width(text); got != want {
			t.Errorf("%q is %g wide, want %g", text, got, want)
		}
	}
	plain, kerned := style{Size: 2048}.width("A")+style{Size: 2048}.width("V"), style{Size: 2048}.width("AV")
	if kerned > plain {
		t.Errorf("AV is %g wide, its letters %g", kerned, plain)
	}
}
