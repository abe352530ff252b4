package render

import (
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// VetWorkbook is what vet found as a workbook: the summary, the partner's accounts
// by what they are to us, and the findings.
func VetWorkbook(v *analysis.Vet, rows []analysis.VetRow) *Workbook {
	b := &Workbook{Sheets: []Sheet{vetSummary(v)}}
	if len(v.Head.NDA) > 0 {
		b.Footer = "Confidential: made from lists given under an agreement with " + ndaParties(&v.Head) + "."
	}
	for _, s := range []struct {
		name  string
		sheet analysis.VetSheet
	}{
		{"New", analysis.SheetNew}, {"Reached already", analysis.SheetReached},
		{"Openings", analysis.SheetOpening}, {"Unresolved", analysis.SheetUnresolved},
	} {
		b.Sheets = append(b.Sheets, vetAccounts(s.name, s.sheet, rows))
	}
	b.Sheets = append(b.Sheets, vetFindings(v))
	return b
}

func vetSummary(v *analysis.Vet) Sheet {
	s := Sheet{Name: "Summary", Columns: []Column{{Header: "What"}, {Header: "Figure"}, {Header: "At least"}, {Header: "At most"}, {Header: "Note"}}}
	add := func(what string, cells ...Cell) {
		row := append([]Cell{TextCell(what)}, cells...)
		for len(row) < len(s.Columns) {
			row = append(row, EmptyCell())
		}
		s.Rows = append(s.Rows, row)
	}
	note := func(what, text string) { add(what, EmptyCell(), EmptyCell(), EmptyCell(), TextCell(text)) }
	note("Verdict", wordFor(verdictWords, v.Verdict.Kind)+": "+v.Verdict.Text)
	note("Partner", v.Partner.Name+" ("+string(v.Partner.Kind)+", "+string(v.Partner.Stage)+")")
	note("As of", v.Head.AsOf)
	add("Rows", CountCell(int64(v.Matching.Rows)))
	add("Rows matched", CountCell(int64(v.Matching.Matched())))
	add("Rows unresolved", CountCell(int64(v.Matching.Unresolved)))
	for i := range v.Audiences {
		vetSummaryAudience(add, v, &v.Audiences[i])
	}
	for _, l := range v.Limits {
		note("Limit", limitLine(l))
	}
	for _, p := range v.Promises {
		text := p.Name
		if p.Clause != nil {
			text = p.Clause.Partner.Name + ": " + p.Clause.Text
		}
		if p.Unplaced > 0 {
			text += "; " + unplacedWords(&p)
		}
		add("Promise touched", CountCell(p.Members), EmptyCell(), EmptyCell(), TextCell(text))
	}
	for _, n := range v.Next {
		note("To ask for", n)
	}
	return s
}

func vetSummaryAudience(add func(string, ...Cell), v *analysis.Vet, a *analysis.VetAudience) {
	of := titleOf(a.Audience) + ": "
	add(of+"all that it reaches", NumberCell(a.Gross.Best), NumberCell(a.Gross.Low), NumberCell(a.Gross.High), TextCell(a.Gross.Basis))
	add(of+"adds to what is reached today", NumberCell(a.Adds.Best), NumberCell(a.Adds.Low), NumberCell(a.Adds.High), TextCell(a.Adds.Basis))
	if !v.Listed {
		return
	}
	add(of+"new to us", CountCell(a.New))
	add(of+"openings (our targets)", CountCell(a.Openings))
	add(of+"known by users alone", CountCell(a.UsersOnly))
	add(of+"reached already", CountCell(a.Reached))
	add(of+"reached already by our own", CountCell(a.Direct))
	add(of+"cannot be told", CountCell(a.Unresolved))
	if a.Potential {
		add(of+"potential margin of what is new", MoneyCell(a.NewValue.Decimal, v.Head.Currency))
		add(of+"potential margin of openings", MoneyCell(a.OpenValue.Decimal, v.Head.Currency))
	}
	for _, b := range a.By {
		add(of+"reached already by "+b.Seller.Name, CountCell(b.Members))
	}
}

func vetAccounts(name string, sheet analysis.VetSheet, rows []analysis.VetRow) Sheet {
	s := Sheet{Name: name, Columns: []Column{
		{Header: "Account"}, {Header: "Name"}, {Header: "Segment"}, {Header: "Its status"}, {Header: "Reached by"}, {Header: "Told by"},
		{Header: "Findings"}, {Header: "Could be"}, {Header: "File"}, {Header: "Sheet"}, {Header: "Row"},
	}}
	for _, r := range rows {
		if r.Sheet != sheet {
			continue
		}
		told := string(r.Told)
		if r.Told == "name" {
			told = "name alone (low confidence)"
		}
		s.Rows = append(s.Rows, []Cell{
			TextCell(addressless(r.Account)), TextCell(personless(r.Evidence)), TextCell(r.Segment.Name), TextCell(string(r.Status)), TextCell(strings.Join(r.Over, ", ")), TextCell(told),
			TextCell(problemIDs(r.Findings)), TextCell(addressless(strings.Join(r.Candidates, ", "))), TextCell(r.Place.File), TextCell(r.Place.Sheet), CountCell(int64(r.Place.Row)),
		})
	}
	return s
}

// personless is the name that a row writes, and nothing where it may be a
// person's or an address.
func personless(e *analysis.Evidence) string {
	if e.Audience == graph.Users {
		return ""
	}
	return addressless(e.Name)
}

// addressless leaves a text out that holds an e-mail address.
func addressless(s string) string {
	if strings.Contains(s, "@") {
		return ""
	}
	return s
}

// problemIDs lists findings that are problems.
func problemIDs(all []analysis.FindingRef) string {
	var ids []string
	for _, f := range all {
		if !strings.HasPrefix(f.ID, "K") {
			ids = append(ids, f.ID)
		}
	}
	return strings.Join(ids, ", ")
}

func vetFindings(v *analysis.Vet) Sheet {
	s := Sheet{Name: "Findings", Columns: []Column{
		{Header: "Finding"}, {Header: "What", Width: 60}, {Header: "Name"}, {Header: "Audience"}, {Header: "Live conflict"}, {Header: "Could collide"}, {Header: "Other"},
		{Header: "Potential margin, live"}, {Header: "Potential margin, could collide"}, {Header: "Confidence"}, {Header: "To settle it", Width: 60},
	}}
	for i := range v.Findings {
		f := &v.Findings[i]
		sure, settle := "good", ""
		if !f.Confident {
			sure = "low: " + doubt(f)
		}
		if len(f.Remedies) > 0 {
			settle = f.Remedies[0].Text
		}
		totals := f.Totals
		if len(totals) == 0 {
			totals = []analysis.FindingTotal{{}}
		}
		for _, t := range totals {
			s.Rows = append(s.Rows, []Cell{
				TextCell(f.ID), TextCell(f.Sentence), TextCell(f.Name), TextCell(string(t.Audience)), CountCell(t.Live), CountCell(t.Collide), CountCell(t.Other),
				MoneyCell(t.LiveValue.Decimal, v.Head.Currency), MoneyCell(t.CollideValue.Decimal, v.Head.Currency), TextCell(sure), TextCell(settle),
			})
		}
	}
	return s
}
