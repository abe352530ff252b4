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

// set is a distinct set. Where masks hold all lines, lines is that. Else its first
// half is a short list, packed, and its second 0; or, of a list that cannot be
// packed, they are a hash, and where in the arena the lines stand and how many.
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

// setValue is the sum of the values of members, and how many of them have one.
type setValue struct {
	valued int64
	value  Sum
}

func (v *setValue) add(value int64) {
	v.valued++
	v.value.Add(value)
}

func (v *setValue) addAll(w *setValue) {
	v.valued += w.valued
	v.value.AddSum(w.value)
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

// ofMask returns the number of a set of so many lines, given as a mask or packed.
func (t *setTable) ofMask(m mask, lines int, segment uint16) uint32 {
	size := uint64(len(t.slots) - 1)
	for at := fold(m.a^seed1, m.b^uint64(segment)<<32^seed2) & size; ; at = (at + 1) & size {
		n := t.slots[at]
		if n == 0 {
			n = t.enter(set{lines: m, segment: uint32(segment)}, lines)
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
	if t.plan.packed && len(lines) <= t.plan.packing.lines() || len(lines) == 0 {
		return t.ofMask(mask{a: t.plan.packing.pack(lines)}, len(lines), segment)
	}
	h := uint64(seed1)
	for _, l := range lines {
		h = fold(h^uint64(l), seed2)
	}
	size := uint64(len(t.slots) - 1)
	for at := t.listHome(h, segment) & size; ; at = (at + 1) & size {
		n := t.slots[at]
		if n == 0 {
			s := set{lines: mask{h, uint64(len(t.arena))<<24 | uint64(len(lines))}, segment: uint32(segment)}
			t.arena = append(t.arena, lines...)
			n = t.enter(s, len(lines))
			t.slots[at] = n + 1
			t.grow()
			return n
		}
		if s := t.sets.at(n - 1); s.lines.a == h && s.lines.b != 0 && s.segment == uint32(segment) && slices.Equal(t.list(s, nil), lines) {
			return n - 1
		}
	}
}

func (t *setTable) listHome(hash uint64, segment uint16) uint64 {
	return fold(hash, seed3^uint64(segment))
}

// list returns the lines of a set that no mask holds. Short lists are written into
// the memory of another.
func (t *setTable) list(s *set, memory []uint32) []uint32 {
	if s.lines.b == 0 {
		return t.plan.packing.unpack(s.lines.a, memory[:0])
	}
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
	if t.plan.masked || s.lines.b == 0 {
		return fold(s.lines.a^seed1, s.lines.b^uint64(s.segment)<<32^seed2)
	}
	return t.listHome(s.lines.a, uint16(s.segment))
}

// absorb adds the sets of another table, and returns their numbers here.
func (t *setTable) absorb(u *setTable) []uint32 {
	numbers := make([]uint32, u.sets.n)
	var short [packedLines]uint32
	for i := range u.sets.n {
		s := u.sets.at(uint32(i))
		var n uint32
		if t.plan.masked {
			n = t.ofMask(s.lines, u.size(s), uint16(s.segment))
		} else {
			n = t.ofLines(u.list(s, short[:]), uint16(s.segment))
		}
		numbers[i] = n
		t.sets.at(n).members += s.members
		if t.plan.values {
			t.values[n].addAll(&u.values[i])
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
		var short [packedLines]uint32
		at, _ := slices.BinarySearch(t.list(s, short[:]), line)
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
		var short [packedLines]uint32
		return len(t.list(s, short[:]))
	}
	return bits.OnesCount64(s.lines.a) + bits.OnesCount64(s.lines.b)
}

// lines writes the lines of a set, ascending, behind those in into.
func (t *setTable) lines(s *set, into []int) []int {
	if !t.plan.masked {
		var short [packedLines]uint32
		for _, l := range t.list(s, short[:]) {
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

// compare orders sets of lists by segment, none last, and then by lines.
func (t *setTable) compare(a, b *set) int {
	if c := cmp.Compare(a.segment-1, b.segment-1); c != 0 { // none is 0, and so the largest
		return c
	}
	if c := cmp.Compare(t.beginning(a), t.beginning(b)); c != 0 {
		return c
	}
	var first, second [packedLines]uint32
	return slices.Compare(t.list(a, first[:]), t.list(b, second[:]))
}

// beginning is a word that orders lists by their first lines, as far as lines can
// be packed.
func (t *setTable) beginning(s *set) uint64 {
	switch {
	case s.lines.b == 0:
		return s.lines.a
	case !t.plan.packed:
		return 0
	}
	return t.plan.packing.pack(t.list(s, nil))
}

// inOrder returns the numbers of all sets in the order of results, told by so many
// goroutines.
func (t *setTable) inOrder(workers int) []uint32 {
	ranks := make([]rank, t.sets.n)
	for i := range ranks {
		s := t.sets.at(uint32(i))
		if t.plan.masked {
			ranks[i] = rankOf(s.lines, uint16(s.segment), t.plan.spec.Lines, i)
		} else {
			ranks[i] = rank{1: t.beginning(s), 2: endOf(uint16(s.segment), i)}
		}
	}
	order := make([]uint32, t.sets.n)
	ranks = sortRanksIn(workers, ranks)
	for i := range ranks {
		order[i] = of(&ranks[i])
	}
	if !t.plan.masked {
		t.sortEqual(order, ranks)
	}
	return order
}

// sortEqual sorts the sets whose ranks do not tell their order.
func (t *setTable) sortEqual(order []uint32, ranks []rank) {
	for from := 0; from < len(ranks); {
		to := from + 1
		for to < len(ranks) && compareRanks(&ranks[to], &ranks[from]) == 0 {
			to++
		}
		slices.SortFunc(order[from:to], func(x, y uint32) int { return t.compare(t.sets.at(x), t.sets.at(y)) })
		from = to
	}
}
