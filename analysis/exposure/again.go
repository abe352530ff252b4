package exposure

import (
	"context"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
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
				all = append(all, &batchSearch{searchWorker: w, batches: newBatchWorker(w.bulkWorker)})
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
	id     func() tally.ID
}

func newSearchWorker(b *bulkWorker, s *search) *searchWorker {
	w := &searchWorker{bulkWorker: b, search: s}
	w.id = w.rowID
	return w
}

// rowID is what tells the account of the row that was read last in the store.
func (w *searchWorker) rowID() tally.ID {
	key := ""
	if w.bulk.p.opts.Exact {
		key = string(w.row.key)
	}
	return w.bulk.store.ID(w.row.hash, key)
}

// Scan leaves the rows that may be wanted to the careful reader.
func (w *searchWorker) Scan(b *list.Block) error {
	for at := 0; at < b.Limit; b.Rows++ {
		next := w.line(b, at)
		if next == 0 || w.wants(func() bool { return w.wantsCell(b.Text, at) }) {
			var whole bool
			if next, whole = b.Leave(at, b.Rows); !whole {
				return nil
			}
		}
		at = next
		b.End = at
	}
	return nil
}

// wants reports whether the plain row that was read last may be wanted; inCell
// looks at its names and record ids.
func (w *searchWorker) wants(inCell func() bool) bool {
	s := w.search
	if s.seller != nil && !w.wantsKind(int(w.row.kind)) {
		return false
	}
	if s.account == nil && s.cell == nil {
		return true
	}
	return s.account != nil && s.account(w.id, int(w.row.kind)) || s.cell != nil && inCell()
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

// wantsCell looks at the names and record ids of a plain row.
func (w *searchWorker) wantsCell(text []byte, at int) bool {
	for column := range w.uses {
		end := at
		if w.uses[column] == columnKey {
			_, length, ok := w.plain.Scan(text[at:], w.layout.Delimiter)
			if end += length; !ok {
				end = w.stops.find(text, at)
			}
		} else {
			end = w.stops.find(text, at)
		}
		for _, key := range []list.Key{list.Name, list.ID} {
			if w.layout.Of[key] == column && w.search.cell(key, text[at:end]) {
				return true
			}
		}
		at = end + 1
	}
	return false
}

// Again has nothing to note: that was done the first time.
func (w *searchWorker) Again(*list.Block, int, int) error { return nil }

// Settle and Keep store nothing.
func (w *searchWorker) Settle(*list.Block) error { return nil }
func (w *searchWorker) Keep(*list.Block) error   { return nil }
