package list

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/channelmap/channelmap/graph"
)

// Blocks says how long files of text, packed or not, and those of Parquet are read
// by several goroutines at once.
type Blocks struct {
	// Least is the size, unpacked, from which a file is read in blocks, of Parquet that
	// of a text which takes as long; shorter ones, and those that are neither, are
	// read row by row.
	Least int64
	// Size is how many bytes a block has, and Tail how many at the end of a file are
	// read row by row: there stand the totals and footnotes that only a reader of
	// whole files can tell from rows. By default, 256 KB and 64 KB.
	Size, Tail int64
	// Window is how much of the text of a packed file is held at a time. Where a row
	// is longer, it and all rows after it are read row by row. By default, 4 MB.
	Window int64
	// Rows is how many rows a block of a Parquet file has at most, and LastRows how
	// many at its end are read row by row. By default, 131,072 and 256.
	Rows, LastRows int
	// Workers returns who reads the blocks of a file with a layout, one for each
	// goroutine, or none to have the file read row by row.
	Workers func(*Layout) []BlockWorker
}

// BlockWorker reads blocks on a goroutine of its own. A block is scanned by one
// worker while others scan others; then, in the order of the file, it is settled
// or, where it turned out not to begin with a row, forgotten; and after that
// kept.
type BlockWorker interface {
	// Scan reads the rows that begin before Limit, and sets End and Rows. What is
	// not plain it leaves to the careful reader by Block.Leave.
	Scan(*Block) error
	// Again is called for each row of Block.Mark, between those left to the careful
	// reader, in the order of the file. FirstRow is known now.
	Again(b *Block, row, token int) error
	// Settle is called when all rows before the end of the block are.
	Settle(*Block) error
	// Keep is called after Settle, while others settle.
	Keep(*Block) error
}

// withDefaults fills in what is not given.
func (b Blocks) withDefaults() Blocks {
	if b.Size == 0 {
		b.Size = 256 << 10
	}
	if b.Tail == 0 {
		b.Tail = 64 << 10
	}
	if b.Window == 0 {
		b.Window = 4 << 20
	}
	if b.Rows == 0 {
		b.Rows = 128 << 10
	}
	if b.LastRows == 0 {
		b.LastRows = 256
	}
	return b
}

// overhang is how much behind a block is read with it, for its last row.
func (b Blocks) overhang() int64 { return min(b.Size, 16<<10) }

// ErrRowByRow is returned by ReadBlocks where a file can only be told row by row
// after all: the caller must read everything anew with Read.
var ErrRowByRow = errors.New("the file can only be read row by row")

// Layout says where in the rows of a file the cells stand.
type Layout struct {
	Place     graph.Place  // of the header
	Delimiter byte         // between cells
	Columns   int          // under a header; rows with more or fewer cells are not plain
	Of        [NumKeys]int // the column of each key, or -1
	Where     []int        // columns that `where` compares
	Wide      bool         // the partners are columns
	Stored    bool         // the file is no text: its blocks are read with Block.Batch
	table     *table
}

// Row returns a row without cells, whose dates and numbers are read as those of
// the file.
func (l *Layout) Row() Row { return Row{facts: &l.table.byKey, of: &l.table.cols.of} }

// Mapped reports whether the list maps the values of a key.
func (l *Layout) Mapped(k Key) bool { return l.table.plan.values[k] != nil }

// DecimalPoint reports whether the numbers of a key have a decimal point, rather
// than a comma.
func (l *Layout) DecimalPoint(k Key) bool { return l.table.byKey[k].mark == point }

// Trim cuts a cell as readers of lists do: spaces of every kind.
func Trim(cell string) string { return trim(cell) }

// Block is a piece of a file that begins with a row.
type Block struct {
	// Text holds the block's rows and some bytes more, at least Padding of them.
	Text  []byte
	Limit int // rows that begin before it are the block's
	// Ahead is where text ends that is the file's.
	Ahead    int
	End      int // set by Scan: where the first row begins that is not the block's, or is not whole in Text
	Rows     int // set by Scan: how many rows begin before End, blank ones included
	FirstRow int // the number of the first one, from Settle on

	layout *Layout
	left   []leftRow
	pieces *pieceParser
	rows   *rowCursor // where the file is stored column by column
}

// leftRow is a row that the careful reader is to read, by its place or its cells,
// or one without either that a token is kept for.
type leftRow struct {
	from, to, row, token int
	cells                []string
}

// Padding is how many bytes of Text lie behind the last one that is the file's.
const Padding = 64

// Leave leaves the row that begins at a place to the careful reader, as the
// row of a number within the block, from 0. It returns where the row after it
// begins, and false where the row is not whole in the block.
func (b *Block) Leave(from, row int) (next int, whole bool) {
	next, whole = b.Row(from)
	if whole {
		b.left = append(b.left, leftRow{from: from, to: next, row: row})
	}
	return next, whole
}

// LeaveRow leaves a row, which is whole, to the careful reader: as the row of a
// number within the block, from 0.
func (b *Block) LeaveRow(from, to, row int) {
	b.left = append(b.left, leftRow{from: from, to: to, row: row})
}

// Row returns where the row that begins at a place ends, and false where it is
// not whole in the block.
func (b *Block) Row(from int) (next int, whole bool) { return b.pieces.whole(b.Text[:b.Ahead], from) }

// Batch reads the next rows of a block that is no text, and counts those of the
// batch before; nil after the last. After an error the rows are left to the
// careful reader from where the last batch ended.
func (b *Block) Batch() (*Batch, error) {
	b.Rows += b.rows.batch.Rows
	b.rows.batch.Rows = 0
	return b.rows.next()
}

// LeaveCells leaves a row of a batch to the careful reader.
func (b *Block) LeaveCells(batch *Batch, row int) {
	cells := batch.Cells(row, make([]string, 0, len(batch.Columns)))
	b.left = append(b.left, leftRow{row: batch.First + row, cells: cells})
}

// Mark keeps a token for a row, for BlockWorker.Again.
func (b *Block) Mark(row, token int) { b.left = append(b.left, leftRow{row: row, token: token}) }

// RowParser reads single rows carefully, beside the reading of a file: what it
// meets is returned and not noted.
type RowParser struct {
	table  table
	pieces *pieceParser
	met    []Met
}

// Met is a notice that a row would give.
type Met struct {
	code code
	args []any
}

// Parser returns a parser for one goroutine, which hands rows to each.
func (l *Layout) Parser(each func(*Row) error) *RowParser {
	p := &RowParser{}
	p.table = *l.table
	p.table.cells = nil
	p.table.notes = newNotes(false)
	p.table.notes.met = &p.met
	p.table.reader = &reader{ctx: context.Background(), plan: l.table.plan, notes: p.table.notes, each: each}
	p.pieces = newPieceParser(l, p.table.notes)
	p.table.row = Row{facts: &p.table.byKey, of: &l.table.cols.of, populations: l.table.row.populations}
	return p
}

// Parse reads the row that is the whole of a text. It returns what would have been
// noted of it, valid until the next call.
func (p *RowParser) Parse(text []byte) ([]Met, error) {
	p.met = p.met[:0]
	err := p.pieces.each(text, 1, p.table.deliverFilled)
	return p.met, err
}

// ParseCells reads the row that has some cells, as they are stored, in the same
// way. It may change them.
func (p *RowParser) ParseCells(cells []string) ([]Met, error) {
	p.met = p.met[:0]
	err := p.table.deliverStored(record{1, cells})
	return p.met, err
}

// Note counts, at a row of the block given by its number within, a notice that
// the same cells gave elsewhere. For Again and Settle alone.
func (b *Block) Note(m Met, row int) error {
	return b.layout.table.note(m.code, b.FirstRow+row, m.args...)
}

// Delivered counts rows of the block that were used without the careful reader.
// For Settle alone.
func (b *Block) Delivered(rows int) { b.layout.table.file.Rows += rows }

// At is the place of a row of the block. For Again and Settle alone.
func (b *Block) At(row int) graph.Place { return b.layout.table.at(b.FirstRow + row) }

// settle hands the rows left to the careful reader to it, and those marked to
// their worker.
func (b *Block) settle(w BlockWorker) error {
	t := b.layout.table
	slices.SortStableFunc(b.left, func(x, y leftRow) int { return cmp.Compare(x.row, y.row) })
	for _, l := range b.left {
		var err error
		switch {
		case l.cells != nil:
			err = t.deliverStored(record{b.FirstRow + l.row, l.cells})
		case l.to == 0:
			err = w.Again(b, l.row, l.token)
		default:
			err = b.pieces.each(b.Text[l.from:l.to], b.FirstRow+l.row, t.deliverFilled)
		}
		if err != nil {
			return err
		}
	}
	return w.Settle(b)
}

// deliverFilled delivers a record unless it is blank.
func (t *table) deliverFilled(rec record) error {
	if filled(rec.cells) == 0 {
		return nil
	}
	return t.deliver(rec)
}

// deliverStored delivers a record of cells as they are stored.
func (t *table) deliverStored(rec record) (err error) {
	note := func(c code, args ...any) error { return t.note(c, rec.row, args...) }
	for i, cell := range rec.cells {
		if rec.cells[i], err = tidy(cell, note); err != nil {
			return err
		}
	}
	return t.deliver(rec)
}
