package exposure

import (
	"slices"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
)

// counters count what is kept one by one, on top of what the store counted.
func (c *bulkCount) counters() *counters {
	p := c.pass
	p.registerIn(c.registry)
	n := p.newCounters(c.registry)
	n.buyers.notes, n.users.notes = c.notes(c.result, graph.Buyers), c.notes(c.users, graph.Users)
	if c.direct(n) {
		n.buyers.ready = c.table(graph.Buyers)
		n.accounts.ready = &Table{Audience: graph.Accounts, Touches: n.buyers.ready.Touches, Cells: n.buyers.ready.Cells}
		if n.roots != nil {
			n.roots.ready = n.accounts.ready
		}
	} else {
		var wait sync.WaitGroup
		for _, one := range []*counter{n.users, n.buyers, n.accounts, n.roots} {
			if one != nil {
				wait.Go(func() { one.stored = c.cells(one.audience) })
			}
		}
		wait.Wait()
	}
	p.countInto(n)
	return n
}

// direct reports whether the store's sets are those of the tables as they stand:
// every line is a touch of its own, all are buyers', and nothing is to be added.
func (c *bulkCount) direct(n *counters) bool {
	if len(c.pass.entries) > 0 || len(c.pass.marks.marks) > 0 {
		return false
	}
	for i, l := range c.lines {
		if i > 0 && c.lines[i-1].touch == l.touch || c.registry.touches[l.touch].Audience != graph.Buyers || c.registry.touches[l.touch].ByName {
			return false
		}
	}
	return true
}

// table makes the table of sets that stand in its order already. There may be
// hundreds of thousands of them, so that they share their memory.
func (c *bulkCount) table(audience graph.Audience) *Table {
	t := &Table{Audience: audience}
	fresh := make([]int, len(c.lines))
	for i, l := range c.lines {
		if c.result.MembersOf[i] > 0 {
			fresh[i] = len(t.Touches)
			t.Touches = append(t.Touches, c.registry.touches[l.touch])
		}
	}
	sets := make([]Set, c.result.Len())
	var wait sync.WaitGroup
	for i := range c.bulk.workers {
		from, to := len(sets)*i/c.bulk.workers, len(sets)*(i+1)/c.bulk.workers
		wait.Go(func() { c.fillSets(sets, from, to, fresh) })
	}
	wait.Wait()
	for from := 0; from < len(sets); {
		segment, to := c.result.Segment(from), from
		for to < len(sets) && c.result.Segment(to) == segment {
			to++
		}
		t.Cells = append(t.Cells, Cell{Segment: segment, Sets: sets[from:to:to]})
		from = to
	}
	return t
}

// fillSets fills in sets of a table, some of all. fresh are the numbers of lines
// there.
func (c *bulkCount) fillSets(sets []Set, from, to int, fresh []int) {
	total := 0
	for i := from; i < to; i++ {
		total += c.result.Size(i)
	}
	touches, none := make([]int, 0, total), make([]decimal.Decimal, len(c.lines))
	var set tally.Set
	for i := from; i < to; i++ {
		c.result.Set(i, &set)
		at := len(touches)
		for _, l := range set.Lines {
			touches = append(touches, fresh[l])
		}
		amounts := none[:len(set.Lines):len(set.Lines)]
		if set.Amounts != nil {
			amounts = make([]decimal.Decimal, len(set.Lines))
			for j := range set.Lines {
				amounts[j] = amountOf(&set, j)
			}
		}
		sets[i] = Set{Touches: touches[at:len(touches):len(touches)], Marks: []int{}, Members: set.Members, Valued: set.Valued, Amounts: amounts}
		if set.Valued > 0 {
			sets[i].Value = unstored(set.Value)
		}
	}
}

func amountOf(set *tally.Set, i int) decimal.Decimal {
	if set.Amounts == nil || set.Amounts[i].IsZero() {
		return decimal.Decimal{}
	}
	return unstored(set.Amounts[i])
}

// cells gives the store's sets to a table that others are added to.
func (c *bulkCount) cells(audience graph.Audience) map[int]map[string]*Set {
	cells := map[int]map[string]*Set{}
	result := c.resultOf(audience)
	var set tally.Set
	var text []byte
	for i := range result.Len() {
		result.Set(i, &set)
		one, ok := c.set(&set, audience)
		if !ok {
			continue
		}
		cell := cells[set.Segment]
		if cell == nil {
			cell = map[string]*Set{}
			cells[set.Segment] = cell
		}
		text = one.text(text[:0])
		if known, ok := cell[string(text)]; ok {
			known.merge(one)
			continue
		}
		cell[string(text)] = one
	}
	return cells
}

// resultOf is what was counted of an audience.
func (c *bulkCount) resultOf(audience graph.Audience) *tally.Result {
	if audience == graph.Users {
		return c.users
	}
	return c.result
}

// set reads the touches and marks of one audience off a stored set; false where
// it has none of them. Lines stand in the order of their touches.
func (c *bulkCount) set(from *tally.Set, audience graph.Audience) (*Set, bool) {
	s := &Set{Members: from.Members, Valued: from.Valued, Marks: []int{}}
	if from.Valued > 0 {
		s.Value = unstored(from.Value)
	}
	s.Touches, s.Amounts = make([]int, 0, len(from.Lines)), make([]decimal.Decimal, 0, len(from.Lines))
	for i, l := range from.Lines {
		if l >= c.marksAt {
			s.Marks = append(s.Marks, l-c.marksAt)
			continue
		}
		touch, n := c.lines[l].touch, len(s.Touches)
		switch {
		case audience != graph.Accounts && c.registry.touches[touch].Audience != audience:
		case n > 0 && s.Touches[n-1] == touch:
			s.Amounts[n-1] = sum(s.Amounts[n-1], amountOf(from, i))
		default:
			s.Touches, s.Amounts = append(s.Touches, touch), append(s.Amounts, amountOf(from, i))
		}
	}
	c.firmOnly(s)
	return s, len(s.Touches) > 0
}

// firmOnly joins touches that rows tell by a bare name to the same told better.
func (c *bulkCount) firmOnly(s *Set) {
	for i := 0; i < len(s.Touches); i++ {
		byName, ok := c.registry.byName[s.Touches[i]]
		if !ok {
			continue
		}
		if j := slices.Index(s.Touches, byName); j >= 0 {
			s.Amounts[i] = sum(s.Amounts[i], s.Amounts[j])
			s.Touches, s.Amounts = slices.Delete(s.Touches, j, j+1), slices.Delete(s.Amounts, j, j+1)
		}
	}
}

// notes reports what the count of an audience met.
func (c *bulkCount) notes(result *tally.Result, audience graph.Audience) *notes {
	n := &notes{}
	otherSegment, otherValue := make([]int64, len(c.pass.eco.Lists)), make([]int64, len(c.pass.eco.Lists))
	for i, k := range c.bulk.kinds[:len(c.bulk.rows)] {
		if k.audience == audience {
			otherSegment[k.list] += result.OtherSegment[i]
			otherValue[k.list] += result.OtherValue[i]
		}
	}
	repeated := c.repeated(result, audience)
	for i, spec := range c.pass.eco.Lists {
		at := graph.Place{File: spec.File}
		n.addRows("two-segments", at, otherSegment[i], twoSegments)
		n.addRows("value-differs", at, otherValue[i], valueDiffers)
		n.addRows("repeated-row", at, repeated[i], repeatedRow)
	}
	return n
}

// repeated is, by list, how many rows repeat another: all but one of each member
// and line.
func (c *bulkCount) repeated(result *tally.Result, audience graph.Audience) []int64 {
	out := make([]int64, len(c.pass.eco.Lists))
	for i, k := range c.bulk.kinds[:len(c.bulk.rows)] {
		if !k.summed && k.audience == audience {
			out[k.list] += c.bulk.rows[i] - result.Out[i]
		}
	}
	c.eachFirst(result, audience, func(l bulkLine, members int64) { out[l.list] -= members })
	return out
}

// eachFirst calls do, for rows of an audience without amounts, with members that have
// a line: a touch of one list that some rows tell by a bare name and others better
// is one.
func (c *bulkCount) eachFirst(result *tally.Result, audience graph.Audience, do func(l bulkLine, members int64)) {
	counts := func(l bulkLine) bool { return !l.summed && c.registry.touches[l.touch].Audience == audience }
	for i, l := range c.lines {
		if counts(l) {
			do(l, result.MembersOf[i])
		}
	}
	firm := map[int]int{} // by touch told by name
	for touch, byName := range c.registry.byName {
		firm[byName] = touch
	}
	if len(firm) == 0 {
		return
	}
	var set tally.Set
	for i := range result.Len() {
		result.Set(i, &set)
		for _, n := range set.Lines {
			if n >= len(c.lines) || !counts(c.lines[n]) {
				continue
			}
			l := c.lines[n]
			touch, weak := firm[l.touch]
			if other, ok := c.lineOf[bulkLine{touch, l.list, false}]; weak && ok && slices.Contains(set.Lines, other) {
				do(l, -set.Members)
			}
		}
	}
}
