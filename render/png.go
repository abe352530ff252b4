package render

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"

	"git.sr.ht/~sbinet/gg"
)

const (
	defaultScale = 2.0
	maxScale     = 4.0
	maxPixels    = 60e6 // beyond it the scale gives way
)

// writePNG draws a scene and returns how many labels hold characters that the
// embedded font lacks.
func writePNG(out *bytes.Buffer, s *scene, scale float64) (foreign int, err error) {
	if scale == 0 {
		scale = defaultScale
	}
	if math.IsNaN(scale) || scale < 0.1 || scale > maxScale {
		return 0, fmt.Errorf("a scale of %g is not between 0.1 and %g", scale, maxScale)
	}
	scale = min(scale, math.Sqrt(maxPixels/(s.Width*s.Height)))
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(s.Width*scale)), int(math.Ceil(s.Height*scale))))
	w := &pngWriter{img: img, dc: gg.NewContextForRGBA(img), scale: scale, pens: map[style]*pen{}}
	w.dc.Scale(scale, scale)
	if err := w.items(s.Items); err != nil {
		return 0, err
	}
	if blank(img) {
		return 0, errors.New("the picture is blank")
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(out, img); err != nil {
		return 0, err
	}
	return w.foreign, checkPNG(out.Bytes(), img.Bounds().Size())
}

// checkPNG refuses a file that is no picture of this size.
func checkPNG(data []byte, size image.Point) error {
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return err
	}
	if got := image.Pt(c.Width, c.Height); got != size {
		return fmt.Errorf("it is %v pixels, not %v", got, size)
	}
	return nil
}

// blank reports whether all pixels have one colour.
func blank(img *image.RGBA) bool {
	for i := 4; i < len(img.Pix); i++ {
		if img.Pix[i] != img.Pix[i-4] {
			return false
		}
	}
	return true
}

type pngWriter struct {
	img     *image.RGBA
	dc      *gg.Context
	scale   float64
	pens    map[style]*pen
	foreign int
}

func (w *pngWriter) items(items []item) error {
	for _, it := range items {
		var err error
		switch it := it.(type) {
		case rect:
			w.rect(it)
		case path:
			w.path(it)
		case label:
			err = w.label(it)
		case group:
			err = w.items(it.Items)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *pngWriter) rect(r rect) {
	if w.block(r) {
		return
	}
	if r.Radius > 0 {
		w.dc.DrawRoundedRectangle(r.X, r.Y, r.W, r.H, min(r.Radius, r.W/2, r.H/2))
	} else {
		w.dc.DrawRectangle(r.X, r.Y, r.W, r.H)
	}
	w.paint(r.Fill, r.Stroke)
}

// block fills a plain rectangle of whole pixels: the background and the pieces
// of bars. It is much quicker than a path, and as sharp.
func (w *pngWriter) block(r rect) bool {
	x0, y0, x1, y1 := r.X*w.scale, r.Y*w.scale, (r.X+r.W)*w.scale, (r.Y+r.H)*w.scale
	for _, v := range []float64{x0, y0, x1, y1} {
		if v != math.Trunc(v) {
			return false
		}
	}
	if r.Radius > 0 || r.Stroke.Colour != "" || r.Fill == "" {
		return false
	}
	area := image.Rect(int(x0), int(y0), int(x1), int(y1))
	draw.Draw(w.img, area, image.NewUniform(rgb(r.Fill)), image.Point{}, draw.Src)
	return true
}

func (w *pngWriter) path(p path) {
	for _, s := range p.Steps {
		switch s.Kind {
		case move:
			w.dc.MoveTo(s.To.X, s.To.Y)
		case line:
			w.dc.LineTo(s.To.X, s.To.Y)
		case curve:
			w.dc.CubicTo(s.A.X, s.A.Y, s.B.X, s.B.Y, s.To.X, s.To.Y)
		case shut:
			w.dc.ClosePath()
		}
	}
	w.paint(p.Fill, p.Stroke)
}

// paint fills and strokes the current path. The context scales coordinates,
// but neither the width of lines nor their dashes.
func (w *pngWriter) paint(fill string, s stroke) {
	if fill != "" {
		w.dc.SetColor(rgb(fill))
		w.dc.FillPreserve()
	}
	if s.Colour != "" {
		w.dc.SetColor(rgb(s.Colour))
		w.dc.SetLineWidth(s.Width * w.scale)
		dash := make([]float64, len(s.Dash))
		for i, d := range s.Dash {
			dash[i] = d * w.scale
		}
		w.dc.SetDash(dash...)
		w.dc.SetLineCap(gg.LineCapButt)
		if s.Round {
			w.dc.SetLineCapRound()
		}
		w.dc.StrokePreserve()
	}
	w.dc.ClearPath()
}

// rgb reads a colour of the palette, which is always #rrggbb.
func rgb(hex string) color.RGBA {
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		panic("not a colour: " + hex)
	}
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}
