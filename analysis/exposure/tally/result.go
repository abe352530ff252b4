package tally

// Result is what a store holds, counted. Everything in it depends on the rows
// alone, never on the seed, the partitions or the workers.
type Result struct {
	// Contradictory are the members that rows of one list say different things
	// of; they are in no set.
	Contradictory []ID
	// Elsewhere are the members that Spec.Besides took out and of whom some rows name
	// others, or nobody.
	Elsewhere []ID
	// Crowded are the members with a line of Spec.Crowds, those of Out but for.
	Crowded []Crowded
	// By kind, rows of members in sets:
	Unowned      []int64 // whose member no row of ours has; nil unless asked for
	OtherSegment []int64 // that name another segment than their member's
	OtherValue   []int64 // that have another value than their member's
	// Out is, by kind, how many rows are of members in no set.
	Out []int64
	// MembersOf is, by line, how many members in sets have it.
	MembersOf []int64

	table *setTable
	order []uint32
	// Of stores that keep their members:
	kept   []kept   // by partition
	before []int    // by partition, members of earlier ones
	place  []uint32 // by set of the table, its place in order
}

// Len is the number of distinct sets.
func (r *Result) Len() int { return len(r.order) }

// Set fills in the set of a number: ascending by segment, none last, and then by
// lines, compared one by one. It uses the memory that the set has already.
func (r *Result) Set(i int, into *Set) {
	n := r.order[i]
	t := r.table
	s := t.sets.at(n)
	into.Segment, into.Members = int(s.segment)-1, s.members
	into.Lines = t.lines(s, into.Lines[:0])
	if t.plan.values {
		into.Valued, into.Value = t.values[n].valued, t.values[n].value
	}
	if t.plan.sums {
		into.Amounts = append(into.Amounts[:0], t.sums[t.sumsAt[n]:t.end(int(n))]...)
	}
}

// merge joins what the workers counted.
func merge(p *plan, counters []*counter) *Result {
	first := counters[0]
	r := &first.out
	r.kept = first.kept
	for _, c := range counters[1:] {
		r.takeKept(c.kept, first.sets.absorb(c.sets))
		r.Contradictory = append(r.Contradictory, c.out.Contradictory...)
		r.Elsewhere = append(r.Elsewhere, c.out.Elsewhere...)
		r.Crowded = append(r.Crowded, c.out.Crowded...)
		addTo(r.Unowned, c.out.Unowned)
		addTo(r.OtherSegment, c.out.OtherSegment)
		addTo(r.OtherValue, c.out.OtherValue)
		addTo(r.Out, c.out.Out)
	}
	r.table = first.sets
	if first.quick != nil {
		r.order = r.table.take(mergeQuick(p, counters), len(counters))
	} else {
		r.order = r.table.inOrder(len(counters))
	}
	r.countMembers(p)
	if p.spec.Keep {
		r.settleKept()
	}
	return r
}

// Size is the number of lines of a set.
func (r *Result) Size(i int) int { return r.table.size(r.table.sets.at(r.order[i])) }

// Segment is that of a set, or None.
func (r *Result) Segment(i int) int { return int(r.table.sets.at(r.order[i]).segment) - 1 }

// countMembers sums the members of each line up.
func (r *Result) countMembers(p *plan) {
	r.MembersOf = make([]int64, p.spec.Lines)
	var lines []int
	for i := range r.table.sets.n {
		s := r.table.sets.at(uint32(i))
		lines = r.table.lines(s, lines[:0])
		for _, l := range lines {
			r.MembersOf[l] += s.members
		}
	}
}

func addTo(sums, more []int64) {
	for i := range more {
		sums[i] += more[i]
	}
}
