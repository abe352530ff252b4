package render

import (
	"slices"

	"github.com/channelmap/channelmap/analysis"
)

// table gives one row for each level and id, with a column for each measure.
func (a auditReport) table() *csvTable {
	t := &csvTable{columns: slices.Concat(
		[]string{"level", "audience", "id", "name", "kind", "channel", "stage", "works_today", "claimed", "addressable"},
		figureColumns("gross", "net", "duplication", "duplicated"),
		[]string{"frequency"},
		figureColumns("coverage", "uncovered", "only_through", "incremental", "shapley", "members"),
		[]string{
			"share_of_net", "sellers", "unresolved", "basis",
			"currency", "potential_margin", "members_valued", "members_valued_by_segment", "booked", "pipeline", "reported",
			"people_present", "people_needed", "need_not_stated", "partners", "partners_working",
		},
	)}
	for i := range a.Audiences {
		a.addAudience(t, &a.Audiences[i])
	}
	for _, m := range a.Teams {
		t.add("team").text("id", m.Team).optional("people_present", m.Present).number("people_needed", m.Needed).
			count("sellers", m.Sellers).count("need_not_stated", m.Unstated)
	}
	for _, o := range a.Owners {
		t.add("owner").text("id", o.Owner).count("partners", o.Partners).count("partners_working", o.Working)
	}
	for _, d := range a.Suppliers {
		t.add("supplier").text("audience", string(d.Audience)).seller(d.Supplier).count("sellers", len(d.Dependent)).
			figure("members", d.Members).text("basis", d.Members.Basis)
	}
	t.nda(&a.Head)
	return t
}

func (a auditReport) addAudience(t *csvTable, x *analysis.AudienceAudit) {
	add := func(level string) csvRow { return t.add(level).text("audience", string(x.Audience)) }
	currency := a.Head.Currency
	add("total").totals(&x.Total).value(x.Value, currency)
	add("stage").text("id", "working").figure("members", x.Stages.Working).text("basis", x.Stages.Working.Basis)
	add("stage").text("id", "signed").figure("members", x.Stages.Signed).text("basis", x.Stages.Signed.Basis)
	add("stage").text("id", "potential").figure("members", x.Stages.Potential).text("basis", x.Stages.Potential.Basis)
	for _, m := range x.Mix {
		add("mix").text("id", string(m.Equity)).figure("members", m.Members).optional("share_of_net", m.Share).
			count("sellers", m.Sellers).text("basis", m.Members.Basis)
	}
	for i := range x.Segments {
		s := &x.Segments[i]
		add("segment").text("id", s.Segment.ID).text("name", s.Segment.Name).totals(&s.Totals).value(s.Value, currency)
	}
	for i := range x.Channels {
		add("channel").audited(&x.Channels[i], currency)
	}
	for i := range x.Sellers {
		add("seller").audited(&x.Sellers[i], currency)
	}
}

func (r csvRow) seller(s analysis.SellerRef) csvRow {
	return r.text("id", s.ID).text("name", s.Name).text("kind", string(s.Kind)).
		text("channel", s.Channel).text("stage", string(s.Stage))
}

func (r csvRow) totals(t *analysis.Totals) csvRow {
	r.optional("addressable", t.Addressable).figure("gross", t.Gross).figure("net", t.Net).
		figure("duplication", t.Duplication).figure("duplicated", t.Duplicated).optional("frequency", t.Frequency).
		count("sellers", t.Sellers).number("unresolved", t.Unresolved).text("basis", t.Net.Basis)
	if t.Coverage != nil {
		r.figure("coverage", *t.Coverage)
	}
	if t.Uncovered != nil {
		r.figure("uncovered", *t.Uncovered)
	}
	return r
}

func (r csvRow) value(v analysis.Value, currency string) csvRow {
	return r.amounts(v.Amounts, currency).money("potential_margin", v.Potential).
		number("members_valued", v.Valued).number("members_valued_by_segment", v.BySegment)
}

func (r csvRow) amounts(a analysis.Amounts, currency string) csvRow {
	return r.text("currency", currency).money("booked", a.Booked).money("pipeline", a.Pipeline).money("reported", a.Reported)
}

func (r csvRow) audited(s *analysis.SellerAudit, currency string) csvRow {
	return r.seller(s.Seller).flag("works_today", s.Today).flag("claimed", s.Claimed).
		figure("gross", s.Gross).figure("net", s.Net).figure("only_through", s.OnlyThrough).figure("incremental", s.Incremental).
		figure("shapley", s.Shapley).number("unresolved", s.Unresolved).amounts(s.Amount, currency).text("basis", s.Gross.Basis)
}
