package layout

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// chain is a graph of n sellers between a vendor and three segments.
func chain(n int) *Graph {
	g := &Graph{Ranks: 3, Groups: 1, NodeGap: 12, RankGap: 60, GroupMargin: 8}
	g.Nodes = append(g.Nodes, Node{Width: 100, Height: 40, Rank: 0, Group: -1})
	for range 3 {
		g.Nodes = append(g.Nodes, Node{Width: 150, Height: 50, Rank: 2, Group: -1})
	}
	for i := range n {
		seller := len(g.Nodes)
		g.Nodes = append(g.Nodes, Node{Width: 180, Height: 60, Rank: 1, Group: 0})
		g.Edges = append(g.Edges,
			Edge{From: 0, To: seller, Weight: 1, Width: 1, Arrow: true},
			Edge{From: seller, To: 1 + i%3, Weight: 2, Width: 2.5, Arrow: true},
			Edge{From: seller, To: 1 + (i+1)%3, Weight: 0, Width: 1})
	}
	return g
}

func TestRunPlacesEverything(t *testing.T) {
	for _, n := range []int{1, 7, 56} {
		g := chain(n)
		d, err := Run(t.Context(), g)
		if err != nil {
			t.Fatal(err)
		}
		checkDrawing(t, g, d)
	}
}

// checkDrawing holds a drawing to its graph: columns from left to right, no
// two boxes on one another, edges from box
// to box.
func checkDrawing(t *testing.T, g *Graph, d *Drawing) {
	t.Helper()
	for i, a := range g.Nodes {
		for j, b := range g.Nodes[:i] {
			dx, dy := math.Abs(d.Nodes[i].X-d.Nodes[j].X), math.Abs(d.Nodes[i].Y-d.Nodes[j].Y)
			if dx < (a.Width+b.Width)/2-1 && dy < (a.Height+b.Height)/2-1 {
				t.Errorf("nodes %d and %d are on one another", i, j)
			}
			if a.Rank > b.Rank && d.Nodes[i].X <= d.Nodes[j].X {
				t.Errorf("node %d of rank %d is not right of node %d of rank %d", i, a.Rank, j, b.Rank)
			}
		}
	}
	for i, e := range g.Edges {
		s := d.Edges[i]
		start, end := s.Points[0], s.Points[len(s.Points)-1]
		if e.Arrow {
			end = s.Tip
		}
		if right := d.Nodes[e.From].X + g.Nodes[e.From].Width/2; math.Abs(start.X-right) > 2 {
			t.Errorf("edge %d starts at %v, its box ends at %g", i, start, right)
		}
		if left := d.Nodes[e.To].X - g.Nodes[e.To].Width/2; math.Abs(end.X-left) > 2 {
			t.Errorf("edge %d ends at %v, its box starts at %g", i, end, left)
		}
	}
}

func TestRunIsDeterministicAndSafeForConcurrentUse(t *testing.T) {
	var drawings [8]*Drawing
	var wg sync.WaitGroup
	for i := range drawings {
		wg.Go(func() {
			d, err := Run(t.Context(), chain(20))
			if err != nil {
				t.Error(err)
			}
			drawings[i] = d
		})
	}
	wg.Wait()
	for i, d := range drawings {
		if !reflect.DeepEqual(d, drawings[0]) {
			t.Errorf("drawing %d differs from drawing 0", i)
		}
	}
}

func TestRunUsesTheChildStartedAheadOnce(t *testing.T) {
	ctx, stop := Ahead(t.Context())
	defer stop()
	ready := ctx.Value(aheadKey{}).(*ahead).child
	want, err := Run(t.Context(), chain(20))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if got, err := Run(ctx, chain(20)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("run %d: got %v, %v", i, got, err)
		}
		if ready.cmd.ProcessState == nil {
			t.Errorf("run %d left the child waiting", i)
		}
	}
}

func TestAheadEndsAChildThatNobodyAsked(t *testing.T) {
	for _, how := range []string{"", "sleep"} {
		t.Setenv(mood, how)
		ctx, stop := Ahead(t.Context())
		ready := ctx.Value(aheadKey{}).(*ahead).child
		stop()
		stop()
		if ready.cmd.ProcessState == nil {
			t.Errorf("%q: the child is still there", how)
		}
	}
}

func TestRunStopsAChildStartedAhead(t *testing.T) {
	t.Setenv(mood, "sleep")
	ctx, stop := Ahead(t.Context())
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	if _, err := Run(ctx, chain(3)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v, want an error that says that the layout was stopped", err)
	}
}

func TestRunEndsAChildThatHangs(t *testing.T) {
	t.Setenv(mood, "sleep")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := Run(ctx, chain(3))
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "was stopped") {
		t.Fatalf("got %v, want an error that says that the layout was stopped", err)
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	t.Setenv(mood, "sleep")
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	_, err := Run(ctx, chain(3))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want an error that says that the layout was interrupted", err)
	}
}

func TestRunRefusesWhatAMadChildSays(t *testing.T) {
	for how, want := range map[string]string{
		"nul":    "not JSON",
		"half":   "it has 1 of 7 nodes",
		"flood":  "more than fits",
		"rant":   "out of cheese",
		"eat":    "more than 64 MiB",
		"orphan": "not ready",
	} {
		t.Run(how, func(t *testing.T) {
			t.Setenv(mood, how)
			_, err := Run(t.Context(), chain(3))
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("got %v, want an error with %q", err, want)
			}
			if len(err.Error()) > 400 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
		})
	}
}

func TestRunRefusesToStartChildrenFromAChild(t *testing.T) {
	t.Setenv(childVariable, "1s")
	if _, err := Run(t.Context(), chain(1)); err == nil || !strings.Contains(err.Error(), "layout.Child") {
		t.Fatalf("got %v", err)
	}
}

func TestRunRefusesGraphsThatAreNotSound(t *testing.T) {
	for name, spoil := range map[string]func(*Graph){
		"no nodes":       func(g *Graph) { g.Nodes = nil },
		"NaN":            func(g *Graph) { g.Nodes[2].Width = math.NaN() },
		"negative":       func(g *Graph) { g.Nodes[2].Height = -1 },
		"huge":           func(g *Graph) { g.Nodes[2].Height = 1e9 },
		"unknown node":   func(g *Graph) { g.Edges[0].To = 99 },
		"backwards":      func(g *Graph) { g.Edges[0].From, g.Edges[0].To = g.Edges[0].To, g.Edges[0].From },
		"no such rank":   func(g *Graph) { g.Nodes[1].Rank = 9 },
		"empty rank":     func(g *Graph) { g.Ranks++ },
		"no such group":  func(g *Graph) { g.Nodes[1].Group = 9 },
		"thick edge":     func(g *Graph) { g.Edges[0].Width = math.Inf(1) },
		"too many nodes": func(g *Graph) { g.Nodes = append(g.Nodes, make([]Node, maxNodes)...) },
	} {
		t.Run(name, func(t *testing.T) {
			g := chain(3)
			spoil(g)
			if _, err := Run(t.Context(), g); err == nil {
				t.Error("no error")
			}
		})
	}
}

// The DOT that package render writes for others is read by this engine too.
func TestEngineReadsTheMapsAsDOT(t *testing.T) {
	files, err := filepath.Glob("../testdata/map-*.dot")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		dot, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := ask(t.Context(), dot)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		// Its JSON cannot be parsed where labels hold markup, so look for names.
		for _, n := range regexp.MustCompile(`(?m)^"([^"]+)" \[tooltip=`).FindAllSubmatch(dot, -1) {
			if !bytes.Contains(raw, []byte(`"name": "`+string(n[1])+`"`)) {
				t.Errorf("%s: the node %s is not drawn", file, n[1])
			}
		}
	}
}

func BenchmarkRun(b *testing.B) {
	for name, n := range map[string]int{"16 boxes": 12, "60 boxes": 56} {
		g := chain(n)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Run(b.Context(), g); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
