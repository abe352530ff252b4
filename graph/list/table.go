package list

import (
	"errors"
	"io"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

var one = decimal.NewFromInt(1)

// table reads one file of text or one sheet, whose header is found.
type table struct {
	reader       *reader
	plan         *plan
	notes        *notes
	file         File
	cols         *columns
	semicolons   bool
	partner      string // of rows that name none
	facts        []columnFacts
	byKey        [NumKeys]columnFacts
	unclearDates []int
	unclearMarks []int
	compared     []int    // the columns of the condition
	served       []served // the keys that have a column
	row          Row
	cells        []string
}

// served is a key with its column.
type served struct {
	key    Key
	column int
}

// lookEvery is after how many rows it is told how far the reading has come, and
// looked whether it is to end.
const lookEvery = 1024

// read delivers the rows below the header.
func (t *table) read(src *peeker) error {
	if err := t.readHeader(src); err != nil {
		return err
	}
	src.want(t.wants())
	look := src.peek(maxAhead)
	signs := t.study(look)
	if err := t.noteGuesses(); err != nil {
		return err
	}
	t.row.facts, t.row.of = &t.byKey, &t.cols.of
	w := newTail(t, signs)
	w.headed = src.headed()
	if err := t.readRows(src, w, 0); err != nil {
		return err
	}
	return w.finish()
}

// readRows delivers the rows of a source up to its end, after so many before it.
func (t *table) readRows(src source, w *tail, before int64) error {
	for n := before; ; n++ {
		rec, err := src.next()
		if errors.Is(err, io.EOF) {
			t.reader.progress.more(n)
			return nil
		}
		if err == nil && n%lookEvery == 0 {
			t.reader.progress.more(n)
			err = t.reader.ctx.Err()
		}
		if err == nil {
			err = w.add(rec)
		}
		if err != nil {
			return err
		}
	}
}

// readHeader finds the header and assigns the columns.
func (t *table) readHeader(src *peeker) error {
	row, err := t.plan.headerRow(t.file.Place, src)
	if err != nil {
		return err
	}
	rec, err := t.skipTo(src, row)
	if err != nil {
		return err
	}
	t.file.Place.Row = rec.row
	if t.cols, err = t.plan.assign(t.file.Place, rec.cells); err != nil {
		return src.explain(err)
	}
	if t.compared, err = t.plan.where.resolve(t.file.Place, t.cols); err != nil {
		return err
	}
	t.describe()
	if repeated := t.cols.repeated(); repeated != "" {
		return t.notes.add(repeatedName, t.file.Place, repeated)
	}
	return nil
}

// describe fills in what the summary says of the columns. A file with a column
// of partners does not tell its partner by its name.
func (t *table) describe() {
	if t.cols.of[Partner] >= 0 {
		t.partner = t.plan.spec.Partner
	}
	t.file.Headers = map[Key]string{}
	for k, i := range t.cols.of {
		if i >= 0 {
			t.file.Headers[Key(k)] = t.cols.headers[i]
			t.served = append(t.served, served{Key(k), i})
		}
	}
	t.row.populations = fold(t.file.Headers[Status]) == "partnerpopulations" && t.plan.values[Status] == nil
	for _, i := range t.cols.partners {
		t.file.Partners = append(t.file.Partners, t.cols.headers[i])
	}
	for _, i := range t.cols.unused() {
		t.file.Unused = append(t.file.Unused, t.cols.headers[i])
	}
}

func (t *table) note(c code, row int, args ...any) error {
	return t.notes.add(c, t.at(row), args...)
}

func (t *table) at(row int) graph.Place {
	at := t.file.Place
	at.Row = row
	return at
}

// deliver hands a record that is a row of the list to the caller, unless it has
// no key or `where` leaves it out.
func (t *table) deliver(rec record) error {
	if err := t.take(rec); err != nil {
		return err
	}
	ok, err := t.wanted(rec.row)
	if err != nil || !ok {
		return err
	}
	t.fill(rec.row)
	if missing := t.missingKey(); missing != nil {
		return t.note(emptyKey, rec.row, keyList(missing))
	}
	if t.plan.wide {
		return t.deliverWide()
	}
	t.file.Rows++
	return t.reader.each(&t.row)
}

// take trims the cells of a record into as many as there are headers.
func (t *table) take(rec record) error {
	t.cells = t.cells[:0]
	failed := false
	for i := range min(len(rec.cells), len(t.cols.headers)) {
		c := trim(rec.cells[i])
		if isErrorCell(c) {
			c, failed = "", true
		}
		t.cells = append(t.cells, c)
	}
	if failed {
		if err := t.note(errorCell, rec.row); err != nil {
			return err
		}
	}
	return t.square(rec)
}

// square makes a row as long as the header.
func (t *table) square(rec record) error {
	n := len(t.cols.headers)
	if filled(rec.cells[min(n, len(rec.cells)):]) > 0 {
		if err := t.note(longRow, rec.row); err != nil {
			return err
		}
	}
	if len(t.cells) < n && !t.typed() { // which store no empty cells
		if err := t.note(shortRow, rec.row); err != nil {
			return err
		}
	}
	for len(t.cells) < n {
		t.cells = append(t.cells, "")
	}
	return nil
}

// errorCells are the errors that spreadsheets show.
var errorCells = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NULL!": true, "#NUM!": true,
	"#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true, "#ERROR!": true,
}

func isErrorCell(c string) bool { return strings.HasPrefix(c, "#") && errorCells[c] }

// wanted applies `where`.
func (t *table) wanted(row int) (bool, error) {
	for i, cmp := range t.plan.where {
		column := t.compared[i]
		ok, unread := cmp.holds(t.cells[column], t.facts[column])
		if unread != nil {
			return false, t.note(whereUnread, row, unread.column, unread.what())
		}
		if !ok {
			return false, t.note(filtered, row)
		}
	}
	return true, nil
}

// fill sets the row's cells by key.
func (t *table) fill(row int) {
	t.row.Place = t.at(row)
	for _, k := range []Key{Partner, Currency, Status} { // which a row may have without a column
		t.row.Cells[k] = ""
	}
	for _, s := range t.served {
		c := t.cells[s.column]
		if values := t.plan.values[s.key]; values != nil {
			if to, ok := values[foldText(c)]; ok {
				c = to
			}
		}
		t.row.Cells[s.key] = c
	}
	if t.row.Cells[Partner] == "" {
		t.row.Cells[Partner] = t.partner
	}
	if t.row.Cells[Currency] == "" {
		t.row.Cells[Currency] = t.row.moneyCurrency()
	}
}

// missingKey returns the keys of which the row has none but must have one.
func (t *table) missingKey() []Key {
	for _, group := range t.plan.shape.needs {
		missing := true
		for _, k := range group {
			if t.row.Cells[k] != "" || k == Channel && t.plan.spec.Channel != "" {
				missing = false
			}
		}
		if missing {
			return group
		}
	}
	return nil
}

// deliverWide hands the row over once for each partner that it marks.
func (t *table) deliverWide() error {
	status, delivered, number := t.row.Cells[Status], 0, false
	for _, i := range t.cols.partners {
		m, own := readMark(t.cells[i], t.facts[i])
		switch m {
		case noMark:
			continue
		case unclear:
			if err := t.note(unclearMark, t.row.Place.Row, shorten(t.cells[i])); err != nil {
				return err
			}
			continue
		case numberMarked:
			number = true
		}
		t.row.Cells[Partner], t.row.Cells[Status] = t.cols.headers[i], status
		if own != "" {
			t.row.Cells[Status] = string(own)
		}
		delivered++
		if err := t.reader.each(&t.row); err != nil {
			return err
		}
	}
	if delivered == 0 {
		return t.note(unmarkedRow, t.row.Place.Row)
	}
	t.file.Rows++
	if number {
		return t.note(numberMark, t.row.Place.Row)
	}
	return nil
}
