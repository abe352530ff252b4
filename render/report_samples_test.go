package render

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// The reports of these tests are built by hand, so that they hold what rarely
// comes together.

func sum(s string) analysis.Sum { return analysis.Sum{Decimal: decimal.RequireFromString(s)} }

func exact(n float64) figure.Figure { return figure.Exact(n, "list") }

func guess(low, best, high float64) figure.Figure {
	return figure.Figure{Low: low, Best: best, High: high, Basis: "claimed, independence"}
}

func ptr[T any](v T) *T { return &v }

var (
	field = analysis.SellerRef{ID: "field", Name: "Direct sales", Kind: graph.DirectBuyer, Channel: "field", Stage: graph.Managed}
	cdw   = analysis.SellerRef{ID: "cdw", Name: "CDW", Kind: graph.Reseller, Channel: "resellers", Stage: graph.Managed, Partner: true}
	shi   = analysis.SellerRef{ID: "shi", Name: "SHI International Corporation of New Jersey", Kind: graph.Reseller, Channel: "resellers",
		Stage: graph.Negotiating, Partner: true}
	oem = analysis.SellerRef{ID: "oem", Name: "Device makers", Kind: graph.Distributor, Channel: "oem", Stage: graph.Managed}
)

func sampleHead() analysis.Head {
	return analysis.Head{
		Vendor: "Lumen AI", AsOf: "2026-11-23", Currency: "USD", OwnLists: true, Lists: 3,
		Matching: &exposure.Matching{Rows: 3000, ByDomain: 1950, ByName: 462, NewDomains: 310, Unresolved: 278},
		NDA:      []string{"CDW"},
		Notices: []list.Notice{
			{Code: "totals-row", Text: "a totals row was left out", Count: 1, Info: true, Places: []graph.Place{{File: "lists/cdw.xlsx", Sheet: "May", Row: 402}}},
			{Code: "empty-key", Text: "rows without an account were left out", Count: 1204, Lost: true, Places: []graph.Place{{File: "lists/crm.csv", Row: 17}}},
		},
	}
}

func sampleAudit() *analysis.Audit {
	return &analysis.Audit{
		Head: sampleHead(),
		Audiences: []analysis.AudienceAudit{
			{
				Audience: graph.Users,
				Total: analysis.Totals{Addressable: ptr(48000.0), Gross: exact(9100), Net: exact(9100), Frequency: ptr(1.0),
					Coverage: ptr(exact(9100.0 / 48000)), Uncovered: ptr(exact(38900)), Sellers: 1},
				Stages: analysis.Stages{Working: exact(9100)},
				Mix:    []analysis.MixShare{{Equity: graph.EquityOwn, Members: exact(9100), Share: ptr(1.0), Sellers: 1}},
			},
			buyersAudit(),
		},
		Teams: []analysis.Team{{Team: "partner-sales", Present: ptr(3.0), Needed: 4.5, Sellers: 7, Unstated: 2}, {Team: "enablement", Sellers: 2, Unstated: 2}},
		Owners: []analysis.Owner{
			{Owner: "", Partners: 2, Working: 1}, {Owner: "j.doe", Partners: 5, Working: 4},
		},
		Suppliers: []analysis.Dependence{{Supplier: cdw, Audience: graph.Buyers, Dependent: []analysis.SellerRef{shi}, Members: exact(120)}},
	}
}

func buyersAudit() analysis.AudienceAudit {
	booked := analysis.Amounts{Booked: sum("87300201.05"), Pipeline: sum("-12.5")}
	return analysis.AudienceAudit{
		Audience: graph.Buyers,
		Total: analysis.Totals{
			Addressable: ptr(14000.0), Gross: exact(1198), Net: figure.Figure{Low: 524, Best: 524, High: 802, Basis: "list"},
			Duplication: exact(674), Duplicated: exact(167), Frequency: ptr(1198.0 / 524), Coverage: ptr(figure.Figure{Low: .0374, Best: .0374, High: .0573}),
			Uncovered: ptr(figure.Figure{Low: 13198, Best: 13476, High: 13476}), Unresolved: 278, Sellers: 3,
		},
		Stages: analysis.Stages{Working: exact(524), Potential: guess(0, 2800, 5600)},
		Value:  analysis.Value{Potential: sum("4716000"), Valued: 120, BySegment: 404, Amounts: booked},
		Mix: []analysis.MixShare{
			{Equity: graph.EquityOwn, Members: exact(200.5), Share: ptr(.38), Sellers: 1}, {Equity: graph.EquityReach, Members: exact(323.5), Share: ptr(.62), Sellers: 2},
		},
		Segments: []analysis.SegmentAudit{
			{Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers},
				Totals: analysis.Totals{Addressable: ptr(14000.0), Gross: exact(1198), Net: exact(524), Duplicated: exact(167),
					Coverage: ptr(exact(.0374)), Uncovered: ptr(exact(13476))}},
			{Segment: analysis.SegmentRef{ID: "public-sector", Name: "Public sector", Audience: graph.Buyers}},
		},
		Channels: []analysis.SellerAudit{{Seller: field, Gross: exact(400), OnlyThrough: exact(300), Incremental: exact(400), Shapley: exact(341.5), Amount: booked, Today: true}},
		Sellers: []analysis.SellerAudit{
			{Seller: field, Gross: exact(400), OnlyThrough: exact(300), Incremental: exact(400), Shapley: exact(341.5), Amount: booked, Today: true},
			{Seller: cdw, Gross: exact(798), OnlyThrough: exact(124), Incremental: exact(124), Shapley: exact(182.5), Today: true, Unresolved: 12},
			{Seller: shi, Gross: figure.Figure{Low: 5600, Best: 5600, High: 5600, Basis: "claimed"}, OnlyThrough: guess(5076, 5390, 5600),
				Incremental: guess(5076, 5390, 5600), Claimed: true},
		},
	}
}

// longAudit has the number of partners of a large ecosystem.
func longAudit() *analysis.Audit {
	a := sampleAudit()
	a.Audiences = a.Audiences[1:]
	x := &a.Audiences[0]
	x.Sellers = nil
	for i := range 343 {
		s := cdw
		s.ID, s.Name = fmt.Sprintf("p%d", i), fmt.Sprintf("Partner %d", i)
		n := float64(i * 7 % 343)
		x.Sellers = append(x.Sellers, analysis.SellerAudit{Seller: s, Gross: exact(n), OnlyThrough: exact(n / 7), Incremental: exact(n / 3), Shapley: exact(n / 2), Today: true})
	}
	return a
}

// sharesAudit is of an ecosystem without lists.
func sharesAudit() *analysis.Audit {
	a := sampleAudit()
	a.Head = analysis.Head{Vendor: "Lumen AI", AsOf: "2026-11-23", Matching: &exposure.Matching{}}
	a.Audiences = a.Audiences[1:]
	x := &a.Audiences[0]
	x.Total.Net, x.Total.Gross, x.Total.Duplicated = guess(5500, 5892, 6000), guess(7000, 7400, 8000), guess(0, 1508, 2500)
	x.Total.Coverage, x.Total.Uncovered = ptr(guess(.39, .42, .43)), ptr(guess(8000, 8108, 8500))
	x.Total.Unresolved = 0
	x.Value = analysis.Value{}
	x.Segments = []analysis.SegmentAudit{{Segment: x.Segments[0].Segment, Totals: x.Total}}
	for i := range x.Sellers {
		s := &x.Sellers[i]
		s.Gross, s.OnlyThrough, s.Incremental, s.Shapley = guess(2000, 2800, 3000), guess(0, 1800, 2800), guess(100, 2100, 2800), guess(0, 2200, 2800)
		s.Amount = analysis.Amounts{}
	}
	return a
}

func sampleOverlaps() *analysis.Overlaps {
	return &analysis.Overlaps{Head: sampleHead(), Min: 2, Audiences: []analysis.AudienceOverlaps{{
		Audience: graph.Buyers, Net: exact(524), AtLeast: []analysis.Frequency{{Sellers: 2, Members: 167}, {Sellers: 3, Members: 92}},
		Live: 41, Collide: 100, Confused: 12, Openings: 54,
		Pairs: []analysis.Pair{
			{
				P: field, Q: cdw, Pattern: conflict.DirectPartner, Members: exact(141), ShareOfP: ptr(.3525), ShareOfQ: ptr(.1767), Jaccard: ptr(.1334),
				Relations: []analysis.RelationCount{{Relation: conflict.Live, Members: 41, Firm: 38, Settled: 2}, {Relation: conflict.CouldCollide, Members: 100, Firm: 100},
					{Relation: conflict.Opening, Members: 54, Firm: 54}},
				Grid: []analysis.GridCount{{P: graph.Customer, Q: graph.Customer, Members: 41}, {P: graph.Open, Q: graph.Relationship, Members: 100},
					{P: graph.Target, Q: graph.Relationship, Members: 54}},
				Segments: []analysis.PairSegment{{Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers},
					Members: exact(141), Live: 41, Collide: exact(100)}},
				Known: []analysis.KnownFigure{{Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers},
					Members: figure.Figure{Low: 412, Best: 412, High: 412, Basis: "crossbeam"}}},
			},
			{
				P: cdw, Q: shi, Pattern: conflict.SameKind, Candidate: true, Members: guess(2000, 2800, 3000), ShareOfP: ptr(.5), Claimed: true,
				Relations: []analysis.RelationCount{{Relation: conflict.CouldCollide, Members: 2800}},
				Segments:  []analysis.PairSegment{{Members: guess(2000, 2800, 3000), Collide: guess(2000, 2800, 3000)}},
				Known:     []analysis.KnownFigure{{Members: guess(2000, 2800, 3000)}},
			},
			{P: field, Q: shi, Pattern: conflict.DirectPartner, Candidate: true, Members: exact(0), ShareOfP: ptr(0.0), ShareOfQ: ptr(0.0), Jaccard: ptr(0.0),
				Relations: []analysis.RelationCount{{Relation: conflict.Opening, Members: 30, Firm: 30}}},
			{P: field, Q: oem, Pattern: conflict.DirectPartner, Unseen: true, Relations: []analysis.RelationCount{{Relation: conflict.Unteamed}}},
		},
		Sets: []analysis.DistinctSet{
			{Sellers: []analysis.SellerRef{field, cdw}, Roles: []string{"source, transact, deliver", "source, transact"}, Members: 75, Relation: conflict.Live},
			{Sellers: []analysis.SellerRef{field, cdw, oem}, Roles: []string{"source, transact, deliver", "source, transact", "embed"}, Members: 92, Relation: conflict.CouldCollide},
		},
	}}}
}

func sampleAccount() *analysis.Account {
	return &analysis.Account{
		Head: sampleHead(), Key: "acme.example", Names: []string{"Acme Ltd", "ACME"}, Domains: []string{"acme.co.uk"}, Parents: []string{"globex.example"},
		Country: "GB", Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers},
		Value: ptr(sum("9000")), Users: 14,
		Touches: []analysis.AccountTouch{
			{Seller: field, Audience: graph.Buyers, Status: graph.Customer, Roles: "source, transact, deliver", Product: "api", Amount: ptr(sum("12000")),
				Date: "2026-01-04", Deal: "D-17", Rows: 3, Place: graph.Place{File: "lists/crm.csv", Row: 17}},
			{Seller: cdw, Audience: graph.Buyers, Status: graph.Open, Roles: "source, transact", Amount: ptr(sum("-3.5")), ByName: true, Rows: 1,
				Place: graph.Place{File: "lists/cdw.xlsx", Sheet: "May", Row: 4}},
			{Seller: shi, Audience: graph.Buyers, Status: graph.Relationship, Rows: 1, Place: graph.Place{File: "lists/shi.csv", Row: 2}},
		},
		Relations: []analysis.AccountMeeting{
			{P: field, Q: cdw, Relation: conflict.Live, Pattern: conflict.DirectPartner},
			{P: field, Q: shi, Relation: conflict.Teamed, Pattern: conflict.DirectPartner, Confident: true, Settled: true},
		},
		Marks: []exposure.Mark{{Kind: exposure.MarkNamed, Subject: "j.doe"}},
		Records: []analysis.AccountRecord{{Shape: list.Registrations, Live: true, Sellers: []analysis.SellerRef{cdw},
			Cells: map[string]string{"status": "approved", "id": "R-1", "expires": "2027-01-01"}, Place: graph.Place{File: "lists/registrations.csv", Row: 9}}},
	}
}

// approvalAccount is an account at which a registration of SHI is asked for.
func approvalAccount() *analysis.Account {
	a := sampleAccount()
	a.Approval = &analysis.Approval{
		Partner: shi, Product: "api",
		Holders: []analysis.Holder{
			{Seller: field, Status: graph.Customer, By: "list"},
			{Seller: cdw, Status: graph.Open, By: "registrations", Until: "2027-01-01", Place: graph.Place{File: "lists/registrations.csv", Row: 9}},
		},
		Rules:  []string{"a registration is live: CDW, R-1, until 2027-01-01"},
		Breaks: []analysis.FindingRef{{ID: "C05-cdw-shi", Relation: conflict.Live}, {ID: "C02-cdw-shi", Relation: conflict.CouldCollide}},
		Words: []string{
			"Held by: Direct sales has a customer there; CDW has one of the registrations until 2027-01-01",
			"Rules: a registration is live: CDW, R-1, until 2027-01-01",
			"Approving would break: C05-cdw-shi; and could collide: C02-cdw-shi",
		},
	}
	return a
}

func samplePaths() *analysis.Paths {
	node := func(id, name string, k graph.NodeKind) analysis.NodeRef {
		return analysis.NodeRef{ID: id, Name: name, Kind: k}
	}
	from, to := node("", "Lumen AI", graph.VendorNode), node("mid-market-it", "Mid-market IT", graph.SegmentNode)
	resellers, synnex := node("resellers", "Resellers", graph.ChannelNode), node("td-synnex", "TD Synnex", graph.PartnerNode)
	return &analysis.Paths{
		Head: sampleHead(), Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers}, Count: "2", Disjoint: 1,
		HangsOn: []analysis.NodeRef{resellers},
		Pathways: []analysis.PathwayReach{
			{Nodes: []analysis.NodeRef{from, resellers, node("cdw", "CDW", graph.PartnerNode), to}, Seller: cdw, Supply: .4, Members: exact(798)},
			{Nodes: []analysis.NodeRef{from, resellers, synnex, node("shi", shi.Name, graph.PartnerNode), to}, Seller: shi, Supply: 1, Members: guess(5000, 5600, 6000)},
		},
	}
}

func sampleUncovered() *analysis.Uncovered {
	return &analysis.Uncovered{Head: sampleHead(), Segments: []analysis.SegmentCoverage{
		{Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers}, Sellers: 2,
			HangsOn: []analysis.NodeRef{{ID: "td-synnex", Name: "TD Synnex", Kind: graph.PartnerNode}},
			Totals:  analysis.Totals{Addressable: ptr(14000.0), Net: exact(524), Coverage: ptr(exact(.0374)), Uncovered: ptr(exact(13476)), Sellers: 2},
			AtRisk:  []analysis.PartnerAtRisk{{Party: cdw, Members: exact(124)}}, Would: []analysis.SellerRef{shi}},
		{Segment: analysis.SegmentRef{ID: "public-sector", Name: "Public sector", Audience: graph.Buyers}, Would: []analysis.SellerRef{shi}},
	}}
}

func sampleCheck() *CheckReport {
	c := &CheckReport{}
	c.Add(&graph.Problems{More: 4, List: []graph.Problem{
		{File: "ecosystem.yaml", Position: graph.Position{Line: 12, Column: 7}, Found: `unknown key "chanel"`, Expected: "a key of a partner", Hint: `did you mean "channel"?`},
		{File: "ecosystem.yaml", Position: graph.Position{Line: 40, Column: 3}, Found: "partner cdw is supplied by itself over td-synnex and arrow-ecs, which is a cycle"},
	}})
	c.AddError(fmt.Errorf("lists/crm.csv row 1: no column for the account; found Firma, Ort; write columns: {account: Firma}"))
	return c
}

func sampleEvidence() *analysis.Evidence {
	return &analysis.Evidence{
		Place: graph.Place{File: "lists/crm.csv", Row: 17}, Audience: graph.Buyers, Member: 3, Account: "acme.example", Name: "Acme Ltd",
		Segment: analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers}, Seller: field, Status: graph.Customer,
		Reaches: true, Today: true, Roles: "source, transact", Amount: ptr(sum("-12.5")), Told: exposure.ToldByDomain,
		Over: []string{"field", "cdw"}, Relation: conflict.Live,
	}
}
