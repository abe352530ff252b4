package graph

import (
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"
)

func pathText(n *Network, p Pathway) string {
	text := ""
	for _, id := range p.Nodes[1:] {
		text += " " + n.Identifier(id)
	}
	return fmt.Sprintf("%s (%s, %g, %g)", text[1:], p.Seller.ID, p.Supply, p.Share)
}

func TestPathwaysOfTwoTiers(t *testing.T) {
	n := mustNetwork(t, twoTiers())
	want := []string{
		"field it (field, 1, 1)",
		"wholesale td cdw it (cdw, 0.5, 0.5)",
		"wholesale td shi it (shi, 1, 0.2)",
		"wholesale td it (td, 1, 0.2)",
	}
	var got []string
	for _, p := range n.Pathways(0, 10) {
		got = append(got, pathText(n, p))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n.Pathways(1, 10) != nil || n.CountPathways(1).Sign() != 0 {
		t.Error("there is a pathway to a segment that only an ended partner reaches")
	}
	if got := n.Pathways(0, 3); len(got) != 3 || n.Pathways(0, 0) != nil {
		t.Errorf("the limit is not kept: %d", len(got))
	}
}

func TestPartnerReachesOverTheChannelsOfItsLists(t *testing.T) {
	e := twoTiers()
	e.Partners[0] = Partner{ID: "cdw", Channels: []string{"wholesale", "field"}, SuppliedBy: []Supply{{From: FromVendor}, {From: "td"}}}
	first, second := e.Sellers()[2], e.Sellers()[3]
	n := mustNetwork(t, e, LastMile{first, 1, 0}, LastMile{second, 1, 0.25})
	want := []string{"field cdw devs (cdw@field, 1, 0.25)", "wholesale td cdw devs (cdw@field, 1, 0.25)"}
	var got []string
	for _, p := range n.Pathways(1, 10) {
		got = append(got, pathText(n, p))
	}
	if !slices.Equal(got, want) || n.CountPathways(1).Int64() != 2 {
		t.Errorf("got %v of %q, want %q", n.CountPathways(1), got, want)
	}
}

// reference enumerates pathways from the words of the ecosystem, without the
// network's edges.
type reference struct {
	*Ecosystem
	*Network
	reached []LastMile
}

// supplyPaths lists all ways from the vendor to a partner, ids included.
func (r reference) supplyPaths(partner int) (paths [][]ID) {
	p := r.Partners[partner]
	if p.Stage == Ended {
		return nil
	}
	if len(p.SuppliedBy) == 0 {
		p.SuppliedBy = []Supply{{From: FromVendor}}
	}
	self := r.PartnerID(partner)
	for _, s := range p.SuppliedBy {
		if s.From != FromVendor {
			up := slices.IndexFunc(r.Partners, func(p Partner) bool { return p.ID == s.From })
			for _, path := range r.supplyPaths(up) {
				paths = append(paths, append(slices.Clone(path), self))
			}
			continue
		}
		for _, c := range p.Channels {
			at := slices.IndexFunc(r.Channels, func(channel Channel) bool { return channel.ID == c })
			paths = append(paths, []ID{VendorID, r.ChannelID(at), self})
		}
	}
	return paths
}

// sells tells whether a partner reaches a segment in a channel, or in any
// where the channel is -1.
func (r reference) sells(partner, segment, channel int) bool {
	for _, k := range r.Partners[partner].Reaches {
		if k.Segment == r.Segments[segment].ID {
			return true
		}
	}
	return slices.ContainsFunc(r.reached, func(l LastMile) bool {
		return l.Seller.Partner == partner && l.Segment == segment && (channel < 0 || l.Seller.Channel == channel)
	})
}

func (r reference) pathways(segment int) (paths [][]ID) {
	goal := r.SegmentID(segment)
	for c, channel := range r.Channels {
		declared := slices.ContainsFunc(channel.Reaches, func(k KnownReach) bool { return k.Segment == r.Segments[segment].ID })
		listed := slices.ContainsFunc(r.reached, func(l LastMile) bool {
			return l.Seller.Partner < 0 && l.Seller.Channel == c && l.Segment == segment
		})
		if declared || listed {
			paths = append(paths, []ID{VendorID, r.ChannelID(c), goal})
		}
	}
	for p := range r.Partners {
		for _, path := range r.supplyPaths(p) {
			channel := -1
			if len(path) == 3 {
				channel = r.Index(path[1])
			}
			if r.sells(p, segment, channel) {
				paths = append(paths, append(path, goal))
			}
		}
	}
	slices.SortFunc(paths, slices.Compare)
	return paths
}

func TestPathwaysAreThoseOfTheEcosystem(t *testing.T) {
	eachRandomNetwork(t, func(t *testing.T, e *Ecosystem, reached []LastMile, n *Network) {
		for s := range e.Segments {
			want := reference{e, n, reached}.pathways(s)
			var got [][]ID
			for _, p := range n.Pathways(s, 1_000_000) {
				got = append(got, p.Nodes)
				if n.SellerID(p.Seller) != p.Nodes[len(p.Nodes)-2] {
					t.Errorf("%v has seller %s", p.Nodes, p.Seller.ID)
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("segment %d: got  %v\nwant %v", s, got, want)
			}
			if count := n.CountPathways(s); count.Cmp(big.NewInt(int64(len(want)))) != 0 {
				t.Errorf("segment %d: counted %v, want %d", s, count, len(want))
			}
		}
	})
}

// ladder has two suppliers for each rung, and so 2^rungs pathways.
func ladder(rungs int) *Ecosystem {
	e := chain(2 * rungs)
	for i := range e.Partners {
		e.Partners[i].SuppliedBy = nil
		if rung := i / 2; rung > 0 {
			e.Partners[i].SuppliedBy = []Supply{{From: fmt.Sprint("p", 2*rung-2)}, {From: fmt.Sprint("p", 2*rung-1)}}
		}
	}
	e.Partners[2*rungs-2].Reaches = []KnownReach{{Segment: "s"}}
	return e
}

func TestExplodingPathwaysAreCounted(t *testing.T) {
	n := mustNetwork(t, ladder(300))
	if want := new(big.Int).Lsh(big.NewInt(1), 300); n.CountPathways(0).Cmp(want) != 0 {
		t.Errorf("got %v, want 2^300", n.CountPathways(0))
	}
	if got := len(n.Pathways(0, 100)); got != 100 {
		t.Errorf("listed %d, want the first 100", got)
	}
}

func TestDeepChain(t *testing.T) {
	const tiers = 200_000
	n := mustNetwork(t, chain(tiers))
	if p := n.Pathways(0, 2); len(p) != 1 || len(p[0].Nodes) != tiers+3 || p[0].Supply != 1 {
		t.Error("the one pathway is not whole")
	}
	if n.CountPathways(0).Int64() != 1 || n.DisjointPathways(0) != 1 {
		t.Error("there is one pathway")
	}
	if len(n.Dominators(0)) != tiers+1 || !n.DependsOn(tiers-1, 0) {
		t.Error("the segment hangs on every node")
	}
	if len(n.Suppliers(tiers-1)) != tiers-1 || len(n.Losing(n.PartnerID(tiers/2))) != 1 {
		t.Error("the last partner has all others above it")
	}
}
