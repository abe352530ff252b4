package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// quickSearch takes the rows of one list that are wanted, without a reading and an
// entry of those that say nothing beyond their kind.
type quickSearch struct {
	kept  *kept
	first map[graph.Place]*entry // what was told of rows that were readings
	entry func(*entry) error
	row   func(*Row) error
}

// quickRows makes rows of evidence of the plain rows of a file, as the careful reader
// would. It is for one goroutine.
type quickRows struct {
	*quickSearch
	worker             *bulkWorker
	told               map[int]*entry // of first, by row of the file
	name, amount, date int            // columns, or -1
	cells              list.Row       // to read an amount or a date
	kinds              []quickKind
	dates              map[string]graph.Date

	// The rows of the block at hand, their accounts and names standing in one text.
	rows  []Row
	texts []rowTexts
	text  []byte

	// Of some rows at a time: what tells their accounts, and where these are counted.
	ids   []tally.ID
	found []tally.Found
	ok    []bool
}

// quickKind is what rows of a kind have in common.
type quickKind struct {
	row       Row
	known, ok bool // ok where quick rows can be made of it
}

// rowTexts are where the account and the name of a row end in the text.
type rowTexts struct{ account, name int }

// mostDates bounds the different dates that are kept as they were read.
const mostDates = 1 << 14

// newQuickRows gets ready for a file; nil where its cells are not what they say.
func (q *quickSearch) newQuickRows(w *bulkWorker, l *list.Layout) *quickRows {
	if q == nil || l.Mapped(list.Name) || l.Mapped(list.Amount) || l.Mapped(list.Date) {
		return nil
	}
	r := &quickRows{
		quickSearch: q, worker: w, told: map[int]*entry{}, cells: l.Row(), dates: map[string]graph.Date{},
		name: l.Of[list.Name], amount: l.Of[list.Amount], date: l.Of[list.Date],
	}
	for at, e := range q.first {
		if at.File == l.Place.File && at.Sheet == l.Place.Sheet {
			r.told[at.Row] = e
		}
	}
	return r
}

// begin forgets the rows of the block before.
func (q *quickRows) begin() {
	if q != nil {
		q.rows, q.texts, q.text = q.rows[:0], q.texts[:0], q.text[:0]
	}
}

// end gives the rows of a block their texts.
func (q *quickRows) end() {
	if q == nil {
		return
	}
	text, from := string(q.text), 0
	for i := range q.rows {
		r, at := &q.rows[i], q.texts[i]
		r.Account, r.Name = text[from:at.account], text[at.account:at.name]
		r.account = identity.Key{Kind: identity.ByDomain, Text: r.Account}
		r.member = r.account
		from = at.name
	}
}

// findAll finds where accounts are counted.
func (q *quickRows) findAll() {
	if q == nil {
		return
	}
	if n := len(q.ids); n > len(q.ok) {
		q.found, q.ok = make([]tally.Found, n), make([]bool, n)
	}
	q.kept.store.count.result.FindAll(q.ids, q.found, q.ok)
	q.ids = q.ids[:0]
}

// take makes a row of a plain one, given by its number among those found, its kind, its
// account and its cells. It is false where that is left to the careful reader.
func (q *quickRows) take(n, kind int, account func() []byte, cell func(column int) []byte) bool {
	k, found := q.kind(kind), q.found[n]
	if !q.ok[n] || !k.ok {
		return false // where it is not found, its account's rows are counted one by one
	}
	key := account()
	if q.keptByItself(key) {
		return false
	}
	spots := q.kept.store.spots(found.Set)
	if spots.buyers.set == nil || spots.accounts.set == nil {
		return false
	}
	row := k.row
	if !q.readCells(&row, cell) {
		return false
	}
	row.Member, row.Segment, row.Set, row.AccountSet = spots.before+found.Member, spots.buyers.segment, spots.buyers.set, spots.accounts.set
	row.Shared = found.Set + 1
	if !found.Own && q.kept.store.mayBeNew(key) {
		row.Told = ToldNew
	}
	q.text = append(q.text, key...)
	at := rowTexts{account: len(q.text)}
	if q.name >= 0 {
		q.text = append(q.text, list.Trim(string(cell(q.name)))...)
	}
	at.name = len(q.text)
	q.rows, q.texts = append(q.rows, row), append(q.texts, at)
	return true
}

// kind is what rows of a kind have in common.
func (q *quickRows) kind(n int) *quickKind {
	for n >= len(q.kinds) {
		q.kinds = append(q.kinds, quickKind{})
	}
	k := &q.kinds[n]
	if k.known {
		return k
	}
	of, counters := q.worker.bulk.kindAt(n), q.kept.n
	*k = quickKind{known: true, ok: of.seller >= 0 && of.audience == graph.Buyers && of.told == ToldByDomain && !of.byName}
	k.row = Row{
		Seller: of.seller, Audience: of.audience, Status: of.status, Roles: of.roles, Product: of.product, Told: of.told,
		Table: counters.buyers.shown, Accounts: counters.accounts.shown,
	}
	return k
}

// keptByItself reports whether an account is told otherwise than by its cell, or
// counted otherwise than in the store.
func (q *quickRows) keptByItself(key []byte) bool {
	p, n := q.kept.pass, q.kept.n
	if p.directory.leads(key) {
		return true
	}
	if len(n.buyers.registry.members) == 0 {
		return false
	}
	number, ok := n.buyers.registry.members[identity.Key{Kind: identity.ByDomain, Text: string(key)}]
	return ok && (n.buyers.member(number) != nil || n.accounts.member(number) != nil)
}

// leads reports whether a domain is one that stands for another account.
func (d *directory) leads(key []byte) bool {
	k := identity.Key{Kind: identity.ByDomain, Text: string(key)}
	return d.known.Canonical(k) != k
}

// readCells reads what a row says by itself. It is false where that is not plain.
func (q *quickRows) readCells(row *Row, cell func(column int) []byte) bool {
	if q.name >= 0 && !list.Sound(cell(q.name)) {
		return false
	}
	if q.amount >= 0 {
		text := cell(q.amount)
		if !list.Sound(text) {
			return false
		}
		q.cells.Cells[list.Amount] = list.Trim(string(text))
		if q.cells.Cells[list.Amount] != "" {
			n, err := q.cells.Number(list.Amount)
			if err != nil {
				return false
			}
			row.Amount.Decimal, row.Amount.Valid = n, true
		}
	}
	return q.date < 0 || q.readDate(row, cell(q.date))
}

func (q *quickRows) readDate(row *Row, text []byte) bool {
	date, ok := q.dates[string(text)]
	if !ok {
		if !list.Sound(text) {
			return false
		}
		q.cells.Cells[list.Date] = list.Trim(string(text))
		var err error
		if date, err = q.cells.Date(list.Date); err != nil {
			return false
		}
		if len(q.dates) < mostDates {
			q.dates[string(text)] = date
		}
	}
	row.Date = date
	return true
}

// deliver hands on a row whose place is known now.
func (q *quickRows) deliver(b *list.Block, row, n int) error {
	at := b.At(row)
	if e, ok := q.told[at.Row]; ok {
		if e == nil {
			return nil // it is among the unresolved
		}
		return q.entry(e)
	}
	r := &q.rows[n]
	r.Place = at
	return q.row(r)
}
