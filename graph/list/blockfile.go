package list

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"github.com/channelmap/channelmap/graph"
)

// blockFile is a file that can be read in blocks.
type blockFile struct {
	text      blockText
	tail      int64 // how much at the end is read row by row
	skip      int64 // a byte-order mark
	byAll     bool  // the encoding is told by all of the text
	delim     byte
	table     *table
	signs     []signs
	start     int64 // of the first row below the header
	headerRow int
	found     *notes // of header and look-ahead
}

// inBlocks reads a file in blocks, and returns false where it is to be read row
// by row instead.
func (r *reader) inBlocks(f found, in *os.File, o *content) (done bool, err error) {
	info, err := in.Stat()
	if err != nil || r.blocks.Workers == nil {
		return false, nil
	}
	text, err := r.blocks.openLong(in, o)
	if text == nil || err != nil {
		return false, nil
	}
	defer func() { text.close(done) }()
	b := &blockFile{text: text, tail: r.blocks.Tail, found: newNotes(r.notes.strict)}
	sample, ok := b.plainText(r.plan, o.head)
	if !ok {
		return false, nil
	}
	if ok, err := b.readHeader(r, f, sample); !ok || err != nil {
		return false, nil // which is told, with its reasons, by who reads row by row
	}
	layout := b.layout(r.plan)
	return r.together(in, info, layout, b.found, func(workers []BlockWorker) error { return b.read(r, layout, workers) })
}

// together has workers read a file, of which nothing but its header was read, and
// returns false where there are none.
func (r *reader) together(in *os.File, before os.FileInfo, l *Layout, found *notes, read func([]BlockWorker) error) (done bool, err error) {
	workers := r.blocks.Workers(l)
	if len(workers) == 0 {
		return false, nil
	}
	r.notes.absorb(found)
	l.table.notes = r.notes
	if err := read(workers); err != nil {
		return false, err
	}
	after, err := in.Stat()
	if err == nil && (after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())) {
		err = errChanged
	}
	if err != nil {
		return false, wrapRead(l.table, err)
	}
	r.files = append(r.files, l.table.file)
	return true, nil
}

var errChanged = errors.New("the file changed while it was read; run the command again when nothing writes to it")

// plainText reports whether a file looks like text in UTF-8 whose lines end in
// line feeds, and returns the beginning of it.
func (b *blockFile) plainText(p *plan, head []byte) ([]byte, bool) {
	b.byAll = p.coding == nil
	if c, ok := marked(head); ok {
		b.skip, b.byAll = int64(c.skip), false
		if c.decode != nil {
			return nil, false
		}
	} else if _, wide := unmarked16(head); wide || p.coding != nil && p.coding.decode != nil {
		return nil, false
	}
	sample := head[b.skip:]
	sample = sample[:min(len(sample), sampleBytes)]
	if isBinary(sample) || bytes.IndexByte(sample, '\n') < 0 {
		return nil, false
	}
	whole := sample
	for i := 1; i <= utf8.UTFMax && !utf8.Valid(whole); i++ {
		whole = sample[:len(sample)-i] // a character may be cut
	}
	return sample, utf8.Valid(whole)
}

// source reads the text from its beginning.
func (b *blockFile) source(p *plan, f found, sample []byte, n *notes) *textSource {
	text := b.text.from(b.skip, false)
	src := &textSource{place: graph.Place{File: f.name}, name: nameUTF8, notes: n, lines: newLineReader(text, maxRecord)}
	src.split.delim = p.delim
	if p.delim == 0 {
		src.detect(sample, preferredDelimiter(p.format, f.name), p.serving)
	}
	return src
}

// readHeader finds the header, studies the first rows and tells where the rows
// below the header begin. Files whose first rows need care are not for blocks.
func (b *blockFile) readHeader(r *reader, f found, sample []byte) (ok bool, err error) {
	careful := newNotes(false)
	src := b.source(r.plan, f, sample, careful)
	t := r.table(f, graph.Place{File: f.name})
	t.notes, b.delim, b.table = b.found, src.split.delim, t
	t.file.Format, t.file.Encoding, t.file.Delimiter = formatCSV, src.name, delimiterName(src.split.delim)
	if src.split.delim == '\t' {
		t.file.Format = formatTSV
	}
	t.semicolons = src.split.delim == ';'
	ahead := &peeker{source: src}
	if err := t.readHeader(ahead); err != nil {
		return false, err
	}
	b.signs = t.study(ahead.peek(maxAhead))
	if err := ahead.failed(); err != nil {
		return false, err
	}
	if err := t.noteGuesses(); err != nil {
		return false, err
	}
	t.row.facts, t.row.of = &t.byKey, &t.cols.of
	return len(careful.list) == 0 && b.findStart(b.source(r.plan, f, sample, careful)), nil
}

// findStart reads down to the header once more, for where it ends.
func (b *blockFile) findStart(src *textSource) bool {
	b.headerRow = b.table.file.Place.Row
	for src.row < b.headerRow {
		if _, err := src.next(); err != nil {
			return false
		}
	}
	header, ok := src.lines.offset()
	b.start = b.skip + header
	size, whole := b.text.known()
	return ok && len(src.again) == 0 && (!whole || b.start < size-b.tail)
}

func (b *blockFile) layout(p *plan) *Layout {
	t := b.table
	return &Layout{
		Place: t.file.Place, Delimiter: b.delim, Columns: len(t.cols.headers), Of: t.cols.of, Where: t.compared, Wide: p.wide, table: t,
	}
}

// wrap names the file in an error of reading it.
func (b *blockFile) wrap(err error) error { return wrapRead(b.table, err) }

func wrapRead(t *table, err error) error {
	return &graph.InputError{Place: graph.Place{File: t.file.Place.File}, Text: err.Error()}
}

// readTail reads what follows the blocks row by row.
func (b *blockFile) readTail(at int64, rows int) error {
	src := b.sourceAt(at, rows, true)
	w := newTail(b.table, b.signs)
	for n := 1; ; n++ {
		rec, err := src.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && n%lookEvery == 0 {
			b.progress(at+src.lines.got, src.row)
			err = b.table.reader.ctx.Err()
		}
		if err == nil {
			err = w.add(rec)
		}
		if err != nil {
			return err
		}
	}
	b.progress(at+src.lines.got, src.row)
	if !w.certain() {
		return ErrRowByRow
	}
	return w.finish()
}

// progress tells how far the reading has come: to a place in the text, and so
// many rows.
func (b *blockFile) progress(at int64, rows int) {
	b.table.reader.progress.to(b.text.place(at), int64(rows-b.headerRow))
}

// sourceAt reads the text from a place on, with so many rows before it; to the end
// where that is the last that is read.
func (b *blockFile) sourceAt(at int64, rows int, last bool) *textSource {
	text := b.text.from(at, last)
	src := &textSource{place: graph.Place{File: b.table.file.Place.File}, name: nameUTF8, notes: b.table.notes, lines: newLineReader(text, maxRecord), row: rows}
	src.split.delim = b.delim
	return src
}

// Columns returns which keys have a column in some file of a list, by a look at
// the headers of long text files. It is false where a file is none.
func Columns(dir string, spec graph.ListSpec) (has [NumKeys]bool, ok bool) {
	p, err := newPlan(spec, Members)
	if err != nil {
		return has, false
	}
	files, _, err := expand(dir, spec.File)
	if err != nil {
		return has, false
	}
	r := &reader{ctx: context.Background(), plan: p, notes: newNotes(false)}
	for _, f := range files {
		of, ok := r.columnsOf(f)
		if !ok {
			return has, false
		}
		for k, at := range of {
			has[k] = has[k] || at >= 0
		}
	}
	return has, true
}

func (r *reader) columnsOf(f found) (of [NumKeys]int, ok bool) {
	in, err := os.Open(f.path)
	if err != nil {
		return of, false
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() {
		return of, false
	}
	o, err := openContent(r.ctx, f, in, r.notes)
	if err != nil {
		return of, false
	}
	defer o.close()
	if format, err := sniff(f.name, o.head); err == nil && format == formatParquet && o.packing == nil {
		c := &columnFile{in: in, found: newNotes(false)}
		ok := c.readHeader(r, f)
		if ok {
			of = c.table.cols.of
		}
		return of, ok
	}
	text, err := Blocks{}.withDefaults().open(in, o)
	if err != nil {
		return of, false
	}
	defer text.close(false)
	b := &blockFile{text: text, found: newNotes(false)}
	sample, ok := b.plainText(r.plan, o.head)
	if !ok {
		return of, false
	}
	if ok, err := b.readHeader(r, f, sample); !ok || err != nil {
		return of, false
	}
	return b.table.cols.of, true
}
