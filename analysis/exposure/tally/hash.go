package tally

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// Hash is what tells members apart.
type Hash struct{ H1, H2 uint64 }

// Seed makes hashes that nobody can foresee: two runs never share one, and no
// output depends on it.
type Seed struct{ S1, S2 uint64 }

// NewSeed draws a seed.
func NewSeed() Seed {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails: crypto/rand ends the program instead
	return Seed{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}
}

// For returns the seed for keys of another kind: equal texts of different kinds
// are different members.
func (s Seed) For(kind uint8) Seed {
	return Seed{Fold(s.S1^uint64(kind), m3), Fold(s.S2^uint64(kind), m4)}
}

// The multipliers are the first digits of the fractions of square roots of
// primes, odd: numbers with nothing up their sleeve.
const (
	m1 = 0x6a09e667f3bcc909
	m2 = 0xbb67ae8584caa73b
	m3 = 0x3c6ef372fe94f82b
	m4 = 0xa54ff53a5f1d36f1
)

// Fold multiplies two words and folds the product: the mixing step of a hash
// (wyhash, Wang Yi 2019; the idea is older).
func Fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// Mix takes eight bytes of a key into a hash; of the last ones the rest is zero.
// Begin with the seed and close with Done.
func (h Hash) Mix(word uint64) Hash { return Hash{Fold(h.H1^word, m1), Fold(h.H2^word, m2)} }

// Done closes the hash of a key of so many bytes.
func (h Hash) Done(length int) Hash {
	return Hash{Fold(h.H1^uint64(length), m3), Fold(h.H2^uint64(length), m4)}
}

// Start begins a hash.
func (s Seed) Start() Hash { return Hash{s.S1, s.S2} }

// Sum hashes a whole key.
func (s Seed) Sum(key []byte) Hash {
	h, n := s.Start(), len(key)
	for ; len(key) >= 8; key = key[8:] {
		h = h.Mix(binary.LittleEndian.Uint64(key))
	}
	if len(key) > 0 {
		var last [8]byte
		copy(last[:], key)
		h = h.Mix(binary.LittleEndian.Uint64(last[:]))
	}
	return h.Done(n)
}
