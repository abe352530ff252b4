package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxProblems is how many problems are kept; further ones are only counted. No
// person reads more, and hostile input must not fill the memory with them.
const maxProblems = 1000

// maxHints is after how many problems no more near names are looked for.
const maxHints = 100

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

// hints reports whether the search for the nearest known name is still worth its
// time, which hostile input can make long.
func (c *collector) hints() bool { return len(c.list) < maxHints }

func (c *collector) add(p Problem) {
	p.File, p.Position = c.file, c.inside(p.Position)
	switch {
	case c.seen[p]:
	case len(c.list) == maxProblems:
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
