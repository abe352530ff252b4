package graph

import "testing"

// BenchmarkLoad reads and checks the example's ecosystem file.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load("../testdata/lumen"); err != nil {
			b.Fatal(err)
		}
	}
}
