package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("ecosystem.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("ecosystem.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON is what an editor's schema check sees of a YAML file.
func asJSON(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestExampleIsAcceptedByReaderAndSchema(t *testing.T) {
	text, err := os.ReadFile("testdata/input-example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Parse("ecosystem.yaml", text); err != nil {
		t.Errorf("the reader refuses it:\n%v", err)
	}
	if err := compiled(t).Validate(asJSON(t, text)); err != nil {
		t.Errorf("the schema refuses it: %v", err)
	}
}

// Each variant replaces one part of the example.
func TestVariantsThatReaderAndSchemaSeeAlike(t *testing.T) {
	text, err := os.ReadFile("testdata/input-example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	schema := compiled(t)
	for _, v := range []struct {
		old, new string
		valid    bool
	}{
		{"vendor: Lumen AI", "vendor: 3", true},
		{"currency: USD", "currency: USD\npartners_x: []", false},
		{"vendor: Lumen AI", "vendr: Lumen AI", false},
		{"as_of: 2026-11-23", "as_of: 23.11.2026", false},
		{"addressable: 14000", "addressable: -1", false},
		{"addressable: 14000", "addressable: many", false},
		{"addressable: 14000", "addressable: [14000]", false},
		{"share: 0.20}", "share: 1.2}", false},
		{"share: 0.20}", "share: 20%}", true},
		{"share: 0.20}", "share: 15%..20%}", true},
		{"share: 0.20}", "share: 0.15 to 0.2}", false},
		{"kind: direct-user", "kind: direct", false},
		{"audience: users", "audience: accounts", false},
		{"stage: managed ", "stage: active ", false},
		{"supplied_by: [vendor, ", "supplied_by: [", true},
		{"{from: td-synnex, share: 0.6, edge: per-account}", "td-synnex", true},
		{"edge: per-account", "edge: sometimes", false},
		{"accounts: lists/cdw.xlsx", "accounts: {file: lists/cdw.xlsx, sheet: Customers}", true},
		{"accounts: lists/cdw.xlsx", "accounts: {sheet: Customers}", false},
		{"account: domain", "account: {column: domain, values: {x: y}}", true},
		{"account: domain", "account: {values: {x: y}}", false},
		{"partner: partner_name", "partner: [A, B]", true},
		{"account: domain", "acount: domain", false},
		{"employees: 200..1999", "employees: [200..1999, 5000..9000]", true},
		{"country: [DE, AT, CH]}   #", "country: [NO, 7]}   #", true},
		{"countries: [DE, AT, CH]", "countries: [NO]", true},
		{"rates: {EUR: 1.08}", "rates: {EUR: 0}", false},
		{"rates: {EUR: 1.08}", "rates: {euro: 1.08}", false},
		{"list_price: 12000", "list_price: 12000 EUR", true},
		{"list_price: 12000", "list_price: EUR 12000", false},
		{"share: 0.4..0.6, basis", "share: 0.4..0.6, of: upstream, basis", true},
		{"share: 0.4..0.6, basis", "share: 0.4..0.6, of: 9000, basis", true},
		{"share: 0.4..0.6, basis", "share: 0.4..0.6, of: channel, basis", false},
		{"id: developers", "id: Developers", false},
		{"drawn: 50", "drawn: 0", false},
		{"own: true", "own: maybe", false},
		{"assumptions: {} ", "assumptions: {sigma: [{between: [reseller, marketplace], value: 0.6}], lost_deal: 5%} ", true},
		{"assumptions: {} ", "assumptions: ", true},
		{"min_users: 5 ", "min_users: none ", false},
		{"owner: j.doe", "owner: ", false},
	} {
		t.Run(v.new, func(t *testing.T) {
			variant := strings.Replace(string(text), v.old, v.new, 1)
			if variant == string(text) {
				t.Fatalf("the example does not hold %q", v.old)
			}
			_, read := Parse("ecosystem.yaml", []byte(variant))
			valid := schema.Validate(asJSON(t, []byte(variant)))
			if (read == nil) != v.valid {
				t.Errorf("the reader says: %v", read)
			}
			if (valid == nil) != v.valid {
				t.Errorf("the schema says: %v", valid)
			}
		})
	}
}

// The schema's keys are walked down from its root, and each one is given to the
// reader, which must know exactly these.
func TestSchemaAndReaderKnowTheSameKeys(t *testing.T) {
	var schema object
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	defs := schema["$defs"].(object)
	checkKeys(t, schema, reflect.TypeFor[Ecosystem]())
	for typ := range structs {
		if typ == reflect.TypeFor[Ecosystem]() {
			continue
		}
		def, ok := defs[strings.ToLower(typ.Name())].(object)
		if !ok {
			t.Errorf("no definition of %s", typ)
			continue
		}
		if forms, ok := def["anyOf"].([]any); ok {
			def = forms[len(forms)-1].(object)
		}
		checkKeys(t, def, typ)
	}
	if len(defs) != len(structs)-1 {
		t.Errorf("%d definitions for %d structs", len(defs), len(structs)-1)
	}
}

func checkKeys(t *testing.T, schema object, typ reflect.Type) {
	t.Helper()
	properties := schema["properties"].(object)
	for key := range properties {
		if unknown := unknownTo(t, typ, key); unknown {
			t.Errorf("the schema has %s.%s, the reader does not", typ.Name(), key)
		}
	}
	for i := range typ.NumField() {
		key, _, _ := strings.Cut(typ.Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		if _, ok := properties[key]; !ok {
			t.Errorf("the field %s.%s is not in the schema as %q", typ.Name(), typ.Field(i).Name, key)
		}
	}
	if !unknownTo(t, typ, "no_such_key") {
		t.Errorf("the reader takes any key for %s", typ.Name())
	}
}

// unknownTo reports whether the reader refuses a key in a mapping of a type.
func unknownTo(t *testing.T, typ reflect.Type, key string) bool {
	t.Helper()
	c := newCollector("x")
	root := parseYAML([]byte(fmt.Sprintf("%s: x\n", key)), c)
	d := decoder{problems: c, where: newPositions()}
	d.mapping(root, reflect.New(typ).Elem(), scope{})
	for _, p := range c.list {
		if strings.Contains(p.Found, "unknown key") {
			return true
		}
	}
	return false
}

func TestEveryKeyIsDescribedOrSaysItself(t *testing.T) {
	plainKeys := map[string]bool{"id": true, "name": true, "kind": true, "segment": true}
	for typ, fields := range structs {
		for _, f := range fields {
			sayItself := plainKeys[f.key] || f.words != nil || f.ref != ""
			if f.doc == "" && !sayItself {
				t.Errorf("%s.%s has no description", typ.Name(), f.key)
			}
		}
	}
}
