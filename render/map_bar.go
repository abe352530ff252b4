package render

import (
	"math"

	"github.com/channelmap/channelmap/analysis"
)

var barLabelStyle = style{Size: 8.5}

// bars draws the bars of a box one below the other. Where there are several,
// each is followed by its audience.
func (b *boxPlan) bars(x, y float64) []item {
	var items []item
	w := b.w - 2*boxPad
	several := len(b.box.Bars) > 1
	if several {
		w -= barLabel
	}
	for _, bar := range b.box.Bars {
		items = append(items, b.bar(bar, x, y, w)...)
		if several {
			name := barLabelStyle.fit(visible(string(bar.Audience)), barLabel-6)
			items = append(items, text(x+w+6, y+b.barHeight(), name, barLabelStyle, b.look().inkSoft))
		}
		y += b.barHeight() + barGap
	}
	return items
}

// bar draws one bar: an empty track, and on it the pieces from the left edge
// on, without a gap.
func (b *boxPlan) bar(bar analysis.Bar, x, y, w float64) []item {
	h := b.barHeight()
	items := []item{rect{X: x, Y: y, W: w, H: h, Fill: tagPaper}}
	for i, width := range pieceWidths(bar, w) {
		if width == 0 {
			continue
		}
		p := bar.Pieces[i]
		piece := []item{rect{X: x, Y: y, W: width, H: h, Fill: pieceColours[p.Kind]}}
		piece = append(piece, grain(p.Kind, x, y, width, h)...)
		if b.box.Claimed && p.Kind != analysis.PieceUnreached {
			piece = append(piece, hatch(x, y, width, h))
		}
		items = append(items, group{Class: classPiece, Items: piece,
			Tooltip: members(p.Count, bar.Audience) + " " + pieceWords(p.Kind, b.box.Kind)})
		x += width
	}
	return items
}

// pieceWidths cuts a bar into whole pixels. Each border between two pieces is
// where the sum up to it says, rounded, so the pieces add up to the rounded
// whole; a piece that counts anything is at least one pixel wide, at the cost
// of the widest.
func pieceWidths(bar analysis.Bar, w float64) []float64 {
	sum := 0.0
	for _, p := range bar.Pieces {
		sum += p.Count
	}
	widths := make([]float64, len(bar.Pieces))
	total := max(bar.Total, sum)
	if total == 0 {
		return widths
	}
	w = math.Floor(w)
	reached, border, widest := 0.0, 0.0, 0
	for i, p := range bar.Pieces {
		reached += p.Count
		next := math.Round(w * (reached / total))
		widths[i] = next - border
		border = next
		if widths[i] > widths[widest] {
			widest = i
		}
	}
	for i, p := range bar.Pieces {
		if p.Count > 0 && widths[i] < 1 {
			widths[i] = 1
			if widths[widest] > 1 {
				widths[widest]--
			}
		}
	}
	return widths
}

// grain is what tells pieces apart without colour: live conflict carries fine
// upright lines, and every piece ends in a thin white one.
func grain(k analysis.PieceKind, x, y, w, h float64) []item {
	if w < 4 {
		return nil
	}
	items := []item{rect{X: x + w - 1, Y: y, W: 1, H: h, Fill: boxPaper}}
	if k == analysis.PieceLive {
		lines := path{Stroke: stroke{Colour: livePaper, Width: 0.8}}
		for at := x + 3; at < x+w-2; at += 4 {
			lines.Steps = append(lines.Steps, step{Kind: move, To: point{at, y + 1.5}}, step{Kind: line, To: point{at, y + h - 1.5}})
		}
		items = append(items, lines)
	}
	return items
}

// hatch draws white lines across a rectangle that rise to the right, six
// pixels apart and cut off at its sides: figures that are only claimed.
func hatch(x, y, w, h float64) path {
	p := path{Stroke: stroke{Colour: boxPaper, Width: 1.6}}
	for at := 2.0; at < w+h; at += 6 {
		// The line runs from (at, 0) at the top down to (at-h, h).
		low, high := max(0, at-w), min(h, at)
		if low < high {
			p.Steps = append(p.Steps, step{Kind: move, To: point{x + at - low, y + low}}, step{Kind: line, To: point{x + at - high, y + high}})
		}
	}
	return p
}

// lock draws a padlock.
func lock(x, y float64, colour string) []item {
	const s = lockSize
	return []item{
		path{Stroke: stroke{Colour: colour, Width: 1.5}, Steps: []step{
			{Kind: move, To: point{x + s*0.26, y + s*0.48}},
			{Kind: line, To: point{x + s*0.26, y + s*0.3}},
			{Kind: curve, A: point{x + s*0.26, y - s*0.04}, B: point{x + s*0.74, y - s*0.04}, To: point{x + s*0.74, y + s*0.3}},
			{Kind: line, To: point{x + s*0.74, y + s*0.48}},
		}},
		rect{X: x + s*0.1, Y: y + s*0.46, W: s * 0.8, H: s * 0.54, Radius: 1.5, Fill: colour},
	}
}
