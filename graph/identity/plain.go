package identity

import (
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/channelmap/channelmap/graph/list/bytemap"
)

// PlainDomains recognises, while it hashes them, cells that hold the domain of an
// account as it stands: in lower-case ASCII, one label below a top level. Most
// cells of most lists are such. It says of no cell that it is plain unless
// SiteKey gives the cell's own text as the key, and that no row of ours leads
// elsewhere (see Exclude). It is for one goroutine; Clone makes one for another.
type PlainDomains struct {
	seed    Seed
	tops    [256]topLevel
	exclude map[string]*exclusions // by top level
}

// topLevel is a top level that was met, with what isPlainTop says of it and what
// is excluded below it.
type topLevel struct {
	text    uint64 // its bytes, the first in the lowest place
	plain   bool
	exclude *exclusions
}

// exclusions are domains below one top level, known by their hashes.
type exclusions struct {
	second map[uint64]bool // second halves of hashes
	// filter has a bit for the beginning of each first half, and shift is what leads
	// there: nearly all other domains are told by it alone.
	filter []uint64
	shift  int
	hashes []Hash
}

// noExclusions stands for those of most top levels.
var noExclusions = &exclusions{filter: make([]uint64, 1), shift: 64 - 6}

// Padding is how many bytes must stand behind the last cell that Scan gets to
// see.
const Padding = 16

// NewPlainDomains makes one for the domains of a run's hashes.
func NewPlainDomains(seed Seed) *PlainDomains {
	p := &PlainDomains{seed: seed.of(ByDomain), exclude: map[string]*exclusions{}}
	eachSuffix(p.Exclude)
	for domain := range freeMail {
		p.Exclude(domain)
	}
	return p
}

// Clone returns one for another goroutine. Nothing may be excluded any more.
func (p *PlainDomains) Clone() *PlainDomains {
	return &PlainDomains{seed: p.seed, exclude: p.exclude}
}

// Exclude lets Scan no longer take a domain for plain: one that leads to another
// account, say.
func (p *PlainDomains) Exclude(domain string) {
	label, top, _ := strings.Cut(domain, ".")
	if label == "" || top == "" || strings.Contains(top, ".") {
		return // which is plain in no case
	}
	of := p.exclude[top]
	if of == nil {
		of = &exclusions{second: map[uint64]bool{}}
		p.exclude[top] = of
	}
	of.add(p.seed.ofText(domain))
}

// sparse is how many bits of a filter there are for each hash, at least.
const sparse = 16

func (e *exclusions) add(h Hash) {
	e.hashes = append(e.hashes, h)
	e.second[h.H2] = true
	if len(e.filter)*64 >= sparse*len(e.hashes) {
		e.mark(h)
		return
	}
	size := max(6, bits.Len(uint(2*sparse*len(e.hashes)-1)))
	e.filter, e.shift = make([]uint64, 1<<size/64), 64-size
	for _, h := range e.hashes {
		e.mark(h)
	}
}

func (e *exclusions) mark(h Hash) {
	at := h.H1 >> e.shift
	e.filter[at/64] |= 1 << (at % 64)
}

func (e *exclusions) has(h Hash) bool {
	at := h.H1 >> e.shift
	return e.filter[at/64]>>(at%64)&1 != 0 && e.second[h.H2]
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
		if dots != 1 || before>>63 != 0 || length > 63 || !ends(text, length, delim) {
			return h, 0, false
		}
		top := p.top(text, dot+1, length)
		h = h.done(length)
		return h, length, top.plain && !top.exclude.has(h)
	}
}

// Mapped is Scan of the cell between two places of a text, of whose bytes a map
// tells.
func (p *PlainDomains) Mapped(m bytemap.Map, text []byte, from, to int) (h Hash, ok bool) {
	length := to - from
	other, dots, hyphens := m.Domain(from)
	below := uint64(1)<<length - 1
	dots &= below
	marks := dots | hyphens&below
	// One dot; no mark begins the cell, follows another or ends the cell.
	if length > 63 || other&below != 0 || dots == 0 || dots&(dots-1) != 0 || marks&(marks<<1|1|1<<length>>1) != 0 {
		return h, false
	}
	top := p.top(text, from+bits.TrailingZeros64(dots)+1, to)
	h = p.seed.start()
	at := from
	for ; at+8 <= to; at += 8 {
		h = h.mix(binary.LittleEndian.Uint64(text[at:]))
	}
	if at < to {
		h = h.mix(binary.LittleEndian.Uint64(text[at:]) & lowBytes(to-at))
	}
	h = h.done(length)
	return h, top.plain && !top.exclude.has(h)
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

// noTop is the top level of cells that have none below which labels are plain.
var noTop = &topLevel{exclude: noExclusions}

// top returns the top level that the text between two places is. The text goes on
// for Padding bytes.
func (p *PlainDomains) top(text []byte, from, to int) *topLevel {
	n := to - from
	if n < 2 || n > 8 {
		return noTop
	}
	word := binary.LittleEndian.Uint64(text[from:]) & lowBytes(n)
	top := &p.tops[word*m1>>56]
	if top.text != word {
		p.meet(top, word, string(text[from:to]))
	}
	return top
}

// lowBytes masks the first bytes of a word, one of them or more.
func lowBytes(n int) uint64 { return ^uint64(0) >> (64 - 8*n&63) }

func (p *PlainDomains) meet(top *topLevel, word uint64, text string) {
	*top = topLevel{word, isPlainTop(text), p.exclude[text]}
	if top.exclude == nil {
		top.exclude = noExclusions
	}
}
