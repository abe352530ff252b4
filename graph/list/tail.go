package list

import (
	"regexp"
	"slices"
	"strings"
)

// tailKind tells what a record could be if it stands at the end of a file.
type tailKind uint8

const (
	ordinary  tailKind = iota
	total              // its label says so plainly
	bareTotal          // "Total", which is also a company
	footer             // its text says so plainly
	maybeFoot          // a single cell after a blank row
)

var (
	plainTotal = regexp.MustCompile(`^(?:(?:grand|overall|report) totals?|totals|total[:]|totals[:]|(?:grand )?totals? \([\d.,]+ (?:records?|rows?|accounts?)\)|(?:gesamt)?summe|gesamt|insgesamt|total general|total général|totale|totaal|sum)[:]?$`)
	footerText = regexp.MustCompile(`^(?:confidential information - do not distribute|copyright (?:\(c\)|©|\d{4}).*|(?:\(c\)|©) ?\d{4}.*|(?:generated|exported|created) (?:by|on|at)[: ].*|(?:source|sources|note|notes|filters?|filtered by|report|as of): .*|end of (?:report|file|list).*)$`)
)

// maxTail is how many rows at the end may be totals and footnotes.
const maxTail = 32

// held is a record that waits for what comes after it.
type held struct {
	record
	kind tailKind
	sums bool // one of its numbers is the sum of its column, or the number of rows
}

// tail holds rows back that are no rows of the list if nothing but blank rows
// and others like them follow.
type tail struct {
	t          *table
	headed     bool // the file stores no blank rows for looks
	held       []held
	afterBlank bool
	seen       int  // records
	plain      bool // one was ordinary whatever stands before it
	rows       int
	sums       []float64 // by column, of those that hold numbers
	numeric    []bool
}

// newTail sums the columns that held numbers alone in the look-ahead.
func newTail(t *table, look []signs) *tail {
	w := &tail{t: t, sums: make([]float64, len(look)), numeric: make([]bool, len(look))}
	for i, s := range look {
		w.numeric[i] = s.numbers > 0 && s.numbers*2 >= s.cells
	}
	return w
}

// add passes a record on, or holds it back.
func (w *tail) add(rec record) error {
	if filled(rec.cells) == 0 && !w.headed {
		w.afterBlank = true
		return nil
	}
	kind := w.kind(rec.cells)
	w.afterBlank = false
	w.seen++
	if kind == ordinary {
		w.plain = w.plain || filled(rec.cells) != 1 || len(w.t.cols.headers) == 1
		if err := w.release(len(w.held)); err != nil {
			return err
		}
		return w.pass(rec)
	}
	if len(w.held) == maxTail {
		if err := w.release(1); err != nil {
			return err
		}
	}
	w.held = append(w.held, held{rec.clone(), kind, kind == bareTotal && w.isSum(rec.cells)})
	return nil
}

// release passes on the first n records held: they were rows after all.
func (w *tail) release(n int) error {
	for _, h := range w.held[:n] {
		if err := w.pass(h.record); err != nil {
			return err
		}
	}
	w.held = slices.Delete(w.held, 0, n)
	return nil
}

func (w *tail) pass(rec record) error {
	w.rows++
	for i := range min(len(rec.cells), len(w.sums)) {
		if !w.numeric[i] {
			continue
		}
		if v, ok := roughNumber(rec.cells[i], w.t.facts[i].mark); ok {
			w.sums[i] += v
		}
	}
	return w.t.deliver(rec)
}

// certain reports whether the rows held are the same that would be if those before
// the ones that were read had been read too, and so is what becomes of them.
func (w *tail) certain() bool {
	if !w.plain && (w.seen < maxTail || slices.ContainsFunc(w.held, func(h held) bool { return h.kind == footer })) {
		return false // what is held back may begin before
	}
	return !slices.ContainsFunc(w.held, func(h held) bool { return h.kind == bareTotal }) // which depends on all rows
}

// finish decides about what is held when the file is at its end.
func (w *tail) finish() error {
	sure := slices.ContainsFunc(w.held, func(h held) bool { return h.kind == footer })
	for _, h := range w.held {
		var err error
		switch {
		case h.kind == total || h.kind == bareTotal && h.sums:
			err = w.t.note(totalsRow, h.row)
		case h.kind == footer || h.kind == maybeFoot && sure:
			err = w.t.note(footerRow, h.row)
		default:
			err = w.pass(h.record)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// kind tells what a record could be at the end of a file.
func (w *tail) kind(cells []string) tailKind {
	first := slices.IndexFunc(cells, func(c string) bool { return trim(c) != "" })
	if first < 0 || !w.onlyNumbers(cells, first) {
		return ordinary
	}
	label, single := foldText(cells[first]), filled(cells) == 1
	switch {
	case single && footerText.MatchString(label):
		return footer
	case plainTotal.MatchString(label):
		return total
	case strings.TrimSuffix(label, ":") == "total":
		return bareTotal
	case single && len(w.t.cols.headers) > 1 && (w.afterBlank || len(w.held) > 0):
		return maybeFoot
	}
	return ordinary
}

// onlyNumbers reports whether a record holds nothing but a label and numbers,
// and none of those where accounts and partners are named.
func (w *tail) onlyNumbers(cells []string, label int) bool {
	for i, c := range cells {
		if i != label && trim(c) != "" && !isNumber(trim(c)) {
			return false
		}
	}
	for _, k := range []Key{Account, User, Name, ID, Partner, Country} {
		if i := w.t.cols.of[k]; i >= 0 && i != label && i < len(cells) && trim(cells[i]) != "" {
			return false
		}
	}
	return true
}

// isSum reports whether a number of the record is the sum of its column over
// the rows so far, or their number. Of a single row every number is the sum,
// which says nothing.
func (w *tail) isSum(cells []string) bool {
	if w.rows < 2 {
		return false
	}
	for i := range min(len(cells), len(w.sums)) {
		v, ok := roughNumber(cells[i], w.t.facts[i].mark)
		if !ok || v == 0 {
			continue
		}
		if near(v, float64(w.rows)) || w.numeric[i] && near(v, w.sums[i]) {
			return true
		}
	}
	return false
}

// near allows for the rounding of a printed total.
func near(a, b float64) bool {
	tolerance := max(0.011, 1e-9*max(a, -a))
	return a-b <= tolerance && b-a <= tolerance
}
