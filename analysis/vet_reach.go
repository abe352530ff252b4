package analysis

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// audiences counts what the partner reaches, audience by audience.
func (v *vetting) audiences() []VetAudience {
	out := []VetAudience{}
	for _, a := range []graph.Audience{graph.Buyers, graph.Users} {
		if one := v.audience(a); one.Gross.High > 0 || one.Unresolved > 0 {
			out = append(out, one)
		}
	}
	return out
}

func (v *vetting) audience(a graph.Audience) VetAudience {
	c := vetCount{v: v, out: VetAudience{Audience: a, Grid: []GridCount{}, By: []ReachedBy{}, Segments: []VetSegment{}}, by: map[int]int64{}, grid: map[[2]graph.Status]float64{}}
	c.out.Unresolved = v.unresolved(a, reaching)
	// Of buyers the accounts are looked at: there it shows whom we know by users
	// alone.
	table := v.s.Exposure.Users
	if a == graph.Buyers {
		table = v.s.Exposure.Accounts
	}
	for i := range table.Cells {
		cell := &table.Cells[i]
		segment := c.segment(cell.Segment)
		for n := range cell.Sets {
			c.add(table, &cell.Sets[n], segment)
		}
	}
	c.addFigures()
	c.finish()
	return c.out
}

// reaching and active are the statuses that are reach, and those of a sale made or
// under way.
func reaching(s graph.Status) bool { return s != graph.Target }
func active(s graph.Status) bool   { return s == graph.Customer || s == graph.Open }

// unresolved counts the partner's rows of an audience that cannot be told and are
// of some statuses, each name once.
func (v *vetting) unresolved(a graph.Audience, of func(graph.Status) bool) int64 {
	names := map[string]bool{}
	for i := range v.s.Exposure.Unresolved {
		u := &v.s.Exposure.Unresolved[i]
		if u.Audience == a && of(u.Status) && slices.Contains(v.sellers, u.Seller) {
			names[u.Folded+"\x00"+u.Country] = true
		}
	}
	return int64(len(names))
}

// vetCount is the count of one audience.
type vetCount struct {
	v        *vetting
	out      VetAudience
	by       map[int]int64
	grid     map[[2]graph.Status]float64
	segments []vetSegment
}

type vetSegment struct {
	number int // or -1
	VetSegment
}

// segment finds or adds the count of a segment.
func (c *vetCount) segment(number int) int {
	if i := slices.IndexFunc(c.segments, func(s vetSegment) bool { return s.number == number }); i >= 0 {
		return i
	}
	one := vetSegment{number: number}
	one.Segment = SegmentRef{Name: "unassigned", Audience: c.out.Audience}
	if number >= 0 {
		seg := c.v.s.Ecosystem.Segments[number]
		one.Segment = SegmentRef{seg.ID, seg.Name, c.out.Audience}
		c.out.Potential = c.out.Potential || !seg.Value.Amount.IsZero()
	}
	c.segments = append(c.segments, one)
	return len(c.segments) - 1
}

// add counts the members of a set that the partner reaches.
func (c *vetCount) add(t *exposure.Table, set *exposure.Set, segment int) {
	if !c.reached(t, set) {
		return
	}
	at := c.look(t, set)
	seg := &c.segments[segment]
	c.grid[[2]graph.Status{at.theirs, at.ours}] += float64(set.Members)
	for s := range at.by {
		c.by[s] += set.Members
	}
	value := c.value(set, seg.number)
	switch {
	case len(at.by) > 0:
		c.out.Reached += set.Members
		seg.Reached += set.Members
		if at.direct {
			c.out.Direct += set.Members
		}
		return
	case at.ours == graph.Target:
		c.out.Openings += set.Members
		seg.Openings += set.Members
		c.out.OpenValue.Decimal = c.out.OpenValue.Add(value)
	case at.usersOnly:
		c.out.UsersOnly += set.Members
	default:
		c.out.New += set.Members
		seg.New += set.Members
		c.out.NewValue.Decimal = c.out.NewValue.Add(value)
	}
	seg.AddValue.Decimal = seg.AddValue.Add(value)
}

// reached reports whether the partner reaches the members of a set.
func (c *vetCount) reached(t *exposure.Table, set *exposure.Set) bool {
	return slices.ContainsFunc(set.Touches, func(i int) bool {
		touch := &t.Touches[i]
		return touch.Audience == c.out.Audience && touch.Reaches() && slices.Contains(c.v.sellers, touch.Seller)
	})
}

// looked is what a set shows of the partner and of all others.
type looked struct {
	theirs    graph.Status
	ours      graph.Status // the strongest of our own; empty where none has it
	by        map[int]bool // others that reach it today
	direct    bool         // one of them is ours
	usersOnly bool         // ours have users there, and nothing else
}

func (c *vetCount) look(t *exposure.Table, set *exposure.Set) looked {
	l := looked{by: map[int]bool{}}
	for _, i := range set.Touches {
		touch := &t.Touches[i]
		own := c.v.s.Ecosystem.Kind(c.v.s.Sellers[touch.Seller]).Direct()
		switch {
		case touch.Audience != c.out.Audience:
			l.usersOnly = l.usersOnly || own
		case slices.Contains(c.v.sellers, touch.Seller):
			l.theirs = stronger(l.theirs, touch.Status)
		default:
			if own {
				l.ours = stronger(l.ours, touch.Status)
			}
			if touch.Reaches() && c.v.others.Has(touch.Seller) {
				l.by[touch.Seller] = true
				l.direct = l.direct || own
			}
		}
	}
	return l
}

// stronger is the stronger of two statuses; the empty one is weaker than any.
func stronger(a, b graph.Status) graph.Status {
	if a == "" || slices.Index(exposure.Statuses, b) < slices.Index(exposure.Statuses, a) {
		return b
	}
	return a
}

// value is the potential of a set: the members' own values, and the segment's
// where they have none.
func (c *vetCount) value(set *exposure.Set, segment int) decimal.Decimal {
	c.out.Potential = c.out.Potential || set.Valued > 0
	if segment < 0 {
		return set.Value
	}
	each := c.v.s.inCurrency(c.v.s.Ecosystem.Segments[segment].Value)
	return set.Value.Add(each.Mul(decimal.NewFromInt(set.Members - set.Valued)))
}

// addFigures tells what the partner reaches in each segment, and what it adds to
// the others there: by lists, and beside them by shares and claims.
func (c *vetCount) addFigures() {
	v := c.v
	for _, p := range v.s.partsOf(c.out.Audience) {
		if gross := p.reach.Net(v.of); gross.High > 0 {
			seg := &c.segments[c.segment(p.segment)]
			seg.Gross, seg.Adds = gross, p.reach.Incremental(v.of, v.others)
		}
	}
}

// finish sums up the segments and puts everything in order.
func (c *vetCount) finish() {
	c.segments = slices.DeleteFunc(c.segments, func(s vetSegment) bool { return s.Gross.High == 0 })
	slices.SortStableFunc(c.segments, func(a, b vetSegment) int { return cmp.Compare(uint(a.number), uint(b.number)) })
	for _, s := range c.segments {
		c.out.Gross = c.out.Gross.Add(s.Gross)
		c.out.Segments = append(c.out.Segments, s.VetSegment)
	}
	c.out.Gross.High += float64(c.out.Unresolved)
	a := c.out.Audience
	c.out.Adds = c.v.s.adds(c.v.s.partsOf(a), c.v.s.unplacedOf(a), c.v.of)
	c.out.Alone = c.out.New + c.out.Openings + c.out.UsersOnly
	c.out.Beside = c.v.s.figuresBeside(a, c.v.of)
	for s, n := range c.by {
		c.out.By = append(c.out.By, ReachedBy{c.v.s.sellerRef(s), n})
	}
	slices.SortFunc(c.out.By, func(a, b ReachedBy) int {
		return cmp.Or(cmp.Compare(b.Members, a.Members), cmp.Compare(a.Seller.ID, b.Seller.ID))
	})
	for _, theirs := range exposure.Statuses {
		for _, ours := range append(slices.Clone(exposure.Statuses), "") {
			if n := c.grid[[2]graph.Status{theirs, ours}]; n > 0 {
				c.out.Grid = append(c.out.Grid, GridCount{theirs, ours, n})
			}
		}
	}
}
