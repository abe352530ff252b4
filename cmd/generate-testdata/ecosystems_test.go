package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// refused are the ecosystems that are not to load, and words of each problem.
var refused = map[string][]string{
	"small/broken":        {"2026-13-23", `"buyer"`, "colour", `"reseller"`, "alpha", "1.4"},
	"small/cycle":         {"alpha", "beta", "gamma"},
	"small/contradiction": {"alpha", "beta", "gamma", "10%"},
}

// TestEcosystemsLoad loads every example and reads every list of it.
func TestEcosystemsLoad(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(committed, "small", "*", "ecosystem.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no ecosystems found", err)
	}
	for _, file := range append(files, filepath.Join(committed, "lumen", "ecosystem.yaml")) {
		name, _ := filepath.Rel(committed, filepath.Dir(file))
		t.Run(filepath.ToSlash(name), func(t *testing.T) { loadAndRead(t, filepath.ToSlash(name), file) })
	}
}

func loadAndRead(t *testing.T, name, file string) {
	e, err := graph.Load(file)
	if words, ok := refused[name]; ok {
		checkRefusal(t, err, words)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range e.Lists {
		readList(t, e, spec, list.Members)
	}
	for shape, spec := range records(e) {
		if spec != nil {
			readList(t, e, *spec, shape)
		}
	}
}

func checkRefusal(t *testing.T, err error, words []string) {
	t.Helper()
	var problems *graph.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("error %v, want problems that name %v", err, words)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("no problem names %s:\n%v", word, err)
		}
	}
}

// readList reads a list to its end: no row may be lost.
func readList(t *testing.T, e *graph.Ecosystem, spec graph.ListSpec, shape list.Shape) {
	t.Helper()
	rows := 0
	summary, err := list.Read(context.Background(), spec, list.Options{Dir: e.Dir, Shape: shape}, func(*list.Row) error {
		rows++
		return nil
	})
	if err != nil {
		t.Errorf("%s: %v", spec.File, err)
		return
	}
	for _, n := range summary.Notices {
		if n.Lost {
			t.Errorf("%s: %s (%d rows, first %v)", spec.File, n.Text, n.Count, n.Places)
		}
	}
	if empty := strings.Contains(e.Dir, "empty"); (rows == 0) != empty {
		t.Errorf("%s: %d rows", spec.File, rows)
	}
}

func records(e *graph.Ecosystem) map[list.Shape]*graph.ListSpec {
	return map[list.Shape]*graph.ListSpec{
		list.AliasRows: e.Aliases, list.ParentRows: e.Parents, list.NamedAccounts: e.NamedAccounts,
		list.Deals: e.Deals, list.Registrations: e.Registrations, list.Offers: e.Offers,
		list.Renewals: e.Renewals, list.Prices: e.Prices, list.Credits: e.Credits,
		list.Handoffs: e.Handoffs, list.Teaming: e.Teaming,
	}
}

// TestDeclaredSizes holds the generator to what ecosystem.yaml declares.
func TestDeclaredSizes(t *testing.T) {
	e, err := graph.Load(filepath.Join(committed, "lumen", "ecosystem.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range e.Segments {
		if int(s.Addressable) != addressable[s.ID] {
			t.Errorf("%s: %d declared, %d planned", s.ID, s.Addressable, addressable[s.ID])
		}
	}
	if e.AsOf.String() != day(0) {
		t.Errorf("as of %s, planned for %s", e.AsOf, day(0))
	}
}

// TestLargeLoads loads a generated ecosystem of a small size.
func TestLargeLoads(t *testing.T) {
	dir := t.TempDir()
	if err := run([]string{"-large", "-accounts", "200", "-partners", "9", "-deals", "30", "-o", dir}); err != nil {
		t.Fatal(err)
	}
	loadAndRead(t, "large", filepath.Join(dir, "ecosystem.yaml"))
}
