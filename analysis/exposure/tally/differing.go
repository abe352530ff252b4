package tally

// Differing is a member of whom rows of different ranks say different things, with
// what counts and the lowest rank that says so.
type Differing struct {
	ID
	Segment, SegmentRank int   // or None and 0
	Value                int64 // or Absent
	ValueRank            int
}

// tellDiffering tells those of the partition.
func (c *counter) tellDiffering() {
	for i := range c.members {
		if m := &c.members[i]; !m.isLeftOut() && m.flags&(flagDiffers|flagOther) != 0 {
			c.out.countDiffering(1, c.plan.spec.Differing)
			if c.out.differing <= c.plan.spec.Differing {
				c.out.Differing = append(c.out.Differing, c.differing(i))
			}
		}
	}
}

func (c *counter) differing(i int) Differing {
	m := &c.members[i]
	d := Differing{ID: c.idOf(m), Segment: int(m.segment) - 1, SegmentRank: int(m.rankSeg), Value: Absent}
	if c.plan.values && c.values[i].known {
		d.Value, d.ValueRank = c.values[i].value, int(c.values[i].rank)
	}
	return d
}

// takeDiffering adds those of another result.
func (r *Result) takeDiffering(of *Result, most int) {
	r.Differing = append(r.Differing, of.Differing...)
	r.countDiffering(of.differing, most)
}

// countDiffering counts further ones. Where all are too many, none is named: which
// were met first depends on the run.
func (r *Result) countDiffering(n, most int) {
	if r.differing += n; r.differing > most {
		r.Differing = nil
	}
}
