package render

import (
	"fmt"
	"math"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// members writes a count with its unit: "1,730 buyers", "1 user".
func members(n float64, a graph.Audience) string {
	unit := string(a)
	if unit == "" {
		unit = "members"
	}
	if math.Round(n) == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return analysis.Number(n) + " " + unit
}

// number writes a count and what it counts: "3 sellers", "1 seller".
func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return analysis.Number(float64(n)) + " " + what + "s"
}

// pieceWords says what a piece of a bar counts; what is reached through one
// pathway alone reads differently at a segment.
func pieceWords(k analysis.PieceKind, of analysis.BoxKind) string {
	switch k {
	case analysis.PieceOnly:
		if of == analysis.SegmentBox {
			return "reached through one pathway alone"
		}
		return "reached through it alone"
	case analysis.PieceShared:
		return "also reached over others, no conflict"
	case analysis.PieceCollide:
		return "also reached over others, could collide"
	case analysis.PieceLive:
		return "in live conflict"
	}
	return "not reached"
}

// motionWords is the heading of a band.
func motionWords(m graph.Motion) string { return strings.ToUpper(string(m)) }

// equityWords lists the relationship equity that sellers build, with how many
// of them build it where it is more than one.
func equityWords(boxes []analysis.Box) string {
	var words []string
	for _, e := range []graph.Equity{graph.EquityOwn, graph.EquityReach, graph.EquityDepth, graph.EquityPower} {
		n := 0
		for _, b := range boxes {
			if b.Equity == e {
				n++
			}
		}
		switch {
		case n == 1:
			words = append(words, string(e))
		case n > 1:
			words = append(words, fmt.Sprintf("%s %d", e, n))
		}
	}
	return strings.Join(words, " · ")
}

// omittedWords says what the map leaves out, or nothing where it shows all.
func omittedWords(m *analysis.Map) string {
	sellers, segments := 0, 0
	for _, b := range m.Boxes {
		switch b.Kind {
		case analysis.SellerBox:
			sellers++
		case analysis.SegmentBox:
			segments++
		}
	}
	o := m.Omitted
	var parts []string
	if o.Sellers > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s%s",
			analysis.Number(float64(sellers)), number(sellers+o.Sellers, "seller"), omittedReach(m)))
	}
	if o.Segments > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s", analysis.Number(float64(segments)), number(segments+o.Segments, "segment")))
	}
	if o.Edges > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s", analysis.Number(float64(len(m.Edges))), number(len(m.Edges)+o.Edges, "edge")))
	}
	if o.Findings > 0 {
		parts = append(parts, fmt.Sprintf("the worst %s of %s", analysis.Number(float64(len(m.Findings))), number(len(m.Findings)+o.Findings, "finding")))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Showing " + strings.Join(parts, ", ") + "."
}

// omittedReach tells what the sellers reach that are not drawn, where that is
// of one audience: users and buyers are never added.
func omittedReach(m *analysis.Map) string {
	var audience graph.Audience
	for _, b := range m.Boxes {
		for _, bar := range b.Bars {
			if audience != "" && bar.Audience != audience {
				return ""
			}
			audience = bar.Audience
		}
	}
	if audience == "" || m.Omitted.Members == 0 {
		return ""
	}
	return fmt.Sprintf(" (those not drawn reach %s, repeats included)", members(m.Omitted.Members, audience))
}
