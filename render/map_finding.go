package render

import "github.com/channelmap/channelmap/analysis"

var (
	findingTitleStyle = style{Size: 11, Bold: true}
	findingTextStyle  = style{Size: 10}
)

const (
	findingPad   = 10.0
	crossWidth   = 14.0
	minFinding   = 130.0
	maxFinding   = 230.0
	findingSpace = 42.0
)

// findingPlan is a finding with its texts as they will be written.
type findingPlan struct {
	finding     analysis.MapFinding
	w, h        float64
	title, text string
}

func (p *plan) measureFindings() {
	widest := minFinding
	for _, f := range p.m.Findings {
		plan := findingPlan{finding: f, h: findingSpace, title: visible(f.Title), text: visible(f.Text)}
		p.findings = append(p.findings, plan)
		widest = max(widest, 2*findingPad+max(crossWidth+findingTitleStyle.width(plan.title), findingTextStyle.width(plan.text)))
	}
	for i := range p.findings {
		f := &p.findings[i]
		f.w = min(widest, maxFinding)
		f.title = findingTitleStyle.fit(f.title, f.w-2*findingPad-crossWidth)
		f.text = findingTextStyle.fit(f.text, f.w-2*findingPad)
	}
}

// findingColours are the outline, the ground and the text of a finding. Only
// findings and their edges have them.
func findingColours(live bool) (border, paper, text string) {
	if live {
		return liveInk, livePaper, liveText
	}
	return collideInk, collidePaper, collideText
}

func findingStroke(f analysis.MapFinding, width float64) stroke {
	border, _, _ := findingColours(f.Live)
	s := stroke{Colour: border, Width: width}
	if f.Candidate {
		s.Dash = candidateDash
	}
	return s
}

// draw makes the group of a finding whose top left corner is at x, y.
func (f *findingPlan) draw(x, y float64) group {
	border, paper, ink := findingColours(f.finding.Live)
	items := []item{
		rect{X: x, Y: y, W: f.w, H: f.h, Radius: 10, Fill: paper, Stroke: findingStroke(f.finding, 1.3)},
		cross(x+findingPad, y+9.5, border),
		text(x+findingPad+crossWidth, y+18, f.title, findingTitleStyle, ink),
		text(x+findingPad, y+33, f.text, findingTextStyle, ink),
	}
	return group{Class: classFinding, Tooltip: f.tooltip(), Items: items}
}

func (f *findingPlan) tooltip() string {
	lines := []string{f.finding.Title, f.finding.Text}
	if f.finding.Candidate {
		lines = append(lines, "only if the candidate is signed")
	}
	return tooltip(append(lines, f.finding.Details...)...)
}

// cross is the mark before a finding's title.
func cross(x, y float64, colour string) path {
	const s = 8.0
	return path{Stroke: stroke{Colour: colour, Width: 2}, Steps: []step{
		{Kind: move, To: point{x, y}}, {Kind: line, To: point{x + s, y + s}},
		{Kind: move, To: point{x, y + s}}, {Kind: line, To: point{x + s, y}},
	}}
}
