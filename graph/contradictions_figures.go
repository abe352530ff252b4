package graph

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// figure is what is known of the reach of one pathway, or of the overlap of
// several, in one segment.
type figure struct {
	of        []string // ids of channels and partners, sorted
	low, high float64  // share of the segment, or members
	slack     float64  // what rounding may have taken or added
	one       float64  // what 1 of the unit it is written in is worth: 1/addressable for counts
	written   Interval
	count     bool // written as members
	at        Position
}

// segmentFigures are the figures of one segment that can be compared: shares of
// it, or members where it does not say how many it has.
type segmentFigures struct {
	segment string
	whole   float64 // what the segment amounts to: 1, or infinite
	all     []*figure
	by      map[string]*figure   // by key of the pathways; the first of several
	largest map[string][]*figure // the two largest overlaps of a pathway
	bad     map[*figure]bool     // those that have contradicted others
}

func newSegmentFigures(segment string, whole float64) *segmentFigures {
	return &segmentFigures{
		segment: segment, whole: whole,
		by: map[string]*figure{}, largest: map[string][]*figure{}, bad: map[*figure]bool{},
	}
}

// key names a set of pathways.
func key(ids []string) string { return strings.Join(ids, " ") }

func (s *segmentFigures) pair(i, j string) *figure {
	if j < i {
		i, j = j, i
	}
	return s.by[key([]string{i, j})]
}

func (s *segmentFigures) add(f *figure) {
	s.all = append(s.all, f)
	if s.by[key(f.of)] == nil {
		s.by[key(f.of)] = f
	}
	if len(f.of) < 2 {
		return
	}
	for _, id := range f.of {
		l := append(s.largest[id], f)
		slices.SortStableFunc(l, func(a, b *figure) int { return cmp.Compare(b.low, a.low) })
		s.largest[id] = l[:min(2, len(l))]
	}
}

// segmentFigures gathers the figures by segment, in the order of the file.
// Without addressable members shares and counts of a segment stay apart.
func (c *checker) segmentFigures() []*segmentFigures {
	var all []*segmentFigures
	shares, counts := map[string]*segmentFigures{}, map[string]*segmentFigures{}
	addressable := map[string]int64{}
	for _, s := range c.e.Segments {
		share := newSegmentFigures(s.ID, 1)
		shares[s.ID], counts[s.ID], addressable[s.ID] = share, share, s.Addressable
		all = append(all, share)
		if s.Addressable == 0 {
			counts[s.ID] = newSegmentFigures(s.ID, math.Inf(1))
			all = append(all, counts[s.ID])
		}
	}
	for _, k := range c.known() {
		f := k.figure(addressable[k.segment])
		switch {
		case f == nil || shares[k.segment] == nil:
		case f.one == 1 && f.count:
			counts[k.segment].add(f)
		default:
			shares[k.segment].add(f)
		}
	}
	return all
}

// known is a figure as the ecosystem gives it.
type known struct {
	of      []string
	segment string
	share   *Interval
	count   *Interval
	base    ShareOf
	at      Position
}

func (c *checker) known() []known {
	var all []known
	reaches := func(id string, reaches []KnownReach) {
		for _, r := range reaches {
			all = append(all, known{[]string{id}, r.Segment, r.Share, r.Count, r.Of, c.figureAt(r.At, r.Share != nil)})
		}
	}
	for _, ch := range c.e.Channels {
		reaches(ch.ID, ch.Reaches)
	}
	for _, p := range c.e.Partners {
		reaches(p.ID, p.Reaches)
	}
	for _, o := range c.e.Overlaps {
		if of := slices.Compact(slices.Sorted(slices.Values(o.Between))); len(of) > 1 {
			all = append(all, known{of, o.Segment, o.Share, o.Count, ShareOf{}, c.figureAt(o.At, o.Share != nil)})
		}
	}
	return all
}

func (c *checker) figureAt(in Position, share bool) Position {
	if share {
		return c.at(in, "share")
	}
	return c.at(in, "count")
}

// figure turns what is known into a share of the segment, or into members where
// the segment does not say how many it has. It returns nil for what cannot be
// compared.
func (k known) figure(addressable int64) *figure {
	switch {
	case k.share != nil && k.base.Upstream:
		return nil
	case k.share != nil && k.base.Members > 0:
		i := *k.share
		members := Interval{Low: i.Low * k.base.Members, High: i.High * k.base.Members}
		f := k.members(members, addressable)
		f.slack = f.one * k.base.Members * rounding(i)
		return f
	case k.share != nil:
		i := *k.share
		return &figure{of: k.of, low: i.Low, high: i.High, slack: rounding(i), one: 1, written: i, at: k.at}
	case k.count != nil:
		return k.members(*k.count, addressable)
	}
	return nil
}

func (k known) members(i Interval, addressable int64) *figure {
	one := 1.0
	if addressable > 0 {
		one = 1 / float64(addressable)
	}
	return &figure{of: k.of, low: i.Low * one, high: i.High * one, one: one, written: i, count: true, at: k.at}
}

// rounding is half of the last decimal typed of a share. A share without
// decimals is nothing or everything, and exact. Counts are exact as well.
func rounding(i Interval) float64 {
	if i.Decimals == 0 {
		return 0
	}
	return 0.5 * math.Pow10(-i.Decimals)
}
