package list

import (
	"errors"
	"sync"
)

// batchRows is how many rows a batch has at most: few enough that what is made of
// them stays in a processor's own cache.
const batchRows = 4096

// columnRun hands out blocks of the rows of a Parquet file, none of which lies in
// two row groups, and settles them in order. Where rows cannot be read together,
// those from there on are read row by row: that tells what is wrong with them,
// and after which row.
type columnRun struct {
	file   *columnFile
	reader *reader
	layout *Layout
	limit  int64 // the number of rows that are for blocks

	turns
	group   int   // of the next block
	row     int64 // within the group
	claimed int64 // rows
	handed  int   // blocks
	settled int64 // rows
	ended   bool  // what follows is read row by row
}

// read reads the file with the given workers.
func (c *columnFile) read(r *reader, layout *Layout, workers []BlockWorker) error {
	run := &columnRun{file: c, reader: r, layout: layout, limit: c.rows - c.last}
	run.turn.L = &run.lock
	var wait sync.WaitGroup
	for _, w := range workers {
		wait.Go(func() { run.work(w) })
	}
	wait.Wait()
	if run.err != nil {
		return run.err
	}
	return c.readRest(run.settled)
}

// rowClaim is a block that was handed out.
type rowClaim struct {
	number, group int
	from, to      int64 // rows within the group
	before        int64 // rows of the file before the block
}

func (run *columnRun) claim() (rowClaim, bool) {
	run.lock.Lock()
	defer run.lock.Unlock()
	if err := run.reader.ctx.Err(); err != nil {
		run.fail(err)
	}
	if run.err != nil || run.ended || run.claimed >= run.limit {
		return rowClaim{}, false
	}
	for run.row == run.file.groups[run.group].NumRows {
		run.group, run.row = run.group+1, 0
	}
	n := min(int64(run.reader.blocks.Rows), run.file.groups[run.group].NumRows-run.row, run.limit-run.claimed)
	c := rowClaim{number: run.handed, group: run.group, from: run.row, to: run.row + n, before: run.claimed}
	run.handed++
	run.row += n
	run.claimed += n
	return c, true
}

func (run *columnRun) work(w BlockWorker) {
	rows := newRowCursor(run.file)
	b := &Block{layout: run.layout, rows: rows}
	for {
		c, ok := run.claim()
		if !ok {
			return
		}
		*b = Block{layout: b.layout, rows: rows, left: b.left[:0], FirstRow: int(c.before) + 1}
		rows.seek(c.group, c.from, c.to)
		if !run.settle(c, b, w, w.Scan(b)) {
			return
		}
		run.keep(w, b)
		clear(b.left)
	}
}

// settle waits for the block's turn and settles it; false where it is not to be
// kept.
func (run *columnRun) settle(c rowClaim, b *Block, w BlockWorker, scanned error) bool {
	run.lock.Lock()
	defer run.lock.Unlock()
	for run.err == nil && !run.ended && run.next != c.number {
		run.turn.Wait()
	}
	if run.err != nil || run.ended {
		return false
	}
	if scanned != nil && !errors.Is(scanned, b.rows.err) {
		run.fail(scanned)
		return false
	}
	run.ended = scanned != nil
	if err := b.settle(w); err != nil {
		run.fail(err)
		return false
	}
	run.settled, run.next = c.before+int64(b.Rows), run.next+1
	run.reader.progress.to(int64(float64(run.file.size)*float64(run.settled)/float64(run.file.rows)), run.settled)
	run.turn.Broadcast()
	return true
}

// rowCursor reads the rows of blocks, on one goroutine.
type rowCursor struct {
	file    *columnFile
	columns []*quickColumn // nil of those that are not wanted
	group   int            // that is open, or -1
	at, to  int64          // rows within the group
	first   int64          // of the block
	batch   Batch
	err     error // that reading met
}

func newRowCursor(f *columnFile) *rowCursor {
	c := &rowCursor{file: f, group: -1, columns: make([]*quickColumn, len(f.wanted)), batch: Batch{Columns: make([]BatchColumn, len(f.wanted))}}
	for i, wanted := range f.wanted {
		if wanted {
			c.columns[i] = newQuickColumn(f.columns[i])
		}
	}
	return c
}

// seek goes to the rows of a block. An error of that is the first that next
// returns.
func (c *rowCursor) seek(group int, from, to int64) {
	c.first, c.to = from, to
	c.batch.First, c.batch.Rows = 0, 0
	for i, column := range c.columns {
		if column == nil {
			continue
		}
		past := from - c.at
		if group != c.group {
			past = from
			c.err = column.start(c.file, &c.file.groups[group])
		}
		if c.err == nil {
			c.err = column.pass(past, &c.batch.Columns[i])
		}
		if c.err != nil {
			return
		}
	}
	c.group, c.at = group, from
}

// next reads the next rows that lie in one page of each column; nil after the
// last one of the block.
func (c *rowCursor) next() (*Batch, error) {
	if c.err != nil || c.at == c.to {
		return nil, c.err
	}
	rows := int(min(c.to-c.at, batchRows))
	for _, column := range c.columns {
		if column == nil {
			continue
		}
		if c.err = column.readPage(); c.err != nil {
			return nil, c.err
		}
		rows = min(rows, column.inPage)
	}
	for i, column := range c.columns {
		if column == nil {
			continue
		}
		if c.err = column.read(&c.batch.Columns[i], rows); c.err != nil {
			return nil, c.err
		}
	}
	c.batch.First, c.batch.Rows = int(c.at-c.first), rows
	c.at += int64(rows)
	return &c.batch, nil
}
