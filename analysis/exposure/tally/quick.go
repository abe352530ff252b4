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
	valueAt      []uint32 // by slot: which of values is its own; where there are values
	values       []setValue
	used         int
	later        []lateMember
}

// quickSet is a set with its members: their number, and in the lowest 16 bits the
// segment + 1. In free slots it is 0.
type quickSet struct{ lines, count uint64 }

func newQuickSet(lines uint64, segment uint16, members uint64) quickSet {
	return quickSet{lines, members<<16 | uint64(segment)}
}

// oneMember is what a member adds to the count.
const oneMember = 1 << 16

func (s *quickSet) members() uint64 { return s.count >> 16 }
func (s *quickSet) segment() uint16 { return uint16(s.count) }

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
	if p.values {
		q.valueAt = make([]uint32, len(q.slots))
	}
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
		at := q.find(m.lines, m.segment)
		q.slots[at].count += oneMember
		if m.known {
			q.values[q.valueAt[at]].add(m.value)
		}
	}
	q.later = q.later[:0]
}

// find returns the slot of a set, which has members from then on.
func (q *quickSets) find(lines uint64, segment uint16) uint64 {
	if q.used*4 >= len(q.slots)*3 {
		q.grow()
	}
	at := q.slot(lines, segment)
	if s := &q.slots[at]; s.count == 0 {
		*s = newQuickSet(lines, segment, 0)
		q.used++
		if q.plan.values {
			q.valueAt[at] = uint32(len(q.values))
			q.values = append(q.values, setValue{})
		}
	}
	return at
}

// slot returns the slot of a set, or a free one.
func (q *quickSets) slot(lines uint64, segment uint16) uint64 {
	size := uint64(len(q.slots) - 1)
	for at := fold(lines^seed1, uint64(segment)<<32^seed2) & size; ; at = (at + 1) & size {
		if s := &q.slots[at]; s.members() == 0 || s.lines == lines && s.segment() == segment {
			return at
		}
	}
}

func (q *quickSets) grow() {
	slots, values := q.slots, q.valueAt
	q.slots = make([]quickSet, growth(len(slots)))
	if q.plan.values {
		q.valueAt = make([]uint32, len(q.slots))
	}
	for i := range slots {
		if slots[i].count == 0 {
			continue
		}
		at := q.slot(slots[i].lines, slots[i].segment())
		q.slots[at] = slots[i]
		if q.plan.values {
			q.valueAt[at] = values[i]
		}
	}
}

// quickPart are ordered sets with their values.
type quickPart struct {
	sets    []quickSet
	valueAt []uint32 // by set, where there are values
	values  []setValue
}

// add adds a set behind all others.
func (p *quickPart) add(s quickSet, v *setValue) {
	p.sets = append(p.sets, s)
	if v != nil {
		p.valueAt = append(p.valueAt, uint32(len(p.values)))
		p.values = append(p.values, *v)
	}
}

// value is that of a set, nil where there are no values.
func (p *quickPart) value(i int) *setValue {
	if p.valueAt == nil {
		return nil
	}
	return &p.values[p.valueAt[i]]
}

// sorted returns all sets in the order of results, and gives up the memory of the
// rest.
func (q *quickSets) sorted() quickPart {
	all := quickPart{sets: make([]quickSet, 0, q.used+len(q.direct)/2), values: q.values}
	for i := range q.slots {
		if q.slots[i].count != 0 {
			all.sets = append(all.sets, q.slots[i])
			if q.plan.values {
				all.valueAt = append(all.valueAt, q.valueAt[i])
			}
		}
	}
	for i, members := range q.direct {
		if members != 0 {
			lines := uint64(1)<<(i%quickLines) | 1<<(i/quickLines%quickLines)
			var v *setValue
			if q.plan.values {
				v = &q.directValues[i]
			}
			all.add(newQuickSet(lines, uint16(i/(quickLines*quickLines)), members), v)
		}
	}
	*q = quickSets{plan: q.plan}
	ranks := make([]rank, len(all.sets))
	for i := range all.sets {
		ranks[i] = q.plan.rank(&all.sets[i], i)
	}
	out := quickPart{sets: make([]quickSet, len(all.sets)), values: all.values}
	if q.plan.values {
		out.valueAt = make([]uint32, len(all.sets))
	}
	for i, r := range sortRanks(ranks) {
		out.sets[i] = all.sets[r.of]
		if q.plan.values {
			out.valueAt[i] = all.valueAt[r.of]
		}
	}
	return out
}

func (p *plan) rank(s *quickSet, of int) rank {
	if p.masked {
		return rankOf(mask{a: s.lines}, s.segment(), quickLines, of)
	}
	return rank{words: [3]uint64{1: s.lines, 2: uint64(s.segment() - 1)}, of: uint32(of)}
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
	out := quickPart{sets: make([]quickSet, 0, len(x.sets)+len(y.sets)), values: make([]setValue, 0, len(x.values)+len(y.values))}
	i, j := 0, 0
	for i < len(x.sets) || j < len(y.sets) {
		switch c := p.compareAt(&x, i, &y, j); {
		case c < 0:
			out.add(x.sets[i], x.value(i))
			i++
		case c > 0:
			out.add(y.sets[j], y.value(j))
			j++
		default:
			both := x.sets[i]
			both.count += y.sets[j].members() * oneMember
			out.add(both, x.value(i))
			if v := y.value(j); v != nil {
				out.values[len(out.values)-1].addAll(v)
			}
			i, j = i+1, j+1
		}
	}
	return out
}

// compareAt orders two sets. What is behind the last one of a list is behind all.
func (p *plan) compareAt(x *quickPart, i int, y *quickPart, j int) int {
	switch {
	case i == len(x.sets):
		return 1
	case j == len(y.sets):
		return -1
	}
	first, second := p.rank(&x.sets[i], 0), p.rank(&y.sets[j], 0)
	return first.compare(&second)
}
