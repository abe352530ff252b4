package tally

// counter counts partitions, one at a time, into sets of its own.
type counter struct {
	plan  *plan
	rows  rowReader
	sets  *setTable
	quick *quickSets // has the sets that are a word, where that is quicker; or nil
	err   error
	found table

	// of the partition at hand
	members []member
	values  []memberValue // by member
	at      int
	of      []uint32 // the member of each row, where rows are looked at again
	setOf   []uint32 // by member: its set, or noSet; where sets are numbered
	narrow  []narrowMember
	extra   []extraLine // lines that no row gives
	beside  []crowdRow
	starts  []uint32 // by member, where its lines begin; where masks do not hold them
	lines   []uint32 // of all members
	next    []uint32
	kept    []kept // by partition

	out Result
}

// memberValue is the value of a member with the rank of the list that gave it.
type memberValue struct {
	value int64
	rank  uint16
	known bool
}

const noSet = 1<<32 - 1

func newCounter(p *plan) *counter {
	n := len(p.kinds)
	c := &counter{plan: p, rows: newRowReader(p.store), sets: newSetTable(p)}
	if p.quick() {
		c.quick = newQuickSets(p)
	}
	c.out.OtherSegment, c.out.OtherValue = make([]int64, n), make([]int64, n)
	c.out.Out = make([]int64, n)
	if p.spec.Keep {
		c.kept = make([]kept, 1<<p.store.bits)
	}
	if p.spec.Unowned {
		c.out.Unowned = make([]int64, n)
	}
	return c
}

// partition counts one partition: where it is too large, share by share.
func (c *counter) partition(p int) error {
	c.at = p
	bits := c.plan.store.shareBits(c.rows.size(p))
	if bits == 0 {
		rows, err := c.rows.open(p)
		if err != nil {
			return err
		}
		return c.count(rows)
	}
	for n := range uint64(1) << bits {
		rows, err := c.rows.openShare(p, share{n, bits})
		if err == nil {
			err = c.count(rows)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// count counts the rows that are ready, of the partition at hand.
func (c *counter) count(rows int64) (err error) {
	if rows == 0 {
		return nil
	}
	c.members, c.values, c.of = c.members[:0], c.values[:0], c.of[:0]
	c.found.reset(rows)
	if c.plan.narrow {
		c.countNarrow()
		return nil
	}
	if c.plan.store.opts.Exact {
		err = c.groupExact()
	} else {
		err = c.groupHashed()
	}
	if err != nil {
		return err
	}
	c.tag(c.at)
	c.countCrowds()
	c.putInSets()
	c.lookAgain()
	if c.plan.spec.Keep {
		c.keep()
	}
	return nil
}

// again reports whether rows are looked at a second time, once it is known
// which set each member is in.
func (p *plan) again() bool { return p.spec.Unowned || p.sums || p.values || !p.masked }
