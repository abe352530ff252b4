package exposure

import (
	"cmp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// markBook holds the marks of accounts: by record where one is live on the day
// of the exposure, by country for territories.
type markBook struct {
	marks     []Mark
	number    map[Mark]int
	byAccount map[identity.Key][]int
	byCountry map[string][]int
}

func (p *pass) newMarkBook() *markBook {
	b := &markBook{number: map[Mark]int{}, byAccount: map[identity.Key][]int{}, byCountry: map[string][]int{}}
	for i := range p.records.All {
		r := &p.records.All[i]
		if r.Account != (identity.Key{}) && r.Live(p.opts.AsOf, p.eco.Policy.RenewalDays) {
			p.markRecord(b, r)
		}
	}
	for _, e := range p.files.exempt {
		for i := range e.records {
			if r := &e.records[i]; !r.Account.IsZero() && r.within(p.opts.AsOf, list.From, list.Until) {
				b.mark(r.Account, Mark{Kind: MarkExempt, Subject: e.clause})
			}
		}
	}
	for _, t := range p.eco.Territories {
		mark := b.intern(Mark{Kind: MarkTerritory, Subject: t.ID})
		for _, c := range t.Countries {
			country := identity.Country(c)
			b.byCountry[country] = append(b.byCountry[country], mark)
		}
	}
	return b
}

// markRecord gives the account of a live record its marks: one for each seller,
// or one that names all of them where the record is about their being together.
func (p *pass) markRecord(b *markBook, r *Record) {
	kind, together := markOf(r.Shape)
	if kind == "" {
		return
	}
	var ids []string
	for _, s := range r.Sellers {
		ids = append(ids, p.names.sellers[s].ID)
	}
	switch {
	case kind == MarkNamed:
		b.mark(r.Account, Mark{Kind: kind, Subject: r.Cell(list.Owner)})
	case together && len(ids) > 1, kind == MarkHandoff: // a handoff may name a person alone
		b.mark(r.Account, Mark{Kind: kind, Subject: strings.Join(ids, "+")})
	case !together:
		for _, id := range ids {
			b.mark(r.Account, Mark{kind, id, p.productMarked(r)})
		}
	}
}

// productMarked is the product that a renewal is of. Other marks are of all: the
// rules that compare their products look at the records.
func (p *pass) productMarked(r *Record) string {
	if r.Shape != list.Renewals {
		return ""
	}
	id, _ := p.names.product(r.Cell(list.Product))
	return id
}

func compareMarks(a, b Mark) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Product, b.Product))
}

// markOf is the kind of mark that records of a shape make, and whether it names
// all sellers together.
func markOf(shape list.Shape) (kind MarkKind, together bool) {
	switch shape {
	case list.NamedAccounts:
		return MarkNamed, false
	case list.Deals:
		return MarkDeal, false
	case list.Registrations:
		return MarkRegistration, false
	case list.Offers:
		return MarkOffer, false
	case list.Renewals:
		return MarkRenewal, false
	case list.Handoffs:
		return MarkHandoff, true
	case list.Teaming:
		return MarkTeaming, true
	}
	return "", false
}

func (b *markBook) intern(m Mark) int {
	i, ok := b.number[m]
	if !ok {
		i = len(b.marks)
		b.number[m] = i
		b.marks = append(b.marks, m)
	}
	return i
}

func (b *markBook) mark(account identity.Key, m Mark) {
	i := b.intern(m)
	if !slices.Contains(b.byAccount[account], i) {
		b.byAccount[account] = append(b.byAccount[account], i)
	}
}

// of gives the marks of a member: those of its account, or of all accounts of a
// group, and of its country.
func (b *markBook) of(m *member) []int {
	if len(b.marks) == 0 {
		return nil
	}
	ofAccount, ofCountry := b.byAccount[m.account], []int(nil)
	for _, other := range m.others {
		ofAccount = slices.Concat(ofAccount, b.byAccount[other])
	}
	if len(b.byCountry) > 0 && m.country != "" {
		ofCountry = b.byCountry[m.country]
	}
	if len(ofAccount)+len(ofCountry) == 0 {
		return nil
	}
	marks := slices.Concat(ofAccount, ofCountry)
	slices.Sort(marks)
	return slices.Compact(marks)
}

// Live reports whether a record holds on a day. Renewals are live when their
// date is at most renewalDays ahead.
func (r *Record) Live(day graph.Date, renewalDays int) bool {
	switch r.Shape {
	case list.Deals:
		return r.Status == graph.Open
	case list.Registrations:
		return !refused(r.Cell(list.Status)) && r.within(day, list.Submitted, list.Expires)
	case list.Offers:
		return !refused(r.Cell(list.Status)) && !taken(r.Cell(list.Status)) && r.within(day, list.Opened, list.Expires)
	case list.Renewals:
		date := r.Date(list.Date)
		return !date.IsZero() && date.Compare(day) >= 0 && date.Compare(day.AddDays(renewalDays)) <= 0
	case list.Handoffs:
		return r.Date(list.Date).Compare(day) <= 0
	}
	return r.within(day, list.From, list.Until)
}

// within reports whether the day lies between two dates of the record, either
// open where it is absent.
func (r *Record) within(day graph.Date, from, until list.Key) bool {
	return before(r.Date(from), day) && before(day, r.Date(until))
}

// refused reports whether a registration or an offer says that it is over, or was
// never made.
func refused(status string) bool {
	switch strings.ToLower(strings.TrimSpace(status)) {
	case "rejected", "refused", "declined", "expired", "cancelled", "canceled", "withdrawn", "closed", "lost", "superseded",
		"closed lost", "denied", "revoked", "terminated", "void", "draft":
		return true
	}
	return false
}

// taken reports whether an offer says that the customer took it: it is a sale, and
// open no longer.
func taken(status string) bool {
	switch strings.ToLower(strings.TrimSpace(status)) {
	case "accepted", "signed", "won", "closed won", "ordered", "purchased":
		return true
	}
	return false
}
