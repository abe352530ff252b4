package render

import (
	"cmp"
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// table gives one row for each figure that moved, and for each thing that is new,
// gone or another.
func (d diffReport) table() *csvTable {
	t := &csvTable{columns: []string{"level", "change", "audience", "id", "name", "measure", "before", "after", "by", "before_text", "after_text"}}
	for i := range d.Audiences {
		d.audienceRows(t, &d.Audiences[i])
	}
	for _, p := range d.Partners {
		t.add("partner").text("change", string(p.Kind)).text("id", p.ID).text("name", p.Name).
			text("before_text", string(p.From)).text("after_text", string(p.To))
	}
	for _, l := range d.Lists {
		row := t.add("list").text("change", string(l.Kind)).text("id", l.ID).text("name", l.Shape).text("measure", "rows")
		if l.From != nil {
			row.count("before", l.From.Rows)
		}
		if l.To != nil {
			row.count("after", l.To.Rows)
		}
	}
	for _, x := range d.Definitions {
		t.add("definition").text("change", string(x.Kind)).text("id", x.ID).text("name", x.Name).text("measure", x.Of).
			text("before_text", strings.Join(x.Dropped, "; ")).text("after_text", strings.Join(x.Gained, "; "))
	}
	for _, f := range d.Findings {
		row := t.add("finding").text("change", string(f.Kind)).text("id", f.ID)
		if f.From != nil {
			row.text("before_text", f.From.Sentence)
		}
		if f.To != nil {
			row.text("after_text", f.To.Sentence)
		}
	}
	t.nda(&analysis.Head{NDA: d.NDA})
	return t
}

func (d diffReport) audienceRows(t *csvTable, a *analysis.AudienceDiff) {
	for _, m := range a.Measures() {
		if m.Moved() {
			t.add("total").text("audience", string(a.Audience)).text("measure", m.Name).moved(m.Movement)
		}
	}
	if a.Cause.How == analysis.OneCause || a.Cause.How == analysis.CountedOut {
		for _, c := range []struct {
			name string
			by   float64
		}{{"partners", a.Cause.Partners}, {"left-out", a.Cause.LeftOut}, {"lists", a.Cause.Lists}, {"definitions", a.Cause.Definitions}} {
			if c.name == "left-out" && !d.hasUnread() {
				continue
			}
			t.add("cause").text("audience", string(a.Audience)).text("id", c.name).text("measure", "net").number("by", c.by)
		}
	}
	for _, s := range a.Segments {
		t.add("segment").text("audience", string(a.Audience)).text("id", s.ID).text("name", s.Name).text("measure", "net").moved(s.Net)
	}
	sellers := func(level string, all []analysis.SellerChange) {
		for _, s := range all {
			add := func(measure string) csvRow {
				return t.add(level).text("audience", string(a.Audience)).text("id", s.ID).text("name", cmp.Or(s.Name, s.ID)).text("measure", measure)
			}
			if s.Reach.Moved() {
				add("reach").moved(s.Reach)
			}
			if s.OnlyThrough.Moved() {
				add("only_through").moved(s.OnlyThrough)
			}
			if s.Booked != nil {
				add("booked")["by"] = s.Booked.StringFixed(2)
			}
		}
	}
	sellers("channel", a.Channels)
	sellers("seller", a.Sellers)
}

// moved fills the columns of a figure before and after.
func (r csvRow) moved(m analysis.Movement) csvRow {
	if m.From != nil {
		r.number("before", m.From.Best)
	}
	if m.To != nil {
		r.number("after", m.To.Best)
	}
	if m.From != nil && m.To != nil {
		r.number("by", m.By)
	}
	return r
}
