package list

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// folder writes files into a folder of its own.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// collect reads a list and returns copies of its rows.
func collect(dir string, spec graph.ListSpec, opts Options) ([]Row, *Summary, error) {
	opts.Dir = dir
	var rows []Row
	sum, err := Read(context.Background(), spec, opts, func(r *Row) error {
		rows = append(rows, *r)
		return nil
	})
	return rows, sum, err
}

// readText reads one file with the given content, which must succeed.
func readText(t testing.TB, content string, spec graph.ListSpec) ([]Row, *Summary) {
	t.Helper()
	if spec.File == "" {
		spec.File = "list.csv"
	}
	rows, sum, err := collect(folder(t, map[string]string{spec.File: content}), spec, Options{})
	if err != nil {
		t.Fatalf("reading %q: %v", clip(content), err)
	}
	return rows, sum
}

// show writes rows as number and cells by key, for comparison.
func show(rows []Row) []string {
	out := []string{}
	for i := range rows {
		out = append(out, fmt.Sprintf("%d%s", rows[i].Place.Row, showCells(&rows[i])))
	}
	return out
}

func showCells(r *Row) string {
	var b strings.Builder
	for k, c := range r.Cells {
		if c != "" {
			fmt.Fprintf(&b, " %s=%s", Key(k), c)
		}
	}
	return b.String()
}

// codes writes the notices as code, count and rows.
func codes(sum *Summary) []string {
	out := []string{}
	for _, n := range sum.Notices {
		s := fmt.Sprintf("%s %d", n.Code, n.Count)
		for _, p := range n.Places {
			s += fmt.Sprintf(" %d", p.Row)
		}
		out = append(out, s)
	}
	return out
}

func clip(s string) string { return s[:min(len(s), 200)] }

func equal(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func columnsOf(pairs ...string) map[string]graph.Column {
	out := map[string]graph.Column{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = graph.Column{Headers: []string{pairs[i+1]}}
	}
	return out
}
