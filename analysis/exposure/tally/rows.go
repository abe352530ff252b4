package tally

import (
	"encoding/binary"
	"unsafe"
)

// rowReader gives the rows of one partition, which all writers have a part of.
type rowReader struct {
	store  *Store
	chunks []chunk
	loaded [][]uint64 // memory for chunks from disk, used again for every partition
	picked []uint64   // memory for the rows of a share
	lanes  []int64    // of the row read last
}

// chunk is a run of rows: so many bytes of the given words.
type chunk struct {
	words []uint64
	size  int
}

func newRowReader(s *Store) rowReader { return rowReader{store: s} }

// open makes the chunks of a partition ready and returns how many rows they hold.
func (r *rowReader) open(p int) (rows int64, err error) {
	r.chunks = r.chunks[:0]
	n := 0
	for _, w := range r.store.writers {
		part, full := &w.parts[p], &w.full[p]
		rows += full.rows
		for i, words := range full.chunks {
			r.chunks = append(r.chunks, chunk{words, r.bytes(full.ends[i])})
		}
		for _, at := range full.onDisk {
			words := r.room(n, at.size)
			n++
			if err := w.spill.read(at, bytesOf(words)); err != nil {
				return 0, err
			}
			r.chunks = append(r.chunks, chunk{words, at.size})
		}
		if part.n > 0 {
			r.chunks = append(r.chunks, chunk{part.tail, r.bytes(part.n)})
		}
	}
	if !r.store.opts.Exact {
		for _, c := range r.chunks {
			rows += int64(c.size / (8 * r.store.stride))
		}
	}
	return rows, nil
}

// bytes of what a part counts: words, or bytes in exact stores.
func (r *rowReader) bytes(n int) int {
	if r.store.opts.Exact {
		return n
	}
	return n * 8
}

// room returns memory for the chunk of the given number.
func (r *rowReader) room(n, size int) []uint64 {
	words := (size + 7) / 8
	if n == len(r.loaded) {
		r.loaded = append(r.loaded, nil)
	}
	if cap(r.loaded[n]) < words {
		r.loaded[n] = make([]uint64, max(words, r.store.chunk))
	}
	return r.loaded[n][:words]
}

// each calls do for every row: its number, its kind and what it carries.
func (r *rowReader) each(do func(i int, kind uint32, lanes []int64)) {
	i := 0
	for _, c := range r.chunks {
		if r.store.opts.Exact {
			i = r.eachExact(c, i, do)
			continue
		}
		stride := r.store.stride
		for row := c.words[:c.size/8]; len(row) >= stride; row = row[stride:] {
			do(i, uint32(row[0]&kindMask), lanesOf(row[2:stride]))
			i++
		}
	}
}

func (r *rowReader) eachExact(c chunk, i int, do func(int, uint32, []int64)) int {
	var words [4]uint64
	for b := bytesOf(c.words)[:c.size]; len(b) > 0; i++ {
		var n int
		words, _, n = r.exact(b)
		b = b[n:]
		do(i, uint32(words[0]&kindMask), lanesOf(words[1:r.store.stride]))
	}
	return i
}

// exact reads the row at the beginning of some bytes: its words, its key and
// its length.
func (r *rowReader) exact(b []byte) (words [4]uint64, key []byte, size int) {
	for i := range r.store.stride {
		words[i] = binary.LittleEndian.Uint64(b[size:])
		size += 8
	}
	key, n := keyBehind(b[size:])
	return words, key, size + n
}

// lanesIn are what a row of an exact store carries, in its bytes.
func (r *rowReader) lanesIn(b []byte) []int64 {
	r.lanes = r.lanes[:0]
	for ; len(b) >= 8; b = b[8:] {
		r.lanes = append(r.lanes, int64(binary.LittleEndian.Uint64(b)))
	}
	return r.lanes
}

// keyBehind reads a key that stands behind its length, and how many bytes both
// take.
func keyBehind(b []byte) (key []byte, size int) {
	length, n := uint64(b[0]), 1
	if length >= 0x80 {
		length, n = binary.Uvarint(b)
	}
	return b[n : n+int(length)], n + int(length)
}

func lanesOf(words []uint64) []int64 {
	if len(words) == 0 {
		return nil
	}
	return unsafe.Slice((*int64)(unsafe.Pointer(unsafe.SliceData(words))), len(words))
}
