package render

import (
	"math"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

var (
	legendStyle   = style{Size: 10.5}
	legendHeading = style{Size: 9.5, Bold: true}
)

const (
	legendRow    = 20.0
	legendColumn = 62.0 // where the entries of a row start
	swatch       = 26.0
)

// entry is a sample of something drawn, and what it means.
type entry struct {
	sample func(x, y float64) []item // in a space of swatch by 12, from its top left corner
	words  string
}

// legend explains colours, lines and marks, one row each.
func (pg *page) legend() {
	pg.add(path{Stroke: stroke{Colour: hairline, Width: 1}, Steps: []step{
		{Kind: move, To: point{pageMargin, whole(pg.y) + 0.5}}, {Kind: line, To: point{pg.Width - pageMargin, whole(pg.y) + 0.5}}}})
	pg.y += 22
	pg.legendRow("BARS", barEntries())
	pg.legendRow("EDGES", edgeEntries())
	pg.legendRow("MARKS", markEntries())
	pg.y += 10
}

// legendRow writes entries one after the other, over as many lines as needed.
func (pg *page) legendRow(heading string, entries []entry) {
	g := group{Class: classLegend, Items: []item{text(pageMargin, pg.y, heading, legendHeading, inkSoft)}}
	x := pageMargin + legendColumn
	for _, e := range entries {
		w := swatch + 6 + legendStyle.width(e.words)
		if x+w > pg.Width-pageMargin && x > pageMargin+legendColumn {
			x = pageMargin + legendColumn
			pg.y += legendRow
		}
		g.Items = append(g.Items, e.sample(whole(x), whole(pg.y-9))...)
		g.Items = append(g.Items, text(x+swatch+6, pg.y, e.words, legendStyle, inkSoft))
		x += w + 20
	}
	pg.add(g)
	pg.y += legendRow
}

func barEntries() []entry {
	piece := func(k analysis.PieceKind, claimed bool) func(x, y float64) []item {
		return func(x, y float64) []item {
			items := append([]item{rect{X: x, Y: y, W: swatch, H: 10, Fill: pieceColours[k]}}, grain(k, x, y, swatch, 10)...)
			if claimed {
				items = append(items, hatch(x, y, swatch, 10))
			}
			return items
		}
	}
	return []entry{
		{piece(analysis.PieceOnly, false), "reached through it (a segment: one pathway) alone"},
		{piece(analysis.PieceShared, false), "also over others, no conflict"},
		{piece(analysis.PieceCollide, false), "also over others, could collide"},
		{piece(analysis.PieceLive, false), "in live conflict"},
		{piece(analysis.PieceUnreached, false), "not reached"},
		{piece(analysis.PieceOnly, true), "hatched: claimed only"},
	}
}

func edgeEntries() []entry {
	sample := func(e analysis.MapEdge, width float64) func(x, y float64) []item {
		return func(x, y float64) []item { return legendLine(x, y, edgeStroke(e, width)) }
	}
	return []entry{
		{sample(analysis.MapEdge{}, supplyWidth), "supply"},
		{sample(analysis.MapEdge{Audience: graph.Users}, 2.6), "reaches users"},
		{sample(analysis.MapEdge{Audience: graph.Buyers}, 2.6), "reaches buyers"},
		{sample(analysis.MapEdge{Candidate: true}, 1.8), "dashed: only if the candidate is signed"},
		{sample(analysis.MapEdge{Claimed: true}, 1.8), "dotted: claimed only"},
		{widthSample, "width follows reach, for users and buyers apart"},
	}
}

// legendLine draws a sample of a line.
func legendLine(x, y float64, s stroke) []item {
	return []item{path{Stroke: s, Steps: []step{{Kind: move, To: point{x, y + 5}}, {Kind: line, To: point{x + swatch, y + 5}}}}}
}

func widthSample(x, y float64) []item {
	return append(legendLine(x, y-4, stroke{Colour: inkSoft, Width: thinnest}),
		legendLine(x, y+2, stroke{Colour: inkSoft, Width: thickest - 1})...)
}

func markEntries() []entry {
	finding := func(f analysis.MapFinding) func(x, y float64) []item {
		return func(x, y float64) []item {
			border, paper, _ := findingColours(f.Live)
			return []item{rect{X: x, Y: y - 2, W: swatch, H: 14, Radius: 5, Fill: paper, Stroke: findingStroke(f, 1.3)},
				cross(x+swatch/2-4, y+1, border)}
		}
	}
	return []entry{
		{finding(analysis.MapFinding{Live: true}), "finding: live conflict"},
		{finding(analysis.MapFinding{}), "finding: could collide"},
		{finding(analysis.MapFinding{Candidate: true}), "only if the candidate is signed"},
		{func(x, y float64) []item { return lock(x+(swatch-lockSize)/2, y-1, inkSoft) }, "exclusivity clause"},
	}
}

func whole(v float64) float64 { return math.Round(v) }
