package analysis

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// expected is what a right answer is: counted by hand, or from the plan of the
// generator with plain sets. testdata/README.md defines its words. Figures are
// what lists prove; those of shares are not in it.
type expected struct {
	AsOf      string `json:"as_of"`
	Audiences map[graph.Audience]struct {
		Gross, Net, Duplicated int
		NetWorking             *int `json:"net_working"`
		NetWithCandidates      *int `json:"net_with_candidates"`
		Segments               map[string]struct{ Gross, Net int }
		Sellers                map[string]struct {
			Reach       int
			OnlyThrough int `json:"only_through"`
		}
	}
	Overlaps []struct {
		Audience graph.Audience
		Between  []string
		Members  int
		BothLive int `json:"both_customer_or_open"`
	}
	Live       map[string]map[string]int `json:"live_conflict"`
	Candidates map[string]struct {
		AlreadyReached int `json:"already_reached"`
		NewToUs        int `json:"new_to_us"`
		Openings       int
	}
	Lists map[string]struct {
		Rows       int
		ByName     int `json:"rows_matched_by_name"`
		Unresolved int `json:"rows_unresolved"`
	}
}

// opened keeps the studies of ecosystems that several tests ask.
var opened sync.Map

// openExpected opens an ecosystem of testdata and what is expected of it.
func openExpected(t *testing.T, dir string) (*Study, expected) {
	t.Helper()
	type both struct {
		study *Study
		want  expected
	}
	if b, ok := opened.Load(dir); ok {
		return b.(both).study, b.(both).want
	}
	s, want := readExpected(t, dir)
	opened.Store(dir, both{s, want})
	return s, want
}

func readExpected(t *testing.T, dir string) (*Study, expected) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want expected
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	day, err := graph.ParseDate(want.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), eco, Options{AsOf: day}, exposure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s, want
}

func expectedFolders(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../testdata/*/expected.json")
	small, errSmall := filepath.Glob("../testdata/small/*/expected.json")
	all = append(all, small...)
	if err != nil || errSmall != nil || len(all) < 10 {
		t.Fatalf("found %d ecosystems with expected figures (%v, %v)", len(all), err, errSmall)
	}
	for i := range all {
		all[i] = filepath.Dir(all[i])
	}
	return all
}

// listedOnly is the part of a study that lists prove.
func (s *Study) listedOnly(a graph.Audience) []*part {
	var out []*part
	for _, p := range s.partsOf(a) {
		c := *p
		c.shares, c.known = nil, nil
		c.reach = bounds.New(len(s.Sellers), s.groups(p.table, p.cell), nil, 0)
		out = append(out, &c)
	}
	return out
}

func TestReachIsAsExpected(t *testing.T) {
	for _, dir := range expectedFolders(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			s, want := openExpected(t, dir)
			contracted := s.today.Union(s.signed)
			for a, w := range want.Audiences {
				parts := s.listedOnly(a)
				net := func(of figure.Sellers) int {
					return int(sumOver(parts, func(p *part) figure.Figure { return p.reach.Net(of) }).Best)
				}
				equal(t, string(a)+" net", net(contracted), w.Net)
				equal(t, string(a)+" duplicated", int(sumOver(parts, func(p *part) figure.Figure { return p.reach.Duplicated(contracted) }).Best), w.Duplicated)
				if w.NetWorking != nil {
					equal(t, string(a)+" net working", net(s.today), *w.NetWorking)
				}
				if w.NetWithCandidates != nil {
					equal(t, string(a)+" net with candidates", net(contracted.Union(s.candidates)), *w.NetWithCandidates)
				}
				gross := 0
				for i, seller := range s.Sellers {
					of := figure.SellersOf(len(s.Sellers), i)
					if !contracted.Has(i) {
						continue
					}
					reach := net(of)
					gross += reach
					equal(t, string(a)+" reach of "+seller.ID, reach, w.Sellers[seller.ID].Reach)
					others := contracted.Clone()
					others.Remove(i)
					only := sumOver(parts, func(p *part) figure.Figure { return p.reach.Incremental(of, others) }).Best
					equal(t, string(a)+" only through "+seller.ID, int(only), w.Sellers[seller.ID].OnlyThrough)
				}
				equal(t, string(a)+" gross", gross, w.Gross)
				for _, p := range parts {
					name := "unassigned"
					if p.segment >= 0 {
						name = s.Ecosystem.Segments[p.segment].ID
					}
					if a != graph.Accounts && len(w.Segments) > 0 {
						equal(t, name+" net", int(p.reach.Net(contracted).Best), w.Segments[name].Net)
					}
				}
			}
		})
	}
}

func equal(t *testing.T, what string, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %d, want %d", what, got, want)
	}
}

func TestOverlapsAreAsExpected(t *testing.T) {
	for _, dir := range expectedFolders(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			s, want := openExpected(t, dir)
			found := s.Overlaps()
			for _, w := range want.Overlaps {
				p := findPair(found, w.Audience, w.Between)
				if p == nil {
					if w.Members > 0 {
						t.Errorf("%s and %s share no %s, want %d", w.Between[0], w.Between[1], w.Audience, w.Members)
					}
					continue
				}
				equal(t, strings.Join(w.Between, " and ")+", "+string(w.Audience), int(p.Members.Best), w.Members)
				equal(t, strings.Join(w.Between, " and ")+", customer or open on both sides", bothActive(p), w.BothLive)
			}
		})
	}
}

func findPair(o *Overlaps, a graph.Audience, between []string) *Pair {
	for _, audience := range o.Audiences {
		for i := range audience.Pairs {
			p := &audience.Pairs[i]
			if audience.Audience == a && slices.Contains(between, p.P.ID) && slices.Contains(between, p.Q.ID) {
				return p
			}
		}
	}
	return nil
}

// bothActive reads from the grid of statuses how many are customer or open on
// both sides.
func bothActive(p *Pair) int {
	var n float64
	for _, g := range p.Grid {
		if g.P != graph.Relationship && g.P != graph.Target && g.Q != graph.Relationship && g.Q != graph.Target {
			n += g.Members
		}
	}
	return int(n)
}

// The example's live conflict is that of its plan, pair by pair and segment by
// segment.
func TestLumenLiveConflict(t *testing.T) {
	s, want := openExpected(t, "../testdata/lumen")
	o := s.Overlaps()
	for _, a := range o.Audiences {
		if a.Audience == graph.Buyers {
			equal(t, "live conflict of all pairs", int(a.Live), want.Live["all but marketplaces"]["all"])
		}
	}
	for pair, segments := range want.Live {
		p := findPair(o, graph.Buyers, strings.Fields(pair))
		if strings.HasPrefix(pair, "all") || p == nil {
			continue
		}
		equal(t, pair, int(p.live()), segments["all"])
		for _, seg := range p.Segments {
			equal(t, pair+" in "+seg.Segment.ID, int(seg.Live), segments[seg.Segment.ID])
		}
	}
}

// What signing the candidate would bring is what the plan says.
func TestLumenCandidate(t *testing.T) {
	s, want := openExpected(t, "../testdata/lumen")
	shi := slices.IndexFunc(s.Sellers, func(x graph.Seller) bool { return x.ID == "shi" })
	w := want.Candidates["shi"]
	equal(t, "new to us", int(s.vettingOf([]int{shi}).audience(graph.Buyers).New), w.NewToUs)
	b := newMapBuilder(s)
	equal(t, "could collide", int(b.proved[shi][graph.Buyers].collide), w.AlreadyReached)
	equal(t, "in live conflict", int(b.proved[shi][graph.Buyers].live), 0)
}

// Every list is matched as the plan wrote it.
func TestLumenMatching(t *testing.T) {
	s, want := openExpected(t, "../testdata/lumen")
	for _, l := range s.Exposure.Lists {
		name := filepath.Base(l.Spec.File)
		w, ok := want.Lists[name]
		if !ok {
			continue
		}
		if w.Rows > 0 {
			equal(t, name+" rows", l.Matching.Rows, w.Rows)
		}
		equal(t, name+" by name", l.Matching.ByName, w.ByName)
		equal(t, name+" unresolved", l.Matching.Unresolved, w.Unresolved)
	}
}

// Two tiers, three promises: the relation of a supplier and the tier below it is
// no rivalry where the deal is named, and one where it is not.
func TestLumenSupply(t *testing.T) {
	s, _ := openExpected(t, "../testdata/lumen")
	p := findPair(s.Overlaps(), graph.Buyers, []string{"td-synnex", "cdw"})
	if p == nil || p.Pattern != conflict.Bypass {
		t.Fatalf("TD Synnex and CDW are %+v, want a pair of supplier and supplied", p)
	}
	counts := map[conflict.Relation]float64{}
	for _, r := range p.Relations {
		counts[r.Relation] = r.Members
	}
	if counts[conflict.SameDeal] < 500 || counts[conflict.Live]+counts[conflict.CouldCollide] != 6 {
		t.Errorf("supplier and supplied: %v, want hundreds on one deal and six that bypass", counts)
	}
}

// Whatever a list holds, its rows are all accounted for.
func TestRowsAreAccountedFor(t *testing.T) {
	for _, dir := range expectedFolders(t) {
		s, _ := openExpected(t, dir)
		for _, l := range s.Exposure.Lists {
			delivered := 0
			for _, f := range l.Summary.Files {
				delivered += f.Rows
			}
			counted := l.Matching.Matched() + l.Matching.NewDomains + l.Matching.Unresolved
			if counted != l.Matching.Rows || l.Spec.Layout != graph.LayoutWide && delivered < l.Matching.Rows {
				t.Errorf("%s %s: %+v of %d rows delivered", dir, l.Spec.File, l.Matching, delivered)
			}
		}
	}
}
