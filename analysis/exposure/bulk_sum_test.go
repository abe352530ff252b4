package exposure

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestSumAt reads sums at once as it reads them digit by digit, whatever stands
// around them.
func TestSumAt(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	read := 0
	for range 50_000 {
		cell := make([]byte, r.IntN(12))
		for i := range cell {
			cell[i] = byte('0' + r.IntN(10))
			if r.IntN(30) == 0 {
				cell[i] = "-. /:;a\xb5@P\x00+"[r.IntN(12)]
			}
		}
		front := fmt.Sprintf("%d,", r.IntN(1000))
		around := fmt.Appendf(nil, "%s%s,%d12345678", front, cell, r.Uint64())
		from, point := len(front), r.IntN(2) == 0
		got, ok := sumAt(around, from, from+len(cell), point)
		want, wantOK := plainSum(cell, point)
		if got != want || ok != wantOK {
			t.Fatalf("%q is %d, %v, want %d, %v", cell, got, ok, want, wantOK)
		}
		if ok {
			read++
		}
	}
	if read < 10_000 {
		t.Errorf("only %d cells were sums", read)
	}
}
