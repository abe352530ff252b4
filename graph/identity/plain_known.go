package identity

import (
	"encoding/binary"
	"math/bits"
)

// ScanKnown is Scan for a cell whose end is known: the text between two places, at
// least Padding bytes before the end of the whole.
func (p *PlainDomains) ScanKnown(text []byte, from, to int) (h Hash, ok bool) {
	length := to - from
	if length > 63 || length < 4 {
		return h, false
	}
	h = p.seed.start()
	var before, dots uint64 // dots and hyphens of the word before; how many dots
	dot := 0
	for at := from; at < to; at += 8 {
		word, unused := binary.LittleEndian.Uint64(text[at:]), uint64(0)
		if rest := to - at; rest < 8 {
			unused = ^uint64(0) << (8 * rest)
		}
		word &^= unused
		plain, marks := classes(word)
		if (plain|unused)&high != high || marks&(marks<<8|before>>56) != 0 {
			return h, false // two dots or hyphens in a row, or what needs care
		}
		if points := marks &^ (word << 7); points != 0 { // a dot is even, a hyphen odd
			dots += uint64(bits.OnesCount64(points))
			dot = at + (63-bits.LeadingZeros64(points))/8
		}
		if at == from && marks&0x80 != 0 {
			return h, false
		}
		h = h.mix(word)
		before = marks
	}
	if dots != 1 || before>>(8*((length-1)%8)+7) != 0 || !p.plainTop(text, dot+1, to) {
		return h, false
	}
	h = h.done(length)
	return h, !p.excludes(h)
}
