package graph

import "testing"

func TestComparePathways(t *testing.T) {
	n := mustNetwork(t, twoTiers())
	paths := map[string]Pathway{}
	for _, p := range n.Pathways(0, 10) {
		paths[p.Seller.ID] = p
	}
	for _, c := range []struct {
		p, q         string
		relation     PathwayRelation
		parts, meets string
	}{
		{"field", "cdw", CrossChannel, "vendor", "it"},
		{"field", "td", CrossChannel, "vendor", "it"},
		{"cdw", "shi", Horizontal, "td", "it"},
		{"td", "cdw", Bypass, "td", "it"},
		{"cdw", "cdw", SameSeller, "it", "it"},
	} {
		want := Comparison{c.relation, idOf(t, n, c.parts), idOf(t, n, c.meets)}
		if got := ComparePathways(paths[c.p], paths[c.q]); got != want {
			t.Errorf("%s with %s: got %v, want %v", c.p, c.q, got, want)
		}
		if got := ComparePathways(paths[c.q], paths[c.p]); got != want {
			t.Errorf("%s with %s: got %v, want %v", c.q, c.p, got, want)
		}
	}
}

func TestComparePathwaysOfOneSupplyTree(t *testing.T) {
	e := twoTiers()
	e.Channels[1].Reaches = []KnownReach{{Segment: "devs"}}
	e.Partners[0].SuppliedBy = append(e.Partners[0].SuppliedBy, Supply{From: FromVendor})
	e.Partners[2].Reaches = append(e.Partners[2].Reaches, KnownReach{Segment: "devs"})
	n := mustNetwork(t, e)
	it, devs := n.Pathways(0, 10), n.Pathways(1, 10)
	// it: field, wholesale cdw, wholesale td cdw, wholesale td shi, wholesale td
	// devs: wholesale td, wholesale
	for _, c := range []struct {
		name         string
		p, q         Pathway
		relation     PathwayRelation
		parts, meets string
	}{
		{"two supplies of one reseller", it[1], it[2], SameSeller, "wholesale", "cdw"},
		{"partners side by side in a channel", it[1], it[3], Horizontal, "wholesale", "it"},
		{"a channel beside its partner", devs[0], devs[1], Bypass, "wholesale", "devs"},
		{"two segments of one seller", it[4], devs[0], SameSeller, "td", "vendor"},
		{"two segments of two sellers", it[2], devs[0], NeverMeet, "td", "vendor"},
	} {
		want := Comparison{c.relation, idOf(t, n, c.parts), idOf(t, n, c.meets)}
		if got := ComparePathways(c.p, c.q); got != want {
			t.Errorf("%s: got %v, want %v", c.name, got, want)
		}
	}
}

func idOf(t *testing.T, n *Network, identifier string) ID {
	for id := range ID(n.Len()) {
		if n.Identifier(id) == identifier {
			return id
		}
	}
	t.Fatalf("no node %s", identifier)
	return 0
}
