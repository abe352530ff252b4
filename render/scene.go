package render

// A scene is a picture as plain shapes, in pixels from the top left corner.
// SVG and PNG are both drawn from it, so that they agree.
type scene struct {
	Width, Height float64
	Title, Desc   string // for readers who cannot see it
	Items         []item
}

// item is a rect, a path, a label or a group.
type item interface{ isItem() }

// stroke is how an outline is drawn; without a colour it is not.
type stroke struct {
	Colour string
	Width  float64
	Dash   []float64
	Round  bool // ends of the dashes; a dash of length 0 is then a dot
}

type rect struct {
	X, Y, W, H, Radius float64
	Fill               string // empty: not filled
	Stroke             stroke
}

// path is made of lines and cubic curves.
type path struct {
	Steps  []step
	Fill   string
	Stroke stroke
}

// step moves the pen: to To without a trace (move), on a line, or on a curve
// with the control points A and B; or back to the last move (shut).
type step struct {
	Kind stepKind
	A, B point
	To   point
}

type stepKind byte

const (
	move  stepKind = 'M'
	line  stepKind = 'L'
	curve stepKind = 'C'
	shut  stepKind = 'Z'
)

type point struct{ X, Y float64 }

// label is one line of text that starts at X on the baseline Y and takes up
// Width, whatever font it is drawn with.
type label struct {
	X, Y, Width float64
	Text        string
	Style       style
	Colour      string
}

// group holds items that belong together: the pointer over any of them shows
// the tooltip, and a click follows the link.
type group struct {
	Class   class
	Tooltip string
	Link    string
	Items   []item
}

// class tells what a group draws. Outputs are checked by counting them.
type class string

const (
	classPanel   class = "panel"
	classBox     class = "box"
	classEdge    class = "edge"
	classFinding class = "finding"
	classPiece   class = "piece"
	classMark    class = "mark"
	classLegend  class = "legend"
)

func (rect) isItem()  {}
func (path) isItem()  {}
func (label) isItem() {}
func (group) isItem() {}

// walk visits all items, those of groups after the group.
func walk(items []item, visit func(item)) {
	for _, it := range items {
		visit(it)
		if g, ok := it.(group); ok {
			walk(g.Items, visit)
		}
	}
}

// count returns how many groups of each class there are.
func (s *scene) count() map[class]int {
	n := map[class]int{}
	walk(s.Items, func(it item) {
		if g, ok := it.(group); ok {
			n[g.Class]++
		}
	})
	return n
}
