package render

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// The texts of a box and their sizes.
var (
	nameStyle     = style{Size: 13, Bold: true}
	subtitleStyle = style{Size: 10.5}
	metaStyle     = style{Size: 9.5}
	tagStyle      = style{Size: 8, Bold: true}
)

// The measures of a box, in pixels.
const (
	boxPad       = 11.0
	nameBase     = 19.0 // baselines and edges, from the top of the box
	subtitleBase = 34.0
	barTop       = 42.0
	barGap       = 4.0
	sellerBar    = 8.0
	segmentBar   = 11.0
	barLabel     = 36.0 // for the audience, where a box has several bars
	metaRow      = 15.0
	boxBottom    = 10.0
	minBox       = 172.0
	maxBox       = 270.0
	maxVendor    = 190.0
	lockSize     = 11.0
	tagPad       = 4.0
)

const candidateTag = "CANDIDATE"

// boxPlan is a box with its texts as they will be written.
type boxPlan struct {
	box            analysis.Box
	w, h           float64
	name, subtitle string
	meta           string
}

// measure gives every box and finding its size. All sellers are as wide as the
// widest of them, and so are the segments and the findings: their edges then
// line up.
func (p *plan) measure() {
	widest := map[analysis.BoxKind]float64{}
	for _, b := range p.m.Boxes {
		plan := boxPlan{box: b, name: visible(nameOf(b)), subtitle: visible(b.Subtitle), meta: metaWords(b)}
		p.boxes = append(p.boxes, plan)
		widest[b.Kind] = max(widest[b.Kind], plan.wanted())
	}
	for i := range p.boxes {
		b := &p.boxes[i]
		if b.box.Kind == analysis.VendorBox {
			b.w = min(max(widest[b.box.Kind], 96), maxVendor)
		} else {
			b.w = min(max(widest[b.box.Kind], minBox), maxBox)
		}
		b.h = b.height()
		inner := b.w - 2*boxPad
		b.name = nameStyle.fit(b.name, inner-b.marksWidth())
		b.subtitle = subtitleStyle.fit(b.subtitle, inner)
		b.meta = metaStyle.fit(b.meta, inner)
	}
	p.measureFindings()
}

// nameOf is what a box is called: its id where it has no name to see.
func nameOf(b analysis.Box) string {
	if strings.TrimSpace(b.Name) == "" {
		return b.ID
	}
	return b.Name
}

// metaWords is the last line of a seller: what its relationship builds, its
// stage, and whether its figures are claims.
func metaWords(b analysis.Box) string {
	var words []string
	if b.Kind == analysis.SellerBox && b.Equity != "" {
		words = append(words, visible(string(b.Equity))+" equity")
	}
	if b.Stage != "" {
		words = append(words, visible(string(b.Stage)))
	}
	if b.Claimed {
		words = append(words, "figures claimed")
	}
	return strings.Join(words, " · ")
}

// wanted is the width at which nothing of the box is cut.
func (b *boxPlan) wanted() float64 {
	return 2*boxPad + max(nameStyle.width(b.name)+b.marksWidth(), subtitleStyle.width(b.subtitle), metaStyle.width(b.meta))
}

// marksWidth is what the tag and the lock take up beside the name.
func (b *boxPlan) marksWidth() float64 {
	w := 0.0
	if b.box.Candidate {
		w += tagStyle.width(candidateTag) + 2*tagPad + 6
	}
	if b.box.Exclusive != "" {
		w += lockSize + 6
	}
	return w
}

func (b *boxPlan) barHeight() float64 {
	if b.box.Kind == analysis.SegmentBox {
		return segmentBar
	}
	return sellerBar
}

func (b *boxPlan) height() float64 {
	h := subtitleBase
	if n := float64(len(b.box.Bars)); n > 0 {
		h = barTop + n*b.barHeight() + (n-1)*barGap
	}
	if b.meta != "" {
		h += metaRow
	}
	return h + boxBottom
}

// look is how the outline and ground of a kind of box are drawn.
type look struct {
	paper, border, ink, inkSoft string
	radius                      float64
}

func (b *boxPlan) look() look {
	switch b.box.Kind {
	case analysis.VendorBox:
		return look{vendorPaper, vendorPaper, vendorInk, vendorInkSoft, 10}
	case analysis.SegmentBox:
		return look{boxPaper, hairline, ink, inkSoft, 3}
	}
	return look{boxPaper, audienceColour(b.box.Audience), ink, inkSoft, 8}
}

// audienceColour is that of edges and outlines: supply, without an audience,
// is grey.
func audienceColour(a graph.Audience) string {
	switch a {
	case graph.Users:
		return usersInk
	case graph.Buyers:
		return buyersInk
	}
	return supplyInk
}

// draw makes the group of a box whose top left corner is at x, y.
func (b *boxPlan) draw(x, y float64) group {
	l := b.look()
	outline := rect{X: x, Y: y, W: b.w, H: b.h, Radius: l.radius, Fill: l.paper,
		Stroke: stroke{Colour: l.border, Width: 1.3}}
	if b.box.Candidate {
		outline.Stroke.Dash = candidateDash
	}
	items := []item{outline}
	if b.box.Kind == analysis.SegmentBox {
		items = append(items, rect{X: x, Y: y, W: 4, H: b.h, Fill: audienceColour(b.box.Audience)})
	}
	left := x + boxPad
	items = append(items,
		text(left, y+nameBase, b.name, nameStyle, l.ink),
		text(left, y+subtitleBase, b.subtitle, subtitleStyle, l.inkSoft))
	items = append(items, b.marks(x, y)...)
	items = append(items, b.bars(left, y+barTop)...)
	if b.meta != "" {
		items = append(items, text(left, y+b.h-boxBottom, b.meta, metaStyle, l.inkSoft))
	}
	return group{Class: classBox, Tooltip: b.tooltip(), Link: b.box.Link, Items: items}
}

// text is a label as wide as it measures. Letters and their marks are put
// together where that is one character: fonts draw it better.
func text(x, y float64, s string, st style, colour string) label {
	s = norm.NFC.String(s)
	return label{X: x, Y: y, Width: st.width(s), Text: s, Style: st, Colour: colour}
}

// marks are the lock of an exclusivity clause and the tag of a candidate, at
// the right of the name.
func (b *boxPlan) marks(x, y float64) []item {
	var items []item
	right := x + b.w - boxPad
	if b.box.Exclusive != "" {
		items = append(items, group{Class: classMark, Tooltip: tooltip(b.box.Exclusive),
			Items: lock(right-lockSize, y+nameBase-lockSize+1, b.look().inkSoft)})
		right -= lockSize + 6
	}
	if b.box.Candidate {
		w := tagStyle.width(candidateTag)
		items = append(items,
			rect{X: right - w - 2*tagPad, Y: y + nameBase - 9.5, W: w + 2*tagPad, H: 12.5, Radius: 3, Fill: tagPaper},
			text(right-w-tagPad, y+nameBase-0.5, candidateTag, tagStyle, inkSoft))
	}
	return items
}

func (b *boxPlan) tooltip() string {
	lines := []string{nameOf(b.box), b.box.Subtitle}
	if b.box.Candidate {
		lines = append(lines, "candidate: not signed; what it would add is dashed")
	}
	if b.meta != "" {
		lines = append(lines, metaWords(b.box))
	}
	return tooltip(append(append(lines, b.box.Exclusive), b.box.Details...)...)
}

// maxTooltipLines bounds a tooltip: a screen does not hold more.
const maxTooltipLines = 40

// tooltip joins the lines that are not empty.
func tooltip(lines ...string) string {
	var shown []string
	for _, l := range lines {
		if l == "" {
			continue
		}
		if len(shown) == maxTooltipLines {
			shown = append(shown, ellipsis)
			break
		}
		shown = append(shown, visible(l))
	}
	return strings.Join(shown, "\n")
}
