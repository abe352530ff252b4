package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

var midMarket = analysis.SegmentRef{ID: "mid-market-it", Name: "Mid-market IT", Audience: graph.Buyers}

// found makes a finding of a rule as it is documented.
func found(id, sentence string, sellers ...analysis.SellerRef) analysis.Finding {
	d := conflict.DocOf(strings.SplitN(id, "-", 2)[0])
	f := analysis.Finding{ID: id, Rule: d.ID, Slug: d.Slug, Name: d.Name, Sentence: sentence, Sellers: sellers, Confident: true, Promise: d.Promise, Good: d.Good, Remedies: d.Remedies}
	for _, s := range sellers {
		f.Candidate = f.Candidate || s.Stage.Candidate()
	}
	return f
}

// counted adds a count of buyers and its total.
func counted(f analysis.Finding, live, collide int64, liveValue, collideValue string) analysis.Finding {
	total := analysis.FindingTotal{Audience: graph.Buyers, Live: live, Collide: collide, LiveValue: sum(liveValue), CollideValue: sum(collideValue)}
	if live > 0 {
		f.Counts = append(f.Counts, analysis.FindingCount{Segment: midMarket, Relation: conflict.Live, Members: live, Firm: live, Value: total.LiveValue})
	}
	if collide > 0 {
		f.Counts = append(f.Counts, analysis.FindingCount{Segment: midMarket, Relation: conflict.CouldCollide, Members: collide, Value: total.CollideValue})
	}
	f.Totals = append(f.Totals, total)
	return f
}

func sampleClause() *analysis.Clause {
	return &analysis.Clause{Partner: cdw, Text: "exclusive against other partners in Public sector, for Lumen API, until 2027-06-30", From: "2024-07-01", Until: "2027-06-30",
		Line: 195, Penalty: ptr(sum("50000"))}
}

func opening(of analysis.SellerRef) analysis.Finding {
	f := found("K03-"+of.ID+"-field", of.Name+" serves 862 buyers that we want and nobody has sold to", of, field)
	f.Totals = []analysis.FindingTotal{{Audience: graph.Buyers, Other: 862, OtherValue: sum("13603250")}}
	f.Counts = []analysis.FindingCount{{Segment: midMarket, Relation: conflict.Opening, Members: 862, Firm: 800, Value: sum("13603250")}}
	return f
}

func registrations() analysis.Finding {
	f := found("C05-cdw-kontor", "CDW and Kontor Systemhaus hold live registrations for the same deal at 6 accounts", cdw)
	for _, account := range []string{"talweg.example", "stoneden.example", "yewlane.example", "onyxhill.example", "groveframe.example", "brightforge.example"} {
		f.Cases = append(f.Cases, analysis.FindingCase{Account: account, Text: "CDW, reg-cdw-14, until 2027-02-09; Kontor Systemhaus, reg-kontor-14, until 2026-12-24",
			Places: []graph.Place{{File: "lists/registrations.csv", Row: 3}, {File: "lists/registrations.csv", Row: 190}}})
	}
	return f
}

func sampleConflicts() *analysis.Conflicts {
	named := counted(found("C08-cdw", "CDW sells at named accounts of ours: 1 buyer sold or open", cdw, field), 1, 0, "63500", "0")
	unsure := counted(found("C01-field-oem", "Device makers and Direct sales can both sell to the same customer: 12 buyers could collide", field, oem), 0, 12, "0", "0")
	unsure.Confident = false
	hangs := found("G02-public-sector", "Every pathway to Public sector leads through CDW", cdw)
	hangs.Segment = &analysis.SegmentRef{ID: "public-sector", Name: "Public sector", Audience: graph.Buyers}
	clash := counted(found("C07-cdw-shi", "SHI reaches accounts inside CDW's exclusive term: 159 buyers with a relationship of its own", cdw, shi), 0, 159, "0", "2130000")
	clash.Clause = sampleClause()
	agreed := counted(found("C03-aws-cdw", "AWS Marketplace and CDW can both sell to the same customer: 674 buyers could collide", cdw), 0, 674, "0", "10434750")
	agreed.Accepted = &analysis.Accepted{By: "j.doe", Until: "2027-03-31", Note: "CDW may sell through AWS (CPPO)"}
	return &analysis.Conflicts{
		Head: sampleHead(),
		Findings: []analysis.Finding{
			named, counted(found("C01-cdw-field", "CDW and Direct sales can both sell to the same customer: 185 buyers in live conflict, 356 buyers could collide", cdw, field), 185, 356, "2808500", "6190250.5"),
			registrations(), unsure, hangs, opening(cdw),
		},
		Signing:  []analysis.Finding{clash, counted(found("C02-cdw-shi", "CDW and SHI can both sell to the same customer: 1 buyer could collide", cdw, shi), 0, 1, "0", "9000"), opening(shi)},
		Accepted: []analysis.Finding{agreed},
		Lapsed:   []analysis.Lapsed{{Finding: "C02-cdw-kontor", Until: "2026-10-31", Why: "the agreement ended", Line: 310}},
		Gate: analysis.Gate{Broken: []string{"C08-cdw"}, Limits: []analysis.Limit{
			{Name: "live_conflict.max_members", Value: 186, High: 186, Limit: 350},
		}},
		Audiences: []analysis.AudienceConflict{{Audience: graph.Buyers, Live: 186, Collide: 368}, {Audience: graph.Users, Live: 1, Collide: 0}},
	}
}

// lossConflicts has an expected loss, of one audience.
func lossConflicts() *analysis.Conflicts {
	c := sampleConflicts()
	f := c.Findings[1]
	third := func(n float64) figure.Figure {
		return figure.Figure{Low: n / 2, Best: n, High: 2 * n, Basis: "assumption"}
	}
	f.Loss = &analysis.ExpectedLoss{Live: third(210000), Collide: third(460000),
		Inputs: &conflict.Loss{Sigma: third(.35), PriceGap: exact(.08), DuplicatedCost: exact(.02), LostDeal: exact(.05), Margin: exact(1), Example: true}}
	return &analysis.Conflicts{Head: c.Head, Findings: []analysis.Finding{f}, Audiences: c.Audiences[:1], Estimated: true,
		Gate: analysis.Gate{Limits: []analysis.Limit{{Name: "live_conflict.max_members", Value: 186, High: 186, Limit: 100, Over: true}}}}
}

func sampleLive() *analysis.Live {
	registration := graph.Place{File: "lists/registrations.csv", Row: 2}
	return &analysis.Live{
		Head: sampleHead(), Since: "2026-11-01", Looked: 136, Undated: 1,
		Cases: []analysis.LiveRecord{
			{
				Kind: list.Registrations, ID: "reg-cdw-1", Account: "brightforge.example", Sellers: []analysis.SellerRef{cdw}, Began: "2026-11-10",
				Words: "CDW, reg-cdw-1, until 2027-02-11", Place: registration,
				Against: []analysis.Against{
					{Seller: field, Status: graph.Open},
					{Seller: field, Status: graph.Open, Words: "Direct sales with AWS Marketplace, offer-9tz4, until 2026-12-31", Place: graph.Place{File: "lists/offers.csv", Row: 2}},
				},
			},
			{Kind: list.Deals, ID: "0065g", Account: "talweg.example", Sellers: []analysis.SellerRef{field}, Words: "Direct sales, 0065g",
				Place: graph.Place{File: "lists/crm.xlsx", Sheet: "Open", Row: 7}, Against: []analysis.Against{{Seller: cdw, Status: graph.Customer}}},
		},
	}
}

func firstLine(t *testing.T, print func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := print(&out); err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	return line
}

func TestFirstLineOfConflicts(t *testing.T) {
	problem := []analysis.Finding{found("C02-cdw-shi", "", cdw, shi)}
	buyers := []analysis.AudienceConflict{{Audience: graph.Buyers, Live: 1, Collide: 2}}
	both := append(buyers, analysis.AudienceConflict{Audience: graph.Users, Live: 420000, Collide: 618000})
	for _, c := range []struct {
		in   analysis.Conflicts
		want string
	}{
		{analysis.Conflicts{Findings: problem, Audiences: buyers}, "1 buyer in live conflict, 2 could collide."},
		{analysis.Conflicts{Findings: problem, Audiences: buyers, Gate: analysis.Gate{Broken: []string{"C08-cdw", "C07-a-b"}}}, "2 promises are broken; 1 buyer in live conflict, 2 could collide."},
		{analysis.Conflicts{Findings: problem, Audiences: both, Gate: analysis.Gate{Broken: []string{"C08-cdw"}}}, "1 promise is broken; 1 buyer and 420,000 users in live conflict."},
		{analysis.Conflicts{Gate: analysis.Gate{Broken: []string{"C08-cdw"}}}, "1 promise is broken."},
		{analysis.Conflicts{Findings: problem}, "1 finding, and nobody in conflict as far as lists show."},
		{analysis.Conflicts{Findings: []analysis.Finding{opening(cdw)}}, "No conflict shows in these lists."},
	} {
		if got := firstLine(t, func(w *bytes.Buffer) error { return Conflicts(w, &c.in, Text, TextOptions{}) }); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestFirstLineOfLive(t *testing.T) {
	one := sampleLive().Cases[:1]
	for _, c := range []struct {
		in   analysis.Live
		want string
	}{
		{analysis.Live{Since: "2026-11-01"}, "No deal, registration or offer is live."},
		{analysis.Live{Looked: 1}, "No live record collides; 1 was looked at."},
		{analysis.Live{Looked: 136, Since: "2026-11-01"}, "No live record that began since 2026-11-01 collides; 136 were looked at."},
		{analysis.Live{Looked: 3, Cases: one}, "1 live record collides."},
		{*sampleLive(), "2 live records that began since 2026-11-01 collide."},
	} {
		if got := firstLine(t, func(w *bytes.Buffer) error { return Live(w, &c.in, Text, TextOptions{}) }); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A long list is cut in text, and the rest counted.
func TestConflictsAreCounted(t *testing.T) {
	c := sampleConflicts()
	for range 40 {
		c.Findings = append(c.Findings, c.Findings[1])
	}
	var out bytes.Buffer
	if err := Conflicts(&out, c, Text, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "CDW and Direct sales can both sell"); n != mostFindings-4 {
		t.Errorf("%d of the findings are shown", n)
	}
	if !strings.Contains(out.String(), "  30 more: --format csv shows all.") {
		t.Errorf("the others are not counted:\n%s", out.String())
	}
}

func TestLimitLine(t *testing.T) {
	for want, l := range map[string]analysis.Limit{
		"Within: 1 buyer in live conflict, at most 350 allowed (live_conflict.max_members)":               {Name: "live_conflict.max_members", Value: 1, High: 1, Limit: 350},
		"Over: 412 buyers in live conflict, at most 350 allowed (live_conflict.max_members)":              {Name: "live_conflict.max_members", Value: 412, High: 412, Limit: 350, Over: true},
		"Open: 50% to 65% of its accounts could collide, at most 60% allowed (could_collide.max_share)":   {Name: "could_collide.max_share", Value: .5, High: .65, Limit: .6, Share: true},
		"Within: 0% of its accounts could collide, at most 50% allowed (could_collide.max_share)":         {Name: "could_collide.max_share", Limit: .5, Share: true},
		"Over: 60.4% to 84% of its accounts could collide, at most 60% allowed (could_collide.max_share)": {Name: "could_collide.max_share", Value: 29. / 48, High: .84, Limit: .6, Share: true, Over: true},
		"Over: 60.42% of its accounts could collide, at most 60.4% allowed (could_collide.max_share)":     {Name: "could_collide.max_share", Value: 29. / 48, High: 29. / 48, Limit: .604, Share: true, Over: true},
		"Within: 59.8% of its accounts could collide, at most 60% allowed (could_collide.max_share)":      {Name: "could_collide.max_share", Value: .598, High: .598, Limit: .6, Share: true},
		"Within: 3, at most 4 allowed (another.limit)":                                                    {Name: "another.limit", Value: 3, High: 3, Limit: 4},
	} {
		if got := limitLine(l); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSentenceCase(t *testing.T) {
	for in, want := range map[string]string{"": "", "no promise": "No promise", "éclair": "Éclair", "株式": "株式", "\xff": "\xff", "1 buyer": "1 buyer"} {
		if got := sentenceCase(in); got != want {
			t.Errorf("sentenceCase(%q) = %q, want %q", in, got, want)
		}
	}
}
