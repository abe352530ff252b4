package render

import (
	"bytes"
	"io"
	"testing"
)

// The stages of a map, one by one; that of the layout is in package layout.

func BenchmarkPlan(b *testing.B) {
	m := lumenMap()
	for b.Loop() {
		if _, err := planMap(m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	p, err := planMap(lumenMap())
	if err != nil {
		b.Fatal(err)
	}
	if err := p.place(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p.draw()
	}
}

func BenchmarkWriteSVG(b *testing.B) {
	s := sceneOf(b, lumenMap())
	for b.Loop() {
		var out bytes.Buffer
		writeSVG(&out, s)
		if err := checkSVG(out.Bytes(), s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWritePNG(b *testing.B) {
	s := sceneOf(b, lumenMap())
	for b.Loop() {
		var out bytes.Buffer
		if _, err := writePNG(&out, s, 2); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMapSVG(b *testing.B) {
	for name, m := range oddMaps() {
		if name != "lumen" && name != "crowd" {
			continue
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := MapSVG(b.Context(), io.Discard, m, MapOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMapDOT(b *testing.B) {
	m := lumenMap()
	for b.Loop() {
		if err := MapDOT(io.Discard, m); err != nil {
			b.Fatal(err)
		}
	}
}
