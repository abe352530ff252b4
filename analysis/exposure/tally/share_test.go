package tally

import "testing"

// TestPartitionsAreSplit splits partitions where the rows of one would take more than a
// quarter of what rows may, for every goroutine that counts.
func TestPartitionsAreSplit(t *testing.T) {
	for _, test := range []struct {
		memory, bytes int64
		want          int
	}{
		{0, 1 << 40, 0}, {1 << 30, 1 << 27, 0}, {1 << 30, 1<<27 + 1, 1}, {1 << 30, 1 << 30, 3}, {1, 1 << 20, 0}, {1, 1<<20 + 1, 1}, {1, 1 << 40, mostShareBits},
	} {
		s := New(Options{Memory: test.memory, Workers: 2})
		if got := s.shareBits(test.bytes); got != test.want {
			t.Errorf("%d bytes within %d are split by %d bits, want %d", test.bytes, test.memory, got, test.want)
		}
	}
}
