package tally

import "sync"

// Result is what a store holds, counted. Everything in it depends on the rows
// alone, never on the seed, the partitions or the workers.
type Result struct {
	// Contradictory are the members that rows of one list say different things
	// of; they are in no set.
	Contradictory []ID
	// Differing are the members in sets whom rows of a higher rank put in another
	// segment or give another value, in no order; nil where they are more than
	// Spec.Differing.
	Differing []Differing
	// Elsewhere are the members that Spec.Besides took out and of whom some rows name
	// others, or nobody.
	Elsewhere []ID
	// Crowded are the members with a line of Spec.Crowds, but for those that are out.
	Crowded []Crowded
	// By kind, rows of members in sets:
	Unowned      []int64 // whose member no row of ours has; nil unless asked for
	OtherSegment []int64 // that name another segment than their member's
	OtherValue   []int64 // that have another value than their member's
	// Out is, by kind, how many rows are of members in no set.
	Out []int64
	// MembersOf is, by line, how many members in sets have it.
	MembersOf []int64

	differing int // how many members are
	table     *setTable
	quick     quickPart // sets that the table does not have, numbered behind its own
	order     []uint32
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
	s, value := r.at(n)
	into.Segment, into.Members = int(s.segment)-1, s.members
	into.Lines = t.lines(&s, into.Lines[:0])
	if value != nil {
		into.Valued, into.Value = value.valued, value.value
	}
	if t.plan.sums {
		into.Amounts = append(into.Amounts[:0], t.sums[t.sumsAt[n]:t.end(int(n))]...)
	}
}

// at is the set of a number with its value, nil where there are none.
func (r *Result) at(n uint32) (s set, value *setValue) {
	values := r.table.values
	if quick := int(n) - r.table.sets.n; quick >= 0 {
		s, values, n = r.quick.sets[quick].set(), r.quick.values, uint32(quick)
	} else {
		s = *r.table.sets.at(n)
	}
	if r.table.plan.values {
		value = &values[n]
	}
	return s, value
}

// merge joins what the workers counted.
func merge(p *plan, counters []*counter) *Result {
	first := counters[0]
	r := &first.out
	r.kept = first.kept
	for _, c := range counters[1:] {
		r.takeKept(c.kept, first.sets.absorb(c.sets))
		r.Contradictory = append(r.Contradictory, c.out.Contradictory...)
		r.takeDiffering(&c.out, p.spec.Differing)
		r.Elsewhere = append(r.Elsewhere, c.out.Elsewhere...)
		r.Crowded = append(r.Crowded, c.out.Crowded...)
		addTo(r.Unowned, c.out.Unowned)
		addTo(r.OtherSegment, c.out.OtherSegment)
		addTo(r.OtherValue, c.out.OtherValue)
		addTo(r.Out, c.out.Out)
	}
	r.table = first.sets
	if first.quick != nil {
		r.quick = mergeQuick(p, counters)
		r.order = r.orderWith(r.table.inOrder(len(counters)))
	} else {
		r.order = r.table.inOrder(len(counters))
	}
	r.countMembers(p, len(counters))
	if p.spec.Keep {
		r.settleKept()
	}
	return r
}

// orderWith puts the quick sets, which are in order, among those of the table.
func (r *Result) orderWith(own []uint32) []uint32 {
	order := make([]uint32, 0, len(own)+len(r.quick.sets))
	for i := range r.quick.sets {
		s := r.quick.sets[i].set()
		for len(own) > 0 && r.table.compare(r.table.sets.at(own[0]), &s) < 0 {
			order, own = append(order, own[0]), own[1:]
		}
		order = append(order, uint32(r.table.sets.n+i))
	}
	return append(order, own...)
}

// Size is the number of lines of a set.
func (r *Result) Size(i int) int {
	s, _ := r.at(r.order[i])
	return r.table.size(&s)
}

// Segment is that of a set, or None.
func (r *Result) Segment(i int) int {
	s, _ := r.at(r.order[i])
	return int(s.segment) - 1
}

// countMembers sums the members of each line up, on so many goroutines.
func (r *Result) countMembers(p *plan, workers int) {
	parts := make([][]int64, workers)
	var wait sync.WaitGroup
	for i := range parts {
		numbers := r.order[len(r.order)*i/workers : len(r.order)*(i+1)/workers]
		wait.Go(func() { parts[i] = r.membersOf(p, numbers) })
	}
	wait.Wait()
	r.MembersOf = parts[0]
	for _, more := range parts[1:] {
		addTo(r.MembersOf, more)
	}
}

func (r *Result) membersOf(p *plan, numbers []uint32) []int64 {
	members := make([]int64, p.spec.Lines)
	var lines []int
	for _, n := range numbers {
		s, _ := r.at(n)
		lines = r.table.lines(&s, lines[:0])
		for _, l := range lines {
			members[l] += s.members
		}
	}
	return members
}

func addTo(sums, more []int64) {
	for i := range more {
		sums[i] += more[i]
	}
}
