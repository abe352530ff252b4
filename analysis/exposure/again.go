package exposure

import (
	"context"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// search says which rows are wanted when lists are read once more: those of a
// seller, of these the ones of an account or with a cell. What is nil asks for
// nothing. Rows that a quick look cannot tell are delivered too: who searches
// looks at what comes.
type search struct {
	seller  func(int) bool
	account func(id func() tally.ID, kind int) bool // of a plain row, and its kind
	cell    func(list.Key, []byte) bool             // a name or a record id
	sought  *soughtRows                             // nil where all of them are wanted
	quick   *quickSearch                            // nil where readings are made of all
	user    func(id func() tally.ID) bool           // of a plain row about users

	progress func(bytes, rows int64) // nil where nobody is told how far the reading has come
}

// again reads a list once more, quickly past what is not wanted, and hands what
// the other rows say to each, in their order.
func (p *pass) again(ctx context.Context, i int, s *search, each func(*reading) error) error {
	r := newRowReader(p, i)
	spec := r.spec
	spec.Own = r.own // as the first time
	opts := list.Options{Dir: p.eco.Dir, Shape: list.Members, Progress: s.progress}
	_, err := list.ReadBlocks(ctx, spec, opts, p.bulk.searching(r, s), func(row *list.Row) error {
		r.readings = r.readings[:0]
		if err := r.read(row); err != nil || len(r.readings) == 0 {
			return err
		}
		d := r.readings[0]
		if d.undeclared != "" {
			d.seller = p.names.undeclared(d.undeclared, d.channel, r.spec.Undeclared == graph.UndeclaredGrey)
		}
		if s.seller != nil && !s.seller(d.seller) {
			return nil
		}
		r.findParties(d)
		return each(d)
	})
	return err
}

// searching says how the files of a list are read once more.
func (b *bulk) searching(r *rowReader, s *search) list.Blocks {
	if b.p.rowByRow[r.list] {
		return list.Blocks{}
	}
	blocks := blockSizes
	blocks.Least = longList
	blocks.Workers = func(l *list.Layout) []list.BlockWorker {
		columns, ok := b.columnsOf(r, l)
		if !ok {
			return nil
		}
		var all []list.BlockWorker
		for range b.workers {
			w := newSearchWorker(newBulkWorker(b, r, l, columns, storeWriter{}), s)
			if l.Stored {
				all = append(all, newBatchSearch(w))
			} else {
				all = append(all, w)
			}
		}
		return all
	}
	return blocks
}

// searchWorker reads past the rows of a block that nobody wants.
type searchWorker struct {
	*bulkWorker
	search *search
	wanted []Figures // by kind: what its rows may stand behind, with figuresKnown
	row    int       // the one looked at, among those cut
	slow   slowRow
	kind   uint32 // of a row that was chosen
	id     func() tally.ID
	userID func() tally.ID
	inCell func() bool   // looks at its name and its record id
	key    func() []byte // of its account
	person func() []byte // the address in it
	cell   func(column int) []byte
	quick  *quickRows // nil where all rows are read with care
	chosen []chosenRow
}

func newSearchWorker(b *bulkWorker, s *search) *searchWorker {
	w := &searchWorker{bulkWorker: b, search: s}
	w.id, w.userID, w.inCell = w.rowID, w.rowUserID, w.wantsCell
	w.key = func() []byte { return w.accountText(w.row, &w.slow) }
	w.person = func() []byte { return w.addressText(w.row, &w.slow) }
	w.cell = func(column int) []byte { return w.cut.cell(w.row, column) }
	w.quick = s.quick.newQuickRows(b, b.layout)
	return w
}

// rowID is what tells the account of the row at hand in the store.
func (w *searchWorker) rowID() tally.ID {
	key := ""
	if w.bulk.p.opts.Exact {
		key = string(w.accountText(w.row, &w.slow))
	}
	return w.bulk.store.ID(w.cut.hash[w.row], key)
}

// rowUserID is what tells whom the row at hand is about in the store of users.
func (w *searchWorker) rowUserID() tally.ID {
	if !w.about[w.cut.kind[w.row]].person {
		return w.userIDOf(w.cut.hash[w.row], w.accountText(w.row, &w.slow))
	}
	return w.userIDOf(w.cut.address[w.row].Person, w.personText(w.addressText(w.row, &w.slow)))
}

// userIDOf tells a user by a hash and, in exact stores, by a key.
func (w *searchWorker) userIDOf(h identity.Hash, key []byte) tally.ID {
	if !w.bulk.p.opts.Exact {
		return w.bulk.users.ID(h, "")
	}
	return w.bulk.users.ID(h, string(key))
}

// Scan leaves the rows that may be wanted to the careful reader.
func (w *searchWorker) Scan(b *list.Block) error {
	if w.search.sought.over() {
		return errFound
	}
	w.quick.begin()
	w.each(b, w.pick)
	w.quick.end()
	return nil
}

// pick leaves those of the rows that are read, and takes those that are made.
func (w *searchWorker) pick(b *list.Block) {
	w.slow = slowRow{}
	for w.row = range w.cut.n {
		w.slow.to(&w.cut, w.row)
		w.choose(w.cut.kind[w.row])
	}
	w.takeChosen(b, func() { w.cut.leave(b, w.row) }, func() int { return w.cut.number(w.row) })
}

// chosenRow is a row that is wanted, or needs care.
type chosenRow struct {
	row  int
	slow slowRow
	kind uint32
}

// choose puts the row at hand among those that are read.
func (w *searchWorker) choose(kind uint32) {
	if kind != needsCare && !w.wants(int(kind)) {
		return
	}
	w.chosen = append(w.chosen, chosenRow{w.row, w.slow, kind})
	if w.quick == nil {
		return
	}
	id, user := tally.ID{}, tally.ID{}
	if kind != needsCare && w.quick.kind(int(kind)).ok {
		if !w.about[kind].homeless {
			id = w.id()
		}
		if w.about[kind].users {
			user = w.userID()
		}
	}
	w.quick.accounts.add(id)
	w.quick.users.add(user)
}

// takeChosen makes rows of those that were chosen, and leaves to the careful reader
// those of which it cannot. number is that of the row at hand within its block.
func (w *searchWorker) takeChosen(b *list.Block, leave func(), number func() int) {
	w.quick.findAll()
	for i, c := range w.chosen {
		w.row, w.slow, w.kind = c.row, c.slow, c.kind
		if c.kind == needsCare || w.quick == nil || !w.quick.take(i, int(c.kind), w.key, w.person, w.cell) {
			leave()
		} else {
			b.Mark(number(), -len(w.quick.rows))
		}
	}
	w.chosen = w.chosen[:0]
}

// wants reports whether the plain row at hand may be wanted.
func (w *searchWorker) wants(kind int) bool {
	s := w.search
	figures, ok := w.ofKind(kind)
	switch {
	case !ok:
		return false
	case s.sought != nil:
		if about := w.about[kind]; about.users {
			return s.sought.hasUser(w.userID, w.id, figures, about.homeless)
		}
		return s.sought.has(w.id, figures)
	case s.account == nil && s.cell == nil && s.user == nil:
		return true
	}
	about := w.about[kind]
	return s.account != nil && !about.homeless && s.account(w.id, kind) || s.cell != nil && w.inCell() ||
		s.user != nil && about.users && s.user(w.userID)
}

// ofKind are the figures that rows of a kind may stand behind; false where its seller
// is not asked for.
func (w *searchWorker) ofKind(kind int) (Figures, bool) {
	for kind >= len(w.wanted) {
		w.wanted = append(w.wanted, 0)
	}
	if w.wanted[kind] == 0 {
		w.wanted[kind] = figuresKnown
		if k := w.bulk.kindAt(kind); w.search.seller == nil || k.seller < 0 || w.search.seller(k.seller) {
			w.wanted[kind] |= Following | w.search.sought.ofKind(k)
		}
	}
	of := w.wanted[kind]
	return of & allFigures, of&Following != 0
}

// wantsCell looks at the name and the record id of a plain row.
func (w *searchWorker) wantsCell() bool {
	for _, key := range []list.Key{list.Name, list.ID} {
		if column := w.layout.Of[key]; column >= 0 && w.search.cell(key, w.cut.cell(w.row, column)) {
			return true
		}
	}
	return false
}

// Again delivers a row that was made. What else is marked was noted the first time.
func (w *searchWorker) Again(b *list.Block, row, token int) error {
	if token >= 0 {
		return nil
	}
	return w.quick.deliver(b, row, -token-1)
}

// Settle and Keep store nothing.
func (w *searchWorker) Settle(*list.Block) error { return nil }
func (w *searchWorker) Keep(*list.Block) error   { return nil }
