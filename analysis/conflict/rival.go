package conflict

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// TouchOf is the touch that a deal, a registration or an offer stands for: its
// seller has something open at the account, with the other parties of the record.
func (f *Facts) TouchOf(r *exposure.Record, seller int) exposure.Touch {
	t := f.OpenTouch(seller, f.product(r))
	t.With = slices.Sorted(slices.Values(r.Sellers)) // itself among them, which changes nothing
	return t
}

// OpenTouch is a seller with something open at a buyer.
func (f *Facts) OpenTouch(seller int, product string) exposure.Touch {
	known := slices.ContainsFunc(f.eco().Products, func(p graph.Product) bool { return p.ID == product })
	if !known {
		product = "" // what is not declared stands for all
	}
	return exposure.Touch{
		Seller: seller, Roles: exposure.RolesOf(f.eco().Roles(f.Rule.sellers[seller])...), Product: product,
		Status: graph.Open, Audience: graph.Buyers,
	}
}

// Rival is a seller that a touch is in live conflict with.
type Rival struct {
	Seller int
	Status graph.Status
	Record *exposure.Record // that shows it; nil where rows of lists do
	Teamed bool             // a teaming record names both there
}

// Rivals lists the sellers that work today with whom a touch is in live conflict
// at an account: by its rows, and by its other live records.
func (f *Facts) Rivals(t *exposure.Touch, at exposure.AccountSet, records []*exposure.Record, today func(int) bool) []Rival {
	var out []Rival
	add := func(other *exposure.Touch, r *exposure.Record) {
		if other.Seller == t.Seller || !today(other.Seller) || f.Rule.Relate(t, other, false) != Live ||
			slices.ContainsFunc(out, func(x Rival) bool { return x.Seller == other.Seller && x.Record == r }) {
			return
		}
		teamed := f.Rule.marked(at.Table, &at.Set, exposure.MarkTeaming, t.Seller, other.Seller)
		out = append(out, Rival{other.Seller, other.Status, r, teamed})
	}
	for _, i := range at.Set.Touches {
		add(&at.Table.Touches[i], nil)
	}
	for _, r := range records {
		for _, s := range r.Sellers {
			other := f.TouchOf(r, s)
			add(&other, r)
		}
	}
	return out
}

// LiveRecords gives the live deals, registrations and offers of each account, of
// sellers that count.
func (f *Facts) LiveRecords() map[string][]*exposure.Record {
	out := map[string][]*exposure.Record{}
	for _, records := range f.liveByAccount(list.Deals, list.Registrations, list.Offers) {
		out[records[0].Account.Text] = records
	}
	return out
}
