package figure

import (
	"iter"
	"math/bits"
)

// Reach answers for one population (a segment, or those of an audience whose
// segment is not known) how many members sellers reach. Sellers are numbered
// from 0. All counts are members.
type Reach interface {
	// Gross is the number of members reached over seller p.
	Gross(p int) Figure
	// Net is the number of distinct members reached over at least one of the
	// sellers.
	Net(of Sellers) Figure
	// Duplicated is the number of members reached over two or more of them.
	Duplicated(of Sellers) Figure
	// OnlyThrough gives, for each seller of the set, the members reached over
	// it and over none of the others; zero for sellers outside the set. One pass
	// answers for all of them.
	OnlyThrough(of Sellers) []Figure
	// Incremental is the number of members reached over at least one of the
	// sellers and over none of the given.
	Incremental(of, given Sellers) Figure
	// InOrder gives, for each seller of an order, the members reached over it and
	// over none of those before it.
	InOrder(order []int) []Figure
	// Shapley shares the net reach of the set fairly: a member reached over k
	// of the sellers counts 1/k for each (Shapley 1953; closed form for "at
	// least one" games as in Zhao, Mahboobi, Bagheri, Shapley Value Methods for
	// Attribution Modeling). The shares of a set sum to its Net.
	Shapley(of Sellers) []Figure
	// Overlap is the number of members reached over both p and q.
	Overlap(p, q int) Figure
}

// Sellers is a set of sellers by number, as a bit set.
type Sellers []uint64

// NewSellers returns the empty set with room for n sellers.
func NewSellers(n int) Sellers { return make(Sellers, (n+63)/64) }

// SellersOf returns the set of the given sellers, with room for n.
func SellersOf(n int, members ...int) Sellers {
	s := NewSellers(n)
	for _, m := range members {
		s.Add(m)
	}
	return s
}

// Add puts seller p into the set.
func (s Sellers) Add(p int) { s[p/64] |= 1 << (p % 64) }

// Remove takes seller p out of the set.
func (s Sellers) Remove(p int) { s[p/64] &^= 1 << (p % 64) }

// Has reports whether seller p is in the set.
func (s Sellers) Has(p int) bool { return p/64 < len(s) && s[p/64]&(1<<(p%64)) != 0 }

// All goes over the sellers of the set in their order.
func (s Sellers) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for w, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// Clone returns a copy that can be changed apart.
func (s Sellers) Clone() Sellers { return append(Sellers(nil), s...) }

// Union returns the sellers of either set.
func (s Sellers) Union(t Sellers) Sellers {
	u := s.Clone()
	for i, w := range t {
		u[i] |= w
	}
	return u
}
