package list

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/graph"
)

// textSource reads delimited text.
type textSource struct {
	lines *lineReader
	split splitter
	again []rawLine // lines to be read once more, by themselves
	cells []string
	row   int
	place graph.Place // of the file
	name  string      // of the encoding
	// decoded tells that the bytes were not UTF-8: what could not be decoded is
	// a replacement character already.
	decoded bool
	notes   *notes
}

// rawLine is a line of a file; of one that is too long only the beginning.
type rawLine struct {
	text []byte
	cut  bool
}

func (s *textSource) close() error { return nil }

// next returns the next record. Its number counts records, blank ones included,
// as a spreadsheet that opens the file does: a line break within a quoted cell
// starts no row.
func (s *textSource) next() (record, error) {
	for {
		line, err := s.line(s.row + 1)
		if err != nil {
			return record{}, err
		}
		s.row++
		if !line.cut {
			return s.record(line.text)
		}
		if err := s.note(longRecord); err != nil {
			return record{}, err
		}
	}
}

// note counts a notice at the row being read.
func (s *textSource) note(c code, args ...any) error {
	at := s.place
	at.Row = s.row
	return s.notes.add(c, at, args...)
}

// line returns the next line, which belongs to the given row, in valid UTF-8
// without NUL bytes.
func (s *textSource) line(row int) (rawLine, error) {
	raw, err := s.raw()
	if err != nil || raw.cut {
		return raw, err
	}
	text, flaws := s.clean(raw.text)
	return rawLine{text: text}, s.noteFlaws(flaws, row)
}

// raw returns the next line as it stands in the file.
func (s *textSource) raw() (rawLine, error) {
	if len(s.again) > 0 {
		line := s.again[0]
		s.again = s.again[1:]
		return line, nil
	}
	text, cut, err := s.lines.next()
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%s: cannot be read on after row %d: %w", s.place, s.row, err)
	}
	return rawLine{text, cut}, err
}

var replacement = []byte("\uFFFD")

// flaws are what a line holds that is no text.
type flaws struct{ nul, bad bool }

// clean makes a line valid.
func (s *textSource) clean(line []byte) ([]byte, flaws) {
	var f flaws
	if bytes.IndexByte(line, 0) >= 0 {
		line, f.nul = withoutNUL(line), true
	}
	if !utf8.Valid(line) || s.decoded && bytes.Contains(line, replacement) {
		line, f.bad = bytes.ToValidUTF8(line, replacement), true
	}
	return line, f
}

func (s *textSource) noteFlaws(f flaws, row int) error {
	at := s.place
	at.Row = row
	if f.nul {
		if err := s.notes.add(nulBytes, at); err != nil {
			return err
		}
	}
	if f.bad {
		return s.notes.add(badBytes, at, s.name)
	}
	return nil
}

// record cuts the record that starts with a line.
func (s *textSource) record(line []byte) (record, error) {
	if len(line) == 0 {
		return record{row: s.row}, nil
	}
	if bytes.IndexByte(line, '"') < 0 {
		many := s.plain(string(line))
		return s.checked(many)
	}
	s.split.reset()
	v := s.split.feed(line)
	if v == unclosed {
		return s.several(line)
	}
	if v == misquoted {
		s.split.lenient(line)
	}
	return s.quoted()
}

// plain cuts a line without quotation marks and reports whether it had too many
// cells.
func (s *textSource) plain(line string) (many bool) {
	s.cells = s.cells[:0]
	for len(s.cells) < maxCells {
		i := strings.IndexByte(line, s.split.delim)
		if i < 0 {
			s.cells = append(s.cells, line)
			return false
		}
		s.cells = append(s.cells, line[:i])
		line = line[i+1:]
	}
	return true
}

// several joins the lines of a record with a line break in a quoted cell. Where
// that goes wrong, or on for more than a cell may hold, the quotation mark in
// the first line was no opening one: that line is read by itself, and so are
// the others after it.
func (s *textSource) several(first []byte) (record, error) {
	var lines []rawLine
	var found []flaws
	head := bytes.Clone(first)
	for v, size := unclosed, len(first); v == unclosed && size < maxCell; {
		line, err := s.raw()
		if err == io.EOF {
			break
		}
		if err != nil {
			return record{}, err
		}
		line.text = bytes.Clone(line.text)
		lines = append(lines, line)
		if line.cut {
			break
		}
		text, f := s.clean(line.text)
		found = append(found, f)
		size += len(text) + 1
		if v = s.split.feed(text); v == complete {
			return s.joined(found)
		}
	}
	s.again = append(lines, s.again...)
	s.split.lenient(head)
	return s.quoted()
}

// joined takes a record of several lines, with what they hold that is no text.
func (s *textSource) joined(found []flaws) (record, error) {
	for _, f := range found {
		if err := s.noteFlaws(f, s.row); err != nil {
			return record{}, err
		}
	}
	return s.quoted()
}

// quoted takes the cells from the splitter.
func (s *textSource) quoted() (record, error) {
	if s.split.stray {
		if err := s.note(badQuote); err != nil {
			return record{}, err
		}
	}
	s.cells = s.split.strings(s.cells[:0])
	return s.checked(s.split.many)
}

// checked cuts cells that are too long and returns the record.
func (s *textSource) checked(many bool) (record, error) {
	if many {
		if err := s.note(manyCells); err != nil {
			return record{}, err
		}
	}
	for i, c := range s.cells {
		if len(c) <= maxCell {
			continue
		}
		s.cells[i] = strings.ToValidUTF8(c[:maxCell], "")
		if err := s.note(longCell); err != nil {
			return record{}, err
		}
	}
	return record{s.row, s.cells}, nil
}
