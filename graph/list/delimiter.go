package list

import (
	"bytes"
	"fmt"
	"strings"
)

// delimiters are those that are looked for, the likeliest first.
var delimiters = []byte{',', ';', '\t', '|'}

// delimiterSample is how much of a text the detection looks at, in bytes.
const delimiterSample = 32 << 10

// parseDelimiter returns the delimiter that a list names, 0 for none.
func parseDelimiter(s string) (byte, error) {
	switch name := strings.ToLower(s); name {
	case "":
		return 0, nil
	case `\t`:
		return '\t', nil
	default:
		for d, word := range delimiterNames {
			if word == name {
				return d, nil
			}
		}
	}
	if len(s) == 1 && s[0] < 0x80 && !strings.Contains("\"\r\n\x00", s) {
		return s[0], nil
	}
	return 0, fmt.Errorf("delimiter %q is not one character; write one such as \",\", \";\", \"|\" or tab", s)
}

// delimiterNames are the words for delimiters, which show better than themselves.
var delimiterNames = map[byte]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "pipe"}

// delimiterName writes a delimiter as parseDelimiter reads it.
func delimiterName(d byte) string {
	if name, ok := delimiterNames[d]; ok {
		return name
	}
	return string(rune(d))
}

// detectDelimiter chooses the delimiter under which the first lines of a file
// hold most headers that serve a key; where that does not decide, the one that
// cuts most lines into most cells of one number. The preferred one wins a tie.
func detectDelimiter(sample []byte, preferred byte, serving func(cells []string) int) byte {
	best, bestHeaders, bestScore := preferred, -1, -1.0
	for _, d := range append([]byte{preferred}, delimiters...) {
		if d == preferred && bestHeaders >= 0 {
			continue // looked at first
		}
		rows, counts := splitSample(sample, d)
		headers := 0
		for _, cells := range rows {
			headers = max(headers, serving(cells))
		}
		score := consistency(counts)
		if headers > bestHeaders || headers == bestHeaders && score > bestScore {
			best, bestHeaders, bestScore = d, headers, score
		}
	}
	return best
}

// splitSample cuts a sample as a careful reader does, without its recovery. It
// returns the cells of the rows that may be the header, and of every row how
// many cells it has.
func splitSample(sample []byte, d byte) (first [][]string, counts []int) {
	lines := newLineReader(bytes.NewReader(sample), len(sample)+1)
	s := splitter{delim: d}
	for {
		line, _, err := lines.next()
		if err != nil {
			return first, counts
		}
		switch s.feed(line) {
		case unclosed:
			continue
		case misquoted:
			s.lenient(line)
		}
		if len(s.text) > 0 {
			if len(first) < headerRows {
				first = append(first, s.strings(nil))
			}
			counts = append(counts, len(s.ends))
		}
		s.reset()
	}
}

// consistency is the share of rows with the commonest number of cells, weighed
// with that number: 0 where most rows are of one cell.
func consistency(rows []int) float64 {
	counts := map[int]int{}
	for _, cells := range rows {
		counts[cells]++
	}
	best := 0.0
	for cells, n := range counts {
		best = max(best, float64(n)/float64(len(rows))*float64(cells-1))
	}
	return best
}
