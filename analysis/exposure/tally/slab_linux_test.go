package tally

import (
	"runtime/debug"
	"testing"

	"github.com/channelmap/channelmap/graph/identity"
)

// bound gives the collector a bound of 1 GiB for a test.
func bound(t *testing.T) {
	kept := yielded.bytes // by stores that other tests left open
	before := debug.SetMemoryLimit(1 << 30)
	yielded.bytes = 0
	t.Cleanup(func() {
		debug.SetMemoryLimit(before)
		yielded.bytes, yielded.bound = kept, before
	})
}

// TestYield takes the store's memory off the collector's bound, and gives it back.
func TestYield(t *testing.T) {
	bound(t)
	s := New(Options{Rows: 10})
	if err := s.Writer(0).Add(&Batch{Hash: []identity.Hash{{H1: 1}}, Kind: []uint32{0}}); err != nil {
		t.Fatal(err)
	}
	if got := debug.SetMemoryLimit(-1); s.Outside() == 0 || got != 1<<30-s.Outside() {
		t.Errorf("the bound is %d, with %d outside", got, s.Outside())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := debug.SetMemoryLimit(-1); s.Outside() != 0 || got != 1<<30 {
		t.Errorf("closed, the bound is %d, with %d outside", got, s.Outside())
	}
}

// TestYieldLeavesSome leaves the collector a part of its bound.
func TestYieldLeavesSome(t *testing.T) {
	bound(t)
	yield(2 << 30)
	if got := debug.SetMemoryLimit(-1); got != 1<<30/leastOfBound {
		t.Errorf("the bound is %d", got)
	}
	yield(-2 << 30)
	if got := debug.SetMemoryLimit(-1); got != 1<<30 {
		t.Errorf("given back, the bound is %d", got)
	}
}
