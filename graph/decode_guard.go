package graph

import (
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// Limits of nesting and repetition. The parser recurses with depth and, in a
// block mapping, once for each key, and a stack that overflows cannot be
// recovered from. Its time grows with the square of the keys of a block mapping
// and with each value left empty.
const (
	maxDepth     = 64
	maxIndent    = 256 // columns
	maxBlockKeys = 2000
	maxEmpty     = 1000
)

// guard looks through the tokens before the parser does, for what the parser
// would need too much time or stack for, and for parts of YAML that are not
// used here. It returns the first problem.
func guard(tokens token.Tokens) *Problem {
	var g guarding
	var plain token.Tokens
	for _, t := range tokens {
		if t.Type != token.CommentType {
			plain = append(plain, t)
		}
	}
	for i, t := range plain {
		var next *token.Token
		if i+1 < len(plain) {
			next = plain[i+1]
		}
		if found, expected := g.step(t, next); found != "" {
			return &Problem{
				Position: Position{Line: t.Position.Line, Column: t.Position.Column},
				Found:    found, Expected: expected,
			}
		}
		g.before, g.last = g.last, t
	}
	return nil
}

// guarding is what guard remembers from token to token.
type guarding struct {
	flows        []flowLevel  // open brackets and braces
	blocks       []blockLevel // open block mappings, outermost first
	empty        int          // values left empty
	before, last *token.Token // the two tokens before
}

type flowLevel struct {
	braces bool
	keys   int // since the last comma
}

type blockLevel struct{ column, keys int }

func (g *guarding) step(t, next *token.Token) (found, expected string) {
	if found, expected = g.unused(t); found != "" {
		return found, expected
	}
	if g.isEmpty(t, next) {
		g.empty++
	}
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		g.flows = append(g.flows, flowLevel{braces: t.Type == token.MappingStartType})
	case token.SequenceEndType, token.MappingEndType:
		g.flows = g.flows[:max(0, len(g.flows)-1)]
	case token.CollectEntryType:
		if len(g.flows) > 0 {
			g.flows[len(g.flows)-1].keys = 0
		}
	case token.SequenceEntryType:
		g.leave(t.Position.Column)
	case token.MappingValueType:
		if !g.key() {
			return "a comma is missing before this key", "{key: value, key: value}"
		}
	}
	return g.tooMuch(t)
}

// unused finds the parts of YAML that have no meaning here. Most of them also
// take the parser a step of recursion each.
func (g *guarding) unused(t *token.Token) (found, expected string) {
	switch t.Type {
	case token.TagType:
		return "the tag " + quote(t.Value) + " has no meaning here", "the value without it, in quotes where it is text"
	case token.DirectiveType:
		return "a directive has no meaning here", "no line that begins with %"
	case token.MappingKeyType:
		return "keys are not written with ?", "key: value"
	case token.MergeKeyType:
		return "merge keys are not read", "the keys themselves instead of <<"
	case token.AnchorType:
		if g.before != nil && g.before.Type == token.AnchorType {
			return "an anchor follows an anchor", "one anchor for a value"
		}
	}
	return "", ""
}

// isEmpty reports whether no value follows where one is due.
func (g *guarding) isEmpty(t, next *token.Token) bool {
	flow := len(g.flows) > 0
	switch {
	case t.Type == token.MappingValueType && flow:
		return next == nil || endsFlowValue(next)
	case t.Type == token.MappingValueType && g.last != nil:
		return next == nil || next.Position.Line > t.Position.Line && next.Position.Column <= g.last.Position.Column
	case t.Type == token.SequenceEntryType:
		return next == nil || next.Position.Line > t.Position.Line && next.Position.Column <= t.Position.Column
	case flow && next != nil && endsFlowValue(next):
		level := g.flows[len(g.flows)-1]
		return level.braces && level.keys == 0
	}
	return false
}

func endsFlowValue(t *token.Token) bool {
	return t.Type == token.CollectEntryType || t.Type == token.MappingEndType || t.Type == token.SequenceEndType
}

// leave closes the block mappings that begin right of a column.
func (g *guarding) leave(column int) {
	for len(g.blocks) > 0 && g.blocks[len(g.blocks)-1].column > column {
		g.blocks = g.blocks[:len(g.blocks)-1]
	}
}

// key counts the key before a colon, and reports false where two follow each
// other in a flow without a comma.
func (g *guarding) key() bool {
	if n := len(g.flows); n > 0 {
		g.flows[n-1].keys++
		return g.flows[n-1].keys < 2
	}
	if g.last == nil {
		return true
	}
	column := g.last.Position.Column
	g.leave(column)
	if n := len(g.blocks); n == 0 || g.blocks[n-1].column < column {
		g.blocks = append(g.blocks, blockLevel{column: column})
	}
	g.blocks[len(g.blocks)-1].keys++
	return true
}

func (g *guarding) tooMuch(t *token.Token) (found, expected string) {
	indented := t.Type == token.SequenceEntryType && len(g.flows) == 0 && t.Position.Column > maxIndent
	switch {
	case len(g.flows) > maxDepth || len(g.blocks) > maxDepth || indented:
		return "values are nested too deeply", fmt.Sprintf("at most %d levels", maxDepth)
	case len(g.blocks) > 0 && g.blocks[len(g.blocks)-1].keys > maxBlockKeys:
		return fmt.Sprintf("a mapping has more than %d keys", maxBlockKeys), "fewer; lists of accounts belong into files of their own"
	case g.empty > maxEmpty:
		return fmt.Sprintf("more than %d values are left empty", maxEmpty), "no keys without a value"
	}
	return "", ""
}
