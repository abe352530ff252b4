package graph

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/shopspring/decimal"
)

// scalar says how a type of the input that is written as one value is read, and
// what its JSON Schema is. Plain text needs no entry.
type scalar struct {
	expected string // for messages
	read     func(text string) (any, error)
	schema   func(field) map[string]any
}

// scalars holds every such type that is not text.
var scalars = map[reflect.Type]scalar{
	reflect.TypeFor[bool]():            {"true or false", readBool, boolSchema},
	reflect.TypeFor[int]():             {"a whole number such as 14000", readInt, wholeSchema},
	reflect.TypeFor[int64]():           {"a whole number such as 14000", readInt64, wholeSchema},
	reflect.TypeFor[float64]():         {"a number such as 0.35 or 35%", readFloat, numberSchema},
	reflect.TypeFor[decimal.Decimal](): {"a number such as 1.08", readDecimal, decimalSchema},
	reflect.TypeFor[Date]():            {"a date such as 2026-11-23", readWith(ParseDate), dateSchema},
	reflect.TypeFor[Interval]():        {"a number such as 0.35 or 35%, or limits such as 0.3..0.5", readWith(ParseInterval), intervalSchema},
	reflect.TypeFor[Money]():           {"an amount such as 45000 or 45000 EUR", readWith(ParseMoney), moneySchema},
	reflect.TypeFor[ShareOf]():         {"upstream, or a number of members such as 9000", readShareOf, shareOfSchema},
}

func isScalar(t reflect.Type) bool {
	_, ok := scalars[t]
	return ok
}

// scalar reads a value that is written as one.
func (d *decoder) scalar(n ast.Node, at Position, v reflect.Value, f field, s scope) {
	subject := s.describe(f.key)
	if _, null := n.(*ast.NullNode); null {
		d.complain(at, s, subject+" is empty", "a value, or no such key", "")
		return
	}
	node, ok := n.(ast.ScalarNode)
	if !ok {
		d.wrongType(n, s, subject, expectation(v.Type(), f))
		return
	}
	written, _ := text(node)
	form, ok := scalars[v.Type()]
	if !ok {
		v.SetString(written)
		return
	}
	value, err := form.read(written)
	if err != nil {
		d.complain(at, s, subject+" is "+quote(written), form.expected, hintIn(err))
		return
	}
	v.Set(reflect.ValueOf(value))
}

// text is a scalar as it is written, without quotes: 007 and NO stay what they
// are. Nothing at all is no text.
func text(n ast.ScalarNode) (string, bool) {
	switch n := n.(type) {
	case *ast.NullNode:
		return "", false
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return n.GetToken().Value, true
}

// hintIn is what an error adds to the bare fact that a value is of another type.
func hintIn(err error) string {
	var backwards *backwardsError
	if errors.As(err, &backwards) {
		return backwards.hint()
	}
	return ""
}

// wrongType complains of a list or mapping in place of a value, or the other
// way round.
func (d *decoder) wrongType(n ast.Node, s scope, subject, expected string) {
	found := "is one value"
	switch n.(type) {
	case *ast.MappingNode:
		found = "is a mapping of keys"
	case *ast.SequenceNode:
		found = "is a list"
	}
	d.complain(positionOf(n), s, subject+" "+found, expected, "")
}

// expectation says what a scalar of a type looks like.
func expectation(t reflect.Type, f field) string {
	if form, ok := scalars[t]; ok {
		return form.expected
	}
	if f.words != nil {
		return choices(f.words)
	}
	return "text"
}

// example shows the first keys of a mapping.
func example(t reflect.Type) string {
	keys := keysOf(t)
	return "{" + strings.Join(keys[:min(2, len(keys))], ": ..., ") + ": ...}"
}

// missing is the problem of a required key that is not there.
func missing(at Position, f field, s scope) Problem {
	holder := s.label
	if holder == "" {
		holder = "the ecosystem"
	}
	return Problem{Position: at, Found: fmt.Sprintf("%s has no %s", holder, f.key), Expected: "the key " + f.key + " with " + expectation(element(f.typ), f)}
}

func readWith[T any](parse func(string) (T, error)) func(string) (any, error) {
	return func(text string) (any, error) { return parse(text) }
}

func readBool(text string) (any, error) {
	switch text {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return nil, errNotThis
}

// errNotThis says no more than that a text is not of its type.
var errNotThis = errors.New("not a value of this type")

func readInt64(text string) (any, error) {
	if !plainNumber.MatchString(text) {
		return nil, errNotThis
	}
	return strconv.ParseInt(text, 10, 64)
}

func readInt(text string) (any, error) {
	if !plainNumber.MatchString(text) {
		return nil, errNotThis
	}
	return strconv.Atoi(text)
}

func readFloat(text string) (any, error) {
	v, _, err := parseNumber(text)
	return v.InexactFloat64(), err
}

func readDecimal(text string) (any, error) {
	if !plainNumber.MatchString(text) {
		return nil, errNotThis
	}
	return decimal.NewFromString(text)
}

func readShareOf(text string) (any, error) {
	if text == "upstream" {
		return ShareOf{Upstream: true}, nil
	}
	if !plainNumber.MatchString(text) {
		return nil, errNotThis
	}
	v, err := decimal.NewFromString(text)
	if err != nil || !v.IsPositive() {
		return nil, errNotThis
	}
	return ShareOf{Members: v.InexactFloat64()}, nil
}
