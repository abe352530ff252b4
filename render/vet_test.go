package render

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// promiseVet is of a candidate that breaks a promise.
func promiseVet() *analysis.Vet {
	clause := sampleClause()
	clash := counted(found("C07-cdw-shi", "SHI reaches accounts inside CDW's exclusive term: 7 buyers with a relationship of its own", cdw, shi), 0, 7, "0", "2130000")
	clash.Clause = clause
	proof := func(row int, account string, told exposure.Told) *analysis.Evidence {
		return &analysis.Evidence{Place: graph.Place{File: "lists/shi.xlsx", Sheet: "Customers", Row: row}, Audience: graph.Buyers, Account: account,
			Name: "City of Hawkhead", Seller: shi, Status: graph.Relationship, Reaches: true, Told: told}
	}
	head := sampleHead()
	head.NDA = []string{"SHI"}
	return &analysis.Vet{
		Head: head, Partner: shi, Sellers: []analysis.SellerRef{shi}, Listed: true,
		Verdict: analysis.Verdict{Kind: analysis.BreaksPromise, Missing: []string{},
			Text: "CDW was promised to be " + clause.Text + " (line 195 of the ecosystem file), and SHI reaches 7 accounts inside"},
		Matching:  exposure.Matching{Rows: 2994, ByDomain: 1282, ByName: 430, NewDomains: 1229, Unresolved: 53},
		Audiences: []analysis.VetAudience{candidateAudience()},
		Findings:  []analysis.Finding{clash, counted(found("C02-cdw-shi", "CDW and SHI can both sell to the same customer: 1,172 buyers could collide", cdw, shi), 0, 1172, "0", "15548750"), opening(shi)},
		Promises: []analysis.Promise{
			{Finding: "C08-shi", Name: "Named-account breach", Proven: true, Forbid: true, Members: 1, Breaker: shi, Rows: []*analysis.Evidence{proof(9, "", exposure.ToldByName)}},
			{Finding: "C07-cdw-shi", Name: "Exclusivity clash", Clause: clause, Proven: true, Forbid: true, Members: 7, Firm: 6, Unplaced: 12, Untold: "country", Breaker: shi,
				Rows: []*analysis.Evidence{proof(2, "alderbury.example", exposure.ToldByName), proof(2752, "hawkhead.example", exposure.ToldByDomain)}},
			{Finding: "C07-kontor-shi", Name: "Exclusivity clash", Forbid: true, Breaker: shi, Unplaced: 3, Untold: "segment and country",
				Clause: &analysis.Clause{Partner: oem, Text: "exclusive against everyone in DACH", Line: 88}},
		},
		Limits: []analysis.Limit{
			{Name: "live_conflict.max_members", Value: 286, High: 286, Limit: 350},
			{Name: "could_collide.max_share", Value: .5, High: .62, Limit: .6, Share: true},
		},
		Cost:     &analysis.VetCost{Open: sum("21600"), Yearly: sum("12960"), PerNew: ptr(figure.Figure{Low: 23, Best: 24, High: 24, Basis: "list"})},
		Offering: analysis.VetOffering{Lacks: []string{"services"}, Bespoke: []string{"pricing"}, Substitutes: []analysis.VetSubstitution{{Name: "OtherAI Gateway", Product: "Lumen API"}}},
		Next:     []string{"Ask SHI whether it would take a contract without the 7 accounts inside CDW's term"},
	}
}

func candidateAudience() analysis.VetAudience {
	return analysis.VetAudience{
		Audience: graph.Buyers, Gross: figure.Figure{Low: 2906, Best: 2906, High: 2959, Basis: "list"}, Adds: figure.Figure{Low: 1049, Best: 1417.6, High: 1488, Basis: "list + reported, independence"},
		Alone: 1435, Beside: []analysis.SellerRef{oem},
		New: 528, Openings: 895, UsersOnly: 12, Reached: 1471, Direct: 265, Unresolved: 53, NewValue: sum("7682000"), OpenValue: sum("15339250"), Potential: true,
		By: []analysis.ReachedBy{{Seller: cdw, Members: 1172}, {Seller: field, Members: 265}},
		Grid: []analysis.GridCount{
			{P: graph.Relationship, Q: graph.Customer, Members: 187}, {P: graph.Relationship, Q: graph.Target, Members: 1232}, {P: graph.Relationship, Members: 1409},
		},
		Segments: []analysis.VetSegment{
			{Segment: midMarket, Gross: exact(2715), Adds: exact(1325), New: 470, Openings: 855, Reached: 1390, AddValue: sum("21691750")},
			{Segment: analysis.SegmentRef{ID: "public-sector", Name: "Public sector", Audience: graph.Buyers}, Gross: exact(191), Adds: exact(98), New: 58, Openings: 40, Reached: 93, AddValue: sum("1329500")},
		},
	}
}

// undecidedVet is of a candidate that only claims to reach somebody.
func undecidedVet() *analysis.Vet {
	missing := []string{
		"no list shows whom Alpenrock IT reaches; ask for an overlap count with our accounts, then for a random sample of fifty, then for the list under NDA",
		"whether CDW's term, \"exclusive in DACH\", is touched; ask for the accounts inside it",
	}
	claim := figure.Figure{Low: 1440, Best: 1440, High: 1440, Basis: "claimed"}
	alpenrock := analysis.SellerRef{ID: "alpenrock", Name: "Alpenrock IT", Kind: graph.Reseller, Channel: "resellers", Stage: graph.Researched, Partner: true}
	return &analysis.Vet{
		Head: sampleHead(), Partner: alpenrock, Sellers: []analysis.SellerRef{alpenrock},
		Verdict:   analysis.Verdict{Kind: analysis.CannotBeDecided, Text: "The evidence does not settle it: " + missing[0], Missing: missing},
		Claims:    []analysis.VetClaim{{Segment: midMarket, Members: claim, Source: "sales deck p. 3", Dated: "2026-09-01", Counts: true}},
		Audiences: []analysis.VetAudience{{Audience: graph.Buyers, Gross: claim, Adds: figure.Figure{Best: 776, High: 1440, Basis: "claimed, independence"}, Beside: []analysis.SellerRef{}}},
		Cost:      &analysis.VetCost{Yearly: sum("12960")},
		Next:      missing,
	}
}

// termVet is of a signed partner with a term that ends.
func termVet() *analysis.Vet {
	v := promiseVet()
	v.Partner, v.Sellers, v.Promises, v.Findings, v.Next = cdw, []analysis.SellerRef{cdw}, nil, []analysis.Finding{opening(cdw)}, nil
	v.Verdict = analysis.Verdict{Kind: analysis.WithinPolicy, Text: "no promise is broken; 286 buyers in live conflict after signing, at most 350 are allowed"}
	v.Limits = v.Limits[:1]
	v.Audiences[0].Potential, v.Audiences[0].Unresolved, v.Audiences[0].UsersOnly = false, 0, 0
	v.Cost, v.Offering, v.Audiences[0].By = nil, analysis.VetOffering{}, v.Audiences[0].By[1:]
	clause := *sampleClause()
	third := shi
	third.Name = "Alpenrock IT"
	v.Terms = []analysis.TermOptions{
		{Clause: clause, Notice: "2027-03-31", DaysToNotice: ptr(128), Renews: "auto", Minimum: ptr(sum("400000")), Booked: sum("0"),
			Blocked: []analysis.BlockedCandidate{{Seller: shi, Members: 159, Proven: true}, {Seller: third, Members: 1, Other: true}},
			Lost:    []analysis.AudienceFigure{{Audience: graph.Buyers, Members: figure.Figure{Low: 4364, Best: 4644, High: 4676, Basis: "list"}}, {Audience: graph.Users, Members: exact(1)}},
			Recoverable: []analysis.AudienceFigure{{Audience: graph.Buyers, Members: figure.Figure{Low: 717, Best: 1057, High: 2543, Basis: "list"}},
				{Audience: graph.Users, Members: exact(0)}},
			LostValue: sum("63962250")},
		{Clause: analysis.Clause{Partner: cdw, Text: "registration, until 2026-12-31", Until: "2026-12-31", Line: 207}, Notice: "2026-11-01", DaysToNotice: ptr(-22), Renews: "by letter"},
		{Clause: analysis.Clause{Partner: cdw, Text: "minimum, until 2026-12-31", Until: "2026-12-31", Line: 209}, Notice: "2026-11-23", DaysToNotice: ptr(0)},
	}
	return v
}

func TestFirstLineOfVet(t *testing.T) {
	over := analysis.Verdict{Kind: analysis.OverLimit, Text: "The buyers in live conflict after signing are 412, and the policy allows 350: 62 too many"}
	within := analysis.Verdict{Kind: analysis.WithinPolicy, Text: "no promise is broken"}
	reaches := func(s analysis.SellerRef, n float64) *analysis.Vet {
		return &analysis.Vet{Partner: s, Verdict: within, Audiences: []analysis.VetAudience{{Audience: graph.Buyers, Adds: exact(n)}}}
	}
	for _, c := range []struct {
		in   *analysis.Vet
		want string
	}{
		{promiseVet(), `Breaks a promise: SHI International Corporation of New Jersey reaches 7 accounts inside CDW's "exclusive against other partners in Public sector, for Lumen API, until 2027-06-30".`},
		{undecidedVet(), "Cannot be decided: " + undecidedVet().Verdict.Missing[0] + "."},
		{&analysis.Vet{Verdict: over}, "Over a limit: " + over.Text + "."},
		{reaches(shi, 1), "Within policy: SHI International Corporation of New Jersey adds 1 buyer to what is reached today."},
		{reaches(cdw, 4676), "Within policy: CDW adds 4,676 buyers to what others reach today."},
		// What is not there is not needed.
		{&analysis.Vet{Verdict: analysis.Verdict{Kind: analysis.CannotBeDecided, Text: "nobody knows"}}, "Cannot be decided: nobody knows."},
		{&analysis.Vet{Verdict: analysis.Verdict{Kind: analysis.BreaksPromise, Text: "Named-account breach: it sells there"}}, "Breaks a promise: Named-account breach: it sells there."},
	} {
		var out bytes.Buffer
		if err := Vet(&out, c.in, Text, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(out.String(), "\n")
		if got := strings.TrimSpace(first + " " + continued(out.String())); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// continued joins the lines by which the first goes on.
func continued(text string) string {
	var parts []string
	for _, line := range strings.Split(text, "\n")[1:] {
		if !strings.HasPrefix(line, "  ") {
			break
		}
		parts = append(parts, strings.TrimSpace(line))
	}
	return strings.Join(parts, " ")
}

func TestTermsInWords(t *testing.T) {
	one := []analysis.BlockedCandidate{{Seller: shi}}
	for want, got := range map[string]string{
		"nothing changes; it keeps no candidate out":                                             keepWords(&analysis.TermOptions{}),
		"nothing changes; CDW stays out of its scope":                                            keepWords(&analysis.TermOptions{Blocked: []analysis.BlockedCandidate{{Seller: cdw}}}),
		"nothing changes; CDW and Device makers stay out of its scope":                           keepWords(&analysis.TermOptions{Blocked: []analysis.BlockedCandidate{{Seller: cdw}, {Seller: oem}}}),
		"no candidate is kept out by it today":                                                   blockedWords(&analysis.TermOptions{}),
		"SHI International Corporation o… would still break another promise":                     blockedWords(&analysis.TermOptions{Blocked: []analysis.BlockedCandidate{{Seller: shi, Other: true}}}),
		"SHI International Corporation o… would break no promise any more":                       blockedWords(&analysis.TermOptions{Blocked: one}),
		"nobody is lost whom only this partner reaches":                                          lostWords(&analysis.TermOptions{}),
		"1 user is lost whom nobody else reaches today":                                          lostWords(&analysis.TermOptions{Lost: []analysis.AudienceFigure{{Audience: graph.Users, Members: exact(1)}}}),
		"CDW, CDW, CDW, CDW, 2 more":                                                             candidateNames(make6(cdw)),
		"It costs nothing":                                                                       costWords(&analysis.VetCost{}),
		"It costs 80,000.00 a year":                                                              costWords(&analysis.VetCost{Yearly: sum("80000")}),
		"It costs 1.50 once and 2.00 a year: 3 (2 to 4) for each buyer added, in the first year": costWords(&analysis.VetCost{Open: sum("1.5"), Yearly: sum("2"), PerNew: &figure.Figure{Low: 2, Best: 3, High: 4}}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func make6(s analysis.SellerRef) []analysis.BlockedCandidate {
	all := make([]analysis.BlockedCandidate, 6)
	for i := range all {
		all[i].Seller = s
	}
	return all
}

// vetRows are accounts of each sheet; some rows hold what must stay out.
func vetRows() []analysis.VetRow {
	row := func(sheet analysis.VetSheet, account, name string, told exposure.Told) analysis.VetRow {
		return analysis.VetRow{Sheet: sheet, Evidence: &analysis.Evidence{
			Place: graph.Place{File: "lists/shi.xlsx", Sheet: "Customers", Row: 2}, Audience: graph.Buyers, Account: account, Name: name, Segment: midMarket,
			Seller: shi, Status: graph.Relationship, Told: told,
		}}
	}
	user := row(analysis.SheetNew, "user.example", "Jane Doe", exposure.ToldByEmail)
	user.Audience = graph.Users
	reached := row(analysis.SheetReached, "reached.example", "=Reached", exposure.ToldByDomain)
	reached.Over = []string{"cdw", "field"}
	reached.Findings = []analysis.FindingRef{{ID: "C02-cdw-shi", Relation: conflict.CouldCollide}, {ID: "K02-cdw-shi", Relation: conflict.Unteamed}}
	unresolved := row(analysis.SheetUnresolved, "", "Acme", exposure.ToldNot)
	unresolved.Candidates = []string{"acme.example", "acme.test"}
	return []analysis.VetRow{
		row(analysis.SheetNew, "new.example", "jane.doe@new.example", exposure.ToldNew), user, reached,
		row(analysis.SheetOpening, "opening.example", "Opening Ltd", exposure.ToldByName),
		row(analysis.SheetUnresolved, "", "j.doe@mail.example", exposure.ToldNot), unresolved,
	}
}

func TestVetWorkbook(t *testing.T) {
	b := VetWorkbook(promiseVet(), vetRows())
	f := readBack(t, b)
	if got, want := strings.Join(f.GetSheetList(), ","), "Summary,New,Reached already,Openings,Unresolved,Findings"; got != want {
		t.Fatalf("the sheets are %s, want %s", got, want)
	}
	const first = 3 // the footer and the header stand above
	for _, c := range []struct {
		sheet, column string
		want          []string
	}{
		{"New", "A", []string{"new.example", "user.example"}},
		{"New", "B", []string{"", ""}},
		{"Reached already", "A", []string{"reached.example"}},
		{"Reached already", "B", []string{"'=Reached"}},
		{"Reached already", "E", []string{"cdw, field"}},
		{"Reached already", "G", []string{"C02-cdw-shi"}},
		{"Openings", "A", []string{"opening.example"}},
		{"Openings", "F", []string{"name alone (low confidence)"}},
		{"Unresolved", "B", []string{"", "Acme"}},
		{"Unresolved", "H", []string{"", "acme.example, acme.test"}},
		{"Findings", "A", []string{"C07-cdw-shi", "C02-cdw-shi", "K03-shi-field"}},
	} {
		for i, want := range append(c.want, "") {
			if got := must[string](t)(f.GetCellValue(c.sheet, fmt.Sprint(c.column, first+i))); got != want {
				t.Errorf("%s!%s%d is %q, want %q", c.sheet, c.column, first+i, got, want)
			}
		}
	}
	checkMarked(t, f)
	summary := fmt.Sprint(must[[][]string](t)(f.GetRows("Summary")))
	for _, want := range []string{"Breaks a promise: CDW was promised", "Open: 50% to 62% of its accounts", "potential margin of openings", "15,339,250.00 USD", "reached already by CDW"} {
		if !strings.Contains(summary, want) {
			t.Errorf("no %q in the summary %s", want, summary)
		}
	}
}

// checkMarked fails for a sheet that does not say under whose agreement it is, and
// for one with an e-mail address.
func checkMarked(t *testing.T, f *excelize.File) {
	t.Helper()
	for _, sheet := range f.GetSheetList() {
		if top := must[string](t)(f.GetCellValue(sheet, "A1")); top != "Confidential: made from lists given under an agreement with SHI." {
			t.Errorf("%s opens with %q", sheet, top)
		}
		if rows := fmt.Sprint(must[[][]string](t)(f.GetRows(sheet))); strings.Contains(rows, "@") {
			t.Errorf("%s holds an address: %s", sheet, rows)
		}
	}
}

// A partner without a list, and one whose list was not under an agreement, have all
// sheets too.
func TestEmptyVetWorkbook(t *testing.T) {
	for _, v := range []*analysis.Vet{{}, undecidedVet()} {
		v.Head.NDA = nil
		f := readBack(t, VetWorkbook(v, nil))
		if n := len(f.GetSheetList()); n != 6 {
			t.Errorf("%d sheets", n)
		}
		if top := must[string](t)(f.GetCellValue("Summary", "A1")); top != "What" {
			t.Errorf("the summary opens with %q", top)
		}
	}
}

// Whatever is in a report, it can be written as a workbook.
func TestVetWorkbookOfAnything(t *testing.T) {
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 6))
		var v analysis.Vet
		fillRandom(r, reflect.ValueOf(&v).Elem())
		var rows []analysis.VetRow
		for range 30 {
			row := analysis.VetRow{Evidence: &analysis.Evidence{}, Sheet: []analysis.VetSheet{analysis.SheetNew, analysis.SheetReached, "", analysis.SheetUnresolved}[r.IntN(4)]}
			fillRandom(r, reflect.ValueOf(row.Evidence).Elem())
			rows = append(rows, row)
		}
		written(t, VetWorkbook(&v, rows))
	}
}

// The verdict names the promise that rows prove, and not one that rests on a bare
// name.
func TestBrokenPromise(t *testing.T) {
	v := promiseVet()
	if p := (vetReport{v}).broken(); p == nil || p.Finding != "C07-cdw-shi" {
		t.Errorf("got %v", p)
	}
	v.Promises = v.Promises[:1]
	if p := (vetReport{v}).broken(); p != nil {
		t.Errorf("%s rests on a bare name alone", p.Finding)
	}
}

// Rows that prove a promise show no address, and no name of a user.
func TestProofsNameNobody(t *testing.T) {
	for _, e := range []*analysis.Evidence{
		{Place: graph.Place{File: "a.csv", Row: 2}, Account: "a.example", Name: "jane@a.example", Audience: graph.Buyers, Status: graph.Customer},
		{Place: graph.Place{File: "a.csv", Row: 2}, Account: "a.example", Name: "Jane Doe", Audience: graph.Users, Status: graph.Customer},
	} {
		if got, want := proofLine(e), "a.csv row 2  a.example  customer"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
