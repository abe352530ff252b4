package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Audit prints total customer reach. Nothing is written to w unless the whole
// report is sound; the same holds for every report of this package.
func Audit(w io.Writer, a *analysis.Audit, f Format, o TextOptions) error {
	return printReport(w, f, o, a, auditReport{a})
}

type auditReport struct{ *analysis.Audit }

func (a auditReport) text(r *textReport) {
	ranked := a.ranked()
	if len(ranked) == 0 {
		r.open(&a.Head, "Nobody is reached: no list and no figure says whom the pathways reach")
	} else {
		r.open(&a.Head, reachWordings(ranked[0])...)
		for _, other := range ranked[1:] {
			r.raw(r.sentence(reachWordings(other)...))
		}
		a.totals(r)
		a.money(r)
	}
	for i := range a.Audiences {
		if x := &a.Audiences[i]; detailed(x.Audience, len(a.Audiences)) {
			a.audience(r, x)
		}
	}
	a.mix(r)
	a.teams(r)
	a.owners(r)
	a.suppliers(r)
	a.notes(r)
	r.evidence(a.behind())
	r.next(a.suggestions()...)
	r.close(&a.Head)
}

// ranked lists the audiences, the most telling first: most members reached
// twice, then most reached; accounts, who stand behind the others, last.
func (a auditReport) ranked() []*analysis.AudienceAudit {
	var all []*analysis.AudienceAudit
	for i := range a.Audiences {
		all = append(all, &a.Audiences[i])
	}
	slices.SortStableFunc(all, func(x, y *analysis.AudienceAudit) int {
		return cmp.Or(
			cmp.Compare(lastOf(x.Audience), lastOf(y.Audience)),
			cmp.Compare(y.Total.Duplicated.Best, x.Total.Duplicated.Best),
			cmp.Compare(y.Total.Gross.Best, x.Total.Gross.Best),
		)
	})
	return all
}

func lastOf(a graph.Audience) int {
	if a == graph.Accounts {
		return 1
	}
	return 0
}

// detailed reports whether the text shows an audience in detail. Accounts stand
// behind users and buyers; beside these, their totals are enough.
func detailed(a graph.Audience, audiences int) bool { return a != graph.Accounts || audiences == 1 }

// reachWordings say how many are reached, and how many twice, the longest first.
func reachWordings(a *analysis.AudienceAudit) []string {
	t := &a.Total
	var all []string
	for _, write := range []func(figure.Figure) string{analysis.Range, about} {
		first := fmt.Sprintf("%s %s reached over %s",
			startOfSentence(write(t.Net)), analysis.Unit(a.Audience, t.Net.Best), countOf(t.Sellers, "pathway", "pathways"))
		if t.Duplicated.High == 0 {
			all = append(all, first+", none over two")
			continue
		}
		twice := "; " + write(t.Duplicated) + " over two or more"
		all = append(all, first+", "+write(t.Gross)+" with repeats"+twice, first+twice)
	}
	return all
}

// totals sets the audiences side by side: their figures are never added.
func (a auditReport) totals(r *textReport) {
	r.heading("Total customer reach, in members")
	t := a.sideBySide()
	a.row(t, "Addressable", func(x *analysis.AudienceAudit) cell { return declaredCell(x.Total.Addressable) })
	a.row(t, "Gross", ofTotal(func(t *analysis.Totals) figure.Figure { return t.Gross }))
	a.row(t, "Net", ofTotal(func(t *analysis.Totals) figure.Figure { return t.Net }))
	a.row(t, "Duplication", ofTotal(func(t *analysis.Totals) figure.Figure { return t.Duplication }))
	a.row(t, "Duplicated", ofTotal(func(t *analysis.Totals) figure.Figure { return t.Duplicated }))
	a.row(t, "Frequency", func(x *analysis.AudienceAudit) cell { return frequencyCell(x.Total.Frequency) })
	a.row(t, "Coverage", func(x *analysis.AudienceAudit) cell { return coverageCell(x.Total.Coverage) })
	a.row(t, "Uncovered", func(x *analysis.AudienceAudit) cell { return optionalCell(x.Total.Uncovered) })
	a.row(t, "Unresolved names", func(x *analysis.AudienceAudit) cell { return numberCell(x.Total.Unresolved) })
	if a.hasStages() {
		a.row(t, "Working today", func(x *analysis.AudienceAudit) cell { return figureCell(x.Stages.Working) })
		a.row(t, "Signed: add", func(x *analysis.AudienceAudit) cell { return figureCell(x.Stages.Signed) })
		a.row(t, "Candidates: add", func(x *analysis.AudienceAudit) cell { return figureCell(x.Stages.Potential) })
	}
	r.table(t)
}

func (a auditReport) hasStages() bool {
	return slices.ContainsFunc(a.Audiences, func(x analysis.AudienceAudit) bool {
		return x.Stages.Signed.High > 0 || x.Stages.Potential.High > 0
	})
}

func (a auditReport) sideBySide() *textTable {
	var titles []string
	for _, x := range a.Audiences {
		titles = append(titles, EscapeControls(titleOf(x.Audience)))
	}
	t := newTextTable("", titles...)
	t.columns[0].kind = labels
	return t
}

func (a auditReport) row(t *textTable, name string, of func(*analysis.AudienceAudit) cell) {
	cells := []cell{nameCell(name)}
	for i := range a.Audiences {
		cells = append(cells, of(&a.Audiences[i]))
	}
	t.add(cells...)
}

func ofTotal(of func(*analysis.Totals) figure.Figure) func(*analysis.AudienceAudit) cell {
	return func(x *analysis.AudienceAudit) cell { return figureCell(of(&x.Total)) }
}

func frequencyCell(f *float64) cell {
	if f == nil {
		return cell{text: "-"}
	}
	return cell{text: fmt.Sprintf("%.2f", *f)}
}

// money tells value by what it rests on; audiences that have none are left out.
func (a auditReport) money(r *textReport) {
	if !slices.ContainsFunc(a.Audiences, func(x analysis.AudienceAudit) bool { return hasMoney(x.Value) }) {
		return
	}
	r.heading("Money at those reached today" + inCurrency(a.Head.Currency))
	t := a.sideBySide()
	a.row(t, "Potential gross margin a year", func(x *analysis.AudienceAudit) cell { return moneyCell(x.Value.Potential) })
	a.row(t, "  members valued by list", func(x *analysis.AudienceAudit) cell { return numberCell(x.Value.Valued) })
	a.row(t, "  by their segment", func(x *analysis.AudienceAudit) cell { return numberCell(x.Value.BySegment) })
	a.row(t, "Booked", func(x *analysis.AudienceAudit) cell { return moneyCell(x.Value.Amounts.Booked) })
	a.row(t, "Pipeline", func(x *analysis.AudienceAudit) cell { return moneyCell(x.Value.Amounts.Pipeline) })
	a.row(t, "Reported amounts", func(x *analysis.AudienceAudit) cell { return moneyCell(x.Value.Amounts.Reported) })
	r.table(t)
	r.paragraph(2, "Booked, pipeline and reported amounts are turnover as written. The four kinds of money are never added, nor are the audiences.")
}

// hasMoney reports whether any money is told.
func hasMoney(v analysis.Value) bool { return told(v.Potential) || hasAmounts(v.Amounts) }

func hasAmounts(a analysis.Amounts) bool {
	return told(a.Booked) || told(a.Pipeline) || told(a.Reported)
}

func told(s analysis.Sum) bool { return !s.IsZero() && !s.IsWithheld() }

func inCurrency(currency string) string {
	if currency == "" {
		return ""
	}
	return ", in " + currency
}
