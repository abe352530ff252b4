package tally

import "sync"

// slabWords is the size of the pieces in which memory is asked for: 4 MiB, two huge
// pages.
const slabWords = 1 << 19

// slabs hands out memory for chunks that the garbage collector does not look
// into, in large pieces that the system can map as huge pages.
type slabs struct {
	lock sync.Mutex
	all  [][]uint64
	rest []uint64
}

// take returns zeroed memory of so many words.
func (s *slabs) take(words int) ([]uint64, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if len(s.rest) < words {
		slab, err := mapWords(max(slabWords, words))
		if err != nil {
			return nil, err
		}
		s.all = append(s.all, slab)
		s.rest = slab
	}
	piece := s.rest[:words:words]
	s.rest = s.rest[words:]
	return piece, nil
}

// Outside is how many bytes the store takes of the memory that the garbage
// collector does not count.
func (s *Store) Outside() int64 {
	if !offHeap {
		return 0
	}
	var words int
	for i := range s.memory {
		words += s.memory[i].words()
	}
	return int64(words) * 8
}

func (s *slabs) words() (n int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, slab := range s.all {
		n += len(slab)
	}
	return n
}

func (s *slabs) free() {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, slab := range s.all {
		unmapWords(slab)
	}
	s.all, s.rest = nil, nil
}
