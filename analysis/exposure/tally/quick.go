package tally

import (
	"math/bits"
	"sync"
)

// quickSets counts members by their sets where that is all that is asked for: no
// values, no amounts, no set of a certain member; and where a set is a word. Most
// members have a line or two, whose sets have a place each. For the others each
// look misses the processor's cache, so that many are put off and done together,
// one not waiting for another.
type quickSets struct {
	direct []uint64 // members of sets of one or two lines, by segment and lines
	slots  []quickSet
	used   int
	later  []quickSet
}

// quickSet is a set with its members. In free slots members is 0.
type quickSet struct {
	lines   uint64
	segment uint16 // +1
	members uint64
}

// quickLines is how many lines the word of a quick set holds.
const quickLines = 64

// mostDirect bounds the segments for which sets of two lines have a place each.
const mostDirect = 16

// quick reports whether sets are counted quickly.
func (p *plan) quick() bool {
	return p.spec.Lines <= quickLines && p.cells <= mostDirect && !p.values && !p.sums && !p.spec.Keep
}

func newQuickSets(p *plan) *quickSets {
	return &quickSets{direct: make([]uint64, p.cells*quickLines*quickLines), slots: make([]quickSet, 1<<10)}
}

// add counts a member.
func (q *quickSets) add(lines uint64, segment uint16) {
	rest := lines & (lines - 1)
	if rest&(rest-1) != 0 || lines == 0 {
		q.later = append(q.later, quickSet{lines, segment, 1})
		return
	}
	q.direct[directAt(lines, segment)]++
}

// directAt is the place of a set of one or two lines.
func directAt(lines uint64, segment uint16) int {
	return (int(segment)*quickLines+bits.TrailingZeros64(lines))*quickLines + 63 - bits.LeadingZeros64(lines)
}

// settle counts the members that were put off.
func (q *quickSets) settle() {
	for i := range q.later {
		q.put(&q.later[i])
	}
	q.later = q.later[:0]
}

func (q *quickSets) put(s *quickSet) {
	size := uint64(len(q.slots) - 1)
	for at := fold(s.lines^seed1, uint64(s.segment)<<32^seed2) & size; ; at = (at + 1) & size {
		slot := &q.slots[at]
		if slot.lines == s.lines && slot.segment == s.segment && slot.members != 0 {
			slot.members += s.members
			return
		}
		if slot.members == 0 {
			slot.lines, slot.segment, slot.members = s.lines, s.segment, s.members
			if q.used++; q.used*4 > len(q.slots)*3 {
				q.grow()
			}
			return
		}
	}
}

func (q *quickSets) grow() {
	old := q.slots
	q.slots, q.used = make([]quickSet, growth(len(old))), 0
	for i := range old {
		if old[i].members != 0 {
			q.put(&old[i])
		}
	}
}

// sorted returns all sets in the order of results, and gives up the memory of the
// rest.
func (q *quickSets) sorted() []quickSet {
	sets := make([]quickSet, 0, q.used+len(q.direct)/2)
	for i := range q.slots {
		if q.slots[i].members != 0 {
			sets = append(sets, q.slots[i])
		}
	}
	for i, members := range q.direct {
		if members != 0 {
			lines := uint64(1)<<(i%quickLines) | 1<<(i/quickLines%quickLines)
			sets = append(sets, quickSet{lines, uint16(i / (quickLines * quickLines)), members})
		}
	}
	q.slots, q.direct, q.later = nil, nil, nil
	ranks := make([]rank, len(sets))
	for i := range sets {
		ranks[i] = sets[i].rank(i)
	}
	ordered := make([]quickSet, len(sets))
	for i, r := range sortRanks(ranks) {
		ordered[i] = sets[r.of]
	}
	return ordered
}

func (s *quickSet) rank(i int) rank { return rankOf(mask{a: s.lines}, s.segment, quickLines, i) }

// mergeQuick joins what the workers counted to a table whose sets are in the order
// of results.
func mergeQuick(p *plan, counters []*counter) *setTable {
	parts := make([][]quickSet, len(counters))
	var wait sync.WaitGroup
	for i, c := range counters {
		wait.Go(func() { parts[i] = c.quick.sorted() })
	}
	wait.Wait()
	t := &setTable{plan: p}
	for _, s := range joinAll(parts) {
		t.sets.add(set{lines: mask{a: s.lines}, segment: uint32(s.segment), members: int64(s.members)})
	}
	return t
}

// joinAll joins ordered sets, two parts at a time.
func joinAll(parts [][]quickSet) []quickSet {
	for len(parts) > 1 {
		joined := make([][]quickSet, (len(parts)+1)/2)
		var wait sync.WaitGroup
		for i := range joined {
			wait.Go(func() {
				if joined[i] = parts[2*i]; 2*i+1 < len(parts) {
					joined[i] = join(parts[2*i], parts[2*i+1])
				}
			})
		}
		wait.Wait()
		parts = joined
	}
	return parts[0]
}

// join joins two lists of ordered sets to one.
func join(a, b []quickSet) []quickSet {
	out := make([]quickSet, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].lines == b[0].lines && a[0].segment == b[0].segment {
			both := a[0]
			both.members += b[0].members
			out = append(out, both)
			a, b = a[1:], b[1:]
			continue
		}
		if first, second := a[0].rank(0), b[0].rank(0); first.compare(&second) < 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
