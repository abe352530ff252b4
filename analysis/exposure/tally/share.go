package tally

import (
	"encoding/binary"
	"slices"
)

// share is a part of the members of a partition: those of whose hash the first bits
// that rows keep are a number. All of them are the share of no bits.
type share struct {
	number uint64
	bits   int
}

// has reports whether the row with a first word is of the share.
func (s share) has(word uint64) bool { return word>>(64-s.bits) == s.number } // a shift by 64 leaves 0

// mostShareBits bounds how often a partition is read: once for each share.
const mostShareBits = 10

// leastShare is how many bytes of rows a share has about, at least. Tests make it small.
var leastShare int64 = 1 << 20

// shareBits is into how many shares a partition of so many bytes is split, so that those
// being counted take a quarter of what rows may.
func (s *Store) shareBits(bytes int64) (n int) {
	if s.opts.Memory <= 0 {
		return 0
	}
	most := max(s.opts.Memory/int64(4*s.opts.Workers), leastShare)
	for bytes>>n > most && n < mostShareBits {
		n++
	}
	return n
}

// size is how many bytes the rows of a partition take.
func (r *rowReader) size(p int) (bytes int64) {
	for _, w := range r.store.writers {
		bytes += int64(r.bytes(w.parts[p].n))
		for _, n := range w.full[p].ends {
			bytes += int64(r.bytes(n))
		}
		for _, at := range w.full[p].onDisk {
			bytes += int64(at.size)
		}
	}
	return bytes
}

// openShare makes the rows of a share of a partition ready, together in one chunk, and
// returns how many there are.
func (r *rowReader) openShare(p int, s share) (rows int64, err error) {
	picked := 0
	pick := func(c chunk) {
		n, bytes := r.pick(c, s, picked)
		rows, picked = rows+n, picked+bytes
	}
	for _, w := range r.store.writers {
		part, full := &w.parts[p], &w.full[p]
		for i, words := range full.chunks {
			pick(chunk{words, r.bytes(full.ends[i])})
		}
		for _, at := range full.onDisk {
			words := r.room(0, at.size)
			if err := w.spill.read(at, bytesOf(words)); err != nil {
				return 0, err
			}
			pick(chunk{words, at.size})
		}
		if part.n > 0 {
			pick(chunk{part.tail, r.bytes(part.n)})
		}
	}
	r.chunks = append(r.chunks[:0], chunk{r.picked, picked})
	return rows, nil
}

// pick copies the rows of a share behind so many bytes that are picked, and returns
// their number and bytes.
func (r *rowReader) pick(c chunk, s share, from int) (rows int64, bytes int) {
	all := bytesOf(c.words)[:c.size]
	for len(all) > 0 {
		size := 8 * r.store.stride
		if r.store.opts.Exact {
			_, _, size = r.exact(all)
		}
		if s.has(binary.LittleEndian.Uint64(all)) {
			if need := (from + bytes + size + 7) / 8; need > len(r.picked) {
				r.picked = slices.Grow(r.picked, need-len(r.picked))
				r.picked = r.picked[:cap(r.picked)]
			}
			copy(bytesOf(r.picked)[from+bytes:], all[:size])
			rows, bytes = rows+1, bytes+size
		}
		all = all[size:]
	}
	return rows, bytes
}
