// Package layout places the boxes of a layered drawing and routes its edges
// with Graphviz' dot. It is the only package that imports
// github.com/goccy/go-graphviz, and it keeps that engine at arm's length: the
// engine is not safe for concurrent use, ignores deadlines, leaks, and can
// return garbage without an error. So each layout runs in a process of its
// own, which is this program again ([Child]), with a deadline and a limit on
// its memory, and what it answers is checked against what was asked.
//
// No text reaches the engine, only sizes and numbers.
package layout

import (
	"context"
	"fmt"
	"math"
)

// Graph is what to lay out, from left to right. Lengths are in points.
type Graph struct {
	Nodes []Node
	Edges []Edge
	Ranks int // how many columns there are
	// Groups is how many groups the nodes are in, see Node.Group.
	Groups      int
	NodeGap     float64 // between neighbours in a column
	RankGap     float64 // between columns
	GroupMargin float64 // around the nodes of a group, kept free of other nodes
}

// Node is a box of a fixed size.
type Node struct {
	Width, Height float64
	Rank          int // its column, from 0; each column needs a node
	Group         int // nodes of one group and rank stand together; -1: none
}

// Edge joins two nodes, the first in a column to the left of the second.
type Edge struct {
	From, To int
	Weight   int     // how much it wants to be short and straight; 0 is least
	Width    float64 // of the pen
	Arrow    bool    // whether it has a head; then Spline.Tip is set
}

// Point is a place in the drawing: x to the right, y down, from its top left
// corner.
type Point struct{ X, Y float64 }

// Spline is a chain of cubic Bézier curves: a start, then three points each.
type Spline struct {
	Points []Point
	Tip    Point // of the arrowhead; the last point is where it begins
}

// Drawing is a laid out Graph.
type Drawing struct {
	Width, Height float64
	Nodes         []Point  // centres, as Graph.Nodes
	Edges         []Spline // as Graph.Edges
}

// Limits of what is handed to the engine: far above what a readable drawing
// holds, and low enough for the engine to answer.
const (
	maxNodes = 400
	maxEdges = 2000
	maxSide  = 2000
)

// Run lays g out in a child process. The process is ended when ctx is, or
// after [DefaultTimeout] where ctx has no deadline. Run may be called
// concurrently.
func Run(ctx context.Context, g *Graph) (*Drawing, error) {
	if err := g.check(); err != nil {
		return nil, err
	}
	answer, err := ask(ctx, g.dot())
	if err != nil {
		return nil, err
	}
	d, err := g.read(answer)
	if err != nil {
		return nil, fmt.Errorf("the layout engine returned a drawing that is not usable: %w", err)
	}
	return d, nil
}

// check refuses what the engine would trip over.
func (g *Graph) check() error {
	if len(g.Nodes) == 0 {
		return fmt.Errorf("nothing to lay out")
	}
	if len(g.Nodes) > maxNodes || len(g.Edges) > maxEdges {
		return fmt.Errorf("%d boxes and %d edges are too many to lay out; at most %d and %d",
			len(g.Nodes), len(g.Edges), maxNodes, maxEdges)
	}
	used := make([]bool, max(g.Ranks, 0))
	for i, n := range g.Nodes {
		if !inside(n.Width, maxSide) || !inside(n.Height, maxSide) {
			return fmt.Errorf("node %d has the size %g x %g", i, n.Width, n.Height)
		}
		if n.Rank < 0 || n.Rank >= g.Ranks || n.Group < -1 || n.Group >= g.Groups {
			return fmt.Errorf("node %d has rank %d and group %d of %d and %d", i, n.Rank, n.Group, g.Ranks, g.Groups)
		}
		used[n.Rank] = true
	}
	for r, ok := range used {
		if !ok {
			return fmt.Errorf("rank %d is empty", r)
		}
	}
	return g.checkEdges()
}

func (g *Graph) checkEdges() error {
	for i, e := range g.Edges {
		if e.From < 0 || e.From >= len(g.Nodes) || e.To < 0 || e.To >= len(g.Nodes) {
			return fmt.Errorf("edge %d joins nodes %d and %d of %d", i, e.From, e.To, len(g.Nodes))
		}
		if g.Nodes[e.From].Rank >= g.Nodes[e.To].Rank {
			return fmt.Errorf("edge %d does not lead from left to right", i)
		}
		if !inside(e.Width, 100) || e.Weight < 0 || e.Weight > 100 {
			return fmt.Errorf("edge %d has the width %g and the weight %d", i, e.Width, e.Weight)
		}
	}
	return nil
}

func inside(v, limit float64) bool { return !math.IsNaN(v) && v > 0 && v <= limit }
