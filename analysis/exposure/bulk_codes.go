package exposure

import (
	"encoding/binary"
	"math/bits"
)

// codes numbers the different texts of a column, from 0. It is for one goroutine.
type codes struct {
	slots []codeSlot
	long  map[string]int
	n     int
}

// codeSlot is a short text.
type codeSlot struct {
	text         codeText
	length, code uint32 // code + 1, or 0 in free slots
}

// codeText is a text of up to codeBytes, with zeros behind it.
type codeText [codeBytes / 8]uint64

// codeBytes has room for two or three cells of most lists.
const codeBytes = 32

// keepBytes has, for each length, what to keep of the words that begin where a text
// does: so short texts and longer ones take the same steps, which are all foreseen.
var keepBytes = func() (keep [codeBytes + 1]codeText) {
	for length := range keep {
		for i := range length {
			keep[length][i/8] |= 0xff << (i % 8 * 8)
		}
	}
	return keep
}()

func newCodes() *codes { return &codes{slots: make([]codeSlot, 512), long: map[string]int{}} }

// of returns the number of the text between two places; at least codeBytes must
// follow.
func (c *codes) of(text []byte, from, to int) int {
	n := to - from
	if n > codeBytes {
		return c.ofLong(text[from:to])
	}
	cell, keep := text[from:from+codeBytes], &keepBytes[n]
	short := codeText{
		binary.LittleEndian.Uint64(cell) & keep[0], binary.LittleEndian.Uint64(cell[8:]) & keep[1],
		binary.LittleEndian.Uint64(cell[16:]) & keep[2], binary.LittleEndian.Uint64(cell[24:]) & keep[3],
	}
	length := uint32(n)
	size := uint64(len(c.slots) - 1)
	for at := short.home(length) & size; ; at = (at + 1) & size {
		s := &c.slots[at]
		if s.text == short && s.length == length && s.code != 0 {
			return int(s.code - 1)
		}
		if s.code == 0 {
			return c.enter(s, short, length)
		}
	}
}

// home is the slot of a text where nothing else stands.
func (t *codeText) home(length uint32) uint64 {
	return mix(t[0]^uint64(length)<<56, t[1]) ^ mix(t[2], t[3])
}

// enter numbers a text that is new, in its slot.
func (c *codes) enter(s *codeSlot, text codeText, length uint32) int {
	*s = codeSlot{text, length, uint32(c.n + 1)}
	c.n++
	c.grow()
	return c.n - 1
}

func (c *codes) ofLong(text []byte) int {
	code, ok := c.long[string(text)]
	if !ok {
		code = c.n
		c.long[string(text)] = code
		c.n++
	}
	return code
}

func (c *codes) grow() {
	if c.n*2 < len(c.slots) {
		return
	}
	old := c.slots
	c.slots = make([]codeSlot, 4*len(old))
	size := uint64(len(c.slots) - 1)
	for _, s := range old {
		if s.code == 0 {
			continue
		}
		at := s.text.home(s.length) & size
		for c.slots[at].code != 0 {
			at = (at + 1) & size
		}
		c.slots[at] = s
	}
}

// paths numbers sequences of codes: one step for each column. There are few of
// them where codes tell kinds.
type paths struct {
	next [][]uint32        // by place and code: where that leads, or 0
	far  map[uint64]uint32 // by place and larger codes
}

// pathStart is where all rows begin, and pathCare where those stay that need care.
const (
	pathStart = iota
	pathCare
	pathsFixed
)

// mostFirst bounds the codes that lead on from the start without a search, and
// mostNext those from other places.
const (
	mostFirst = 1 << 16
	mostNext  = 1 << 10
)

func newPaths() *paths { return &paths{next: make([][]uint32, pathsFixed), far: map[uint64]uint32{}} }

// step returns where a code leads from a place.
func (p *paths) step(from uint32, code int) uint32 {
	if next := p.next[from]; code < len(next) && next[code] != 0 {
		return next[code]
	}
	return p.search(from, code)
}

func (p *paths) search(from uint32, code int) uint32 {
	if from == pathCare {
		return pathCare
	}
	if code >= mostNext && (from != pathStart || code >= mostFirst) {
		key := uint64(from)<<32 | uint64(uint32(code))
		if p.far[key] == 0 {
			p.far[key] = p.place()
		}
		return p.far[key]
	}
	next := p.next[from]
	if code >= len(next) {
		next = append(next, make([]uint32, code+1-len(next))...)
		p.next[from] = next
	}
	next[code] = p.place()
	return next[code]
}

// place is a new one.
func (p *paths) place() uint32 {
	p.next = append(p.next, nil)
	return uint32(len(p.next) - 1)
}

// mix spreads two words over one.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xbf58476d1ce4e5b9)
	return hi ^ lo
}
