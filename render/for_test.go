package render

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// refusedExamples are those that are there to be refused.
var refusedExamples = map[string]bool{"broken": true, "cycle": true, "contradiction": true, "expired-nda": true}

func loadExample(t *testing.T, dir string) *graph.Ecosystem {
	t.Helper()
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return eco
}

func openFor(t *testing.T, eco *graph.Ecosystem, who string) *analysis.Study {
	t.Helper()
	options := analysis.Options{AsOf: eco.AsOf, For: who}
	if options.AsOf.IsZero() {
		options.AsOf = graph.Date{Year: 2026, Month: 11, Day: 23}
	}
	s, err := analysis.Open(context.Background(), eco, options, exposure.Options{})
	if err != nil {
		t.Fatalf("for %s: %v", who, err)
	}
	return s
}

// handed is everything that can be handed over of an ecosystem.
type handed struct {
	audit    *analysis.Audit
	drawn    *analysis.Map
	snapshot *analysis.Snapshot
	out      map[string]string // by report and format
}

func handOver(t *testing.T, s *analysis.Study) *handed {
	t.Helper()
	h := &handed{audit: s.Audit(), drawn: s.Map(), out: map[string]string{}}
	var err error
	if h.snapshot, err = s.Snapshot(func(string) (string, error) { return "digest", nil }); err != nil {
		t.Fatal(err)
	}
	print := func(name string, write func(*bytes.Buffer) error) {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		h.out[name] = out.String()
	}
	for _, f := range []Format{Text, JSON, CSV} {
		print("audit "+string(f), func(out *bytes.Buffer) error { return Audit(out, h.audit, f, TextOptions{Path: "somewhere/secret"}) })
	}
	print("snapshot", func(out *bytes.Buffer) error { return Snapshot(out, h.snapshot) })
	print("map json", func(out *bytes.Buffer) error { return MapJSON(out, h.drawn) })
	print("map dot", func(out *bytes.Buffer) error { return MapDOT(out, h.drawn) })
	print("map svg", func(out *bytes.Buffer) error { return MapSVG(context.Background(), out, h.drawn, MapOptions{}) })
	return h
}

// eachHanded hands over every example to the board and to several of its partners.
func eachHanded(t *testing.T, test func(t *testing.T, plain *analysis.Study, who string, h *handed)) {
	t.Helper()
	folders, err := filepath.Glob("../testdata/small/*")
	if err != nil || len(folders) < 15 {
		t.Fatalf("found %d small ecosystems (%v)", len(folders), err)
	}
	for _, dir := range append(folders, "../testdata/lumen", "../testdata/situations/renewal") {
		name := filepath.Base(dir)
		if refusedExamples[name] {
			continue
		}
		eco := loadExample(t, dir)
		plain := openFor(t, eco, "")
		for _, who := range receivers(plain) {
			t.Run(name+" for "+EscapeControls(who), func(t *testing.T) { test(t, plain, who, handOver(t, openFor(t, eco, who))) })
		}
	}
}

// receivers are the board and at most five partners: of many some, and those of lumen
// that are behind a supplier, supply, or are candidates.
func receivers(s *analysis.Study) []string {
	out := []string{analysis.ForBoard}
	all := s.Ecosystem.Partners
	for i := range all {
		if len(all) <= 5 || len(all) > 20 && i%(len(all)/4) == 0 || slices.Contains([]string{"cdw", "td-synnex", "shi"}, all[i].ID) {
			out = append(out, all[i].ID)
		}
	}
	return out
}

// What is meant for others, in every report and format, names nobody else and tells
// no small count.
func TestForOthers(t *testing.T) {
	smalls := 0
	eachHanded(t, func(t *testing.T, plain *analysis.Study, who string, h *handed) {
		namesNobodyElse(t, plain, who, h)
		smalls += tellsNoSmallCount(t, h)
		csvTellsNoSmallCount(t, h.out["audit csv"])
	})
	if smalls == 0 {
		t.Error("no example has a small number, and this test shows nothing")
	}
}

// What others are called, cost, promise and are looked after by does not change a
// byte of what a partner gets, nor does their place in the file.
func TestForPartnerRestsOnNothingOfOthers(t *testing.T) {
	for _, c := range []struct{ dir, who string }{
		{"../testdata/lumen", "cdw"}, {"../testdata/lumen", "shi"}, {"../testdata/small/distributor", "northline"}, {"../testdata/small/tiers", ""},
	} {
		eco := loadExample(t, c.dir)
		if c.who == "" {
			c.who = eco.Partners[0].ID
		}
		want := handOver(t, openFor(t, eco, c.who)).out
		for name, text := range handOver(t, openFor(t, othersRenamed(eco, c.who), c.who)).out {
			if text != want[name] {
				t.Errorf("%s for %s: %s differs where others are called otherwise", c.dir, c.who, name)
			}
		}
		for name, text := range handOver(t, openFor(t, othersReversed(eco, c.who), c.who)).out {
			if !strings.Contains(name, "svg") && text != want[name] { // edges that cross may be laid out otherwise
				t.Errorf("%s for %s: %s differs where others stand otherwise in the file: %s", c.dir, c.who, name, firstDifference(text, want[name]))
			}
		}
	}
}

// firstDifference is the first line in which two texts differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %q, not %q", i+1, a[i], b[i])
		}
	}
	return "one is longer"
}

func othersRenamed(eco *graph.Ecosystem, who string) *graph.Ecosystem {
	e := *eco
	e.Partners = slices.Clone(eco.Partners)
	for i := range e.Partners {
		p := &e.Partners[i]
		if p.ID == who {
			continue
		}
		p.AKA = append(slices.Clone(p.AKA), p.Name)
		p.Name, p.Owner, p.Margin = fmt.Sprintf("%c. Unlike", 'Z'-i), "somebody", nil
		p.Terms, p.Cost, p.Offering = nil, graph.Cost{}, graph.Offering{}
	}
	return &e
}

// othersReversed has the other partners in the places of one another.
func othersReversed(eco *graph.Ecosystem, who string) *graph.Ecosystem {
	e := *eco
	var others []graph.Partner
	for _, p := range eco.Partners {
		if p.ID != who {
			others = append(others, p)
		}
	}
	e.Partners = nil
	for _, p := range eco.Partners {
		if p.ID != who {
			p, others = others[len(others)-1], others[:len(others)-1]
		}
		e.Partners = append(e.Partners, p)
	}
	return &e
}

// A picture as PNG is drawn of the same map; where that is for others it still is
// one.
func TestForOthersDrawsPNG(t *testing.T) {
	m := openFor(t, loadExample(t, "../testdata/small/distributor"), "northline").Map()
	var out bytes.Buffer
	if _, err := MapPNG(context.Background(), &out, m, MapOptions{Scale: 1}); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("\x89PNG")) {
		t.Errorf("no PNG: %v", err)
	}
}
