package tally

import (
	"cmp"
	"slices"
)

// Crowded is a member beside whom many others stand.
type Crowded struct {
	ID    ID
	Lines []int // of crowds, ascending, and then perhaps Spec.OwnedLine
}

// crowdRow is a row that names somebody of a crowd beside its member.
type crowdRow struct {
	member uint32
	crowd  uint16 // +1
	beside uint64
}

// takeBeside lets a member learn from whom a row of a kind names beside it.
func (c *counter) takeBeside(n uint32, k *kindInfo, beside uint64) {
	if k.crowd != 0 && beside != 0 {
		c.beside = append(c.beside, crowdRow{n, k.crowd, beside})
	}
	if c.plan.spec.Besides == nil {
		return
	}
	m, out := &c.members[n], false
	for _, line := range c.plan.spec.Besides[beside] {
		if out = out || line == Out; line != Out {
			c.addLine(n, line)
		}
	}
	if out {
		m.flags |= flagOut | flagBeside
	} else {
		m.flags |= flagElsewhere
	}
}

// countCrowds gives members the lines of crowds that are large enough.
func (c *counter) countCrowds() {
	slices.SortFunc(c.beside, func(a, b crowdRow) int {
		return cmp.Or(cmp.Compare(a.member, b.member), cmp.Compare(a.crowd, b.crowd), cmp.Compare(a.beside, b.beside))
	})
	rows := slices.Compact(c.beside)
	for len(rows) > 0 {
		n := rows[0].member
		var lines []int
		for len(rows) > 0 && rows[0].member == n {
			crowd, size := rows[0].crowd, 1
			for size < len(rows) && rows[size].member == n && rows[size].crowd == crowd {
				size++
			}
			rows = rows[size:]
			if size >= c.plan.spec.Crowded {
				lines = append(lines, c.plan.spec.Crowds[crowd-1])
			}
		}
		if len(lines) > 0 {
			c.crowd(n, lines)
		}
	}
	c.beside = c.beside[:0]
}

// crowd gives a member the lines of its crowds.
func (c *counter) crowd(n uint32, lines []int) {
	m := &c.members[n]
	if m.flags&flagOwned != 0 && c.plan.spec.OwnedLine != None {
		lines = append(lines, c.plan.spec.OwnedLine)
	}
	for _, line := range lines {
		c.addLine(n, line)
	}
	if m.flags&flagOut == 0 {
		c.out.Crowded = append(c.out.Crowded, Crowded{c.idOf(m), lines})
	}
}
