package graph

import (
	"cmp"
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml/ast"
)

// maxValues bounds what aliases may make of a file: a few lines can stand for
// thousands of millions of values.
const maxValues = 500_000

// decoder turns the tree of a YAML file into an Ecosystem by the tags of its
// structs, and remembers where every value stood.
type decoder struct {
	problems *collector
	where    *positions
	anchors  map[string]ast.Node
	values   int // read so far
}

// decode reads a file's root into e.
func decode(root ast.Node, e *Ecosystem, c *collector) {
	d := &decoder{problems: c, where: newPositions(), anchors: map[string]ast.Node{}}
	d.findAnchors(root)
	d.where.root = positionOf(root)
	e.where = d.where
	d.mapping(root, reflect.ValueOf(e).Elem(), scope{})
	if d.values > maxValues {
		c.add(Problem{Position: d.where.root, Found: fmt.Sprintf("with its aliases the file stands for more than %d values", maxValues), Expected: "a smaller file"})
	}
}

// complain adds a problem with a value, and marks the mapping around it.
func (d *decoder) complain(at Position, s scope, found, expected, hint string) {
	d.where.broken[s.in] = true
	d.problems.add(Problem{Position: at, Found: found, Expected: expected, Hint: hint})
}

// value reads the value of a field, or of one element of it, into v.
func (d *decoder) value(n ast.Node, v reflect.Value, f field, s scope) {
	if d.values++; d.values > maxValues {
		return
	}
	at := positionOf(n)
	d.where.values[spot{s.in, s.path}] = at
	if n = d.resolve(n, s); n == nil {
		return
	}
	_, null := n.(*ast.NullNode)
	switch {
	case isScalar(v.Type()) || v.Kind() == reflect.String:
		d.scalar(n, at, v, f, s)
	case v.Kind() == reflect.Pointer && null && !isScalar(v.Type().Elem()):
	case v.Kind() == reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		d.value(n, p.Elem(), f, s)
		v.Set(p)
	case null && v.Kind() == reflect.Struct && (f.one != "" || f.keys != ""):
		d.complain(at, s, s.label+" is empty", "a value, or nothing at all", "")
	case null: // a list or mapping with everything in it commented out
	case v.Kind() == reflect.Slice:
		d.list(n, v, f, s)
	case v.Kind() == reflect.Map:
		d.free(n, v, f, s)
	default:
		d.structure(n, v, s)
	}
}

// structure reads a struct from a mapping, or from the value alone that may
// stand for it.
func (d *decoder) structure(n ast.Node, v reflect.Value, s scope) {
	if short, ok := shortField(v.Type()); ok {
		if _, isMapping := n.(*ast.MappingNode); !isMapping {
			inner := s.inside(s.label, s.path, positionIf(v, n))
			setAt(v, positionOf(n))
			d.value(n, v.Field(short.index), short, scope{label: s.label, in: inner.in, path: inner.join(short.key)})
			return
		}
	}
	d.mapping(n, v, s)
}

// positionIf is the position of n where v remembers its own.
func positionIf(v reflect.Value, n ast.Node) Position {
	if v.FieldByName("At").IsValid() {
		return positionOf(n)
	}
	return Position{}
}

func setAt(v reflect.Value, at Position) {
	if f := v.FieldByName("At"); f.IsValid() {
		f.Set(reflect.ValueOf(at))
	}
}

// mapping reads a struct key by key. The label of s is already that of the
// mapping.
func (d *decoder) mapping(n ast.Node, v reflect.Value, s scope) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.wrongType(n, s, cmp.Or(s.label, "the file"), "keys with values, such as "+example(v.Type()))
		return
	}
	s = s.inside(s.label, s.path, positionIf(v, n))
	setAt(v, positionOf(n))
	fields := structs[v.Type()]
	seen := map[string]bool{}
	for _, kv := range m.Values {
		key, ok := d.key(kv, seen, s)
		if !ok {
			continue
		}
		f, known := fieldNamed(fields, key)
		if !known {
			d.unknownKey(kv, key, keysOf(v.Type()), s)
			continue
		}
		inner := scope{label: s.label, in: s.in, path: s.join(f.key)}
		d.value(kv.Value, v.Field(f.index), f, d.labelled(inner, f, s))
	}
	for _, f := range fields {
		if f.required && !seen[f.key] {
			d.where.broken[s.in] = true
			d.problems.add(missing(positionOf(n), f, s))
		}
	}
}

// labelled gives a scope the label that the mapping or list under key f has.
func (d *decoder) labelled(inner scope, f field, outer scope) scope {
	if t := element(f.typ); t.Kind() == reflect.Struct && !isScalar(t) && f.one == "" && f.typ.Kind() != reflect.Map {
		inner.label = outer.describe(f.key)
	}
	return inner
}

// key returns the text of a key, and false where it was seen before or is none.
func (d *decoder) key(kv *ast.MappingValueNode, seen map[string]bool, s scope) (string, bool) {
	at := positionOf(kv.Key)
	node, ok := d.resolve(kv.Key, s).(ast.ScalarNode)
	if !ok {
		d.complain(at, s, "a key is no text", "key: value", "")
		return "", false
	}
	key, ok := text(node)
	if !ok {
		key = node.GetToken().Value
	}
	if seen[key] {
		d.complain(at, s, fmt.Sprintf("key %s is given twice %s", quote(key), s.where()), "each key once", "")
		return "", false
	}
	seen[key] = true
	return key, true
}

func (d *decoder) unknownKey(kv *ast.MappingValueNode, key string, known []string, s scope) {
	p := Problem{Position: positionOf(kv.Key), Found: fmt.Sprintf("unknown key %s %s", quote(key), s.where())}
	if !d.problems.hints() {
		d.problems.add(p)
		return
	}
	if p.Hint = didYouMean(key, known); p.Hint == "" {
		p.Expected = "one of " + choices(known)
	}
	d.where.broken[s.in] = true
	d.problems.add(p)
}

// list reads a list, or the one value that may stand for it.
func (d *decoder) list(n ast.Node, v reflect.Value, f field, s scope) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok && f.orOne {
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		d.value(n, v.Index(0), f, d.element(n, f, s, 0))
		return
	}
	if !ok {
		d.wrongType(n, s, s.describe(f.key), "a list such as [a, b]")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	for i, e := range seq.Values {
		if d.values > maxValues {
			return
		}
		d.value(e, v.Index(i), f, d.element(e, f, s, i))
	}
}

// element is the scope of the i-th element of a list.
func (d *decoder) element(n ast.Node, f field, s scope, i int) scope {
	inner := scope{label: s.label, in: s.in, path: indexed(s.path, i)}
	if f.one != "" {
		inner.label = s.elementLabel(f.one, d.nameOf(n))
	}
	return inner
}

// nameOf finds what an element of a list calls itself.
func (d *decoder) nameOf(n ast.Node) string {
	m, ok := d.target(n).(*ast.MappingNode)
	if !ok {
		return ""
	}
	for _, name := range naming {
		for _, kv := range m.Values {
			value, scalar := kv.Value.(ast.ScalarNode)
			if kv.Key.GetToken().Value != name || !scalar {
				continue
			}
			if t, ok := text(value); ok {
				return t
			}
		}
	}
	return ""
}

// free reads a mapping whose keys are the user's.
func (d *decoder) free(n ast.Node, v reflect.Value, f field, s scope) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.wrongType(n, s, s.describe(f.key), "keys with values, such as {key: value}")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	seen := map[string]bool{}
	for _, kv := range m.Values {
		key, ok := d.key(kv, seen, s)
		if !ok || d.values > maxValues {
			continue
		}
		inner, f := s.under(f, key)
		element := reflect.New(v.Type().Elem()).Elem()
		d.value(kv.Value, element, f, inner)
		d.where.values[spot{s.in, inner.path}] = positionOf(kv.Key)
		v.SetMapIndex(reflect.ValueOf(key), element)
	}
}
