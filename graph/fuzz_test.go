package graph

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds the reader to this: it never panics, every problem stands
// inside the file and says something, and what it accepts passes Check again.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/*.yaml", "testdata/broken/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := Parse("ecosystem.yaml", data)
		if err != nil {
			checkProblems(t, data, err)
			return
		}
		if err := Check(e); err != nil {
			t.Errorf("accepted, and then refused: %v", err)
		}
	})
}

func checkProblems(t *testing.T, data []byte, err error) {
	t.Helper()
	var problems *Problems
	if !errors.As(err, &problems) || len(problems.List) == 0 {
		t.Fatalf("an error without problems: %v", err)
	}
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n"))
	lines := bytes.Split(bytes.ReplaceAll(data, []byte("\r"), []byte("\n")), []byte("\n"))
	for _, p := range problems.List {
		if p.File != "ecosystem.yaml" || strings.TrimSpace(p.Found) == "" || strings.ContainsAny(p.Sentence(), "\n\r\x00\x1b") {
			t.Errorf("a problem that says nothing well: %q", p)
		}
		if p.Position.Line < 1 || p.Position.Line > len(lines) {
			t.Fatalf("no such line: %v", p)
		}
		if line := lines[p.Position.Line-1]; p.Position.Column < 1 || p.Position.Column > utf8.RuneCount(line)+1 {
			t.Errorf("no such column in %q: %v", line, p)
		}
	}
}
