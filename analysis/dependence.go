package analysis

import (
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// dependences gives, for every supplier that works today, what is reached over
// sellers that have no product without it, and over nobody who would be left.
func (s *Study) dependences() []Dependence {
	out := []Dependence{}
	for d := range s.Ecosystem.Partners {
		dependent := s.dependents(d)
		if len(dependent) == 0 {
			continue
		}
		of, others := figure.SellersOf(len(s.Sellers), dependent...), s.today.Clone()
		refs := []SellerRef{}
		for _, i := range dependent {
			others.Remove(i)
			refs = append(refs, s.sellerRef(i))
		}
		for i, seller := range s.Sellers {
			if seller.Partner == d {
				others.Remove(i) // what it reaches itself is lost with it
			}
		}
		for _, a := range s.audiences() {
			members := s.incremental(s.partsOf(a), of, others)
			if members.High > 0 {
				out = append(out, Dependence{Supplier: s.partnerRef(d), Audience: a, Dependent: refs, Members: members})
			}
		}
	}
	return out
}

// dependents lists the sellers of today that a partner supplies on every
// pathway.
func (s *Study) dependents(supplier int) []int {
	var out []int
	for i, seller := range s.Sellers {
		if s.today.Has(i) && seller.Partner >= 0 && s.Network.DependsOn(seller.Partner, supplier) {
			out = append(out, i)
		}
	}
	return out
}

// partnerRef names a partner by its first seller.
func (s *Study) partnerRef(partner int) SellerRef {
	for i, seller := range s.Sellers {
		if seller.Partner == partner {
			return s.sellerRef(i)
		}
	}
	return SellerRef{Kind: graph.Kind("")}
}
