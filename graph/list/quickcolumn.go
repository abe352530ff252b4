package list

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/parquet-go/parquet-go/format"
)

// quickColumn reads a column of single values many rows at a time. It makes no
// room that the file only states: of what it cannot read it returns an error, and
// the rows are read one by one.
type quickColumn struct {
	chunkReader
	form    pageForm
	known   *Texts // the dictionary, with an empty text behind its entries
	index   hybrid
	bytes   []byte // of the page, where texts stand in it as they are
	at      int    // where in bytes the next value begins
	lengths *deltas
	raws    rawValues
	levels  []uint32
	texts   Texts // of the rows, where they have one each
	places  []uint32
	arena   []byte
	numbers Numbers
	none    []bool
}

func newQuickColumn(c parquetColumn) *quickColumn {
	return &quickColumn{chunkReader: chunkReader{parquetColumn: c}, numbers: Numbers{Form: c.form, Scale: c.scale, text: c.text}}
}

// pageForm is how the values of a page are read.
type pageForm uint8

const (
	formIndex    pageForm = iota // by their place in the dictionary
	formVerbatim                 // texts that are cells
	formLengths                  // such texts, whose lengths stand before all of them
	formNumbers                  // numbers of a fixed width
	formSingly                   // one after another
)

// maxArena bounds the texts that are made for the rows of a batch, in bytes.
const maxArena = 16 << 20

var errNotQuick = errors.New("rows that are too long to be read together")

// start begins with a row group.
func (c *quickColumn) start(f *columnFile, group *format.RowGroup) error {
	if c.leaf >= len(group.Columns) {
		return errMissingChunk
	}
	chunk := &group.Columns[c.leaf]
	if chunk.MetaData.NumValues != group.NumRows {
		return errMoreValues
	}
	c.known = nil
	return c.open(f.in, f.end, chunk)
}

// readPage opens pages up to one that has rows.
func (c *quickColumn) readPage() error {
	for c.inPage == 0 {
		if c.left == 0 {
			return errTooFew
		}
		p, err := c.takePage()
		if err != nil {
			return err
		}
		if p.dictionary {
			err = c.readTexts(p)
		} else {
			err = c.openValues(p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// openValues makes the values of a page ready.
func (c *quickColumn) openValues(p *page) error {
	switch {
	case p.encoding == plainDictionary || p.encoding == format.RLEDictionary:
		return c.openIndex(p.data)
	case p.encoding == format.Plain && c.asIs && c.kind == format.ByteArray:
		c.form, c.bytes, c.at = formVerbatim, p.data, 0
		return nil
	case p.encoding == format.DeltaLengthByteArray && c.asIs && c.kind == format.ByteArray:
		lengths, err := openDeltaLengths(p.data)
		if err != nil {
			return err
		}
		c.form, c.bytes, c.at, c.lengths = formLengths, lengths.rest, 0, lengths.lengths
		return nil
	case p.encoding == format.Plain && c.isNumber():
		c.form, c.bytes, c.at = formNumbers, p.data, 0
		return nil
	}
	raws, err := c.rawDecoder(p)
	c.form, c.raws = formSingly, raws
	return err
}

func (c *quickColumn) openIndex(data []byte) error {
	c.form, c.index = formIndex, hybrid{}
	if c.known == nil {
		return errNoDictionary
	}
	if len(data) == 0 { // a page of nulls
		return nil
	}
	if data[0] > 32 {
		return errValues
	}
	c.index.open(data[1:], int(data[0]))
	return nil
}

// readTexts reads a dictionary.
func (c *quickColumn) readTexts(p *page) error {
	dict := &Texts{}
	var err error
	if c.asIs && c.kind == format.ByteArray {
		dict.Bytes = slices.Clone(p.data)
		dict.Spans = make([]Span, min(p.values, len(p.data)/4+1))
		if p.values > len(dict.Spans) {
			return errValues
		}
		_, err = cutTexts(dict.Bytes, 0, dict.Spans[:p.values])
		dict.Spans = dict.Spans[:p.values]
	} else {
		c.raws = &plainValues{p.data, c.kind, c.length}
		dict.Bytes, dict.Spans, err = c.appendTexts(nil, nil, p.values, maxPage)
	}
	dict.Spans, dict.Bytes = append(dict.Spans, Span{}), padded(dict.Bytes)
	c.known = dict
	return err
}

// padded returns texts with Padding bytes behind them.
func padded(b []byte) []byte { return slices.Grow(b, Padding)[:len(b)+Padding] }

// cutTexts finds texts that stand one after another from a place on, each behind
// its length, and returns where the last one ends.
func cutTexts(b []byte, at int, spans []Span) (int, error) {
	for i := range spans {
		if len(b)-at < 4 {
			return at, errValues
		}
		size := int64(binary.LittleEndian.Uint32(b[at:]))
		at += 4
		if size > int64(len(b)-at) {
			return at, errValues
		}
		spans[i] = Span{uint32(at), uint32(at + int(size))}
		at += int(size)
	}
	return at, nil
}

// cutLengths finds texts that stand one after another from a place on, and returns
// where the last one ends.
func cutLengths(lengths *deltas, b []byte, at int, spans []Span) (int, error) {
	for i := range spans {
		size, err := lengths.number()
		if err != nil {
			return at, err
		}
		if size < 0 || size > int64(len(b)-at) {
			return at, errValues
		}
		spans[i] = Span{uint32(at), uint32(at + int(size))}
		at += int(size)
	}
	return at, nil
}

// appendTexts writes the next values down as texts.
func (c *quickColumn) appendTexts(arena []byte, spans []Span, values, most int) ([]byte, []Span, error) {
	for range values {
		v, err := c.raws.next()
		if err != nil {
			return arena, spans, err
		}
		from := len(arena)
		if c.asIs {
			arena = append(arena, v.bytes...)
		} else {
			text, ok := c.text(v)
			if !ok {
				return arena, spans, errValues
			}
			arena = append(arena, text...)
		}
		if len(arena) > most {
			return arena, spans, errNotQuick
		}
		spans = append(spans, Span{uint32(from), uint32(len(arena))})
	}
	return arena, spans, nil
}

// read reads the column of a batch, of which the page has rows enough.
func (c *quickColumn) read(into *BatchColumn, rows int) error {
	levels, there, err := c.present(rows)
	if err != nil {
		return err
	}
	c.inPage -= rows
	switch c.form {
	case formIndex:
		return c.readIndex(into, levels, rows, there)
	case formNumbers:
		return c.readNumbers(into, levels, rows, there)
	}
	c.texts.Spans = room(c.texts.Spans, rows)
	switch c.form {
	case formVerbatim:
		c.at, err = cutTexts(c.bytes, c.at, c.texts.Spans[:there])
		c.texts.Bytes = padded(c.bytes)
	case formLengths:
		c.at, err = cutLengths(c.lengths, c.bytes, c.at, c.texts.Spans[:there])
		c.texts.Bytes = padded(c.bytes)
	default:
		c.arena, _, err = c.appendTexts(c.arena[:0], c.texts.Spans[:0], there, maxArena)
		c.texts.Bytes = padded(c.arena)
	}
	if err != nil {
		return err
	}
	spread(c.texts.Spans, levels, there, c.maxDef, Span{})
	into.Texts, into.Index, into.Numbers = &c.texts, nil, nil
	return nil
}

// readIndex reads places in the dictionary.
func (c *quickColumn) readIndex(into *BatchColumn, levels []uint32, rows, there int) error {
	c.places = room(c.places, rows)
	if err := c.index.fill(c.places[:there]); err != nil {
		return err
	}
	null := uint32(len(c.known.Spans) - 1)
	for _, i := range c.places[:there] {
		if i >= null {
			return errNoDictionary
		}
	}
	spread(c.places, levels, there, c.maxDef, null)
	into.Texts, into.Index, into.Numbers = c.known, c.places, nil
	return nil
}

// present reads which of the rows have a value: nil where all have.
func (c *quickColumn) present(rows int) (levels []uint32, there int, err error) {
	if c.maxDef == 0 {
		return nil, rows, nil
	}
	c.levels = room(c.levels, rows)
	if err := c.defs.fill(c.levels); err != nil {
		return nil, 0, err
	}
	most := uint32(c.maxDef)
	for _, level := range c.levels {
		if level > most {
			return nil, 0, errLevels
		}
		if level == most {
			there++
		}
	}
	if there == rows {
		return nil, rows, nil
	}
	return c.levels, there, nil
}

// spread moves the values that are there, the first of all, to their rows, and
// puts what stands for nothing between them.
func spread[T any](values []T, levels []uint32, there, most int, nothing T) {
	if levels == nil {
		return
	}
	for row := len(values) - 1; row >= 0; row-- {
		if int(levels[row]) != most {
			values[row] = nothing
			continue
		}
		there--
		values[row] = values[there]
	}
}

// pass goes past rows.
func (c *quickColumn) pass(rows int64, drop *BatchColumn) error {
	for rows > 0 {
		passed, err := c.passPages(rows)
		if err != nil {
			return err
		}
		if rows -= passed; rows == 0 {
			return nil
		}
		if err := c.readPage(); err != nil {
			return err
		}
		n := min(int64(c.inPage), rows, batchRows)
		if err := c.read(drop, int(n)); err != nil {
			return err
		}
		rows -= n
	}
	return nil
}
