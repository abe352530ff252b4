package bytemap

import "golang.org/x/sys/cpu"

var hasAVX2 = cpu.X86.HasAVX2

// read fills in a word for each 64 bytes of a text.
func read(m Map, text []byte, delim byte) {
	if !hasAVX2 {
		readPlain(m, text, delim)
		return
	}
	tables := tablesFor(delim)
	readAVX2(&m[0], &text[0], len(m), &tables)
}

// The classes of bytes, a bit each. A byte has those that the tables of both its
// halves have.
const (
	isDelim = 1 << iota
	isQuote
	isControl
	isDigit
	isLetter // from a to o
	isLate   // from p to z
	isHyphen // the assembly shifts these two out
	isDot
)

// tables hold the classes that the lower and the upper half of a byte allow, each
// table twice, once for either half of a vector.
type tables struct{ lower, upper [32]byte }

func tablesFor(delim byte) tables {
	var t tables
	allow := func(class, upper, from, to byte) {
		t.upper[upper] |= class
		for lower := from; lower <= to; lower++ {
			t.lower[lower] |= class
		}
	}
	allow(isControl, 0, 0, 15)
	allow(isControl, 1, 0, 15)
	allow(isQuote, '"'>>4, '"'&15, '"'&15)
	allow(isDigit, '0'>>4, 0, 9)
	allow(isLetter, 'a'>>4, 1, 15)
	allow(isLate, 'p'>>4, 0, 'z'&15)
	allow(isHyphen, '-'>>4, '-'&15, '-'&15)
	allow(isDot, '.'>>4, '.'&15, '.'&15)
	allow(isDelim, delim>>4, delim&15, delim&15)
	copy(t.lower[16:], t.lower[:16])
	copy(t.upper[16:], t.upper[:16])
	return t
}

// readAVX2 is read with vectors of 32 bytes, for so many words.
//
//go:noescape
func readAVX2(m *Word, text *byte, words int, t *tables)
