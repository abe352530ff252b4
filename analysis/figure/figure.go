// Package figure holds the one form of every number that an analysis reports,
// and the interface through which analyses ask for reach. An analysis does not
// know whether its figures are exact or between limits.
package figure

import (
	"math"
	"slices"
	"strings"
)

// Figure is a number with its limits: Low = Best = High where it is exact.
// Its unit is told by whoever reports it.
type Figure struct {
	Low   float64 `json:"low"`
	Best  float64 `json:"best"`
	High  float64 `json:"high"`
	Basis string  `json:"basis"` // what it rests on, such as "list" or "claimed, independence"
}

// Small stands in what is meant for others for a number of members from 1 to 4,
// which is not told. It is above 0 and below every count, so that it sorts and
// draws as one that is there; whoever prints it writes "<5".
const Small = math.SmallestNonzeroFloat64

// Exact returns the figure that is known exactly.
func Exact(v float64, basis string) Figure { return Figure{v, v, v, basis} }

// IsExact reports whether the limits are the figure itself.
func (f Figure) IsExact() bool { return f.Low == f.Best && f.Best == f.High }

// Add sums two figures about members that cannot be the same ones, such as
// those of two segments: the limits of the sum are the sums of the limits.
func (f Figure) Add(g Figure) Figure {
	sum := Figure{f.Low + g.Low, f.Best + g.Best, f.High + g.High, joinBasis(f.Basis, g.Basis)}
	switch {
	case g.High == 0 && f.Basis != "": // nothing rests on what is nothing
		sum.Basis = f.Basis
	case f.High == 0 && g.Basis != "":
		sum.Basis = g.Basis
	}
	return sum
}

// Times scales a figure, by a value per member for example. k must not be
// negative.
func (f Figure) Times(k float64) Figure {
	return Figure{f.Low * k, f.Best * k, f.High * k, f.Basis}
}

// joinBasis names every basis once, in the order met.
func joinBasis(a, b string) string {
	if a == "" || a == b {
		return b
	}
	if b == "" {
		return a
	}
	parts := strings.Split(a, " + ")
	for _, p := range strings.Split(b, " + ") {
		if !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " + ")
}
