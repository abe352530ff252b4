package exposure_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// TestWaysGoToDisk makes sure that the ways of counting that are to put rows on disk do.
func TestWaysGoToDisk(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	eco := ecosystemOf(t, differingYAML, contradicted(50))
	for i := range ways {
		opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}
		undo := ways[i].set(&opts)
		_, err := exposure.Build(context.Background(), eco, opts)
		undo()
		if failed := err != nil && strings.Contains(err.Error(), "cannot be put on disk"); failed != ways[i].disk {
			t.Errorf("%s: %v", ways[i].name, err)
		}
	}
}
