package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const committed = "../../testdata"

// TestExamplesAreCommitted generates the examples again and compares.
func TestExamplesAreCommitted(t *testing.T) {
	dir := t.TempDir()
	if err := run([]string{"-o", dir}); err != nil {
		t.Fatal(err)
	}
	again := read(t, dir)
	for _, name := range slices.Sorted(maps.Keys(again)) {
		have, err := os.ReadFile(filepath.Join(committed, name))
		if err != nil {
			t.Errorf("%v; run go run ./cmd/generate-testdata", err)
			continue
		}
		if !same(t, name, have, again[name]) {
			t.Errorf("%s is not what the generator writes; run go run ./cmd/generate-testdata", name)
		}
	}
	for name := range read(t, filepath.Join(committed, "lumen", "lists")) {
		if again["lumen/lists/"+name] == nil {
			t.Errorf("lumen/lists/%s is not written by the generator", name)
		}
	}
}

// same compares two files: byte for byte, and workbooks entry by entry, because
// how Go packs them may change with its version.
func same(t *testing.T, name string, a, b []byte) bool {
	t.Helper()
	if !strings.HasSuffix(name, ".xlsx") {
		return bytes.Equal(a, b)
	}
	return maps.EqualFunc(unpack(t, a), unpack(t, b), bytes.Equal)
}

func unpack(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if entries[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return entries
}

// read returns all files below dir by slash-separated name.
func read(t *testing.T, dir string) fileSet {
	t.Helper()
	files := fileSet{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestListsStaySmall(t *testing.T) {
	const limit = 3_000_000
	total := 0
	for _, data := range read(t, filepath.Join(committed, "lumen", "lists")) {
		total += len(data)
	}
	if total > limit {
		t.Errorf("lists take %d bytes; at most %d", total, limit)
	}
}

// TestLargeFollowsFromItsSize writes a large ecosystem twice.
func TestLargeFollowsFromItsSize(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		if err := run([]string{"-large", "-accounts", "300", "-partners", "12", "-deals", "40", "-o", dir}); err != nil {
			t.Fatal(err)
		}
	}
	if !maps.EqualFunc(read(t, a), read(t, b), bytes.Equal) {
		t.Error("two runs of one size differ")
	}
	if n := bytes.Count(read(t, a)["lists/deals.csv"], []byte("\n")); n != 41 {
		t.Errorf("deals.csv has %d lines, want a header and 40", n)
	}
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{
		{"-large", "-accounts", "0", "-o", t.TempDir()},
		{"-large", "-partners", "-1", "-o", t.TempDir()},
		{"-huge"},
	} {
		if err := run(args); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
