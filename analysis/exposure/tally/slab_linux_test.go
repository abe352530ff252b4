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

// TestRowsMakeRoomOnTheWay gives the memory of rows up while others are counted, and
// all of it in the end.
func TestRowsMakeRoomOnTheWay(t *testing.T) {
	s := New(Options{Rows: 1e8})
	var batch Batch
	for partition := range uint64(1 << s.bits) {
		batch.Hash, batch.Kind = append(batch.Hash, identity.Hash{H1: partition << (64 - s.bits), H2: partition}), append(batch.Kind, 0)
	}
	if err := s.Writer(0).Add(&batch); err != nil {
		t.Fatal(err)
	}
	var outside []int64
	s.StopWhen(func() error {
		outside = append(outside, s.Outside())
		return nil
	})
	r, err := s.Count(Spec{Kinds: []Kind{{Lines: []int{0}, Segment: None, Place: None}}, Lines: 1, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	var set Set
	if r.Set(0, &set); r.Len() != 1 || set.Members != int64(len(batch.Hash)) {
		t.Errorf("%d sets, the first of them with %d members", r.Len(), set.Members)
	}
	if first, last := outside[0], outside[len(outside)-1]; last*mostGroups != first || s.Outside() != 0 {
		t.Errorf("of %d bytes, %d are left for the last partition and %d behind it", first, last, s.Outside())
	}
}

// TestFewRowsShareMemory has one group of partitions where rows go to disk or are few.
func TestFewRowsShareMemory(t *testing.T) {
	for _, test := range []struct {
		opts Options
		want int
	}{
		{Options{}, 1}, {Options{Rows: 1e6}, 1}, {Options{Rows: 1.1e6}, 1}, {Options{Rows: 2.2e6}, 2}, {Options{Rows: 5e6}, 4}, {Options{Rows: 1e9}, mostGroups},
		{Options{Rows: 1e9, Memory: 1e9}, 1}, {Options{Rows: 1e7, Memory: 1e9}, mostGroups},
	} {
		s := New(test.opts)
		if n := len(s.memory); n != test.want || s.group(0) != 0 || s.group(1<<s.bits-1) != n-1 {
			t.Errorf("%+v: %d groups, want %d", test.opts, n, test.want)
		}
	}
}
