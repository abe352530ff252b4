package list

import (
	"bytes"
	"errors"
	"io"

	"github.com/channelmap/channelmap/graph"
)

// pieceParser reads records out of pieces of a text, with the rules of the
// reader of whole files.
type pieceParser struct {
	src    *textSource
	reader bytes.Reader
	split  splitter // to find where a record ends
}

func newPieceParser(l *Layout, n *notes) *pieceParser {
	p := &pieceParser{split: splitter{delim: l.Delimiter}}
	p.src = &textSource{place: graph.Place{File: l.Place.File}, name: nameUTF8, notes: n, lines: newLineReader(&p.reader, maxRecord)}
	p.src.split.delim = l.Delimiter
	return p
}

// each delivers the records of a piece, of which the first has the given row.
func (p *pieceParser) each(text []byte, row int, do func(record) error) error {
	p.reader.Reset(text)
	p.src.lines.reset(&p.reader)
	p.src.row, p.src.again = row-1, nil
	for {
		rec, err := p.src.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = do(rec)
		}
		if err != nil {
			return err
		}
	}
}

// whole returns where the record that begins at a place of a text ends, its line
// end included, and false where the text ends before.
func (p *pieceParser) whole(text []byte, from int) (next int, ok bool) {
	line, first, ok := cutLine(text, from)
	if !ok || bytes.IndexByte(line, '"') < 0 {
		return first, ok
	}
	p.split.reset()
	v := p.split.feed(withoutNUL(line))
	for at, size := first, len(line); v == unclosed && size < maxCell; {
		if line, at, ok = cutLine(text, at); !ok {
			return 0, false
		}
		line = withoutNUL(line)
		size += len(line) + 1
		if v = p.split.feed(line); v == complete {
			return at, true
		}
	}
	return first, true
}

func withoutNUL(line []byte) []byte {
	if bytes.IndexByte(line, 0) < 0 {
		return line
	}
	return bytes.ReplaceAll(line, []byte{0}, nil)
}

// cutLine returns the line at a place without its end, and where the next one
// begins; false where its end is not in the text.
func cutLine(text []byte, from int) (line []byte, next int, ok bool) {
	i := bytes.IndexAny(text[from:], "\r\n")
	if i < 0 {
		return nil, 0, false
	}
	next = from + i + 1
	if text[from+i] == '\r' {
		if next == len(text) {
			return nil, 0, false // a line feed may follow
		}
		if text[next] == '\n' {
			next++
		}
	}
	return text[from : from+i], next, true
}
