package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

// twoTiers is an ecosystem of two channels and three tiers: self-serve beside a
// distributor that sells by itself and through two resellers.
func twoTiers() *Ecosystem {
	share := Interval{Low: 0.4, High: 0.6}
	return &Ecosystem{
		File:     "ecosystem.yaml",
		Vendor:   "Lumen AI",
		Segments: []Segment{{ID: "it", Name: "Mid-market IT", Audience: Buyers, Addressable: 1000}, {ID: "devs", Audience: Users}},
		Channels: []Channel{
			{ID: "field", Name: "Direct sales", Kind: DirectBuyer, Reaches: []KnownReach{{Segment: "it"}}},
			{ID: "wholesale", Kind: Distributor},
		},
		Partners: []Partner{
			{ID: "cdw", Name: "CDW", Channels: []string{"wholesale"},
				SuppliedBy: []Supply{{From: "td", Share: &share}},
				Reaches:    []KnownReach{{Segment: "it", Share: &share}}},
			{ID: "shi", Channels: []string{"wholesale"},
				SuppliedBy: []Supply{{From: "td"}},
				Reaches:    []KnownReach{{Segment: "it", Count: &Interval{Low: 100, High: 300}}}},
			{ID: "td", Channels: []string{"wholesale"},
				Reaches: []KnownReach{{Segment: "it", Share: &Interval{Low: 0.5, High: 0.5}, Of: ShareOf{Members: 400}}}},
			{ID: "gone", Channels: []string{"wholesale"}, Stage: Ended, Reaches: []KnownReach{{Segment: "devs"}}},
		},
	}
}

func mustNetwork(t testing.TB, e *Ecosystem, reached ...LastMile) *Network {
	t.Helper()
	n, err := NewNetwork(e, reached)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// lines writes each edge of a network as "from -> to weight".
func lines(n *Network) string {
	var b strings.Builder
	for u := range n.Len() {
		for v, w := range n.Out(ID(u)) {
			fmt.Fprintf(&b, "%s -> %s %g\n", n.Identifier(ID(u)), n.Identifier(v), w)
		}
	}
	return b.String()
}

func TestNetworkOfTwoTiers(t *testing.T) {
	want := `vendor -> field 1
vendor -> wholesale 1
field -> it 1
wholesale -> td 1
cdw -> it 0.5
shi -> it 0.2
td -> cdw 0.5
td -> shi 1
td -> it 0.2
`
	if got := lines(mustNetwork(t, twoTiers())); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestNodeFacts(t *testing.T) {
	n := mustNetwork(t, twoTiers())
	var got []string
	for id := range n.Len() {
		id := ID(id)
		got = append(got, fmt.Sprint(n.Kind(id), n.Index(id), " ", n.Identifier(id), " ", n.Name(id)))
	}
	want := []string{
		"vendor0 vendor Lumen AI", "channel0 field Direct sales", "channel1 wholesale wholesale",
		"partner0 cdw CDW", "partner1 shi shi", "partner2 td td", "partner3 gone gone",
		"segment0 it Mid-market IT", "segment1 devs devs",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, s := range n.ecosystem.Sellers() {
		if id := n.SellerID(s); n.Identifier(id) != s.ID {
			t.Errorf("seller %s has node %s", s.ID, n.Identifier(id))
		}
	}
}

func TestListsCountWhereFiguresSpeakAsWell(t *testing.T) {
	e := twoTiers()
	e.Partners[0].Channels = []string{"wholesale", "field"}
	e.Partners[0].SuppliedBy = nil
	var reached []LastMile
	for _, s := range e.Sellers() {
		switch s.ID {
		case "cdw":
			reached = append(reached, LastMile{s, 0, 0.1}, LastMile{s, 1, 0.2})
		case "cdw@field":
			reached = append(reached, LastMile{s, 0, 0.3}, LastMile{s, 1, 0.15})
		case "gone":
			reached = append(reached, LastMile{s, 1, 1})
		}
	}
	n := mustNetwork(t, e, reached...)
	for _, want := range []struct {
		segment int
		share   float64
	}{{0, 0.3}, {1, 0.2}} {
		if got, _ := n.Weight(int64(n.PartnerID(0)), int64(n.SegmentID(want.segment))); got != want.share {
			t.Errorf("segment %d: got share %g, want the greater of the two lists, %g", want.segment, got, want.share)
		}
	}
	if n.HasEdgeFromTo(int64(n.PartnerID(3)), int64(n.SegmentID(1))) {
		t.Error("a partner that has ended reaches nobody, whatever its list says")
	}
}

func TestNewNetworkRefuses(t *testing.T) {
	supplier := func(from string) []Supply { return []Supply{{From: from, At: Position{7, 9}}} }
	for name, c := range map[string]struct {
		change  func(*Ecosystem)
		reached []LastMile
		want    string
	}{
		"cycle": {func(e *Ecosystem) {
			e.Partners[2].SuppliedBy = supplier("shi")
			e.Partners[1].At = Position{31, 5}
		}, nil, "ecosystem.yaml:31:5: partners supply one another in a circle: shi -> td -> shi; expected suppliers that lead to the vendor"},
		"own supplier": {func(e *Ecosystem) { e.Partners[0].SuppliedBy = supplier("cdw") }, nil,
			"ecosystem.yaml: partners supply one another in a circle: cdw -> cdw; expected suppliers that lead to the vendor"},
		"unknown supplier": {func(e *Ecosystem) { e.Partners[0].SuppliedBy = supplier("nobody") }, nil,
			`ecosystem.yaml:7:9: partner "cdw" is supplied by "nobody"; expected vendor or the id of a partner`},
		"unknown channel": {func(e *Ecosystem) { e.Partners[2].Channels = []string{"x"} }, nil,
			`ecosystem.yaml: partner "td" is in channel "x"; expected the id of a channel`},
		"unknown segment": {func(e *Ecosystem) { e.Channels[0].Reaches[0].Segment = "x" }, nil,
			`ecosystem.yaml: "field" reaches segment "x"; expected the id of a segment`},
		"strange seller": {nil, []LastMile{{Seller{ID: "x", Channel: 9, Partner: -1}, 0, 1}},
			`seller "x" reaches segment "it" and is not of this ecosystem`},
		"segment out of range": {nil, []LastMile{{Seller{ID: "field", Partner: -1}, 2, 1}},
			`seller "field" reaches segment number 2 of 2`},
		"no share": {nil, []LastMile{{Seller{ID: "field", Name: "Direct sales", Partner: -1}, 0, math.NaN()}},
			`seller "field" reaches NaN of segment "it", which is no share`},
	} {
		t.Run(name, func(t *testing.T) {
			e := twoTiers()
			if c.change != nil {
				c.change(e)
			}
			_, err := NewNetwork(e, c.reached)
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestLongCyclesAreCutInMessages(t *testing.T) {
	e := chain(100_000)
	e.Partners[0].SuppliedBy = []Supply{{From: e.Partners[len(e.Partners)-1].ID}}
	_, err := NewNetwork(e, nil)
	if err == nil || len(err.Error()) > 300 || !strings.Contains(err.Error(), "99992 more") {
		t.Errorf("got %v", err)
	}
}

// chain is an ecosystem with one pathway over as many partners as asked for.
func chain(partners int) *Ecosystem {
	e := &Ecosystem{
		Vendor:   "V",
		Segments: []Segment{{ID: "s", Audience: Buyers}},
		Channels: []Channel{{ID: "c", Kind: Distributor}},
		Partners: make([]Partner, partners),
	}
	for i := range e.Partners {
		e.Partners[i] = Partner{ID: fmt.Sprint("p", i), Channels: []string{"c"}}
		if i > 0 {
			e.Partners[i].SuppliedBy = []Supply{{From: fmt.Sprint("p", i-1)}}
		}
	}
	e.Partners[partners-1].Reaches = []KnownReach{{Segment: "s"}}
	return e
}

// randomEcosystem makes a small ecosystem with a supply graph of any shape, and
// last miles that lists proved.
func randomEcosystem(r *rand.Rand) (*Ecosystem, []LastMile) {
	e := &Ecosystem{Vendor: "V"}
	for i := range 1 + r.IntN(3) {
		e.Segments = append(e.Segments, Segment{ID: fmt.Sprint("s", i), Audience: Buyers})
	}
	for i := range 1 + r.IntN(3) {
		e.Channels = append(e.Channels, Channel{ID: fmt.Sprint("c", i), Kind: Reseller, Reaches: randomReaches(r, e, 0.2)})
	}
	rank := r.Perm(r.IntN(8)) // partners are supplied by those of lower rank
	for i := range rank {
		e.Partners = append(e.Partners, randomPartner(r, e, i, rank))
	}
	var reached []LastMile
	for _, s := range e.Sellers() {
		for i := range e.Segments {
			if r.Float64() < 0.2 {
				reached = append(reached, LastMile{s, i, 0.1 + r.Float64()})
			}
		}
	}
	return e, reached
}

func randomPartner(r *rand.Rand, e *Ecosystem, i int, rank []int) Partner {
	p := Partner{ID: fmt.Sprint("p", i), Stage: Managed, Reaches: randomReaches(r, e, 0.25)}
	if r.Float64() < 0.1 {
		p.Stage = Ended
	}
	for _, c := range r.Perm(len(e.Channels))[:1+r.IntN(len(e.Channels))] {
		p.Channels = append(p.Channels, e.Channels[c].ID)
	}
	if r.Float64() < 0.3 {
		p.SuppliedBy = append(p.SuppliedBy, Supply{From: FromVendor, Share: &Interval{Low: 0.5, High: 0.5}})
	}
	for j := range rank {
		if rank[j] < rank[i] && r.Float64() < 0.4 {
			p.SuppliedBy = append(p.SuppliedBy, Supply{From: fmt.Sprint("p", j)})
		}
	}
	return p
}

func randomReaches(r *rand.Rand, e *Ecosystem, chance float64) (reaches []KnownReach) {
	for _, s := range e.Segments {
		if r.Float64() < chance {
			reaches = append(reaches, KnownReach{Segment: s.ID})
		}
	}
	return reaches
}

// eachRandomNetwork runs a test on many small networks.
func eachRandomNetwork(t *testing.T, test func(t *testing.T, e *Ecosystem, reached []LastMile, n *Network)) {
	for seed := range uint64(2000) {
		e, reached := randomEcosystem(rand.New(rand.NewPCG(seed, 1)))
		test(t, e, reached, mustNetwork(t, e, reached...))
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

func TestSharesOfDeclaredReach(t *testing.T) {
	half, some := Exactly(0.5), Exactly(200)
	for _, c := range []struct {
		reach       KnownReach
		addressable int64
		want        float64
	}{
		{KnownReach{}, 1000, 1},
		{KnownReach{Share: &Interval{Low: 0.2, High: 0.4}}, 1000, 0.3},
		{KnownReach{Share: &half, Of: ShareOf{Upstream: true}}, 1000, 0.5},
		{KnownReach{Share: &half, Of: ShareOf{Members: 200}}, 1000, 0.1},
		{KnownReach{Share: &half, Of: ShareOf{Members: 200}}, 0, 0.5},
		{KnownReach{Count: &some}, 1000, 0.2},
		{KnownReach{Count: &some}, 0, 1},
		{KnownReach{Count: &Interval{}}, 0, 0},
		{KnownReach{Share: &Interval{}}, 1000, 0},
	} {
		got := c.reach.shareOf(Segment{Addressable: c.addressable})
		if diff := got - c.want; diff > 1e-12 || diff < -1e-12 {
			t.Errorf("%+v of %d: got %g, want %g", c.reach, c.addressable, got, c.want)
		}
	}
}

func TestReachOfNobodyIsNoEdge(t *testing.T) {
	e := twoTiers()
	e.Channels[0].Reaches[0].Share = &Interval{}
	if n := mustNetwork(t, e); n.HasEdgeBetween(int64(n.ChannelID(0)), int64(n.SegmentID(0))) {
		t.Error("a share of zero gives an edge")
	}
	e = twoTiers()
	if n := mustNetwork(t, e, LastMile{e.Sellers()[0], 0, 0}); n.HasEdgeBetween(int64(n.ChannelID(0)), int64(n.SegmentID(0))) {
		t.Error("a list without members gives an edge, since a figure says otherwise")
	}
}

func TestGreySellersHaveNoPathway(t *testing.T) {
	e := twoTiers()
	e.Partners[2].Grey = true
	n := mustNetwork(t, e)
	if got := n.CountPathways(0).Int64(); got != 1 || n.DependsOn(0, 2) {
		t.Errorf("%d pathways, some through a distributor that nobody authorised", got)
	}
}

func TestManyReadersAtOnce(t *testing.T) {
	n := mustNetwork(t, ladder(12))
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			if len(n.Pathways(0, 5000)) != 4096 || n.CountPathways(0).Int64() != 4096 || n.DisjointPathways(0) != 2 {
				t.Error("readers disturb one another")
			}
		})
	}
	readers.Wait()
}
