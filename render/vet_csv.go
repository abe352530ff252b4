package render

import (
	"slices"

	"github.com/channelmap/channelmap/analysis"
)

// table gives one row for each thing said.
func (v vetReport) table() *csvTable {
	t := &csvTable{columns: slices.Concat(findingColumns, []string{"members_high", "limit", "over", "proven", "forbid", "status", "our_status", "clause", "line"}, figureColumns("gross", "adds"), []string{
		"new", "openings", "users_only", "reached", "direct", "unresolved", "new_value", "open_value", "basis", "adds_basis",
	})}
	t.add("verdict").text("id", string(v.Verdict.Kind)).text("sentence", v.Verdict.Text).text("sellers", v.Partner.ID).text("name", v.Partner.Name)
	for _, m := range v.Verdict.Missing {
		t.add("missing").text("text", m)
	}
	for i := range v.Audiences {
		addVetAudience(t, &v.Audiences[i], v.Head.Currency)
	}
	for _, p := range v.Promises {
		row := t.add("promise").text("id", p.Finding).text("name", p.Name).flag("proven", p.Proven).flag("forbid", p.Forbid).number("members", float64(p.Members)).
			text("sellers", p.Breaker.ID).number("firm", float64(p.Firm)).number("unresolved", float64(p.Unplaced))
		if p.Clause != nil {
			row.text("clause", p.Clause.Text).count("line", p.Clause.Line)
		}
	}
	for _, l := range v.Limits {
		addLimit(t, l)
	}
	for i := range v.Findings {
		addFinding(t, "finding", &v.Findings[i], v.Head.Currency)
	}
	for _, c := range v.Claims {
		t.add("claim").text("audience", string(c.Segment.Audience)).text("segment", c.Segment.ID).figure("gross", c.Members).text("basis", c.Members.Basis).
			text("text", c.Source)
	}
	if c := v.Cost; c != nil {
		t.add("cost").text("id", "open").money("value", c.Open).text("currency", v.Head.Currency)
		t.add("cost").text("id", "yearly").money("value", c.Yearly).text("currency", v.Head.Currency)
	}
	for _, n := range v.Next {
		t.add("next").text("text", n)
	}
	t.nda(&v.Head)
	return t
}

func addVetAudience(t *csvTable, a *analysis.VetAudience, currency string) {
	t.add("audience").text("audience", string(a.Audience)).figure("gross", a.Gross).figure("adds", a.Adds).text("basis", a.Gross.Basis).text("adds_basis", a.Adds.Basis).
		number("new", float64(a.New)).number("openings", float64(a.Openings)).number("users_only", float64(a.UsersOnly)).
		number("reached", float64(a.Reached)).number("direct", float64(a.Direct)).number("unresolved", float64(a.Unresolved)).
		money("new_value", a.NewValue).money("open_value", a.OpenValue).text("currency", currency)
	for _, s := range a.Segments {
		t.add("segment").text("audience", string(a.Audience)).text("segment", s.Segment.ID).figure("gross", s.Gross).figure("adds", s.Adds).
			number("new", float64(s.New)).number("openings", float64(s.Openings)).number("reached", float64(s.Reached)).money("value", s.AddValue).text("currency", currency)
	}
	for _, b := range a.By {
		t.add("reached_by").text("audience", string(a.Audience)).text("sellers", b.Seller.ID).number("members", float64(b.Members))
	}
	for _, g := range a.Grid {
		t.add("status").text("audience", string(a.Audience)).text("status", string(g.P)).text("our_status", string(g.Q)).number("members", g.Members)
	}
}
