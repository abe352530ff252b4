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

	accounts, users lookups // of some rows at a time
}

// lookups are where members are counted, by what tells them.
type lookups struct {
	ids   []tally.ID
	found []tally.Found
	ok    []bool
}

func (l *lookups) add(id tally.ID) { l.ids = append(l.ids, id) }

func (l *lookups) findAll(in *tally.Result) {
	if n := len(l.ids); n > len(l.ok) {
		l.found, l.ok = make([]tally.Found, n), make([]bool, n)
	}
	in.FindAll(l.ids, l.found, l.ok)
	l.ids = l.ids[:0]
}

// quickKind is what rows of a kind have in common.
type quickKind struct {
	row       Row
	about     bulkAbout
	known, ok bool // ok where quick rows can be made of it
}

// rowTexts are where the account, the name and the person's address of a row end in the
// text.
type rowTexts struct{ account, name, person int }

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
		if r.Account != "" {
			r.account = identity.Key{Kind: identity.ByDomain, Text: r.Account}
		}
		r.member = r.account
		if at.person > at.name {
			r.member = identity.Key{Kind: identity.ByEmail, Text: text[at.name:at.person]}
		}
		from = at.person
	}
}

// findAll finds where accounts and users are counted.
func (q *quickRows) findAll() {
	if q == nil {
		return
	}
	q.accounts.findAll(q.kept.store.count.result)
	if q.worker.ofBoth {
		q.users.findAll(q.kept.store.count.users)
	}
	q.users.ids = q.users.ids[:0]
}

// take makes a row of a plain one, given by its number among those found, its kind, its
// account, the address in it and its cells. It is false where that is left to the careful
// reader.
func (q *quickRows) take(n, kind int, account, person func() []byte, cell func(column int) []byte) bool {
	k := q.kind(kind)
	if !k.ok {
		return false
	}
	row, at := k.row, len(q.text)
	taken := (k.about.homeless || q.takeAccount(&row, n, account())) &&
		(!k.about.users || q.takeUser(&row, n, k.about.person, person)) && q.readCells(&row, cell)
	if !taken {
		q.text = q.text[:at]
		return false
	}
	texts := rowTexts{account: len(q.text)}
	if q.name >= 0 && !k.about.person {
		q.text = append(q.text, list.Trim(string(cell(q.name)))...)
	}
	texts.name = len(q.text)
	if k.about.person {
		q.text = append(q.text, person()...)
	}
	texts.person = len(q.text)
	q.rows, q.texts = append(q.rows, row), append(q.texts, texts)
	return true
}

// takeAccount fills in what follows from a row's account. It is false where that is not
// counted in the store: its rows are counted one by one.
func (q *quickRows) takeAccount(row *Row, n int, key []byte) bool {
	found, store := q.accounts.found[n], q.kept.store
	if !q.accounts.ok[n] || q.keptByItself(key) {
		return false
	}
	spots := store.spots(found.Set)
	if spots.accounts.set == nil || row.Audience == graph.Buyers && spots.buyers.set == nil {
		return false
	}
	row.AccountSet = spots.accounts.set
	if row.Audience == graph.Buyers {
		row.Member, row.Segment, row.Set = spots.before+found.Member, spots.buyers.segment, spots.buyers.set
		row.Shared = found.Set + 1
	}
	if !found.Own && store.mayBeNew(key) {
		row.Told = ToldNew
	}
	q.text = append(q.text, key...)
	return true
}

// takeUser fills in what follows from the user whom a row is about.
func (q *quickRows) takeUser(row *Row, n int, isPerson bool, person func() []byte) bool {
	if !q.users.ok[n] || isPerson && q.userByItself(person()) {
		return false
	}
	found, users := q.users.found[n], q.kept.n.users
	at := q.kept.store.userSpot(found.Set)
	if at.set == nil {
		return false
	}
	row.Member, row.Segment, row.Set = len(users.members)+found.Member, at.segment, at.set
	return true
}

// userByItself reports whether a person is counted otherwise than in the store.
func (q *quickRows) userByItself(address []byte) bool {
	users := q.kept.n.users
	number, ok := users.registry.members[identity.Key{Kind: identity.ByEmail, Text: string(address)}]
	return ok && users.member(number) != nil
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
	*k = quickKind{known: true, about: aboutOf(&of), ok: of.seller >= 0 && (of.told == ToldByDomain || of.told == ToldByEmail) && !of.byName}
	k.row = Row{
		Seller: of.seller, Audience: of.audience, Status: of.status, Roles: of.roles, Product: of.product, Told: of.told,
		Table: counters.of(of.audience).shown, Segment: -1,
	}
	if !of.homeless {
		k.row.Accounts = counters.accounts.shown
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
