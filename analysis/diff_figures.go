package analysis

import (
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

func audienceOf(s *Snapshot, a graph.Audience) *SnapshotAudience {
	for i := range s.Audiences {
		if s.Audiences[i].Audience == a {
			return &s.Audiences[i]
		}
	}
	return nil
}

// compareAudiences tells how an audience moved. An audience of which nothing is
// known is one of nobody.
func compareAudiences(x, y *Snapshot, p, q *SnapshotAudience) AudienceDiff {
	if p == nil {
		p = &SnapshotAudience{Audience: q.Audience}
	}
	if q == nil {
		q = &SnapshotAudience{Audience: p.Audience}
	}
	out := AudienceDiff{
		Audience:    p.Audience,
		Addressable: movement(declared(p.Totals.Addressable), declared(q.Totals.Addressable)),
		Gross:       movement(&p.Totals.Gross, &q.Totals.Gross),
		Net:         movement(&p.Totals.Net, &q.Totals.Net),
		Duplicated:  movement(&p.Totals.Duplicated, &q.Totals.Duplicated),
		Coverage:    movement(p.Totals.Coverage, q.Totals.Coverage),
		Unresolved:  counted(p.Unresolved, q.Unresolved),
		Live:        counted(p.Live, q.Live),
		Collide:     counted(p.Collide, q.Collide),
		Segments:    segmentChanges(p, q),
	}
	names := sellerNames(x, y)
	money := x.Currency == y.Currency
	out.Channels = sellerChanges(p.Channels, q.Channels, names, money)
	out.Sellers = sellerChanges(p.Sellers, q.Sellers, names, money)
	return out
}

func movement(from, to *figure.Figure) Movement {
	m := Movement{From: from, To: to}
	if from != nil {
		m.By -= from.Best
	}
	if to != nil {
		m.By += to.Best
	}
	return m
}

func declared(n *float64) *figure.Figure {
	if n == nil {
		return nil
	}
	f := figure.Exact(*n, "")
	return &f
}

func counted(from, to float64) Movement {
	a, b := figure.Exact(from, ""), figure.Exact(to, "")
	return movement(&a, &b)
}

// inBoth goes over what two lists hold: first what the second has, in its order,
// each with its counterpart in the first or nil; then what only the first has.
func inBoth[T any](from, to []T, key func(*T) string, visit func(from, to *T)) {
	before, after := map[string]*T{}, map[string]bool{}
	for i := range from {
		before[key(&from[i])] = &from[i]
	}
	for i := range to {
		k := key(&to[i])
		after[k] = true
		visit(before[k], &to[i])
	}
	for i := range from {
		if !after[key(&from[i])] {
			visit(&from[i], nil)
		}
	}
}

func segmentChanges(p, q *SnapshotAudience) []SegmentChange {
	out := []SegmentChange{}
	inBoth(p.Segments, q.Segments, func(s *SnapshotSegment) string { return s.ID }, func(a, b *SnapshotSegment) {
		c := SegmentChange{Net: movement(netOf(a), netOf(b))}
		if b == nil {
			b = a
		}
		if c.ID, c.Name = b.ID, b.Name; c.Net.Moved() {
			out = append(out, c)
		}
	})
	return out
}

func netOf(s *SnapshotSegment) *figure.Figure {
	if s == nil {
		return nil
	}
	return &s.Totals.Net
}

// sellerNames gives the names of sellers by id, those of today first.
func sellerNames(x, y *Snapshot) map[string]string {
	names := map[string]string{}
	for _, s := range []*Snapshot{x, y} {
		for _, seller := range s.Sellers {
			names[seller.ID] = seller.Name
			if seller.Name == "" {
				names[seller.ID] = seller.ID
			}
		}
	}
	return names
}

// sellerChanges lists whose reach moved. A seller that reaches nobody is in no
// snapshot's figures. The limits of what one reaches alone move with every name of
// the others that is told or not: that is no news of the seller.
func sellerChanges(p, q []SnapshotReach, names map[string]string, money bool) []SellerChange {
	out := []SellerChange{}
	inBoth(p, q, func(r *SnapshotReach) string { return r.ID }, func(a, b *SnapshotReach) {
		if a == nil {
			a = &SnapshotReach{ID: b.ID}
		}
		if b == nil {
			b = &SnapshotReach{ID: a.ID}
		}
		c := SellerChange{ID: a.ID, Name: names[a.ID], Reach: movement(&a.Reach, &b.Reach), OnlyThrough: movement(&a.OnlyThrough, &b.OnlyThrough)}
		if c.Name == "" {
			c.Name = c.ID
		}
		if by := b.Booked.Sub(a.Booked.Decimal); money && !by.IsZero() {
			c.Booked = &Sum{by}
		}
		if c.Reach.Moved() || c.OnlyThrough.By != 0 || c.Booked != nil {
			out = append(out, c)
		}
	})
	return out
}
