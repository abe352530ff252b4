package list

import (
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strings"

	"github.com/parquet-go/parquet-go/format"
)

var (
	errMoreValues   = errors.New("there are more values than rows")
	errMissingChunk = errors.New("a row group lacks the column")
	errTooFew       = errors.New("there are fewer values than rows")
	errLevels       = errors.New("the levels of its values cannot be read")
	errNoDictionary = errors.New("its dictionary is missing")
	errOtherFile    = errors.New("it lies in another file")
)

// chunkReader reads a column of a row group, row by row.
type chunkReader struct {
	parquetColumn
	header int // among the headers
	pages  pageReader
	left   int64 // values that no page has delivered
	inPage int   // values of the page that are to come, those that are null among them
	reps   hybrid
	defs   hybrid
	values values
	dict   []string
	ahead  bool // a value that begins the next row is read already
	rep    int  // of the value read last
	here   bool // it is not null
}

// open begins with a row group.
func (c *chunkReader) open(in io.ReaderAt, end int64, chunk *format.ColumnChunk) error {
	meta := &chunk.MetaData
	if chunk.FilePath != "" {
		return errOtherFile
	}
	if err := knownCodec(meta.Codec); err != nil {
		return err
	}
	from := meta.DataPageOffset
	if d := meta.DictionaryPageOffset; d > 0 && d < from {
		from = d
	}
	if from < int64(len(parquetMagic)) || from > end || meta.NumValues < 0 || meta.Type != c.kind {
		return errors.New("its place in the file is wrong")
	}
	c.pages.rep, c.pages.def = c.maxRep > 0, c.maxDef > 0
	c.pages.open(in, from, end, meta.Codec)
	c.left, c.inPage, c.dict, c.ahead = meta.NumValues, 0, nil, false
	return nil
}

// done reports whether all values are read.
func (c *chunkReader) done() bool { return c.left == 0 && c.inPage == 0 && !c.ahead }

// explain says of which column an error is.
func (c *chunkReader) explain(err error) error {
	var codec unknownCodec
	switch {
	case errors.As(err, &codec), errors.Is(err, errLargePage):
		return fmt.Errorf("column %q: %w", shorten(c.name), err)
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		err = errors.New("it ends too early")
	}
	return damagedParquet(fmt.Errorf("column %q: %w", shorten(c.name), err))
}

// readCell returns the value of a row, or the values of its list.
func (c *chunkReader) readCell() (string, error) {
	if !c.ahead {
		if err := c.step(); err != nil {
			return "", err
		}
	}
	c.ahead = false
	if c.rep != 0 {
		return "", errLevels
	}
	first, err := c.value()
	if err != nil || c.maxRep == 0 {
		return first, err
	}
	return c.readList(first)
}

// readList reads the other values of a list.
func (c *chunkReader) readList(first string) (string, error) {
	var texts []string
	for text := first; ; {
		if text != "" {
			texts = append(texts, text)
		}
		if c.left == 0 && c.inPage == 0 {
			break
		}
		if err := c.step(); err != nil {
			return "", err
		}
		if c.ahead = c.rep == 0; c.ahead {
			break
		}
		var err error
		if text, err = c.value(); err != nil {
			return "", err
		}
	}
	return strings.Join(texts, listMark), nil
}

// value returns the text of the value that step went to.
func (c *chunkReader) value() (string, error) {
	if !c.here {
		return "", nil
	}
	return c.values.next()
}

// step goes to the next value, in the next page if need be.
func (c *chunkReader) step() error {
	for c.inPage == 0 {
		if c.left == 0 {
			return errTooFew
		}
		if err := c.nextPage(); err != nil {
			return err
		}
	}
	c.inPage--
	c.rep, c.here = 0, true
	if c.maxRep > 0 {
		rep, err := c.reps.next()
		if err != nil {
			return err
		}
		c.rep = int(rep)
	}
	if c.maxDef > 0 {
		def, err := c.defs.next()
		if err != nil || int(def) > c.maxDef {
			return errLevels
		}
		c.here = int(def) == c.maxDef
	}
	return nil
}

// nextPage opens the next page of values, and takes a dictionary before it.
func (c *chunkReader) nextPage() error {
	p, err := c.takePage()
	switch {
	case err != nil:
		return err
	case p.dictionary:
		return c.readDictionary(p)
	}
	c.values, err = c.decoder(p)
	return err
}

// takePage takes the next page. Of a page of values the levels are opened, of a
// dictionary nothing.
func (c *chunkReader) takePage() (*page, error) {
	p, err := c.pages.next()
	switch {
	case err != nil:
		return nil, err
	case p.values < 0:
		return nil, errNegative
	case p.dictionary && p.encoding != format.Plain && p.encoding != plainDictionary:
		return nil, unknownEncoding(p.encoding)
	case p.dictionary:
		return p, nil
	case int64(p.values) > c.left:
		return nil, errMoreValues
	case p.levels != format.RLE && (c.maxRep > 0 || c.maxDef > 0):
		return nil, errLevels
	}
	c.left -= int64(p.values)
	c.inPage = p.values
	c.reps.open(p.reps, bits.Len(uint(c.maxRep)))
	c.defs.open(p.defs, bits.Len(uint(c.maxDef)))
	return p, nil
}

// skip goes past the values of rows.
func (c *chunkReader) skip(rows int64) error {
	for rows > 0 {
		passed, err := c.passPages(rows)
		if rows -= passed; err == nil && rows > 0 {
			_, err = c.readCell()
			rows--
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// passPages goes past whole pages of so many values at most, where it stands
// between two pages and each value is a row.
func (c *chunkReader) passPages(most int64) (passed int64, err error) {
	for c.maxRep == 0 && c.inPage == 0 && c.left > 0 && passed < most {
		values, ok, err := c.pages.pass(min(most-passed, c.left))
		if err != nil || !ok {
			return passed, err
		}
		c.left -= values
		passed += values
	}
	return passed, nil
}

// readDictionary reads the values that pages refer to.
func (c *chunkReader) readDictionary(p *page) error {
	plain := &textValues{values: &plainValues{p.data, c.kind, c.length}, text: c.text}
	c.dict = []string{}
	for range p.values {
		text, err := plain.next()
		if err != nil {
			return err
		}
		c.dict = append(c.dict, text)
	}
	return nil
}
