package identity

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// ScanKnown is Scan for a cell whose end is known: the text between two places, at
// least Padding bytes before the end of the whole. What it does for each word
// depends on no condition: where the dot stands, no processor can guess.
func (p *PlainDomains) ScanKnown(text []byte, from, to int) (h Hash, ok bool) {
	length := to - from
	if length > 63 || length < 4 {
		return h, false
	}
	h = p.seed.start()
	var before, bad uint64 // dots and hyphens of the word before; what needs care
	at, dots := from, 0
	for ; at <= to-8; at += 8 {
		word := binary.LittleEndian.Uint64(text[at:])
		plain, marks := classes(word)
		bad |= ^plain&high | marks&(marks<<8|before>>56)
		dots += bits.OnesCount64(marks &^ (word << 7)) // a dot is even, a hyphen odd
		h, before = h.mix(word), marks
	}
	if rest := to - at; rest > 0 {
		used := uint64(1)<<(8*rest) - 1
		word := binary.LittleEndian.Uint64(text[at:]) & used
		plain, marks := classes(word)
		bad |= ^plain&high&used | marks&(marks<<8|before>>56)
		dots += bits.OnesCount64(marks &^ (word << 7))
		h, before = h.mix(word), marks<<(8*(8-rest))
	}
	if dots != 1 || bad != 0 || before>>63 != 0 || isMark(text[from]) {
		return h, false
	}
	h = h.done(length)
	return h, p.plainEnd(text, from, to) && !p.excludes(h)
}

// plainEnd reports whether what stands behind the dot of a text is a top level
// below which labels are plain. That of most is among the last eight bytes, and
// was met before.
func (p *PlainDomains) plainEnd(text []byte, from, to int) bool {
	if to >= 8 {
		word := binary.LittleEndian.Uint64(text[to-8:])
		dots := word ^ '.'*ones
		dots = ^((dots&^high + 0x7f*ones) | dots) & high
		length := bits.LeadingZeros64(dots) / 8
		word >>= (8 * (8 - length)) & 63
		if top := &p.tops[word*m1>>56]; dots != 0 && length >= 2 && top.text == word {
			return top.plain
		}
	}
	return p.plainTop(text, from+bytes.LastIndexByte(text[from:to], '.')+1, to)
}

// isMark reports whether a byte is a dot or a hyphen, which do not begin a domain.
func isMark(c byte) bool { return c == '.' || c == '-' }
