package render

import (
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// findingColumns are those of reports that list findings.
var findingColumns = []string{
	"level", "id", "rule", "slug", "name", "sentence", "sellers", "audience", "segment", "relation", "members", "firm", "teamed", "value", "currency", "confident",
	"promise", "chance", "possible", "candidate", "accepted_until", "account", "text", "places",
}

// table gives one row for each finding, each count and each case.
func (c conflictsReport) table() *csvTable {
	t := &csvTable{columns: append(append([]string{}, findingColumns...), "members_high", "limit", "over", "line")}
	for _, group := range []struct {
		level string
		all   []analysis.Finding
	}{{"finding", c.Findings}, {"signing", c.Signing}, {"accepted", c.Accepted}} {
		for i := range group.all {
			addFinding(t, group.level, &group.all[i], c.Head.Currency)
		}
	}
	for _, a := range c.Audiences {
		t.add("audience").text("audience", string(a.Audience)).text("relation", "live-conflict").number("members", float64(a.Live))
		t.add("audience").text("audience", string(a.Audience)).text("relation", "could-collide").number("members", float64(a.Collide))
	}
	for _, l := range c.Lapsed {
		t.add("lapsed").text("id", l.Finding).text("accepted_until", l.Until).text("text", l.Why).count("line", l.Line)
	}
	for _, id := range c.Gate.Broken {
		t.add("broken").text("id", id)
	}
	for _, l := range c.Gate.Limits {
		addLimit(t, l)
	}
	t.nda(&c.Head)
	return t
}

func addLimit(t *csvTable, l analysis.Limit) {
	t.add("limit").text("id", l.Name).number("members", l.Value).number("members_high", l.High).number("limit", l.Limit).flag("over", l.Over)
}

// addFinding gives a row for a finding, one for each of its counts, and one for
// each of its cases.
func addFinding(t *csvTable, level string, f *analysis.Finding, currency string) {
	var sellers []string
	for _, s := range f.Sellers {
		sellers = append(sellers, s.ID)
	}
	row := func(level string) csvRow {
		return t.add(level).text("id", f.ID).text("rule", f.Rule).text("slug", f.Slug)
	}
	one := row(level).text("name", f.Name).text("sentence", f.Sentence).text("sellers", strings.Join(sellers, ";")).flag("confident", f.Confident).
		flag("promise", f.Promise).flag("chance", f.Good).flag("possible", f.Possible).flag("candidate", f.Candidate)
	if f.Accepted != nil {
		one.text("accepted_until", f.Accepted.Until)
	}
	if f.Segment != nil {
		one.text("segment", f.Segment.ID)
	}
	for _, c := range f.Counts {
		row("count").text("audience", string(c.Segment.Audience)).text("segment", c.Segment.ID).text("relation", string(c.Relation)).
			number("members", float64(c.Members)).number("firm", float64(c.Firm)).number("teamed", float64(c.Teamed)).money("value", c.Value).text("currency", currency)
	}
	for _, c := range f.Cases {
		var places []string
		for _, p := range c.Places {
			places = append(places, p.String())
		}
		row("case").text("account", c.Account).text("text", c.Text).text("places", strings.Join(places, "; "))
	}
}
