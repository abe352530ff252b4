package analysis

import (
	"math"

	"github.com/channelmap/channelmap/analysis/figure"
)

const (
	// step is what counts are rounded down to: hiding small ones alone hides nothing
	// where their neighbours add up to them.
	step = 5
	// noise is what sums of shares are off by.
	noise = 1e-6
)

// fives rounds a number of members down to a multiple of 5; 0 stays 0, and 1 to 4
// are figure.Small.
func fives(n float64) float64 {
	switch {
	case n < noise:
		return 0
	case n < step-noise:
		return figure.Small
	}
	return math.Floor((n+noise)/step) * step
}

// figure rounds a figure and its limits.
func (r *restriction) figure(f *figure.Figure) {
	f.Low, f.Best, f.High, f.Basis = fives(f.Low), fives(f.Best), fives(f.High), r.basis(f.Basis)
}

// without is what a rounded number leaves of a population that is known exactly,
// told by the two alone: a number counted by itself would tell more of what was
// rounded. It is 0 only where nobody is left.
func without(population, rounded, left float64) float64 {
	if left < noise {
		return 0
	}
	return fives(population - max(1, rounded))
}

// population gives a declared number, which is no count; one that is small is as
// good as one.
func population(n *float64) *float64 {
	if n == nil || *n < step {
		return nil
	}
	return n
}

// totals rounds the figures of a population, and makes its ratios of what is told.
func (r *restriction) totals(t *Totals) {
	of := t.Addressable
	t.Addressable = population(of)
	if t.Addressable == nil {
		t.Coverage, t.Uncovered = nil, nil
	} else {
		t.Coverage, t.Uncovered = r.covered(*of, *t.Coverage, *t.Uncovered)
	}
	for _, f := range []*figure.Figure{&t.Gross, &t.Net, &t.Duplication, &t.Duplicated} {
		r.figure(f)
	}
	t.Unresolved = fives(t.Unresolved)
	if t.Frequency != nil {
		t.Frequency = toldRatio(t.Gross.Best, t.Net.Best)
	}
}

// covered makes coverage and what is uncovered of rounded net reach.
func (r *restriction) covered(of float64, coverage, uncovered figure.Figure) (*figure.Figure, *figure.Figure) {
	net := coverage.Times(of)
	r.figure(&net)
	left := figure.Figure{
		Low: without(of, net.High, uncovered.Low), Best: without(of, net.Best, uncovered.Best), High: without(of, net.Low, uncovered.High),
		Basis: net.Basis,
	}
	if net.Best == figure.Small {
		return nil, &left
	}
	share := figure.Figure{Low: shareOf(net.Low, of), Best: shareOf(net.Best, of), High: shareOf(net.High, of), Basis: net.Basis}
	if left.Best == 0 {
		share.Best = max(1, share.Best)
		share.High = max(share.Best, share.High)
	}
	return &share, &left
}

// shareOf is a share of what is told; of few it is 0, below which it is not.
func shareOf(n, of float64) float64 {
	if n == figure.Small {
		return 0
	}
	return n / of
}

// toldRatio is nil where one of two rounded numbers is not told.
func toldRatio(n, of float64) *float64 {
	if n == figure.Small || of == figure.Small || of == 0 {
		return nil
	}
	q := n / of
	return &q
}
