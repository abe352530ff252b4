package list

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// sniffJSON tells JSON Lines from text by its first line that is not blank, or,
// of a file so named, by any in the sample: that line may be a broken one. A
// document over several lines is refused.
func sniffJSON(name string, head []byte) (lines bool, err error) {
	text := bytes.ReplaceAll(bytes.TrimPrefix(head, []byte("\ufeff")), []byte{0}, nil) // UTF-16, too
	text = bytes.TrimLeft(bytes.TrimLeft(text, "\xff\xfe"), " \t\r\n")
	first, _, _ := bytes.Cut(bytes.ReplaceAll(text, []byte{'\r'}, []byte{'\n'}), []byte{'\n'})
	switch first = bytes.TrimSpace(first); {
	case isJSONArray(first), string(first) == "{":
		return false, errors.New("is one JSON document, and not JSON Lines; write one object a line, or export it as .csv")
	case beginsObject(first):
		return true, nil
	case extension(name) != ".jsonl" && extension(name) != ".ndjson":
		return false, nil
	}
	for line := range bytes.Lines(text) {
		if beginsObject(bytes.TrimSpace(line)) {
			return true, nil
		}
	}
	return false, nil
}

// beginsObject reports whether a line begins as an object does.
func beginsObject(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte{'{'})
	rest = bytes.TrimLeft(rest, " \t")
	return ok && len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

// isJSONArray reports whether a line begins as a list of objects does.
func isJSONArray(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte{'['})
	rest = bytes.TrimLeft(rest, " \t")
	return ok && (len(rest) == 0 || rest[0] == '{')
}

// jsonSource reads JSON Lines. The keys of the objects in the look-ahead are the
// headers, in order of their first appearance.
type jsonSource struct {
	*textSource
	headers []string
	columns map[string]int // by key; of what is no column, noColumn or lateColumn
	nested  []string       // keys that are no columns
	ahead   []jsonLine
	wanted  []bool // nil for all
	begun   bool   // the headers are delivered
	members []member
	filled  []bool // columns that the object had a value for
}

// jsonLine is a line of the look-ahead.
type jsonLine struct {
	row  int
	text []byte
}

// The columns of keys that have none.
const (
	noColumn   = -1 - iota // it holds nested values alone
	lateColumn             // it was not in the look-ahead
)

// openJSON finds the encoding of JSON Lines, and their keys.
func openJSON(p *plan, n *notes, name string, in io.ReadSeeker, head []byte) (*jsonSource, error) {
	lines, _, err := openLines(p, n, name, in, head)
	if err != nil {
		return nil, err
	}
	s := &jsonSource{textSource: lines, columns: map[string]int{}}
	return s, s.lookAhead()
}

// lookAhead reads the first lines for their keys.
func (s *jsonSource) lookAhead() error {
	keys, size := newKeyLook(), 0
	for len(s.ahead) < maxAhead && size < maxAheadBytes {
		text, err := s.object()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		s.ahead = append(s.ahead, jsonLine{s.row, bytes.Clone(text)})
		size += len(text)
		keys.add(members(text, nil))
	}
	if len(s.ahead) == 0 {
		return fmt.Errorf("%s: there is no JSON object; JSON Lines hold one a line, such as {\"domain\": \"acme.com\"}", s.place)
	}
	return s.assign(keys)
}

// assign makes columns of the keys.
func (s *jsonSource) assign(keys *keyLook) error {
	for _, key := range keys.order {
		switch {
		case keys.nestedOnly(key):
			s.columns[key] = noColumn
			s.nested = append(s.nested, key)
		case len(s.headers) == maxCells:
			s.columns[key] = lateColumn
		default:
			s.columns[key] = len(s.headers)
			s.headers = append(s.headers, key)
		}
	}
	s.cells, s.filled = make([]string, len(s.headers)), make([]bool, len(s.headers))
	if len(s.nested) > 0 {
		return s.notes.add(nestedColumn, s.place, named(s.nested))
	}
	return nil
}

func (s *jsonSource) wants(columns []bool) { s.wanted = columns }

func (s *jsonSource) leftOut() []string { return s.nested }

// next returns the headers, and then the next object; its row is the number of
// its line.
func (s *jsonSource) next() (record, error) {
	if !s.begun {
		s.begun = true
		return record{0, s.headers}, nil
	}
	row, text := 0, []byte(nil)
	if len(s.ahead) > 0 {
		row, text = s.ahead[0].row, s.ahead[0].text
		s.ahead = s.ahead[1:]
	} else {
		var err error
		if text, err = s.object(); err != nil {
			return record{}, err
		}
		row = s.row
	}
	s.members = members(text, s.members[:0])
	return s.objectRecord(row)
}

// object returns the next line that is an object, and steps over blank ones.
func (s *jsonSource) object() ([]byte, error) {
	for {
		line, err := s.line(s.row + 1)
		if err != nil {
			return nil, err
		}
		s.row++
		text := bytes.TrimSpace(line.text)
		switch {
		case line.cut:
			err = s.note(longRecord)
		case len(text) == 0:
		case text[0] == '{' && json.Valid(text):
			return text, nil
		default:
			err = s.note(brokenLine)
		}
		if err != nil {
			return nil, err
		}
	}
}

// objectRecord puts the values of an object under their headers.
func (s *jsonSource) objectRecord(row int) (record, error) {
	clear(s.cells)
	clear(s.filled)
	for _, m := range s.members {
		i, ok := s.columns[string(m.key)]
		if !ok {
			i = lateColumn
		}
		var err error
		switch {
		case i == lateColumn:
			err = s.noteAt(row, lateKey, shorten(m.name()))
		case i == noColumn || i < len(s.wanted) && !s.wanted[i]:
		case s.filled[i]:
			err = s.noteAt(row, repeatedKey, shorten(m.name()))
		default:
			s.filled[i] = true
			s.cells[i], err = s.cell(row, m)
		}
		if err != nil {
			return record{}, err
		}
	}
	return record{row, s.cells}, nil
}

// cell returns the text of a value.
func (s *jsonSource) cell(row int, m member) (string, error) {
	cell, nested := m.cell()
	if nested {
		return "", s.noteAt(row, nestedCell, shorten(m.name()))
	}
	return tidy(cell, func(c code, args ...any) error { return s.noteAt(row, c, args...) })
}

func (s *jsonSource) noteAt(row int, c code, args ...any) error {
	at := s.place
	at.Row = row
	return s.notes.add(c, at, args...)
}
