package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// Paths prints the pathways to a segment.
func Paths(w io.Writer, p *analysis.Paths, f Format, o TextOptions) error {
	return printReport(w, f, o, p, pathsReport{p})
}

type pathsReport struct{ *analysis.Paths }

func (p pathsReport) text(r *textReport) {
	r.open(&p.Head, p.answer()...)
	if len(p.Pathways) > 0 {
		p.list(r)
		r.heading("How to read this")
		r.paragraph(2, "Reached is what the last seller of a pathway reaches over all its pathways, so it stands once for each and is never added. "+
			"Supply is what part of the seller's supply comes this way.")
		if p.estimates() {
			r.paragraph(2, independenceNote)
		}
	}
	r.next(p.suggestions()...)
	r.close(&p.Head)
}

func (p pathsReport) answer() []string {
	name := shortName(p.Segment.Name)
	switch p.Count {
	case "0":
		return []string{name + " has no pathway"}
	case "1":
		return []string{name + " has one pathway, and hangs on everything along it"}
	}
	first := fmt.Sprintf("%s has %s pathways", name, bigCount(p.Count))
	if len(p.HangsOn) > 0 {
		return []string{first + "; all of them run over " + nameList(nodeNames(p.HangsOn), " and ", 2), first + " that hang on one party", first}
	}
	return []string{fmt.Sprintf("%s; %s of them share no partner", first, countDigits(p.Disjoint)), first}
}

func nodeNames(nodes []analysis.NodeRef) []string {
	var names []string
	for _, n := range nodes {
		names = append(names, n.Name)
	}
	return names
}

// between gives the names of a pathway from after the vendor to before the
// segment: both are the same for all pathways.
func (p pathsReport) between(w *analysis.PathwayReach) []string {
	names := nodeNames(w.Nodes)
	if len(names) > 2 {
		names = names[1 : len(names)-1]
	}
	return names
}

func (p pathsReport) list(r *textReport) {
	r.heading("From " + shortName(p.Head.Vendor) + " to " + shortName(p.Segment.Name) + ", in " + string(p.Segment.Audience))
	t := newTextTable("over", "supply", "reached")
	for i := range p.Pathways[:min(mostPathways, len(p.Pathways))] {
		w := &p.Pathways[i]
		t.add(nameCell(joinWithin(p.between(w), " > ", 44)), cell{text: analysis.Percent(w.Supply)}, figureCell(w.Members))
	}
	r.table(t)
	if len(p.Pathways) > mostPathways {
		r.paragraph(2, fmt.Sprintf("%s listed here: --format csv shows %s.", countDigits(mostPathways), countDigits(len(p.Pathways))))
	}
}

// mostPathways is how many pathways the text lists.
const mostPathways = 50

// joinWithin joins names so that they fit: each gets its part of the room.
func joinWithin(names []string, gap string, columns int) string {
	whole := EscapeControls(strings.Join(names, gap))
	if displayWidth(whole) <= columns || len(names) == 0 {
		return whole
	}
	each := max(3, (columns-displayWidth(gap)*(len(names)-1))/len(names))
	short := make([]string, len(names))
	for i, n := range names {
		short[i] = cutText(EscapeControls(n), each)
	}
	return strings.Join(short, gap)
}

func (p pathsReport) estimates() bool {
	for _, w := range p.Pathways {
		if estimated(w.Members) {
			return true
		}
	}
	return false
}

func (p pathsReport) suggestions() []suggestion {
	if p.Count == "0" || len(p.HangsOn) > 0 {
		return []suggestion{{"See what every segment hangs on, and who would reach it", "uncovered"}}
	}
	return []suggestion{{"See who is reached over several of these", "overlaps"}}
}

// table gives one row for the segment, for each party that all pathways run
// over, and for each pathway listed.
func (p pathsReport) table() *csvTable {
	t := &csvTable{columns: append([]string{
		"level", "segment", "audience", "id", "name", "kind", "pathways", "disjoint", "over", "seller", "supply",
	}, append(figureColumns("members"), "basis")...)}
	add := func(level string) csvRow {
		return t.add(level).text("segment", p.Segment.ID).text("audience", string(p.Segment.Audience))
	}
	add("segment").text("name", p.Segment.Name).text("pathways", p.Count).count("disjoint", p.Disjoint)
	for _, n := range p.HangsOn {
		add("hangs_on").text("id", n.ID).text("name", n.Name).text("kind", string(n.Kind))
	}
	for i := range p.Pathways {
		w := &p.Pathways[i]
		var ids []string
		for _, n := range w.Nodes {
			ids = append(ids, n.ID)
		}
		add("pathway").text("over", strings.Join(ids, " > ")).text("seller", w.Seller.ID).text("name", w.Seller.Name).
			number("supply", w.Supply).figure("members", w.Members).text("basis", w.Members.Basis)
	}
	t.nda(&p.Head)
	return t
}
