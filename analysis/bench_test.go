package analysis

import "testing"

// BenchmarkQuestions asks the questions of the example, its lists being counted.
func BenchmarkQuestions(b *testing.B) {
	s := openExample(b, "../testdata/lumen", Options{})
	for name, ask := range map[string]func(){
		"audit":     func() { s.Audit() },
		"overlaps":  func() { s.Overlaps() },
		"uncovered": func() { s.Uncovered() },
		"map":       func() { s.Map() },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ask()
			}
		})
	}
}

// BenchmarkGreedyOrder orders 343 sellers by what each next adds.
func BenchmarkGreedyOrder(b *testing.B) {
	s := openGCloud(b, Options{Order: OrderGreedy})
	for b.Loop() {
		s.Audit()
	}
}
