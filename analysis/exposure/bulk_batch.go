package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
	"github.com/channelmap/channelmap/graph/list/bytemap"
)

// batchWorker reads blocks of a Parquet file, batch by batch and in each column by
// column. What it says of rows is what bulkWorker.column says of those of a text.
type batchWorker struct {
	*bulkWorker
	columns []batchColumn // what was made of each column of the batch
	path    []uint32      // by row of the batch: where its cells led so far
	// The columns of accounts, addresses and sums among columns, nil where there is none.
	keys, persons, values, amounts *batchColumn
	bytes                          bytemap.Map // of accounts
	cells                          []string
	text                           []byte // of a number, with room behind it
}

func newBatchWorker(w *bulkWorker) *batchWorker {
	one := &batchWorker{bulkWorker: w, columns: make([]batchColumn, len(w.uses))}
	for i, use := range w.uses {
		switch use {
		case columnKey, columnKeyIfAny:
			one.keys = &one.columns[i]
		case columnAddress:
			one.persons = &one.columns[i]
		case columnValue:
			one.values = &one.columns[i]
		case columnAmount:
			one.amounts = &one.columns[i]
		}
	}
	return one
}

// Scan reads the rows of a block that are told by their kinds.
func (w *batchWorker) Scan(b *list.Block) error {
	w.forget()
	w.into.reset()
	w.used = 0
	for {
		batch, err := b.Batch()
		if batch == nil || err != nil {
			return err
		}
		w.look(batch)
		w.put(b, batch)
	}
}

// put makes the rows of a batch ready to be stored.
func (w *batchWorker) put(b *list.Block, batch *list.Batch) {
	if w.ofBoth {
		w.putEachAbout(b, batch)
		return
	}
	more := w.bulk.values || w.bulk.amounts || w.bulk.p.opts.Exact
	into := &w.into.ofAccounts
	hashes, kinds := into.Hash, into.Kind
	for row := range batch.Rows {
		kind := w.kindOfRow(b, batch, row)
		if kind == needsCare {
			b.LeaveCells(batch, row)
			continue
		}
		entry := w.keys.entry(row)
		hashes, kinds = append(hashes, w.keys.hashes[entry]), append(kinds, kind)
		if more {
			w.putMore(row, entry)
		}
	}
	into.Hash, into.Kind = hashes, kinds
	w.used = len(hashes)
}

// putMore puts down what is stored of a row beside its account's hash and its kind.
func (w *batchWorker) putMore(row, entry int) {
	into := &w.into.ofAccounts
	if w.bulk.values {
		into.Value = append(into.Value, w.values.sum(row))
	}
	if w.bulk.amounts {
		into.Amount = append(into.Amount, w.amounts.sum(row))
	}
	if w.bulk.p.opts.Exact {
		into.Keys = append(into.Keys, w.keys.key(entry)...)
		into.Ends = append(into.Ends, uint32(len(into.Keys)))
	}
}

// look reads the columns of a batch.
func (w *batchWorker) look(batch *list.Batch) {
	w.path = cleared(w.path, batch.Rows) // pathStart is 0
	for i, use := range w.uses {
		from, c := &batch.Columns[i], &w.columns[i]
		if !from.Read() {
			continue // it serves nothing
		}
		if fresh := c.take(from); from.Numbers != nil {
			w.understandNumbers(i, c, from.Numbers)
		} else if fresh {
			w.understand(i, c)
		}
		switch use {
		case columnKey, columnSkip, columnEmpty:
			w.check(c)
		default:
			w.step(c)
		}
	}
}

// cleared returns room for so many, all zero.
func cleared[T any](room []T, n int) []T {
	if cap(room) < n {
		return make([]T, n)
	}
	clear(room[:n])
	return room[:n]
}

// check leaves the rows to the careful reader whose text needs care.
func (w *batchWorker) check(c *batchColumn) {
	if !c.careful {
		return
	}
	for row := range w.path {
		if c.codes[c.entry(row)] < 0 {
			w.path[row] = pathCare
		}
	}
}

// step goes on from where the cells of each row led so far.
func (w *batchWorker) step(c *batchColumn) {
	for row, from := range w.path {
		if code := c.codes[c.entry(row)]; code < 0 {
			w.path[row] = pathCare
		} else {
			w.path[row] = w.paths.step(from, int(code))
		}
	}
}

// kindOfRow returns the kind of a row, or needsCare.
func (w *batchWorker) kindOfRow(b *list.Block, batch *list.Batch, row int) uint32 {
	if path := w.path[row]; int(path) < len(w.kinds) && w.kinds[path] != kindUnknown {
		return w.kinds[path]
	}
	return w.meetRow(b, batch, row)
}

// meetRow has a row read carefully for the kind of its path.
func (w *batchWorker) meetRow(b *list.Block, batch *list.Batch, row int) uint32 {
	path := w.path[row]
	for int(path) >= len(w.kinds) {
		w.kinds = append(w.kinds, kindUnknown)
	}
	w.kinds[path] = needsCare
	w.cells = batch.Cells(row, w.cells[:0])
	if kind, ok := w.probe.kindOfCells(w.cells); ok && (w.ofBoth || kind.audience != graph.Users) {
		w.kinds[path] = w.enter(b, path, batch.First+row, kind)
	}
	return w.kinds[path]
}

// accountHash is that of a row's account.
func (w *batchWorker) accountHash(kind uint32, row int) identity.Hash {
	if w.about[kind].byAddress {
		return w.persons.addresses[w.persons.entry(row)].Account
	}
	return w.keys.hashes[w.keys.entry(row)]
}

// accountText is likewise its key.
func (w *batchWorker) accountText(kind uint32, row int) []byte {
	if !w.about[kind].byAddress {
		return w.keys.key(w.keys.entry(row))
	}
	entry := w.persons.entry(row)
	return domainOf(&w.persons.addresses[entry], w.persons.key(entry))
}

// putEachAbout is put for rows that may be about users.
func (w *batchWorker) putEachAbout(b *list.Block, batch *list.Batch) {
	exact := w.bulk.p.opts.Exact
	for row := range batch.Rows {
		kind := w.kindOfRow(b, batch, row)
		if kind == needsCare {
			b.LeaveCells(batch, row)
			continue
		}
		one, about := storedRow{value: w.values.sum(row), amount: w.amounts.sum(row)}, w.about[kind]
		if !about.homeless {
			one.account = w.accountHash(kind, row)
		}
		if about.person {
			one.member = w.persons.addresses[w.persons.entry(row)].Person
		}
		if exact && !about.homeless {
			one.accountKey = w.accountText(kind, row)
		}
		if exact && about.person {
			one.memberKey = w.personText(w.persons.key(w.persons.entry(row)))
		}
		w.putAbout(kind, &one)
	}
}

// batchSearch looks for wanted rows in a Parquet file.
type batchSearch struct {
	*searchWorker
	batches *batchWorker
	batch   *list.Batch
}

func newBatchSearch(s *searchWorker) *batchSearch {
	w := &batchSearch{searchWorker: s, batches: newBatchWorker(s.bulkWorker)}
	s.id, s.userID, s.inCell = w.rowID, w.rowUserID, w.wantsCell
	s.key = func() []byte { return w.batches.accountText(w.kind, w.row) }
	s.person = func() []byte { return w.batches.persons.key(w.batches.persons.entry(w.row)) }
	s.cell = func(column int) []byte { return w.batch.Columns[column].Cell(w.row) }
	return w
}

// Scan leaves the rows that may be wanted to the careful reader.
func (w *batchSearch) Scan(b *list.Block) (err error) {
	if w.search.sought.over() {
		return errFound
	}
	w.quick.begin()
	defer w.quick.end()
	for {
		if w.batch, err = b.Batch(); w.batch == nil || err != nil {
			return err
		}
		w.batches.look(w.batch)
		for w.row = range w.batch.Rows {
			w.kind = w.batches.kindOfRow(b, w.batch, w.row)
			w.choose(w.kind)
			if len(w.chosen) == mostCut {
				w.takeRows(b)
			}
		}
		w.takeRows(b)
	}
}

func (w *batchSearch) takeRows(b *list.Block) {
	at := w.row
	w.takeChosen(b, func() { b.LeaveCells(w.batch, w.row) }, func() int { return w.batch.First + w.row })
	w.row = at
}

// rowID is what tells the account of the row at hand in the store.
func (w *batchSearch) rowID() tally.ID {
	key := ""
	if w.bulk.p.opts.Exact {
		key = string(w.batches.accountText(w.kind, w.row))
	}
	return w.bulk.store.ID(w.batches.accountHash(w.kind, w.row), key)
}

// rowUserID is what tells whom the row at hand is about in the store of users.
func (w *batchSearch) rowUserID() tally.ID {
	if !w.about[w.kind].person {
		return w.userIDOf(w.batches.accountHash(w.kind, w.row), w.batches.accountText(w.kind, w.row))
	}
	entry := w.batches.persons.entry(w.row)
	return w.userIDOf(w.batches.persons.addresses[entry].Person, w.personText(w.batches.persons.key(entry)))
}

// wantsCell looks at the name and the record id of the row at hand.
func (w *batchSearch) wantsCell() bool {
	for _, key := range []list.Key{list.Name, list.ID} {
		if at := w.layout.Of[key]; at >= 0 && w.search.cell(key, w.batch.Columns[at].Cell(w.row)) {
			return true
		}
	}
	return false
}
