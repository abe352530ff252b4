package tally

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// mapWords maps anonymous memory, in huge pages where the system has them: rows
// are written to a thousand places at once, and small pages make each of them
// slow.
func mapWords(n int) ([]uint64, error) {
	b, err := unix.Mmap(-1, 0, n*8, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("no memory for %d MB more of rows: %w; give a bound with --memory, beyond which rows go to disk", n*8>>20, err)
	}
	_ = unix.Madvise(b, unix.MADV_HUGEPAGE) // only quicker
	yield(int64(len(b)))
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(b))), n), nil
}

func unmapWords(w []uint64) {
	yield(-int64(len(w)) * 8)
	_ = unix.Munmap(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(w))), len(w)*8)) // nothing to be done about it
}

// offHeap says that slabs are no part of what the garbage collector counts.
const offHeap = true

// yielded is what slabs took from the garbage collector's bound.
var yielded struct {
	sync.Mutex
	bytes, bound int64
}

// leastOfBound is the part of its bound that stays with the collector: one in so
// many.
const leastOfBound = 4

// yield takes bytes from the bound of the garbage collector, if it has one, or
// gives them back: it does not see this memory, and would fill the bound by
// itself.
func yield(bytes int64) {
	yielded.Lock()
	defer yielded.Unlock()
	if yielded.bytes == 0 {
		yielded.bound = debug.SetMemoryLimit(-1)
	}
	yielded.bytes += bytes
	if bound := yielded.bound; bound != math.MaxInt64 {
		debug.SetMemoryLimit(max(bound/leastOfBound, bound-yielded.bytes))
	}
}
