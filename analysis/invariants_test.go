package analysis

import (
	"context"
	"encoding/json"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// refusedExamples are those that are there to be refused.
var refusedExamples = map[string]bool{"broken": true, "cycle": true, "contradiction": true, "expired-nda": true}

// eachExample runs a test on every ecosystem of testdata that can be read, and on
// the one that the input's documentation writes out.
func eachExample(t *testing.T, test func(*testing.T, *Study)) {
	t.Helper()
	folders, err := filepath.Glob("../testdata/small/*")
	if err != nil || len(folders) < 15 {
		t.Fatalf("found %d small ecosystems (%v)", len(folders), err)
	}
	for _, dir := range append(folders, "../testdata/lumen") {
		name := filepath.Base(dir)
		if refusedExamples[name] {
			continue
		}
		t.Run(name, func(t *testing.T) { test(t, openExample(t, dir, Options{})) })
	}
}

func openExample(t testing.TB, dir string, opts Options) *Study {
	t.Helper()
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	opts.AsOf = eco.AsOf
	if opts.AsOf.IsZero() {
		opts.AsOf = graph.Date{Year: 2026, Month: 11, Day: 23}
	}
	s, err := Open(context.Background(), eco, opts, exposure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const slack = 1e-6

func close2(a, b float64) bool { return math.Abs(a-b) <= slack*max(1, math.Abs(a), math.Abs(b)) }

// What sellers add one after the other, and their fair shares, sum to net reach;
// gross is the sum of what they reach; nobody counts for more than their gross
// or for less than what they alone reach.
func TestAuditAddsUp(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		for _, order := range []string{OrderFile, OrderGreedy} {
			s.opts.Order = order
			for _, a := range s.Audit().Audiences {
				auditAddsUp(t, a)
			}
		}
	})
}

func auditAddsUp(t *testing.T, a AudienceAudit) {
	t.Helper()
	var gross, adds, shapley float64
	for _, row := range a.Sellers {
		if !row.Today {
			continue
		}
		gross += row.Gross.Best
		adds += row.Incremental.Best
		shapley += row.Shapley.Best
		if row.OnlyThrough.Best > row.Shapley.Best+slack || row.Shapley.Best > row.Gross.Best+slack {
			t.Errorf("%s %s: only through %v, fair share %v, gross %v are out of order",
				a.Audience, row.Seller.ID, row.OnlyThrough.Best, row.Shapley.Best, row.Gross.Best)
		}
	}
	net := a.Total.Net.Best
	for what, sum := range map[string]float64{"adds": adds, "fair shares": shapley} {
		if !close2(sum, net) {
			t.Errorf("%s: %s sum to %v, net is %v", a.Audience, what, sum, net)
		}
	}
	if a.Total.Net.High > a.Total.Gross.High+slack || a.Total.Net.Low > a.Total.Gross.Low+slack {
		t.Errorf("%s: net %+v is above gross %+v", a.Audience, a.Total.Net, a.Total.Gross)
	}
	if !close2(gross, a.Total.Gross.Best) || !close2(a.Total.Duplication.Best, gross-net) {
		t.Errorf("%s: gross %v, sum %v; duplication %v", a.Audience, a.Total.Gross.Best, gross, a.Total.Duplication.Best)
	}
	var channels, mix, segments float64
	var channelGross float64
	for _, row := range a.Channels {
		channels += row.Incremental.Best
		channelGross += row.Gross.Best
	}
	if !close2(channelGross, gross) {
		t.Errorf("%s: gross of channels sums to %v, of all to %v", a.Audience, channelGross, gross)
	}
	for _, m := range a.Mix {
		mix += *m.Share
	}
	for _, seg := range a.Segments {
		segments += seg.Totals.Net.Best
	}
	if !close2(channels, net) || net > 0 && !close2(mix, 1) || a.Audience != graph.Accounts && !close2(segments, net) {
		t.Errorf("%s: net %v; channels add %v, segments %v, mix %v", a.Audience, net, channels, segments, mix)
	}
}

// Greedy order never does worse than the order of the file, at any length.
func TestGreedyOrderLeads(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		s.opts.Order = OrderFile
		file := s.Audit()
		s.opts.Order = OrderGreedy
		greedy := s.Audit()
		for i, a := range greedy.Audiences {
			if len(a.Sellers) == 0 || !a.Sellers[0].Today {
				continue
			}
			for _, row := range file.Audiences[i].Sellers {
				if row.Today && row.Gross.Best > a.Sellers[0].Gross.Best+slack {
					t.Errorf("%s: greedy starts with %s (%v), though %s reaches %v",
						a.Audience, a.Sellers[0].Seller.ID, a.Sellers[0].Gross.Best, row.Seller.ID, row.Gross.Best)
				}
			}
			last := math.Inf(1)
			for _, row := range a.Sellers {
				if row.Today && row.Incremental.Best > last+slack {
					t.Errorf("%s: %s adds %v after one that added %v", a.Audience, row.Seller.ID, row.Incremental.Best, last)
				}
				if row.Today {
					last = row.Incremental.Best
				}
			}
		}
	})
}

// Every figure of every report has its limits in order.
func TestFiguresAreInOrder(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		u, err := s.Uncovered()
		if err != nil {
			t.Fatal(err)
		}
		for _, report := range []any{s.Audit(), s.Overlaps(), u} {
			walk(reflect.ValueOf(report), "", func(path string, f figure.Figure) {
				if f.Low < -slack || f.Low > f.Best+slack || f.Best > f.High+slack || math.IsNaN(f.Best) || math.IsInf(f.High, 0) {
					t.Errorf("%s is %+v", path, f)
				}
			})
		}
	})
}

func walk(v reflect.Value, path string, each func(string, figure.Figure)) {
	if f, ok := v.Interface().(figure.Figure); ok {
		each(path, f)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), path, each)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), path+"[]", each)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !strings.HasPrefix(f.Type.PkgPath(), "github.com/shopspring") {
				walk(v.Field(i), path+"."+f.Name, each)
			}
		}
	}
}

// A bar shows every member that its box reaches, once.
func TestBarsAddUp(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		b := newMapBuilder(s)
		for i := range s.Sellers {
			for a, c := range b.conflicts[i] {
				for _, piece := range c.pieces() {
					if piece.Count != 0 && piece.Count < slack {
						t.Errorf("%s, %s: a piece %s of %g members", s.Sellers[i].ID, a, piece.Kind, piece.Count)
					}
				}
				if sum, gross := c.only+c.shared+c.collide+c.live, b.gross[i][a].Best; !close2(sum, gross) {
					t.Errorf("%s, %s: the bar shows %v of %v", s.Sellers[i].ID, a, sum, gross)
				}
			}
		}
		for i := range s.parts {
			p := &s.parts[i]
			if p.audience == graph.Accounts {
				continue
			}
			c := b.segmentCounts(p)
			if sum, net := c.only+c.shared+c.collide+c.live, p.reach.Net(s.today).Best; !close2(sum, net) {
				t.Errorf("segment %d: the bar shows %v of %v reached", p.segment, sum, net)
			}
		}
	})
}

// A map draws no more than it may, names no finding without its boxes, and
// counts the rest.
func TestMapIsWhole(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		m := s.Map()
		boxes := map[string]bool{}
		for _, b := range m.Boxes {
			if boxes[b.ID] {
				t.Errorf("two boxes are called %s", b.ID)
			}
			boxes[b.ID] = true
		}
		if len(m.Boxes) > mostBoxes || len(m.Findings) > mostFindings {
			t.Errorf("%d boxes and %d findings are drawn", len(m.Boxes), len(m.Findings))
		}
		for _, e := range m.Edges {
			if !boxes[e.From] || !boxes[e.To] {
				t.Errorf("edge from %s to %s has no box", e.From, e.To)
			}
		}
		for _, f := range m.Findings {
			if !boxes[f.Segment] || !boxes[f.Between[0]] || !boxes[f.Between[1]] || f.Members <= 0 {
				t.Errorf("finding %+v has no box, or nobody in it", f)
			}
		}
	})
}

// The same question twice gives the same bytes.
func TestReportsAreDeterministic(t *testing.T) {
	write := func(s *Study) string {
		var all strings.Builder
		for _, report := range []any{s.Audit(), s.Overlaps(), s.Map()} {
			data, err := json.Marshal(report)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(data)
		}
		return all.String()
	}
	for _, dir := range []string{"../testdata/lumen", "../testdata/small/hostile-names", "../testdata/small/longlist"} {
		first, again := openExample(t, dir, Options{}), openExample(t, dir, Options{})
		if write(first) != write(again) {
			t.Errorf("%s: two runs differ", dir)
		}
	}
}
