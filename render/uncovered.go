package render

import (
	"fmt"
	"io"
	"slices"

	"github.com/channelmap/channelmap/analysis"
)

// Uncovered prints which segments have no pathway that works today, and which
// hang on one.
func Uncovered(w io.Writer, u *analysis.Uncovered, f Format, o TextOptions) error {
	return printReport(w, f, o, u, uncoveredReport{u})
}

type uncoveredReport struct{ *analysis.Uncovered }

func (u uncoveredReport) text(r *textReport) {
	r.open(&u.Head, u.answer()...)
	if len(u.Segments) > 0 {
		u.coverage(r)
	}
	u.hanging(r)
	u.would(r)
	u.atRisk(r)
	if slices.ContainsFunc(u.Segments, func(s analysis.SegmentCoverage) bool { return estimated(s.Totals.Net) }) {
		r.heading("How to read this")
		r.paragraph(2, independenceNote+" "+estimateNote)
	}
	r.next(u.suggestions()...)
	r.close(&u.Head)
}

func (u uncoveredReport) answer() []string {
	none, one := 0, 0
	for _, s := range u.Segments {
		switch {
		case s.Sellers == 0:
			none++
		case len(s.HangsOn) > 0:
			one++
		}
	}
	all := countOf(len(u.Segments), "segment", "segments")
	if len(u.Segments) == 0 {
		return []string{"The ecosystem names no segment"}
	}
	if none == 0 && one == 0 {
		return []string{"Every one of " + all + " is reached over pathways that do not hang on one party"}
	}
	have := "have"
	if none == 1 {
		have = "has"
	}
	return []string{fmt.Sprintf("%s of %s %s no pathway that works today; %s on one party", countDigits(none), all, have, hangs(one))}
}

func hangs(n int) string {
	if n == 1 {
		return "1 hangs"
	}
	return countDigits(n) + " hang"
}

func (u uncoveredReport) coverage(r *textReport) {
	r.heading("Segments, in members")
	t := newTextTable("segment", "audience", "pathways", "addressable", "net", "coverage", "uncovered")
	t.columns[1].kind = names
	for _, s := range u.Segments[:min(mostSegments, len(u.Segments))] {
		t.add(nameCell(s.Segment.Name), nameCell(string(s.Segment.Audience)), countCell(s.Sellers),
			declaredCell(s.Totals.Addressable), estimateCell(s.Totals.Net), coverageEstimateCell(s.Totals.Coverage), optionalEstimateCell(s.Totals.Uncovered))
	}
	r.table(t)
	r.restAfter(mostSegments, len(u.Segments))
}

// mostSegments is how many segments the text shows.
const mostSegments = 50

func (u uncoveredReport) hanging(r *textReport) {
	var lines []string
	for _, s := range u.Segments {
		if s.Sellers > 0 && len(s.HangsOn) > 0 {
			lines = append(lines, shortName(s.Segment.Name)+": every pathway runs over "+hangWords(s.HangsOn))
		}
	}
	r.listed("Segments that hang on one party", lines)
}

func hangWords(nodes []analysis.NodeRef) string {
	var names []string
	for _, n := range nodes[:min(4, len(nodes))] {
		names = append(names, shortName(n.Name)+" ("+string(n.Kind)+")")
	}
	return joinSome(names, " and ", len(nodes))
}

// listed prints lines under a heading, and nothing where there are none.
func (r *textReport) listed(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	r.heading(heading)
	r.bullets(lines[:min(mostRows, len(lines))])
	r.rest(len(lines))
}

func (u uncoveredReport) would(r *textReport) {
	var lines []string
	for _, s := range u.Segments {
		if len(s.Would) > 0 && (s.Sellers == 0 || len(s.HangsOn) > 0) {
			var names []string
			for _, w := range s.Would[:min(mostSellers, len(s.Would))] {
				names = append(names, fmt.Sprintf("%s (%s)", shortName(w.Name), w.Stage))
			}
			lines = append(lines, shortName(s.Segment.Name)+": "+joinSome(names, ", ", len(s.Would)))
		}
	}
	r.listed("Not selling today, and would reach some of it", lines)
}

// atRisk shows for each segment the parties without which most would be lost.
func (u uncoveredReport) atRisk(r *textReport) {
	t := newTextTable("segment", "without", "reached by nobody else")
	t.columns[1].kind = names
	t.keys = 2
	for _, s := range u.Segments {
		for _, p := range s.AtRisk[:min(3, len(s.AtRisk))] {
			if len(t.rows) < mostSegments {
				t.add(nameCell(s.Segment.Name), sellerCell(p.Party), figureCell(p.Members))
			}
		}
	}
	if len(t.rows) > 0 {
		r.heading("What a segment loses if one party leaves, in members")
		r.table(t)
	}
}

func (u uncoveredReport) suggestions() []suggestion {
	for _, s := range u.Segments {
		if s.Sellers > 0 && len(s.HangsOn) > 0 {
			return []suggestion{{"See how the pathways to " + shortName(s.Segment.Name) + " run", "paths " + shellWord(s.Segment.ID)}}
		}
	}
	if slices.ContainsFunc(u.Segments, func(s analysis.SegmentCoverage) bool { return s.Totals.Duplicated.High > 0 }) {
		return []suggestion{{"No conflict can also mean that nobody is reached; see both sides", "overlaps"}}
	}
	return nil
}
