package exposure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

// order puts the table into an order that depends on what it holds alone, not on
// the order in which rows came or on hashing.
func (c *counter) order(sets map[string]*Set, cells map[int]*Cell, book []Mark) *Table {
	t := &Table{Audience: c.audience}
	touches := c.orderTouches(t, sets)
	marks := orderMarks(t, sets, book)
	for text, set := range sets {
		set.renumber(touches, marks)
		segment, _ := strconv.Atoi(text[:strings.IndexByte(text, ' ')])
		cells[segment].Sets = append(cells[segment].Sets, *set)
	}
	for _, cell := range cells {
		slices.SortFunc(cell.Sets, compareSets)
		t.Cells = append(t.Cells, *cell)
	}
	slices.SortFunc(t.Cells, func(a, b Cell) int { return cmp.Compare(uint(a.Segment), uint(b.Segment)) })
	return t
}

// orderTouches gives the touches in use their place in the table, and returns
// the new number of each.
func (c *counter) orderTouches(t *Table, sets map[string]*Set) map[int]int {
	used := map[int]bool{}
	for _, s := range sets {
		for _, i := range s.Touches {
			used[i] = true
		}
	}
	var old []int
	for i := range used {
		old = append(old, i)
	}
	slices.SortFunc(old, func(a, b int) int { return compareTouches(&c.touches[a], &c.touches[b]) })
	fresh := make(map[int]int, len(old))
	for n, i := range old {
		fresh[i] = n
		t.Touches = append(t.Touches, c.touches[i])
	}
	return fresh
}

func orderMarks(t *Table, sets map[string]*Set, book []Mark) map[int]int {
	used := map[int]bool{}
	for _, s := range sets {
		for _, i := range s.Marks {
			used[i] = true
		}
	}
	var old []int
	for i := range used {
		old = append(old, i)
	}
	slices.SortFunc(old, func(a, b int) int {
		return cmp.Or(cmp.Compare(book[a].Kind, book[b].Kind), cmp.Compare(book[a].Subject, book[b].Subject))
	})
	fresh := make(map[int]int, len(old))
	for n, i := range old {
		fresh[i] = n
		t.Marks = append(t.Marks, book[i])
	}
	return fresh
}

// renumber gives the set the numbers of the table, ascending.
func (s *Set) renumber(touches, marks map[int]int) {
	type pair struct {
		touch  int
		amount decimal.Decimal
	}
	pairs := make([]pair, len(s.Touches))
	for i, t := range s.Touches {
		pairs[i] = pair{touches[t], s.Amounts[i]}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return a.touch - b.touch })
	for i, p := range pairs {
		s.Touches[i], s.Amounts[i] = p.touch, p.amount
	}
	fresh := make([]int, len(s.Marks))
	for i, m := range s.Marks {
		fresh[i] = marks[m]
	}
	slices.Sort(fresh)
	s.Marks = fresh
}

func compareSets(a, b Set) int {
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
