package analysis

import (
	"context"
	"maps"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// smallWorld is a vendor with a list of its own, a reseller that works and one that
// does not yet. Buyers today: a to d of ours, d and e of Alpha.
func smallWorld() map[string]string {
	return map[string]string{
		"ecosystem.yaml": `vendor: V
as_of: 2026-11-23
segments: [{id: mid, name: Mid, audience: buyers, addressable: 100, match: {employees: 1..999}}]
channels:
  - {id: field, name: Field, kind: direct-buyer, accounts: {file: crm.csv, where: employees >= 10}}
  - {id: resellers, name: Resellers, kind: reseller}
partners:
  - {id: alpha, name: Alpha, channel: resellers, accounts: alpha.csv}
  - {id: beta, name: Beta, channel: resellers, stage: negotiating, accounts: beta.csv}
`,
		"crm.csv":   "Website,Employees,Status\na.example,50,customer\nb.example,50,customer\nc.example,50,customer\nd.example,50,customer\nz.example,5,customer\n",
		"alpha.csv": "Website,Employees,Status\nd.example,50,customer\ne.example,50,customer\n",
		"beta.csv":  "Website,Employees,Status\ne.example,50,open\nf.example,50,open\ng.example,50,open\n",
	}
}

// edit changes one file of a world: the old text must be there.
type edit struct{ file, old, text string }

func changed(t *testing.T, edits ...edit) map[string]string {
	t.Helper()
	world := maps.Clone(smallWorld())
	for _, e := range edits {
		if !strings.Contains(world[e.file], e.old) {
			t.Fatalf("%s does not hold %q", e.file, e.old)
		}
		world[e.file] = strings.Replace(world[e.file], e.old, e.text, 1)
	}
	return world
}

func sideOf(t *testing.T, world map[string]string) Side {
	t.Helper()
	dir := writeFolder(t, world)
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{AsOf: eco.AsOf}
	s, err := Open(context.Background(), eco, opts, exposure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Side{Name: filepath.Base(dir), Snapshot: takeSnapshot(t, s), Ecosystem: eco, Options: opts}
}

var (
	refresh   = edit{"alpha.csv", "e.example,50,customer\n", "e.example,50,customer\nh.example,50,customer\n"}
	sign      = edit{"ecosystem.yaml", "stage: negotiating", "stage: managed"}
	redefine  = edit{"ecosystem.yaml", "employees >= 10", "employees >= 1"}
	leave     = edit{"ecosystem.yaml", "  - {id: alpha, name: Alpha, channel: resellers, accounts: alpha.csv}\n", ""}
	newList   = edit{"ecosystem.yaml", "partners:", "lists: [{file: more.csv, partner: alpha}]\npartners:"}
	newMember = edit{"ecosystem.yaml", "  - {id: beta", "  - {id: gamma, name: Gamma, channel: resellers, supplied_by: [alpha], accounts: beta.csv}\n  - {id: beta"}
)

// Causes add up to the movement, whatever changed together, and are known without
// counting where one thing changed.
func TestDiffCauses(t *testing.T) {
	for _, c := range []struct {
		name                              string
		edits                             []edit
		more                              map[string]string
		net, lists, partners, definitions float64
		how                               CauseKind
	}{
		{name: "nothing"},
		{name: "a list", edits: []edit{refresh}, net: 1, lists: 1, how: OneCause},
		{name: "a partner", edits: []edit{sign}, net: 2, partners: 2, how: OneCause},
		{name: "a partner with its list", edits: []edit{sign, {"beta.csv", "g.example", "e.example"}}, net: 1, partners: 1, how: OneCause},
		{name: "a definition", edits: []edit{redefine}, net: 1, definitions: 1, how: OneCause},
		{name: "all three", edits: []edit{refresh, sign, redefine}, net: 4, lists: 1, partners: 2, definitions: 1, how: CountedOut},
		{name: "a list under the old definition", edits: []edit{redefine, {"crm.csv", "z.example,5,customer\n", "z.example,5,customer\ny.example,5,customer\n"}},
			net: 2, definitions: 2, how: CountedOut},
		{name: "a partner left, a list came", edits: []edit{leave, {"crm.csv", "z.example,5", "z.example,50"}}, net: 0},
		{name: "a partner left, two rows came", edits: []edit{leave, {"crm.csv", "z.example,5,customer\n", "z.example,50,customer\ny.example,50,customer\n"}},
			net: 1, partners: -1, lists: 2, how: CountedOut},
		{name: "a new list and a definition", edits: []edit{newList, redefine}, more: map[string]string{"more.csv": "Website,Employees,Status\nk.example,50,customer\n"},
			net: 2, lists: 1, definitions: 1, how: CountedOut},
		{name: "a new partner and a list", edits: []edit{newMember, refresh}, net: 3, lists: 1, partners: 2, how: CountedOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, after := sideOf(t, smallWorld()), changed(t, c.edits...)
			maps.Copy(after, c.more)
			b := sideOf(t, after)
			d := Compare(a, b)
			if err := d.CountCauses(context.Background(), a, b, exposure.Options{}); err != nil {
				t.Fatal(err)
			}
			x := buyersOf(t, d)
			got := x.Cause
			if c.how == "" && c.net == 0 { // limits may have moved; what counts is that nothing is claimed
				c.how, got.How = "", ""
			}
			if x.Net.By != c.net || got.How != c.how || got.Lists != c.lists || got.Partners != c.partners || got.Definitions != c.definitions {
				t.Errorf("net %v, cause %+v", x.Net.By, x.Cause)
			}
			back := Compare(b, a)
			if err := back.CountCauses(context.Background(), b, a, exposure.Options{}); err != nil {
				t.Fatal(err)
			}
			y := buyersOf(t, back)
			if sum := y.Cause.Lists + y.Cause.Partners + y.Cause.Definitions; y.Net.By != -c.net || math.Abs(sum-y.Net.By) > 1e-9 && c.net != 0 {
				t.Errorf("the way back: net %v, cause %+v", y.Net.By, y.Cause)
			}
		})
	}
}

func buyersOf(t *testing.T, d *Diff) *AudienceDiff {
	t.Helper()
	for i := range d.Audiences {
		if d.Audiences[i].Audience == graph.Buyers {
			return &d.Audiences[i]
		}
	}
	t.Fatal("no buyers")
	return nil
}

// Two snapshots cannot tell several causes apart, and say so; so do folders whose
// lists do not fit the other's definitions.
func TestDiffSaysWhatItCannotTell(t *testing.T) {
	a, b := sideOf(t, smallWorld()), sideOf(t, changed(t, refresh, redefine))
	if x := buyersOf(t, Compare(a, b)); x.Cause.How != NotKnown || !x.Cause.Several {
		t.Errorf("cause %+v", x.Cause)
	}
	other := changed(t, edit{"ecosystem.yaml", "employees >= 10", "size >= 1"}, edit{"crm.csv", "Employees", "Size"})
	b = sideOf(t, other)
	d := Compare(a, b)
	if err := d.CountCauses(context.Background(), a, b, exposure.Options{}); err != nil {
		t.Fatal(err)
	}
	if x := buyersOf(t, d); x.Cause.How != NotKnown || x.Cause.Several || !strings.Contains(x.Cause.Why, "cannot be counted by the definitions") {
		t.Errorf("cause %+v", x.Cause)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	a, b = sideOf(t, smallWorld()), sideOf(t, changed(t, refresh, redefine))
	if err := Compare(a, b).CountCauses(ctx, a, b, exposure.Options{}); err == nil {
		t.Error("a run that was stopped ends without an error")
	}
}

func TestDiffOfPartnersListsAndDefinitions(t *testing.T) {
	a := sideOf(t, smallWorld())
	d := Compare(a, sideOf(t, changed(t, sign, refresh, redefine)))
	if len(d.Partners) != 1 || d.Partners[0].Kind != SignedUp || d.Partners[0].ID != "beta" || !d.Partners[0].Sales {
		t.Errorf("partners %+v", d.Partners)
	}
	if len(d.Lists) != 1 || d.Lists[0].Kind != Refreshed || d.Lists[0].ID != "alpha.csv" || d.ListsUnchanged != 2 {
		t.Errorf("lists %+v, %d unchanged", d.Lists, d.ListsUnchanged)
	}
	if len(d.Definitions) != 1 || d.Definitions[0].Dropped[0] != "where employees >= 10" || d.Definitions[0].Gained[0] != "where employees >= 1" {
		t.Errorf("definitions %+v", d.Definitions)
	}
	d = Compare(a, sideOf(t, changed(t, leave)))
	if len(d.Partners) != 1 || d.Partners[0].Kind != Removed || len(d.Lists) != 1 || d.Lists[0].Kind != Removed || len(d.Definitions) != 0 {
		t.Errorf("a partner that is gone: %+v %+v %+v", d.Partners, d.Lists, d.Definitions)
	}
	d = Compare(a, sideOf(t, changed(t, newMember)))
	if len(d.Partners) != 1 || d.Partners[0].Kind != Added || len(d.Lists) != 1 || d.Lists[0].Kind != Added || len(d.Definitions) != 0 {
		t.Errorf("a partner that is new: %+v %+v %+v", d.Partners, d.Lists, d.Definitions)
	}
}

func TestDiffOfFindings(t *testing.T) {
	finding := func(id string, live float64, accepted string) SnapshotFinding {
		f := SnapshotFinding{ID: id, Counts: []SnapshotCount{{graph.Buyers, live, 0, 0}}}
		if accepted != "" {
			f.Accepted = &SnapshotAgreement{By: "j.doe", Until: accepted}
		}
		return f
	}
	candidate := finding("x", 1, "")
	candidate.Candidate = true
	cases := finding("x", 1, "")
	cases.Cases = 2
	none := SnapshotFinding{}
	for name, c := range map[string]struct {
		from, to SnapshotFinding
		want     ChangeKind
	}{
		"came":      {none, finding("x", 1, ""), Came},
		"went":      {finding("x", 1, ""), none, Went},
		"same":      {finding("x", 1, ""), finding("x", 1, ""), ""},
		"grew":      {finding("x", 1, ""), finding("x", 2, ""), Changed},
		"cases":     {finding("x", 1, ""), cases, Changed},
		"accepted":  {finding("x", 1, ""), finding("x", 2, "2027-01-01"), Agreed},
		"lapsed":    {finding("x", 1, "2026-11-01"), finding("x", 1, ""), Lapse},
		"withdrawn": {finding("x", 1, "2027-01-01"), finding("x", 1, ""), Withdrawn},
		"for ever":  {finding("x", 1, ""), finding("x", 1, ""), ""},
		"in-effect": {candidate, finding("x", 1, ""), TookEffect},
	} {
		world := func(f SnapshotFinding) Side {
			s := &Snapshot{Vendor: "V", AsOf: "2026-11-23"}
			if f.ID != "" {
				s.Findings = []SnapshotFinding{f}
			}
			return Side{Snapshot: s}
		}
		d := Compare(world(c.from), world(c.to))
		got := ChangeKind("")
		if len(d.Findings) > 0 {
			got = d.Findings[0].Kind
		}
		if got != c.want || d.Same != (c.want == "") {
			t.Errorf("%s: told as %q, same %v", name, got, d.Same)
		}
	}
}

// The day, the vendor and the currency are told where they are others.
func TestDiffNotes(t *testing.T) {
	a := Side{Snapshot: &Snapshot{Vendor: "V", AsOf: "2026-09-30", Currency: "USD"}}
	b := Side{Snapshot: &Snapshot{Vendor: "W", AsOf: "2026-11-23", Currency: ""}}
	d := Compare(a, b)
	text := strings.Join(d.Notes, " ")
	for _, want := range []string{"Two vendors", "moved from 2026-09-30 to 2026-11-23: windows opened", "in USD before and in no currency after"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	if d.Same || !strings.Contains(strings.Join(Compare(b, a).Notes, " "), "the first is the later one") {
		t.Error("an order that is turned round is not told")
	}
}

// Counting with one side held leaves both ecosystems as they were.
func TestDiffReadsOnly(t *testing.T) {
	a, b := sideOf(t, smallWorld()), sideOf(t, changed(t, refresh, sign, redefine))
	before := asJSON(t, []any{a.Ecosystem.Lists, a.Ecosystem.Partners, b.Ecosystem.Lists, b.Ecosystem.Partners})
	if err := Compare(a, b).CountCauses(context.Background(), a, b, exposure.Options{}); err != nil {
		t.Fatal(err)
	}
	if after := asJSON(t, []any{a.Ecosystem.Lists, a.Ecosystem.Partners, b.Ecosystem.Lists, b.Ecosystem.Partners}); string(after) != string(before) {
		t.Error("counting changed an ecosystem")
	}
}
