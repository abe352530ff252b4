package exposure

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

// order puts the table into an order that depends on what it holds alone, not on
// the order in which rows came or on hashing.
func (c *counter) order(cells map[int]map[string]*Set, book []Mark) *Table {
	t := &Table{Audience: c.audience}
	touches := c.orderTouches(t, cells)
	marks := orderMarks(t, cells, book)
	for segment, sets := range cells {
		all := slices.Collect(maps.Values(sets))
		var pairs []touchAmount
		for _, set := range all {
			pairs = set.renumber(touches, marks, pairs)
		}
		slices.SortFunc(all, compareSets)
		cell := Cell{Segment: segment, Sets: make([]Set, len(all))}
		for i, set := range all {
			cell.Sets[i] = *set
		}
		t.Cells = append(t.Cells, cell)
	}
	slices.SortFunc(t.Cells, func(a, b Cell) int { return cmp.Compare(uint(a.Segment), uint(b.Segment)) })
	return t
}

// orderTouches gives the touches in use their place in the table, and returns
// the new number of each.
func (c *counter) orderTouches(t *Table, cells map[int]map[string]*Set) []int {
	used := inUse(cells, len(c.registry.touches), func(s *Set) []int { return s.Touches })
	slices.SortFunc(used, func(a, b int) int { return compareTouches(&c.registry.touches[a], &c.registry.touches[b]) })
	fresh := make([]int, len(c.registry.touches))
	for n, i := range used {
		fresh[i] = n
		t.Touches = append(t.Touches, c.registry.touches[i])
	}
	return fresh
}

func orderMarks(t *Table, cells map[int]map[string]*Set, book []Mark) []int {
	used := inUse(cells, len(book), func(s *Set) []int { return s.Marks })
	slices.SortFunc(used, func(a, b int) int { return compareMarks(book[a], book[b]) })
	fresh := make([]int, len(book))
	for n, i := range used {
		fresh[i] = n
		t.Marks = append(t.Marks, book[i])
	}
	return fresh
}

// inUse lists the numbers, of so many, that some set has.
func inUse(cells map[int]map[string]*Set, n int, numbers func(*Set) []int) (used []int) {
	has := make([]bool, n)
	for _, sets := range cells {
		for _, s := range sets {
			for _, i := range numbers(s) {
				has[i] = true
			}
		}
	}
	for i := range has {
		if has[i] {
			used = append(used, i)
		}
	}
	return used
}

// touchAmount is a touch of a set with its amount.
type touchAmount struct {
	touch  int
	amount decimal.Decimal
}

// renumber gives the set the numbers of the table, ascending. pairs is memory to
// use, and is returned for the next.
func (s *Set) renumber(touches, marks []int, pairs []touchAmount) []touchAmount {
	pairs = pairs[:0]
	for i, t := range s.Touches {
		pairs = append(pairs, touchAmount{touches[t], s.Amounts[i]})
	}
	slices.SortFunc(pairs, func(a, b touchAmount) int { return a.touch - b.touch })
	for i, p := range pairs {
		s.Touches[i], s.Amounts[i] = p.touch, p.amount
	}
	fresh := make([]int, len(s.Marks))
	for i, m := range s.Marks {
		fresh[i] = marks[m]
	}
	slices.Sort(fresh)
	s.Marks = fresh
	return pairs
}

func compareSets(a, b *Set) int {
	return cmp.Or(slices.Compare(a.Touches, b.Touches), slices.Compare(a.Marks, b.Marks))
}

func compareTouches(a, b *Touch) int {
	return cmp.Or(
		cmp.Compare(a.Seller, b.Seller),
		cmp.Compare(statusRank(a.Status), statusRank(b.Status)),
		cmp.Compare(a.Audience, b.Audience),
		cmp.Compare(a.Product, b.Product),
		cmp.Compare(a.Roles, b.Roles),
		slices.Compare(a.With, b.With),
		slices.Compare(a.Apart, b.Apart),
		compareBool(a.ByName, b.ByName),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// Statuses lists the statuses, strongest first.
var Statuses = []graph.Status{graph.Customer, graph.Open, graph.Relationship, graph.Target}

// statusRank orders statuses, strongest first.
func statusRank(s graph.Status) int { return slices.Index(Statuses, s) }
