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

// codeSlot is a text of up to 16 bytes.
type codeSlot struct {
	first, second uint64
	length, code  uint32 // code + 1, or 0 in free slots
}

func newCodes() *codes { return &codes{slots: make([]codeSlot, 512), long: map[string]int{}} }

// of returns the number of the text between two places; at least 16 bytes must
// follow.
func (c *codes) of(text []byte, from, to int) int {
	n := to - from
	if n > 16 {
		return c.ofLong(text[from:to])
	}
	first, second := binary.LittleEndian.Uint64(text[from:]), uint64(0)
	if n > 8 {
		second = binary.LittleEndian.Uint64(text[from+8:]) & (1<<(8*(n-8)) - 1)
	} else {
		first &= 1<<(8*n) - 1 // of 8 bytes, a shift by 64 leaves all
	}
	length := uint32(n)
	size := uint64(len(c.slots) - 1)
	for at := mix(first^uint64(length)<<56, second) & size; ; at = (at + 1) & size {
		s := &c.slots[at]
		if s.first == first && s.second == second && s.length == length && s.code != 0 {
			return int(s.code - 1)
		}
		if s.code == 0 {
			return c.enter(s, first, second, length)
		}
	}
}

// enter numbers a text that is new, in its slot.
func (c *codes) enter(s *codeSlot, first, second uint64, length uint32) int {
	*s = codeSlot{first, second, length, uint32(c.n + 1)}
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
		at := mix(s.first^uint64(s.length)<<56, s.second) & size
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
