package tally

import (
	"cmp"
	"math/bits"
	"slices"
)

// setTable holds distinct sets with what is counted of each.
type setTable struct {
	plan   *plan
	slots  []uint32 // 1 + the number of the set, or 0
	sets   setPages
	arena  []uint32 // lines of sets that masks do not hold
	values []setValue
	sums   []Sum // amounts of all sets, one for each line
	sumsAt []int // by set, where in sums its own begin
}

// set is a distinct set. Where masks hold all lines, lines is that; else its
// halves are a hash, and where in the arena the lines stand and how many.
type set struct {
	lines   mask
	segment uint32 // +1
	members int64
}

// setPages holds sets in pages, so that more of them move none.
type setPages struct {
	pages [][]set
	n     int
}

const pageBits = 12

func (p *setPages) at(n uint32) *set { return &p.pages[n>>pageBits][n&(1<<pageBits-1)] }

func (p *setPages) add(s set) {
	if p.n>>pageBits == len(p.pages) {
		p.pages = append(p.pages, make([]set, 1<<pageBits))
	}
	*p.at(uint32(p.n)) = s
	p.n++
}

type setValue struct {
	valued int64
	value  Sum
}

// fold mixes what tells sets apart: they are few, and nobody chooses them.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

const (
	seed1 = 0x9e3779b97f4a7c15
	seed2 = 0xbf58476d1ce4e5b9
	seed3 = 0x94d049bb133111eb
)

func newSetTable(p *plan) *setTable {
	return &setTable{plan: p, slots: make([]uint32, 1<<10)}
}

// ofMask returns the number of a set given as a mask.
func (t *setTable) ofMask(m mask, segment uint16) uint32 {
	size := uint64(len(t.slots) - 1)
	for at := fold(m.a^seed1, m.b^uint64(segment)<<32^seed2) & size; ; at = (at + 1) & size {
		n := t.slots[at]
		if n == 0 {
			n = t.enter(set{lines: m, segment: uint32(segment)}, bits.OnesCount64(m.a)+bits.OnesCount64(m.b))
			t.slots[at] = n + 1
			t.grow()
			return n
		}
		if s := t.sets.at(n - 1); s.lines == m && s.segment == uint32(segment) {
			return n - 1
		}
	}
}

// ofLines returns the number of a set given as ascending lines.
func (t *setTable) ofLines(lines []uint32, segment uint16) uint32 {
	h := uint64(seed1)
	for _, l := range lines {
		h = fold(h^uint64(l), seed2)
	}
	size := uint64(len(t.slots) - 1)
	for at := fold(h, seed3^uint64(segment)) & size; ; at = (at + 1) & size {
		n := t.slots[at]
		if n == 0 {
			s := set{lines: mask{h, uint64(len(t.arena))<<24 | uint64(len(lines))}, segment: uint32(segment)}
			t.arena = append(t.arena, lines...)
			n = t.enter(s, len(lines))
			t.slots[at] = n + 1
			t.grow()
			return n
		}
		if s := t.sets.at(n - 1); s.lines.a == h && s.segment == uint32(segment) && slices.Equal(t.list(s), lines) {
			return n - 1
		}
	}
}

// list returns the lines of a set that no mask holds.
func (t *setTable) list(s *set) []uint32 {
	from, n := s.lines.b>>24, s.lines.b&(1<<24-1)
	return t.arena[from : from+n]
}

func (t *setTable) enter(s set, lines int) uint32 {
	t.sets.add(s)
	if t.plan.values {
		t.values = append(t.values, setValue{})
	}
	if t.plan.sums {
		t.sumsAt = append(t.sumsAt, len(t.sums))
		t.sums = append(t.sums, make([]Sum, lines)...)
	}
	return uint32(t.sets.n - 1)
}

// grow keeps half of the slots free.
func (t *setTable) grow() {
	if t.sets.n*2 < len(t.slots) {
		return
	}
	t.slots = make([]uint32, growth(len(t.slots)))
	size := uint64(len(t.slots) - 1)
	for i := range t.sets.n {
		s := t.sets.at(uint32(i))
		at := t.home(s) & size
		for t.slots[at] != 0 {
			at = (at + 1) & size
		}
		t.slots[at] = uint32(i + 1)
	}
}

// growth is the next size of so many slots: small tables grow quickly, large ones
// take no more than they need.
func growth(slots int) int {
	const large = 1 << 17
	if slots < large {
		return 4 * slots
	}
	return 2 * slots
}

// home is the slot of a set where nothing else stands.
func (t *setTable) home(s *set) uint64 {
	if t.plan.masked {
		return fold(s.lines.a^seed1, s.lines.b^uint64(s.segment)<<32^seed2)
	}
	return fold(s.lines.a, seed3^uint64(s.segment))
}

// absorb adds the sets of another table, and returns their numbers here.
func (t *setTable) absorb(u *setTable) []uint32 {
	numbers := make([]uint32, u.sets.n)
	for i := range u.sets.n {
		s := u.sets.at(uint32(i))
		var n uint32
		if t.plan.masked {
			n = t.ofMask(s.lines, uint16(s.segment))
		} else {
			n = t.ofLines(u.list(s), uint16(s.segment))
		}
		numbers[i] = n
		t.sets.at(n).members += s.members
		if t.plan.values {
			t.values[n].valued += u.values[i].valued
			t.values[n].value.AddSum(u.values[i].value)
		}
		if t.plan.sums {
			for j, sum := range u.sums[u.sumsAt[i]:u.end(i)] {
				t.sums[t.sumsAt[n]+j].AddSum(sum)
			}
		}
	}
	return numbers
}

// end is where the sums of a set end.
func (t *setTable) end(i int) int {
	if i+1 < len(t.sumsAt) {
		return t.sumsAt[i+1]
	}
	return len(t.sums)
}

// place is where a line stands among those of a set.
func (t *setTable) place(n uint32, line uint32) int {
	s := t.sets.at(n)
	if !t.plan.masked {
		at, _ := slices.BinarySearch(t.list(s), line)
		return at
	}
	if line < 64 {
		return bits.OnesCount64(s.lines.a & (1<<line - 1))
	}
	return bits.OnesCount64(s.lines.a) + bits.OnesCount64(s.lines.b&(1<<(line-64)-1))
}

// size is how many lines a set has.
func (t *setTable) size(s *set) int {
	if !t.plan.masked {
		return len(t.list(s))
	}
	return bits.OnesCount64(s.lines.a) + bits.OnesCount64(s.lines.b)
}

// lines writes the lines of a set, ascending, behind those in into.
func (t *setTable) lines(s *set, into []int) []int {
	if !t.plan.masked {
		for _, l := range t.list(s) {
			into = append(into, int(l))
		}
		return into
	}
	for a := s.lines.a; a != 0; a &= a - 1 {
		into = append(into, bits.TrailingZeros64(a))
	}
	for b := s.lines.b; b != 0; b &= b - 1 {
		into = append(into, 64+bits.TrailingZeros64(b))
	}
	return into
}

// compare orders sets by segment, none last, and then by lines.
func (t *setTable) compare(x, y uint32) int {
	a, b := t.sets.at(x), t.sets.at(y)
	if c := cmp.Compare(a.segment-1, b.segment-1); c != 0 { // none is 0, and so the largest
		return c
	}
	return slices.Compare(t.list(a), t.list(b))
}

// inOrder returns the numbers of all sets in the order of results, told by so many
// goroutines.
func (t *setTable) inOrder(workers int) []uint32 {
	order := make([]uint32, t.sets.n)
	if !t.plan.masked {
		for i := range order {
			order[i] = uint32(i)
		}
		return sorted(order, t.compare, workers)
	}
	ranks := make([]rank, t.sets.n)
	for i := range ranks {
		s := t.sets.at(uint32(i))
		ranks[i] = rankOf(s.lines, uint16(s.segment), t.plan.spec.Lines, i)
	}
	for i, r := range sortRanksIn(workers, ranks) {
		order[i] = r.of
	}
	return order
}
