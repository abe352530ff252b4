package exposure_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// view is all that an exposure says, in a form that can be compared.
type view struct {
	Users, Buyers, Accounts, Roots *exposure.Table
	Sellers                        []string
	Matching                       exposure.Matching
	BySeller                       []exposure.Matching
	Lists                          []exposure.ListUse
	Unresolved                     []exposure.Unresolved
	Records                        *exposure.Records
	Notices                        map[string]int
}

func viewOf(x *exposure.Exposure) view {
	v := view{
		Users: x.Users, Buyers: x.Buyers, Accounts: x.Accounts, Roots: x.Roots, Matching: x.Matching, BySeller: x.BySeller,
		Lists: x.Lists, Unresolved: x.Unresolved, Records: x.Records, Notices: map[string]int{},
	}
	for _, s := range x.Sellers {
		v.Sellers = append(v.Sellers, s.ID)
	}
	for _, n := range x.Notices {
		v.Notices[n.Code+": "+n.Text] += n.Count
	}
	return v
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), ": []", ": null") // no difference to who reads it
}

// sameStored holds an exposure whose rows are not kept to one whose rows are,
// and returns how many were not.
func sameStored(t *testing.T, eco *graph.Ecosystem, opts exposure.Options) int64 {
	t.Helper()
	kept, keptErr := exposure.Build(context.Background(), eco, opts)
	var stored int64
	for name, with := range map[string]exposure.Options{"hashed": {}, "exact": {Exact: true}} {
		x, err := storedWith(with)(context.Background(), eco, opts)
		if (err == nil) != (keptErr == nil) || err != nil && err.Error() != keptErr.Error() {
			t.Fatalf("%s: error %v, want %v", name, err, keptErr)
		}
		if err != nil {
			return 0
		}
		got, want := text(t, viewOf(x)), text(t, viewOf(kept))
		if got != want {
			t.Fatalf("%s: %s", name, firstDifference(got, want))
		}
		stored = x.Stored
	}
	return stored
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-12)
			return "got\n" + strings.Join(g[from:min(i+8, len(g))], "\n") + "\nwant\n" + strings.Join(w[from:min(i+8, len(w))], "\n")
		}
	}
	return "one is the beginning of the other"
}

// TestStoredEqualsKept counts every ecosystem of testdata in both ways.
func TestStoredEqualsKept(t *testing.T) {
	files, err := filepath.Glob("../../testdata/*/ecosystem.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../../testdata/*/*/ecosystem.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, more...) {
		eco, err := graph.Load(file)
		if err != nil {
			continue // examples of what is refused
		}
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}})
		})
	}
}
