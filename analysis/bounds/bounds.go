// Package bounds answers for reach where some sellers are known by lists and
// others only by how much they reach.
//
// What lists say is exact. What shares say of one another, and of the lists, is
// not known: the limits are Frechet's (nothing is assumed), the best estimate
// takes them as independent. Figures say so in their basis.
package bounds

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"

	"github.com/channelmap/channelmap/analysis/figure"
)

// Group is a number of members that lists show to be reached over exactly these
// sellers. The sets of two groups differ.
type Group struct {
	Sellers figure.Sellers
	Members float64
}

// Share is what one seller reaches, known by a figure only, in members.
type Share struct {
	Seller  int
	Members figure.Figure
}

// BasisList is the basis of figures that were counted.
const BasisList = "list"

// BasisIndependence is added to a best estimate that takes shares as
// independent of one another and of the lists.
const BasisIndependence = "independence"

// Segment is the reach within one population. It implements [figure.Reach] and
// is safe for concurrent use.
type Segment struct {
	sellers    int
	groups     []Group
	shares     []Share
	population float64   // 0 where unknown
	room       float64   // the population, at least as large as any reach; +Inf where unknown
	in         [][]int   // by seller: its groups
	gross      []float64 // by seller: members of its groups
}

var _ figure.Reach = (*Segment)(nil)

// New returns the reach of sellers numbered below n in a population (0 where it
// is not known: then independent shares are taken not to meet). No seller may
// have both groups and a share.
func New(n int, groups []Group, shares []Share, population float64) *Segment {
	s := &Segment{
		sellers: n, groups: groups, shares: shares, population: population, room: math.Inf(1),
		in: make([][]int, n), gross: make([]float64, n),
	}
	for i, g := range groups {
		for p := range g.Sellers.All() {
			s.in[p] = append(s.in[p], i)
			s.gross[p] += g.Members
		}
	}
	if population > 0 {
		listed := 0.0
		for _, g := range groups {
			listed += g.Members
		}
		s.room = max(population, listed)
		for _, c := range shares {
			s.room = max(s.room, c.Members.High)
		}
	}
	return s
}

// Gross implements [figure.Reach].
func (s *Segment) Gross(p int) figure.Figure {
	for _, c := range s.shares {
		if c.Seller == p {
			return c.Members
		}
	}
	return figure.Exact(s.gross[p], BasisList)
}

// Net implements [figure.Reach]. Limits: Frechet 1935 (the largest part; the
// sum, at most the population); best: 1 - product of (1 - share).
func (s *Segment) Net(of figure.Sellers) figure.Figure {
	v := s.view(of)
	return figure.Figure{
		Low:   max(v.listed, v.most.Low),
		Best:  v.listed + v.expected(1-v.q, v.sum.Best),
		High:  min(v.room, v.listed+v.sum.High),
		Basis: v.basis(),
	}
}

// Duplicated implements [figure.Reach]. The upper limit counts, beyond those
// that lists show, a member only where it is in a part other than the largest;
// the lower is the largest overlap that the population forces.
func (s *Segment) Duplicated(of figure.Sellers) figure.Figure {
	v := s.view(of)
	var single, double float64
	for k, n := range v.size {
		if k == 1 {
			single = n
		} else if k > 1 {
			double += n
		}
	}
	exactlyOne := 0.0
	for i := range v.shares {
		exactlyOne += v.chance(v.shares[i]) * v.noneBut(i)
	}
	parts := single + v.sum.High
	return figure.Figure{
		Low:   max(double, v.forced()),
		Best:  double + single*(1-v.q) + v.expected(1-v.q-exactlyOne, 0),
		High:  min(v.room, double+min(parts-max(single, v.most.High), parts/2)),
		Basis: v.basis(),
	}
}

// OnlyThrough implements [figure.Reach].
func (s *Segment) OnlyThrough(of figure.Sellers) []figure.Figure {
	v := s.view(of)
	all := make([]figure.Figure, s.sellers)
	for p := range all {
		if of.Has(p) {
			all[p] = v.onlyListed(v.alone[p])
		}
	}
	for i, c := range v.shares {
		all[c.Seller] = v.onlyShare(i)
	}
	return all
}

// onlyListed is what stays reached over one listed seller alone of the members
// that lists show so: shares may reach them as well.
func (v *view) onlyListed(alone float64) figure.Figure {
	return figure.Figure{
		Low:   max(0, alone-v.sum.High),
		Best:  alone * v.q,
		High:  min(alone, v.room-v.most.Low),
		Basis: v.basis(),
	}
}

func (v *view) onlyShare(i int) figure.Figure {
	c := v.shares[i].Members
	rest, most := 0.0, v.listed
	for j, d := range v.shares {
		if j != i {
			rest += d.Members.High
			most = max(most, d.Members.Low)
		}
	}
	return figure.Figure{
		Low:   max(0, c.Low-v.listed-rest),
		Best:  v.expected(v.chance(v.shares[i])*v.noneBut(i), c.Best),
		High:  min(c.High, v.room-most),
		Basis: v.basis(),
	}
}

// Incremental implements [figure.Reach]. Limits: what lists show at most, and
// what must remain when everything that may coincide does.
func (s *Segment) Incremental(of, given figure.Sellers) figure.Figure {
	in, out := s.view(without(of, given)), s.view(given)
	all := s.view(of.Union(given))
	fresh := all.listed - out.listed
	low := max(fresh-out.sum.High, in.most.Low-out.listed-out.sum.High, 0)
	shareAdds := (all.room - all.listed) * (1 - all.q/out.q)
	if math.IsInf(all.room, 1) {
		shareAdds = in.sum.Best
	} else if out.q == 0 {
		shareAdds = 0
	}
	return figure.Figure{
		Low:   low,
		Best:  out.q*fresh + out.q*shareAdds,
		High:  min(all.room-max(out.listed, out.most.Low), fresh+in.sum.High),
		Basis: all.basis(),
	}
}

// without returns the sellers of a that are not in b.
func without(a, b figure.Sellers) figure.Sellers {
	c := a.Clone()
	for i := range b {
		c[i] &^= b[i]
	}
	return c
}

// InOrder implements [figure.Reach]. Where lists tell all, one pass over the
// groups gives each to the first seller that reaches it.
func (s *Segment) InOrder(order []int) []figure.Figure {
	all := make([]figure.Figure, len(order))
	if len(s.shares) > 0 {
		before := figure.NewSellers(s.sellers)
		for i, p := range order {
			all[i] = s.Incremental(figure.SellersOf(s.sellers, p), before)
			before.Add(p)
		}
		return all
	}
	place := make([]int, s.sellers) // 1 + place in the order, or 0
	for i, p := range order {
		place[p] = i + 1
	}
	adds := make([]float64, len(order))
	for _, g := range s.groups {
		if first := firstOf(g.Sellers, place); first > 0 {
			adds[first-1] += g.Members
		}
	}
	for i := range all {
		all[i] = figure.Exact(adds[i], BasisList)
	}
	return all
}

// firstOf is the least place that a seller of the set has, 0 where none has one.
func firstOf(of figure.Sellers, place []int) int {
	first := 0
	for p := range of.All() {
		if at := place[p]; at > 0 && (first == 0 || at < first) {
			first = at
		}
	}
	return first
}

// Overlap implements [figure.Reach].
func (s *Segment) Overlap(p, q int) figure.Figure {
	if !s.isShare(p) && !s.isShare(q) {
		return s.listedOverlap(p, q)
	}
	a, b := s.Gross(p), s.Gross(q)
	f := figure.Figure{High: min(a.High, b.High), Basis: a.Add(b).Basis + ", " + BasisIndependence}
	if s.population > 0 {
		f.Low = max(0, a.Low+b.Low-s.room)
		f.Best = a.Best * b.Best / s.room
	}
	return f
}

func (s *Segment) listedOverlap(p, q int) figure.Figure {
	if len(s.in[q]) < len(s.in[p]) {
		p, q = q, p
	}
	var n float64
	for _, i := range s.in[p] {
		if s.groups[i].Sellers.Has(q) {
			n += s.groups[i].Members
		}
	}
	return figure.Exact(n, BasisList)
}

func (s *Segment) isShare(p int) bool {
	for _, c := range s.shares {
		if c.Seller == p {
			return true
		}
	}
	return false
}

// Shapley implements [figure.Reach]. A member that lists show over k sellers
// counts for each the mean of 1/(k+X), X being the number of shares that reach
// it, which is the integral from 0 to 1 of t^(k-1) times the product of
// (1-p+p t) over the shares; Gauss-Legendre quadrature of half the degree is
// exact. Limits, where there are shares: only-through and gross.
func (s *Segment) Shapley(of figure.Sellers) []figure.Figure {
	v := s.view(of)
	all := s.OnlyThrough(of)
	weight := v.listedWeights()
	best := make([]float64, s.sellers)
	for _, g := range s.groups {
		k, _ := common(g.Sellers, of)
		if k == 0 {
			continue
		}
		for p := range g.Sellers.All() {
			if of.Has(p) {
				best[p] += g.Members * weight[k]
			}
		}
	}
	for i, c := range v.shares {
		best[c.Seller] = v.shareValue(i)
	}
	for p := range all {
		if of.Has(p) {
			all[p].Best, all[p].High = best[p], s.Gross(p).High
		}
		if len(v.shares) == 0 {
			all[p] = figure.Exact(best[p], BasisList)
		}
	}
	return all
}

// listedWeights gives by k the mean of 1/(k+X).
func (v *view) listedWeights() []float64 {
	w := make([]float64, len(v.size))
	for k := 1; k < len(w); k++ {
		w[k] = v.integrate(k-1, -1)
	}
	return w
}

// shareValue is the Shapley value of share i.
func (v *view) shareValue(i int) float64 {
	if math.IsInf(v.room, 1) {
		return v.shares[i].Members.Best
	}
	mean := (v.room - v.listed) * v.integrate(0, i)
	for k := 1; k < len(v.size); k++ {
		mean += v.size[k] * v.integrate(k, i)
	}
	return v.chance(v.shares[i]) * mean
}

// integrate gives the integral from 0 to 1 of t^power times the product of
// (1-p+p t) over all shares but one (none left out where but is negative).
func (v *view) integrate(power, but int) float64 {
	if len(v.shares) == 0 {
		return 1 / float64(power+1)
	}
	nodes := (power+len(v.shares))/2 + 1
	return quad.Fixed(func(t float64) float64 {
		y := math.Pow(t, float64(power))
		for j, c := range v.shares {
			if j != but {
				p := v.chance(c)
				y *= 1 - p + p*t
			}
		}
		return y
	}, 0, 1, nodes, quad.Legendre{}, 0)
}
