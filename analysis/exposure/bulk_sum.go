package exposure

import (
	"bytes"
	"encoding/binary"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
)

// sumDigits is how many decimals a stored sum has, and sumUnit what makes one.
const (
	sumDigits = 4
	sumUnit   = 10_000
)

// sumAt reads the cell between two places as plainSum does; at least eight bytes must
// follow. Up to eight digits, as most sums are, are read at once.
func sumAt(text []byte, from, to int, decimalPoint bool) (int64, bool) {
	n := to - from
	if n == 0 || n > 8 {
		return plainSum(text[from:to], decimalPoint)
	}
	// The first digit stands in the lowest byte: in front of it come zeros.
	const zeros, upper = 0x3030303030303030, 0xf0f0f0f0f0f0f0f0
	word := binary.LittleEndian.Uint64(text[from:])<<(64-8*n) | zeros>>(8*n)
	if word&upper != zeros || (word+0x0606060606060606)&upper != zeros {
		return plainSum(text[from:to], decimalPoint)
	}
	return int64(eightDigits(word)) * sumUnit, true
}

// eightDigits is the number of eight digits: of pairs, of fours and of all, each step
// for all bytes at once.
func eightDigits(word uint64) uint64 {
	word &= 0x0f0f0f0f0f0f0f0f
	word = (word*10 + word>>8) & 0x00ff00ff00ff00ff
	word = (word*100 + word>>16) & 0x0000ffff0000ffff
	return (word*10_000 + word>>32) & 0xffffffff
}

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
