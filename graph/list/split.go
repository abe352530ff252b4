package list

import (
	"bytes"
)

// splitter cuts lines into cells as RFC 4180 says, and tells where a line does
// not keep to it. One line is fed after another while a quoted cell is open.
type splitter struct {
	delim byte
	text  []byte // the cells so far, one after another
	ends  []int  // where in text each ends
	open  bool   // within a quoted cell
	stray bool   // a quotation mark stands within an unquoted cell
	many  bool   // there were more cells than maxCells
}

// verdict says how far a line brought a record.
type verdict uint8

const (
	complete verdict = iota
	unclosed         // a quoted cell goes on in the next line
	misquoted
)

func (s *splitter) reset() {
	s.text, s.ends, s.open, s.stray, s.many = s.text[:0], s.ends[:0], false, false, false
}

// end ends a cell.
func (s *splitter) end() {
	if len(s.ends) == maxCells {
		s.many = true
		return
	}
	s.ends = append(s.ends, len(s.text))
}

// feed adds a line.
func (s *splitter) feed(line []byte) verdict {
	if s.open {
		s.text = append(s.text, '\n')
	}
	for {
		switch {
		case s.open:
			n, v := s.quoted(line)
			if v != complete {
				return v
			}
			line = line[n:]
		case len(line) > 0 && line[0] == '"':
			s.open = true
			line = line[1:]
			continue
		default:
			n, ok := s.unquoted(line)
			if !ok {
				return misquoted
			}
			line = line[n:]
		}
		s.end()
		if len(line) == 0 {
			return complete
		}
		line = line[1:] // the delimiter
	}
}

// quoted takes the rest of a quoted cell up to the delimiter or the line's end.
func (s *splitter) quoted(line []byte) (int, verdict) {
	for i := 0; ; {
		j := bytes.IndexByte(line[i:], '"')
		if j < 0 {
			s.text = append(s.text, line[i:]...)
			return 0, unclosed
		}
		s.text = append(s.text, line[i:i+j]...)
		i += j + 1
		switch {
		case i == len(line) || line[i] == s.delim:
			s.open = false
			return i, complete
		case line[i] == '"':
			s.text = append(s.text, '"')
			i++
		default:
			return 0, misquoted
		}
	}
}

// unquoted takes a cell up to the delimiter or the line's end. A quotation mark
// within it is text; one after nothing but spaces is taken for a misplaced
// opening one.
func (s *splitter) unquoted(line []byte) (int, bool) {
	n := bytes.IndexByte(line, s.delim)
	if n < 0 {
		n = len(line)
	}
	if q := bytes.IndexByte(line[:n], '"'); q >= 0 {
		if len(bytes.TrimLeft(line[:q], " \t")) == 0 {
			return 0, false
		}
		s.stray = true
	}
	s.text = append(s.text, line[:n]...)
	return n, true
}

// lenient cuts a line that does not keep to the rules, by itself: spaces may
// stand around quotes, quotation marks within quotes are text, and one that is
// never closed is left out.
func (s *splitter) lenient(line []byte) {
	s.reset()
	s.stray = true
	for {
		cell, n := lenientCell(line, s.delim)
		s.text = append(s.text, cell...)
		s.end()
		if n == len(line) {
			return
		}
		line = line[n+1:]
	}
}

// lenientCell returns the first cell of a line and where it ends.
func lenientCell(line []byte, delim byte) (cell []byte, n int) {
	end := bytes.IndexByte(line, delim)
	if end < 0 {
		end = len(line)
	}
	lead := 0
	for lead < end && (line[lead] == ' ' || line[lead] == '\t') {
		lead++
	}
	if lead == end || line[lead] != '"' {
		return line[:end], end
	}
	body := line[lead+1:]
	if stop, after, ok := closing(body, delim); ok {
		return bytes.ReplaceAll(body[:stop], []byte(`""`), []byte(`"`)), lead + 1 + after
	}
	return line[lead+1 : max(end, lead+1)], max(end, lead+1)
}

// closing finds the quotation mark that closes a cell: the first one, doubled
// ones aside, that stands before a delimiter or the line's end. It returns
// where the mark is and where the cell ends after it.
func closing(body []byte, delim byte) (stop, after int, ok bool) {
	for i := 0; i < len(body); i++ {
		if body[i] != '"' {
			continue
		}
		if i+1 < len(body) && body[i+1] == '"' {
			i++
			continue
		}
		after = i + 1
		for after < len(body) && body[after] == ' ' && delim != ' ' {
			after++
		}
		if after == len(body) || body[after] == delim {
			return i, after, true
		}
	}
	return 0, 0, false
}

// strings returns the cells, which share one string.
func (s *splitter) strings(into []string) []string {
	text, start := string(s.text), 0
	for _, end := range s.ends {
		into = append(into, text[start:end])
		start = end
	}
	return into
}
