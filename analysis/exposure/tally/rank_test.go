package tally

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRanksOrderSetsAsLists holds ranks to comparing segments and lists of lines.
func TestRanksOrderSetsAsLists(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, lines := range []int{1, 5, 63, 64, 65, 100, 128} {
		for _, size := range []int{10, fewRanks, 40 * fewRanks} {
			sets := randomSets(r, lines, size)
			ranks := make([]rank, len(sets))
			for i, s := range sets {
				ranks[i] = rankOf(maskOf(s.lines), s.segment, lines, i)
			}
			ranks = sortRanksIn(3, ranks)
			for i, at := range ranks {
				if i == 0 {
					continue
				}
				before, after := sets[of(&ranks[i-1])], sets[of(&at)]
				if c := compareSets(before, after); c >= 0 {
					t.Fatalf("%d lines, %d sets: %v stands before %v", lines, size, before, after)
				}
			}
		}
	}
}

type oneSet struct {
	segment uint16
	lines   []int
}

func compareSets(a, b oneSet) int {
	if c := cmp.Compare(a.segment-1, b.segment-1); c != 0 {
		return c
	}
	return slices.Compare(a.lines, b.lines)
}

// randomSets are distinct, small ones and the empty one among them.
func randomSets(r *rand.Rand, lines, n int) []oneSet {
	all := []oneSet{{}}
	for range n {
		one := oneSet{segment: uint16(r.IntN(3))}
		if r.IntN(20) == 0 {
			one.segment = uint16(250 + r.IntN(20))
		}
		for range r.IntN(1 + r.IntN(7)) {
			one.lines = append(one.lines, r.IntN(lines))
		}
		slices.Sort(one.lines)
		one.lines = slices.Compact(one.lines)
		all = append(all, one)
	}
	slices.SortFunc(all, compareSets)
	all = slices.CompactFunc(all, func(a, b oneSet) bool { return compareSets(a, b) == 0 })
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
