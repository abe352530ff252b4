package analysis

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// adds is what some sellers of an audience reach and nobody else who sells today
// does: what signing them adds, and of those that sell what goes with them. Every
// report that tells it asks here, so that nobody sees two figures under one name.
func (s *Study) adds(parts []*part, open unplaced, of figure.Sellers) figure.Figure {
	return s.beyond(parts, open, of, s.todayWithout(of))
}

// beyond is what some sellers reach and none of the given. Lists are held against
// shares by independence, and within Frechet's limits; names that cannot be told
// may be further members, and those of the given may be these.
func (s *Study) beyond(parts []*part, open unplaced, of, given figure.Sellers) figure.Figure {
	return beside(s.incremental(parts, of, given), open.distinct(of), open.sum(given))
}

// todayWithout are the sellers of today but for some.
func (s *Study) todayWithout(some figure.Sellers) figure.Sellers {
	rest := s.today.Clone()
	for i := range some.All() {
		rest.Remove(i)
	}
	return rest
}

// figuresBeside lists the others of today that are known by figures alone in a
// segment in which a list shows some of the sellers: they may reach whom the list
// shows, and no list can tell.
func (s *Study) figuresBeside(a graph.Audience, of figure.Sellers) []SellerRef {
	out := []SellerRef{}
	others := s.todayWithout(of)
	for i := range others.All() {
		if slices.ContainsFunc(s.partsOf(a), func(p *part) bool {
			return slices.ContainsFunc(p.known, func(k knownShare) bool { return k.seller == i && !k.counted && k.members.High > 0 }) && p.lists(of)
		}) {
			out = append(out, s.sellerRef(i))
		}
	}
	return out
}

// lists reports whether a list shows one of some sellers in the part.
func (p *part) lists(of figure.Sellers) bool {
	for i := range of.All() {
		if p.listed.Has(i) {
			return true
		}
	}
	return false
}
