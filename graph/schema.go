package graph

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Forms of text in the JSON Schema, as regular expressions. They see what one
// value can show; limits across values are left to the reader.
const (
	numberText   = `[+-]?([0-9]{1,18}(\.[0-9]{1,12})?|\.[0-9]{1,12})`
	wholeText    = `\+?[0-9]{1,18}`
	moneyText    = `^` + numberText + `( +[A-Z]{3})?$`
	intervalText = `^` + numberText + `%?(\.\.` + numberText + `%?)?$`
	countText    = `^` + wholeText + `(\.\.` + wholeText + `)?$`
)

// Schema returns the JSON Schema (draft 2020-12) of the ecosystem file, made
// from the same tags that [Load] reads by. What spans several values, such as
// references, only Load can judge.
func Schema() []byte {
	g := schemas{defs: map[string]any{}}
	root := g.structure(reflect.TypeFor[Ecosystem]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "channelmap ecosystem"
	root["$defs"] = g.defs
	text, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // maps, lists and text always marshal
	}
	return append(text, '\n')
}

// schemas gathers the definitions that the schema refers to.
type schemas struct{ defs map[string]any }

type object = map[string]any

// structure is the schema of a mapping with known keys.
func (g schemas) structure(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, f := range structs[t] {
		s := g.value(f.typ, f)
		if f.doc != "" {
			s = described(s, f.doc)
		}
		properties[f.key] = s
		if f.required {
			required = append(required, f.key)
		}
	}
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// described adds a description without touching a schema that others share.
func described(s object, doc string) object {
	d := object{"description": doc}
	for k, v := range s {
		d[k] = v
	}
	return d
}

// value is the schema of a field, or of a part of it. Lists and mappings may be
// left empty, as they are when everything in them is commented out.
func (g schemas) value(t reflect.Type, f field) object {
	if s, ok := scalars[t]; ok {
		return s.schema(f)
	}
	switch t.Kind() {
	case reflect.Pointer:
		s := g.value(t.Elem(), f)
		if t.Elem().Kind() == reflect.Struct && !isScalar(t.Elem()) {
			return anyOf(s, object{"type": "null"})
		}
		return s
	case reflect.Slice:
		return g.list(t, f)
	case reflect.Map:
		s := object{"type": []string{"object", "null"}, "additionalProperties": g.value(t.Elem(), f)}
		if names := keySchema(f.keys); names != nil {
			s["propertyNames"] = names
		}
		return s
	case reflect.Struct:
		if f.one == "" && f.keys == "" && !isPointer(f.typ) {
			return anyOf(g.reference(t), object{"type": "null"})
		}
		return g.reference(t)
	}
	return textSchema(f)
}

func isPointer(t reflect.Type) bool { return t.Kind() == reflect.Pointer }

func (g schemas) list(t reflect.Type, f field) object {
	item := g.value(t.Elem(), f)
	list := object{"type": "array", "items": item}
	if f.orOne {
		return anyOf(list, item)
	}
	list["type"] = []string{"array", "null"}
	return list
}

// reference defines the schema of a struct once and refers to it.
func (g schemas) reference(t reflect.Type) object {
	name := strings.ToLower(t.Name())
	if _, done := g.defs[name]; !done {
		g.defs[name] = nil
		s := g.structure(t)
		if short, ok := shortField(t); ok {
			s = anyOf(g.value(short.typ, short), s)
		}
		g.defs[name] = s
	}
	return object{"$ref": "#/$defs/" + name}
}

func anyOf(these ...object) object { return object{"anyOf": these} }

// textSchema is that of text. A number or a truth value is read as the text that
// it is written with.
func textSchema(f field) object {
	switch {
	case f.words != nil:
		return object{"enum": f.words}
	case f.is == "id":
		return object{"type": []string{"string", "number"}, "pattern": idForm.String()}
	case f.is == "currency":
		return object{"type": "string", "pattern": currencyCode.String()}
	case f.is == "country":
		return object{"type": "string", "pattern": countryForm.String()}
	}
	s := object{"type": []string{"string", "number", "boolean"}}
	if f.required {
		s["minLength"] = 1
	}
	return s
}

func keySchema(keys string) object {
	switch keys {
	case "currency":
		return object{"pattern": currencyCode.String()}
	case "column":
		return object{"enum": columnKeys["lists"]}
	case "mapping":
		return object{"enum": allColumnKeys()}
	}
	return nil
}

// limited adds the limits of a field's rule to a schema of numbers.
func limited(s object, f field) object {
	switch f.is {
	case "share":
		s["minimum"], s["maximum"] = 0, 1
	case "count", "amount":
		s["minimum"] = 0
	case "positive":
		s["exclusiveMinimum"] = 0
	}
	return s
}

func boolSchema(field) object { return object{"type": "boolean"} }

func wholeSchema(f field) object {
	return anyOf(limited(object{"type": "integer"}, f), object{"type": "string", "pattern": "^" + wholeText + "$"})
}

func decimalSchema(f field) object {
	return anyOf(limited(object{"type": "number"}, f), object{"type": "string", "pattern": "^" + numberText + "$"})
}

func numberSchema(f field) object {
	return anyOf(limited(object{"type": "number"}, f), object{"type": "string", "pattern": "^" + numberText + "%?$"})
}

func intervalSchema(f field) object {
	if f.is == "count" {
		return anyOf(limited(object{"type": "integer"}, f), object{"type": "string", "pattern": countText})
	}
	return anyOf(limited(object{"type": "number"}, f), object{"type": "string", "pattern": intervalText})
}

func moneySchema(f field) object {
	return anyOf(limited(object{"type": "number"}, f), object{"type": "string", "pattern": moneyText})
}

func dateSchema(field) object {
	return object{"type": "string", "pattern": `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`}
}

func shareOfSchema(field) object {
	return anyOf(object{"const": "upstream"}, object{"type": "number", "exclusiveMinimum": 0})
}
