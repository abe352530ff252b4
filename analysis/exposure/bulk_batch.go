package exposure

import "github.com/channelmap/channelmap/graph/list"

// batchWorker reads blocks of a Parquet file, batch by batch and in each column by
// column. What it says of rows is what bulkWorker.line says of those of a text.
type batchWorker struct {
	*bulkWorker
	columns []batchColumn // what was made of each column of the batch
	// By row of the batch: where its texts led so far, and whether it needs care.
	path []uint32
	care []bool
	// The columns of accounts and sums among columns, nil where there is none.
	keys, values, amounts *batchColumn
	cells                 []string
	text                  []byte // of a number, with room behind it
}

func newBatchWorker(w *bulkWorker) *batchWorker {
	one := &batchWorker{bulkWorker: w, columns: make([]batchColumn, len(w.uses))}
	for i, use := range w.uses {
		switch use {
		case columnKey:
			one.keys = &one.columns[i]
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
	w.batch.Reset()
	for {
		batch, err := b.Batch()
		if batch == nil || err != nil {
			return err
		}
		w.look(batch)
		w.put(b, batch)
	}
}

// put makes the rows of a batch ready to be stored. Most lists have no sums, and
// what their rows say is put down without going through w.row.
func (w *batchWorker) put(b *list.Block, batch *list.Batch) {
	narrow := !w.bulk.values && !w.bulk.amounts && !w.bulk.p.opts.Exact
	for row := range batch.Rows {
		kind := w.kindOfRow(b, batch, row)
		switch {
		case kind < 0:
			b.LeaveRow(batch, row)
		case narrow:
			w.batch.Hash = append(w.batch.Hash, w.keys.hashes[w.keys.entry(row)])
			w.batch.Kind = append(w.batch.Kind, uint32(kind))
		default:
			w.fill(row, kind)
			w.add()
		}
	}
}

// look reads the columns of a batch.
func (w *batchWorker) look(batch *list.Batch) {
	w.path, w.care = cleared(w.path, batch.Rows), cleared(w.care, batch.Rows)
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
	for row := range w.care {
		if c.codes[c.entry(row)] < 0 {
			w.care[row] = true
		}
	}
}

// step goes on from where the texts of each row led so far.
func (w *batchWorker) step(c *batchColumn) {
	for row, from := range w.path {
		code := c.codes[c.entry(row)]
		if code < 0 || w.care[row] {
			w.care[row] = true
			continue
		}
		w.path[row] = w.paths.step(from, int(code))
	}
}

// fill puts what a row of a kind says into w.row.
func (w *batchWorker) fill(row int, kind int32) {
	entry := w.keys.entry(row)
	w.row = bulkRow{hash: w.keys.hashes[entry], kind: uint32(kind), value: w.values.sum(row), amount: w.amounts.sum(row)}
	if w.bulk.p.opts.Exact {
		w.row.key = w.keys.key(entry)
	}
}

// kindOfRow returns the kind of a row, or less than 0 where it needs care.
func (w *batchWorker) kindOfRow(b *list.Block, batch *list.Batch, row int) int32 {
	if w.care[row] {
		return -1
	}
	if path := w.path[row]; int(path) < len(w.kinds) && w.kinds[path] != kindUnknown {
		return w.kinds[path] - 1 // careful is below 0 too
	}
	return w.askOf(b, batch, row) - 1
}

// askOf has a row read carefully for the kind of its path.
func (w *batchWorker) askOf(b *list.Block, batch *list.Batch, row int) int32 {
	path := w.path[row]
	for int(path) >= len(w.kinds) {
		w.kinds = append(w.kinds, kindUnknown)
	}
	w.kinds[path] = kindCareful
	w.cells = batch.Cells(row, w.cells[:0])
	if kind, ok := w.probe.kindOfCells(w.cells); ok {
		w.kinds[path] = w.enter(b, path, batch.First+row, kind)
	}
	return w.kinds[path]
}

// batchSearch looks for wanted rows in a Parquet file.
type batchSearch struct {
	*searchWorker
	batches *batchWorker
}

// Scan leaves the rows that may be wanted to the careful reader.
func (w *batchSearch) Scan(b *list.Block) error {
	for {
		batch, err := b.Batch()
		if batch == nil || err != nil {
			return err
		}
		w.batches.look(batch)
		for row := range batch.Rows {
			kind := w.batches.kindOfRow(b, batch, row)
			if kind >= 0 {
				w.batches.fill(row, kind)
			}
			if kind < 0 || w.wants(func() bool { return w.wantsCellOf(batch, row) }) {
				b.LeaveRow(batch, row)
			}
		}
	}
}

// wantsCellOf looks at the names and record ids of a row.
func (w *batchSearch) wantsCellOf(batch *list.Batch, row int) bool {
	for _, key := range []list.Key{list.Name, list.ID} {
		if at := w.layout.Of[key]; at >= 0 && w.search.cell(key, batch.Columns[at].Cell(row)) {
			return true
		}
	}
	return false
}
