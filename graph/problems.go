package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxProblems is how many problems are kept; further ones are only counted. No
// person reads more, and hostile input must not fill the memory with them.
const maxProblems = 1000

// Problem is one thing that is wrong with an ecosystem.
type Problem struct {
	File     string   // the ecosystem file; empty for an ecosystem built in memory
	Position Position // zero for an ecosystem built in memory
	Found    string   // what is wrong, as a clause without a full stop
	Expected string   // what to write instead; may be empty
	Hint     string   // the nearest known name, or what would help; may be empty
}

// Sentence says what was found, what was expected and what may help.
func (p Problem) Sentence() string {
	s := p.Found
	if p.Expected != "" {
		s += "; expected " + p.Expected
	}
	if p.Hint != "" {
		s += "; " + p.Hint
	}
	return s
}

// String writes the problem as file:line:column: sentence.
func (p Problem) String() string {
	if p.Position == (Position{}) {
		if p.File == "" {
			return p.Sentence()
		}
		return p.File + ": " + p.Sentence()
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Position.Line, p.Position.Column, p.Sentence())
}

// Problems is the error that [Load], [Parse] and [Check] return: everything
// that is wrong, in the order of the file, each problem once.
type Problems struct {
	List []Problem
	More int // found beyond the first thousand, and not kept
}

// Error writes one problem per line.
func (p *Problems) Error() string {
	lines := make([]string, 0, len(p.List)+1)
	for _, problem := range p.List {
		lines = append(lines, problem.String())
	}
	if p.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more problems", p.More))
	}
	return strings.Join(lines, "\n")
}

// collector gathers problems while a file is read and checked.
type collector struct {
	file   string
	widths []int // characters of each line of the file; nil without one
	seen   map[Problem]bool
	list   []Problem
	more   int
}

func newCollector(file string) *collector {
	return &collector{file: file, seen: map[Problem]bool{}}
}

// full reports whether further problems are only counted. Callers use it to
// save the search for hints that nobody will read.
func (c *collector) full() bool { return len(c.list) >= maxProblems }

func (c *collector) add(p Problem) {
	p.File, p.Position = c.file, c.inside(p.Position)
	switch {
	case c.seen[p]:
	case c.full():
		c.more++
	default:
		c.seen[p] = true
		c.list = append(c.list, p)
	}
}

// inside moves a position into the file. The parser places an empty value, and
// some errors, beyond the end of a line.
func (c *collector) inside(p Position) Position {
	if c.widths == nil {
		return p
	}
	p.Line = min(max(p.Line, 1), len(c.widths))
	p.Column = min(max(p.Column, 1), c.widths[p.Line-1]+1)
	return p
}

// err returns what was gathered as *Problems, or nil where nothing was.
func (c *collector) err() error {
	if len(c.list) == 0 {
		return nil
	}
	slices.SortStableFunc(c.list, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Position.Line, b.Position.Line),
			cmp.Compare(a.Position.Column, b.Position.Column),
			cmp.Compare(a.Sentence(), b.Sentence()),
		)
	})
	return &Problems{List: c.list, More: c.more}
}

// quote writes a value of the input for a message: control characters escaped,
// long values cut.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// choices names the words that a value may be.
func choices(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return quote(words[0])
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// didYouMean suggests the known word nearest to a written one, or says nothing
// where none is near.
func didYouMean(written string, known []string) string {
	if w := nearest(written, known); w != "" {
		return fmt.Sprintf("did you mean %s?", quote(w))
	}
	return ""
}

// nearest returns the known word with the smallest edit distance from a written
// one, the first in the alphabet of several. Where more than a third of the letters
// would have to change it falls back on a word that begins so, or nothing.
func nearest(written string, known []string) string {
	const longest = 64
	w := []rune(strings.ToLower(written))
	if len(w) == 0 || len(w) > longest {
		return ""
	}
	best, at := "", max(1, len(w)/3)+1
	for _, k := range known {
		r := []rune(strings.ToLower(k))
		if len(r) > longest || len(r)-len(w) >= at || len(w)-len(r) >= at {
			continue
		}
		if d := distance(w, r); d < at || d == at && best != "" && k < best {
			best, at = k, d
		}
	}
	if best == "" && len(w) >= 3 {
		return startingWith(written, known)
	}
	return best
}

// startingWith returns the first of the known words that a written one begins:
// "mid" for "mid-market-it".
func startingWith(written string, known []string) string {
	for _, k := range known {
		if strings.HasPrefix(k, written) {
			return k
		}
	}
	return ""
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour to turn a into b (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
