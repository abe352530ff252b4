package tally

import (
	"math"
	"math/big"

	"github.com/channelmap/channelmap/graph/identity"
)

// Kind says what the rows of a kind add to their member.
type Kind struct {
	// Lines are what the row adds to the member's set, numbers below Spec.Lines:
	// who it is to the member, and marks that follow from the row itself.
	Lines []int
	// Segment of the member, or None. Of rows that differ the one of the lowest
	// Rank counts; where two of one rank differ the member is contradictory.
	Segment int
	Place   int // such as a country, decided like Segment; or None
	Rank    int // of the row's list, below 1<<16
	Own     bool
	// Crowd is that of which whom the rows name beside their member is one, or None.
	Crowd int
	Owned bool // somebody looks after the member, for Spec.OwnedLine
}

// None stands for no segment and no place.
const None = -1

// Tag adds a line to a member that some row has, or takes the member out of
// the count.
type Tag struct {
	Hash identity.Hash
	Key  string // of exact stores
	Line int    // or Out or Owned
}

// Out takes a member out of the count: it is counted elsewhere. Owned says that
// somebody looks after it, for Spec.OwnedLine.
const (
	Out   = -1
	Owned = -2
)

// Spec says what to count.
type Spec struct {
	Kinds []Kind
	Lines int // how many lines there are
	// PlaceLines are the lines that a member gets by its place.
	PlaceLines map[int][]int
	Tags       []Tag
	// Unowned asks for the rows of members that no row of ours has.
	Unowned bool
	// Keep keeps every member with its set, for Result.Find: about 30 bytes each,
	// and its key in exact stores.
	Keep    bool
	Workers int

	// Crowds are, by number, lines that members get beside whom rows name Crowded others
	// of the crowd or more. Members with such a line that are owned get OwnedLine too,
	// where that is not None.
	Crowds    []int
	Crowded   int
	OwnedLine int
	// Besides are lines, Out among them, that members get beside whom a row names one of
	// these. It is told by 64 bits: of 10^8 rows and 10^6 of these one is mistaken with a
	// chance of 10^-5.
	Besides map[uint64][]int
}

// Set is a distinct set of lines with the members that have exactly these.
type Set struct {
	Segment int   // or None
	Lines   []int // ascending
	Members int64
	Valued  int64 // members with a value
	Value   Sum   // of those
	Amounts []Sum // one for each of Lines; nil where the store holds none
}

// ID tells a member of one store.
type ID struct {
	Partition int
	Key0      uint64 // the part of the hash that rows keep, shifted as there
	Key1      uint64 // the other half; zero in exact stores
	Key       string // of exact stores
}

// ID returns what tells the member of a hash, and of exact stores of a key, in
// this store.
func (s *Store) ID(h identity.Hash, key string) ID {
	id := ID{Partition: int(h.H1 >> (64 - s.bits)), Key0: h.H1 << kindBits, Key1: h.H2}
	if s.opts.Exact {
		id.Key1, id.Key = 0, key
	}
	return id
}

// Sum is a sum of up to 2^63 amounts: 128 bits, two's complement.
type Sum struct {
	Hi int64
	Lo uint64
}

// Add adds one amount.
func (s *Sum) Add(v int64) {
	lo := s.Lo + uint64(v)
	carry := int64(0)
	if lo < s.Lo {
		carry = 1
	}
	s.Hi += v>>63 + carry
	s.Lo = lo
}

// AddSum adds another sum.
func (s *Sum) AddSum(t Sum) {
	lo := s.Lo + t.Lo
	if lo < s.Lo {
		s.Hi++
	}
	s.Hi += t.Hi
	s.Lo = lo
}

// Big returns the sum as a number without bounds.
func (s Sum) Big() *big.Int {
	n := new(big.Int).Lsh(big.NewInt(s.Hi), 64)
	return n.Add(n, new(big.Int).SetUint64(s.Lo))
}

// IsZero reports whether the sum is nothing.
func (s Sum) IsZero() bool { return s == Sum{} }

// Int64 returns the sum, and false where it does not fit.
func (s Sum) Int64() (int64, bool) {
	fits := s.Hi == 0 && s.Lo <= math.MaxInt64 || s.Hi == -1 && s.Lo > math.MaxInt64
	return int64(s.Lo), fits
}
