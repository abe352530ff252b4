package exposure

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/channelmap/channelmap/graph/list"
)

// TestCodes gives each text a number of its own, whatever its length and whatever
// stands behind it.
func TestCodes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	codes, known := newCodes(), map[string]int{}
	for range 20_000 {
		text := make([]byte, r.IntN(codeBytes+8))
		for i := range text {
			text[i] = "ab\x00,"[r.IntN(4)]
			if r.IntN(4) > 0 {
				text[i] = 'a' // so that texts come again
			}
		}
		around := []byte{'x'}
		around = append(around, text...)
		for range list.Padding {
			around = append(around, byte(r.IntN(256)))
		}
		code := codes.of(around, 1, 1+len(text))
		if want, ok := known[string(text)]; ok && code != want || !ok && code != len(known) {
			t.Fatalf("%q has code %d, and had %d of %d", text, code, want, len(known))
		}
		known[string(text)] = code
	}
	if codes.n != len(known) || len(known) < 1000 {
		t.Errorf("%d codes for %d texts", codes.n, len(known))
	}
}

// TestSpans reads texts side by side as one, and nothing else.
func TestSpans(t *testing.T) {
	got := spansOf([]columnUse{columnText, columnText, columnKey, columnText, columnSkip, columnText, columnText, columnText, columnClass, columnClass})
	want := []columnSpan{
		{0, 1, columnText}, {2, 2, columnKey}, {3, 3, columnText}, {4, 4, columnSkip}, {5, 7, columnText},
		{8, 8, columnClass}, {9, 9, columnClass},
	}
	if !slices.Equal(got, want) {
		t.Errorf("spans are %v, want %v", got, want)
	}
}
