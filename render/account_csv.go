package render

import (
	"cmp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// table gives one row for each thing known of the account.
func (a accountReport) table() *csvTable {
	t := &csvTable{columns: []string{
		"level", "id", "name", "segment", "country", "potential_margin", "currency", "users", "audience", "status", "roles", "product",
		"amount", "amount_basis", "date", "deal", "by_name", "rows", "p", "q", "relation", "pattern", "confident", "settled", "teamed",
		"kind", "live", "sellers", "cells", "file", "sheet", "row",
	}}
	row := t.add("account").text("id", a.Key).text("name", cmp.Or(append(slices.Clone(a.Names), "")...)).
		text("segment", a.Segment.ID).text("country", a.Country).count("users", a.Users)
	if a.Value != nil {
		row.money("potential_margin", *a.Value).text("currency", a.Head.Currency)
	}
	a.addKin(t)
	a.addTouches(t)
	for _, m := range a.Relations {
		t.add("relation").text("p", m.P.ID).text("q", m.Q.ID).text("relation", string(m.Relation)).text("pattern", string(m.Pattern)).
			flag("confident", m.Confident).flag("settled", m.Settled).flag("teamed", m.Teamed)
	}
	for _, m := range a.Marks {
		t.add("mark").text("kind", string(m.Kind)).text("id", m.Subject).text("product", m.Product)
	}
	for i := range a.Records {
		x := &a.Records[i]
		var ids []string
		for _, s := range x.Sellers {
			ids = append(ids, s.ID)
		}
		t.add("record").text("kind", string(x.Shape)).flag("live", x.Live).text("sellers", strings.Join(ids, ";")).
			text("cells", cellWords(x.Cells)).place(x.Place)
	}
	t.nda(&a.Head)
	return t
}

// addKin adds the names, domains and relatives of the account.
func (a accountReport) addKin(t *csvTable) {
	for _, k := range []struct {
		level  string
		column string
		all    []string
	}{{"name", "name", a.Names}, {"domain", "id", a.Domains}, {"parent", "id", a.Parents}, {"child", "id", a.Children}} {
		for _, one := range k.all {
			t.add(k.level).text(k.column, one)
		}
	}
}

func (a accountReport) addTouches(t *csvTable) {
	for _, x := range a.Touches {
		row := t.add("touch").text("id", x.Seller.ID).text("name", x.Seller.Name).text("audience", string(x.Audience)).
			text("status", string(x.Status)).text("roles", x.Roles).text("product", x.Product).text("date", x.Date).
			text("deal", x.Deal).flag("by_name", x.ByName).count("rows", x.Rows).place(x.Place)
		if x.Amount != nil {
			row.money("amount", *x.Amount).text("amount_basis", amountWord(x.Status)).text("currency", a.Head.Currency)
		}
	}
}

func (r csvRow) place(p graph.Place) csvRow {
	return r.text("file", p.File).text("sheet", p.Sheet).count("row", p.Row)
}
