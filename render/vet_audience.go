package render

import (
	"fmt"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// audience tells what the partner reaches of an audience, and who is there already.
func (v vetReport) audience(r *textReport, a *analysis.VetAudience) {
	r.heading(titleOf(a.Audience) + " that it reaches")
	columns := []string{"members", "share"}
	if a.Potential {
		columns = append(columns, "potential margin")
	}
	t := newTextTable("", columns...)
	for _, line := range v.reached(a) {
		t.add(line[:len(t.columns)]...)
	}
	r.table(t)
	for _, note := range v.addsNotes(a) {
		r.paragraph(2, note)
	}
	v.by(r, a)
	v.segments(r, a)
	v.grid(r, a)
}

// reached are the lines of the table of an audience: name, members, share of what
// the partner reaches, potential margin.
func (v vetReport) reached(a *analysis.VetAudience) [][]cell {
	dash := cell{text: "-"}
	share := func(n float64) cell {
		if a.Gross.Best == 0 {
			return dash
		}
		return cell{text: analysis.Percent(n / a.Gross.Best)}
	}
	var lines [][]cell
	line := func(name string, n int64, value cell) {
		lines = append(lines, []cell{nameCell(name), numberCell(float64(n)), share(float64(n)), value})
	}
	lines = append(lines, []cell{nameCell("all"), figureCell(a.Gross), {}, {}})
	if v.Listed {
		line("new to us", a.New, moneyCell(a.NewValue))
		line("openings: our targets", a.Openings, moneyCell(a.OpenValue))
		if a.UsersOnly > 0 {
			line("known by users alone", a.UsersOnly, dash)
		}
		line("reached already", a.Reached, dash)
		line("  of them, by our own", a.Direct, dash)
		if a.Unresolved > 0 {
			lines = append(lines, []cell{nameCell("cannot be told"), numberCell(float64(a.Unresolved)), dash, dash})
		}
	}
	return append(lines, []cell{nameCell("what it adds"), figureCell(a.Adds), share(a.Adds.Best), {}})
}

// addsNotes say why what the partner adds is not the sum of the lines above it, and
// how its limits come about.
func (v vetReport) addsNotes(a *analysis.VetAudience) []string {
	if !v.Listed || a.Adds.IsExact() && a.Adds.Best == float64(a.Alone) {
		return nil
	}
	var notes []string
	if len(a.Beside) > 0 && a.Alone > 0 {
		are := " are"
		if a.Alone == 1 {
			are = " is"
		}
		note := analysis.Number(float64(a.Alone)) + are + " reached by nobody else, as far as lists show"
		if a.Potential {
			note += ", and margins are of these"
		}
		notes = append(notes, fmt.Sprintf("%s. %s, told by figures alone, may reach some of them: what it adds takes that as independent.", note, nameList(sellerNames(a.Beside), ", ", mostSellers)))
	}
	if a.Adds.Low < a.Adds.Best && a.Alone > 0 {
		notes = append(notes, "Its lower limit takes for these whomever others may reach besides, by figures or by names that cannot be told.")
	}
	return notes
}

func sellerNames(all []analysis.SellerRef) []string {
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	return names
}

func (v vetReport) by(r *textReport, a *analysis.VetAudience) {
	if len(a.By) == 0 {
		return
	}
	r.heading(titleOf(a.Audience) + " reached already, by whom (one may be reached by several)")
	t := newTextTable("", "members", "of its reach")
	for _, b := range a.By[:min(mostRows, len(a.By))] {
		t.add(sellerCell(b.Seller), numberCell(float64(b.Members)), cell{text: analysis.Percent(float64(b.Members) / max(1, a.Gross.Best))})
	}
	r.table(t)
	r.rest(len(a.By))
}

func (v vetReport) segments(r *textReport, a *analysis.VetAudience) {
	if len(a.Segments) < 2 {
		return
	}
	r.heading(titleOf(a.Audience) + " by segment")
	columns := []string{"all", "adds", "new to us", "openings", "reached"}
	if a.Potential {
		columns = append(columns, "margin added")
	}
	t := newTextTable("", columns...)
	for _, s := range a.Segments[:min(mostSegments, len(a.Segments))] {
		line := []cell{nameCell(s.Segment.Name), figureCell(s.Gross), figureCell(s.Adds), numberCell(float64(s.New)), numberCell(float64(s.Openings)), numberCell(float64(s.Reached)), moneyCell(s.AddValue)}
		t.add(line[:len(t.columns)]...)
	}
	r.table(t)
	r.restAfter(mostSegments, len(a.Segments))
}

// grid shows the partner's statuses against ours.
func (v vetReport) grid(r *textReport, a *analysis.VetAudience) {
	if len(a.Grid) == 0 {
		return
	}
	r.heading("Statuses: the partner's down, ours across")
	ours := []graph.Status{graph.Customer, graph.Open, graph.Relationship, graph.Target, ""}
	t := newTextTable("", "customer", "open", "relationship", "target", "not in ours")
	for _, theirs := range []graph.Status{graph.Customer, graph.Open, graph.Relationship} {
		cells, any := []cell{nameCell(string(theirs))}, false
		for _, o := range ours {
			n := 0.0
			for _, g := range a.Grid {
				if g.P == theirs && g.Q == o {
					n = g.Members
				}
			}
			any = any || n > 0
			cells = append(cells, numberCell(n))
		}
		if any {
			t.add(cells...)
		}
	}
	r.table(t)
}
