package graph

import (
	"math"
	"slices"
	"testing"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/graph/traverse"
)

func TestDominatorsAreGonums(t *testing.T) {
	eachRandomNetwork(t, func(t *testing.T, e *Ecosystem, _ []LastMile, n *Network) {
		tree := flow.Dominators(n.Node(int64(VendorID)), n)
		dominators := func(id ID) (strict []ID) {
			for at := tree.DominatorOf(int64(id)); at != nil && at.ID() != int64(VendorID); at = tree.DominatorOf(at.ID()) {
				strict = append(strict, ID(at.ID()))
			}
			slices.Reverse(strict)
			return strict
		}
		for s := range e.Segments {
			if got, want := n.Dominators(s), dominators(n.SegmentID(s)); !slices.Equal(got, want) {
				t.Errorf("segment %d: got %v, want %v", s, got, want)
			}
		}
		for p := range e.Partners {
			above := dominators(n.PartnerID(p))
			for d := range e.Partners {
				if got, want := n.DependsOn(p, d), slices.Contains(above, n.PartnerID(d)); got != want {
					t.Errorf("partner %d depends on %d: got %v, want %v", p, d, got, want)
				}
			}
		}
	})
}

func TestReachIsGonums(t *testing.T) {
	eachRandomNetwork(t, func(t *testing.T, e *Ecosystem, _ []LastMile, n *Network) {
		for removed := range e.Partners {
			closed := n.PartnerID(removed)
			walk := traverse.BreadthFirst{Traverse: func(edge gonum.Edge) bool { return edge.To().ID() != int64(closed) }}
			walk.Walk(n, n.Node(int64(VendorID)), nil)
			var lost []int
			for s := range e.Segments {
				if !walk.Visited(n.Node(int64(n.SegmentID(s)))) {
					lost = append(lost, s)
				}
			}
			if got := n.Uncovered(closed); !slices.Equal(got, lost) {
				t.Errorf("without partner %d: got %v, want %v", removed, got, lost)
			}
			today := n.Uncovered()
			lost = slices.DeleteFunc(lost, func(s int) bool { return slices.Contains(today, s) })
			if got := n.Losing(closed); !slices.Equal(got, lost) {
				t.Errorf("losing partner %d: got %v, want %v", removed, got, lost)
			}
			for d := range e.Partners {
				want := d != removed && topo.PathExistsIn(n, n.Node(int64(n.PartnerID(d))), n.Node(int64(closed)))
				if got := slices.Contains(n.Suppliers(removed), d); got != want {
					t.Errorf("partner %d supplies %d: got %v, want %v", d, removed, got, want)
				}
			}
		}
		if got := n.Uncovered(VendorID); len(got) != len(e.Segments) {
			t.Errorf("without the vendor only %v are uncovered", got)
		}
	})
}

func TestDisjointPathwaysAreGonumsMaximumFlow(t *testing.T) {
	eachRandomNetwork(t, func(t *testing.T, e *Ecosystem, _ []LastMile, n *Network) {
		split := simple.NewWeightedDirectedGraph(0, 0)
		add := func(from, to ID, room float64) {
			split.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(from), T: simple.Node(to), W: room})
		}
		for u := range ID(n.Len()) {
			if n.Kind(u) == PartnerNode {
				add(2*u, 2*u+1, 1)
			} else {
				add(2*u, 2*u+1, 1000)
			}
			for v := range n.Out(u) {
				room := 1.0
				if n.Kind(v) == ChannelNode {
					room = 1000
				}
				add(2*u+1, 2*v, room)
			}
		}
		for s := range e.Segments {
			goal := simple.Node(2 * n.SegmentID(s))
			want := network.MaxFlowDinic(split, simple.Node(1), goal, -1)
			if got := n.DisjointPathways(s); math.Abs(float64(got)-want) > 1e-9 {
				t.Errorf("segment %d: got %d, want %g", s, got, want)
			}
		}
	})
}

func TestTopologicalOrder(t *testing.T) {
	eachRandomNetwork(t, func(t *testing.T, _ *Ecosystem, _ []LastMile, n *Network) {
		for u := range ID(n.Len()) {
			for v := range n.Out(u) {
				if slices.Index(n.order, u) >= slices.Index(n.order, v) {
					t.Errorf("%d does not come before %d in %v", u, v, n.order)
				}
			}
		}
	})
}
