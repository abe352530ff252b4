package render

import (
	"image/color"
	"math"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

// linear undoes the gamma of sRGB.
func linear(c uint8) float64 {
	v := float64(c) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

type triple [3]float64

func linearOf(c color.RGBA) triple { return triple{linear(c.R), linear(c.G), linear(c.B)} }

func (t triple) times(m [3]triple) (out triple) {
	for i, row := range m {
		for j, v := range row {
			out[i] += v * t[j]
		}
		out[i] = min(max(out[i], 0), 1)
	}
	return out
}

// contrast is that of WCAG 2.2: (L1+0.05)/(L2+0.05).
func contrast(a, b string) float64 {
	luminance := func(hex string) float64 {
		c := linearOf(rgb(hex))
		return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestTextHasContrast(t *testing.T) {
	for _, c := range [][2]string{
		{ink, paper}, {inkSoft, paper}, {ink, boxPaper}, {inkSoft, boxPaper}, {inkSoft, tagPaper},
		{usersInk, productPanel}, {buyersInk, accountPanel}, {inkSoft, productPanel}, {inkSoft, accountPanel},
		{vendorInk, vendorPaper}, {vendorInkSoft, vendorPaper}, {liveText, livePaper}, {collideText, collidePaper},
	} {
		if got := contrast(c[0], c[1]); got < 4.5 {
			t.Errorf("%s on %s has a contrast of %.2f, want 4.5", c[0], c[1], got)
		}
	}
}

// Lines and marks need 3 to 1 (WCAG 2.2, 1.4.11); supply is context, and said
// to be so by its place.
func TestLinesHaveContrast(t *testing.T) {
	for _, c := range []string{usersInk, buyersInk, usersEdge, buyersEdge, liveInk, collideInk} {
		if got := contrast(c, paper); got < 3 {
			t.Errorf("%s has a contrast of %.2f on paper, want 3", c, got)
		}
	}
}

// vision gives how linear RGB looks to readers. The matrices are those of
// Machado, Oliveira and Fernandes, "A physiologically-based model for
// simulation of color vision deficiency", IEEE TVCG 15(6), 2009, severity 1.
var vision = map[string][3]triple{
	"trichromacy":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab is CIE L*a*b* of linear sRGB, white D65.
func lab(c triple) triple {
	xyz := triple{
		(0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.95047,
		0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2],
		(0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.08883,
	}
	for i, v := range xyz {
		if v > 216.0/24389 {
			xyz[i] = math.Cbrt(v)
		} else {
			xyz[i] = (24389.0/27*v + 16) / 116
		}
	}
	return triple{116*xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])}
}

// distance is CIE76: 2.3 is just noticeable side by side.
func distance(a, b string, eye [3]triple) float64 {
	x, y := lab(linearOf(rgb(a)).times(eye)), lab(linearOf(rgb(b)).times(eye))
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

func TestPiecesCanBeToldApart(t *testing.T) {
	const enough = 25
	kinds := []analysis.PieceKind{analysis.PieceOnly, analysis.PieceShared, analysis.PieceCollide, analysis.PieceLive, analysis.PieceUnreached}
	if len(kinds) != len(pieceColours) {
		t.Fatalf("%d kinds of piece, %d colours", len(kinds), len(pieceColours))
	}
	for name, eye := range vision {
		t.Run(name, func(t *testing.T) {
			for i, a := range kinds {
				for _, b := range kinds[:i] {
					if d := distance(pieceColours[a], pieceColours[b], eye); d < enough {
						t.Errorf("%s and %s are %.1f apart, want %d", a, b, d, enough)
					}
				}
			}
		})
	}
}

func TestEdgesCanBeToldApart(t *testing.T) {
	const enough = 10
	for name, eye := range vision {
		edges := []string{usersEdge, buyersEdge, supplyInk, liveInk, collideInk}
		for i, a := range edges {
			for _, b := range edges[:i] {
				if d := distance(a, b, eye); d < enough {
					t.Errorf("%s: %s and %s are %.1f apart, want %d", name, a, b, d, enough)
				}
			}
		}
	}
}
