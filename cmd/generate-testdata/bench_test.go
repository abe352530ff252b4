package main

import (
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// BenchmarkLarge measures what a large team asks: 500 partners, 200,000 accounts
// and 50,000 deals, in 720,000 rows. `open` reads and counts the lists, the others
// ask what was counted.
func BenchmarkLarge(b *testing.B) {
	dir := b.TempDir()
	if err := writeLarge(dir, largeSize{accounts: 200_000, partners: 500, deals: 50_000}); err != nil {
		b.Fatal(err)
	}
	open := func(b *testing.B) *analysis.Study {
		eco, err := graph.Load(dir)
		if err != nil {
			b.Fatal(err)
		}
		s, err := analysis.Open(b.Context(), eco, analysis.Options{AsOf: eco.AsOf}, exposure.Options{Keep: true})
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			open(b)
		}
	})
	s := open(b)
	b.Run("conflicts", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Conflicts(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("vet", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Vet(b.Context(), "candidate"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
