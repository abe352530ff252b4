package render

import (
	"cmp"
	"slices"

	"github.com/channelmap/channelmap/render/layout"
)

// The layout lets all edges of a box leave at one point and arrive at one
// point. fan spreads them along the side of the box, in the order in which
// they come, so that arrowheads and widths can be told apart.

// end is one end of an edge at the side of a box.
type end struct {
	edge  int
	start bool    // whether the edge starts here
	heads float64 // the height from which it comes, or to which it goes
}

// fanGap is the most that two neighbouring ends are apart.
const fanGap = 9.0

func (p *plan) fan() {
	leaving := make([][]end, len(p.graph.Nodes))
	arriving := make([][]end, len(p.graph.Nodes))
	for i, e := range p.graph.Edges {
		points := p.drawing.Edges[i].Points
		leaving[e.From] = append(leaving[e.From], end{i, true, points[3].Y})
		arriving[e.To] = append(arriving[e.To], end{i, false, points[len(points)-4].Y})
	}
	for n, node := range p.graph.Nodes {
		p.spread(leaving[n], node.Height-nodeGap)
		p.spread(arriving[n], node.Height-nodeGap)
	}
}

// spread moves the ends on one side of a box apart.
func (p *plan) spread(ends []end, height float64) {
	slices.SortStableFunc(ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(a.heads, b.heads), cmp.Compare(a.edge, b.edge))
	})
	gap := min(fanGap, (height-14)/float64(max(len(ends)-1, 1)))
	for i, e := range ends {
		dy := (float64(i) - float64(len(ends)-1)/2) * gap
		shift(&p.drawing.Edges[e.edge], e.start, dy)
	}
}

// shift moves one end of a curve up or down, together with the control point
// that gives it its direction.
func shift(s *layout.Spline, start bool, dy float64) {
	n := len(s.Points)
	if start {
		s.Points[0].Y += dy
		s.Points[1].Y += dy
		return
	}
	s.Points[n-1].Y += dy
	s.Points[n-2].Y += dy
	s.Tip.Y += dy
}
