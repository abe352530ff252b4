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
	var before, dots, bad uint64 // dots and hyphens of the word before; how many dots; what needs care
	at, dot := from, 0
	for ; at <= to-8; at += 8 {
		word := binary.LittleEndian.Uint64(text[at:])
		plain, marks := classes(word)
		bad |= ^plain&high | marks&(marks<<8|before>>56)
		points := marks &^ (word << 7) // a dot is even, a hyphen odd
		if dots += uint64(bits.OnesCount64(points)); points != 0 {
			dot = at + (63-bits.LeadingZeros64(points))/8
		}
		h, before = h.mix(word), marks
	}
	if rest := to - at; rest > 0 {
		used := uint64(1)<<(8*rest) - 1
		word := binary.LittleEndian.Uint64(text[at:]) & used
		plain, marks := classes(word)
		bad |= ^plain&high&used | marks&(marks<<8|before>>56)
		points := marks &^ (word << 7)
		if dots += uint64(bits.OnesCount64(points)); points != 0 {
			dot = at + (63-bits.LeadingZeros64(points))/8
		}
		h, before = h.mix(word), marks<<(8*(8-rest))
	}
	if dots != 1 || bad != 0 || before>>63 != 0 || isMark(text[from]) || !p.plainTop(text, dot+1, to) {
		return h, false
	}
	h = h.done(length)
	return h, !p.excludes(h)
}

// isMark reports whether a byte is a dot or a hyphen, which do not begin a domain.
func isMark(c byte) bool { return c == '.' || c == '-' }
