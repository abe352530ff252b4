package tally

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPackedLists holds packing, unpacking and adding lines one by one to lists.
func TestPackedLists(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20_000 {
		var list []uint32
		var word uint64
		for range r.IntN(8) {
			line := uint32(r.IntN(6)) * uint32(1+r.IntN(13_000))
			next, ok := insert(word, uint64(line+1))
			known := slices.Contains(list, line)
			if want := known || len(list) < packedLines; ok != want || !ok && next != word {
				t.Fatalf("insert(%x, %d) = %x, %v", word, line, next, ok)
			}
			if word = next; ok && !known {
				list = append(list, line)
				slices.Sort(list)
			}
		}
		if word != pack(list) || !slices.Equal(unpack(word, nil), list) {
			t.Fatalf("%v is packed as %x and %x, and unpacked as %v", list, word, pack(list), unpack(word, nil))
		}
	}
	if a, b := pack([]uint32{3}), pack([]uint32{3, 4}); a >= b {
		t.Errorf("the beginning of a list is not before the list: %x, %x", a, b)
	}
	if a, b := pack([]uint32{3, 9, 10, 11}), pack([]uint32{4}); a >= b {
		t.Errorf("lists are not in order: %x, %x", a, b)
	}
}
