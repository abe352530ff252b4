package tally

import (
	"math/bits"
	"sort"
	"sync"
)

// quickSets counts members by their sets where no amounts and no set of a certain
// member are asked for, and where a set is a word: a mask, or a short list in one.
// Most members have one line or two: masks of so many have a place each, and packed
// lists of one. For the others each look misses the processor's cache, so that many
// are put off and done together, one not waiting for another.
type quickSets struct {
	plan         *plan
	direct       []uint64 // members of sets that have a place, by maskPlace or listPlace
	directValues []setValue
	slots        []quickSet
	valueAt      []uint32 // by slot: which of values is its own; where there are values
	values       []setValue
	used         int
	later        []lateMember
	touched      uint64 // lest looks ahead be left out, since nothing comes of them
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

// mostDirect bounds the segments for which masks of two lines have a place each, and
// mostSingle the places of packed lists of one line.
const (
	mostDirect = 16
	mostSingle = 1 << 15
)

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
	switch {
	case p.masked && p.cells <= mostDirect:
		q.direct = make([]uint64, p.cells*quickLines*quickLines)
	case !p.masked && p.cells*p.spec.Lines <= mostSingle:
		q.direct = make([]uint64, p.cells*p.spec.Lines)
	}
	if p.values {
		q.directValues = make([]setValue, len(q.direct))
	}
	return q
}

// add counts a member, with its value if it has one.
func (q *quickSets) add(lines uint64, segment uint16, value int64, known bool) {
	at, ok := 0, false
	switch {
	case q.direct == nil:
	case q.plan.masked:
		at, ok = maskPlace(lines, segment)
	default:
		at, ok = q.listPlace(lines, segment)
	}
	if !ok {
		q.later = append(q.later, lateMember{lines, value, segment, known})
		return
	}
	q.direct[at]++
	if known {
		q.directValues[at].add(value)
	}
}

// maskPlace is the place of a mask of one or two lines.
func maskPlace(lines uint64, segment uint16) (at int, ok bool) {
	rest := lines & (lines - 1)
	at = (int(segment)*quickLines+bits.TrailingZeros64(lines))*quickLines + 63 - bits.LeadingZeros64(lines)
	return at, rest&(rest-1) == 0 && lines != 0
}

// listPlace is the place of a packed list of one line.
func (q *quickSets) listPlace(lines uint64, segment uint16) (at int, ok bool) {
	p := q.plan.packing
	return int(segment)*q.plan.spec.Lines + int(lines>>(64-p)) - 1, lines<<p == 0 && lines != 0
}

// lookAhead is for how many members the processor fetches slots before the first of
// these is needed.
const lookAhead = 32

// settle counts the members that were put off.
func (q *quickSets) settle() {
	for all := q.later; len(all) > 0; {
		some := all[:min(lookAhead, len(all))]
		all = all[len(some):]
		touched, size := q.touched, uint64(len(q.slots)-1)
		for i := range some {
			touched |= q.slots[home(some[i].lines, some[i].segment)&size].count
		}
		q.touched = touched
		for i := range some {
			m := &some[i]
			at := q.find(m.lines, m.segment)
			q.slots[at].count += oneMember
			if m.known {
				q.values[q.valueAt[at]].add(m.value)
			}
		}
	}
	q.later = q.later[:0]
}

// home is the slot of a set where nothing else stands.
func home(lines uint64, segment uint16) uint64 {
	return fold(lines^seed1, uint64(segment)<<32^seed2)
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
	for at := home(lines, segment) & size; ; at = (at + 1) & size {
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

// set is what a quick set is in results.
func (s *quickSet) set() set {
	return set{lines: mask{a: s.lines}, segment: uint32(s.segment()), members: int64(s.members())}
}

// quickPart are sets in the order of results, with their values where there are
// any.
type quickPart struct {
	sets   []quickSet
	values []setValue
}

func newQuickPart(p *plan, n int) quickPart {
	part := quickPart{sets: make([]quickSet, n)}
	if p.values {
		part.values = make([]setValue, n)
	}
	return part
}

// between are the sets from one place to another.
func (p quickPart) between(from, to int) quickPart {
	part := quickPart{sets: p.sets[from:to]}
	if p.values != nil {
		part.values = p.values[from:to]
	}
	return part
}

// put puts a set of another part at a place.
func (p *quickPart) put(at int, from *quickPart, i int) {
	p.sets[at] = from.sets[i]
	if p.values != nil {
		p.values[at] = from.values[i]
	}
}

// sorted returns all sets in the order of results, and gives up the memory of the
// rest.
func (q *quickSets) sorted() quickPart {
	ranks := make([]wordRank, 0, q.used+len(q.direct)/2)
	for i := range q.slots {
		if q.slots[i].count != 0 {
			ranks = append(ranks, q.plan.wordRank(&q.slots[i], i))
		}
	}
	for i, members := range q.direct {
		if members != 0 {
			s := q.directSet(i)
			ranks = append(ranks, q.plan.wordRank(&s, len(q.slots)+i))
		}
	}
	ranks = sortRanks(ranks)
	out := newQuickPart(q.plan, len(ranks))
	for i := range ranks {
		at := int(of(&ranks[i]))
		if at < len(q.slots) {
			out.sets[i] = q.slots[at]
		} else {
			out.sets[i] = q.directSet(at - len(q.slots))
		}
		if q.plan.values {
			out.values[i] = *q.valueOf(at)
		}
	}
	*q = quickSets{plan: q.plan}
	return out
}

// directSet is the set that has a place.
func (q *quickSets) directSet(at int) quickSet {
	if p := q.plan; !p.masked {
		lines := uint64(at%p.spec.Lines+1) << (64 - p.packing)
		return newQuickSet(lines, uint16(at/p.spec.Lines), q.direct[at])
	}
	lines := uint64(1)<<(at%quickLines) | 1<<(at/quickLines%quickLines)
	return newQuickSet(lines, uint16(at/(quickLines*quickLines)), q.direct[at])
}

// valueOf is the value of a slot, or behind all slots of a direct place.
func (q *quickSets) valueOf(at int) *setValue {
	if at < len(q.slots) {
		return &q.values[q.valueAt[at]]
	}
	return &q.directValues[at-len(q.slots)]
}

func (p *plan) wordRank(s *quickSet, of int) wordRank {
	if p.masked {
		return wordRankOf(s.lines, s.segment(), of)
	}
	return wordRank{s.lines, endOf(s.segment(), of)}
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

// join joins two lists of ordered sets to one, the first half of it beside the
// second.
func (p *plan) join(x, y quickPart) quickPart {
	if len(x.sets) == 0 {
		return y
	}
	i := len(x.sets) / 2
	middle := p.wordRank(&x.sets[i], 0)
	j := sort.Search(len(y.sets), func(j int) bool {
		r := p.wordRank(&y.sets[j], 0)
		return compareRanks(&r, &middle) >= 0
	})
	out := newQuickPart(p, len(x.sets)+len(y.sets))
	var first, second int
	var wait sync.WaitGroup
	wait.Go(func() { first = p.joinTo(out, x.between(0, i), y.between(0, j)) })
	behind := out.between(i+j, len(out.sets))
	second = p.joinTo(behind, x.between(i, len(x.sets)), y.between(j, len(y.sets)))
	wait.Wait()
	copy(out.sets[first:], behind.sets[:second])
	if p.values {
		copy(out.values[first:], behind.values[:second])
	}
	return out.between(0, first+second)
}

// joinTo joins two lists of ordered sets to one, in memory that has room for both. It
// returns how many there are.
func (p *plan) joinTo(out, x, y quickPart) (n int) {
	i, j := 0, 0
	for ; i < len(x.sets) && j < len(y.sets); n++ {
		first, second := p.wordRank(&x.sets[i], 0), p.wordRank(&y.sets[j], 0)
		switch c := compareRanks(&first, &second); {
		case c < 0:
			out.put(n, &x, i)
			i++
		case c > 0:
			out.put(n, &y, j)
			j++
		default:
			out.put(n, &x, i)
			out.sets[n].count += y.sets[j].members() * oneMember
			if p.values {
				out.values[n].addAll(&y.values[j])
			}
			i, j = i+1, j+1
		}
	}
	for ; i < len(x.sets); i, n = i+1, n+1 {
		out.put(n, &x, i)
	}
	for ; j < len(y.sets); j, n = j+1, n+1 {
		out.put(n, &y, j)
	}
	return n
}
