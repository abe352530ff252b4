package tally

import (
	"encoding/binary"
	"math"
	"unsafe"

	"github.com/channelmap/channelmap/graph/identity"
)

// Batch holds rows on their way into a store, a slice for each field.
type Batch struct {
	Hash []identity.Hash
	Kind []uint32 // below MaxKinds
	// Value and Amount are in the caller's unit, or Absent; nil where the store
	// holds none.
	Value, Amount []int64
	// Beside is whom a row names beside its member, of another store mostly: the second
	// half of a hash, or 0 for nobody; nil where no row of the batch names somebody.
	Beside []uint64
	// Keys holds the whole keys one after another, and Ends where each ends; empty
	// unless the store is exact. Keys of different kinds must differ.
	Keys []byte
	Ends []uint32
}

// Absent stands for a value or an amount that a row does not have.
const Absent = math.MinInt64

// Reset empties the batch and keeps its memory.
func (b *Batch) Reset() {
	b.Hash, b.Kind, b.Value, b.Amount = b.Hash[:0], b.Kind[:0], b.Value[:0], b.Amount[:0]
	b.Keys, b.Ends = b.Keys[:0], b.Ends[:0]
	if b.Beside != nil {
		b.Beside = b.Beside[:0]
	}
}

// Writer adds rows to a store.
type Writer struct {
	store *Store
	parts []part
	rows  int64
	spill spill
}

// part is what one writer has of one partition.
type part struct {
	tail   []uint64 // the chunk being filled; of an exact store, its bytes
	n      int      // words in use of tail; of an exact store bytes
	rows   int64
	chunks [][]uint64 // full ones
	ends   []int      // of exact stores, bytes in use of each of chunks
	onDisk []piece
}

func newWriter(s *Store) *Writer {
	return &Writer{store: s, parts: make([]part, 1<<s.bits), spill: spill{dir: s.opts.Dir}}
}

// Add adds the rows of a batch.
func (w *Writer) Add(b *Batch) error {
	w.rows += int64(len(b.Hash))
	switch {
	case w.store.opts.Exact:
		return w.addExact(b)
	case w.store.stride == 2:
		return w.addNarrow(b)
	}
	return w.addWide(b)
}

// addNarrow adds rows without value and amount. It is the innermost loop of a
// run: one row is two words behind those of its partition.
func (w *Writer) addNarrow(b *Batch) error {
	shift := 64 - w.store.bits
	kinds := b.Kind[:len(b.Hash)]
	for i, h := range b.Hash {
		p := &w.parts[h.H1>>shift]
		if p.n+2 > len(p.tail) {
			if err := w.grow(p); err != nil {
				return err
			}
		}
		row := p.tail[p.n : p.n+2]
		row[0], row[1] = h.H1<<kindBits|uint64(kinds[i]), h.H2
		p.n += 2
		p.rows++
	}
	return nil
}

func (w *Writer) addWide(b *Batch) error {
	shift, stride := 64-w.store.bits, w.store.stride
	for i, h := range b.Hash {
		p := &w.parts[h.H1>>shift]
		if p.n+stride > len(p.tail) {
			if err := w.grow(p); err != nil {
				return err
			}
		}
		row := p.tail[p.n : p.n+stride]
		row[0], row[1] = h.H1<<kindBits|uint64(b.Kind[i]), h.H2
		w.lanes(row[2:], b, i)
		p.n += stride
		p.rows++
	}
	return nil
}

// lanes writes what a row carries beside its key.
func (w *Writer) lanes(row []uint64, b *Batch, i int) {
	n := 0
	if w.store.opts.Value {
		row[n] = uint64(b.Value[i])
		n++
	}
	if w.store.opts.Amount {
		row[n] = uint64(b.Amount[i])
		n++
	}
	if w.store.opts.Beside && b.Beside != nil {
		row[n] = b.Beside[i]
	} else if w.store.opts.Beside {
		row[n] = 0 // the memory may have been used before
	}
}

// addExact adds rows with their whole keys: the words of the row, the length of
// the key and the key.
func (w *Writer) addExact(b *Batch) error {
	shift, words := 64-w.store.bits, w.store.stride
	var row [4]uint64
	from := uint32(0)
	for i, h := range b.Hash {
		key := b.Keys[from:b.Ends[i]]
		from = b.Ends[i]
		p := &w.parts[h.H1>>shift]
		most := words*8 + binary.MaxVarintLen32 + len(key)
		if p.n+most > len(p.tail)*8 {
			if err := w.growExact(p, most); err != nil {
				return err
			}
		}
		row[0] = h.H1<<kindBits | uint64(b.Kind[i])
		w.lanes(row[1:], b, i)
		p.n += putExact(bytesOf(p.tail)[p.n:], row[:words], key)
		p.rows++
	}
	return nil
}

func putExact(to []byte, words []uint64, key []byte) int {
	n := 0
	for _, word := range words {
		binary.LittleEndian.PutUint64(to[n:], word)
		n += 8
	}
	if len(key) < 0x80 {
		to[n] = byte(len(key)) // as below, and quicker
		n++
	} else {
		n += binary.PutUvarint(to[n:], uint64(len(key)))
	}
	return n + copy(to[n:], key)
}

func bytesOf(words []uint64) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), len(words)*8)
}

// grow makes room for a row: the full chunk stays in memory, or goes to disk
// where memory is at its bound.
func (w *Writer) grow(p *part) error {
	chunk := w.store.chunk / w.store.stride * w.store.stride
	return w.roll(p, chunk, p.n*8)
}

func (w *Writer) growExact(p *part, most int) error {
	return w.roll(p, max(w.store.chunk, (most+7)/8), p.n)
}

// roll puts the chunk being filled, of so many bytes in use, away and begins one
// of so many words.
func (w *Writer) roll(p *part, words, used int) error {
	s := w.store
	full := s.opts.Memory > 0 && s.used.Load()+int64(words)*8 > s.opts.Memory
	if full && used > 0 {
		at, err := w.spill.write(bytesOf(p.tail)[:used])
		if err != nil {
			return err
		}
		p.onDisk = append(p.onDisk, piece{at, used})
		p.n = 0
		if len(p.tail) >= words {
			return nil
		}
	}
	tail, err := s.memory.take(words)
	if err != nil {
		return err
	}
	s.used.Add(int64(words) * 8)
	if p.n > 0 {
		p.chunks = append(p.chunks, p.tail)
		p.ends = append(p.ends, p.n)
	}
	p.tail, p.n = tail, 0
	return nil
}
