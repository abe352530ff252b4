package layout

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// answer is the part of Graphviz' JSON that is used. See
// https://graphviz.org/docs/outputs/json/.
type answer struct {
	BB      string `json:"bb"`
	Objects []struct {
		Name string `json:"name"`
		Pos  string `json:"pos"`
	} `json:"objects"`
	Edges []struct {
		ID  string `json:"id"`
		Pos string `json:"pos"`
	} `json:"edges"`
}

// read turns the engine's answer into a Drawing, and refuses one that is not
// whole: each node and edge must be there once, with finite coordinates
// inside a sane page.
func (g *Graph) read(raw []byte) (*Drawing, error) {
	var a answer
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, fmt.Errorf("it is not JSON: %w", err)
	}
	page, err := parseBox(a.BB)
	if err != nil {
		return nil, err
	}
	p := reader{graph: g, page: page, drawing: &Drawing{
		Width: page.right - page.left, Height: page.top - page.bottom,
		Nodes: make([]Point, len(g.Nodes)), Edges: make([]Spline, len(g.Edges)),
	}}
	if !inside(p.drawing.Width, maxPage) || !inside(p.drawing.Height, maxPage) {
		return nil, fmt.Errorf("its page is %g x %g points", p.drawing.Width, p.drawing.Height)
	}
	if err := p.readAll(a); err != nil {
		return nil, err
	}
	return p.drawing, nil
}

// maxPage is far above the side of the largest graph that check lets through
// and that anyone could look at.
const maxPage = 200_000

// slack is how far a curve may leave the page that Graphviz gives.
const slack = 400

type reader struct {
	graph   *Graph
	page    box
	drawing *Drawing
}

func (p *reader) readAll(a answer) error {
	nodes, edges := newSeen(len(p.drawing.Nodes)), newSeen(len(p.drawing.Edges))
	for _, o := range a.Objects {
		i, ok := nodes.mark(o.Name, "n")
		if !ok {
			continue
		}
		at, err := p.point(o.Pos)
		if err != nil {
			return fmt.Errorf("node %d: %w", i, err)
		}
		p.drawing.Nodes[i] = at
	}
	for _, e := range a.Edges {
		i, ok := edges.mark(e.ID, "e")
		if !ok {
			continue
		}
		spline, err := p.spline(e.Pos, p.graph.Edges[i].Arrow)
		if err != nil {
			return fmt.Errorf("edge %d: %w", i, err)
		}
		p.drawing.Edges[i] = spline
	}
	return errors.Join(nodes.complete("nodes"), edges.complete("edges"))
}

// seen counts which of n numbered names were met.
type seen struct {
	marked []bool
	count  int
}

func newSeen(n int) *seen { return &seen{marked: make([]bool, n)} }

// mark returns the number behind prefix, and whether it is one that is met for
// the first time.
func (s *seen) mark(name, prefix string) (int, bool) {
	digits, ok := strings.CutPrefix(name, prefix)
	i, err := strconv.Atoi(digits)
	if !ok || err != nil || i < 0 || i >= len(s.marked) || s.marked[i] {
		return 0, false
	}
	s.marked[i] = true
	s.count++
	return i, true
}

// point reads "x,y" and turns it: Graphviz' y runs up from the bottom.
func (p *reader) point(s string) (Point, error) {
	v, err := numbers(s, 2)
	if err != nil {
		return Point{}, err
	}
	at := Point{X: v[0] - p.page.left, Y: p.page.top - v[1]}
	if at.X < -slack || at.X > p.drawing.Width+slack || at.Y < -slack || at.Y > p.drawing.Height+slack {
		return Point{}, fmt.Errorf("the point %q is off the page", s)
	}
	return at, nil
}

// spline reads an edge's pos: an optional "e,x,y" (the tip), then 3n+1 points.
func (p *reader) spline(pos string, arrow bool) (Spline, error) {
	var s Spline
	fields := strings.Fields(pos)
	if arrow {
		if len(fields) == 0 || !strings.HasPrefix(fields[0], "e,") {
			return s, fmt.Errorf("no arrowhead in %q", pos)
		}
		tip, err := p.point(fields[0][2:])
		if err != nil {
			return s, err
		}
		s.Tip, fields = tip, fields[1:]
	}
	if len(fields) < 4 || len(fields)%3 != 1 {
		return s, fmt.Errorf("%d points make no curve", len(fields))
	}
	for _, f := range fields {
		at, err := p.point(f)
		if err != nil {
			return s, err
		}
		s.Points = append(s.Points, at)
	}
	return s, nil
}

// complete reports as an error that some of what was asked for is missing.
func (s *seen) complete(what string) error {
	if s.count != len(s.marked) {
		return fmt.Errorf("it has %d of %d %s", s.count, len(s.marked), what)
	}
	return nil
}

// box is a rectangle as Graphviz gives it, with y running up.
type box struct{ left, bottom, right, top float64 }

func parseBox(s string) (box, error) {
	v, err := numbers(s, 4)
	if err != nil {
		return box{}, err
	}
	return box{left: v[0], bottom: v[1], right: v[2], top: v[3]}, nil
}

// numbers reads n finite numbers with commas between them.
func numbers(s string, n int) ([]float64, error) {
	fields := strings.Split(s, ",")
	if len(fields) != n {
		return nil, fmt.Errorf("%q is not %d numbers", s, n)
	}
	v := make([]float64, n)
	for i, f := range fields {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("%q is not %d numbers", s, n)
		}
		v[i] = x
	}
	return v, nil
}
