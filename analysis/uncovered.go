package analysis

import (
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Uncovered tells which segments have no pathway that works today, and which
// hang on one.
type Uncovered struct {
	Head     Head              `json:"head"`
	Segments []SegmentCoverage `json:"segments"` // in the order of the file
}

// SegmentCoverage is how a segment stands.
type SegmentCoverage struct {
	Segment SegmentRef      `json:"segment"`
	Sellers int             `json:"sellers"`  // that work today and reach some of it
	HangsOn []NodeRef       `json:"hangs_on"` // on every pathway that works today
	Totals  Totals          `json:"totals"`
	AtRisk  []PartnerAtRisk `json:"at_risk"` // partners, by what only they reach, most first
	Would   []SellerRef     `json:"would"`   // signed sellers and candidates that would reach some of it
}

// PartnerAtRisk is what a segment loses if one party leaves: members reached
// over it, and over sellers that have no product without it, and nobody else.
type PartnerAtRisk struct {
	Party   SellerRef     `json:"party"`
	Members figure.Figure `json:"members"`
}

// Uncovered answers which segments have no pathway, or hang on one.
func (s *Study) Uncovered() (*Uncovered, error) {
	network, err := s.todayNetwork()
	if err != nil {
		return nil, err
	}
	out := &Uncovered{Head: s.Head(), Segments: []SegmentCoverage{}}
	for i := range s.Ecosystem.Segments {
		out.Segments = append(out.Segments, s.coverageOf(network, i))
	}
	return out, nil
}

// todayNetwork is the network without those that do not sell today.
func (s *Study) todayNetwork() (*graph.Network, error) {
	today := s.Ecosystem.WithPartners(nil)
	for i := range today.Partners {
		if p := &today.Partners[i]; !p.Stage.Working() || p.Grey {
			p.Stage = graph.Ended
		}
	}
	return graph.NewNetwork(today, s.lastMiles())
}

func (s *Study) coverageOf(network *graph.Network, segment int) SegmentCoverage {
	p := s.partOf(segment)
	c := SegmentCoverage{
		Segment: s.segmentRef(p), Totals: s.totals([]*part{p}, 0),
		HangsOn: []NodeRef{}, AtRisk: []PartnerAtRisk{}, Would: []SellerRef{},
	}
	c.Sellers = c.Totals.Sellers
	for _, id := range network.Dominators(segment) {
		c.HangsOn = append(c.HangsOn, s.nodeRef(id))
	}
	for i := range s.Sellers {
		if (s.signed.Has(i) || s.candidates.Has(i)) && p.reach.Gross(i).High > 0 {
			c.Would = append(c.Would, s.sellerRef(i))
		}
	}
	c.AtRisk = s.atRisk(p)
	return c
}

// atRisk lists the parties without which the segment loses members, most first.
func (s *Study) atRisk(p *part) []PartnerAtRisk {
	out := []PartnerAtRisk{}
	for i, seller := range s.Sellers {
		if !s.today.Has(i) {
			continue
		}
		of := figure.SellersOf(len(s.Sellers), i)
		if seller.Partner >= 0 {
			for _, d := range s.dependents(seller.Partner) {
				of.Add(d)
			}
		}
		others := s.today.Clone()
		for j := range s.Sellers {
			if of.Has(j) {
				others.Remove(j)
			}
		}
		if lost := p.reach.Incremental(of, others); lost.Best > 0 {
			out = append(out, PartnerAtRisk{s.sellerRef(i), lost})
		}
	}
	sortByMembers(out, func(r PartnerAtRisk) float64 { return r.Members.Best })
	return out
}
