package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Limits of what one map draws.
const (
	mostBoxes    = 60
	mostSegments = 20
	mostEdges    = 120
	mostFindings = 6
)

// Map draws up the conflict map: the heaviest sellers and segments, and the
// worst findings; the rest is counted.
func (s *Study) Map() *Map {
	b := newMapBuilder(s)
	b.chooseSegments()
	b.chooseSellers()
	b.addVendor()
	b.addSellers()
	b.addSegments()
	b.addSupply()
	b.addLastMiles()
	b.addFindings()
	b.addFacts()
	s.shown.restrictMap(b.m)
	b.m.write()
	return b.m
}

// mapBuilder gathers a Map.
type mapBuilder struct {
	s         *Study
	m         *Map
	overlaps  map[graph.Audience]*tally
	pairs     map[graph.Audience][]Pair
	gross     []map[graph.Audience]figure.Figure // by seller
	drawn     figure.Sellers
	segments  []*part        // drawn, in the order of the file
	tiers     []int          // by partner
	conflicts []audienceBars // by seller
	proved    []audienceBars // by seller, as lists alone show
}

// audienceBars holds the split of one seller by audience.
type audienceBars = map[graph.Audience]barCounts

func newMapBuilder(s *Study) *mapBuilder {
	b := &mapBuilder{
		s: s,
		m: &Map{
			AsOf: s.opts.AsOf.String(), Boxes: []Box{}, Edges: []MapEdge{}, Findings: []MapFinding{},
		},
		overlaps: map[graph.Audience]*tally{}, pairs: map[graph.Audience][]Pair{},
		drawn: figure.NewSellers(len(s.Sellers)),
		tiers: tiers(s.Ecosystem),
	}
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		b.overlaps[a] = newTally(s, s.partsOf(a), nil)
		b.pairs[a] = b.overlaps[a].pairs()
	}
	b.measure()
	return b
}

// measure finds what every seller reaches.
func (b *mapBuilder) measure() {
	for i := range b.s.Sellers {
		g := map[graph.Audience]figure.Figure{}
		for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
			g[a] = sumOver(b.s.partsOf(a), func(p *part) figure.Figure { return p.reach.Gross(i) })
		}
		b.gross = append(b.gross, g)
		b.conflicts = append(b.conflicts, audienceBars{})
		b.proved = append(b.proved, audienceBars{})
	}
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		b.countBars(a)
	}
}

// weight orders sellers: what they reach, of both audiences. It is no figure
// that is shown.
func (b *mapBuilder) weight(seller int) float64 {
	return b.gross[seller][graph.Users].Best + b.gross[seller][graph.Buyers].Best
}

// chooseSegments keeps the largest, in the order of the file, and those whose
// segment is not known last.
func (b *mapBuilder) chooseSegments() {
	var all []*part
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		all = append(all, b.s.partsOf(a)...)
	}
	size := func(p *part) float64 {
		return max(p.addressable, p.reach.Net(b.s.today.Union(b.s.signed).Union(b.s.candidates)).Best)
	}
	heaviest := slices.Clone(all)
	sortByMembers(heaviest, size)
	if len(heaviest) > mostSegments {
		b.m.Omitted.Segments = len(heaviest) - mostSegments
		heaviest = heaviest[:mostSegments]
	}
	for _, p := range all {
		if slices.Contains(heaviest, p) {
			b.segments = append(b.segments, p)
		}
	}
}

// chooseSellers keeps the heaviest and those that supply them, candidates first:
// they are what a map is asked about. So is the partner for whom it is.
func (b *mapBuilder) chooseSellers() {
	room := mostBoxes - 1 - len(b.segments)
	var all []int
	for i := range b.s.Sellers {
		if b.s.counts(i) && (b.weight(i) > 0 || b.s.supplies(i)) {
			all = append(all, i)
		}
	}
	byWeight := slices.Clone(all)
	slices.SortStableFunc(byWeight, func(x, y int) int {
		return cmp.Or(
			cmp.Compare(rankAsked(b.s, x), rankAsked(b.s, y)),
			cmp.Compare(b.weight(y), b.weight(x)),
		)
	})
	for n, i := range byWeight {
		if n < room {
			b.drawn.Add(i)
			continue
		}
		b.m.Omitted.Sellers++
		b.m.Omitted.Members += b.weight(i)
	}
}

func rankAsked(s *Study, seller int) int {
	if s.candidates.Has(seller) || s.shown.isOwn(s.Sellers[seller].ID) {
		return 0
	}
	return 1
}

// supplies reports whether the seller's partner supplies one that counts.
func (s *Study) supplies(seller int) bool {
	partner := s.Sellers[seller].Partner
	if partner < 0 {
		return false
	}
	return slices.ContainsFunc(s.Ecosystem.Partners, func(p graph.Partner) bool {
		return p.Stage != graph.Ended && slices.ContainsFunc(p.SuppliedBy, func(from graph.Supply) bool {
			return from.From == s.Ecosystem.Partners[partner].ID
		})
	})
}

// tiers tells for each partner how many sellers the product passes, itself
// included, on the longest way from the vendor.
func tiers(e *graph.Ecosystem) []int {
	number := map[string]int{}
	for i, p := range e.Partners {
		number[p.ID] = i
	}
	out := make([]int, len(e.Partners))
	for range e.Partners {
		changed := false
		for i, p := range e.Partners {
			tier := 1
			for _, from := range p.SuppliedBy {
				if up, ok := number[from.From]; ok {
					tier = max(tier, out[up]+1)
				}
			}
			changed = changed || out[i] != tier
			out[i] = tier
		}
		if !changed {
			break
		}
	}
	return out
}

func (b *mapBuilder) addVendor() {
	b.m.Boxes = append(b.m.Boxes, Box{
		ID: graph.FromVendor, Kind: VendorBox, Name: b.s.Ecosystem.Vendor, called: b.s.Ecosystem.Vendor, Bars: []Bar{},
	})
}

func (b *mapBuilder) addSellers() {
	for i := range b.s.Sellers {
		if b.drawn.Has(i) {
			b.m.Boxes = append(b.m.Boxes, b.sellerBox(i))
		}
	}
}

func (b *mapBuilder) sellerBox(i int) Box {
	seller := b.s.Sellers[i]
	facts, _ := b.s.Ecosystem.Kind(seller).Facts()
	box := Box{
		ID: sellerBoxID(seller), Kind: SellerBox, Name: seller.Name, Tier: 1,
		Motion: facts.Motion, Equity: b.s.equity(i), Audience: b.mainAudience(i),
		Stage: b.s.Ecosystem.Stage(seller), Candidate: b.s.candidates.Has(i), Claimed: b.claimed(i),
		Bars: []Bar{}, called: seller.Name, kindWords: facts.Words, partner: seller.Partner >= 0, sources: b.figureSources(i),
	}
	if box.partner {
		box.Tier = b.tiers[seller.Partner]
		box.Exclusive = exclusiveWords(&b.s.Ecosystem.Partners[seller.Partner], b.s.opts.AsOf)
	}
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		if b.gross[i][a].High > 0 {
			box.Bars = append(box.Bars, b.sellerBar(i, a))
		}
	}
	return box
}

// sellerPrefix begins the ids of boxes of sellers.
const sellerPrefix = "seller:"

func sellerBoxID(s graph.Seller) string { return sellerPrefix + s.ID }

func segmentBoxID(p *part, s *Study) string {
	if p.segment < 0 {
		return "segment:" + string(p.audience) + ":unassigned"
	}
	return "segment:" + s.Ecosystem.Segments[p.segment].ID
}

// mainAudience is the one of which the seller reaches more, or the first it
// serves.
func (b *mapBuilder) mainAudience(i int) graph.Audience {
	u, v := b.gross[i][graph.Users].Best, b.gross[i][graph.Buyers].Best
	if u == 0 && v == 0 {
		if serves := b.s.Ecosystem.Audiences(b.s.Sellers[i]); len(serves) > 0 {
			return serves[0]
		}
	}
	if u >= v {
		return graph.Users
	}
	return graph.Buyers
}

// claimed reports whether all that is known of the seller's reach is claimed.
func (b *mapBuilder) claimed(i int) bool {
	found := false
	for _, p := range b.s.parts {
		if p.listed.Has(i) {
			return false
		}
		for _, k := range p.known {
			if k.seller == i {
				if k.reach.Basis != graph.BasisClaimed {
					return false
				}
				found = true
			}
		}
	}
	return found
}

// figureSources tell where the figures given for a seller come from.
func (b *mapBuilder) figureSources(i int) []string {
	var out []string
	for _, p := range b.s.parts {
		for _, k := range p.known {
			if k.seller != i || k.reach.Source == "" && k.reach.Dated.IsZero() {
				continue
			}
			words := fmt.Sprintf("%s in %s, %s", Range(k.members), b.s.segmentRef(&p).Name, k.reach.Basis)
			for _, more := range []string{k.reach.Source, k.reach.Dated.String()} {
				if more != "" {
					words += ", " + more
				}
			}
			out = append(out, words)
		}
	}
	return out
}

// exclusiveWords tells an exclusivity clause that holds on a day, or nothing.
func exclusiveWords(p *graph.Partner, day graph.Date) string {
	for _, t := range p.Terms {
		if t.Kind != "exclusive" || !t.From.IsZero() && t.From.Compare(day) > 0 || !t.Until.IsZero() && t.Until.Compare(day) < 0 {
			continue
		}
		words := "exclusive against " + t.Against
		for _, scope := range [][]string{t.Segments, t.Products, t.Territory} {
			if len(scope) > 0 {
				words += ", " + strings.Join(scope, " and ")
			}
		}
		if !t.Until.IsZero() {
			words += ", until " + t.Until.String()
		}
		return words
	}
	return ""
}
