package render

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render/layout"
)

// plan is a map on its way to a scene: its parts measured, then placed. Nodes
// are numbered boxes first, then findings.
type plan struct {
	m        *analysis.Map
	index    map[string]int // of boxes, by id
	boxes    []boxPlan
	findings []findingPlan
	edges    []edgePlan
	panels   []panelPlan
	graph    layout.Graph
	drawing  *layout.Drawing
}

// The distances between what is placed, in pixels.
const (
	nodeGap     = 12.0 // between boxes of a column
	edgeGap     = 4.0  // between edges that pass through a column
	rankGap     = 70.0 // between columns, and more where many edges turn
	turnGap     = 0.6  // for each edge
	maxRankGap  = 130.0
	panelMargin = 16.0 // above and below its boxes
)

// planMap measures everything and fills in the graph to lay out.
func planMap(m *analysis.Map) (*plan, error) {
	p := &plan{m: m, index: map[string]int{}}
	for i, b := range m.Boxes {
		p.index[b.ID] = i
	}
	ranks, err := p.ranks()
	if err != nil {
		return nil, err
	}
	p.measure()
	p.graph = layout.Graph{NodeGap: edgeGap, GroupMargin: panelMargin,
		RankGap: min(rankGap+turnGap*float64(len(m.Edges)), maxRankGap)}
	p.graph.Ranks = dense(ranks)
	p.addPanels(ranks)
	p.addNodes(ranks)
	p.addEdges()
	return p, nil
}

// ranks gives each node its column: the vendor, the tiers, the findings, the
// segments. A seller stands to the right of whoever supplies it, also where
// its tier says otherwise.
func (p *plan) ranks() ([]int, error) {
	ranks := make([]int, len(p.m.Boxes)+len(p.m.Findings))
	for i, b := range p.m.Boxes {
		if b.Kind == analysis.SellerBox {
			ranks[i] = max(1, b.Tier)
		}
	}
	for round := 0; ; round++ {
		moved := false
		for _, e := range p.m.Edges {
			from, to := p.index[e.From], p.index[e.To]
			if p.m.Boxes[to].Kind == analysis.SellerBox && ranks[to] <= ranks[from] {
				ranks[to], moved = ranks[from]+1, true
			}
		}
		if !moved {
			break
		}
		if round > len(p.m.Boxes) {
			return nil, errors.New("sellers supply one another in a circle")
		}
	}
	last := slices.Max(ranks) + 1
	for i := range p.m.Findings {
		ranks[len(p.m.Boxes)+i] = last
	}
	for i, b := range p.m.Boxes {
		if b.Kind == analysis.SegmentBox {
			ranks[i] = last + 1
		}
	}
	return ranks, nil
}

// dense renumbers ranks so that none is empty, and returns how many there are.
func dense(ranks []int) int {
	used := slices.Compact(slices.Sorted(slices.Values(ranks)))
	for i, r := range ranks {
		ranks[i], _ = slices.BinarySearch(used, r)
	}
	return len(used)
}

// panelPlan is the background of the sellers of one motion in one column.
type panelPlan struct {
	motion graph.Motion
	rank   int
	nodes  []int
}

// addPanels groups the sellers by motion and column, product-led first.
func (p *plan) addPanels(ranks []int) {
	for i, b := range p.m.Boxes {
		if b.Kind != analysis.SellerBox || b.Motion == "" {
			continue
		}
		at := slices.IndexFunc(p.panels, func(q panelPlan) bool { return q.motion == b.Motion && q.rank == ranks[i] })
		if at < 0 {
			at = len(p.panels)
			p.panels = append(p.panels, panelPlan{motion: b.Motion, rank: ranks[i]})
		}
		p.panels[at].nodes = append(p.panels[at].nodes, i)
	}
	slices.SortStableFunc(p.panels, func(a, b panelPlan) int {
		return cmp.Or(-cmp.Compare(a.motion, b.motion), cmp.Compare(a.rank, b.rank))
	})
	p.graph.Groups = len(p.panels)
}

// addNodes adds each box with its gap as part of its height: the layout keeps
// boxes and passing edges equally far apart, and edges need far less.
func (p *plan) addNodes(ranks []int) {
	add := func(w, h float64) {
		n := len(p.graph.Nodes)
		p.graph.Nodes = append(p.graph.Nodes, layout.Node{Width: w, Height: h + nodeGap, Rank: ranks[n], Group: -1})
	}
	for _, b := range p.boxes {
		add(b.w, b.h)
	}
	for _, f := range p.findings {
		add(f.w, f.h)
	}
	for g, panel := range p.panels {
		for _, i := range panel.nodes {
			p.graph.Nodes[i].Group = g
		}
	}
}

// Weights tell the layout which edges to keep short and straight. Those of
// findings come last, so that they do not push the pathways apart.
const (
	findingWeight = 0
	reachWeight   = 1
	supplyWeight  = 2
)

// edgePlan is an edge of the layout: one of the map, or a side of a finding.
type edgePlan struct {
	edge    int // of the map, or -1
	finding int // of the map, or -1
	width   float64
}

func (p *plan) addEdges() {
	widest := map[graph.Audience]float64{}
	for _, e := range p.m.Edges {
		widest[e.Audience] = max(widest[e.Audience], e.Members)
	}
	thick := max(2.5, thickest*min(1, manyEdges/float64(max(len(p.m.Edges), 1))))
	for i, e := range p.m.Edges {
		weight := reachWeight
		if e.Audience == "" {
			weight = supplyWeight
		}
		p.connect(p.index[e.From], p.index[e.To], weight, true,
			edgePlan{edge: i, finding: -1, width: edgeWidth(e, widest[e.Audience], thick)})
	}
	for i, f := range p.m.Findings {
		node := len(p.boxes) + i
		for _, id := range f.Between {
			p.connect(p.index[id], node, findingWeight, false, edgePlan{edge: -1, finding: i, width: findingWidth})
		}
		p.connect(node, p.index[f.Segment], findingWeight, false, edgePlan{edge: -1, finding: i, width: findingWidth})
	}
}

func (p *plan) connect(from, to, weight int, arrow bool, e edgePlan) {
	p.graph.Edges = append(p.graph.Edges,
		layout.Edge{From: from, To: to, Weight: weight, Width: e.width, Arrow: arrow})
	p.edges = append(p.edges, e)
}

const (
	supplyWidth  = 1.2
	findingWidth = 1.8
	thinnest     = 1.2
	thickest     = 5.0
	// manyEdges is the number of edges above which all are drawn thinner.
	manyEdges = 50
)

// edgeWidth follows the members that an edge reaches, against the largest of
// its audience: users and buyers are never measured against one another. The
// root keeps small edges visible beside large ones.
func edgeWidth(e analysis.MapEdge, widest, thick float64) float64 {
	if e.Audience == "" || widest <= 0 {
		return supplyWidth
	}
	return thinnest + (thick-thinnest)*math.Sqrt(e.Members/widest)
}

// place runs the layout, and turns it so that the product-led motion is on
// top.
func (p *plan) place(ctx context.Context) error {
	d, err := layout.Run(ctx, &p.graph)
	if err != nil {
		return err
	}
	p.drawing = d
	if p.productBelow() {
		mirror(d)
	}
	p.fan()
	return nil
}

// productBelow reports whether the product-led sellers ended up below the
// account-led ones.
func (p *plan) productBelow() bool {
	sum, n := map[graph.Motion]float64{}, map[graph.Motion]float64{}
	for i, b := range p.m.Boxes {
		if b.Kind == analysis.SellerBox {
			sum[b.Motion] += p.drawing.Nodes[i].Y
			n[b.Motion]++
		}
	}
	if n[graph.ProductLed] == 0 || n[graph.AccountLed] == 0 {
		return false
	}
	return sum[graph.ProductLed]/n[graph.ProductLed] > sum[graph.AccountLed]/n[graph.AccountLed]
}

// mirror turns a drawing upside down.
func mirror(d *layout.Drawing) {
	flip := func(at *layout.Point) { at.Y = d.Height - at.Y }
	for i := range d.Nodes {
		flip(&d.Nodes[i])
	}
	for i := range d.Edges {
		flip(&d.Edges[i].Tip)
		for j := range d.Edges[i].Points {
			flip(&d.Edges[i].Points[j])
		}
	}
}
