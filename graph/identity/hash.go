package identity

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// Hash stands for a key where there are too many keys to keep them.
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

// Of returns the hash of a key. Keys of different kinds have different hashes
// even where their texts are equal.
func (s Seed) Of(k Key) Hash { return s.of(k.Kind).ofText(k.Text) }

func (s Seed) ofText(text string) Hash {
	h, length := s.start(), len(text)
	for ; len(text) >= 8; text = text[8:] {
		h = h.mix(uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56)
	}
	if text != "" {
		var last uint64
		for i := range len(text) {
			last |= uint64(text[i]) << (8 * i)
		}
		h = h.mix(last)
	}
	return h.done(length)
}

// of returns the seed for keys of a kind.
func (s Seed) of(kind KeyKind) Seed {
	return Seed{fold(s.S1^uint64(kind), m3), fold(s.S2^uint64(kind), m4)}
}

// The multipliers are the first digits of the fractions of square roots of
// primes: numbers with nothing up their sleeve.
const (
	m1 = 0x6a09e667f3bcc909
	m2 = 0xbb67ae8584caa73b
	m3 = 0x3c6ef372fe94f82b
	m4 = 0xa54ff53a5f1d36f1
)

// fold multiplies two words and folds the product: the mixing step of wyhash
// (Wang Yi, 2019).
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

func (s Seed) start() Hash { return Hash{s.S1, s.S2} }

// mix takes eight bytes of a text into a hash; of the last ones the rest is
// zero, which done tells from zeros in the text.
func (h Hash) mix(word uint64) Hash { return Hash{fold(h.H1^word, m1), fold(h.H2^word, m2)} }

// done closes the hash of a text of so many bytes.
func (h Hash) done(length int) Hash {
	return Hash{fold(h.H1^uint64(length), m3), fold(h.H2^uint64(length), m4)}
}
