package conflict

import (
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// world is a vendor with every kind of seller that the rule tells apart. Sellers
// have the number of their place here.
func world() (*graph.Ecosystem, []graph.Seller) {
	eco := &graph.Ecosystem{
		Vendor:   "Lumen AI",
		Products: []graph.Product{{ID: "api"}, {ID: "studio"}},
		Channels: []graph.Channel{
			{ID: "field", Kind: graph.DirectBuyer},
			{ID: "self-serve", Kind: graph.DirectUser},
			{ID: "resellers", Kind: graph.Reseller},
			{ID: "wholesale", Kind: graph.Distributor},
			{ID: "clouds", Kind: graph.Marketplace},
			{ID: "integrators", Kind: graph.Integrator},
			{ID: "referrers", Kind: graph.Referral},
		},
	}
	add := func(id, channel string, from ...graph.Supply) {
		eco.Partners = append(eco.Partners, graph.Partner{ID: id, Channel: channel, Channels: []string{channel}, SuppliedBy: from})
	}
	add("td", "wholesale")
	add("cdw", "resellers", graph.Supply{From: "td"})
	add("shi", "resellers")
	add("aws", "clouds")
	add("accenture", "integrators")
	add("friend", "referrers")
	return eco, eco.Sellers()
}

// at finds the seller of an id.
func at(t *testing.T, sellers []graph.Seller, id string) int {
	t.Helper()
	for i, s := range sellers {
		if s.ID == id {
			return i
		}
	}
	t.Fatalf("no seller %s", id)
	return -1
}

// touchSpec is a touch in a table: seller, status, and what differs from the
// default (roles of the kind, no product, buyers).
type touchSpec struct {
	seller   string
	status   graph.Status
	roles    []graph.Role
	product  string
	audience graph.Audience
	with     string
	apart    string
}

func (s touchSpec) touch(t *testing.T, eco *graph.Ecosystem, sellers []graph.Seller) *exposure.Touch {
	t.Helper()
	i := at(t, sellers, s.seller)
	facts, _ := eco.Kind(sellers[i]).Facts()
	touch := &exposure.Touch{Seller: i, Status: s.status, Roles: exposure.RolesOf(facts.Roles...), Product: s.product, Audience: graph.Buyers}
	if s.roles != nil {
		touch.Roles = exposure.RolesOf(s.roles...)
	}
	if s.audience != "" {
		touch.Audience = s.audience
	}
	if s.with != "" {
		touch.With = []int{at(t, sellers, s.with)}
	}
	if s.apart != "" {
		touch.Apart = []int{at(t, sellers, s.apart)}
	}
	return touch
}

// The truth table of the rule: each line differs from another in one condition.
func TestRelate(t *testing.T) {
	const (
		customer, open, relationship, target = graph.Customer, graph.Open, graph.Relationship, graph.Target
	)
	deliver := []graph.Role{graph.RoleDeliver}
	tests := []struct {
		name   string
		a, b   touchSpec
		shared bool // credit policy
		teamed bool
		want   Relation
	}{
		{name: "both customers", a: touchSpec{seller: "field", status: customer}, b: touchSpec{seller: "cdw", status: customer}, want: Live},
		{name: "customer and open deal", a: touchSpec{seller: "field", status: customer}, b: touchSpec{seller: "cdw", status: open}, want: Live},
		{name: "both open", a: touchSpec{seller: "shi", status: open}, b: touchSpec{seller: "cdw", status: open}, want: Live},
		{name: "a relationship is not a war", a: touchSpec{seller: "field", status: customer}, b: touchSpec{seller: "cdw", status: relationship}, want: CouldCollide},
		{name: "two relationships", a: touchSpec{seller: "shi", status: relationship}, b: touchSpec{seller: "cdw", status: relationship}, want: CouldCollide},

		{name: "our target, their relationship", a: touchSpec{seller: "field", status: target}, b: touchSpec{seller: "cdw", status: relationship}, want: Opening},
		{name: "our target, their customer", a: touchSpec{seller: "field", status: target}, b: touchSpec{seller: "cdw", status: customer}, want: Unrelated},
		{name: "our target, their target", a: touchSpec{seller: "field", status: target}, b: touchSpec{seller: "cdw", status: target}, want: Unrelated},
		{name: "our customer, their target", a: touchSpec{seller: "field", status: customer}, b: touchSpec{seller: "cdw", status: target}, want: Unrelated},
		{name: "a partner's target, another's relationship", a: touchSpec{seller: "shi", status: target}, b: touchSpec{seller: "cdw", status: relationship}, want: Unrelated},

		{name: "one deal", a: touchSpec{seller: "field", status: customer, with: "cdw"}, b: touchSpec{seller: "cdw", status: customer}, want: SameDeal},
		{name: "one deal, told by the other", a: touchSpec{seller: "field", status: customer}, b: touchSpec{seller: "cdw", status: customer, with: "field"}, want: SameDeal},
		{name: "a deal with somebody else", a: touchSpec{seller: "field", status: customer, with: "shi"}, b: touchSpec{seller: "cdw", status: customer}, want: Live},

		{name: "other products", a: touchSpec{seller: "field", status: customer, product: "api"}, b: touchSpec{seller: "cdw", status: customer, product: "studio"}, want: Unrelated},
		{name: "same product", a: touchSpec{seller: "field", status: customer, product: "api"}, b: touchSpec{seller: "cdw", status: customer, product: "api"}, want: Live},
		{name: "product on one side", a: touchSpec{seller: "field", status: customer, product: "api"}, b: touchSpec{seller: "cdw", status: customer}, want: Live},
		{name: "other times", a: touchSpec{seller: "field", status: customer, apart: "cdw"}, b: touchSpec{seller: "cdw", status: customer}, want: Unrelated},
		{name: "users and buyers", a: touchSpec{seller: "self-serve", status: customer, audience: graph.Users}, b: touchSpec{seller: "cdw", status: customer}, want: Split},

		{name: "marketplace and direct have a pathway to agree", a: touchSpec{seller: "field", status: customer}, b: touchSpec{seller: "aws", status: customer}, want: CouldCollide},
		{name: "marketplace and reseller", a: touchSpec{seller: "cdw", status: open}, b: touchSpec{seller: "aws", status: customer}, want: CouldCollide},
		{name: "marketplace and reseller on one deal", a: touchSpec{seller: "cdw", status: customer, with: "aws"}, b: touchSpec{seller: "aws", status: customer}, want: SameDeal},

		{name: "a supplier's relationship", a: touchSpec{seller: "td", status: relationship}, b: touchSpec{seller: "cdw", status: customer}, want: Supply},
		{name: "a supplier past the tier below", a: touchSpec{seller: "td", status: customer}, b: touchSpec{seller: "cdw", status: customer}, want: Live},
		{name: "a supplier past a relationship", a: touchSpec{seller: "td", status: open}, b: touchSpec{seller: "cdw", status: relationship}, want: CouldCollide},
		{name: "a supplier that names the tier below", a: touchSpec{seller: "td", status: customer, with: "cdw"}, b: touchSpec{seller: "cdw", status: customer}, want: SameDeal},
		{name: "a supplier that sold over another tier", a: touchSpec{seller: "td", status: customer, with: "cdw"}, b: touchSpec{seller: "shi", status: customer}, want: Supply},
		{name: "a distributor that does not supply it", a: touchSpec{seller: "td", status: customer}, b: touchSpec{seller: "shi", status: customer}, want: Live},

		{name: "source shared, one source paid", a: touchSpec{seller: "friend", status: customer}, b: touchSpec{seller: "accenture", status: customer}, want: Live},
		{name: "source shared, credit shared", a: touchSpec{seller: "friend", status: customer}, b: touchSpec{seller: "accenture", status: customer}, shared: true, want: Contention},
		{name: "transact shared, credit shared", a: touchSpec{seller: "shi", status: customer}, b: touchSpec{seller: "cdw", status: customer}, shared: true, want: Live},
		{name: "deliver shared", a: touchSpec{seller: "field", status: customer, roles: deliver}, b: touchSpec{seller: "accenture", status: customer}, want: Contention},
		{name: "disjoint roles", a: touchSpec{seller: "aws", status: customer}, b: touchSpec{seller: "accenture", status: customer}, want: Unteamed},
		{name: "disjoint roles, teamed", a: touchSpec{seller: "aws", status: customer}, b: touchSpec{seller: "accenture", status: customer}, teamed: true, want: Teamed},
		{name: "teamed does not settle rivalry", a: touchSpec{seller: "shi", status: customer}, b: touchSpec{seller: "cdw", status: customer}, teamed: true, want: Live},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			eco, sellers := world()
			if tt.shared {
				eco.Policy.Credit = "shared"
			}
			rule := NewRule(eco, sellers)
			a, b := tt.a.touch(t, eco, sellers), tt.b.touch(t, eco, sellers)
			if got := rule.Relate(a, b, tt.teamed); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if got := rule.Relate(b, a, tt.teamed); got != tt.want {
				t.Errorf("the other way round got %s, want %s", got, tt.want)
			}
		})
	}
}

// A partner's products stand in for a row that names none.
func TestRelateByCatalogue(t *testing.T) {
	eco, sellers := world()
	eco.Partners[2].Products = []string{"studio"} // shi
	rule := NewRule(eco, sellers)
	api := touchSpec{seller: "cdw", status: graph.Customer, product: "api"}.touch(t, eco, sellers)
	shi := touchSpec{seller: "shi", status: graph.Customer}.touch(t, eco, sellers)
	if got := rule.Relate(api, shi, false); got != Unrelated {
		t.Errorf("a partner that sells another product: got %s, want %s", got, Unrelated)
	}
}

func TestPattern(t *testing.T) {
	eco, sellers := world()
	rule := NewRule(eco, sellers)
	tests := []struct {
		p, q string
		want Pattern
	}{
		{"field", "cdw", DirectPartner},
		{"field", "self-serve", OwnChannels},
		{"cdw", "shi", SameKind},
		{"cdw", "aws", CrossKind},
		{"td", "cdw", Bypass},
		{"td", "shi", CrossKind},
	}
	for _, tt := range tests {
		p, q := at(t, sellers, tt.p), at(t, sellers, tt.q)
		if got := rule.Pattern(p, q); got != tt.want {
			t.Errorf("%s and %s: got %s, want %s", tt.p, tt.q, got, tt.want)
		}
		if got := rule.Pattern(q, p); got != tt.want {
			t.Errorf("%s and %s: got %s, want %s", tt.q, tt.p, got, tt.want)
		}
	}
}

func TestConfident(t *testing.T) {
	eco, sellers := world()
	rule := NewRule(eco, sellers)
	plain := touchSpec{seller: "cdw", status: graph.Customer}.touch(t, eco, sellers)
	named := touchSpec{seller: "shi", status: graph.Customer, product: "api"}.touch(t, eco, sellers)
	bare := touchSpec{seller: "field", status: graph.Customer, product: "api"}.touch(t, eco, sellers)
	bare.ByName = true
	other := touchSpec{seller: "field", status: graph.Customer}.touch(t, eco, sellers)
	if rule.Confident(plain, other) {
		t.Error("two touches without a product are told to be about the same one of two")
	}
	if !rule.Confident(plain, named) {
		t.Error("a product on one side is not trusted")
	}
	if rule.Confident(named, bare) {
		t.Error("a bare name is trusted")
	}
}

// A set holds two touches of one seller: the worst counts. Marks settle.
func TestMeetings(t *testing.T) {
	eco, sellers := world()
	rule := NewRule(eco, sellers)
	field, cdw := at(t, sellers, "field"), at(t, sellers, "cdw")
	table := &exposure.Table{
		Audience: graph.Buyers,
		Touches: []exposure.Touch{
			*touchSpec{seller: "field", status: graph.Customer}.touch(t, eco, sellers),
			*touchSpec{seller: "field", status: graph.Target}.touch(t, eco, sellers),
			*touchSpec{seller: "cdw", status: graph.Relationship}.touch(t, eco, sellers),
		},
		Marks: []exposure.Mark{{Kind: exposure.MarkHandoff, Subject: "field+shi"}, {Kind: exposure.MarkHandoff, Subject: "cdw+field"}, {Kind: exposure.MarkNamed}, {Kind: exposure.MarkTeaming, Subject: "cdw+field"}},
	}
	tests := []struct {
		name    string
		marks   []int
		settled bool
	}{
		{"no mark", nil, false},
		{"a handoff of others", []int{0}, false},
		{"their handoff", []int{1}, true},
		{"a named account", []int{2}, true},
		{"their teaming", []int{3}, true},
	}
	for _, tt := range tests {
		got := rule.Meetings(table, &exposure.Set{Touches: []int{0, 1, 2}, Marks: tt.marks, Members: 1})
		if len(got) != 1 || got[0].P != min(field, cdw) || got[0].Q != max(field, cdw) || got[0].Relation != CouldCollide || got[0].Settled != tt.settled {
			t.Errorf("%s: got %+v", tt.name, got)
		}
		if Worst(got) != CouldCollide {
			t.Errorf("%s: worst is %s", tt.name, Worst(got))
		}
	}
}

func TestWorst(t *testing.T) {
	for _, all := range [][]Meeting{{{Relation: Live}, {Relation: Opening}}, {{Relation: Opening}, {Relation: Live}}} {
		if got := Worst(all); got != Live {
			t.Errorf("of %v got %s", all, got)
		}
	}
	if got := Worst(nil); got != Unrelated {
		t.Errorf("of none got %s", got)
	}
}

func TestRelationsThatConfuse(t *testing.T) {
	for _, r := range Relations {
		want := r == Contention || r == Unteamed || r == Split
		if r.Confuses() != want || want && r.Competes() {
			t.Errorf("%s: confuses %t, competes %t", r, r.Confuses(), r.Competes())
		}
	}
}
