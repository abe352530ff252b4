package answer_test

import (
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
)

func tally(sets map[uint64]int64) answer.Answer {
	t := answer.NewTally(9, 64, 0)
	for mask, members := range sets {
		t.AddMask(0, mask, members)
	}
	return t.Answer()
}

func TestTally(t *testing.T) {
	a := tally(map[uint64]int64{1: 3, 1 << 63: 1, 1 | 1<<63: 2})
	want := answer.Answer{Rows: 9, Members: 6, Gross: 8, Sets: 3, OnlyThrough: 4, Overlap: a.Overlap}
	if a != want {
		t.Errorf("got %v, want %v", a, want)
	}
}

// The checksum sees a pair that moves, even where all sums stay the same.
func TestOverlapIsSeen(t *testing.T) {
	a := tally(map[uint64]int64{0b0011: 5, 0b1100: 5})
	b := tally(map[uint64]int64{0b0101: 5, 0b1010: 5})
	if a.Members != b.Members || a.Gross != b.Gross || a.Overlap == b.Overlap || a.Agrees(b) {
		t.Errorf("%v and %v differ in pairs alone", a, b)
	}
}

// Pairs counted one by one give the checksum of the sets.
func TestSetOverlap(t *testing.T) {
	want := tally(map[uint64]int64{0b01: 3, 0b11: 2})
	pairs := answer.NewTally(9, 64, 0)
	pairs.SetOverlap(0, 0, 5)
	pairs.SetOverlap(1, 1, 2)
	pairs.SetOverlap(0, 1, 2)
	if got := pairs.Answer(); got.Overlap != want.Overlap || got.Gross != want.Gross {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSegmentsDiffer(t *testing.T) {
	var sums [2]uint64
	for segment := range sums {
		of := answer.NewTally(1, 2, 2)
		of.Add(segment, []int{0, 1}, 7)
		sums[segment] = of.Answer().Overlap
	}
	if sums[0] == sums[1] {
		t.Error("the checksum does not see the segment")
	}
}

func TestParse(t *testing.T) {
	a := answer.Answer{Rows: answer.NotCounted, Members: 5, Gross: 7, Sets: 3, OnlyThrough: 3, Overlap: 1<<63 + 1}
	b, err := answer.Parse(a.String() + "\n")
	if err != nil || a != b {
		t.Errorf("got %v, %v", b, err)
	}
	b.Rows, b.Sets = 100, answer.NotCounted
	if !a.Agrees(b) || !b.Agrees(a) {
		t.Error("what nobody counted makes a difference")
	}
	b.OnlyThrough++
	if a.Agrees(b) {
		t.Error("answers that differ agree")
	}
	if _, err := answer.Parse("members=5"); err == nil {
		t.Error("half an answer was read")
	}
}
