package list

import (
	"github.com/channelmap/channelmap/graph"
)

// mark is what a cell under a partner's header says, in the wide layout.
type mark uint8

const (
	noMark mark = iota
	yesMark
	numberMarked
	unclear
)

// yesWords and noWords are marks, folded.
var (
	yesWords = map[string]bool{"1": true, "x": true, "y": true, "yes": true, "true": true, "✓": true, "✔": true,
		"☑": true, "✅": true, "✔️": true, "●": true, "•": true}
	noWords = map[string]bool{"": true, "0": true, "n": true, "no": true, "false": true, "-": true, "–": true,
		"—": true, "n/a": true, "na": true, "none": true, "☐": true, "✗": true, "✘": true, "❌": true}
)

// readMark reads a cell of the wide layout. 1, x, yes, y, true and check marks
// mark the partner; 0, no, n, false, a dash and nothing do not. A word for a
// status marks it with that status. A number above 0 marks it too: what it
// counts the layout does not say, so it is never taken for an amount. Any other
// text is unclear.
func readMark(cell string, f columnFacts) (mark, graph.Status) {
	word := foldText(cell)
	switch {
	case yesWords[word]:
		return yesMark, ""
	case noWords[word]:
		return noMark, ""
	}
	if status, ok := ParseStatus(cell); ok {
		return yesMark, status
	}
	if n, err := parseNumber(cell, f.mark); err == nil {
		switch {
		case n.IsZero():
			return noMark, ""
		case n.Equal(one):
			return yesMark, ""
		case n.IsPositive():
			return numberMarked, ""
		}
	}
	return unclear, ""
}
