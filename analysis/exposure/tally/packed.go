package tally

import "math/bits"

// packing is how many bits a line takes in a word that holds a short list, where
// masks hold not all lines: enough for 1 and the line. The first line stands in the
// highest place, so that words are ordered as their lists are. The fewer lines there
// are the longer the lists that a word holds, and the fewer need more than one look.
type packing uint

// mostPacked bounds the lines of packed lists: four of them are a word still.
const mostPacked = 1<<16 - 1

// packedLines is how many lines a word holds at most: of more than a hundred lines,
// eight.
const packedLines = 8

func packingOf(lines int) packing { return packing(max(bits.Len(uint(lines)), 64/packedLines)) }

// lines is how many lines a word holds.
func (p packing) lines() int { return int(64 / p) }

// pack packs the first lines of an ascending list in a word.
func (p packing) pack(lines []uint32) (word uint64) {
	for i, l := range lines[:min(len(lines), p.lines())] {
		word |= uint64(l+1) << (64 - int(p)*(i+1))
	}
	return word
}

// unpack writes the lines of a word behind those in into.
func (p packing) unpack(word uint64, into []uint32) []uint32 {
	for ; word != 0; word <<= p {
		into = append(into, uint32(word>>(64-p))-1)
	}
	return into
}

// insert adds one line, as a word holds it, to a packed list. It is false where the
// list is full.
func (p packing) insert(word, line uint64) (uint64, bool) {
	one := uint64(1)<<(p&63) - 1
	last := 64 % p // where the last line of a full list stands
	for shift := 64 - p; shift < 64; shift -= p {
		at := word >> (shift & 63) & one
		switch {
		case at == line:
			return word, true
		case at == 0:
			return word | line<<(shift&63), true
		case at > line && word>>(last&63)&one != 0:
			return word, false
		case at > line:
			behind := one<<(shift&63) | (uint64(1)<<(shift&63) - 1)
			return word&^behind | line<<(shift&63) | word&behind>>(p&63), true
		}
	}
	return word, false
}
