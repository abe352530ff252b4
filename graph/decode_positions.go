package graph

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// spot names a value of the file: the mapping that it is in, by where that
// starts, and the way from there, such as cost.open or products[1]. The root
// mapping is named by the zero Position.
type spot struct {
	in   Position
	path string
}

// positions knows where the values of an ecosystem stand in its file, so that
// checks of the finished ecosystem can say so. A nil *positions knows nothing.
type positions struct {
	root   Position
	values map[spot]Position
	broken map[Position]bool // mappings with values that could not be read
}

func newPositions() *positions {
	return &positions{values: map[spot]Position{}, broken: map[Position]bool{}}
}

// of returns the position of a value, or else of what holds it.
func (p *positions) of(in Position, path string) Position {
	if p == nil {
		return Position{}
	}
	for path != "" {
		if at, ok := p.values[spot{in, path}]; ok {
			return at
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	if in == (Position{}) {
		return p.root
	}
	return in
}

// also gives the position of a value to another that follows from it.
func (p *positions) also(in Position, path, other string) {
	if p == nil {
		return
	}
	at, written := p.values[spot{in, path}]
	if _, own := p.values[spot{in, other}]; written && !own {
		p.values[spot{in, other}] = at
	}
}

// isBroken reports whether something in a mapping could not be read, so that
// what is missing from it may be there and no problem of its own.
func (p *positions) isBroken(in Position) bool { return p != nil && p.broken[in] }

// scope is where the reader or the checker is: what messages call the mapping
// around it, and how positions name it.
type scope struct {
	label string // such as `reach of partner "cdw"`; empty at the top level
	in    Position
	path  string // from in; empty where it begins
}

// join appends a key to the scope's path.
func (s scope) join(key string) string {
	if s.path == "" {
		return key
	}
	return s.path + "." + key
}

// describe names a value of the scope in a message.
func (s scope) describe(key string) string {
	if key == "of" {
		key = `"of"`
	}
	if s.label == "" {
		return key
	}
	return key + " of " + s.label
}

// where writes where a key stands, for messages about the key itself.
func (s scope) where() string {
	if s.label == "" {
		return "at the top level"
	}
	return "in " + s.label
}

// inside is the scope of a mapping under a key of s. A mapping with a position
// of its own names the values in it; others are named by what holds them.
func (s scope) inside(label string, path string, own Position) scope {
	if own != (Position{}) {
		return scope{label: label, in: own}
	}
	return scope{label: label, in: s.in, path: path}
}

// under is the scope of the value under a user's key, and its field by the name
// that messages give it: rates.EUR.
func (s scope) under(f field, key string) (scope, field) {
	inner := scope{label: s.label, in: s.in, path: s.join(key)}
	f.key += "." + key
	if t := element(f.typ); t.Kind() == reflect.Struct && !isScalar(t) {
		inner.label = s.describe(f.key)
	}
	return inner, f
}

// elementLabel is what messages call an element of a list: `segment "it"`, or
// `reach of partner "cdw"`.
func (s scope) elementLabel(one, name string) string {
	label := one
	if name != "" {
		label += " " + quote(name)
	}
	return s.describe(label)
}

// naming are the keys that tell elements of a list apart, best first.
var naming = []string{"id", "file", "name", "finding"}

func indexed(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// positionOf is where a node starts. (The token of a block mapping is its first
// colon.)
func positionOf(n ast.Node) Position {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return positionOf(n.Values[0].Key)
		}
	case *ast.AnchorNode:
		if n.Value != nil {
			return positionOf(n.Value)
		}
	}
	t := n.GetToken()
	if t == nil || t.Position == nil {
		return Position{Line: 1, Column: 1}
	}
	return Position{Line: t.Position.Line, Column: t.Position.Column}
}
