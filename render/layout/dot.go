package layout

import (
	"bytes"
	"fmt"
)

// pointsPerInch converts to the unit in which dot takes the sizes of nodes.
const pointsPerInch = 72

// dot writes the graph in the language of the engine. Nodes are called n0, n1,
// ..., edges have the ids e0, e1, ..., so that the answer can be matched.
func (g *Graph) dot() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "digraph {\ngraph [rankdir=LR newrank=true splines=spline nodesep=%.4f ranksep=%.4f]\n",
		g.NodeGap/pointsPerInch, g.RankGap/pointsPerInch)
	// Edges leave at the right and arrive at the left: the way reach runs.
	b.WriteString("node [shape=box fixedsize=true label=\"\"]\nedge [tailport=e headport=w]\n")
	for i, n := range g.Nodes {
		fmt.Fprintf(&b, "n%d [width=%.4f height=%.4f]\n", i, n.Width/pointsPerInch, n.Height/pointsPerInch)
	}
	g.dotGroups(&b)
	g.dotRanks(&b)
	for i, e := range g.Edges {
		fmt.Fprintf(&b, "n%d -> n%d [id=e%d weight=%d penwidth=%.2f", e.From, e.To, i, e.Weight, e.Width)
		if e.Arrow {
			fmt.Fprintf(&b, " arrowsize=%.3f", arrowSize(e.Width))
		} else {
			b.WriteString(" dir=none")
		}
		b.WriteString("]\n")
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// arrowSize makes arrowheads of 8 points and the width of the pen: dot's are
// 10 times the arrow size long.
func arrowSize(width float64) float64 { return (8 + width) / 10 }

// dotGroups writes a cluster for each group.
func (g *Graph) dotGroups(b *bytes.Buffer) {
	for group := range g.Groups {
		fmt.Fprintf(b, "subgraph cluster_%d { margin=%.2f;", group, g.GroupMargin)
		for i, n := range g.Nodes {
			if n.Group == group {
				fmt.Fprintf(b, " n%d;", i)
			}
		}
		b.WriteString(" }\n")
	}
}

// dotRanks puts the nodes of a rank into one column, and the columns one after
// the other by edges that are not drawn.
func (g *Graph) dotRanks(b *bytes.Buffer) {
	first := make([]int, g.Ranks)
	for rank := range g.Ranks {
		b.WriteString("{ rank=same;")
		first[rank] = -1
		for i, n := range g.Nodes {
			if n.Rank != rank {
				continue
			}
			if first[rank] < 0 {
				first[rank] = i
			}
			fmt.Fprintf(b, " n%d;", i)
		}
		b.WriteString(" }\n")
	}
	for rank := 1; rank < g.Ranks; rank++ {
		fmt.Fprintf(b, "n%d -> n%d [style=invis weight=0]\n", first[rank-1], first[rank])
	}
}
