package render

import (
	"fmt"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

func bar(a graph.Audience, total float64, counts ...float64) analysis.Bar {
	kinds := []analysis.PieceKind{analysis.PieceOnly, analysis.PieceShared, analysis.PieceCollide, analysis.PieceLive, analysis.PieceUnreached}
	b := analysis.Bar{Audience: a, Total: total}
	for i, n := range counts {
		if n > 0 {
			b.Pieces = append(b.Pieces, analysis.Piece{Kind: kinds[i], Count: n})
		}
	}
	return b
}

// lumenMap is a map as a company would have it: all kinds of pathway, two
// tiers, a candidate, a hybrid marketplace, an exclusivity clause, a partner
// known by its claims only.
func lumenMap() *analysis.Map {
	m := &analysis.Map{
		Title: "Lumen AI: channel conflict map",
		Sentences: []string{
			"Users: 44,900 of 70,000 reached (64%); 2,100 could collide.",
			"Buyers: 15,900 of 22,000 reached (72%); 2,140 in live conflict today. Signing SHI: +1,240 new to us, 3,910 could collide.",
		},
		AsOf: "2026-11-23",
		Footer: []string{
			"Figures: 8 of 11 pathways from lists, 2 reported, 1 claimed. 278 rows unresolved: net buyers lie between 15,640 and 15,918.",
			"Made from lists under agreement: TD Synnex (confidential until 2027-06-30).",
		},
	}
	seller := func(id, name, subtitle string, tier int, mo graph.Motion, e graph.Equity, a graph.Audience, st graph.Stage, bars ...analysis.Bar) *analysis.Box {
		m.Boxes = append(m.Boxes, analysis.Box{ID: id, Kind: analysis.SellerBox, Name: name, Subtitle: subtitle, Tier: tier,
			Motion: mo, Equity: e, Audience: a, Stage: st, Bars: bars, Details: []string{"owner: j.doe"}})
		return &m.Boxes[len(m.Boxes)-1]
	}
	m.Boxes = append(m.Boxes, analysis.Box{ID: "vendor", Kind: analysis.VendorBox, Name: "Lumen AI", Subtitle: "vendor"})
	const u, b = graph.Users, graph.Buyers
	seller("shopify", "Shopify", "build on platform · 17,100 users", 1, graph.ProductLed, graph.EquityPower, u, graph.Managed, bar(u, 17100, 12800, 4300))
	seller("northbank", "Northbank app", "embed in · 9,800 users", 1, graph.ProductLed, graph.EquityDepth, u, graph.Activated, bar(u, 9800, 8600, 1200))
	seller("self-serve", "Self-serve", "direct to user · 21,300 users", 1, graph.ProductLed, graph.EquityOwn, u, "", bar(u, 21300, 13900, 5300, 2100))
	seller("aws", "AWS Marketplace", "sell through · 27,900 users, 2,500 buyers", 1, graph.ProductLed, graph.EquityReach, u, graph.Managed,
		bar(u, 27900, 16200, 9600, 2100), bar(b, 2500, 700, 400, 1400))
	seller("direct", "Direct sales", "direct to buyer · 6,200 buyers", 1, graph.AccountLed, graph.EquityOwn, b, "", bar(b, 6200, 1900, 1160, 1000, 2140))
	seller("td-synnex", "TD Synnex", "sell to · 18,900 buyers through 3 resellers", 1, graph.AccountLed, graph.EquityDepth, b, graph.Managed, bar(b, 900, 500, 300, 100)).
		Exclusive = "Public sector, DACH, until 2027-06-30, against partners"
	seller("accenture", "Accenture", "sell with · 2,100 buyers", 1, graph.AccountLed, graph.EquityPower, b, graph.Nurtured, bar(b, 2100, 1100, 1000))
	seller("cdw", "CDW", "sell through · 12,400 buyers", 2, graph.AccountLed, graph.EquityReach, b, graph.Managed, bar(b, 12400, 5400, 2560, 2300, 2140)).
		Exclusive = "Lumen API in the public sector until 2027-06-30"
	seller("insight", "Insight Enterprises", "sell through · 3,300 buyers", 2, graph.AccountLed, graph.EquityReach, b, graph.Signed, bar(b, 3300, 1500, 1000, 800)).
		Claimed = true
	seller("shi", "SHI", "sell through · 11,700 buyers", 2, graph.AccountLed, graph.EquityReach, b, graph.Negotiating, bar(b, 11700, 1240, 6550, 3910)).
		Candidate = true
	seller("ingram", "Ingram OEM", "sell to, as OEM · 640 buyers", 2, graph.AccountLed, graph.EquityDepth, b, graph.Activated, bar(b, 640, 640))
	segment := func(id, name, subtitle string, a graph.Audience, b analysis.Bar) {
		m.Boxes = append(m.Boxes, analysis.Box{ID: id, Kind: analysis.SegmentBox, Name: name, Subtitle: subtitle, Audience: a, Bars: []analysis.Bar{b}})
	}
	segment("merchants", "Online merchants", "22,000 users · 64% reached", u, bar(u, 22000, 11100, 3000, 0, 0, 7900))
	segment("developers", "Developers", "48,000 users · 64% reached", u, bar(u, 48000, 22500, 6200, 2100, 0, 17200))
	segment("mid-market-it", "Mid-market IT", "14,000 buyers · 83% reached", b, bar(b, 14000, 5300, 2400, 1780, 2140, 2380))
	segment("public-sector", "Public sector", "2,800 buyers · 41% reached", b, bar(b, 2800, 850, 150, 148, 0, 1652))
	segment("enterprise", "Enterprise operations", "5,200 buyers · 58% reached", b, bar(b, 5200, 1300, 1100, 616, 0, 2184))
	supply := func(from string, to ...string) {
		for _, t := range to {
			m.Edges = append(m.Edges, analysis.MapEdge{From: from, To: t, Share: 1, Candidate: t == "shi"})
		}
	}
	supply("vendor", "shopify", "northbank", "self-serve", "aws", "direct", "td-synnex", "accenture", "cdw", "shi")
	supply("td-synnex", "cdw", "insight", "ingram", "shi")
	reach := func(from, to string, a graph.Audience, n float64) {
		m.Edges = append(m.Edges, analysis.MapEdge{From: from, To: to, Audience: a, Members: n, Candidate: from == "shi", Claimed: from == "insight"})
	}
	reach("shopify", "merchants", u, 17100)
	reach("northbank", "merchants", u, 3100)
	reach("northbank", "developers", u, 6700)
	reach("self-serve", "developers", u, 21300)
	reach("aws", "developers", u, 27900)
	reach("aws", "mid-market-it", b, 2500)
	reach("direct", "mid-market-it", b, 3900)
	reach("direct", "enterprise", b, 2300)
	reach("td-synnex", "enterprise", b, 900)
	reach("accenture", "enterprise", b, 2100)
	reach("cdw", "mid-market-it", b, 11300)
	reach("cdw", "public-sector", b, 1100)
	reach("insight", "mid-market-it", b, 3300)
	reach("shi", "mid-market-it", b, 10200)
	reach("shi", "public-sector", b, 1500)
	reach("ingram", "enterprise", b, 640)
	finding := func(id, from, and, in, title, text string, n float64, live, candidate bool) {
		m.Findings = append(m.Findings, analysis.MapFinding{ID: id, Between: []string{from, and}, Segment: in, Title: title, Text: text,
			Live: live, Candidate: candidate, Members: n, Details: []string{"both transact at the same accounts"}})
	}
	finding("f1", "direct", "cdw", "mid-market-it", "Direct sales / CDW", "2,140 buyers in live conflict", 2140, true, false)
	finding("f2", "cdw", "shi", "mid-market-it", "CDW / SHI", "3,910 buyers could collide if signed", 3910, false, true)
	finding("f3", "aws", "direct", "mid-market-it", "AWS Marketplace / Direct sales", "1,400 buyers could collide", 1400, false, false)
	finding("f4", "self-serve", "aws", "developers", "Self-serve / AWS Marketplace", "2,100 users could collide", 2100, false, false)
	finding("f5", "direct", "accenture", "enterprise", "Direct sales / Accenture", "616 buyers could collide", 616, false, false)
	finding("f6", "cdw", "insight", "mid-market-it", "CDW / Insight Enterprises", "800 buyers could collide", 800, false, false)
	m.Omitted = analysis.Omitted{Findings: 9}
	return m
}

// crowdMap is a map at the limit: 60 boxes, about 200 edges.
func crowdMap() *analysis.Map {
	m := &analysis.Map{Title: "Crown Hosting: channel conflict map", AsOf: "2026-11-23",
		Sentences: []string{"Buyers: 524 reached; 12 could collide."},
		Omitted:   analysis.Omitted{Sellers: 285, Segments: 2, Edges: 610, Findings: 40, Members: 412}}
	m.Boxes = append(m.Boxes, analysis.Box{ID: "vendor", Kind: analysis.VendorBox, Name: "Crown Hosting", Subtitle: "vendor"})
	for i := range 8 {
		m.Boxes = append(m.Boxes, analysis.Box{ID: fmt.Sprint("segment-", i), Kind: analysis.SegmentBox, Name: fmt.Sprint("Segment ", i),
			Subtitle: "1,200 buyers · 40% reached", Audience: graph.Buyers, Bars: []analysis.Bar{bar(graph.Buyers, 1200, 300, 100, 60, 20, 720)}})
	}
	for i := range 51 {
		id, mo, a := fmt.Sprint("seller-", i), graph.AccountLed, graph.Buyers
		if i%3 == 0 {
			mo, a = graph.ProductLed, graph.Users
		}
		m.Boxes = append(m.Boxes, analysis.Box{ID: id, Kind: analysis.SellerBox, Name: fmt.Sprintf("Supplier %d Limited", i), Tier: 1 + i%4/3,
			Subtitle: fmt.Sprintf("sell through · %d buyers", 900-i*15), Motion: mo, Audience: a, Equity: graph.EquityReach, Stage: graph.Managed,
			Bars: []analysis.Bar{bar(graph.Buyers, 900, float64(500-i*9), 200, 100, float64(i))}})
		from := "vendor"
		if i%4 == 3 {
			from = fmt.Sprint("seller-", i-1)
		}
		m.Edges = append(m.Edges, analysis.MapEdge{From: from, To: id, Share: 1})
		for j := range 3 {
			m.Edges = append(m.Edges, analysis.MapEdge{From: id, To: fmt.Sprint("segment-", (i*5+j*(1+i%3))%8), Audience: a, Members: float64(900 - i*15)})
		}
	}
	for i := range 10 {
		m.Findings = append(m.Findings, analysis.MapFinding{ID: fmt.Sprint("f", i), Between: []string{fmt.Sprint("seller-", i*3), fmt.Sprint("seller-", i*4+1)},
			Segment: fmt.Sprint("segment-", i%8), Title: fmt.Sprintf("Supplier %d / Supplier %d", i*3, i*4+1), Text: "12 buyers could collide", Live: i%3 == 0, Members: 12})
	}
	return m
}

// tinyMap is the smallest map with one of everything.
func tinyMap() *analysis.Map {
	const b = graph.Buyers
	return &analysis.Map{
		Title: "Acme: channel conflict map", AsOf: "2026-11-23", Sentences: []string{"Buyers: 300 of 1,000 reached (30%); 20 in live conflict today."},
		Footer: []string{"Figures: 2 of 2 pathways from lists."},
		Boxes: []analysis.Box{
			{ID: "acme", Kind: analysis.VendorBox, Name: "Acme", Subtitle: "vendor"},
			{ID: "field", Kind: analysis.SellerBox, Name: "Field", Subtitle: "direct to buyer · 120 buyers", Tier: 1, Motion: graph.AccountLed,
				Equity: graph.EquityOwn, Audience: b, Bars: []analysis.Bar{bar(b, 120, 80, 20, 0, 20)}, Link: "report.html#field"},
			{ID: "cdw", Kind: analysis.SellerBox, Name: "CDW", Subtitle: "sell through · 220 buyers", Tier: 1, Motion: graph.AccountLed,
				Equity: graph.EquityReach, Audience: b, Stage: graph.Negotiating, Candidate: true, Claimed: true, Exclusive: "until 2027-06-30",
				Bars: []analysis.Bar{bar(b, 220, 180, 20, 0, 20)}},
			{ID: "it", Kind: analysis.SegmentBox, Name: "IT", Subtitle: "1,000 buyers · 30% reached", Audience: b, Bars: []analysis.Bar{bar(b, 1000, 260, 20, 0, 20, 700)}},
		},
		Edges: []analysis.MapEdge{
			{From: "acme", To: "field", Share: 1}, {From: "acme", To: "cdw", Share: 1, Candidate: true},
			{From: "field", To: "it", Audience: b, Members: 120}, {From: "cdw", To: "it", Audience: b, Members: 220, Candidate: true},
		},
		Findings: []analysis.MapFinding{{ID: "C01-field-cdw", Between: []string{"field", "cdw"}, Segment: "it",
			Title: "Field / CDW", Text: "20 buyers in live conflict", Live: true, Members: 20}},
	}
}
