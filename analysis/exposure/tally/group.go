package tally

import (
	"bytes"
	"math/bits"
)

// table finds the members of one partition by their keys: open addressing, with
// room for twice as many as there are rows at most.
type table struct {
	slots []uint32 // 1 + the number of the member, or 0
	mask  uint64
}

func (t *table) reset(rows int64) {
	size := 1 << bits.Len64(uint64(rows)|255)
	if size > len(t.slots) {
		t.slots = make([]uint32, size)
	} else {
		clear(t.slots[:size])
	}
	t.mask = uint64(size) - 1
}

// groupHashed finds the member of every row by its hash.
func (c *counter) groupHashed() error {
	stride := c.plan.store.stride
	for _, chunk := range c.rows.chunks {
		for row := chunk.words[:chunk.size/8]; len(row) >= stride; row = row[stride:] {
			key0, key1 := row[0]&^kindMask, row[1]
			n := c.lookup(key0, key1)
			c.take(n, uint32(row[0]&kindMask), lanesOf(row[2:stride]))
		}
	}
	return nil
}

// lookup returns the number of the member of a hash, a new one where there was
// none.
func (c *counter) lookup(key0, key1 uint64) uint32 {
	for at := key1 & c.found.mask; ; at = (at + 1) & c.found.mask {
		n := c.found.slots[at]
		if n == 0 {
			c.found.slots[at] = uint32(len(c.members) + 1)
			return c.enter(member{key0: key0, key1: key1})
		}
		if m := &c.members[n-1]; m.key1 == key1 && m.key0 == key0 {
			return n - 1
		}
	}
}

func (c *counter) enter(m member) uint32 {
	c.members = append(c.members, m)
	if c.plan.values {
		c.values = append(c.values, memberValue{})
	}
	return uint32(len(c.members) - 1)
}

// remembers reports whether the member of each row is kept for a second look.
func (c *counter) remembers() bool {
	return c.plan.again() || c.plan.spec.Keep || c.plan.cells > 1 || len(c.plan.spec.Tags) > 0 || c.plan.beside
}

// take lets a member learn from a row.
func (c *counter) take(n, kind uint32, lanes []int64) {
	k, m := &c.plan.kinds[kind], &c.members[n]
	m.mask.a |= k.mask.a
	m.mask.b |= k.mask.b
	m.learn(k)
	if c.plan.values && lanes[0] != Absent {
		c.takeValue(m, n, lanes[0], k.rank)
	}
	if c.plan.beside {
		c.takeBeside(n, k, uint64(lanes[len(lanes)-1]))
	}
	if c.remembers() {
		c.of = append(c.of, n)
	}
}

// takeValue decides between values as learnSegment does between segments.
func (c *counter) takeValue(m *member, n uint32, value int64, rank uint16) {
	v := &c.values[n]
	switch {
	case !v.known:
		*v = memberValue{value, rank, true}
	case v.value == value:
		if rank < v.rank {
			v.rank = rank
			m.flags &^= flagClashed
		}
	case rank < v.rank:
		*v = memberValue{value, rank, true}
		m.flags = m.flags&^flagClashed | flagOther
	case rank == v.rank:
		m.flags |= flagClashed | flagOther
	default:
		m.flags |= flagOther
	}
}

// groupExact finds the member of every row by its key.
func (c *counter) groupExact() error {
	for i, chunk := range c.rows.chunks {
		all := bytesOf(chunk.words)[:chunk.size]
		for at := 0; at < len(all); {
			words, key, size := c.rows.exact(all[at:])
			n := c.lookupKey(words[0]&^kindMask, key, uint64(i)<<32|uint64(at))
			c.take(n, uint32(words[0]&kindMask), lanesOf(words[1:c.plan.store.stride]))
			at += size
		}
	}
	return nil
}

// lookupKey is lookup by a whole key, which stands in the row at a place.
func (c *counter) lookupKey(key0 uint64, key []byte, place uint64) uint32 {
	for at := key0 >> kindBits & c.found.mask; ; at = (at + 1) & c.found.mask {
		n := c.found.slots[at]
		if n == 0 {
			c.found.slots[at] = uint32(len(c.members) + 1)
			return c.enter(member{key0: key0, key1: place})
		}
		if m := &c.members[n-1]; m.key0 == key0 && bytes.Equal(c.keyAt(m.key1), key) {
			return n - 1
		}
	}
}

// keyAt returns the key of the row at a place.
func (c *counter) keyAt(place uint64) []byte {
	chunk := c.rows.chunks[place>>32]
	_, key, _ := c.rows.exact(bytesOf(chunk.words)[place&(1<<32-1) : chunk.size])
	return key
}

// find returns the number of the member of a tag, and false where no row has it.
func (c *counter) find(t *Tag) (uint32, bool) {
	key0 := t.Hash.H1 << kindBits
	exact := c.plan.store.opts.Exact
	at := t.Hash.H2 & c.found.mask
	if exact {
		at = key0 >> kindBits & c.found.mask
	}
	for ; ; at = (at + 1) & c.found.mask {
		n := c.found.slots[at]
		if n == 0 {
			return 0, false
		}
		m := &c.members[n-1]
		if m.key0 == key0 && (exact && string(c.keyAt(m.key1)) == t.Key || !exact && m.key1 == t.Hash.H2) {
			return n - 1, true
		}
	}
}

// tag gives members of the partition the lines of their tags and places.
func (c *counter) tag(p int) {
	for i := range c.plan.tags[p] {
		t := &c.plan.tags[p][i]
		n, ok := c.find(t)
		switch m := (*member)(nil); {
		case !ok:
		case t.Line == Out:
			m = &c.members[n]
			m.flags |= flagOut
		case t.Line == Owned:
			m = &c.members[n]
			m.flags |= flagOwned
		default:
			c.addLine(n, t.Line)
		}
	}
	if len(c.plan.places) == 0 {
		return
	}
	for i := range c.members {
		if place := int(c.members[i].place) - 1; place >= 0 && place < len(c.plan.places) {
			c.addPlace(uint32(i), place)
		}
	}
}

func (c *counter) addLine(n uint32, line int) {
	if c.plan.masked {
		c.members[n].mask.set(line)
		return
	}
	c.extra = append(c.extra, extraLine{n, uint32(line)})
}

func (c *counter) addPlace(n uint32, place int) {
	if c.plan.masked {
		m := &c.members[n].mask
		m.a |= c.plan.places[place].a
		m.b |= c.plan.places[place].b
		return
	}
	for _, line := range c.plan.placed[place] {
		c.extra = append(c.extra, extraLine{n, line})
	}
}

// extraLine is a line of a member that no row gives.
type extraLine struct{ member, line uint32 }
