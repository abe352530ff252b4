package tally

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPackedLists holds packing, unpacking and adding lines one by one to lists.
func TestPackedLists(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, lines := range []int{65, 127, 128, 255, 256, 1000, 1023, 1024, 4096, 60_000, mostPacked} {
		p := packingOf(lines)
		if p.lines()*int(p) > 64 || p.lines() > packedLines {
			t.Fatalf("%d lines of %d bits are more than a word", p.lines(), p)
		}
		for range 4000 {
			list, ok := randomList(t, r, p, lines)
			if !ok {
				t.Fatalf("of %d lines", lines)
			}
			if got := p.unpack(p.pack(list), nil); !slices.Equal(got, list) {
				t.Fatalf("of %d lines, %v is packed as %x and unpacked as %v", lines, list, p.pack(list), got)
			}
			other, _ := randomList(t, r, p, lines)
			if x, y := p.pack(list), p.pack(other); (x < y) != (slices.Compare(list, other) < 0) {
				t.Fatalf("of %d lines, %v and %v are not in order: %x, %x", lines, list, other, x, y)
			}
		}
	}
}

// randomList adds random lines to a packed list, and holds each step to a list that
// is not packed. Some are the highest and the lowest, and some come twice.
func randomList(t *testing.T, r *rand.Rand, p packing, lines int) ([]uint32, bool) {
	var list []uint32
	var word uint64
	for range r.IntN(2 * packedLines) {
		line := uint32(min(r.IntN(lines+2), lines-1))
		if r.IntN(2) == 0 {
			line = uint32(min(r.IntN(10), lines-1))
		}
		next, ok := p.insert(word, uint64(line+1))
		known := slices.Contains(list, line)
		if want := known || len(list) < p.lines(); ok != want || !ok && next != word {
			t.Errorf("insert(%x, %d) = %x, %v", word, line, next, ok)
			return nil, false
		}
		if word = next; ok && !known {
			list = append(list, line)
			slices.Sort(list)
		}
	}
	if word != p.pack(list) {
		t.Errorf("%v is packed as %x and, line by line, as %x", list, p.pack(list), word)
		return nil, false
	}
	return list, true
}
