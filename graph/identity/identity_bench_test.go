package identity

import "testing"

func BenchmarkAccountKey(b *testing.B) {
	for name, cell := range map[string]string{
		"domain":        "example.co.uk",
		"url":           "https://www.Example.co.uk/path?x",
		"international": "https://www.Bücher.de/",
		"name":          "Example Trading Company Limited",
		"accents":       "Société Générale S.A.",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				AccountKey(cell)
			}
		})
	}
}
