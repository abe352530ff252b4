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
	user    func(id func() tally.ID) bool           // of a plain row about users
}

// again reads a list once more, quickly past what is not wanted, and hands what
// the other rows say to each, in their order.
func (p *pass) again(ctx context.Context, i int, s *search, each func(*reading) error) error {
	r := newRowReader(p, i)
	spec := r.spec
	spec.Own = r.own // as the first time
	opts := list.Options{Dir: p.eco.Dir, Shape: list.Members}
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
			w := newSearchWorker(newBulkWorker(b, r, l, columns, nil), s)
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
	sought []int8 // by kind: 1 wanted, -1 not, 0 unknown
	row    int    // the one looked at, among those cut
	slow   slowRow
	id     func() tally.ID
	userID func() tally.ID
	inCell func() bool // looks at its name and its record id
}

func newSearchWorker(b *bulkWorker, s *search) *searchWorker {
	w := &searchWorker{bulkWorker: b, search: s}
	w.id, w.userID, w.inCell = w.rowID, w.rowUserID, w.wantsCell
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
	w.each(b, w.pick)
	return nil
}

// pick leaves those of the rows that are read.
func (w *searchWorker) pick(b *list.Block) {
	w.slow = slowRow{}
	for w.row = range w.cut.n {
		w.slow.to(&w.cut, w.row)
		if kind := w.cut.kind[w.row]; kind == needsCare || w.wants(int(kind)) {
			w.cut.leave(b, w.row)
		}
	}
}

// wants reports whether the plain row at hand may be wanted.
func (w *searchWorker) wants(kind int) bool {
	s := w.search
	if s.seller != nil && !w.wantsKind(kind) {
		return false
	}
	if s.account == nil && s.cell == nil && s.user == nil {
		return true
	}
	about := w.about[kind]
	return s.account != nil && !about.homeless && s.account(w.id, kind) || s.cell != nil && w.inCell() ||
		s.user != nil && about.users && s.user(w.userID)
}

func (w *searchWorker) wantsKind(kind int) bool {
	for kind >= len(w.sought) {
		w.sought = append(w.sought, 0)
	}
	if w.sought[kind] == 0 {
		w.sought[kind] = -1
		if k := w.bulk.kindAt(kind); k.seller < 0 || w.search.seller(k.seller) {
			w.sought[kind] = 1
		}
	}
	return w.sought[kind] > 0
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

// Again has nothing to note: that was done the first time.
func (w *searchWorker) Again(*list.Block, int, int) error { return nil }

// Settle and Keep store nothing.
func (w *searchWorker) Settle(*list.Block) error { return nil }
func (w *searchWorker) Keep(*list.Block) error   { return nil }
