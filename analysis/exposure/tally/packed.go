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
