package render

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

func movedFrom(from, to float64) analysis.Movement {
	a, b := exact(from), exact(to)
	return analysis.Movement{From: &a, To: &b, By: to - from}
}

func sampleDiff() *analysis.Diff {
	wide := guess(4000, 5200, 6000)
	old := analysis.SnapshotFinding{ID: "C02-cdw-shi", Sentence: "CDW and SHI can both sell to the same customer: 41 buyers in live conflict",
		Counts: []analysis.SnapshotCount{{Audience: graph.Buyers, Live: 41}}}
	grown := old
	grown.Sentence, grown.Counts = "CDW and SHI can both sell to the same customer: 63 buyers in live conflict", []analysis.SnapshotCount{{Audience: graph.Buyers, Live: 63}}
	agreed := grown
	agreed.ID, agreed.Accepted = "C02-cdw-kontor", &analysis.SnapshotAgreement{By: "j.doe", Until: "2027-03-31"}
	lapsed := old
	lapsed.ID, lapsed.Accepted = "C03-aws-cdw", &analysis.SnapshotAgreement{By: "j.doe", Until: "2026-10-31"}
	opening := analysis.SnapshotFinding{ID: "K03-field-shi", Good: true, Candidate: true, Sentence: "SHI serves 1,089 buyers that we want and nobody has sold to"}
	cdwList := func(rows int) *analysis.SnapshotList {
		return &analysis.SnapshotList{ID: "lists/cdw.csv", Kind: "list", Partner: "cdw", Rows: rows, Matched: rows - 20, NewDomains: 12, Unresolved: 8}
	}
	return &analysis.Diff{
		From: analysis.DiffSide{Name: "2026-q2.json", Vendor: "Lumen AI", AsOf: "2026-08-31"},
		To:   analysis.DiffSide{Name: "my files/lumen", Vendor: "Lumen AI", AsOf: "2026-11-23"},
		NDA:  []string{"SHI"}, Currency: "USD", ListsUnchanged: 24, FindingsUnchanged: 42,
		Notes: []string{"The day moved from 2026-08-31 to 2026-11-23: windows opened and closed in between."},
		Audiences: []analysis.AudienceDiff{
			{Audience: graph.Users, Net: analysis.Movement{From: &wide, To: ptr(guess(3900, 5200, 6000))}},
			{Audience: graph.Buyers, Addressable: analysis.Movement{To: ptr(exact(14000)), By: 14000}, Gross: movedFrom(12000, 13000), Net: movedFrom(9120, 9840),
				Coverage: analysis.Movement{From: ptr(exact(.651)), To: ptr(exact(.703)), By: .052}, Live: movedFrom(286, 121),
				Cause:    analysis.Cause{How: analysis.CountedOut, Lists: 510, Definitions: 210},
				Segments: []analysis.SegmentChange{{ID: "mid-market-it", Name: "Mid-market IT", Net: movedFrom(6459, 7179)}, {Name: "unassigned", Net: movedFrom(50, 50)}},
				Sellers: []analysis.SellerChange{{ID: "cdw", Name: "CDW", Reach: movedFrom(6385, 7074), OnlyThrough: movedFrom(4300, 4127), Booked: ptr(sum("-18414789.21"))},
					{ID: "oem", Name: "Device makers", Reach: analysis.Movement{From: &wide, To: &wide}, OnlyThrough: movedFrom(0, 13)}},
			},
			{Audience: graph.Accounts, Net: movedFrom(18909, 18709), Cause: analysis.Cause{How: analysis.NotKnown, Several: true}},
		},
		Partners: []analysis.PartnerChange{
			{Kind: analysis.SignedUp, ID: "shi", Name: "SHI", Of: graph.Reseller, From: graph.Negotiating, To: graph.Managed, Sales: true},
			{Kind: analysis.Appeared, ID: "ps-nadir", Name: "ps_nadir", Of: graph.Referral, To: graph.Managed, Sales: true},
			{Kind: analysis.Removed, ID: "oldco", Name: "Oldco", Of: graph.Reseller, From: graph.Ended},
		},
		Lists: []analysis.ListChange{
			{Kind: analysis.Refreshed, ID: "lists/cdw.csv", Shape: "list", From: cdwList(6522), To: cdwList(7211)},
			{Kind: analysis.Added, ID: "named_accounts", Shape: "named_accounts", To: &analysis.SnapshotList{Kind: "named_accounts", Rows: 1, Files: []analysis.SnapshotFile{{File: "lists/named.csv"}}}},
			{Kind: analysis.Refreshed, ID: "exceptions: lists/cdw-exempt.csv", Shape: "exceptions", From: &analysis.SnapshotList{Kind: "exceptions"}, To: &analysis.SnapshotList{Kind: "exceptions"}},
		},
		Definitions: []analysis.DefinitionChange{
			{Kind: analysis.Changed, Of: "segment", ID: "mid-market-it", Name: "Mid-market IT", Reach: true, Dropped: []string{"rows with employees 200..1999"}, Gained: []string{"rows with employees 250..1999"}},
			{Kind: analysis.Added, Of: "policy", ID: "credit", Name: "credit", Gained: []string{"shared"}},
			{Kind: analysis.Removed, Of: "list", ID: "lists/a.csv", Name: "lists/a.csv", Reach: true, Dropped: []string{"where last_seen >= 2026-01-01"}},
		},
		Findings: []analysis.FindingChange{
			{Kind: analysis.Changed, ID: old.ID, From: &old, To: &grown}, {Kind: analysis.Agreed, ID: agreed.ID, From: &old, To: &agreed},
			{Kind: analysis.Lapse, ID: lapsed.ID, From: &lapsed, To: &old}, {Kind: analysis.Came, ID: opening.ID, Good: true, To: &opening},
			{Kind: analysis.Went, ID: "C01-cdw-field", From: &old},
		},
	}
}

// hostileDiff has names that try to command whatever shows them.
func hostileDiff() *analysis.Diff {
	const name = "=1+1\x1b[2J\u202e<script>\nשלום " // and a long one
	d := sampleDiff()
	long := name + strings.Repeat("x", 500)
	d.From.Name, d.To.Vendor, d.NDA, d.Notes = long, long, []string{name}, []string{long}
	for i := range d.Partners {
		d.Partners[i].Name = long
	}
	for i := range d.Definitions {
		d.Definitions[i].Name, d.Definitions[i].Gained = long, []string{long}
	}
	for i := range d.Lists {
		d.Lists[i].ID = long
	}
	for i := range d.Findings {
		f := &analysis.SnapshotFinding{ID: long, Sentence: long + ": " + long, Accepted: &analysis.SnapshotAgreement{By: long, Until: long}}
		d.Findings[i].From, d.Findings[i].To = f, f
	}
	for i := range d.Audiences {
		for n := range d.Audiences[i].Sellers {
			d.Audiences[i].Sellers[n].Name = long
		}
		d.Audiences[i].Cause.Why = long
	}
	d.Audiences[1].Cause = analysis.Cause{How: analysis.NotKnown, Why: long}
	return d
}

func TestDiffGoldens(t *testing.T) {
	for name, d := range map[string]func() *analysis.Diff{"diff": sampleDiff, "diff-hostile": hostileDiff} {
		for _, f := range []Format{Text, JSON, CSV} {
			var out bytes.Buffer
			if err := Diff(&out, d(), f, TextOptions{Path: "my files/lumen"}); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, name+"."+string(f), out.Bytes())
		}
	}
}

// Nothing of a snapshot commands a terminal, and no line is wider than asked.
func TestDiffTextIsPlainAndNarrow(t *testing.T) {
	for _, width := range []int{60, 80, 120} {
		for _, d := range []*analysis.Diff{sampleDiff(), hostileDiff(), {Same: true}, {}} {
			var out bytes.Buffer
			if err := Diff(&out, d, Text, TextOptions{Width: width}); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(out.String(), "\n") {
				if displayWidth(line) > width {
					t.Errorf("wider than %d: %s", width, line)
				}
			}
			if strings.ContainsAny(out.String(), "\x1b\u202e") {
				t.Error("a control character is printed")
			}
		}
	}
}

func TestDiffAnswers(t *testing.T) {
	net := func(c analysis.Cause, from, to float64) *analysis.Diff {
		return &analysis.Diff{Audiences: []analysis.AudienceDiff{{Audience: graph.Buyers, Net: movedFrom(from, to), Cause: c}}}
	}
	limits := &analysis.Diff{Audiences: []analysis.AudienceDiff{{Audience: graph.Buyers, Net: analysis.Movement{From: ptr(exact(1)), To: &figure.Figure{Low: 1, Best: 1, High: 2}}}}}
	for want, d := range map[string]*analysis.Diff{
		"Nothing changed.\n": {Same: true},
		"Net reach of buyers rose from 9,120 to 9,840 (+720).\nAll of it by lists": net(analysis.Cause{How: analysis.OneCause, Lists: 720}, 9120, 9840),
		"Net reach of buyers fell from 5 to 3 (-2).\nAll of it by partners":        net(analysis.Cause{How: analysis.OneCause, Partners: -2}, 5, 3),
		"Net reach of buyers fell from 6 to 3 (-3).\nAll of it because":            net(analysis.Cause{How: analysis.OneCause, Definitions: -3}, 6, 3),
		"Net reach of buyers rose from 0 to 3 (+3).\nHow much of it":               net(analysis.Cause{How: analysis.NotKnown, Several: true}, 0, 3),
		"Net reach of buyers rose from 1 to 3 (+2).\nWhat moved it is not known":   net(analysis.Cause{How: analysis.NotKnown, Why: "x"}, 1, 3),
		"Net reach did not change; 1 finding came, 1 finding went.": {Findings: []analysis.FindingChange{
			{Kind: analysis.Came, To: &analysis.SnapshotFinding{}}, {Kind: analysis.Went, From: &analysis.SnapshotFinding{}}}},
		"Net reach did not change; other figures did.": limits,
	} {
		var out bytes.Buffer
		if err := Diff(&out, d, Text, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(out.String(), want) {
			t.Errorf("got\n%s, wanted\n%s", out.String(), want)
		}
	}
	if err := Diff(io.Discard, sampleDiff(), "svg", TextOptions{}); err == nil {
		t.Error("a diff is printed as a picture")
	}
}

// A snapshot that is written reads back, whatever names are in it.
func TestSnapshotIsWrittenToBeRead(t *testing.T) {
	s := &analysis.Snapshot{Version: analysis.SnapshotVersion, Vendor: "a\u202eb\x1b<", AsOf: "2026-11-23"}
	var out, again bytes.Buffer
	if err := Snapshot(&out, s); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\u202e") {
		t.Error("a control character is written")
	}
	read, err := analysis.ParseSnapshot("x", out.Bytes())
	if err != nil || read.Vendor != s.Vendor {
		t.Fatalf("%q, %v", read.Vendor, err)
	}
	if err := Snapshot(&again, read); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Errorf("it is written again as another: %v", err)
	}
}
