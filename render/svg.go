package render

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// writeSVG draws a scene. The same scene gives the same bytes.
func writeSVG(out *bytes.Buffer, s *scene) {
	w := &svgWriter{out: out}
	w.open("svg",
		"xmlns", "http://www.w3.org/2000/svg",
		"width", pixels(s.Width), "height", pixels(s.Height),
		"viewBox", "0 0 "+pixels(s.Width)+" "+pixels(s.Height),
		"role", "img", "aria-labelledby", "map-title map-desc",
		"font-family", fontFamily)
	w.element("title", s.Title, "id", "map-title")
	w.element("desc", s.Desc, "id", "map-desc")
	w.items(s.Items)
	w.shut("svg")
}

// svgWriter writes elements. All text and every attribute pass through escape.
type svgWriter struct{ out *bytes.Buffer }

func (w *svgWriter) tag(name string, attributes []string) {
	w.out.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		w.out.WriteString(" " + attributes[i] + `="`)
		w.escape(attributes[i+1])
		w.out.WriteByte('"')
	}
}

func (w *svgWriter) open(name string, attributes ...string) {
	w.tag(name, attributes)
	w.out.WriteString(">\n")
}

func (w *svgWriter) shut(name string) { w.out.WriteString("</" + name + ">\n") }

// element writes an element that holds nothing but text.
func (w *svgWriter) element(name, text string, attributes ...string) {
	w.tag(name, attributes)
	w.out.WriteByte('>')
	w.escape(text)
	w.out.WriteString("</" + name + ">\n")
}

func (w *svgWriter) empty(name string, attributes ...string) {
	w.tag(name, attributes)
	w.out.WriteString("/>\n")
}

// escape writes text so that it is text in XML, whatever it holds. Characters
// that XML does not know were made visible before.
func (w *svgWriter) escape(s string) {
	_ = xml.EscapeText(w.out, []byte(s)) // a bytes.Buffer takes everything
}

func (w *svgWriter) items(items []item) {
	for _, it := range items {
		switch it := it.(type) {
		case rect:
			w.rect(it)
		case path:
			w.path(it)
		case label:
			w.label(it)
		case group:
			w.group(it)
		}
	}
}

func (w *svgWriter) group(g group) {
	w.open("g", "class", string(g.Class))
	if g.Tooltip != "" {
		w.element("title", g.Tooltip)
	}
	if g.Link != "" {
		w.open("a", "href", g.Link)
		w.items(g.Items)
		w.shut("a")
	} else {
		w.items(g.Items)
	}
	w.shut("g")
}

func (w *svgWriter) rect(r rect) {
	attributes := []string{"x", pixels(r.X), "y", pixels(r.Y), "width", pixels(r.W), "height", pixels(r.H)}
	if r.Radius > 0 {
		attributes = append(attributes, "rx", pixels(r.Radius))
	}
	w.empty("rect", append(attributes, paint(r.Fill, r.Stroke)...)...)
}

func (w *svgWriter) path(p path) {
	var d strings.Builder
	for _, s := range p.Steps {
		d.WriteByte(byte(s.Kind))
		switch s.Kind {
		case curve:
			d.WriteString(at(s.A) + " " + at(s.B) + " " + at(s.To))
		case move, line:
			d.WriteString(at(s.To))
		}
	}
	w.empty("path", append([]string{"d", d.String()}, paint(p.Fill, p.Stroke)...)...)
}

// label writes a text with its length, to which every reader squeezes or
// stretches it: it cannot leave its box, whatever font it is shown in.
func (w *svgWriter) label(l label) {
	if l.Text == "" {
		return
	}
	attributes := []string{"x", pixels(l.X), "y", pixels(l.Y), "font-size", pixels(l.Style.Size), "fill", l.Colour,
		"textLength", pixels(l.Width), "lengthAdjust", "spacingAndGlyphs"}
	if l.Style.Bold {
		attributes = append(attributes, "font-weight", "bold")
	}
	w.element("text", l.Text, attributes...)
}

// paint is how a shape is filled and outlined.
func paint(fill string, s stroke) []string {
	if fill == "" {
		fill = "none"
	}
	attributes := []string{"fill", fill}
	if s.Colour == "" {
		return attributes
	}
	attributes = append(attributes, "stroke", s.Colour, "stroke-width", pixels(s.Width))
	if len(s.Dash) > 0 {
		dash := make([]string, len(s.Dash))
		for i, d := range s.Dash {
			dash[i] = pixels(d)
		}
		attributes = append(attributes, "stroke-dasharray", strings.Join(dash, " "))
	}
	if s.Round {
		attributes = append(attributes, "stroke-linecap", "round")
	}
	return attributes
}

func at(p point) string { return pixels(p.X) + " " + pixels(p.Y) }

// pixels writes a length with two decimals, and without those that are zero.
func pixels(v float64) string {
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
