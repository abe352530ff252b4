// Package answer is what every way of counting has to print, so that two runs
// can be told to have counted the same: figures of the whole list and a checksum
// of every pair of partners.
package answer

import (
	"fmt"
	"math/bits"
	"slices"
)

// Answer is what a list says of its members.
type Answer struct {
	Rows        int64  // of the list, repeated ones too
	Members     int64  // net reach
	Gross       int64  // the sum over partners
	Sets        int64  // distinct sets of partners, by segment where there are segments
	OnlyThrough int64  // members with one partner
	Overlap     uint64 // a weighted sum over the overlap of every pair, by segment
}

// NotCounted stands for rows or sets where a way of counting has no need of
// the ones or cannot give the others.
const NotCounted = -1

// ExitNotAvailable is how a process says that it cannot do the work yet.
const ExitNotAvailable = 4

const line = "rows=%d members=%d gross=%d sets=%d only-through=%d overlap=%016x"

func (a Answer) String() string {
	return fmt.Sprintf(line, a.Rows, a.Members, a.Gross, a.Sets, a.OnlyThrough, a.Overlap)
}

// Parse reads the line that String makes.
func Parse(text string) (a Answer, err error) {
	if _, err = fmt.Sscanf(text, line, &a.Rows, &a.Members, &a.Gross, &a.Sets, &a.OnlyThrough, &a.Overlap); err != nil {
		err = fmt.Errorf("%q is not an answer: %w", text, err)
	}
	return a, err
}

// Agrees reports whether two answers are the same. Rows and sets count where
// both have counted them.
func (a Answer) Agrees(b Answer) bool {
	if a.Rows == NotCounted || b.Rows == NotCounted {
		a.Rows, b.Rows = 0, 0
	}
	if a.Sets == NotCounted || b.Sets == NotCounted {
		a.Sets, b.Sets = 0, 0
	}
	return a == b
}

// Tally makes an answer from the distinct sets.
type Tally struct {
	answer   Answer
	partners int
	overlap  [][]int64 // by segment, partner and partner, of which the first is less or the same
}

// NewTally begins an answer. Without segments there is one, with number 0.
func NewTally(rows int64, partners, segments int) *Tally {
	t := &Tally{answer: Answer{Rows: rows}, partners: partners, overlap: make([][]int64, max(segments, 1))}
	for s := range t.overlap {
		t.overlap[s] = make([]int64, partners*partners)
	}
	return t
}

// Add counts the members of a segment that have exactly a set of partners,
// which are ascending.
func (t *Tally) Add(segment int, partners []int, members int64) {
	t.answer.Members += members
	t.answer.Gross += members * int64(len(partners))
	t.answer.Sets++
	if len(partners) == 1 {
		t.answer.OnlyThrough += members
	}
	for i, p := range partners {
		row := t.overlap[segment][p*t.partners:]
		for _, q := range partners[i:] {
			row[q] += members
		}
	}
}

// AddMask is Add for a set of which bit p says that partner p is in it.
func (t *Tally) AddMask(segment int, mask uint64, members int64) {
	var space [64]int
	partners := space[:0]
	for ; mask != 0; mask &= mask - 1 {
		partners = append(partners, bits.TrailingZeros64(mask))
	}
	t.Add(segment, partners, members)
}

// Answer is what has been counted.
func (t *Tally) Answer() Answer {
	a := t.answer
	for s := range t.overlap {
		for i, n := range t.overlap[s] {
			a.Overlap += uint64(n) * weight(s, i)
		}
	}
	return a
}

// weight is odd and differs for every pair, so that no two errors cancel.
func weight(segment, pair int) uint64 {
	x := uint64(segment)<<32 | uint64(pair)
	x = (x + 1) * 0x9e3779b97f4a7c15
	return (x^x>>29)*0xbf58476d1ce4e5b9 | 1
}

// Distinct sorts partners and drops those named twice, in place.
func Distinct(partners []int) []int {
	slices.Sort(partners)
	return slices.Compact(partners)
}

// SetOverlap is for those who count pairs instead of sets: the members that
// both have, p no more than q; with p = q, those that the partner has.
func (t *Tally) SetOverlap(p, q int, members int64) {
	t.overlap[0][p*t.partners+q] = members
	if p == q {
		t.answer.Gross += members
	}
}
