package tally

import (
	"fmt"
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
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(b))), n), nil
}

func unmapWords(w []uint64) {
	_ = unix.Munmap(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(w))), len(w)*8)) // nothing to be done about it
}
