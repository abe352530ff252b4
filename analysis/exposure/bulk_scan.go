package exposure

import (
	"math"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// bulkWorker reads blocks of one file.
type bulkWorker struct {
	bulk     *bulk
	reader   *rowReader // of the list, which gets the rows that need care
	layout   *list.Layout
	uses     []columnUse
	spans    []columnSpan
	into     storeWriter
	plain    *identity.PlainDomains
	address  *identity.PlainAddresses // nil where no column holds addresses
	probe    *probe
	codes    []*codes   // by column
	class    []*classes // by column, nil but for those told by classes
	points   [2]bool    // of values and amounts: a point parts decimals
	paths    *paths
	kinds    []uint32 // by path: the kind, needsCare or kindUnknown
	cut      bulkRows
	used     int     // rows of the block that are stored
	rows     []int64 // by kind
	unstated bool    // nothing states the status of some
	// Where rows may be about users:
	ofBoth bool
	about  []bulkAbout // by kind
	text   []byte      // of a key
	// first are the paths on which this worker met, in the block at hand, a partner
	// that nobody declared.
	first []uint32
}

// kindUnknown stands for the kind of paths that no row has led before.
const kindUnknown = math.MaxUint32 - 1

func newBulkWorker(b *bulk, r *rowReader, l *list.Layout, uses []columnUse, into storeWriter) *bulkWorker {
	one := &bulkWorker{
		bulk: b, reader: r, layout: l, uses: uses, spans: spansOf(uses), into: into, plain: b.domains.Clone(), codes: make([]*codes, len(uses)),
		paths: newPaths(), cut: newBulkRows(len(uses)), kinds: []uint32{pathStart: kindUnknown, pathCare: needsCare},
	}
	one.probe = newProbe(b, r, l)
	if l.Of[list.User] >= 0 {
		one.ofBoth, one.address = true, identity.NewPlainAddresses(b.seed, one.plain)
		one.cut.address = make([]identity.Address, mostCut)
	}
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
	w.into.reset()
	w.used = 0
	w.each(b, w.add)
	return nil
}

// each reads the rows of a block, some of them at a time, and calls do for these.
func (w *bulkWorker) each(b *list.Block, do func(*list.Block)) {
	w.cut.see(b, w.layout.Delimiter)
	for more := true; more; {
		more = w.cut.next(b)
		for _, s := range w.spans {
			w.column(s)
		}
		w.tell(b)
		if w.address != nil {
			w.settleAccounts()
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
	if w.ofBoth {
		w.addAbout(b)
		return
	}
	if w.bulk.p.opts.Exact {
		w.addKeys()
	}
	r, batch := &w.cut, &w.into.ofAccounts
	r.leaveCareful(b)
	w.used += r.n
	batch.Hash, batch.Kind = append(batch.Hash, r.hash[:r.n]...), append(batch.Kind, r.kind[:r.n]...)
	if w.bulk.values {
		batch.Value = append(batch.Value, r.value[:r.n]...)
	}
	if w.bulk.amounts {
		batch.Amount = append(batch.Amount, r.amount[:r.n]...)
	}
}

// addKeys adds the keys of the rows that need no care.
func (w *bulkWorker) addKeys() {
	slow, batch := 0, &w.into.ofAccounts
	for i, kind := range w.cut.kind[:w.cut.n] {
		if kind == needsCare {
			continue
		}
		for slow < len(w.cut.slow) && w.cut.slow[slow].row < i {
			slow++
		}
		batch.Keys = append(batch.Keys, w.keyText(i, slow)...)
		batch.Ends = append(batch.Ends, uint32(len(batch.Keys)))
	}
}

// keyText is the key of a row's account; slow is where it stands among the slow
// keys, if it is one of them.
func (w *bulkWorker) keyText(i, slow int) []byte {
	if slow < len(w.cut.slow) && w.cut.slow[slow].row == i {
		return w.cut.slow[slow].key
	}
	return w.cut.cell(i, w.layout.Of[list.Account])
}

// tell finds the kinds of rows, by the paths that their cells led them.
func (w *bulkWorker) tell(b *list.Block) {
	r, kinds := &w.cut, w.kinds
	for i, path := range r.path[:r.n] {
		if int(path) >= len(kinds) || kinds[path] == kindUnknown {
			kinds = w.meet(b, path, i)
		}
		r.kind[i] = kinds[path]
	}
}

// meet learns the kind of a path that is new, that of a row.
func (w *bulkWorker) meet(b *list.Block, path uint32, i int) []uint32 {
	for int(path) >= len(w.kinds) {
		w.kinds = append(w.kinds, kindUnknown)
	}
	w.kinds[path] = w.ask(b, path, i)
	return w.kinds
}

// ask has a row read carefully for its kind.
func (w *bulkWorker) ask(b *list.Block, path uint32, i int) uint32 {
	kind, ok := w.probe.kind(w.cut.line(i))
	if !ok {
		return needsCare
	}
	return w.enter(b, path, w.cut.number(i), kind)
}

// enter numbers the kind of a path, which a row of the block was the first to take.
func (w *bulkWorker) enter(b *list.Block, path uint32, row int, kind bulkKind) uint32 {
	if kind.undeclared != "" {
		w.first = append(w.first, path)
		b.Mark(row, int(path))
	}
	n := w.bulk.kind(kind)
	if n >= tally.MaxKinds {
		return needsCare
	}
	w.note(uint32(n), &kind)
	return uint32(n)
}

// Again notes where a partner that nobody declared was met first.
func (w *bulkWorker) Again(b *list.Block, row, token int) error {
	w.reader.met(w.bulk.kindAt(int(w.kinds[token])), b.At(row))
	return nil
}

// Settle counts the rows that the careful reader did not get to see.
func (w *bulkWorker) Settle(b *list.Block) error {
	w.first = w.first[:0]
	b.Delivered(w.used)
	if w.unstated {
		w.reader.noteUnstated(w.layout.Place, w.unstatedIn(&w.into.ofAccounts, false)+w.unstatedIn(&w.into.ofUsers, true))
	}
	return nil
}

// unstatedIn counts the rows of a batch of which nothing states the status, as countKinds
// counts them.
func (w *bulkWorker) unstatedIn(b *tally.Batch, users bool) (rows int64) {
	for _, kind := range b.Kind {
		if about := &w.about[kind]; about.unstated && about.users == users {
			rows++
		}
	}
	return rows
}

// Keep stores the rows of the block.
func (w *bulkWorker) Keep(*list.Block) error {
	w.countKinds(&w.into.ofAccounts, false)
	w.countKinds(&w.into.ofUsers, true)
	return w.into.flush()
}

// countKinds counts the rows of a batch, of those about users each once: in that of
// users.
func (w *bulkWorker) countKinds(b *tally.Batch, users bool) {
	for _, kind := range b.Kind {
		if w.ofBoth && w.about[kind].users != users {
			continue
		}
		for int(kind) >= len(w.rows) {
			w.rows = append(w.rows, make([]int64, int(kind)+1-len(w.rows))...)
		}
		w.rows[kind]++
	}
}
