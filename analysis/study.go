package analysis

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Study is an ecosystem with its lists counted, ready for questions. It does
// not change and is safe for concurrent use.
type Study struct {
	Ecosystem *graph.Ecosystem
	Sellers   []graph.Seller
	Exposure  *exposure.Exposure
	Network   *graph.Network
	Rule      *conflict.Rule

	opts  Options
	parts []part // users' segments, then buyers', then accounts
	today figure.Sellers
	// signed are those not yet activated, candidates those not signed.
	signed, candidates figure.Sellers
	notes              []list.Notice
	shown              *restriction // nil where reports are for us
	// LeftOut says what reports for a partner are not made from; it is for us.
	LeftOut []string
	// given is the ecosystem with the lists that destroyed leaves out.
	given     *graph.Ecosystem
	destroyed []exposure.Destroyed
}

// part is a population of its own: one segment, the members of an audience
// whose segment is not known, or all accounts.
type part struct {
	audience    graph.Audience
	segment     int     // index, or -1
	addressable float64 // 0 where not declared
	cell        *exposure.Cell
	table       *exposure.Table
	reach       *bounds.Segment
	listed      figure.Sellers // sellers with a list here
	shares      []bounds.Share
	known       []knownShare
}

// knownShare is a figure of the ecosystem for a seller and a segment, in
// members.
type knownShare struct {
	seller  int
	reach   graph.KnownReach
	members figure.Figure
	counted bool // a list counts instead
}

// Open reads the lists of an ecosystem and counts them.
func Open(ctx context.Context, eco *graph.Ecosystem, opts Options, read exposure.Options) (*Study, error) {
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	eco, left := inputFor(eco, &opts)
	if others, board := opts.isFor(); others && !board {
		opts.Order = OrderGreedy
	}
	given := eco
	eco, destroyed, err := leaveOut(eco, opts.AsOf)
	if err != nil {
		return nil, err
	}
	read.AsOf, read.From, read.To = opts.AsOf, opts.From, opts.To
	x, err := exposure.BuildCached(ctx, eco, read)
	if err != nil {
		return nil, err
	}
	s := &Study{
		Ecosystem: x.Ecosystem, Sellers: x.Sellers, Exposure: x, opts: opts,
		Rule:  conflict.NewRule(x.Ecosystem, x.Sellers),
		notes: x.Notices, LeftOut: left, given: given, destroyed: destroyed,
	}
	s.sortStages()
	s.makeParts()
	if s.Network, err = graph.NewNetwork(s.Ecosystem, s.lastMiles()); err != nil {
		return nil, fmt.Errorf("network of the pathways: %w", err)
	}
	if err := s.restrict(); err != nil {
		return nil, err
	}
	return s, nil
}

// sortStages tells sellers that work today from those signed and those not.
// Ended partners, and sellers that nobody authorised, are in none.
func (s *Study) sortStages() {
	n := len(s.Sellers)
	s.today, s.signed, s.candidates = figure.NewSellers(n), figure.NewSellers(n), figure.NewSellers(n)
	for i, seller := range s.Sellers {
		if seller.Partner >= 0 && s.Ecosystem.Partners[seller.Partner].Grey {
			continue
		}
		switch stage := s.Ecosystem.Stage(seller); {
		case stage.Working():
			s.today.Add(i)
		case stage.Candidate():
			s.candidates.Add(i)
		case stage == graph.Signed:
			s.signed.Add(i)
		}
	}
}

// makeParts lays lists and figures side by side, segment by segment.
func (s *Study) makeParts() {
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		table := s.table(a)
		for i, seg := range s.Ecosystem.Segments {
			if seg.Audience == a {
				s.addPart(table, a, i, float64(seg.Addressable))
			}
		}
		s.addPart(table, a, -1, 0)
	}
	s.addAccounts()
}

func (s *Study) table(a graph.Audience) *exposure.Table {
	switch a {
	case graph.Users:
		return s.Exposure.Users
	case graph.Buyers:
		return s.Exposure.Buyers
	}
	return s.Exposure.Accounts
}

func (s *Study) addPart(t *exposure.Table, a graph.Audience, segment int, addressable float64) {
	p := part{audience: a, segment: segment, addressable: addressable, table: t, cell: t.Cell(segment)}
	groups := s.groups(t, p.cell)
	p.listed = s.sellersIn(groups)
	if segment >= 0 {
		s.addShares(&p)
	}
	if p.cell == nil && segment < 0 {
		return
	}
	p.reach = bounds.New(len(s.Sellers), groups, p.shares, addressable)
	s.parts = append(s.parts, p)
}

// addAccounts makes one population of all accounts: those of every segment.
func (s *Study) addAccounts() {
	t := s.Exposure.Accounts
	all := &exposure.Cell{Segment: -1}
	if len(t.Cells) == 1 {
		all.Sets = t.Cells[0].Sets // as they are: there may be many
	} else {
		for _, c := range t.Cells {
			all.Sets = append(all.Sets, c.Sets...)
		}
	}
	if len(all.Sets) == 0 {
		return
	}
	addressable := float64(s.Ecosystem.Accounts.Addressable)
	groups := s.groups(t, all)
	s.parts = append(s.parts, part{
		audience: graph.Accounts, segment: -1, addressable: addressable, cell: all, table: t, listed: s.sellersIn(groups),
		reach: bounds.New(len(s.Sellers), groups, nil, addressable),
	})
}

// sellersIn lists the sellers that some group shows.
func (s *Study) sellersIn(groups []bounds.Group) figure.Sellers {
	of := figure.NewSellers(len(s.Sellers))
	for _, g := range groups {
		of = of.Union(g.Sellers)
	}
	return of
}

// groups sums the sets of a cell by the sellers that reach their members. Ended
// partners reach nobody.
func (s *Study) groups(t *exposure.Table, c *exposure.Cell) []bounds.Group {
	if c == nil {
		return nil
	}
	var groups []bounds.Group
	index := make(map[string]int, len(c.Sets))
	reached, key := figure.NewSellers(len(s.Sellers)), []byte(nil) // used again: there may be many sets
	for i := range c.Sets {
		clear(reached)
		s.addReaching(reached, t, &c.Sets[i])
		key = key[:0]
		for _, word := range reached {
			key = binary.LittleEndian.AppendUint64(key, word)
		}
		g, ok := index[string(key)]
		if !ok {
			g = len(groups)
			index[string(key)] = g
			groups = append(groups, bounds.Group{Sellers: reached.Clone()})
		}
		groups[g].Members += float64(c.Sets[i].Members)
	}
	return groups
}

// reaching gives the sellers that reach the members of a set.
func (s *Study) reaching(t *exposure.Table, set *exposure.Set) figure.Sellers {
	of := figure.NewSellers(len(s.Sellers))
	s.addReaching(of, t, set)
	return of
}

func (s *Study) addReaching(of figure.Sellers, t *exposure.Table, set *exposure.Set) {
	for _, i := range set.Touches {
		touch := &t.Touches[i]
		if touch.Reaches() && s.counts(touch.Seller) {
			of.Add(touch.Seller)
		}
	}
}

// meetingsToday lists how the sellers that work today meet at the members of a
// set.
func (s *Study) meetingsToday(t *exposure.Table, set *exposure.Set) []conflict.Meeting {
	return slices.DeleteFunc(s.Rule.Meetings(t, set), func(m conflict.Meeting) bool {
		return !s.today.Has(m.P) || !s.today.Has(m.Q)
	})
}

// counts reports whether the seller's reach counts at all: it works, is signed
// or is a candidate.
func (s *Study) counts(seller int) bool {
	return s.today.Has(seller) || s.signed.Has(seller) || s.candidates.Has(seller)
}

// lastMiles are the edges to segments that lists prove, with the share of the
// segment that they show.
func (s *Study) lastMiles() []graph.LastMile {
	var out []graph.LastMile
	for _, p := range s.parts {
		if p.segment < 0 || p.audience == graph.Accounts {
			continue
		}
		for i, seller := range s.Sellers {
			if !p.listed.Has(i) {
				continue
			}
			share := 1.0
			if p.addressable > 0 {
				share = min(1, p.reach.Gross(i).Best/p.addressable)
			}
			out = append(out, graph.LastMile{Seller: seller, Segment: p.segment, Share: share})
		}
	}
	return out
}
