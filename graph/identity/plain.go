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

// Scan reads the cell between two places of a text, of whose bytes a map tells.
// Where it is a plain domain, it returns its hash as Seed.Of gives it. At least
// Padding bytes must follow the cell. It takes some ten nanoseconds.
func (p *PlainDomains) Scan(m bytemap.Map, text []byte, from, to int) (h Hash, ok bool) {
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
