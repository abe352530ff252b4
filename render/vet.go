package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// Vet prints what a partner adds, whom it collides with and which promises it
// would break. The first line is the verdict.
func Vet(w io.Writer, v *analysis.Vet, f Format, o TextOptions) error {
	return printReport(w, f, o, v, vetReport{v})
}

type vetReport struct{ *analysis.Vet }

// verdictWords open the first line.
var verdictWords = map[analysis.VerdictKind]string{
	analysis.WithinPolicy: "Within policy", analysis.BreaksPromise: "Breaks a promise",
	analysis.OverLimit: "Over a limit", analysis.CannotBeDecided: "Cannot be decided",
}

func (v vetReport) text(r *textReport) {
	r.strongParagraph(fmt.Sprintf("%s: %s.", verdictWords[v.Verdict.Kind], v.headline()))
	v.matching(r)
	r.paragraph(0, v.about())
	if v.Verdict.Kind != analysis.WithinPolicy || len(v.Limits) > 0 {
		r.heading("Verdict")
		r.paragraph(2, sentenceCase(v.Verdict.Text)+".")
		for _, l := range v.Limits {
			r.paragraph(2, limitLine(l))
		}
	}
	v.promises(r)
	for i := range v.Audiences {
		v.audience(r, &v.Audiences[i])
	}
	v.claims(r)
	v.terms(r)
	problems, chances := splitChances(v.Findings)
	r.findings(v.findingsHeading(), problems, mostFindings)
	r.findings("What works, and what could", chances, mostChances)
	v.business(r)
	r.listed("What to ask for next", v.Next)
	r.next(v.suggestions()...)
	r.close(&v.Head)
}

// headline is the verdict in a few words, for a line of its own.
func (v vetReport) headline() string {
	name := shortName(v.Partner.Name)
	for _, p := range v.Promises {
		if v.Verdict.Kind == analysis.BreaksPromise && p.Forbid && p.Proven {
			if p.Clause == nil {
				return fmt.Sprintf("%s sells at %s of ours", name, countOf(int(p.Members), "named account", "named accounts"))
			}
			return fmt.Sprintf("%s reaches %s inside %s's \"%s\"", name, countOf(int(p.Members), "account", "accounts"), shortName(p.Clause.Partner.Name), p.Clause.Text)
		}
	}
	switch v.Verdict.Kind {
	case analysis.OverLimit:
		return v.Verdict.Text
	case analysis.CannotBeDecided:
		return v.Verdict.Missing[0]
	}
	return v.adds(name)
}

// adds says what signing adds.
func (v vetReport) adds(name string) string {
	if len(v.Audiences) == 0 {
		return name + " reaches nobody, as far as lists and figures show"
	}
	a := &v.Audiences[0]
	return fmt.Sprintf("%s adds %s to what is reached today", name, figureWords(a))
}

func figureWords(a *analysis.VetAudience) string {
	return analysis.Range(a.Adds) + " " + analysis.Unit(a.Audience, a.Adds.Best)
}

func (v vetReport) matching(r *textReport) {
	if v.Matching.Rows == 0 {
		r.paragraph(0, "No list shows whom it reaches: figures rest on claims and shares")
		return
	}
	r.clauses(0, matchedClauses(v.Matching, v.Head.OwnLists))
}

func (v vetReport) about() string {
	return fmt.Sprintf("%s (%s, %s) for %s", shortName(v.Partner.Name), v.Partner.Kind, v.Partner.Stage, contextWords(&v.Head))
}

func (v vetReport) findingsHeading() string {
	if v.Partner.Stage.Candidate() {
		return "Findings that signing adds, worst first"
	}
	return "Findings, worst first"
}

func (v vetReport) promises(r *textReport) {
	if len(v.Promises) == 0 {
		return
	}
	r.heading("Promises touched")
	for i := range v.Promises {
		v.promise(r, &v.Promises[i])
	}
}

func (v vetReport) promise(r *textReport, p *analysis.Promise) {
	what := p.Name
	if p.Clause != nil {
		what = fmt.Sprintf("%s's term, \"%s\" (line %d of the ecosystem file)", shortName(p.Clause.Partner.Name), p.Clause.Text, p.Clause.Line)
	}
	state := "not touched by any row: only scopes meet"
	if p.Proven {
		state = countOf(int(p.Members), "account proves it", "accounts prove it")
	} else if p.Members > 0 {
		state = fmt.Sprintf("%s could touch it", countOf(int(p.Members), "account", "accounts"))
	}
	if p.Clause != nil && p.Clause.Penalty != nil {
		state += "; penalty " + moneyDigits(*p.Clause.Penalty)
	}
	r.paragraph(2, what+": "+state)
	for _, e := range p.Rows {
		r.raw("      " + cutText(EscapeControls(evidenceLine(e)), r.width-6))
	}
	if more := int(p.Members) - len(p.Rows); p.Proven && more > 0 {
		r.paragraph(6, fmt.Sprintf("and %s: --evidence-file rows.csv writes all.", countOf(more, "more", "more")))
	}
}

func (v vetReport) audience(r *textReport, a *analysis.VetAudience) {
	r.heading(titleOf(a.Audience) + " that it reaches")
	t := newTextTable("", "members", "of it", "potential margin")
	gross := a.Gross.Best
	share := func(n float64) cell {
		if gross == 0 {
			return cell{text: "-"}
		}
		return cell{text: analysis.Percent(n / gross)}
	}
	t.add(nameCell("all"), figureCell(a.Gross), cell{}, cell{})
	if v.Listed {
		t.add(nameCell("new to us"), numberCell(float64(a.New)), share(float64(a.New)), moneyCell(a.NewValue))
		t.add(nameCell("openings: our targets"), numberCell(float64(a.Openings)), share(float64(a.Openings)), moneyCell(a.OpenValue))
		if a.UsersOnly > 0 {
			t.add(nameCell("known by users alone"), numberCell(float64(a.UsersOnly)), share(float64(a.UsersOnly)), cell{text: "-"})
		}
		t.add(nameCell("reached already"), numberCell(float64(a.Reached)), share(float64(a.Reached)), cell{text: "-"})
		t.add(nameCell("of these by our own"), numberCell(float64(a.Direct)), share(float64(a.Direct)), cell{text: "-"})
		if a.Unresolved > 0 {
			t.add(nameCell("cannot be told"), numberCell(float64(a.Unresolved)), cell{text: "-"}, cell{text: "-"})
		}
	}
	t.add(nameCell("what it adds"), figureCell(a.Adds), share(a.Adds.Best), cell{})
	r.table(t)
	v.by(r, a)
	v.segments(r, a)
	v.grid(r, a)
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
	t := newTextTable("", "all", "adds", "new to us", "openings", "reached", "margin added")
	for _, s := range a.Segments[:min(mostSegments, len(a.Segments))] {
		t.add(nameCell(s.Segment.Name), figureCell(s.Gross), figureCell(s.Adds), numberCell(float64(s.New)), numberCell(float64(s.Openings)), numberCell(float64(s.Reached)), moneyCell(s.AddValue))
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

func (v vetReport) claims(r *textReport) {
	var lines []string
	for _, c := range v.Claims {
		line := fmt.Sprintf("%s in %s, %s", analysis.Range(c.Members), shortName(c.Segment.Name), c.Members.Basis)
		if c.Source != "" {
			line += " (" + c.Source + ")"
		}
		if !c.Counts {
			line += "; its list counts instead"
		}
		lines = append(lines, line)
	}
	r.listed("What is said of its reach", lines)
}

func (v vetReport) business(r *textReport) {
	var lines []string
	if c := v.Cost; c != nil {
		line := fmt.Sprintf("It costs %s once and %s a year", moneyCell(c.Open).text, moneyCell(c.Yearly).text)
		if c.PerNew != nil {
			line += fmt.Sprintf(": %s for each buyer added, in the first year", analysis.Range(*c.PerNew))
		}
		lines = append(lines, line)
	}
	if len(v.Offering.Lacks) > 0 {
		lines = append(lines, "Its offering lacks: "+strings.Join(v.Offering.Lacks, ", "))
	}
	if len(v.Offering.Bespoke) > 0 {
		lines = append(lines, "Made for it alone: "+strings.Join(v.Offering.Bespoke, ", "))
	}
	for _, s := range v.Offering.Substitutes {
		whose := "in its catalogue"
		if s.Owns {
			whose = "its own"
		}
		lines = append(lines, fmt.Sprintf("%s can replace %s: %s", shortName(s.Name), shortName(s.Product), whose))
	}
	r.listed("Cost and offering", lines)
}

func (v vetReport) suggestions() []suggestion {
	id := shellWord(v.Partner.ID)
	out := []suggestion{{"A workbook of its accounts: new, reached and by whom, openings, unresolved", "vet " + id + " -o " + id + "-vet.xlsx"}}
	if len(v.Findings) > 0 {
		out = append(out, suggestion{"Every row behind the figures", "vet " + id + " --evidence-file rows.csv"})
	}
	return out
}
