package render

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"
)

func TestPNGIsThePictureOfTheScene(t *testing.T) {
	var out bytes.Buffer
	foreign, err := MapPNG(t.Context(), &out, lumenMap(), MapOptions{})
	if err != nil || foreign != 0 {
		t.Fatalf("%d texts are foreign, error %v", foreign, err)
	}
	img, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	s := sceneOf(t, lumenMap())
	if b := img.Bounds(); b.Dx() != int(math.Ceil(2*s.Width)) || b.Dy() != int(math.Ceil(2*s.Height)) {
		t.Errorf("the picture is %v, the scene %g x %g", b, s.Width, s.Height)
	}
	// Two pixels inside its lower left corner each piece has its own colour;
	// hatched ones do not count.
	checked := 0
	walk(s.Items, func(it item) {
		g, ok := it.(group)
		if !ok || g.Class != classPiece || len(g.Items) > 3 {
			return
		}
		r := g.Items[0].(rect)
		if _, hatched := g.Items[len(g.Items)-1].(path); hatched || r.W < 4 {
			return
		}
		got := color.RGBAModel.Convert(img.At(int(2*r.X)+2, int(2*(r.Y+r.H))-3)).(color.RGBA)
		if want := rgb(r.Fill); got != want {
			t.Errorf("%s: %v, want %v", g.Tooltip, got, want)
		}
		checked++
	})
	if checked < 20 {
		t.Errorf("only %d pieces were looked at", checked)
	}
}

func TestPNGCountsTextsThatTheFontLacks(t *testing.T) {
	m := tinyMap()
	m.Boxes[1].Name, m.Boxes[2].Name = "株式会社", "Ελλάδα Ж שיווק"
	var out bytes.Buffer
	foreign, err := MapPNG(t.Context(), &out, m, MapOptions{Scale: 1})
	if err != nil || foreign != 1 {
		t.Errorf("%d texts are foreign, error %v; want 1", foreign, err)
	}
}

func TestPNGScale(t *testing.T) {
	for _, scale := range []float64{-1, 0.01, 100, math.NaN(), math.Inf(1)} {
		var out bytes.Buffer
		if _, err := MapPNG(t.Context(), &out, tinyMap(), MapOptions{Scale: scale}); err == nil || out.Len() > 0 {
			t.Errorf("scale %g: error %v, %d bytes", scale, err, out.Len())
		}
	}
	huge := &scene{Width: 30000, Height: 30000, Items: []item{rect{W: 10, H: 10, Fill: ink}}}
	var out bytes.Buffer
	if _, err := writePNG(&out, huge, 4); err != nil {
		t.Fatal(err)
	}
	if c, err := png.DecodeConfig(&out); err != nil || c.Width*c.Height > maxPixels*1.01 {
		t.Errorf("%d x %d pixels, error %v", c.Width, c.Height, err)
	}
}

func TestDisplayOrder(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "שלום": "םולש", "CDW שלום 12": "CDW 12 םולש", "שלום, CDW": "םולש, CDW",
	} {
		if got := displayOrder(text); got != want {
			t.Errorf("%q stands as %q, want %q", text, got, want)
		}
	}
	for _, n := range hostileNames {
		if got := displayOrder(visible(n)); len([]rune(got)) != len([]rune(visible(n))) {
			t.Errorf("%q became %q", n, got)
		}
	}
}

func TestBlankPicturesAreRefused(t *testing.T) {
	var out bytes.Buffer
	if _, err := writePNG(&out, &scene{Width: 10, Height: 10, Items: []item{rect{W: 10, H: 10, Fill: paper}}}, 1); err == nil {
		t.Error("a blank picture was taken")
	}
	for _, data := range []string{"", "\x00\x00\x00", "\x89PNG\r\n"} {
		if err := checkPNG([]byte(data), image.Pt(1, 1)); err == nil {
			t.Errorf("%q was taken", data)
		}
	}
}
