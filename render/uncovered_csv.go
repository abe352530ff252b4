package render

import (
	"slices"

	"github.com/channelmap/channelmap/analysis"
)

// table gives one row for each segment, and for each thing said of it.
func (u uncoveredReport) table() *csvTable {
	t := &csvTable{columns: slices.Concat(
		[]string{"level", "segment", "audience", "id", "name", "kind", "channel", "stage", "sellers", "addressable"},
		figureColumns("gross", "net", "duplication", "duplicated"), []string{"frequency"},
		figureColumns("coverage", "uncovered", "members"), []string{"unresolved", "basis"},
	)}
	for i := range u.Segments {
		addCoverage(t, &u.Segments[i])
	}
	t.nda(&u.Head)
	return t
}

func addCoverage(t *csvTable, s *analysis.SegmentCoverage) {
	add := func(level string) csvRow {
		return t.add(level).text("segment", s.Segment.ID).text("audience", string(s.Segment.Audience))
	}
	add("segment").text("name", s.Segment.Name).totals(&s.Totals)
	for _, n := range s.HangsOn {
		add("hangs_on").text("id", n.ID).text("name", n.Name).text("kind", string(n.Kind))
	}
	for _, p := range s.AtRisk {
		add("at_risk").seller(p.Party).figure("members", p.Members).text("basis", p.Members.Basis)
	}
	for _, w := range s.Would {
		add("would_reach").seller(w)
	}
}
