package graph

import (
	"reflect"
	"strings"
)

// field is one key of a mapping in the input, as the tags of a struct field
// declare it. Reader, checks and JSON Schema all work from it.
type field struct {
	index    int
	key      string
	typ      reflect.Type
	required bool
	short    bool     // its value alone may stand for the whole mapping
	orOne    bool     // one value may stand for a list of one
	one      string   // what an element is called in messages
	is       string   // the rule for its values, see rules
	ref      string   // what its values name
	keys     string   // what the keys of a free mapping are: currency or column
	words    []string // all that its values may be; nil where free
	doc      string
}

// words of the types that have a closed set of values.
var words = map[reflect.Type][]string{
	reflect.TypeFor[Audience]():   texts(Users, Buyers),
	reflect.TypeFor[Kind]():       kindWords(),
	reflect.TypeFor[Equity]():     texts(EquityOwn, EquityReach, EquityDepth, EquityPower),
	reflect.TypeFor[Role]():       texts(RoleSource, RoleTransact, RoleDeliver, RoleEmbed, RoleHost),
	reflect.TypeFor[Status]():     texts(Customer, Open, Relationship, Target),
	reflect.TypeFor[Stage]():      texts(Researched, Negotiating, Signed, Activated, Nurtured, Managed, Ended),
	reflect.TypeFor[Slug]():       texts(slugs...),
	reflect.TypeFor[Edge]():       texts(PerAccount, WholePath),
	reflect.TypeFor[Layout]():     texts(LayoutLong, LayoutPartner, LayoutWide),
	reflect.TypeFor[Undeclared](): texts(UndeclaredAdd, UndeclaredReject, UndeclaredGrey),
}

func texts[T ~string](values ...T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func kindWords() []string {
	var all []string
	for _, f := range kinds {
		all = append(all, string(f.Kind))
	}
	return all
}

// structs holds the fields of every struct of the input.
var structs = map[reflect.Type][]field{}

func init() { addStruct(reflect.TypeFor[Ecosystem]()) }

// addStruct enters t and the structs that its fields hold.
func addStruct(t reflect.Type) {
	if _, done := structs[t]; done {
		return
	}
	structs[t] = nil // a type that holds itself would end here
	for i := range t.NumField() {
		f, ok := parseField(t.Field(i))
		if !ok {
			continue
		}
		f.index = i
		structs[t] = append(structs[t], f)
		if e := element(f.typ); e.Kind() == reflect.Struct && !isScalar(e) {
			addStruct(e)
		}
	}
}

// element is the type at the bottom of pointers, lists and maps.
func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return t
}

func parseField(s reflect.StructField) (field, bool) {
	key, options, _ := strings.Cut(s.Tag.Get("yaml"), ",")
	if key == "" || key == "-" {
		return field{}, false
	}
	f := field{
		key: key, typ: s.Type,
		one: s.Tag.Get("one"), is: s.Tag.Get("is"), ref: s.Tag.Get("ref"),
		keys: s.Tag.Get("keys"), doc: s.Tag.Get("doc"),
		words: words[element(s.Type)],
	}
	if w := s.Tag.Get("enum"); w != "" {
		f.words = strings.Split(w, "|")
	}
	for _, o := range strings.Split(options, ",") {
		f.required = f.required || o == "required"
		f.short = f.short || o == "short"
		f.orOne = f.orOne || o == "orone"
	}
	return f, true
}

// shortField returns the field whose value may stand for a whole struct.
func shortField(t reflect.Type) (field, bool) {
	for _, f := range structs[t] {
		if f.short {
			return f, true
		}
	}
	return field{}, false
}

func keysOf(t reflect.Type) []string {
	var all []string
	for _, f := range structs[t] {
		all = append(all, f.key)
	}
	return all
}

func fieldNamed(fields []field, key string) (field, bool) {
	for _, f := range fields {
		if f.key == key {
			return f, true
		}
	}
	return field{}, false
}
