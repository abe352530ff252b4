package exposure

import (
	"bytes"
	"encoding/binary"
	"math/bits"

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
	row    bulkRow // that was read last
	slow   []byte  // the key of an account that is no plain domain
	batch  tally.Batch
	rows   []int64 // by kind
	// first are the paths on which this worker met, in the block at hand, a partner
	// that nobody declared.
	first []uint32
	stops stops
}

// bulkRow is what a plain row says.
type bulkRow struct {
	hash          identity.Hash
	kind          uint32
	value, amount int64  // or tally.Absent
	key           []byte // of its account, until the next row is read
}

const (
	kindUnknown = 0
	kindCareful = -1 // rows of this path are left to the careful reader
)

func newBulkWorker(b *bulk, r *rowReader, l *list.Layout, uses []columnUse, w *tally.Writer) *bulkWorker {
	one := &bulkWorker{
		bulk: b, reader: r, layout: l, uses: uses, writer: w, plain: b.domains.Clone(), codes: make([]*codes, len(uses)),
		paths: newPaths(), stops: newStops(l.Delimiter),
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
	for at := 0; at < b.Limit; b.Rows++ {
		next := w.line(b, at)
		if next == 0 {
			var whole bool
			if next, whole = b.Leave(at, b.Rows); !whole {
				return nil
			}
		} else {
			w.add()
		}
		at = next
		b.End = at
	}
	return nil
}

// forget takes back what a block that was forgotten, if it was, said first.
func (w *bulkWorker) forget() {
	for _, path := range w.first {
		w.kinds[path] = kindUnknown
	}
	w.first = w.first[:0]
}

// line reads one row and returns where the next begins, or 0 where the row needs
// care. What it says is left in w.row.
func (w *bulkWorker) line(b *list.Block, from int) int {
	text, at, path := b.Text, from, uint32(0)
	var hash identity.Hash
	value, amount := int64(tally.Absent), int64(tally.Absent)
	last := len(w.uses) - 1
	var key []byte
	for column, use := range w.uses {
		end := 0
		if use == columnKey {
			h, length, ok := w.plain.Scan(text[at:], w.layout.Delimiter)
			if ok {
				hash, end = h, at+length
				key = text[at:end]
			} else if hash, end, ok = w.slowKey(text, at); !ok {
				return 0
			} else {
				key = w.slow
			}
		} else if end = w.stops.find(text, at); end < 0 {
			return 0
		}
		next := end + 1
		if text[end] != w.layout.Delimiter {
			if column != last {
				return 0
			}
			if text[end] == '\r' {
				if text[end+1] != '\n' {
					return 0
				}
				next++
			}
		} else if column == last {
			return 0
		}
		switch use {
		case columnSkip:
			if text[at] == '#' {
				return 0 // it may be a spreadsheet's error
			}
		case columnText:
			path = w.paths.step(path, w.codes[column].of(text, at, end))
		case columnClass:
			path = w.paths.step(path, w.class[column].class(w.codes[column].of(text, at, end), text[at:end]))
		case columnFull:
			full := 0
			if end > at {
				full = 1
			}
			if text[at] == ' ' || text[at] == '#' {
				return 0
			}
			path = w.paths.step(path, full)
		case columnEmpty:
			if end > at {
				return 0
			}
		case columnValue, columnAmount:
			n, ok := plainSum(text[at:end], w.points[use-columnValue])
			if !ok {
				return 0
			}
			if use == columnValue {
				value = n
			} else {
				amount = n
			}
			path = w.paths.step(path, filled(n))
		}
		at = next
	}
	if at > b.Ahead {
		return 0
	}
	kind := w.kindOf(b, path, from, at)
	if kind < 0 {
		return 0
	}
	w.row = bulkRow{hash, uint32(kind), value, amount, key}
	return at
}

// filled is the code of rows that have a sum: what its currency means shows in
// these alone.
func filled(sum int64) int {
	if sum == tally.Absent {
		return 0
	}
	return 1
}

// add stores the row that was read last.
func (w *bulkWorker) add() {
	w.batch.Hash, w.batch.Kind = append(w.batch.Hash, w.row.hash), append(w.batch.Kind, w.row.kind)
	if w.bulk.values {
		w.batch.Value = append(w.batch.Value, w.row.value)
	}
	if w.bulk.amounts {
		w.batch.Amount = append(w.batch.Amount, w.row.amount)
	}
	if w.bulk.p.opts.Exact {
		w.batch.Keys = append(w.batch.Keys, w.row.key...)
		w.batch.Ends = append(w.batch.Ends, uint32(len(w.batch.Keys)))
	}
}

// slowKey reads an account cell that is no plain domain: a URL, a host with
// several labels, capitals. Cells that tell no account by themselves need care.
func (w *bulkWorker) slowKey(text []byte, from int) (h identity.Hash, end int, ok bool) {
	end = w.stops.find(text, from)
	if end < 0 {
		return h, 0, false
	}
	key, isSite := identity.SiteKey(string(text[from:end]))
	if !isSite || key.Kind != identity.ByDomain {
		return h, 0, false
	}
	w.slow = append(w.slow[:0], key.Text...)
	return w.bulk.seed.Of(key), end, true
}

// kindOf returns the kind of the row on a path, or less than 0 where it needs
// care.
func (w *bulkWorker) kindOf(b *list.Block, path uint32, from, to int) int32 {
	for int(path) >= len(w.kinds) {
		w.kinds = append(w.kinds, kindUnknown)
	}
	kind := w.kinds[path]
	if kind == kindUnknown {
		kind = w.ask(b, path, b.Text[from:to])
		w.kinds[path] = kind
	}
	return kind - 1 // careful is below 0 too
}

// ask has a row read carefully for its kind.
func (w *bulkWorker) ask(b *list.Block, path uint32, row []byte) int32 {
	kind, ok := w.probe.kind(row)
	if !ok {
		return kindCareful
	}
	return w.enter(b, path, b.Rows, kind)
}

// enter numbers the kind of a path, which a row of the block was the first to take.
func (w *bulkWorker) enter(b *list.Block, path uint32, row int, kind bulkKind) int32 {
	if kind.undeclared != "" {
		w.first = append(w.first, path)
		b.Mark(row, int(path))
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

// stops finds where a plain cell ends.
type stops struct{ delim uint64 }

const (
	everyByte = 0x0101010101010101
	highBits  = 0x8080808080808080
)

func newStops(delim byte) stops { return stops{uint64(delim) * everyByte} }

// find returns the first byte from a place on that ends a cell or that needs
// care in it: -1 for the latter. Eight bytes are looked at at once; of what is
// found only the first is certain, and only that is used.
func (s stops) find(text []byte, at int) int {
	const quote = '"' * everyByte
	for {
		word := binary.LittleEndian.Uint64(text[at:])
		delim, quoted := word^s.delim, word^quote
		found := ((delim-everyByte)&^delim | (quoted-everyByte)&^quoted | (word-' '*everyByte)&^word | word) & highBits
		if found == 0 {
			at += 8
			continue
		}
		at += bits.TrailingZeros64(found) / 8
		switch c := text[at]; {
		case c == byte(s.delim), c == '\n', c == '\r':
			return at
		default:
			return -1
		}
	}
}

// sumDigits is how many decimals a stored sum has, and sumUnit what makes one.
const (
	sumDigits = 4
	sumUnit   = 10_000
)

// plainSum reads digits with at most two decimals after a point, with a minus in
// front or not. An empty cell is Absent.
func plainSum(cell []byte, decimalPoint bool) (int64, bool) {
	if len(cell) == 0 {
		return tally.Absent, true
	}
	digits, negative := cell, cell[0] == '-'
	if negative {
		digits = cell[1:]
	}
	whole, fraction, point := bytes.Cut(digits, []byte{'.'})
	if len(whole) == 0 || len(whole) > 12 || point && (!decimalPoint || len(fraction) == 0 || len(fraction) > 2) {
		return 0, false
	}
	n, scale := int64(0), int64(sumUnit)
	for _, part := range [][]byte{whole, fraction} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = n*10 + int64(c-'0')
		}
	}
	for range fraction {
		scale /= 10
	}
	if negative {
		n = -n
	}
	return n * scale, true
}
