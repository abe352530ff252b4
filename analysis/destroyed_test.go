package analysis

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// openWritten opens an ecosystem of three partners: two with lists that must be
// destroyed by the end of October, of whom Beta gives a figure as well.
func openWritten(t *testing.T, asOf string, change ...string) (*Study, error) {
	t.Helper()
	dir := t.TempDir()
	text := strings.NewReplacer(change...).Replace(`vendor: Brisk
segments:
  - {id: all, name: All, audience: buyers, addressable: 90}
  - {id: far, name: Far, audience: buyers, addressable: 10}
channels:
  - {id: field, name: Direct sales, kind: direct-buyer}
  - {id: resellers, name: Resellers, kind: reseller}
partners:
  - {id: alpha, name: Alpha, channel: resellers, accounts: {file: alpha.csv, segment: all, nda: {party: Alpha, destroy_by: 2026-10-31}}}
  - {id: beta, name: Beta, channel: resellers, accounts: {file: beta.csv, segment: all, nda: {party: Beta, destroy_by: 2026-10-31}}, reaches: [{segment: all, share: 0.1, basis: reported}]}
  - {id: gamma, name: Gamma, channel: resellers, accounts: {file: gamma.csv, segment: all}}
aliases: {file: aliases.csv, nda: {party: Alpha, destroy_by: 2026-10-31}}
`)
	for name, content := range map[string]string{
		graph.FileName: text, "alpha.csv": "website\na.example\nc.example\n", "beta.csv": "website\nb.example\n",
		"gamma.csv": "website\ng.example\nc-old.example\n", "aliases.csv": "alias,account\nc-old.example,c.example\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	day, err := graph.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	return Open(context.Background(), eco, Options{AsOf: day}, exposure.Options{Keep: true})
}

func mustOpen(t *testing.T, asOf string, change ...string) *Study {
	t.Helper()
	s, err := openWritten(t, asOf, change...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A list is used to its last day. After it everything else is analysed, and the
// report says what it is made without.
func TestListsPastTheirDayAreLeftOut(t *testing.T) {
	last := mustOpen(t, "2026-10-31")
	if head := last.Head(); len(last.destroyed) > 0 || len(head.NDA) != 3 || head.Lists != 3 {
		t.Fatalf("on the last day %d are left out, of %d lists", len(last.destroyed), head.Lists)
	}
	s := mustOpen(t, "2026-11-01")
	head := s.Head()
	if len(head.NDA) != 0 || head.Lists != 1 {
		t.Errorf("the head names %v and %d lists", head.NDA, head.Lists)
	}
	var told []string
	for _, n := range head.Notices {
		if n.Code == DestroyedCode {
			told = append(told, n.Text)
			if n.Info || !n.Lost || len(n.Places) != 1 || n.Places[0].File != graph.FileName || n.Places[0].Row == 0 {
				t.Errorf("the notice is %+v", n)
			}
		}
		if n.Code == "reach-not-known" && strings.Contains(n.Text, "Alpha") {
			t.Errorf("Alpha looks like one of whom nobody told anything: %s", n.Text)
		}
	}
	if len(told) != 3 || !strings.Contains(told[0], "alpha.csv was not read") || !strings.Contains(told[0], "nothing else tells whom Alpha reaches") ||
		strings.Contains(told[1], "nothing else tells") || !strings.Contains(told[2], "aliases.csv (aliases) was not read") {
		t.Errorf("told: %q", told)
	}
	// The figure of Beta counts in place of its list.
	if net := s.Audit().Audiences[0].Total.Net; net.Low != 9 || net.High != 11 {
		t.Errorf("net is %+v", net)
	}
}

// A partner with another source is vetted, one without is refused, and so is an
// ecosystem of which nothing is left.
func TestNothingButListsPastTheirDay(t *testing.T) {
	s := mustOpen(t, "2026-11-01")
	var refused *DestroyedError
	if _, err := s.Vet(t.Context(), "alpha"); !errors.As(err, &refused) || len(refused.Lists) != 1 || !strings.Contains(err.Error(), "destroy this list by 2026-10-31") {
		t.Errorf("vet alpha: %v", err)
	}
	v, err := s.Vet(t.Context(), "beta")
	if err != nil || v.Verdict.Kind != CannotBeDecided || !slices.ContainsFunc(v.Verdict.Missing, func(m string) bool { return strings.Contains(m, "beta.csv") }) {
		t.Errorf("vet beta: %+v, %v", v, err)
	}
	without := []string{
		", reaches: [{segment: all, share: 0.1, basis: reported}]", "",
		", accounts: {file: gamma.csv, segment: all}", "",
	}
	if _, err := openWritten(t, "2026-11-01", without...); !errors.As(err, &refused) || len(refused.Lists) != 3 {
		t.Errorf("nothing is left, and it says %v", err)
	}
	if _, err := openWritten(t, "2026-10-31", without...); err != nil {
		t.Error(err)
	}
}

// Whom a list that was not read reaches nobody knows: it is not said that one
// partner alone leads to a segment, or none, where it may lead there, too.
func TestListsPastTheirDayHideNoPathway(t *testing.T) {
	found := func(asOf string) []string {
		c, err := mustOpen(t, asOf, ", reaches: [{segment: all, share: 0.1, basis: reported}]", "").Conflicts()
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, f := range c.Findings {
			if f.Rule == "G01" || f.Rule == "G02" {
				ids = append(ids, f.ID)
			}
		}
		return ids
	}
	want := []string{"G01-far"}
	if got := found("2026-10-31"); !slices.Equal(got, want) {
		t.Errorf("on the last day: %v", got)
	}
	if got := found("2026-11-01"); !slices.Equal(got, want) {
		t.Errorf("after it: %v", got)
	}
}

// What goes with lists that must be destroyed is told apart from all else, and so is
// what comes back with a later day.
func TestCausesOfListsLeftOut(t *testing.T) {
	side := func(name, asOf string, change ...string) Side {
		s := mustOpen(t, asOf, change...)
		snapshot, err := s.Snapshot(func(file string) (string, error) { return name + file, nil })
		if err != nil {
			t.Fatal(err)
		}
		eco, _ := exposure.WithoutDestroyed(s.given, s.opts.AsOf)
		return Side{Name: name, Snapshot: snapshot, Ecosystem: eco, Options: s.opts}
	}
	before, after := side("a", "2026-10-31"), side("a", "2026-11-01")
	for _, tt := range []struct {
		name     string
		from, to Side
	}{{"left out", before, after}, {"read again", after, before}} {
		d := Compare(tt.from, tt.to)
		for _, a := range d.Audiences {
			if a.Cause.How != OneCause || a.Cause.LeftOut != a.Net.By || a.Net.By == 0 {
				t.Errorf("%s: %s moved by %v, and the cause is %+v", tt.name, a.Audience, a.Net.By, a.Cause)
			}
		}
		if len(d.Definitions) > 0 || len(d.Lists) != 3 {
			t.Errorf("%s: %d lists and definitions %+v changed", tt.name, len(d.Lists), d.Definitions)
		}
	}
	ended := side("b", "2026-11-01", "id: gamma, name: Gamma,", "id: gamma, name: Gamma, stage: ended,")
	for _, pair := range [][2]Side{{before, ended}, {ended, before}} {
		d := Compare(pair[0], pair[1])
		if err := d.CountCauses(t.Context(), pair[0], pair[1], exposure.Options{}); err != nil {
			t.Fatal(err)
		}
		for _, a := range d.Audiences {
			if c := a.Cause; c.How != CountedOut || c.LeftOut == 0 || c.Partners == 0 || !close2(c.LeftOut+c.Lists+c.Partners+c.Definitions, a.Net.By) || !close2(c.Definitions, 0) {
				t.Errorf("%s: %s moved by %v, and the cause is %+v", pair[1].Name, a.Audience, a.Net.By, c)
			}
		}
	}
}
