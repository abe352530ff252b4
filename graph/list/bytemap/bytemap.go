// Package bytemap tells of every byte of a text, a bit for each, what it may be
// to a reader of rows: the end of a cell, a byte that needs care, a part of a
// domain. Rows can then be told by shifts and masks, 64 bytes at a time, instead
// of byte by byte.
package bytemap

import (
	"encoding/binary"
	"math/bits"
)

// Word tells of 64 bytes; the lowest bit is that of the first.
type Word struct {
	// Stop are bytes that end a cell or need care in it: the delimiter, quotes,
	// control characters (line ends among them), whatever is not ASCII.
	Stop uint64
	// Other are bytes that no domain in canonical form has: all but lower-case
	// letters, digits, dots and hyphens. All of Stop are among them.
	Other uint64
	// Dots and Hyphens are those, whatever is around them.
	Dots, Hyphens uint64
}

// Map tells of a whole text, 64 bytes in each of its words, and one word more.
type Map []Word

// Bytes is how many bytes a word tells of.
const Bytes = 64

// Read tells of a text whose cells are parted by a delimiter, in the memory of the
// map before. Of the text only whole words are read: 64 bytes and more must lie
// behind the last byte that is asked for. It takes time linear in the text.
func (m Map) Read(text []byte, delim byte) Map {
	n := len(text) / Bytes
	if cap(m) < n+1 {
		m = make(Map, n+1)
	}
	m = m[:n+1]
	m[n] = Word{}
	if n > 0 {
		read(m[:n], text[:n*Bytes], delim)
	}
	return m
}

// Stop returns the place of the first stop from a place on. There must be one.
func (m Map) Stop(at int) int {
	i := uint(at) / Bytes
	word := m[i].Stop >> (uint(at) % Bytes)
	if word != 0 {
		return at + bits.TrailingZeros64(word)
	}
	return m.further(i + 1)
}

func (m Map) further(i uint) int {
	for m[i].Stop == 0 {
		i++
	}
	return int(i)*Bytes + bits.TrailingZeros64(m[i].Stop)
}

// Domain tells of the 64 bytes from a place on which are none of a domain, which
// are dots and which are hyphens.
func (m Map) Domain(at int) (other, dots, hyphens uint64) {
	i, shift := uint(at)/Bytes, uint(at)%Bytes
	a, b := &m[i], &m[i+1]
	other = a.Other>>shift | b.Other<<1<<(Bytes-1-shift)
	dots = a.Dots>>shift | b.Dots<<1<<(Bytes-1-shift)
	hyphens = a.Hyphens>>shift | b.Hyphens<<1<<(Bytes-1-shift)
	return other, dots, hyphens
}

const (
	ones = 0x0101010101010101
	high = 0x8080808080808080
)

// readPlain is read in plain Go: eight bytes at a time.
func readPlain(m Map, text []byte, delim byte) {
	if delim >= 0x80 {
		delim = 0 // which is a stop as well; and bytes beyond ASCII are all
	}
	for i := range m {
		var w Word
		for shift := 0; shift < Bytes; shift += 8 {
			stop, other, dots, hyphens := ofEight(binary.LittleEndian.Uint64(text[i*Bytes+shift:]), uint64(delim)*ones)
			w.Stop |= stop << shift
			w.Other |= other << shift
			w.Dots |= dots << shift
			w.Hyphens |= hyphens << shift
		}
		m[i] = w
	}
}

// ofEight tells of eight bytes. delim is the delimiter in each byte of a word.
func ofEight(word, delim uint64) (stop, other, dots, hyphens uint64) {
	ascii := high &^ word
	low := word &^ high
	plain := within(low, 'a', 'z') | within(low, '0', '9') | within(low, '-', '.')
	dots = within(low, '.', '.') & ascii
	hyphens = within(low, '-', '-') & ascii
	stop = (high &^ (low + (0x80-' ')*ones)) | within(low, '"', '"') | within(low^delim, 0, 0) | word&high
	return gather(stop), gather(high&^(plain&ascii) | stop), gather(dots), gather(hyphens)
}

// within sets the highest bit of each byte, all below 128, that lies between two
// others.
func within(low, from, to uint64) uint64 {
	return (low + (0x80-from)*ones) &^ (low + (0x7f-to)*ones) & high
}

// gather joins the highest bits of eight bytes in one.
func gather(word uint64) uint64 {
	return word >> 7 & ones * 0x0102040810204080 >> 56
}
