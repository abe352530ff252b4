package conflict

import (
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Loss says what part of the value at the members of a pair is lost in a year,
// as a share, with everything that went into it (Coughlan et al.: conflict is
// importance times frequency times intensity; frequency is 1 where lists show
// both).
type Loss struct {
	Sigma          figure.Figure `json:"sigma"`           // chance that both pursue one deal
	PriceGap       figure.Figure `json:"price_gap"`       // share of the value conceded in price
	DuplicatedCost figure.Figure `json:"duplicated_cost"` // share spent twice
	LostDeal       figure.Figure `json:"lost_deal"`       // added chance that the deal is lost
	Margin         figure.Figure `json:"margin"`          // of value; 1 where value is margin
	Example        bool          `json:"example"`         // some input is one of the example assumptions, which are judgement
}

// Share is sigma times (price gap + duplicated cost + lost deal times margin), low
// with low and high with high.
func (l *Loss) Share() figure.Figure {
	at := func(of func(figure.Figure) float64) float64 {
		return of(l.Sigma) * (of(l.PriceGap) + of(l.DuplicatedCost) + of(l.LostDeal)*of(l.Margin))
	}
	return figure.Figure{
		Low:   at(func(f figure.Figure) float64 { return f.Low }),
		Best:  at(func(f figure.Figure) float64 { return f.Best }),
		High:  at(func(f figure.Figure) float64 { return f.High }),
		Basis: l.Sigma.Basis,
	}
}

// The example assumptions: judgement, not measurement.
const (
	exampleGap        = 0.08
	exampleDuplicated = 0.02
	exampleLost       = 0.05
	exampleMargin     = 1
	exampleOthers     = 0.4
	exampleSameKind   = 0.8
	exampleSourceOnly = 0.2
	exampleBypass     = 0.6
)

// exampleSigma are the chances for two kinds that differ.
var exampleSigma = map[[2]graph.Kind]float64{
	{graph.DirectBuyer, graph.Reseller}:    0.7,
	{graph.Reseller, graph.Marketplace}:    0.6,
	{graph.DirectBuyer, graph.Marketplace}: 0.5,
	{graph.DirectUser, graph.Marketplace}:  0.5,
	{graph.DirectUser, graph.Platform}:     0.4,
}

// LossOf gives the inputs of the expected loss between two sellers: the
// ecosystem's assumptions, and where example is set the example assumptions for
// those that it does not make. False where something is missing.
func (r *Rule) LossOf(p, q int, example bool) (*Loss, bool) {
	a := &r.eco.Assumptions
	if !example && (a.PriceGap == nil || a.DuplicatedCost == nil || a.LostDeal == nil || a.Margin == nil || len(a.Sigma) == 0) {
		return nil, false
	}
	l := &Loss{}
	complete := true
	take := func(into *figure.Figure, given *graph.Interval, fallback float64) {
		switch {
		case given != nil:
			*into = between(*given)
		case example:
			*into, l.Example = figure.Exact(fallback, "example assumption"), true
		default:
			complete = false
		}
	}
	take(&l.Sigma, sigmaOf(a, r.eco.Kind(r.sellers[p]), r.eco.Kind(r.sellers[q])), r.exampleSigma(p, q))
	take(&l.PriceGap, a.PriceGap, exampleGap)
	take(&l.DuplicatedCost, a.DuplicatedCost, exampleDuplicated)
	take(&l.LostDeal, a.LostDeal, exampleLost)
	take(&l.Margin, a.Margin, exampleMargin)
	return l, complete
}

func sigmaOf(a *graph.Assumptions, p, q graph.Kind) *graph.Interval {
	for i := range a.Sigma {
		s := &a.Sigma[i]
		if len(s.Between) == 2 && (s.Between[0] == p && s.Between[1] == q || s.Between[0] == q && s.Between[1] == p) {
			return &s.Value
		}
	}
	return nil
}

func (r *Rule) exampleSigma(p, q int) float64 {
	a, b := r.eco.Kind(r.sellers[p]), r.eco.Kind(r.sellers[q])
	switch {
	case r.Supplies(p, q) || r.Supplies(q, p):
		return exampleBypass
	case !r.bothTransact(p, q):
		return exampleSourceOnly
	case a == b:
		return exampleSameKind
	}
	for _, pair := range [][2]graph.Kind{{a, b}, {b, a}} {
		if s, ok := exampleSigma[pair]; ok {
			return s
		}
	}
	return exampleOthers
}

func (r *Rule) bothTransact(p, q int) bool {
	has := func(s int) bool {
		for _, role := range r.eco.Roles(r.sellers[s]) {
			if role == graph.RoleTransact {
				return true
			}
		}
		return false
	}
	return has(p) && has(q)
}

// between is an interval as a figure, its middle the best estimate.
func between(i graph.Interval) figure.Figure {
	return figure.Figure{Low: i.Low, Best: (i.Low + i.High) / 2, High: i.High, Basis: "assumed"}
}
