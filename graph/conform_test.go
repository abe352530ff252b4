package graph

import (
	"math"
	"slices"
	"testing"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/testgraph"
)

// buildDigraph renumbers the suite's sparse ids densely. Cases with loops are
// left out: a network has none.
func buildDigraph(nodes []gonum.Node, edges []testgraph.WeightedLine, _, _ float64) (
	g gonum.Graph, n []gonum.Node, e []testgraph.Edge, self, absent float64, ok bool) {
	var ids []int64
	for _, node := range nodes {
		ids = append(ids, node.ID())
	}
	for _, edge := range edges {
		if edge.From().ID() == edge.To().ID() {
			return nil, nil, nil, 0, 0, false
		}
		ids = append(ids, edge.From().ID(), edge.To().ID())
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	dense := func(node gonum.Node) ID {
		i, _ := slices.BinarySearch(ids, node.ID())
		return ID(i)
	}
	var arcs []arc
	for _, edge := range edges {
		arcs = append(arcs, arc{dense(edge.From()), dense(edge.To()), edge.Weight()})
	}
	d, err := newDigraph(len(ids), arcs)
	if err != nil {
		return nil, nil, nil, 0, 0, false
	}
	for i := range d.nodes {
		n = append(n, &d.nodes[i])
	}
	for _, a := range arcs {
		e = append(e, d.WeightedEdge(int64(a.from), int64(a.to)))
	}
	return &d, n, e, 0, math.Inf(1), true
}

func TestConformsToGonum(t *testing.T) {
	const useEmpty, reversedEdge = true, true
	t.Run("ReturnAllNodes", func(t *testing.T) { testgraph.ReturnAllNodes(t, buildDigraph, useEmpty) })
	t.Run("NodeExistence", func(t *testing.T) { testgraph.NodeExistence(t, buildDigraph) })
	t.Run("EdgeExistence", func(t *testing.T) { testgraph.EdgeExistence(t, buildDigraph, reversedEdge) })
	t.Run("ReturnAdjacentNodes", func(t *testing.T) {
		testgraph.ReturnAdjacentNodes(t, buildDigraph, useEmpty, reversedEdge)
	})
	t.Run("Weight", func(t *testing.T) { testgraph.Weight(t, buildDigraph) })
}
