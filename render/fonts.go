package render

import (
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fontFamily is what the SVG asks for. Liberation Sans has the metrics of Arial
// and Helvetica, so most readers see the widths that were measured; for others
// each text carries its length.
const fontFamily = "Liberation Sans, Arial, Helvetica, sans-serif"

// typeface is an embedded font and what is needed to measure with it.
type typeface struct {
	font  *sfnt.Font
	units fixed.Int26_6 // per em, as the size at which to measure

	mu     sync.Mutex // guards buffer
	buffer sfnt.Buffer
}

var (
	regularFace = sync.OnceValue(func() *typeface { return parseFace(liberationsansregular.TTF) })
	boldFace    = sync.OnceValue(func() *typeface { return parseFace(liberationsansbold.TTF) })
)

// parseFace reads an embedded font. One that does not parse is a broken build.
func parseFace(ttf []byte) *typeface {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("the embedded font is broken: " + err.Error())
	}
	return &typeface{font: f, units: fixed.I(int(f.UnitsPerEm()))}
}

// has reports whether the font draws a rune.
func (t *typeface) has(r rune) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.glyph(r) != 0
}

// glyph returns 0 for a rune that the font lacks.
func (t *typeface) glyph(r rune) sfnt.GlyphIndex {
	i, err := t.font.GlyphIndex(&t.buffer, r)
	if err != nil {
		return 0
	}
	return i
}

// advances returns how far each rune of s moves the pen, in em, kerning
// included.
func (t *typeface) advances(s []rune) []float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	widths := make([]float64, len(s))
	previous := sfnt.GlyphIndex(0)
	for i, r := range s {
		glyph := t.glyph(r)
		switch {
		case glyph == 0:
			widths[i] = foreignWidth(r)
		default:
			advance, err := t.font.GlyphAdvance(&t.buffer, glyph, t.units, font.HintingNone)
			if err == nil {
				widths[i] = float64(advance) / float64(t.units)
			}
			if previous != 0 {
				kern, err := t.font.Kern(&t.buffer, previous, glyph, t.units, font.HintingNone)
				if err == nil {
					widths[i-1] += float64(kern) / float64(t.units)
				}
			}
		}
		previous = glyph
	}
	return widths
}

// foreignWidth estimates, in em and rather too wide than too narrow, a
// character that the embedded font lacks and another font will draw.
func foreignWidth(r rune) float64 {
	switch {
	case joins(r):
		return 0
	case r >= 0x1F000: // pictographs, and the ideographs of the higher planes
		return 1.25
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60:
		return 1 // East Asian wide characters fill their square
	case unicode.In(r, unicode.Arabic, unicode.Thai, unicode.Lao):
		return 0.5
	case r >= 0x2190 && r <= 0x2BFF: // arrows, symbols, dingbats
		return 1.1
	}
	return 0.8
}
