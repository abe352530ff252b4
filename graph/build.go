package graph

import "fmt"

// NewNetwork builds the graph of an ecosystem in O(m log m) for m edges. The
// figures under `reaches` give last miles by themselves, each with the middle
// of its interval; reached adds those that lists proved, whose shares count
// where both speak of one pathway. Where a partner reaches a segment in several
// of its channels the edge has the greatest of the shares: they may overlap.
//
// A figure of a partner holds in each of its channels. A share or count of zero
// gives no edge. A cycle among suppliers is an error that names it.
func NewNetwork(e *Ecosystem, reached []LastMile) (*Network, error) {
	b := newNetworkBuilder(e)
	b.addChannels()
	if err := b.addSupplies(); err != nil {
		return nil, err
	}
	if err := b.addListed(reached); err != nil {
		return nil, err
	}
	if err := b.addDeclared(); err != nil {
		return nil, err
	}
	b.addLastMiles()
	return b.finish()
}

// networkBuilder collects the arcs of a network. Its Network answers what the
// id of what is, from the start.
type networkBuilder struct {
	*Network
	arcs     []arc
	channel  map[string]int
	partner  map[string]int
	segment  map[string]int
	lastMile map[[2]ID]*lastMile // by {seller, segment}
}

func newNetworkBuilder(e *Ecosystem) *networkBuilder {
	b := &networkBuilder{
		Network:  &Network{ecosystem: e, sellers: e.Sellers(), via: map[[2]ID][]ID{}},
		channel:  map[string]int{},
		partner:  map[string]int{},
		segment:  map[string]int{},
		lastMile: map[[2]ID]*lastMile{},
	}
	for i, c := range e.Channels {
		b.channel[c.ID] = i
	}
	next := len(e.Channels)
	for i, p := range e.Partners {
		b.partner[p.ID] = i
		b.firstSeller = append(b.firstSeller, next)
		next += len(p.Channels)
	}
	for i, s := range e.Segments {
		b.segment[s.ID] = i
	}
	return b
}

// problem returns the error for one thing wrong with the ecosystem.
func (b *networkBuilder) problem(at Position, expected, format string, args ...any) error {
	return &Problems{List: []Problem{{
		File: b.ecosystem.File, Position: at, Found: fmt.Sprintf(format, args...), Expected: expected,
	}}}
}

func (b *networkBuilder) addArc(from, to ID, weight float64) {
	if weight > 0 {
		b.arcs = append(b.arcs, arc{from, to, weight})
	}
}

func (b *networkBuilder) addChannels() {
	for i := range b.ecosystem.Channels {
		b.addArc(VendorID, b.ChannelID(i), 1)
	}
}

func (b *networkBuilder) addSupplies() error {
	for i, p := range b.ecosystem.Partners {
		if p.Stage == Ended || p.Grey {
			continue
		}
		supplies := p.SuppliedBy
		if len(supplies) == 0 {
			supplies = []Supply{{From: FromVendor, At: p.At}}
		}
		for _, s := range supplies {
			if err := b.addSupply(i, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *networkBuilder) addSupply(partner int, s Supply) error {
	share := 1.0
	if s.Share != nil {
		share = s.Share.Middle()
	}
	p := b.ecosystem.Partners[partner]
	if s.From != FromVendor {
		supplier, ok := b.partner[s.From]
		if !ok {
			return b.problem(s.At, "vendor or the id of a partner", "partner %q is supplied by %q", p.ID, s.From)
		}
		if b.ecosystem.Partners[supplier].Stage != Ended {
			b.addArc(b.PartnerID(supplier), b.PartnerID(partner), share)
		}
		return nil
	}
	for _, id := range p.Channels {
		channel, ok := b.channel[id]
		if !ok {
			return b.problem(p.At, "the id of a channel", "partner %q is in channel %q", p.ID, id)
		}
		b.addArc(b.ChannelID(channel), b.PartnerID(partner), share)
	}
	return nil
}

func (b *networkBuilder) finish() (*Network, error) {
	d, err := newDigraph(int(b.SegmentID(len(b.ecosystem.Segments))), b.arcs)
	if err != nil {
		return nil, err
	}
	b.digraph = d
	order, ok := b.topologicalOrder()
	if !ok {
		return nil, b.cycleError(b.supplyCycle(order))
	}
	b.order = order
	b.idom = b.dominatorTree()
	return b.Network, nil
}
