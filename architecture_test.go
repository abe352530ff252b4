// Package channelmap_test holds the rules that the tree as a whole must keep.
package channelmap_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/channelmap/channelmap/"

// pkg is what `go list -json` tells of a package.
type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// rank orders the rooms: a package may import those of lower rank only.
func rank(path string) int {
	for i, room := range []string{"graph", "analysis", "render", "cmd"} {
		if rest := strings.TrimPrefix(path, module); rest == room || strings.HasPrefix(rest, room+"/") {
			return i
		}
	}
	return -1
}

// Imports point one way: cmd, render, analysis, graph.
func TestImportDirection(t *testing.T) {
	all := packages(t)
	if len(all) < 8 {
		t.Fatalf("only %d packages were found", len(all))
	}
	for _, p := range all {
		for _, imported := range p.Imports {
			if rank(imported) > rank(p.ImportPath) {
				t.Errorf("%s imports %s, against the direction cmd, render, analysis, graph", p.ImportPath, imported)
			}
		}
	}
}

// Within analysis all rest on figure, which rests on none of them.
func TestFigureIsTheFloor(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != module+"analysis/figure" {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module+"analysis") {
				t.Errorf("analysis/figure imports %s", imported)
			}
		}
	}
}

// Only the rooms named may import these: each is a door to the world outside.
func TestDoors(t *testing.T) {
	doors := map[string][]string{
		"github.com/goccy/go-graphviz":            {module + "render/layout"},
		"git.sr.ht/~sbinet/gg":                    {module + "render"},
		"github.com/xuri/excelize/v2":             {module + "graph/list", module + "render"},
		"github.com/goccy/go-yaml/parser":         {module + "graph"},
		"github.com/klauspost/compress/zstd":      {module + "graph/list"},
		"github.com/parquet-go/parquet-go/format": {module + "graph/list"},
		"github.com/spf13/cobra":                  {module + "cmd/channelmap"},
	}
	generator := module + "cmd/generate-testdata"
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if rooms, ok := doors[imported]; ok && !slices.Contains(rooms, p.ImportPath) && p.ImportPath != generator {
				t.Errorf("%s imports %s, which only %v may", p.ImportPath, imported, rooms)
			}
		}
	}
}

// analysis does no I/O: only exposure reads, and only through package list. Its
// tally may put rows aside on disk, in files without a name, and its cache keeps
// counts beside the ecosystem.
func TestAnalysisDoesNoIO(t *testing.T) {
	for _, p := range packages(t) {
		if rank(p.ImportPath) != 1 || p.ImportPath == module+"analysis/exposure/tally" || p.ImportPath == module+"analysis/exposure/cache" {
			continue
		}
		for _, imported := range p.Imports {
			if imported == "os" || imported == "net/http" || imported == "os/exec" {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}
