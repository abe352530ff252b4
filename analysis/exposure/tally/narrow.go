package tally

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// narrowMember is a member of a store that is counted in the shortest way: its
// lines are a word, a mask or packed, and all rows are of lists of one rank, so
// that what differs contradicts. Of exact stores, key1 is where the key's length
// stands: which chunk, and where in it.
type narrowMember struct {
	key0, key1, lines uint64
	segment           uint16 // +1
	clash             bool   // rows contradict one another
	more              bool   // lines do not hold all: the others are among the extra ones
}

// narrow reports whether that way serves: sets are counted quickly, nothing is
// known of members but what rows say, and rows say no more than a line, a segment
// and a value.
func (p *plan) isNarrow() bool {
	if !p.quick() || p.spec.Unowned || len(p.spec.Tags) > 0 || p.beside {
		return false
	}
	rank := None
	for i := range p.spec.Kinds {
		k := &p.spec.Kinds[i]
		if len(k.Lines) == 0 {
			continue // no row has it
		}
		if k.Place != None || len(k.Lines) > 1 || rank != None && k.Rank != rank {
			return false
		}
		rank = k.Rank
	}
	return true
}

// narrowWords are, by kind, what a row adds to the word of its member's lines.
func (p *plan) narrowWords() []uint64 {
	words := make([]uint64, len(p.kinds))
	for i, lines := range p.lists {
		switch {
		case len(lines) == 0:
		case p.masked:
			words[i] = p.kinds[i].mask.a
		default:
			words[i] = uint64(lines[0] + 1)
		}
	}
	return words
}

// countNarrow counts the partition at hand.
func (c *counter) countNarrow() {
	c.narrow = c.narrow[:0]
	if c.plan.store.opts.Exact {
		c.groupNarrowExact()
	} else {
		c.groupNarrow()
	}
	clash := false
	for i := range c.narrow {
		m := &c.narrow[i]
		switch {
		case m.clash:
			c.reportNarrow(m)
			clash = true
		case !m.more:
			v := c.valueOf(i)
			c.quick.add(m.lines, m.segment, v.value, v.known)
		}
	}
	c.quick.settle()
	c.putMore()
	if clash {
		c.countClashes()
	}
}

func (c *counter) valueOf(i int) (v memberValue) {
	if c.plan.values {
		v = c.values[i]
	}
	return v
}

// groupNarrow finds the member of every row by its hash.
func (c *counter) groupNarrow() {
	members, slots, mask := c.narrow, c.found.slots[:c.found.mask+1], c.found.mask
	adds, plain, stride := c.plan.adds, c.plan.masksAlone, c.plan.store.stride
	for _, chunk := range c.rows.chunks {
		words := chunk.words[:chunk.size/8]
		for i := 0; i+stride <= len(words); i += stride {
			key0, key1, kind := words[i]&^kindMask, words[i+1], words[i]&kindMask
			at := key1 & mask
			n := slots[at]
			for n != 0 && (members[n-1].key1 != key1 || members[n-1].key0 != key0) {
				at = (at + 1) & mask
				n = slots[at]
			}
			if n == 0 {
				members = append(members, narrowMember{key0: key0, key1: key1})
				n = uint32(len(members))
				slots[at] = n
			}
			if m := &members[n-1]; plain {
				m.lines |= adds[kind]
			} else {
				c.learnNarrow(m, n-1, uint32(kind), lanesOf(words[i+2:i+stride]))
			}
		}
	}
	c.narrow = members
}

// groupNarrowExact finds the member of every row by its key.
func (c *counter) groupNarrowExact() {
	members, slots, mask := c.narrow, c.found.slots[:c.found.mask+1], c.found.mask
	adds, plain, head := c.plan.adds, c.plan.masksAlone, 8*c.plan.store.stride
	for chunkNo, chunk := range c.rows.chunks {
		all := bytesOf(chunk.words)[:chunk.size]
		for from := 0; from < len(all); {
			word := binary.LittleEndian.Uint64(all[from:])
			key0, kind := word&^kindMask, word&kindMask
			key, size := keyBehind(all[from+head:])
			row := from
			from += head + size
			at := key0 >> kindBits & mask
			n := slots[at]
			for n != 0 && (members[n-1].key0 != key0 || !bytes.Equal(c.keyIn(members[n-1].key1), key)) {
				at = (at + 1) & mask
				n = slots[at]
			}
			if n == 0 {
				members = append(members, narrowMember{key0: key0, key1: uint64(chunkNo)<<32 | uint64(row+head)})
				n = uint32(len(members))
				slots[at] = n
			}
			if m := &members[n-1]; plain {
				m.lines |= adds[kind]
			} else {
				c.learnNarrow(m, n-1, uint32(kind), c.rows.lanesIn(all[row+8:row+head]))
			}
		}
	}
	c.narrow = members
}

// keyIn is the key at a place: a chunk, and where in it the key's length stands.
func (c *counter) keyIn(place uint64) []byte {
	key, _ := keyBehind(bytesOf(c.rows.chunks[place>>32].words)[place&(1<<32-1):])
	return key
}

// learnNarrow takes in what a row says of a member, the one of a number.
func (c *counter) learnNarrow(m *narrowMember, n, kind uint32, lanes []int64) {
	if add := c.plan.adds[kind]; c.plan.masked {
		m.lines |= add
	} else if lines, ok := insert(m.lines, add); ok {
		m.lines = lines
	} else {
		m.more = true
		c.extra = append(c.extra, extraLine{n, uint32(add - 1)})
	}
	if s := c.plan.kinds[kind].segment; m.segment == 0 {
		m.segment = s
	} else if s != 0 && s != m.segment {
		m.clash = true
	}
	if !c.plan.values {
		return
	}
	if int(n) == len(c.values) {
		c.values = append(c.values, memberValue{})
	}
	if v := &c.values[n]; lanes[0] != Absent && !v.known {
		v.value, v.known = lanes[0], true
	} else if lanes[0] != Absent && v.value != lanes[0] {
		m.clash = true
	}
}

// putMore counts the members whose lines are more than a word holds.
func (c *counter) putMore() {
	slices.SortFunc(c.extra, func(a, b extraLine) int { return cmp.Compare(a.member, b.member) })
	for from := 0; from < len(c.extra); {
		n := c.extra[from].member
		m := &c.narrow[n]
		c.lines = unpack(m.lines, c.lines[:0])
		for ; from < len(c.extra) && c.extra[from].member == n; from++ {
			c.lines = append(c.lines, c.extra[from].line)
		}
		if m.clash {
			continue
		}
		slices.Sort(c.lines)
		set := c.sets.ofLines(slices.Compact(c.lines), m.segment)
		c.sets.sets.at(set).members++
		if v := c.valueOf(int(n)); v.known {
			c.sets.values[set].add(v.value)
		}
	}
	c.extra = c.extra[:0]
}

// reportNarrow reports a member of whom rows say different things.
func (c *counter) reportNarrow(m *narrowMember) {
	id := ID{Partition: c.at, Key0: m.key0, Key1: m.key1}
	if c.plan.store.opts.Exact {
		id.Key1, id.Key = 0, string(c.keyIn(m.key1))
	}
	c.out.Contradictory = append(c.out.Contradictory, id)
}

// countClashes counts the rows of members that are in no set.
func (c *counter) countClashes() {
	count := func(n, kind uint32) {
		if c.narrow[n-1].clash {
			c.out.Out[kind]++
		}
	}
	stride, mask := c.plan.store.stride, c.found.mask
	for _, chunk := range c.rows.chunks {
		if c.plan.store.opts.Exact {
			for all := bytesOf(chunk.words)[:chunk.size]; len(all) > 0; {
				words, key, size := c.rows.exact(all)
				all = all[size:]
				at := words[0] &^ kindMask >> kindBits & mask
				for n := c.found.slots[at]; c.narrow[n-1].key0 != words[0]&^kindMask || !bytes.Equal(c.keyIn(c.narrow[n-1].key1), key); n = c.found.slots[at] {
					at = (at + 1) & mask
				}
				count(c.found.slots[at], uint32(words[0]&kindMask))
			}
			continue
		}
		for row := chunk.words[:chunk.size/8]; len(row) >= stride; row = row[stride:] {
			at := row[1] & mask
			for n := c.found.slots[at]; c.narrow[n-1].key1 != row[1] || c.narrow[n-1].key0 != row[0]&^kindMask; n = c.found.slots[at] {
				at = (at + 1) & mask
			}
			count(c.found.slots[at], uint32(row[0]&kindMask))
		}
	}
}
