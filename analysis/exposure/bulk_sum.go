package exposure

import (
	"bytes"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
)

// sumDigits is how many decimals a stored sum has, and sumUnit what makes one.
const (
	sumDigits = 4
	sumUnit   = 10_000
)

// plainSum reads digits with at most two decimals after a point, with a minus in
// front or not. An empty cell is Absent.
func plainSum(cell []byte, decimalPoint bool) (int64, bool) {
	if len(cell) == 0 {
		return tally.Absent, true
	}
	digits, negative := cell, cell[0] == '-'
	if negative {
		digits = cell[1:]
	}
	whole, fraction, point := bytes.Cut(digits, []byte{'.'})
	if len(whole) == 0 || len(whole) > 12 || point && (!decimalPoint || len(fraction) == 0 || len(fraction) > 2) {
		return 0, false
	}
	n, scale := int64(0), int64(sumUnit)
	for _, part := range [][]byte{whole, fraction} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = n*10 + int64(c-'0')
		}
	}
	for range fraction {
		scale /= 10
	}
	if negative {
		n = -n
	}
	return n * scale, true
}
