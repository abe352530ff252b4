package exposure

import (
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// probe reads single rows with all care, for what their kind is. It is for one
// goroutine.
type probe struct {
	bulk   *bulk
	parser *list.RowParser
	reader *rowReader
}

func newProbe(b *bulk, r *rowReader, l *list.Layout) *probe {
	p := &probe{bulk: b, reader: newRowReader(b.p, r.list)}
	p.reader.probing = true
	p.parser = l.Parser(p.reader.read)
	return p
}

// kind returns the kind of a row, given with its line end. It is false where not
// all that the row says is in its kind: something is to be noted of it, it is
// left out, or it asks for more than a place in the count.
func (p *probe) kind(row []byte) (bulkKind, bool) {
	return p.kindBy(func() ([]list.Met, error) { return p.parser.Parse(row) })
}

// kindOfCells returns the kind of a row of a file that is no text.
func (p *probe) kindOfCells(cells []string) (bulkKind, bool) {
	return p.kindBy(func() ([]list.Met, error) { return p.parser.ParseCells(cells) })
}

func (p *probe) kindBy(parse func() ([]list.Met, error)) (bulkKind, bool) {
	p.reader.readings = p.reader.readings[:0]
	if !p.cleanBy(parse) || !p.bulk.ownMoney(p.reader.readings[0]) {
		return bulkKind{}, false
	}
	return p.bulk.kindOf(p.reader.readings[0])
}

// clean reads a row, and reports whether one reading is all that came of it.
func (p *probe) clean(row []byte) bool {
	return p.cleanBy(func() ([]list.Met, error) { return p.parser.Parse(row) })
}

func (p *probe) cleanBy(parse func() ([]list.Met, error)) bool {
	r := p.reader
	r.notes, r.filtered = notes{}, 0
	before := len(r.readings)
	met, err := parse()
	return err == nil && len(met) == 0 && len(r.readings) == before+1 && len(r.notes.order) == 0 && r.filtered == 0
}

// kindOf returns the kind of a reading whose account tells itself.
func (b *bulk) kindOf(d *reading) (bulkKind, bool) {
	account, ok := b.accountOf(d)
	if !ok || d.deal != "" || len(d.partyNames) > 0 || d.aliases != "" || d.parent != "" || b.bounded(d) {
		return bulkKind{}, false
	}
	person := d.email.Address != ""
	k := bulkKind{
		list: d.list, seller: d.seller, undeclared: d.undeclared, channel: d.channel, audience: d.audience, status: d.status,
		product: d.product, roles: d.roles, segment: d.segment, told: ToldByDomain, owner: d.owner, summed: d.amount.Valid,
		person: person && d.audience == graph.Users, homeless: account.IsZero(),
		byCell: d.isSite, byAddress: !d.emailAccount().IsZero(), unstated: d.unstated,
	}
	if person {
		k.told = ToldByEmail
	}
	if d.undeclared != "" {
		k.seller = -1
	}
	if len(b.p.eco.Territories) > 0 {
		k.country = d.country
	}
	return k, true
}

// accountOf is the account that a row tells without what other rows say: none of users
// with an address that anybody may have. It is false where only others could tell.
func (b *bulk) accountOf(d *reading) (account identity.Key, ok bool) {
	person := d.email.Address != ""
	switch {
	case person && d.audience == graph.Users && !b.beside:
		return account, false // there is no room for both
	case d.isSite:
		return d.site, d.site.Kind == identity.ByDomain
	case d.account != "" || !person:
		return account, false
	case d.email.FreeMail:
		return account, d.audience == graph.Users && d.name == "" && d.id == ""
	}
	return d.email.Account(), true
}

// memberOf is whom a row with an account is about.
func memberOf(d *reading, account identity.Key) identity.Key {
	if d.audience == graph.Users && d.email.Address != "" {
		return d.email.Person()
	}
	return account
}

// bounded reports whether the row's window may miss another's.
func (b *bulk) bounded(d *reading) bool {
	e := entry{reading: d}
	return e.bounded(b.p.opts.AsOf)
}

// ownMoney reports whether the row's money is in the ecosystem's currency.
func (b *bulk) ownMoney(d *reading) bool {
	return d.currency == "" || equalFold(d.currency, b.p.eco.Currency)
}

// kindAt returns the kind of a number.
func (b *bulk) kindAt(n int) bulkKind {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.kinds[n]
}

// met notes where, among the rows that need care, a partner that nobody declared
// was met first in a row that needs none.
func (r *rowReader) met(k bulkKind, at graph.Place) {
	r.readings = append(r.readings, &reading{place: at, list: k.list, undeclared: k.undeclared, channel: k.channel, mark: true})
}
