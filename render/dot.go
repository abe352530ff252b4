package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// MapDOT writes the map in the language of Graphviz, for those who want to
// change it or draw it themselves: dot -Tsvg. It is complete by itself; the
// picture differs from that of MapSVG, which Graphviz only lays out.
func MapDOT(w io.Writer, m *analysis.Map) error {
	if err := checkMap(m); err != nil {
		return fmt.Errorf("the map cannot be drawn: %w", err)
	}
	p, err := planMap(m)
	if err != nil {
		return fmt.Errorf("the map cannot be drawn: %w", err)
	}
	d := dotWriter{plan: p}
	d.write()
	_, err = w.Write(d.out.Bytes())
	return err
}

// dotWriter writes a planned map. What users wrote passes through quote or
// markup, and nothing else reaches the file as it came.
type dotWriter struct {
	plan *plan
	out  bytes.Buffer
}

func (d *dotWriter) write() {
	fmt.Fprintf(&d.out, "digraph map {\ngraph [rankdir=LR newrank=true splines=spline nodesep=0.16 ranksep=1 pad=0.3 bgcolor=%s fontname=Helvetica labelloc=t labeljust=l tooltip=%s\nlabel=%s]\n",
		quote(paper), quoteTip(visible(d.plan.m.Title)), d.caption())
	d.out.WriteString("node [shape=plain fontname=Helvetica]\nedge [arrowsize=0.6 tailport=e headport=w]\n\n")
	for i := range d.plan.boxes {
		d.box(&d.plan.boxes[i])
	}
	for i := range d.plan.findings {
		d.finding(&d.plan.findings[i])
	}
	d.panels()
	d.ranks()
	for i := range d.plan.edges {
		d.edge(i)
	}
	d.out.WriteString("}\n")
}

// quote writes a string of DOT. Backslashes are doubled, so that none starts an
// escape such as \N, and ampersands become entities, which Graphviz reads in
// every string.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "\n", `\n`).Replace(s) + `"`
}

// quoteTip writes the string of a tooltip, in which Graphviz takes escapes twice:
// for line ends, and for names.
func quoteTip(s string) string { return quote(strings.ReplaceAll(s, `\`, `\\`)) }

// markup escapes text for Graphviz' HTML-like labels, in which an element may
// not be empty, and \N is an escape as in strings.
func markup(s string) string {
	if s == "" {
		return " "
	}
	return strings.NewReplacer(`\`, `\\`, "&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// row is a line of text in a table.
func row(s string, st style, colour string) string {
	text := fmt.Sprintf(`<FONT POINT-SIZE="%s" COLOR="%s">%s</FONT>`, pixels(st.Size), colour, markup(s))
	if st.Bold {
		text = "<B>" + text + "</B>"
	}
	return `<TR><TD ALIGN="LEFT">` + text + "</TD></TR>\n"
}

const (
	bareTable = `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">`
	fullTable = `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4" STYLE="%s" COLOR="%s" BGCOLOR="%s">` + "\n"
)

// captionWidth is where the lines above the map are broken.
const captionWidth = 1000

// caption is the title, the sentences, the legend and the footer, above the
// map.
func (d *dotWriter) caption() string {
	m := d.plan.m
	var b strings.Builder
	b.WriteString("<" + bareTable + "\n" + row(titleStyle.fit(visible(m.Title), captionWidth), titleStyle, ink))
	paragraph := func(s string, st style, colour string) {
		for _, line := range st.wrap(visible(s), captionWidth) {
			b.WriteString(row(line, st, colour))
		}
	}
	for _, s := range m.Sentences {
		paragraph(s, sentenceStyle, inkSoft)
	}
	if m.AsOf != "" {
		b.WriteString(row("as of "+visible(m.AsOf), asOfStyle, inkSoft))
	}
	b.WriteString(dotLegend())
	if o := omittedWords(m); o != "" {
		paragraph(o, footerStyle, ink)
	}
	for _, s := range m.Footer {
		paragraph(s, footerStyle, inkSoft)
	}
	b.WriteString("</TABLE>>")
	return b.String()
}

// dotLegend explains the colours of bars and lines.
func dotLegend() string {
	var b strings.Builder
	b.WriteString(`<TR><TD ALIGN="LEFT"><TABLE ALIGN="LEFT" BORDER="0" CELLBORDER="0" CELLSPACING="2" CELLPADDING="2"><TR>`)
	entry := func(colour, words string) {
		fmt.Fprintf(&b, `<TD BGCOLOR="%s" WIDTH="16" HEIGHT="8"></TD><TD><FONT POINT-SIZE="%s" COLOR="%s">%s  </FONT></TD>`,
			colour, pixels(legendStyle.Size), inkSoft, markup(words))
	}
	for _, k := range []analysis.PieceKind{analysis.PieceOnly, analysis.PieceShared, analysis.PieceCollide, analysis.PieceLive, analysis.PieceUnreached} {
		entry(pieceColours[k], pieceWords(k, analysis.SellerBox))
	}
	entry(usersEdge, "reaches users")
	entry(buyersEdge, "reaches buyers; dashed: only if the candidate is signed; dotted: claimed only")
	b.WriteString("</TR></TABLE></TD></TR>\n")
	return b.String()
}

func (d *dotWriter) box(b *boxPlan) {
	l := b.look()
	border := "rounded"
	if b.box.Kind == analysis.SegmentBox {
		border = "solid"
	}
	if b.box.Candidate {
		border += ",dashed"
	}
	fmt.Fprintf(&d.out, "%s [tooltip=%s", quote(b.box.ID), quoteTip(b.tooltip()))
	if b.box.Link != "" {
		fmt.Fprintf(&d.out, " URL=%s", quote(b.box.Link))
	}
	fmt.Fprintf(&d.out, " label=<"+fullTable, border, l.border, l.paper)
	name := b.name
	if b.box.Candidate {
		name += " · " + candidateTag
	}
	d.out.WriteString(row(name, nameStyle, l.ink) + row(b.subtitle, subtitleStyle, l.inkSoft))
	for _, bar := range b.box.Bars {
		d.out.WriteString(b.dotBar(bar))
	}
	if b.meta != "" {
		d.out.WriteString(row(b.meta, metaStyle, l.inkSoft))
	}
	if b.box.Exclusive != "" {
		clause := metaStyle.fit(visible(b.box.Exclusive), b.w-2*boxPad)
		d.out.WriteString(row(clause, metaStyle, l.inkSoft))
	}
	d.out.WriteString("</TABLE>>]\n")
}

// dotBar is a bar as a table of a fixed size: cells of any other table are
// stretched, which would leave gaps between the pieces.
func (b *boxPlan) dotBar(bar analysis.Bar) string {
	w, h := whole(b.w-2*boxPad), b.barHeight()
	var cells strings.Builder
	cell := func(width float64, colour string) {
		if width > 0 {
			fmt.Fprintf(&cells, `<TD FIXEDSIZE="TRUE" WIDTH="%.0f" HEIGHT="%.0f" BGCOLOR="%s"></TD>`, width, h, colour)
		}
	}
	left := w
	for i, width := range pieceWidths(bar, w) {
		cell(width, pieceColours[bar.Pieces[i].Kind])
		left -= width
	}
	cell(left, tagPaper)
	return fmt.Sprintf(`<TR><TD ALIGN="LEFT"><TABLE ALIGN="LEFT" FIXEDSIZE="TRUE" WIDTH="%.0f" HEIGHT="%.0f" BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>%s</TR></TABLE></TD></TR>`+"\n",
		w, h, cells.String())
}

func (d *dotWriter) finding(f *findingPlan) {
	border, paper, ink := findingColours(f.finding.Live)
	shape := "rounded"
	if f.finding.Candidate {
		shape += ",dashed"
	}
	fmt.Fprintf(&d.out, "%s [tooltip=%s label=<"+fullTable, quote(f.finding.ID), quoteTip(f.tooltip()), shape, border, paper)
	d.out.WriteString(row("× "+f.title, findingTitleStyle, ink) + row(f.text, findingTextStyle, ink) + "</TABLE>>]\n")
}

// panels writes the bands of the motions as clusters.
func (d *dotWriter) panels() {
	for i, panel := range d.plan.panels {
		paper, colour := accountPanel, buyersInk
		if panel.motion == graph.ProductLed {
			paper, colour = productPanel, usersInk
		}
		fmt.Fprintf(&d.out, "subgraph cluster_%d { style=\"rounded,filled\" color=%s fontcolor=%s fontsize=10 labeljust=l tooltip=%s label=%s;",
			i, quote(paper), quote(colour), quote(visible(string(panel.motion))), quote(visible(motionWords(panel.motion))))
		for _, n := range panel.nodes {
			d.out.WriteString(" " + quote(d.id(n)) + ";")
		}
		d.out.WriteString(" }\n")
	}
}

// id is the name of a node of the plan.
func (d *dotWriter) id(node int) string {
	if n := node - len(d.plan.boxes); n >= 0 {
		return d.plan.findings[n].finding.ID
	}
	return d.plan.boxes[node].box.ID
}

// ranks keeps the columns of the plan, one after the other.
func (d *dotWriter) ranks() {
	previous := ""
	for rank := range d.plan.graph.Ranks {
		first := ""
		d.out.WriteString("{ rank=same;")
		for i, n := range d.plan.graph.Nodes {
			if n.Rank == rank {
				d.out.WriteString(" " + quote(d.id(i)) + ";")
				if first == "" {
					first = quote(d.id(i))
				}
			}
		}
		d.out.WriteString(" }\n")
		if previous != "" {
			fmt.Fprintf(&d.out, "%s -> %s [style=invis weight=0]\n", previous, first)
		}
		previous = first
	}
}

func (d *dotWriter) edge(i int) {
	e, way := d.plan.edges[i], d.plan.graph.Edges[i]
	fmt.Fprintf(&d.out, "%s -> %s [weight=%d penwidth=%s", quote(d.id(way.From)), quote(d.id(way.To)), way.Weight, pixels(e.width))
	var line stroke
	if e.finding >= 0 {
		f := d.plan.findings[e.finding]
		line = findingStroke(f.finding, e.width)
		fmt.Fprintf(&d.out, " dir=none tooltip=%s", quoteTip(f.tooltip()))
	} else {
		m := d.plan.m.Edges[e.edge]
		line = edgeStroke(m, e.width)
		fmt.Fprintf(&d.out, " tooltip=%s", quoteTip(d.plan.edgeTooltip(m)))
	}
	if line.Round {
		d.out.WriteString(" style=dotted")
	} else if len(line.Dash) > 0 {
		d.out.WriteString(" style=dashed")
	}
	fmt.Fprintf(&d.out, " color=%s]\n", quote(line.Colour))
}
