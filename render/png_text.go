package render

import (
	"fmt"
	"image"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// pen draws with one style at the scale of the picture.
type pen struct {
	face  font.Face
	glyph *typeface
	size  float64
}

func (w *pngWriter) pen(s style) (*pen, error) {
	if p, ok := w.pens[s]; ok {
		return p, nil
	}
	t := s.face()
	size := s.Size * w.scale
	face, err := opentype.NewFace(t.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	w.pens[s] = &pen{face: face, glyph: t, size: size}
	return w.pens[s], nil
}

// label draws a text, each character where it was measured to be.
func (w *pngWriter) label(l label) error {
	p, err := w.pen(l.Style)
	if err != nil {
		return err
	}
	draw := font.Drawer{Dst: w.img, Src: image.NewUniform(rgb(l.Colour)), Face: p.face}
	x, y := l.X*w.scale, l.Y*w.scale
	runes := []rune(displayOrder(l.Text))
	lacking := false
	for i, advance := range p.glyph.advances(runes) {
		if p.glyph.has(runes[i]) {
			draw.Dot = fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}
			draw.DrawString(string(runes[i]))
		} else if lacking = true; advance > 0 {
			if err := w.codeBox(runes[i], x/w.scale, l, advance*l.Style.Size); err != nil {
				return err
			}
		}
		x += advance * p.size
	}
	if lacking {
		w.foreign++
	}
	return nil
}

// displayOrder returns a text in the order in which its characters stand from
// left to right: Hebrew is written the other way round, but for the numbers in
// it. It is UAX #9 for a line that itself runs from left to right.
func displayOrder(s string) string {
	if !strings.ContainsFunc(s, rightToLeft) {
		return s
	}
	var p bidi.Paragraph
	mark := string(leftToRightMark) // makes the line run from left to right
	if _, err := p.SetString(mark + s); err != nil {
		return s
	}
	order, err := p.Order()
	if err != nil {
		return s
	}
	line, turned := "", ""
	for i := range order.NumRuns() {
		run := order.Run(i)
		switch text := run.String(); {
		case run.Direction() == bidi.RightToLeft:
			turned = bidi.ReverseString(text) + turned
		case turned != "" && !strings.ContainsFunc(text, unicode.IsLetter):
			turned = text + turned // a number in the midst of Hebrew
		default:
			line, turned = line+turned+text, ""
		}
	}
	return strings.TrimPrefix(line+turned, mark)
}

// codeBox stands for a character that the font lacks: a box with its code in
// hexadecimal digits, as browsers draw it.
func (w *pngWriter) codeBox(r rune, x float64, l label, width float64) error {
	height := l.Style.Size * 0.86
	w.rect(rect{X: x + 0.5, Y: l.Y - height, W: width - 1, H: height + 1.5, Stroke: stroke{Colour: l.Colour, Width: 0.5}})
	digits := fmt.Sprintf("%04X", r)
	half := (len(digits) + 1) / 2
	for row, part := range []string{digits[:half], digits[half:]} {
		st := style{Size: l.Style.Size * 0.42}
		st.Size *= min(1, (width-2)/st.width(part))
		err := w.label(text(x+(width-st.width(part))/2, l.Y-height/2+float64(row)*height/2-0.4, part, st, l.Colour))
		if err != nil {
			return err
		}
	}
	return nil
}
