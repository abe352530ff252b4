package graph

import (
	"slices"
	"testing"

	gonum "gonum.org/v1/gonum/graph"
)

func TestIteratorsCanBeWalkedAgain(t *testing.T) {
	n := mustNetwork(t, twoTiers())
	for name, it := range map[string]gonum.Nodes{"all": n.Nodes(), "row": n.From(int64(VendorID)), "column": n.To(int64(n.SegmentID(0)))} {
		length := it.Len()
		if _, slicer := it.(gonum.NodeSlicer); slicer {
			t.Errorf("%s: algorithms may sort the network's own nodes", name)
		}
		for range 2 {
			seen := 0
			for it.Next() {
				seen++
				if it.Node() == nil || it.Len() != length-seen {
					t.Errorf("%s: node %v, %d left", name, it.Node(), it.Len())
				}
			}
			if seen != length || it.Next() || it.Len() != 0 || it.Node() != nil {
				t.Errorf("%s: saw %d of %d, then %v", name, seen, length, it.Node())
			}
			it.Reset()
		}
	}
}

func TestBothFacesShowTheSameEdges(t *testing.T) {
	eachRandomNetwork(t, func(t *testing.T, _ *Ecosystem, _ []LastMile, n *Network) {
		for u := range ID(n.Len()) {
			for v, w := range n.Out(u) {
				if got, ok := n.Weight(int64(u), int64(v)); !ok || got != w {
					t.Errorf("%d -> %d: weight %g, want %g", u, v, got, w)
				}
			}
			var before []int64
			for v := range n.In(u) {
				before = append(before, int64(v))
			}
			var to []int64
			for _, node := range gonum.NodesOf(n.To(int64(u))) {
				to = append(to, node.ID())
			}
			if !slices.Equal(before, to) {
				t.Errorf("into %d: %v and %v", u, before, to)
			}
		}
	})
}

func TestNothingOutsideTheNetwork(t *testing.T) {
	n := mustNetwork(t, twoTiers())
	for _, id := range []int64{-1, int64(n.Len()), 1 << 40} {
		if n.Node(id) != nil || n.Edge(id, 0) != nil || n.WeightedEdge(0, id) != nil || n.HasEdgeFromTo(id, 0) {
			t.Errorf("there is a node %d", id)
		}
		if n.From(id) != gonum.Empty || n.To(id) != gonum.Empty {
			t.Errorf("node %d has neighbours", id)
		}
	}
	for v := range n.Out(VendorID) { // a reader may stop early
		if v != n.ChannelID(0) {
			t.Errorf("the first channel is %d", v)
		}
		break
	}
}
