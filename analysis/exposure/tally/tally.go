// Package tally counts memberships: rows that say of a member what somebody is
// to it. It tells members apart by a keyed hash of 128 bits, or by their whole
// keys, and delivers each distinct set of lines (a line is what rows that say
// the same add to a set) with the number of members that have exactly that set.
//
// Rows are spread over partitions by their hash, outside of the garbage
// collector's memory, and beyond a bound on disk; each partition is then
// counted by itself. It knows neither files nor sellers: package exposure gives
// rows their kinds and reads sets off.
package tally

import (
	"math/bits"
	"sync/atomic"
)

// Options tells what rows hold and what they may take.
type Options struct {
	Workers int   // writers, and goroutines that count; at least 1
	Rows    int64 // about how many rows come: it sets the number of partitions
	// Memory is how many bytes rows may take before further ones go to disk; 0
	// for no bound. Counting takes a few partitions more.
	Memory int64
	Chunk  int    // how many words of a partition are held or written at once, at least; 0 for what suits Rows
	Dir    string // for files on disk; empty for the system's folder
	// Exact keeps whole keys, so that no two members can be taken for one. Without
	// it members are told apart by a hash with a secret seed, of which at least 114
	// bits count: of 10^9 members two are one with a chance of 10^-16.
	Exact  bool
	Value  bool // rows carry a value of their member
	Amount bool // rows carry an amount of their own
	Beside bool // rows carry whom they name beside their member
}

// MaxKinds is how many kinds of row there can be.
const MaxKinds = 1 << kindBits

const (
	kindBits = 20
	kindMask = 1<<kindBits - 1
	keepBits = 64 - kindBits // of the first half of a hash in a row
	keepMask = 1<<keepBits - 1
)

// Store holds rows, spread over partitions. Each Writer serves one goroutine;
// rows of all are counted together once all are closed.
type Store struct {
	opts    Options
	bits    int // of the hash that tell the partition
	stride  int // words of a row, without its key
	chunk   int // words of a chunk
	writers []*Writer
	memory  []slabs      // by group of partitions
	used    atomic.Int64 // bytes of chunks
	stopped func() error // nil where nothing stops the count
}

// New makes an empty store.
func New(opts Options) *Store {
	opts.Workers = max(opts.Workers, 1)
	s := &Store{opts: opts, stride: 2}
	if opts.Exact {
		s.stride = 1
	}
	for _, lane := range []bool{opts.Value, opts.Amount, opts.Beside} {
		if lane {
			s.stride++
		}
	}
	s.bits, s.chunk = partitionBits(opts.Rows), chunkWords(opts.Rows)
	if opts.Chunk > 0 {
		s.chunk = max(opts.Chunk, s.stride)
	}
	for range opts.Workers {
		s.writers = append(s.writers, newWriter(s))
	}
	s.memory = make([]slabs, s.groups())
	return s
}

// groups is how many groups of partitions have memory of their own. That of a group
// is given up once all of it is counted, so that rows make room for sets on the
// way. Each takes up to a slab more than its rows: where these go to disk, or are few,
// there is one.
func (s *Store) groups() int {
	bytes := s.opts.Rows * int64(s.stride) * 8
	if bytes < leastGroup || s.opts.Memory > 0 && bytes > s.opts.Memory {
		return 1
	}
	return min(mostGroups, 1<<(bits.Len64(uint64(bytes/leastGroup))-1))
}

// leastGroup is how many bytes the rows of a group take at least. Tests make it small.
var leastGroup int64 = 4 * slabWords * 8

// mostGroups is a power of two, and no more than the fewest partitions.
const mostGroups = 8

// group is that of a partition.
func (s *Store) group(p int) int { return p * len(s.memory) >> s.bits }

// Partitions are small enough for a processor's own cache, and few enough that
// writing to all of them at once stays in it.
const (
	rowsWanted     = 20_000
	leastPartition = 6
	mostPartition  = 10
)

func partitionBits(rows int64) int {
	b := bits.Len64(uint64(max(rows, 1) / rowsWanted))
	return min(max(b, leastPartition), mostPartition)
}

// chunkWords is the length of a chunk: what a partition's share of few rows
// fills, and large enough to be written to disk at once where they are many.
func chunkWords(rows int64) int {
	share := rows >> partitionBits(rows)
	return min(max(int(min(share/4, mostChunk)), leastChunk), mostChunk)
}

// mostChunk and leastChunk bound the words of a chunk. Tests make them small, so
// that few rows fill many.
const mostChunk = 1024

var leastChunk = 256

// Writer returns the writer of a goroutine, a number below Options.Workers.
func (s *Store) Writer(i int) *Writer { return s.writers[i] }

// Rows is how many rows the store holds.
func (s *Store) Rows() int64 {
	var n int64
	for _, w := range s.writers {
		n += w.rows
	}
	return n
}

// Spilled is how many bytes of rows lie on disk.
func (s *Store) Spilled() int64 {
	var n int64
	for _, w := range s.writers {
		n += w.spill.size
	}
	return n
}

// Close frees memory and disk. Results of Count stay valid.
func (s *Store) Close() error {
	var first error
	for _, w := range s.writers {
		if err := w.spill.close(); err != nil && first == nil {
			first = err
		}
	}
	s.forget()
	return first
}

// forgetGroup gives up the memory of the rows of a group of partitions.
func (s *Store) forgetGroup(group int) {
	size := 1 << s.bits / len(s.memory)
	for _, w := range s.writers {
		clear(w.parts[group*size : (group+1)*size])
		clear(w.full[group*size : (group+1)*size])
	}
	s.memory[group].free()
}

// forget gives up the memory of rows.
func (s *Store) forget() {
	for _, w := range s.writers {
		w.parts, w.full = nil, nil
	}
	for i := range s.memory {
		s.memory[i].free()
	}
}
