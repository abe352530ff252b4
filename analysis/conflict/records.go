package conflict

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// colliding finds the live records of one shape that collide at an account: those
// of different parties for which the rest of the rule holds. One finding for each
// two parties, a case for each account.
func (f *Facts) colliding(rule string, shape list.Shape, rest func(a, b *exposure.Record) bool) []Finding {
	var all []Finding
	for _, records := range f.liveByAccount(shape) {
		for i, a := range records {
			for _, b := range records[i+1:] {
				if !sameParties(a, b) && rest(a, b) {
					all = f.addCase(all, rule, a, b)
				}
			}
		}
	}
	return all
}

// liveByAccount groups the live records of some shapes, with a known account and a
// party that counts, in the order in which accounts come first.
func (f *Facts) liveByAccount(shapes ...list.Shape) [][]*exposure.Record {
	var groups [][]*exposure.Record
	at := map[string]int{}
	for i := range f.Exposure.Records.All {
		r := &f.Exposure.Records.All[i]
		if !slices.Contains(shapes, r.Shape) || r.Account.IsZero() || !slices.ContainsFunc(r.Sellers, f.Counts) ||
			!r.Live(f.AsOf, f.eco().Policy.RenewalDays) {
			continue
		}
		n, ok := at[r.Account.Text]
		if !ok {
			n = len(groups)
			at[r.Account.Text] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], r)
	}
	return groups
}

// sameParties reports whether two records are about the same sellers: one offer
// after another, say.
func sameParties(a, b *exposure.Record) bool {
	return len(a.Sellers) == len(b.Sellers) && !slices.ContainsFunc(a.Sellers, func(s int) bool { return !slices.Contains(b.Sellers, s) })
}

// addCase adds two records to the finding of their parties.
func (f *Facts) addCase(all []Finding, rule string, a, b *exposure.Record) []Finding {
	var sellers []int
	for _, s := range slices.Concat(a.Sellers, b.Sellers) {
		if !slices.Contains(sellers, s) {
			sellers = append(sellers, s)
		}
	}
	id := f.key(rule, sellers, nil)
	i := slices.IndexFunc(all, func(x Finding) bool { return x.ID == id })
	if i < 0 {
		i = len(all)
		all = append(all, Finding{ID: id, Sellers: f.byID(sellers), Segment: -1})
	}
	all[i].Cases = append(all[i].Cases, Case{Account: a.Account.Text, Places: []graph.Place{a.Place, b.Place}, Text: f.RecordWords(a) + "; " + f.RecordWords(b)})
	return all
}

// RecordWords says what a record is, without the account.
func (f *Facts) RecordWords(r *exposure.Record) string {
	var names []string
	for _, s := range r.Sellers {
		names = append(names, f.Rule.sellers[s].Name)
	}
	text := strings.Join(names, " with ")
	if id := r.Cell(list.ID); id != "" {
		text += ", " + list.WithoutAddresses(id)
	}
	if until := r.Date(list.Expires); !until.IsZero() {
		text += ", until " + until.String()
	}
	return text
}

// ProductOf is the id of the product that a record names; empty where no declared
// one is called so.
func (f *Facts) ProductOf(r *exposure.Record) string {
	text := f.product(r)
	if !slices.ContainsFunc(f.eco().Products, func(p graph.Product) bool { return p.ID == text }) {
		return ""
	}
	return text
}

// product is the id of the product that a record names, or its text where no
// product is called so.
func (f *Facts) product(r *exposure.Record) string {
	text := strings.TrimSpace(r.Cell(list.Product))
	for _, p := range f.eco().Products {
		if strings.EqualFold(text, p.ID) || strings.EqualFold(text, p.Name) {
			return p.ID
		}
	}
	return text
}
