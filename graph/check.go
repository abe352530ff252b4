package graph

import (
	"reflect"
	"slices"
)

// Check tells what is wrong with a completed ecosystem ([Load] and [New]
// complete it): values out of their limits, references that lead nowhere,
// figures that cannot all be true. The error is a [*Problems]; problems of an
// ecosystem built in memory have no positions.
func Check(e *Ecosystem) error {
	c := newCollector(e.File)
	check(e, c)
	return c.err()
}

// check adds what is wrong with e to what the reader found.
func check(e *Ecosystem, problems *collector) {
	read := len(problems.list) == 0 // without a problem so far
	c := &checker{e: e, problems: problems, names: namesOf(e), audience: map[string]Audience{}}
	for _, s := range e.Segments {
		c.audience[s.ID] = s.Audience
	}
	c.structure(reflect.ValueOf(e).Elem(), scope{})
	c.ids()
	c.partners()
	c.supply()
	c.terms()
	c.reaches()
	c.overlaps()
	c.lists()
	if read {
		c.source()
		c.contradictions()
	}
}

// checker goes through an ecosystem.
type checker struct {
	e        *Ecosystem
	problems *collector
	names    names
	audience map[string]Audience // by segment
}

// at is where a value stands: the way to it from the mapping that starts at in.
func (c *checker) at(in Position, path string) Position { return c.e.where.of(in, path) }

// complain adds a problem.
func (c *checker) complain(at Position, found, expected, hint string) {
	c.problems.add(Problem{Position: at, Found: found, Expected: expected, Hint: hint})
}

// structure judges every field of a struct by its tags.
func (c *checker) structure(v reflect.Value, s scope) {
	for _, f := range structs[v.Type()] {
		if f.key == "accounts" && f.typ.Kind() == reflect.Pointer {
			continue // it is among the lists
		}
		inner := scope{label: s.label, in: s.in, path: s.join(f.key)}
		if t := element(f.typ); f.one == "" && t.Kind() == reflect.Struct && !isScalar(t) && f.typ.Kind() != reflect.Map {
			inner.label = s.describe(f.key)
		}
		c.value(v.Field(f.index), f, inner)
	}
}

// value judges the value of a field, or a part of it.
func (c *checker) value(v reflect.Value, f field, s scope) {
	switch {
	case isScalar(v.Type()) || v.Kind() == reflect.String:
		c.leaf(v, f, s)
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			c.value(v.Elem(), f, s)
		}
	case v.Kind() == reflect.Struct:
		c.structure(v, s.inside(s.label, s.path, ownPosition(v)))
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			inner := scope{label: s.label, in: s.in, path: indexed(s.path, i)}
			if f.one != "" {
				inner.label = s.elementLabel(f.one, nameIn(v.Index(i)))
			}
			c.value(v.Index(i), f, inner)
		}
	case v.Kind() == reflect.Map:
		for _, key := range sortedKeys(v) {
			inner, named := s.under(f, key)
			c.key(key, f, inner)
			c.value(v.MapIndex(reflect.ValueOf(key)), named, inner)
		}
	}
}

// ownPosition is where a struct that remembers its position stands.
func ownPosition(v reflect.Value) Position {
	if at := v.FieldByName("At"); at.IsValid() {
		return at.Interface().(Position)
	}
	return Position{}
}

// nameIn is what an element of a list calls itself, as naming has it.
func nameIn(v reflect.Value) string {
	fields := structs[v.Type()]
	for _, name := range naming {
		if f, ok := fieldNamed(fields, name); ok {
			if text := v.Field(f.index).String(); text != "" {
				return text
			}
		}
	}
	return ""
}

// sortedKeys are the keys of a mapping of the user's, in order.
func sortedKeys(v reflect.Value) []string {
	keys := make([]string, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	return keys
}

// key judges a key of a mapping of the user's.
func (c *checker) key(key string, f field, s scope) {
	at := c.at(s.in, s.path)
	switch f.keys {
	case "currency":
		if !currencyCode.MatchString(key) {
			c.complain(at, s.describe(f.key)+" name "+quote(key), "the three letters of a currency, such as EUR", "")
		}
	case "column":
		if known := columnKeys["lists"]; !slices.Contains(known, key) {
			c.unknown(at, s.describe(f.key)+" names column "+quote(key), key, known)
		}
	}
}

// unknown adds the problem of a word that is none of the known ones.
func (c *checker) unknown(at Position, found, word string, known []string) {
	p := Problem{Position: at, Found: found}
	if c.problems.hints() {
		p.Hint = didYouMean(word, known)
		if p.Hint == "" && len(known) > 0 && len(known) <= 30 {
			p.Expected = "one of " + choices(known)
		}
	}
	c.problems.add(p)
}
