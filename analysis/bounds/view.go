package bounds

import (
	"math"
	"math/bits"

	"github.com/channelmap/channelmap/analysis/figure"
)

// view is the segment seen from a choice of sellers.
type view struct {
	alone  []float64 // by seller: members that lists show reached over it alone
	size   []float64 // by number of listed sellers of the choice: members
	listed float64   // members that lists show reached
	shares []Share
	sum    figure.Figure // of the shares
	most   figure.Figure // the largest share, limit by limit
	room   float64       // as of the segment
	q      float64       // chance that no share reaches a member
}

func (s *Segment) view(of figure.Sellers) *view {
	v := &view{alone: make([]float64, s.sellers), size: make([]float64, 1), room: s.room, q: 1}
	for _, g := range s.groups {
		v.addGroup(g, of)
	}
	for _, c := range s.shares {
		if of.Has(c.Seller) {
			v.addShare(c)
		}
	}
	for _, c := range v.shares {
		v.q *= 1 - v.chance(c)
	}
	return v
}

func (v *view) addGroup(g Group, of figure.Sellers) {
	k, last := common(g.Sellers, of)
	if k == 0 {
		return
	}
	if k == 1 {
		v.alone[last] += g.Members
	}
	for len(v.size) <= k {
		v.size = append(v.size, 0)
	}
	v.size[k] += g.Members
	v.listed += g.Members
}

func (v *view) addShare(c Share) {
	v.shares = append(v.shares, c)
	v.sum = v.sum.Add(c.Members)
	v.most.Low = max(v.most.Low, c.Members.Low)
	v.most.High = max(v.most.High, c.Members.High)
}

// chance is that a member picked at random is reached over the share.
func (v *view) chance(c Share) float64 {
	if math.IsInf(v.room, 1) {
		return 0
	}
	return c.Members.Best / v.room
}

// expected is the number of members beyond what lists show that shares reach,
// given the chance that a member is among them; where the population is not
// known shares do not meet and unbounded is the answer.
func (v *view) expected(chance, unbounded float64) float64 {
	if math.IsInf(v.room, 1) {
		return unbounded
	}
	return (v.room - v.listed) * chance
}

// basis of figures that rest on lists and shares together.
func (v *view) basis() string {
	if len(v.shares) == 0 {
		return BasisList
	}
	b := v.sum.Basis
	if v.listed > 0 {
		b = figure.Figure{Basis: BasisList}.Add(v.sum).Basis
	}
	if len(v.shares) > 1 || v.listed > 0 {
		b += ", " + BasisIndependence
	}
	return b
}

// forced is the largest overlap of two parts that the population forces.
func (v *view) forced() float64 {
	if math.IsInf(v.room, 1) {
		return 0
	}
	var most float64
	for i, c := range v.shares {
		most = max(most, c.Members.Low+v.listed-v.room)
		for _, d := range v.shares[i+1:] {
			most = max(most, c.Members.Low+d.Members.Low-v.room)
		}
	}
	return most
}

// noneBut is the chance that no share but number i reaches a member.
func (v *view) noneBut(i int) float64 {
	q := 1.0
	for j, c := range v.shares {
		if j != i {
			q *= 1 - v.chance(c)
		}
	}
	return q
}

// common counts the sellers that two sets share and names the last of them.
func common(a, b figure.Sellers) (count, last int) {
	for w := range a {
		if w >= len(b) {
			break
		}
		both := a[w] & b[w]
		for both != 0 {
			last = w*64 + bits.TrailingZeros64(both)
			both &= both - 1
			count++
		}
	}
	return count, last
}
