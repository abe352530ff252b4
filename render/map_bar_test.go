package render

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

func widthsOf(total, w float64, counts ...float64) []float64 {
	b := analysis.Bar{Total: total}
	for _, c := range counts {
		b.Pieces = append(b.Pieces, analysis.Piece{Kind: analysis.PieceOnly, Count: c})
	}
	return pieceWidths(b, w)
}

func TestPieceWidths(t *testing.T) {
	for name, c := range map[string]struct {
		total  float64
		counts []float64
		want   []float64
	}{
		"thirds":            {3, []float64{1, 1, 1}, []float64{33, 34, 33}},
		"nothing":           {0, []float64{0, 0}, []float64{0, 0}},
		"no pieces":         {5, nil, nil},
		"one in a million":  {1e6, []float64{1, 999_999}, []float64{1, 99}},
		"half the track":    {200, []float64{50, 50}, []float64{25, 25}},
		"more than a total": {10, []float64{10, 10}, []float64{50, 50}},
		"zero in between":   {10, []float64{5, 0, 5}, []float64{50, 0, 50}},
	} {
		t.Run(name, func(t *testing.T) {
			got := widthsOf(c.total, 100.7, c.counts...)
			for i := range c.want {
				if got[i] != c.want[i] {
					t.Fatalf("got %v, want %v", got, c.want)
				}
			}
		})
	}
}

func TestPieceWidthsAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		counts := make([]float64, 1+random.IntN(5))
		sum := 0.0
		for i := range counts {
			counts[i] = math.Floor(math.Exp(random.Float64()*14)) - 1
			sum += counts[i]
		}
		total := sum + math.Floor(random.Float64()*sum)
		got, all := widthsOf(total, 150, counts...), 0.0
		for i, w := range got {
			all += w
			if w < 0 || w != math.Trunc(w) || (counts[i] > 0) != (w > 0) {
				t.Fatalf("%v of %g: widths %v", counts, total, got)
			}
			if total > 0 && math.Abs(w-150*counts[i]/total) > float64(len(counts)) {
				t.Fatalf("%v of %g: width %g of piece %d is far from %g", counts, total, w, i, 150*counts[i]/total)
			}
		}
		if total > 0 && math.Abs(all-math.Round(150*sum/total)) > float64(len(counts)-1) || all > 150 {
			t.Fatalf("%v of %g: widths %v add up to %g", counts, total, got, all)
		}
	}
}

func TestHatchStaysInside(t *testing.T) {
	for _, w := range []float64{1, 3, 7.5, 40, 200} {
		for _, s := range hatch(10, 20, w, 8).Steps {
			if s.To.X < 10-1e-9 || s.To.X > 10+w+1e-9 || s.To.Y < 20-1e-9 || s.To.Y > 28+1e-9 {
				t.Errorf("a line of a hatch %g wide reaches %v", w, s.To)
			}
		}
	}
}
