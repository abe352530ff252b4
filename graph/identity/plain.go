package identity

import (
	"encoding/binary"
	"math/bits"
)

// PlainDomains recognises, while it hashes them, cells that hold the domain of an
// account as it stands: in lower-case ASCII, one label below a top level. Most
// cells of most lists are such. It says of no cell that it is plain unless
// SiteKey gives the cell's own text as the key, and that no row of ours leads
// elsewhere (see Exclude). It is for one goroutine; Clone makes one for another.
type PlainDomains struct {
	seed    Seed
	tops    [256]topLevel
	exclude map[uint64]bool // second halves of hashes
	filter  []uint64        // a bit for the beginning of the first half of each of them
}

// topLevel is a top level that was met, with what isPlainTop says of it.
type topLevel struct {
	text  uint64 // its bytes, the first in the lowest place
	plain bool
}

// Padding is how many bytes must stand behind the last cell that Scan gets to
// see.
const Padding = 16

const filterBits = 20

// NewPlainDomains makes one for the domains of a run's hashes.
func NewPlainDomains(seed Seed) *PlainDomains {
	p := &PlainDomains{seed: seed.of(ByDomain), filter: make([]uint64, 1<<filterBits/64), exclude: make(map[uint64]bool, 8192)}
	eachSuffix(p.Exclude)
	for domain := range freeMail {
		p.Exclude(domain)
	}
	return p
}

// Clone returns one for another goroutine. Nothing may be excluded any more.
func (p *PlainDomains) Clone() *PlainDomains {
	return &PlainDomains{seed: p.seed, exclude: p.exclude, filter: p.filter}
}

// Exclude lets Scan no longer take a domain for plain: one that leads to another
// account, say.
func (p *PlainDomains) Exclude(domain string) {
	h := p.seed.ofText(domain)
	at := h.H1 >> (64 - filterBits)
	p.filter[at/64] |= 1 << (at % 64)
	p.exclude[h.H2] = true
}

// Scan reads a cell at the beginning of a text, up to the delimiter or the end
// of its line. Where it is a plain domain, it returns its hash as Seed.Of gives
// it, and its length. At least Padding bytes must follow the cell.
func (p *PlainDomains) Scan(text []byte, delim byte) (h Hash, length int, ok bool) {
	h = p.seed.start()
	var before, dots uint64 // dots and hyphens of the word before; how many dots
	dot := 0
	for {
		word := binary.LittleEndian.Uint64(text[length:])
		plain, marks := classes(word)
		end := bits.TrailingZeros64(^plain&high) / 8 // 8 where all are plain
		if end < 8 {
			word &= 1<<(8*end) - 1
			marks &= 1<<(8*end) - 1
		}
		if marks&(marks<<8|before>>56) != 0 {
			return h, 0, false // two dots or hyphens in a row
		}
		if points := marks &^ (word << 7); points != 0 { // a dot is even, a hyphen odd
			dots += uint64(bits.OnesCount64(points))
			dot = length + (63-bits.LeadingZeros64(points))/8
		}
		if length == 0 && marks&0x80 != 0 {
			return h, 0, false
		}
		if end == 8 {
			h = h.mix(word)
			length, before = length+8, marks
			continue
		}
		if end > 0 {
			h = h.mix(word)
			before = marks << (8 * (8 - end))
		}
		length += end
		if dots != 1 || before>>63 != 0 || length > 63 || !ends(text, length, delim) || !p.plainTop(text, dot+1, length) {
			return h, 0, false
		}
		h = h.done(length)
		return h, length, !p.excludes(h)
	}
}

const (
	ones = 0x0101010101010101
	high = 0x8080808080808080
)

// classes tells of each byte of a word, in its highest bit, whether it is one of
// a domain in canonical form, and whether it is a dot or a hyphen.
func classes(word uint64) (plain, marks uint64) {
	low := word &^ high
	letters := (low + (0x80-'a')*ones) &^ (low + (0x80-'z'-1)*ones)
	digits := (low + (0x80-'0')*ones) &^ (low + (0x80-'9'-1)*ones)
	marks = (low + (0x80-'-')*ones) &^ (low + (0x80-'.'-1)*ones) & high &^ word
	return (letters|digits)&high&^word | marks, marks
}

// ends reports whether a cell ends at a place.
func ends(text []byte, at int, delim byte) bool {
	switch text[at] {
	case delim, '\n':
		return true
	case '\r':
		return text[at+1] == '\n'
	}
	return false
}

// plainTop reports whether the text between two places is a top level below
// which labels are plain.
func (p *PlainDomains) plainTop(text []byte, from, to int) bool {
	n := to - from
	if n < 2 || n > 8 {
		return false
	}
	word := binary.LittleEndian.Uint64(text[from:]) & (1<<(8*n) - 1)
	top := &p.tops[word*m1>>56]
	if top.text != word {
		*top = topLevel{word, isPlainTop(string(text[from:to]))}
	}
	return top.plain
}

func (p *PlainDomains) excludes(h Hash) bool {
	at := h.H1 >> (64 - filterBits)
	return p.filter[at/64]>>(at%64)&1 != 0 && p.exclude[h.H2]
}
