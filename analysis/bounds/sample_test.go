package bounds

import "testing"

// The oracles were found by enumerating all populations.
func TestSampled(t *testing.T) {
	tests := []struct {
		n, drawn, hits  int
		low, best, high float64
	}{
		{400, 50, 20, 109, 160, 215},
		{400, 50, 0, 0, 0, 26},
		{400, 50, 50, 374, 400, 400},
		{50, 50, 20, 20, 20, 20},
		{10, 0, 0, 0, 0, 10},
	}
	for _, tt := range tests {
		f := Sampled(tt.n, tt.drawn, tt.hits)
		if f.Low != tt.low || f.Best != tt.best || f.High != tt.high {
			t.Errorf("Sampled(%d, %d, %d) = %v..%v..%v, want %v..%v..%v",
				tt.n, tt.drawn, tt.hits, f.Low, f.Best, f.High, tt.low, tt.best, tt.high)
		}
	}
}
