package analysis

import (
	"cmp"

	"github.com/channelmap/channelmap/analysis/conflict"
)

// findingOrder is what findings are ranked by. Members and money are summed over
// audiences for that alone: they are never added in what is shown.
type findingOrder struct {
	class                int
	liveSum, collideSum  conflict.Money
	live, collide, other int64
}

// compareFindings puts the worst first: broken promises, then live conflict by
// the money that it is about, then records that collide, then what could
// collide, then what is only possible; chances last.
func compareFindings(a, b *Finding) int {
	x, y := &a.order, &b.order
	if x.class != y.class {
		return cmp.Compare(x.class, y.class)
	}
	if by := y.liveSum.Compare(x.liveSum); by != 0 {
		return by
	}
	if x.live != y.live {
		return cmp.Compare(y.live, x.live)
	}
	if by := y.collideSum.Compare(x.collideSum); by != 0 {
		return by
	}
	return cmp.Or(
		cmp.Compare(y.collide, x.collide),
		cmp.Compare(len(b.Cases), len(a.Cases)),
		cmp.Compare(y.other, x.other),
		cmp.Compare(a.ID, b.ID),
	)
}

// rank sums up what the finding is ranked by.
func (f *Finding) rank() findingOrder {
	var o findingOrder
	for i := range f.Totals {
		t := &f.Totals[i]
		o.live, o.collide, o.other = o.live+t.Live, o.collide+t.Collide, o.other+t.Other
		o.liveSum.Add(t.LiveValue.Decimal)
		o.collideSum.Add(t.CollideValue.Decimal)
	}
	o.class = f.class(o.live > 0)
	return o
}

// class ranks findings of different kinds.
func (f *Finding) class(live bool) int {
	switch {
	case f.Good:
		return 5
	case f.Promise && f.Proven():
		return 0
	case live:
		return 1
	case len(f.Cases) > 0 && f.Rule != "C17":
		return 2
	case f.Possible || f.Segment != nil || f.Rule == "C17":
		return 4
	}
	return 3
}
