package render

import (
	"math"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render/layout"
)

// candidateDash marks what is there only if a candidate is signed.
var candidateDash = []float64{6, 4}

// edgeStroke is how an edge is drawn: dashed where signing a candidate would
// add it, dotted where its figure is only claimed.
func edgeStroke(e analysis.MapEdge, width float64) stroke {
	s := stroke{Colour: edgeColour(e.Audience), Width: width}
	switch {
	case e.Candidate:
		s.Dash = []float64{candidateDash[0] + width, candidateDash[1] + width}
	case e.Claimed:
		s.Dash, s.Round = []float64{0.1, 2 * width}, true
	}
	return s
}

// edgeColour is a softer one than that of outlines: edges are many, and
// findings are to stand out from them.
func edgeColour(a graph.Audience) string {
	switch a {
	case graph.Users:
		return usersEdge
	case graph.Buyers:
		return buyersEdge
	}
	return supplyInk
}

// drawEdge makes the group of an edge of the layout, moved by dx, dy.
func (p *plan) drawEdge(i int, dx, dy float64) group {
	e, spline := p.edges[i], p.drawing.Edges[i]
	curve := path{Steps: steps(spline.Points, dx, dy)}
	if e.finding >= 0 {
		f := p.m.Findings[e.finding]
		curve.Stroke = findingStroke(f, e.width)
		return group{Class: classEdge, Tooltip: p.findings[e.finding].tooltip(), Items: []item{curve}}
	}
	edge := p.m.Edges[e.edge]
	curve.Stroke = edgeStroke(edge, e.width)
	last := spline.Points[len(spline.Points)-1]
	head := arrowhead(moved(last, dx, dy), moved(spline.Tip, dx, dy), e.width, curve.Stroke.Colour)
	return group{Class: classEdge, Tooltip: p.edgeTooltip(edge), Items: []item{curve, head}}
}

func moved(at layout.Point, dx, dy float64) point { return point{at.X + dx, at.Y + dy} }

func steps(points []layout.Point, dx, dy float64) []step {
	list := []step{{Kind: move, To: moved(points[0], dx, dy)}}
	for i := 1; i+2 < len(points); i += 3 {
		list = append(list, step{Kind: curve,
			A: moved(points[i], dx, dy), B: moved(points[i+1], dx, dy), To: moved(points[i+2], dx, dy)})
	}
	return list
}

// arrowhead is a triangle from base to tip.
func arrowhead(base, tip point, width float64, colour string) path {
	dx, dy := tip.X-base.X, tip.Y-base.Y
	length := math.Hypot(dx, dy)
	if length == 0 {
		dx, length = 1, 1
	}
	half := 3 + 0.6*width
	ox, oy := -dy/length*half, dx/length*half
	return path{Fill: colour, Steps: []step{
		{Kind: move, To: tip}, {Kind: line, To: point{base.X + ox, base.Y + oy}},
		{Kind: line, To: point{base.X - ox, base.Y - oy}}, {Kind: shut},
	}}
}

func (p *plan) edgeTooltip(e analysis.MapEdge) string {
	lines := []string{nameOf(p.m.Boxes[p.index[e.From]]) + " → " + nameOf(p.m.Boxes[p.index[e.To]])}
	if e.Audience != "" {
		lines = append(lines, members(e.Members, e.Audience))
	}
	if e.Candidate {
		lines = append(lines, "only if the candidate is signed")
	}
	if e.Claimed {
		lines = append(lines, "claimed, not proved by a list")
	}
	return tooltip(append(lines, e.Details...)...)
}
