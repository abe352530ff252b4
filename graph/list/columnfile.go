package list

import (
	"os"

	"github.com/parquet-go/parquet-go/format"

	"github.com/channelmap/channelmap/graph"
)

// columnFile is a Parquet file whose columns can be read many rows at a time.
type columnFile struct {
	name    string
	in      *os.File
	size    int64
	end     int64 // where the data ends
	groups  []format.RowGroup
	columns []parquetColumn
	wanted  []bool
	rows    int64 // of all row groups
	last    int64 // how many at the end are read row by row
	table   *table
	signs   []signs
	found   *notes // of the columns and the look-ahead
}

// inColumns reads a Parquet file in blocks of rows, and returns false where it is
// to be read row by row instead.
func (r *reader) inColumns(f found, in *os.File) (done bool, err error) {
	info, err := in.Stat()
	if err != nil || r.blocks.Workers == nil || info.Size()*density(f.name) < r.blocks.Least {
		return false, nil
	}
	c := &columnFile{name: f.name, in: in, size: info.Size(), last: int64(r.blocks.LastRows), found: newNotes(r.notes.strict)}
	if !c.readHeader(r, f) || !c.quick() {
		return false, nil // which is told, with its reasons, by who reads row by row
	}
	layout := c.layout(r.plan)
	return r.together(in, info, layout, c.found, func(workers []BlockWorker) error { return c.read(r, layout, workers) })
}

// readHeader reads what the file says of itself, and studies the first rows.
// What is to be noted of these is noted when they are read.
func (c *columnFile) readHeader(r *reader, f found) bool {
	src, err := openParquet(f.name, c.in, c.found)
	if err != nil {
		return false
	}
	src.notes = newNotes(false)
	c.end, c.groups, c.columns = src.end, src.groups, src.columns
	t := r.table(f, graph.Place{File: f.name})
	t.notes, c.table = c.found, t
	t.file.Format, t.file.Encoding = formatParquet, nameUTF8
	ahead := &peeker{source: src}
	if err := t.readHeader(ahead); err != nil {
		return false
	}
	c.wanted = t.wants()
	ahead.want(c.wanted)
	c.signs = t.study(ahead.peek(maxAhead))
	if ahead.failed() != nil || t.noteGuesses() != nil {
		return false
	}
	t.row.facts, t.row.of = &t.byKey, &t.cols.of
	return true
}

// mostRows is how many rows a file can have that is read in blocks.
const mostRows = 1 << 40

// quick reports whether the file has rows enough, and no lists in the columns
// that are wanted.
func (c *columnFile) quick() bool {
	for _, g := range c.groups {
		if g.NumRows < 0 || g.NumRows > mostRows-c.rows {
			return false
		}
		c.rows += g.NumRows
	}
	for i, wanted := range c.wanted {
		if wanted && c.columns[i].maxRep > 0 {
			return false
		}
	}
	return c.rows > c.last
}

func (c *columnFile) layout(p *plan) *Layout {
	t := c.table
	return &Layout{
		Place: t.file.Place, Columns: len(t.cols.headers), Of: t.cols.of, Where: t.compared, Wide: p.wide, Stored: true, table: t,
	}
}

// readRest reads the rows after the given number of them row by row.
func (c *columnFile) readRest(row int64) error {
	t := c.table
	src := &parquetSource{
		name: c.name, in: c.in, end: c.end, groups: c.groups, rows: c.rows, columns: c.columns, wanted: c.wanted, notes: t.notes,
		cells: make([]string, len(c.columns)),
	}
	if err := src.skipTo(int(row)); err != nil {
		return src.explain(err)
	}
	w := newTail(t, c.signs)
	w.headed = true
	t.reader.progress.follow(src, c.in)
	if err := t.readRows(src, w, row); err != nil {
		return err
	}
	if !w.certain() {
		return ErrRowByRow
	}
	return w.finish()
}
