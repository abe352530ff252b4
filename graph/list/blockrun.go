package list

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

// blockRun hands out the blocks of a file and settles them in order. Where a
// row goes on past the end of what was read with its block, the blocks after it
// may have begun in the middle of it: they are forgotten, and handed out anew
// from where the row ends.
type blockRun struct {
	file   *blockFile
	reader *reader
	layout *Layout
	limit  int64 // where the tail begins, or soon after
	size   int64 // of a block
	over   int64 // what is read behind it

	turns
	base    int64 // where a block begins that need not look for the beginning of a row
	claimed int64 // where the next block begins
	handed  int   // blocks handed out since base
	epoch   int   // how often blocks were handed out anew
	settled int64 // where the first row begins that is not settled
	rows    int   // of the file, before settled
}

// turns let workers settle blocks in order.
type turns struct {
	lock sync.Mutex
	turn sync.Cond
	next int // the number of the block to be settled next
	err  error
}

// fail ends the run.
func (t *turns) fail(err error) {
	if t.err == nil {
		t.err = err
	}
	t.turn.Broadcast()
}

// keep has a block kept that was settled.
func (t *turns) keep(w BlockWorker, b *Block) {
	err := w.Keep(b)
	if err == nil {
		return
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	t.fail(err)
}

// read reads the file with the given workers.
func (b *blockFile) read(r *reader, layout *Layout, workers []BlockWorker) error {
	run := &blockRun{file: b, reader: r, layout: layout, size: r.blocks.Size, over: r.blocks.overhang(), limit: b.size - b.tail, base: b.start, claimed: b.start, settled: b.start, rows: b.headerRow}
	run.turn.L = &run.lock
	var wait sync.WaitGroup
	for _, w := range workers {
		wait.Go(func() { run.work(w) })
	}
	wait.Wait()
	if run.err != nil {
		return run.err
	}
	return b.readTail(run.settled, run.rows)
}

// claim is a block that was handed out.
type claim struct {
	number, epoch int
	from, to      int64
	exact         bool // a row begins at from
}

func (run *blockRun) claim() (claim, bool) {
	run.lock.Lock()
	defer run.lock.Unlock()
	if run.err == nil {
		if err := run.reader.ctx.Err(); err != nil {
			run.fail(err)
		}
	}
	for run.err == nil && run.claimed >= run.limit {
		if run.next == run.handed {
			return claim{}, false
		}
		run.turn.Wait() // a block may have to be handed out anew
	}
	if run.err != nil {
		return claim{}, false
	}
	c := claim{number: run.handed, epoch: run.epoch, from: run.claimed, to: min(run.claimed+run.size, run.limit), exact: run.claimed == run.base}
	run.handed++
	run.claimed = c.to
	return c, true
}

func (run *blockRun) work(w BlockWorker) {
	buf := make([]byte, 1+run.size+run.over+Padding)
	b := &Block{layout: run.layout, pieces: newPieceParser(run.layout, run.file.table.notes)}
	for {
		c, ok := run.claim()
		if !ok {
			return
		}
		start, err := run.load(c, buf, b)
		if err == nil {
			err = w.Scan(b)
		}
		if run.settle(c, start, b, w, err) {
			run.keep(w, b)
		}
	}
}

// load reads a block and returns where in the file its first row begins.
func (run *blockRun) load(c claim, buf []byte, b *Block) (start int64, err error) {
	before := int64(1)
	if c.exact {
		before = 0
	}
	from := c.from - before
	n, err := run.file.in.ReadAt(buf[:min(c.to+run.over, run.file.size)-from], from)
	if errors.Is(err, io.EOF) {
		err = errChanged
	}
	if err != nil {
		return 0, run.file.wrap(err)
	}
	text := buf[:n]
	if !c.exact {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			i = n - 1 // the block lies within a row
		}
		text, from = text[i+1:], from+int64(i)+1
	}
	clear(buf[n : n+Padding])
	*b = Block{
		Text: text[:len(text)+Padding], Ahead: len(text), Limit: int(min(max(c.to-from, 0), int64(len(text)))),
		layout: b.layout, pieces: b.pieces, left: b.left[:0],
	}
	return from, nil
}

// settle waits for the block's turn and settles it; false where it was
// forgotten.
func (run *blockRun) settle(c claim, start int64, b *Block, w BlockWorker, scanned error) bool {
	run.lock.Lock()
	defer run.lock.Unlock()
	for run.err == nil && run.epoch == c.epoch && run.next != c.number {
		run.turn.Wait()
	}
	if run.err != nil || run.epoch != c.epoch {
		return false
	}
	if start != run.settled {
		run.anew(run.settled)
		return false
	}
	if scanned != nil {
		run.fail(scanned)
		return false
	}
	b.FirstRow = run.rows + 1
	if err := b.settle(w); err != nil {
		run.fail(err)
		return false
	}
	run.rows, run.settled, run.next = run.rows+b.Rows, start+int64(b.End), run.next+1
	run.reader.progress.to(run.settled, int64(run.rows-run.file.headerRow))
	if b.End < b.Limit {
		run.long()
	}
	run.turn.Broadcast()
	return true
}

// anew hands out blocks from a place on, where a row begins.
func (run *blockRun) anew(at int64) {
	run.base, run.claimed, run.handed, run.next = at, at, 0, 0
	run.epoch++
	run.turn.Broadcast()
}

// long reads the next row by itself, however long it is, and hands out blocks
// from where it ends.
func (run *blockRun) long() {
	end, err := run.file.readOne(run.settled, run.rows)
	if err != nil {
		run.fail(err)
		return
	}
	run.rows++
	run.settled = end
	run.reader.progress.to(end, int64(run.rows-run.file.headerRow))
	run.anew(end)
}

// readOne reads the record at a place and returns where it ends.
func (b *blockFile) readOne(at int64, rows int) (end int64, err error) {
	first := b.sourceAt(at, rows)
	if _, _, err := first.lines.next(); err != nil {
		return 0, b.wrap(err)
	}
	src := b.sourceAt(at, rows)
	rec, err := src.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	end = at + src.lines.offset()
	if len(src.again) > 0 || src.row > rows+1 {
		end = at + first.lines.offset() // the first line was read by itself, or skipped
	}
	if src.row > rows+1 || err != nil {
		return end, nil
	}
	return end, b.table.deliverFilled(rec)
}
