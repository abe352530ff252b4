package render

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
)

// printedTypes are the reports that are written as JSON.
var printedTypes = []reflect.Type{
	reflect.TypeFor[analysis.Audit](), reflect.TypeFor[analysis.Overlaps](), reflect.TypeFor[analysis.Account](),
	reflect.TypeFor[analysis.Paths](), reflect.TypeFor[analysis.Uncovered](), reflect.TypeFor[CheckReport](),
	reflect.TypeFor[analysis.Evidence](), reflect.TypeFor[analysis.Map](), reflect.TypeFor[analysis.Conflicts](),
	reflect.TypeFor[analysis.Live](), reflect.TypeFor[analysis.Vet](),
	reflect.TypeFor[analysis.Snapshot](), reflect.TypeFor[analysis.Diff](),
	reflect.TypeFor[conflict.Doc](), // findings prints an array of them
}

// structTypes lists every struct that a report leads to, but for those that
// write themselves.
func structTypes(t reflect.Type, seen map[reflect.Type]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		structTypes(t.Elem(), seen)
	case reflect.Struct:
		if seen[t] || t.Implements(reflect.TypeFor[json.Marshaler]()) {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				structTypes(f.Type, seen)
			}
		}
	}
}

// documented gives the names in the first column of the tables of each section.
func documented(t *testing.T, file, heading string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../docs/" + file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	section := ""
	name := regexp.MustCompile("`([a-z_][a-z_0-9]*)`")
	for _, line := range strings.Split(string(text), "\n") {
		if title, ok := strings.CutPrefix(line, heading); ok {
			section = strings.Trim(title, "`")
		}
		if strings.HasPrefix(line, "| `") {
			for _, m := range name.FindAllStringSubmatch(strings.SplitN(line, "|", 3)[1], -1) {
				out[section] = append(out[section], m[1])
			}
		}
	}
	return out
}

// jsonNames lists the names that a struct is written with, in its order. Those of
// an embedded struct stand among its own.
func jsonNames(t *testing.T, s reflect.Type) []string {
	t.Helper()
	var names []string
	for i := range s.NumField() {
		f := s.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported():
		case name != "":
			names = append(names, name)
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			names = append(names, jsonNames(t, f.Type)...)
		default:
			t.Errorf("%s.%s has no JSON name of its own", s.Name(), f.Name)
		}
	}
	return names
}

func TestEveryJSONFieldIsDocumented(t *testing.T) {
	docs := documented(t, "json.md", "### ")
	seen := map[reflect.Type]bool{}
	for _, p := range printedTypes {
		structTypes(p, seen)
	}
	for s := range seen {
		names := jsonNames(t, s)
		if got := docs[s.Name()]; !slices.Equal(got, names) && len(names) > 0 {
			t.Errorf("docs/json.md has for %s\n%v, the report\n%v", s.Name(), got, names)
		}
		delete(docs, s.Name())
	}
	for section := range docs {
		t.Errorf("docs/json.md describes %s, which no report has", section)
	}
}

func TestArraysAreNeverNull(t *testing.T) {
	for _, p := range printedTypes {
		report := reflect.New(p)
		var out bytes.Buffer
		if err := writeJSON(&out, report.Interface()); err != nil {
			t.Fatal(err)
		}
		var back any
		if err := json.Unmarshal(out.Bytes(), &back); err != nil {
			t.Fatal(err)
		}
		fields := back.(map[string]any)
		for i := range p.NumField() {
			name, _, _ := strings.Cut(p.Field(i).Tag.Get("json"), ",")
			if p.Field(i).Type.Kind() == reflect.Slice && fields[name] == nil {
				t.Errorf("%s.%s is null", p.Name(), name)
			}
		}
	}
}

func TestArraysWithinArraysAreNeverNull(t *testing.T) {
	var out bytes.Buffer
	a := &analysis.Account{Records: []analysis.AccountRecord{{}}}
	if err := writeJSON(&out, a); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"sellers": []`, `"cells": {}`, `"notices": []`, `"value": null`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, out.String())
		}
	}
}

func TestJSONGivesNamesBack(t *testing.T) {
	for _, name := range hostileTexts {
		var out bytes.Buffer
		if err := writeJSON(&out, &analysis.SellerRef{Name: name}); err != nil {
			t.Fatal(err)
		}
		var back analysis.SellerRef
		if err := json.Unmarshal(out.Bytes(), &back); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		if want := strings.ToValidUTF8(name, "\ufffd"); back.Name != want {
			t.Errorf("%q came back as %q", name, back.Name)
		}
	}
}

func TestJSONLeavesMarkupAsItIs(t *testing.T) {
	var out bytes.Buffer
	if err := writeJSON(&out, &analysis.SellerRef{Name: "<b>&"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"<b>&"`) {
		t.Errorf("markup was escaped: %s", out.String())
	}
}
