package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// bulkWorker reads blocks of one file.
type bulkWorker struct {
	bulk   *bulk
	reader *rowReader // of the list, which gets the rows that need care
	layout *list.Layout
	uses   []columnUse
	writer *tally.Writer
	plain  *identity.PlainDomains
	probe  *probe
	codes  []*codes   // by column
	class  []*classes // by column, nil but for those told by classes
	points [2]bool    // of values and amounts: a point parts decimals
	paths  *paths
	kinds  []int32 // by path: 1 + the kind, or one of those below
	cut    bulkRows
	batch  tally.Batch
	rows   []int64 // by kind
	// first are the paths on which this worker met, in the block at hand, a partner
	// that nobody declared.
	first []uint32
}

const (
	kindUnknown = 0
	kindCareful = -1 // rows of this path are left to the careful reader
)

func newBulkWorker(b *bulk, r *rowReader, l *list.Layout, uses []columnUse, w *tally.Writer) *bulkWorker {
	one := &bulkWorker{
		bulk: b, reader: r, layout: l, uses: uses, writer: w, plain: b.domains.Clone(), codes: make([]*codes, len(uses)),
		paths: newPaths(), cut: newBulkRows(len(uses)),
	}
	one.probe = newProbe(b, r, l)
	one.class = make([]*classes, len(uses))
	for i := range uses {
		one.codes[i] = newCodes()
	}
	for _, key := range []list.Key{list.Date, list.Employees} {
		if at := l.Of[key]; at >= 0 && uses[at] == columnClass {
			one.class[at] = newClasses(one.probe.reader, l, key)
		}
	}
	one.points = [2]bool{l.DecimalPoint(list.Value), l.DecimalPoint(list.Amount)}
	return one
}

// Scan reads the rows of a block that are told by their kinds.
func (w *bulkWorker) Scan(b *list.Block) error {
	w.forget()
	w.batch.Reset()
	w.each(b, w.add)
	return nil
}

// each reads the rows of a block, some of them at a time, and calls do for these.
func (w *bulkWorker) each(b *list.Block, do func(*list.Block)) {
	w.cut.see(b, w.layout.Delimiter)
	for more := true; more; {
		more = w.cut.next(b)
		for column, use := range w.uses {
			w.column(column, use)
		}
		do(b)
	}
}

// forget takes back what a block that was forgotten, if it was, said first.
func (w *bulkWorker) forget() {
	for _, path := range w.first {
		w.kinds[path] = kindUnknown
	}
	w.first = w.first[:0]
}

// add stores the rows that are read, and leaves those that need care to the
// careful reader.
func (w *bulkWorker) add(b *list.Block) {
	r, slow := &w.cut, 0
	for i := range r.n {
		kind := w.kindOf(b, i)
		if kind < 0 {
			r.leave(b, i)
			continue
		}
		w.batch.Hash, w.batch.Kind = append(w.batch.Hash, r.hash[i]), append(w.batch.Kind, uint32(kind))
		if w.bulk.values {
			w.batch.Value = append(w.batch.Value, r.value[i])
		}
		if w.bulk.amounts {
			w.batch.Amount = append(w.batch.Amount, r.amount[i])
		}
		if w.bulk.p.opts.Exact {
			for slow < len(r.slow) && r.slow[slow].row < i {
				slow++
			}
			w.batch.Keys = append(w.batch.Keys, w.keyText(i, slow)...)
			w.batch.Ends = append(w.batch.Ends, uint32(len(w.batch.Keys)))
		}
	}
}

// keyText is the key of a row's account; slow is where it stands among the slow
// keys, if it is one of them.
func (w *bulkWorker) keyText(i, slow int) string {
	if slow < len(w.cut.slow) && w.cut.slow[slow].row == i {
		return w.cut.slow[slow].key
	}
	return string(w.cut.cell(i, w.layout.Of[list.Account]))
}

// kindOf returns the kind of a row, or less than 0 where it needs care.
func (w *bulkWorker) kindOf(b *list.Block, i int) int32 {
	path := w.cut.path[i]
	if path == needsCare {
		return kindCareful
	}
	for int(path) >= len(w.kinds) {
		w.kinds = append(w.kinds, kindUnknown)
	}
	kind := w.kinds[path]
	if kind == kindUnknown {
		kind = w.ask(b, path, i)
		w.kinds[path] = kind
	}
	return kind - 1 // careful is below 0 too
}

// ask has a row read carefully for its kind.
func (w *bulkWorker) ask(b *list.Block, path uint32, i int) int32 {
	kind, ok := w.probe.kind(w.cut.line(i))
	if !ok {
		return kindCareful
	}
	if kind.undeclared != "" {
		w.first = append(w.first, path)
		b.Mark(w.cut.number(i), int(path))
	}
	n := w.bulk.kind(kind)
	if n >= tally.MaxKinds {
		return kindCareful
	}
	return int32(n + 1)
}

// Again notes where a partner that nobody declared was met first.
func (w *bulkWorker) Again(b *list.Block, row, token int) error {
	w.reader.met(w.bulk.kindAt(int(w.kinds[token]-1)), b.At(row))
	return nil
}

// Settle counts the rows that the careful reader did not get to see.
func (w *bulkWorker) Settle(b *list.Block) error {
	w.first = w.first[:0]
	b.Delivered(len(w.batch.Hash))
	return nil
}

// Keep stores the rows of the block.
func (w *bulkWorker) Keep(*list.Block) error {
	for _, kind := range w.batch.Kind {
		for int(kind) >= len(w.rows) {
			w.rows = append(w.rows, make([]int64, int(kind)+1-len(w.rows))...)
		}
		w.rows[kind]++
	}
	return w.writer.Add(&w.batch)
}
