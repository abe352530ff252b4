package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// column reads the cells of a column.
func (w *bulkWorker) column(column int, use columnUse) {
	switch use {
	case columnSkip:
		w.skip(column)
	case columnKey:
		w.accounts(column)
	case columnKeyIfAny:
		w.keysIfAny(column)
	case columnAddress:
		w.addresses(column)
	case columnText:
		w.texts(column)
	case columnClass:
		w.classes(column)
	case columnFull:
		w.full(column)
	case columnEmpty:
		w.empty(column)
	case columnValue:
		w.sums(column, w.cut.value, w.points[0])
	case columnAmount:
		w.sums(column, w.cut.amount, w.points[1])
	}
}

// skip looks at cells that mean nothing, unless they are a spreadsheet's error.
func (w *bulkWorker) skip(column int) {
	r := &w.cut
	for i := range r.n {
		from, to := r.bounds(i, column)
		if c := r.text[from]; (c == '#' || c == ' ') && !list.Sound(r.text[from:to]) {
			r.path[i] = pathCare
		}
	}
}

// accounts hashes the cells that are the account.
func (w *bulkWorker) accounts(column int) {
	r, plain := &w.cut, w.plain
	text, bytes, hashes := r.text, r.bytes, r.hash[:r.n]
	for i := range hashes {
		from, to := r.bounds(i, column)
		hash, ok := plain.Scan(bytes, text, from, to)
		if hashes[i] = hash; !ok {
			w.slowKey(i, text[from:to])
		}
	}
}

// slowKey reads an account cell that is no plain domain: a URL, a host with
// several labels, capitals. Cells that tell no account by themselves need care.
func (w *bulkWorker) slowKey(i int, cell []byte) {
	key, isSite := identity.SiteKey(string(cell))
	if !isSite || key.Kind != identity.ByDomain {
		w.cut.path[i] = pathCare
		return
	}
	w.cut.hash[i] = w.bulk.seed.Of(key)
	w.cut.slow = append(w.cut.slow, slowKey{i, []byte(key.Text)})
}

// step lets a cell lead a row on in what tells its kind.
func (w *bulkWorker) step(i, code int) { w.cut.path[i] = w.paths.step(w.cut.path[i], code) }

// texts take cells for what they say.
func (w *bulkWorker) texts(column int) {
	r, codes, paths := &w.cut, w.codes[column], w.paths
	text, path := r.text, r.path[:r.n]
	for i := range path {
		from, to := r.bounds(i, column)
		path[i] = paths.step(path[i], codes.of(text, from, to))
	}
}

// classes take cells for the class of what they say.
func (w *bulkWorker) classes(column int) {
	r, codes, class := &w.cut, w.codes[column], w.class[column]
	for i := range r.n {
		from, to := r.bounds(i, column)
		if of := class.class(codes.of(r.text, from, to), r.text[from:to]); of == codeCareful {
			r.path[i] = pathCare
		} else {
			w.step(i, of)
		}
	}
}

// full looks whether cells are filled.
func (w *bulkWorker) full(column int) {
	r := &w.cut
	for i := range r.n {
		from, to := r.bounds(i, column)
		switch {
		case r.text[from] == ' ', r.text[from] == '#':
			r.path[i] = pathCare
		case to > from:
			w.step(i, 1)
		default:
			w.step(i, 0)
		}
	}
}

// empty looks for cells that are filled, against the rule.
func (w *bulkWorker) empty(column int) {
	r := &w.cut
	for i := range r.n {
		if from, to := r.bounds(i, column); to > from {
			r.path[i] = pathCare
		}
	}
}

// sums read values or amounts. What a currency means shows in rows with a sum
// alone.
func (w *bulkWorker) sums(column int, sums []int64, decimalPoint bool) {
	r := &w.cut
	for i := range r.n {
		from, to := r.bounds(i, column)
		n, ok := plainSum(r.text[from:to], decimalPoint)
		sums[i] = n
		switch {
		case !ok:
			r.path[i] = pathCare
		case n == tally.Absent:
			w.step(i, 0)
		default:
			w.step(i, 1)
		}
	}
}
