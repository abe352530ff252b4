package tally

import (
	"slices"
	"sync"
)

// Result is what a store holds, counted. Everything in it depends on the rows
// alone, never on the seed, the partitions or the workers.
type Result struct {
	// Contradictory are the members that rows of one list say different things
	// of; they are in no set.
	Contradictory []ID
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
		if first.sets != nil {
			r.takeKept(c.kept, first.sets.absorb(c.sets))
		}
		r.Contradictory = append(r.Contradictory, c.out.Contradictory...)
		addTo(r.Unowned, c.out.Unowned)
		addTo(r.OtherSegment, c.out.OtherSegment)
		addTo(r.OtherValue, c.out.OtherValue)
		addTo(r.Out, c.out.Out)
	}
	if first.quick != nil {
		r.table = mergeQuick(p, counters)
		r.order = make([]uint32, r.table.sets.n)
		for i := range r.order {
			r.order[i] = uint32(i)
		}
	} else {
		r.table = first.sets
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

// sorted sorts numbers in so many parts at once, and merges these.
func sorted(all []uint32, compare func(a, b uint32) int, parts int) []uint32 {
	if parts < 2 || len(all) < leastSorted {
		slices.SortFunc(all, compare)
		return all
	}
	half := len(all) / 2
	var first, second []uint32
	var wait sync.WaitGroup
	wait.Go(func() { first = sorted(all[:half], compare, parts/2) })
	second = sorted(all[half:], compare, parts-parts/2)
	wait.Wait()
	out := make([]uint32, 0, len(all))
	for len(first) > 0 && len(second) > 0 {
		if compare(second[0], first[0]) < 0 {
			out, second = append(out, second[0]), second[1:]
		} else {
			out, first = append(out, first[0]), first[1:]
		}
	}
	return append(append(out, first...), second...)
}

// leastSorted is from how many numbers on several goroutines sort them.
const leastSorted = 4096

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
