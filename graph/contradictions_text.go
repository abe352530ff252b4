package graph

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// contradiction puts an inequality that does not hold in one sentence, at the
// last of its figures.
func (c *checker) contradiction(s *segmentFigures, q inequality) {
	figures := q.figures()
	told := make([]string, len(figures))
	for i, f := range figures {
		told[i] = f.String()
	}
	found := fmt.Sprintf("these %d figures for segment %s cannot all be true: %s; %s", len(figures), quote(s.segment), strings.Join(told, ", "), q.reason)
	if len(figures) == 1 {
		found = fmt.Sprintf("the figure for segment %s cannot be true: %s; %s", quote(s.segment), told[0], q.reason)
	}
	c.complain(figures[len(figures)-1].at, found, "", s.correction(q))
}

// String names the figure and where it stands: "cdw and shi 45% (line 12)".
func (f *figure) String() string {
	s := pathways(f.of) + " " + f.value(f.written.Low, f.written.High)
	if f.at.Line > 0 {
		s += fmt.Sprintf(" (line %d)", f.at.Line)
	}
	return s
}

// value writes limits in the unit that the figure is written in.
func (f *figure) value(low, high float64) string {
	unit, scale := "%", 100.0
	if f.count {
		unit, scale = "", 1
	}
	write := func(v float64) string { return plain(math.Round(v*scale*1e6)/1e6) + unit }
	if low == high {
		return write(low)
	}
	return write(low) + ".." + write(high)
}

// correction is the smallest change of one figure after which nothing among the
// same pathways contradicts any more; overlaps are changed before reaches. Where
// no single change is enough it says how much is needed at least.
func (s *segmentFigures) correction(q inequality) string {
	figures := q.figures()
	size := s.size(q.excess(), figures)
	for _, f := range slices.Backward(figures) {
		corrected := f.moved(q)
		if s.holdsWith(q, f, corrected) {
			return fmt.Sprintf("smallest correction: %s, e.g. %s %s -> %s", size, pathways(f.of),
				f.value(f.written.Low, f.written.High), f.value(corrected.written.Low, corrected.written.High))
		}
	}
	return "smallest correction: more than one figure, " + size + " at least"
}

// size writes an excess in points of the segment, or in members where all the
// figures are counts.
func (s *segmentFigures) size(excess float64, figures []*figure) string {
	shares := func(f *figure) bool { return !f.count }
	if slices.ContainsFunc(figures, shares) {
		return amount(math.Round(excess*100*1e4)/1e4, "point")
	}
	return amount(math.Ceil(excess/figures[0].one-1e-6), "member")
}

// moved is the figure after the whole excess of q is taken from it, or added.
// Members stay whole.
func (f *figure) moved(q inequality) *figure {
	m := *f
	by := q.excess() / f.one
	if slices.Contains(q.plus, f) {
		m.written.Low -= by
		if f.count {
			m.written.Low = math.Floor(m.written.Low + 1e-6)
		}
		if f.written.IsExact() {
			m.written.High = m.written.Low
		}
	} else {
		m.written.High += by
		if f.count {
			m.written.High = math.Ceil(m.written.High - 1e-6)
		}
		if f.written.IsExact() {
			m.written.Low = m.written.High
		}
	}
	m.low, m.high = m.written.Low*f.one, m.written.High*f.one
	return &m
}

// holdsWith reports whether nothing among the pathways of q contradicts once a
// figure of it is corrected.
func (s *segmentFigures) holdsWith(q inequality, f, corrected *figure) bool {
	if corrected.low < 0 || corrected.high > s.whole {
		return false
	}
	written := *f
	*f = *corrected
	defer func() { *f = written }()
	return !slices.ContainsFunc(s.among(q), func(q inequality) bool { return q.broken() && !s.told(q) })
}

// among are the inequalities between figures of the pathways of q.
func (s *segmentFigures) among(q inequality) []inequality {
	var ids []string
	for _, f := range q.figures() {
		ids = append(ids, f.of...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var all []inequality
	for _, part := range append(subsets(ids), ids) {
		if f := s.by[key(part)]; f != nil && len(part) > 1 {
			all = append(all, s.parts(f)...)
		}
	}
	if len(ids) == 3 {
		if t, ok := s.triangle(ids[0], ids[1], ids[2]); ok {
			all = append(all, t.inequalities()...)
		}
	}
	return all
}
