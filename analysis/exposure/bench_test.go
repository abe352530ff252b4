package exposure_test

import (
	"context"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// BenchmarkBuild reads and counts the lists of the example.
func BenchmarkBuild(b *testing.B) {
	eco, err := graph.Load("../../testdata/lumen")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}); err != nil {
			b.Fatal(err)
		}
	}
}
