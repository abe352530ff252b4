package render

import (
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// mostGrids is how many pairs of an audience are shown status by status.
const mostGrids = 1

// statuses in the order of the grid, strongest first.
var statuses = []graph.Status{graph.Customer, graph.Open, graph.Relationship, graph.Target}

// withGrid gives the worst pairs that lists show together.
func withGrid(all []analysis.Pair) []*analysis.Pair {
	var out []*analysis.Pair
	for i := range all {
		if len(all[i].Grid) > 0 && len(out) < mostGrids {
			out = append(out, &all[i])
		}
	}
	return out
}

// grid prints the members of a pair by the status that each side gives them, as
// account mapping does, and how the two stand there.
func grid(r *textReport, audience string, p *analysis.Pair) {
	r.heading(audience + ": " + shortName(sellerName(p.P)) + " (rows) and " + shortName(sellerName(p.Q)) + " (columns)")
	if s := relationsOf(p); s != "" {
		r.paragraph(2, s)
	}
	if s := givenWords(p.Known); s != "" {
		r.paragraph(2, s)
	}
	t := newTextTable("")
	for _, q := range statuses {
		t.columns = append(t.columns, column{header: string(q)})
	}
	for _, s := range statuses {
		cells := []cell{nameCell(string(s))}
		for _, q := range statuses {
			cells = append(cells, gridCell(p.Grid, s, q))
		}
		t.add(cells...)
	}
	r.table(t)
}

// givenWords tell the figures that the ecosystem gives beside those counted.
func givenWords(known []analysis.KnownFigure) string {
	var parts []string
	for _, k := range known[:min(mostSellers, len(known))] {
		parts = append(parts, analysis.Range(k.Members)+" in "+shortName(k.Segment.Name)+" ("+shortName(k.Members.Basis)+")")
	}
	if len(parts) == 0 {
		return ""
	}
	return "The ecosystem gives " + joinSome(parts, "; ", len(known))
}

func gridCell(all []analysis.GridCount, p, q graph.Status) cell {
	for _, g := range all {
		if g.P == p && g.Q == q {
			return numberCell(g.Members)
		}
	}
	return cell{text: "-"}
}

// relationsOf says how many members stand in which relation, and on what that
// rests.
func relationsOf(p *analysis.Pair) string {
	var parts []string
	for _, c := range p.Relations {
		s := wordFor(relationWords, c.Relation) + ": " + analysis.Number(c.Members)
		var of []string
		if weak := c.Members - c.Firm; weak > 0 && !p.Claimed {
			of = append(of, analysis.Number(weak)+" by bare names or unknown products")
		}
		if c.Settled > 0 {
			of = append(of, analysis.Number(c.Settled)+" settled by a record")
		}
		if len(of) > 0 {
			s += " (" + strings.Join(of, ", ") + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(append([]string{wordFor(patternWords, p.Pattern)}, parts...), "; ")
}
