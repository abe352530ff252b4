package tally

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestJoin holds joined parts, of which any may be empty and which share sets, to
// sums over all.
func TestJoin(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	p := &plan{masked: true, values: true}
	for range 500 {
		want := map[quickSet]setValue{} // by the set without members
		members := map[quickSet]uint64{}
		counters := make([]*counter, 1+r.IntN(5))
		for i := range counters {
			cells := []int{3, mostDirect + 1}[r.IntN(2)] // with places for short masks, or without
			counters[i] = &counter{quick: newQuickSets(&plan{masked: true, values: true, cells: cells})}
			for range r.IntN(20) * r.IntN(20) {
				lines, segment, value := r.Uint64N(40), uint16(r.IntN(3)), int64(r.IntN(9))
				counters[i].quick.add(lines, segment, value, value > 2)
				key := newQuickSet(lines, segment, 0)
				v := want[key]
				if value > 2 {
					v.add(value)
				}
				want[key] = v
				members[key]++
			}
			counters[i].quick.settle()
		}
		got := mergeQuick(p, counters)
		if len(got.sets) != len(want) || !slices.IsSortedFunc(got.sets, func(x, y quickSet) int {
			first, second := p.wordRank(&x, 0), p.wordRank(&y, 0)
			return compareRanks(&first, &second)
		}) {
			t.Fatalf("%d sets, want %d in order: %v", len(got.sets), len(want), got.sets)
		}
		for i, s := range got.sets {
			key := newQuickSet(s.lines, s.segment(), 0)
			if s.members() != members[key] || got.values[i] != want[key] {
				t.Fatalf("%b has %d members and %v, want %d and %v", s.lines, s.members(), got.values[i], members[key], want[key])
			}
		}
	}
}
