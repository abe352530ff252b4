package analysis

import (
	"maps"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// unplaced counts the distinct names of each seller whose account cannot be told.
// Each may be a new member, or one that is reached already, by the same seller or
// by others: limits allow for all of these.
type unplaced struct {
	of    []float64 // by seller, whatever its stage
	today float64   // of the sellers of today, with repeats, as gross counts
	names []map[openName]bool
}

// openName is a name as it is compared, with its country.
type openName struct{ text, country string }

func (s *Study) unplacedOf(a graph.Audience) unplaced {
	n := unplaced{of: make([]float64, len(s.Sellers)), names: make([]map[openName]bool, len(s.Sellers))}
	s.eachUnresolved(a, func(u *exposure.Unresolved) {
		seen := n.names[u.Seller]
		if seen == nil {
			seen = map[openName]bool{}
			n.names[u.Seller] = seen
		}
		if k := (openName{u.Folded, u.Country}); !seen[k] {
			seen[k] = true
			n.of[u.Seller]++
			if s.today.Has(u.Seller) {
				n.today++
			}
		}
	})
	return n
}

// without counts the names of the sellers of today but one.
func (n unplaced) without(seller int) float64 { return n.today - n.of[seller] }

// sum counts the names of some sellers, with repeats.
func (n unplaced) sum(of figure.Sellers) float64 {
	var sum float64
	for i := range of.All() {
		sum += n.of[i]
	}
	return sum
}

// distinct counts the names of some sellers, each once.
func (n unplaced) distinct(of figure.Sellers) float64 {
	all := map[openName]bool{}
	for i := range of.All() {
		maps.Copy(all, n.names[i])
	}
	return float64(len(all))
}

// widen opens the limits of totals for the distinct names of the sellers of today.
func (n unplaced) widen(t *Totals, distinct int) {
	t.Net.High += float64(distinct)
	t.Gross.High += n.today
	t.Duplication.High += n.today
	t.Duplicated.High = min(t.Duplicated.High+n.today, t.Net.High)
}

// beside opens the limits of members reached over some and not over others: names
// of theirs may be further ones, and names of the others may be these.
func beside(f figure.Figure, theirs, others float64) figure.Figure {
	f.Low, f.High = max(0, f.Low-others), f.High+theirs
	return f
}

// unresolvedNames counts the distinct names, of all of some sellers, whose account
// cannot be told.
func (s *Study) unresolvedNames(a graph.Audience, of figure.Sellers) int {
	names := map[string]bool{}
	s.eachUnresolved(a, func(u *exposure.Unresolved) {
		if of.Has(u.Seller) {
			names[u.Folded+"\x00"+u.Country] = true
		}
	})
	return len(names)
}

// eachUnresolved goes over the rows that may reach somebody of an audience.
func (s *Study) eachUnresolved(a graph.Audience, do func(*exposure.Unresolved)) {
	for i := range s.Exposure.Unresolved {
		u := &s.Exposure.Unresolved[i]
		if u.Status != graph.Target && (a == graph.Accounts || u.Audience == a) {
			do(u)
		}
	}
}
