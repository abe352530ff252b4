package render

import (
	"math"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

var (
	titleStyle    = style{Size: 22, Bold: true}
	sentenceStyle = style{Size: 13}
	asOfStyle     = style{Size: 11}
	footerStyle   = style{Size: 10.5}
	panelStyle    = style{Size: 9.5, Bold: true}
	panelSoft     = style{Size: 9.5}
)

const (
	pageMargin   = 32.0
	minPage      = 980.0 // so that title and legend have room
	panelSide    = 10.0  // of a panel, to the left and right of its boxes
	panelHeading = 20.0  // above its boxes
	panelBottom  = 10.0
)

// page is the scene while it is drawn from the top down.
type page struct {
	scene
	y float64 // where the next part starts
}

// draw makes the picture of a placed map: title, map, legend, footer.
func (p *plan) draw() *scene {
	pg := &page{y: pageMargin}
	pg.Width = max(p.drawing.Width+2*pageMargin, minPage)
	pg.Title = visible(p.m.Title)
	pg.Desc = description(p.m)
	pg.header(p.m)
	p.drawBody(pg)
	pg.legend()
	pg.footer(p.m)
	pg.Width, pg.Height = math.Ceil(pg.Width), math.Ceil(pg.y+pageMargin-8)
	pg.Items = append([]item{rect{W: pg.Width, H: pg.Height, Fill: paper}}, pg.Items...)
	return &pg.scene
}

func (pg *page) add(items ...item) { pg.Items = append(pg.Items, items...) }

// inner is the width between the margins.
func (pg *page) inner() float64 { return pg.Width - 2*pageMargin }

func (pg *page) header(m *analysis.Map) {
	asOf := ""
	if m.AsOf != "" {
		asOf = asOfStyle.fit("as of "+visible(m.AsOf), 200)
	}
	w := asOfStyle.width(asOf)
	title := titleStyle.fit(visible(m.Title), pg.inner()-w-24)
	pg.add(text(pageMargin, pg.y+16, title, titleStyle, ink))
	if asOf != "" {
		pg.add(text(pg.Width-pageMargin-w, pg.y+16, asOf, asOfStyle, inkSoft))
	}
	pg.y += 42
	for _, s := range m.Sentences {
		pg.paragraph(visible(s), sentenceStyle, inkSoft, 19)
	}
	pg.y += 2
}

// paragraph writes a text over as many lines as it needs.
func (pg *page) paragraph(s string, st style, colour string, lineHeight float64) {
	for _, l := range st.wrap(s, pg.inner()) {
		pg.add(text(pageMargin, pg.y, l, st, colour))
		pg.y += lineHeight
	}
}

// drawBody draws the map itself. What is drawn later lies on top: bands,
// supply, reach, findings' edges, then everything that holds text.
func (p *plan) drawBody(pg *page) {
	dx, dy := (pg.Width-p.drawing.Width)/2, pg.y
	for _, panel := range p.panels {
		pg.add(p.drawPanel(panel, dx, dy))
	}
	for layer := range 3 {
		for i, e := range p.edges {
			if p.layer(e) == layer {
				pg.add(p.drawEdge(i, dx, dy))
			}
		}
	}
	for i := range p.findings {
		f := &p.findings[i]
		at := p.corner(len(p.boxes)+i, f.w, f.h, dx, dy)
		pg.add(f.draw(at.X, at.Y))
	}
	for i := range p.boxes {
		b := &p.boxes[i]
		at := p.corner(i, b.w, b.h, dx, dy)
		pg.add(b.draw(at.X, at.Y))
	}
	pg.y += p.drawing.Height + 18
}

func (p *plan) layer(e edgePlan) int {
	switch {
	case e.finding >= 0:
		return 2
	case p.m.Edges[e.edge].Audience != "":
		return 1
	}
	return 0
}

// corner is the top left corner of a node, on the pixel so that bars are sharp.
func (p *plan) corner(node int, w, h, dx, dy float64) point {
	at := p.drawing.Nodes[node]
	return point{whole(at.X + dx - w/2), whole(at.Y + dy - h/2)}
}

// drawPanel draws the band of a motion in one column, with its heading.
func (p *plan) drawPanel(panel panelPlan, dx, dy float64) group {
	var boxes []analysis.Box
	first := panel.nodes[0]
	left, top := p.corner(first, p.boxes[first].w, p.boxes[first].h, dx, dy).X, 1e9
	bottom := -top
	for _, i := range panel.nodes {
		at := p.corner(i, p.boxes[i].w, p.boxes[i].h, dx, dy)
		top, bottom = min(top, at.Y), max(bottom, at.Y+p.boxes[i].h)
		boxes = append(boxes, p.m.Boxes[i])
	}
	paper, colour := accountPanel, buyersInk
	if panel.motion == graph.ProductLed {
		paper, colour = productPanel, usersInk
	}
	top -= panelHeading
	w := p.boxes[first].w
	heading := panelStyle.fit(motionWords(panel.motion), w/2)
	soft := panelSoft.fit(equityWords(boxes), w-panelStyle.width(heading)-10)
	return group{Class: classPanel,
		Tooltip: tooltip(string(panel.motion)+" motion", "relationship equity, by number of pathways: "+equityWords(boxes)),
		Items: []item{
			rect{X: left - panelSide, Y: top, W: w + 2*panelSide, H: bottom + panelBottom - top, Radius: 10, Fill: paper},
			text(left, top+14, heading, panelStyle, colour),
			text(left+w-panelSoft.width(soft), top+14, soft, panelSoft, inkSoft),
		}}
}

// description tells what the map shows to readers who cannot see it.
func description(m *analysis.Map) string {
	parts := append([]string(nil), m.Sentences...)
	if m.For != "" {
		parts = append(parts, "For "+m.For+".")
	}
	if m.AsOf != "" {
		parts = append(parts, "As of "+m.AsOf+".")
	}
	for _, f := range m.Findings {
		parts = append(parts, f.Title+": "+f.Text+".")
	}
	if o := omittedWords(m); o != "" {
		parts = append(parts, o)
	}
	for i := range parts {
		parts[i] = visible(parts[i])
	}
	return strings.Join(parts, " ")
}

func (pg *page) footer(m *analysis.Map) {
	if o := omittedWords(m); o != "" {
		pg.paragraph(o, footerStyle, ink, 16)
	}
	for _, line := range m.Footer {
		pg.paragraph(visible(line), footerStyle, inkSoft, 16)
	}
}
