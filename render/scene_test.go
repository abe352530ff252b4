package render

import (
	"math"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

// oddMaps are maps at the edges of what there is.
func oddMaps() map[string]*analysis.Map {
	alone := &analysis.Map{Title: "Alone", Boxes: []analysis.Box{{ID: "a", Kind: analysis.VendorBox, Name: "Alone"}}}
	noVendor := &analysis.Map{Title: "No vendor", Boxes: tinyMap().Boxes[1:3]}
	noEdges := tinyMap()
	noEdges.Edges, noEdges.Findings = nil, nil
	straight := &analysis.Map{Boxes: []analysis.Box{tinyMap().Boxes[0], tinyMap().Boxes[3]},
		Edges: []analysis.MapEdge{{From: "acme", To: "it", Members: 5, Audience: "buyers"}}}
	backwards := tinyMap() // a supplier whose tier is not below
	backwards.Edges = append(backwards.Edges, analysis.MapEdge{From: "cdw", To: "field"})
	return map[string]*analysis.Map{"tiny": tinyMap(), "lumen": lumenMap(), "crowd": crowdMap(), "hostile": hostileMap(),
		"one box": alone, "no vendor": noVendor, "no edges": noEdges, "no sellers": straight, "tiers out of order": backwards}
}

func sceneOf(t testing.TB, m *analysis.Map) *scene {
	t.Helper()
	s, err := drawMap(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryTextStaysInItsBox(t *testing.T) {
	for name, m := range oddMaps() {
		t.Run(name, func(t *testing.T) {
			s := sceneOf(t, m)
			holdText(t, s.Items, rect{W: s.Width, H: s.Height})
			got := s.count()
			if got[classBox] != len(m.Boxes) || got[classFinding] != len(m.Findings) || got[classEdge] != len(m.Edges)+sides(m) {
				t.Errorf("drawn %v of %d boxes, %d findings, %d edges", got, len(m.Boxes), len(m.Findings), len(m.Edges))
			}
		})
	}
}

// sides counts the edges of findings.
func sides(m *analysis.Map) int {
	n := 0
	for _, f := range m.Findings {
		n += len(f.Between) + 1
	}
	return n
}

// holdText checks that each label ends where it was measured to end, inside
// the rectangle around it: the first of its group.
func holdText(t *testing.T, items []item, around rect) {
	t.Helper()
	for _, it := range items {
		switch it := it.(type) {
		case label:
			if w := it.Style.width(it.Text); math.Abs(w-it.Width) > 0.01 {
				t.Errorf("%q is %.2f wide and is given %.2f", it.Text, w, it.Width)
			}
			up, down := it.Style.Size*0.8, it.Style.Size*0.25
			if it.X < around.X || it.X+it.Width > around.X+around.W+0.01 || it.Y-up < around.Y || it.Y+down > around.Y+around.H+0.01 {
				t.Errorf("%q at %.1f,%.1f, %.1f wide, leaves %+v", it.Text, it.X, it.Y, it.Width, around)
			}
		case group:
			inner := around
			if r, ok := it.Items[0].(rect); ok && it.Class != classPiece && it.Class != classLegend {
				inner = r
			}
			holdText(t, it.Items, inner)
		}
	}
}

// The figures of a bar are read from its lengths, so it starts where the text
// starts and has no gaps.
func TestBarsAreContiguous(t *testing.T) {
	for _, it := range sceneOf(t, lumenMap()).Items {
		box, ok := it.(group)
		if !ok || box.Class != classBox {
			continue
		}
		outline := box.Items[0].(rect)
		end := map[float64]float64{} // of the bar at a height
		for _, it := range box.Items {
			piece, ok := it.(group)
			if !ok || piece.Class != classPiece {
				continue
			}
			r := piece.Items[0].(rect)
			want, started := end[r.Y]
			if !started {
				want = outline.X + boxPad
			}
			if r.X != want || r.W < 1 || r.W != math.Trunc(r.W) {
				t.Errorf("%s: a piece from %g, %g wide, follows one that ends at %g", box.Tooltip, r.X, r.W, want)
			}
			end[r.Y] = r.X + r.W
			if r.X+r.W > outline.X+outline.W-boxPad {
				t.Errorf("%s: a piece leaves the box", box.Tooltip)
			}
		}
	}
}

func TestOnlyFindingsAreRedOrAmber(t *testing.T) {
	alarm := map[string]bool{liveInk: true, collideInk: true, livePaper: true, collidePaper: true}
	coloured := func(m *analysis.Map) (n int) {
		for _, it := range sceneOf(t, m).Items {
			if g, ok := it.(group); ok && (g.Class == classEdge || g.Class == classFinding) {
				walk(g.Items, func(it item) {
					if p, ok := it.(path); ok && (alarm[p.Stroke.Colour] || alarm[p.Fill]) {
						n++
					}
				})
			}
		}
		return n
	}
	m := lumenMap()
	if n := coloured(m); n != sides(m)+len(m.Findings) {
		t.Errorf("%d lines are red or amber, want %d: three edges and a cross for each finding", n, sides(m)+len(m.Findings))
	}
	m.Findings = nil
	if n := coloured(m); n != 0 {
		t.Errorf("%d lines are red or amber without a finding", n)
	}
}

func TestProductLedMotionIsOnTop(t *testing.T) {
	top := map[string]float64{} // of the first band of each motion
	for _, it := range sceneOf(t, lumenMap()).Items {
		if g, ok := it.(group); ok && g.Class == classPanel {
			motion, _, _ := strings.Cut(g.Tooltip, " ")
			if _, later := top[motion]; !later {
				top[motion] = g.Items[0].(rect).Y
			}
		}
	}
	if len(top) != 2 || top["product-led"] >= top["account-led"] {
		t.Errorf("the bands start at %v", top)
	}
}
