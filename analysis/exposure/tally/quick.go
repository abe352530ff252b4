package tally

import (
	"math/bits"
	"sync"
)

// quickSets counts members by their sets where no amounts and no set of a certain
// member are asked for, and where a set is a word: a mask, or a short list in one.
// Most members have one line or two; masks of these have a place each. For the
// others each look misses the processor's cache, so that many are put off and done
// together, one not waiting for another.
type quickSets struct {
	plan         *plan
	direct       []uint64 // members of masks of one or two lines, by segment and lines
	directValues []setValue
	slots        []quickSet
	values       []setValue // by set
	used         int
	later        []lateMember
}

// quickSet is a set with its members. In free slots members is 0.
type quickSet struct {
	lines   uint64
	members uint64
	segment uint16 // +1
	value   uint32 // which of values is its own
}

// lateMember is a member who was put off.
type lateMember struct {
	lines   uint64
	value   int64
	segment uint16
	known   bool // its value is
}

// quickLines is how many lines the mask of a quick set holds.
const quickLines = 64

// mostDirect bounds the segments for which masks of two lines have a place each.
const mostDirect = 16

// quick reports whether sets are counted quickly: all of them as masks, or those
// with few lines, packed.
func (p *plan) quick() bool {
	return (p.spec.Lines <= quickLines || p.packed) && !p.sums && !p.spec.Keep
}

func newQuickSets(p *plan) *quickSets {
	q := &quickSets{plan: p, slots: make([]quickSet, 1<<10)}
	if p.masked && p.cells <= mostDirect {
		q.direct = make([]uint64, p.cells*quickLines*quickLines)
		if p.values {
			q.directValues = make([]setValue, len(q.direct))
		}
	}
	return q
}

// add counts a member, with its value if it has one.
func (q *quickSets) add(lines uint64, segment uint16, value int64, known bool) {
	rest := lines & (lines - 1)
	if q.direct == nil || rest&(rest-1) != 0 || lines == 0 {
		q.later = append(q.later, lateMember{lines, value, segment, known})
		return
	}
	at := directAt(lines, segment)
	q.direct[at]++
	if known {
		q.directValues[at].add(value)
	}
}

// directAt is the place of a mask of one or two lines.
func directAt(lines uint64, segment uint16) int {
	return (int(segment)*quickLines+bits.TrailingZeros64(lines))*quickLines + 63 - bits.LeadingZeros64(lines)
}

// settle counts the members that were put off.
func (q *quickSets) settle() {
	for i := range q.later {
		m := &q.later[i]
		s := q.find(m.lines, m.segment)
		s.members++
		if m.known {
			q.values[s.value].add(m.value)
		}
	}
	q.later = q.later[:0]
}

// find returns the place of a set, which has members from then on.
func (q *quickSets) find(lines uint64, segment uint16) *quickSet {
	if q.used*4 >= len(q.slots)*3 {
		q.grow()
	}
	s := q.slot(lines, segment)
	if s.members == 0 {
		*s = quickSet{lines: lines, segment: segment, value: uint32(len(q.values))}
		q.used++
		if q.plan.values {
			q.values = append(q.values, setValue{})
		}
	}
	return s
}

// slot returns the slot of a set, or a free one.
func (q *quickSets) slot(lines uint64, segment uint16) *quickSet {
	size := uint64(len(q.slots) - 1)
	for at := fold(lines^seed1, uint64(segment)<<32^seed2) & size; ; at = (at + 1) & size {
		s := &q.slots[at]
		if s.members == 0 || s.lines == lines && s.segment == segment {
			return s
		}
	}
}

func (q *quickSets) grow() {
	old := q.slots
	q.slots = make([]quickSet, growth(len(old)))
	for i := range old {
		if old[i].members != 0 {
			*q.slot(old[i].lines, old[i].segment) = old[i]
		}
	}
}

// quickPart are ordered sets with their values.
type quickPart struct {
	sets   []quickSet
	values []setValue
}

// sorted returns all sets in the order of results, and gives up the memory of the
// rest.
func (q *quickSets) sorted() quickPart {
	sets := make([]quickSet, 0, q.used+len(q.direct)/2)
	for i := range q.slots {
		if q.slots[i].members != 0 {
			sets = append(sets, q.slots[i])
		}
	}
	for i, members := range q.direct {
		if members != 0 {
			lines := uint64(1)<<(i%quickLines) | 1<<(i/quickLines%quickLines)
			sets = append(sets, quickSet{lines, members, uint16(i / (quickLines * quickLines)), uint32(len(q.values))})
			if q.plan.values {
				q.values = append(q.values, q.directValues[i])
			}
		}
	}
	out := quickPart{make([]quickSet, len(sets)), q.values}
	*q = quickSets{plan: q.plan}
	ranks := make([]rank, len(sets))
	for i := range sets {
		ranks[i] = q.plan.rank(&sets[i], i)
	}
	for i, r := range sortRanks(ranks) {
		out.sets[i] = sets[r.of]
	}
	return out
}

func (p *plan) rank(s *quickSet, of int) rank {
	if p.masked {
		return rankOf(mask{a: s.lines}, s.segment, quickLines, of)
	}
	return rank{words: [3]uint64{1: s.lines, 2: uint64(s.segment - 1)}, of: uint32(of)}
}

// mergeQuick joins what the workers counted quickly, in the order of results.
func mergeQuick(p *plan, counters []*counter) quickPart {
	parts := make([]quickPart, len(counters))
	var wait sync.WaitGroup
	for i, c := range counters {
		wait.Go(func() { parts[i] = c.quick.sorted() })
	}
	wait.Wait()
	for len(parts) > 1 {
		joined := make([]quickPart, (len(parts)+1)/2)
		for i := range joined {
			wait.Go(func() {
				if joined[i] = parts[2*i]; 2*i+1 < len(parts) {
					joined[i] = p.join(parts[2*i], parts[2*i+1])
				}
			})
		}
		wait.Wait()
		parts = joined
	}
	return parts[0]
}

// join joins two lists of ordered sets to one.
func (p *plan) join(x, y quickPart) quickPart {
	a, b := x.sets, y.sets
	out := quickPart{make([]quickSet, 0, len(a)+len(b)), x.values}
	add := func(s quickSet) { // of y
		if p.values {
			out.values = append(out.values, y.values[s.value])
			s.value = uint32(len(out.values) - 1)
		}
		out.sets = append(out.sets, s)
	}
	for len(a) > 0 && len(b) > 0 {
		first, second := p.rank(&a[0], 0), p.rank(&b[0], 0)
		switch c := first.compare(&second); {
		case c < 0:
			out.sets, a = append(out.sets, a[0]), a[1:]
		case c > 0:
			add(b[0])
			b = b[1:]
		default:
			both := a[0]
			both.members += b[0].members
			if p.values {
				out.values[both.value].addAll(&y.values[b[0].value])
			}
			out.sets = append(out.sets, both)
			a, b = a[1:], b[1:]
		}
	}
	out.sets = append(out.sets, a...)
	for _, s := range b {
		add(s)
	}
	return out
}
