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
	size   int64 // of a block
	over   int64 // what is read behind it
	behind int64 // what must be there behind it

	turns
	base    int64 // where a block begins that need not look for the beginning of a row
	claimed int64 // where the next block begins
	last    bool  // there are no more blocks: the rest is read row by row
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
	end  func() // nil, or told when the run ends with an error
}

// fail ends the run.
func (t *turns) fail(err error) {
	if t.err == nil {
		t.err = err
	}
	if t.end != nil {
		t.end()
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
	run := &blockRun{file: b, reader: r, layout: layout, size: r.blocks.Size, over: r.blocks.overhang(), behind: r.blocks.behind(), base: b.start, claimed: b.start, settled: b.start, rows: b.headerRow}
	run.turn.L, run.end = &run.lock, b.text.abandon
	var wait sync.WaitGroup
	for _, w := range workers {
		wait.Go(func() { run.work(w) })
	}
	wait.Wait()
	err := run.err
	if err == nil {
		err = b.readTail(run.settled, run.rows)
	}
	return b.text.finish(err, b.byAll)
}

// claim is a block that was handed out.
type claim struct {
	number, epoch int
	from, to      int64
	exact         bool // a row begins at from
}

// claim hands out a block. Where there is none yet, it says how much of the text
// must be there first.
func (run *blockRun) claim() (c claim, first int64, ok bool) {
	run.lock.Lock()
	defer run.lock.Unlock()
	if run.err == nil {
		if err := run.reader.ctx.Err(); err != nil {
			run.fail(err)
		}
	}
	for run.err == nil {
		limit, certain := run.limit()
		switch to := run.claimed + run.size; {
		case to <= limit || certain && run.claimed < limit:
			return run.hand(min(to, limit)), 0, true
		case !certain:
			return claim{}, to + run.behind, false
		case run.next == run.handed:
			return claim{}, 0, false
		}
		run.turn.Wait() // a block may have to be handed out anew
	}
	return claim{}, 0, false
}

// limit is up to where there are blocks, and whether there will never be more.
func (run *blockRun) limit() (at int64, certain bool) {
	size, whole := run.file.text.known()
	switch {
	case run.last:
		return run.claimed, true
	case whole:
		return size - run.file.tail, true
	}
	return size - run.behind, false
}

func (run *blockRun) hand(to int64) claim {
	c := claim{number: run.handed, epoch: run.epoch, from: run.claimed, to: to, exact: run.claimed == run.base}
	run.handed++
	run.claimed = to
	return c
}

func (run *blockRun) work(w BlockWorker) {
	buf := make([]byte, 1+run.size+run.over+Padding)
	b := &Block{layout: run.layout, pieces: newPieceParser(run.layout, run.file.table.notes)}
	for {
		c, first, ok := run.claim()
		if first > 0 {
			run.file.text.wait(first)
			continue
		}
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

// notLoaded is where the first row begins of a block that could not be loaded.
const notLoaded = -1

// load reads a block and returns where in the file its first row begins.
func (run *blockRun) load(c claim, buf []byte, b *Block) (start int64, err error) {
	before := int64(1)
	if c.exact {
		before = 0
	}
	from := c.from - before
	size, _ := run.file.text.known()
	n, err := run.file.text.ReadAt(buf[:min(c.to+run.over, size)-from], from)
	if errors.Is(err, io.EOF) {
		err = errChanged
	}
	if err != nil {
		return notLoaded, run.file.wrap(err)
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
	if start != run.settled && start != notLoaded {
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
	run.file.progress(run.settled, run.rows)
	if b.End < b.Limit {
		run.long()
	} else {
		run.file.text.letGo(min(run.settled, c.to) - 1)
	}
	run.turn.Broadcast()
	return true
}

// anew hands out blocks from a place on, where a row begins.
func (run *blockRun) anew(at int64) {
	run.base, run.claimed, run.handed, run.next = at, at, 0, 0
	run.epoch++
	run.file.text.letGo(at - 1)
	run.turn.Broadcast()
}

// long reads the next row by itself, however long it is, and hands out blocks
// from where it ends. Where not all of it is held, the rest of the file is read
// row by row.
func (run *blockRun) long() {
	run.file.text.letGo(run.settled - 1)
	end, held, err := run.file.readOne(run.settled, run.rows)
	switch {
	case err != nil:
		run.fail(err)
	case held:
		run.rows++
		run.settled = end
		run.file.progress(end, run.rows)
		run.anew(end)
	default:
		run.last = true
		run.file.text.wake()
		run.anew(run.settled)
	}
}

// readOne reads the record at a place and returns where it ends. It is false, and
// nothing came of it, where what must be read for that is not to be had.
func (b *blockFile) readOne(at int64, rows int) (end int64, ok bool, err error) {
	lines := b.sourceAt(at, rows, false).lines
	_, cut, err := lines.next()
	first, ok := lines.offset()
	if err != nil || !ok {
		return 0, false, nil
	}
	if cut {
		return at + first, true, b.table.note(longRecord, rows+1)
	}
	var met []Met
	src := b.sourceAt(at, rows, false)
	src.notes = newNotes(false)
	src.notes.met = &met
	rec, err := src.next()
	all, ok := src.lines.offset()
	if len(src.again) > 0 {
		all, ok = first, true // the first line was read by itself
	}
	if err != nil || !ok {
		return 0, false, nil
	}
	for _, m := range met {
		if err := b.table.note(m.code, rows+1, m.args...); err != nil {
			return 0, false, err
		}
	}
	return at + all, true, b.table.deliverFilled(rec)
}
