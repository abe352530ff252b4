package graph

import (
	"iter"
	"math"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/simple"
)

// digraph is an immutable weighted directed graph over dense ids. Its native
// face (Out, In) is for loops over the whole graph; its gonum face is for the
// algorithms of that library. Both are safe for concurrent use.
type digraph struct {
	nodes   []Node
	out, in adjacency
}

// Node is a node as gonum's algorithms see it. What it stands for, the
// Network knows.
type Node struct{ id ID }

// ID returns the number of the node as gonum writes it.
func (n *Node) ID() int64 { return int64(n.id) }

var (
	_ gonum.WeightedDirected = (*digraph)(nil)
	_ gonum.WeightedDirected = (*Network)(nil)
)

func newDigraph(n int, arcs []arc) (digraph, error) {
	out, err := pack(n, arcs)
	if err != nil {
		return digraph{}, err
	}
	nodes := make([]Node, n)
	for i := range nodes {
		nodes[i].id = ID(i)
	}
	return digraph{nodes: nodes, out: out, in: out.transpose()}, nil
}

// Len returns how many nodes there are.
func (g *digraph) Len() int { return len(g.nodes) }

// Out yields the successors of u with the weights of the edges to them,
// in the order of their ids.
func (g *digraph) Out(u ID) iter.Seq2[ID, float64] {
	return func(yield func(ID, float64) bool) { g.out.each(u, yield) }
}

// In yields the predecessors of v with the weights of the edges from them,
// in the order of their ids.
func (g *digraph) In(v ID) iter.Seq2[ID, float64] {
	return func(yield func(ID, float64) bool) { g.in.each(v, yield) }
}

func (g *digraph) has(id int64) bool { return 0 <= id && id < int64(len(g.nodes)) }

// Node returns the node of an id, or nil where there is none.
func (g *digraph) Node(id int64) gonum.Node {
	if !g.has(id) {
		return nil
	}
	return &g.nodes[id]
}

// Nodes returns all nodes in the order of their ids.
func (g *digraph) Nodes() gonum.Nodes {
	if len(g.nodes) == 0 {
		return gonum.Empty
	}
	return &allNodes{nodes: g.nodes, at: -1}
}

// From returns the nodes that edges from id lead to.
func (g *digraph) From(id int64) gonum.Nodes { return g.neighbours(&g.out, id) }

// To returns the nodes that have edges to id.
func (g *digraph) To(id int64) gonum.Nodes { return g.neighbours(&g.in, id) }

func (g *digraph) neighbours(a *adjacency, id int64) gonum.Nodes {
	if !g.has(id) || len(a.row(ID(id))) == 0 {
		return gonum.Empty
	}
	return &rowNodes{nodes: g.nodes, row: a.row(ID(id)), at: -1}
}

// HasEdgeFromTo reports whether there is an edge u -> v.
func (g *digraph) HasEdgeFromTo(u, v int64) bool {
	if !g.has(u) || !g.has(v) {
		return false
	}
	_, ok := g.out.find(ID(u), ID(v))
	return ok
}

// HasEdgeBetween reports whether there is an edge in either direction.
func (g *digraph) HasEdgeBetween(x, y int64) bool {
	return g.HasEdgeFromTo(x, y) || g.HasEdgeFromTo(y, x)
}

// Edge returns the edge u -> v, or nil where there is none.
func (g *digraph) Edge(u, v int64) gonum.Edge {
	e := g.WeightedEdge(u, v)
	if e == nil {
		return nil
	}
	return e
}

// WeightedEdge returns the edge u -> v, or nil where there is none.
func (g *digraph) WeightedEdge(u, v int64) gonum.WeightedEdge {
	if !g.has(u) || !g.has(v) {
		return nil
	}
	w, ok := g.out.find(ID(u), ID(v))
	if !ok {
		return nil
	}
	return simple.WeightedEdge{F: &g.nodes[u], T: &g.nodes[v], W: w}
}

// Weight returns the weight of the edge x -> y and true where there is one.
// As in gonum's own graphs a node is at 0 from itself, with true, and at plus
// infinity from whatever no edge leads to, with false.
func (g *digraph) Weight(x, y int64) (weight float64, ok bool) {
	if x == y {
		return 0, true
	}
	if g.has(x) && g.has(y) {
		if w, ok := g.out.find(ID(x), ID(y)); ok {
			return w, true
		}
	}
	return math.Inf(1), false
}

// allNodes and rowNodes iterate over nodes. Neither is a gonum.NodeSlicer, on
// purpose: gonum's algorithms sort and reverse in place what a slicer hands out.
type allNodes struct {
	nodes []Node
	at    int
}

func (it *allNodes) Next() bool {
	it.at = min(it.at+1, len(it.nodes))
	return it.at < len(it.nodes)
}

func (it *allNodes) Len() int         { return max(len(it.nodes)-it.at-1, 0) }
func (it *allNodes) Reset()           { it.at = -1 }
func (it *allNodes) Node() gonum.Node { return nodeAt(it.nodes, it.at) }

type rowNodes struct {
	nodes []Node
	row   []ID
	at    int
}

func (it *rowNodes) Next() bool {
	it.at = min(it.at+1, len(it.row))
	return it.at < len(it.row)
}

func (it *rowNodes) Len() int { return max(len(it.row)-it.at-1, 0) }
func (it *rowNodes) Reset()   { it.at = -1 }

func (it *rowNodes) Node() gonum.Node {
	if it.at < 0 || it.at >= len(it.row) {
		return nil
	}
	return nodeAt(it.nodes, int(it.row[it.at]))
}

func nodeAt(nodes []Node, i int) gonum.Node {
	if i < 0 || i >= len(nodes) {
		return nil
	}
	return &nodes[i]
}
