package tally

import (
	"math/bits"
	"slices"
)

// putInSets counts every member of the partition for its set.
func (c *counter) putInSets() {
	c.setOf = c.setOf[:0]
	if !c.plan.masked {
		c.gatherLines()
	}
	for i := range c.members {
		m := &c.members[i]
		if m.isLeftOut() {
			c.leaveOut(m)
			continue
		}
		lines := c.linesOf(i)
		if c.quick == nil || !c.putQuickly(i, m, lines) {
			c.putInSet(i, m, lines)
		}
	}
	if c.quick != nil {
		c.quick.settle()
	}
}

// linesOf are the lines of a member, ascending and each once, where no mask holds
// them. They can be asked for once.
func (c *counter) linesOf(i int) []uint32 {
	if c.plan.masked {
		return nil
	}
	lines := c.lines[c.starts[i]:c.starts[i+1]]
	slices.Sort(lines)
	return slices.Compact(lines)
}

// putQuickly counts a member for its set, with its value, if the set is a word.
func (c *counter) putQuickly(i int, m *member, lines []uint32) bool {
	word := m.mask.a
	if !c.plan.masked {
		if len(lines) > packedLines {
			return false
		}
		word = pack(lines)
	}
	var value memberValue
	if c.plan.values {
		value = c.values[i]
	}
	c.quick.add(word, m.segment, value.value, value.known)
	return true
}

// putInSet counts a member for its set, with its value.
func (c *counter) putInSet(i int, m *member, lines []uint32) {
	n := c.setFor(m, lines)
	c.sets.sets.at(n).members++
	if c.plan.values && c.values[i].known {
		c.sets.values[n].add(c.values[i].value)
	}
	if c.plan.numbered() {
		c.setOf = append(c.setOf, n)
	}
}

// numbered reports whether it must be known which set each member is in.
func (p *plan) numbered() bool { return p.sums || p.spec.Keep }

func (c *counter) setFor(m *member, lines []uint32) uint32 {
	if c.plan.masked {
		return c.sets.ofMask(m.mask, bits.OnesCount64(m.mask.a)+bits.OnesCount64(m.mask.b), m.segment)
	}
	return c.sets.ofLines(lines, m.segment)
}

// leaveOut reports a member that is not counted here.
func (c *counter) leaveOut(m *member) {
	if c.plan.numbered() {
		c.setOf = append(c.setOf, noSet)
	}
	switch {
	case m.flags&(flagBeside|flagElsewhere) == flagBeside|flagElsewhere:
		c.out.Elsewhere = append(c.out.Elsewhere, c.idOf(m))
	case m.flags&flagOut == 0:
		c.out.Contradictory = append(c.out.Contradictory, c.idOf(m))
	}
}

// idOf is what tells a member of the partition at hand.
func (c *counter) idOf(m *member) ID {
	id := ID{Partition: c.at, Key0: m.key0, Key1: m.key1}
	if c.plan.store.opts.Exact {
		id.Key1, id.Key = 0, string(c.keyAt(m.key1))
	}
	return id
}

// gatherLines collects the lines of each member, one member after another, in
// two steps: how many each has, and then which.
func (c *counter) gatherLines() {
	c.starts = append(c.starts[:0], make([]uint32, len(c.members)+1)...)
	count := func(n uint32, lines int) { c.starts[n+1] += uint32(lines) }
	c.rows.each(func(i int, kind uint32, _ []int64) { count(c.of[i], len(c.plan.lists[kind])) })
	for _, x := range c.extra {
		count(x.member, 1)
	}
	for i := range c.members {
		c.starts[i+1] += c.starts[i]
	}
	total := int(c.starts[len(c.members)])
	c.lines = slices.Grow(c.lines[:0], total)[:total]
	next := append(c.next[:0], c.starts...)
	put := func(n, line uint32) {
		c.lines[next[n]] = line
		next[n]++
	}
	c.rows.each(func(i int, kind uint32, _ []int64) {
		for _, line := range c.plan.lists[kind] {
			put(c.of[i], line)
		}
	})
	for _, x := range c.extra {
		put(x.member, x.line)
	}
	c.extra, c.next = c.extra[:0], next
}

// lookAgain goes through the rows once more, for what can only be told when the
// sets of all members are known.
func (c *counter) lookAgain() {
	uncommon := slices.ContainsFunc(c.members, func(m member) bool { return m.flags&(flagDiffers|flagOther|flagOut|flagUndecided) != 0 })
	if !uncommon && !c.plan.spec.Unowned && !c.plan.sums {
		return
	}
	amount := 0
	if c.plan.values {
		amount = 1
	}
	c.rows.each(func(i int, kind uint32, lanes []int64) {
		n := c.of[i]
		k, m := &c.plan.kinds[kind], &c.members[n]
		if m.isLeftOut() {
			c.out.Out[kind]++
			return
		}
		if c.plan.spec.Unowned && m.flags&flagOwn == 0 {
			c.out.Unowned[kind]++
		}
		if m.flags&flagDiffers != 0 && k.segment != 0 && k.segment != m.segment {
			c.out.OtherSegment[kind]++
		}
		if m.flags&flagOther != 0 && lanes[0] != Absent && lanes[0] != c.values[n].value {
			c.out.OtherValue[kind]++
		}
		if c.plan.sums && lanes[amount] != Absent {
			set := c.setOf[n]
			at := c.sets.sumsAt[set] + c.sets.place(set, c.plan.lists[kind][0])
			c.sets.sums[at].Add(lanes[amount])
		}
	})
}
