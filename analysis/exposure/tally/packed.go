package tally

// packedLines is how many lines a word holds where masks hold not all: 16 bits
// each, 1 and the line, the first in the highest place. So words are ordered as the
// lists are.
const packedLines = 4

// mostPacked bounds the lines of packed lists.
const mostPacked = 1<<16 - 1

// pack packs the first lines of an ascending list in a word.
func pack(lines []uint32) (word uint64) {
	for i, l := range lines[:min(len(lines), packedLines)] {
		word |= uint64(l+1) << (48 - 16*i)
	}
	return word
}

// unpack writes the lines of a word behind those in into.
func unpack(word uint64, into []uint32) []uint32 {
	for ; word != 0; word <<= 16 {
		into = append(into, uint32(word>>48)-1)
	}
	return into
}

// insert adds one line, as a word holds it, to a packed list. It is false where the
// list is full.
func insert(word, line uint64) (uint64, bool) {
	for shift := 48; shift >= 0; shift -= 16 {
		at := word >> shift & 0xffff
		switch {
		case at == line:
			return word, true
		case at == 0:
			return word | line<<shift, true
		case at > line && word&0xffff != 0:
			return word, false
		case at > line:
			behind := uint64(1)<<(shift+16) - 1
			return word&^behind | line<<shift | word&behind>>16, true
		}
	}
	return word, false
}
