package tally

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
)

// rank is where a set of lines stands in the order of results, as a number: by
// segment, none last, then by lines as lists are compared, the beginning of a list
// before the list. Numbers are sorted much quicker than lists.
type rank struct {
	words [3]uint64 // the lowest first
	of    uint32    // what has it
}

// rankOf ranks a set of lines below 64, or below 128. segment is +1.
//
// Sets of n lines, as ascending lists, are the nodes of a tree: below a list are
// those that begin with it. There are 2^(n-1-s) lists that begin with one whose
// last line is s. In preorder there come before [s1 ... sk] the k lists it begins
// with, the empty one among them, and for each sj what begins with [... t],
// s(j-1) < t < sj: 2^(n-1-s(j-1)) - 2^(n-sj), with s0 = -1. With R the number whose
// highest bit is line 0, the sum is k - R - (the lowest bit of R), modulo 2^n.
func rankOf(m mask, segment uint16, lines, of int) rank {
	r := rank{words: [3]uint64{2: uint64(segment - 1)}, of: uint32(of)}
	if lines <= 64 {
		reversed := bits.Reverse64(m.a)
		r.words[1] = uint64(bits.OnesCount64(m.a)) - reversed - reversed&-reversed
		return r
	}
	high, low := bits.Reverse64(m.a), bits.Reverse64(m.b)
	lastHigh, lastLow := high&-high, low&-low
	if low != 0 {
		lastHigh = 0
	}
	low, borrow := bits.Sub64(uint64(bits.OnesCount64(m.a)+bits.OnesCount64(m.b)), low, 0)
	high, _ = bits.Sub64(0, high, borrow)
	r.words[0], borrow = bits.Sub64(low, lastLow, 0)
	r.words[1], _ = bits.Sub64(high, lastHigh, borrow)
	return r
}

func (r *rank) compare(s *rank) int {
	for i := len(r.words) - 1; i >= 0; i-- {
		if c := cmp.Compare(r.words[i], s.words[i]); c != 0 {
			return c
		}
	}
	return 0
}

// fewRanks are sorted as quickly in another way.
const fewRanks = 512

// sortRanks sorts ranks byte by byte. It uses their memory,
// and as much again.
func sortRanks(all []rank) []rank {
	if len(all) <= fewRanks {
		slices.SortFunc(all, func(a, b rank) int { return a.compare(&b) })
		return all
	}
	other := make([]rank, len(all))
	for word, differ := range differing(all) {
		for shift := 0; shift < 64; shift += 8 {
			if differ>>shift&0xff != 0 {
				spread(all, other, word, shift)
				all, other = other, all
			}
		}
	}
	return all
}

// differing tells the bits in which ranks differ.
func differing(all []rank) (bits [3]uint64) {
	for i := range all {
		for word := range bits {
			bits[word] |= all[i].words[word] ^ all[0].words[word]
		}
	}
	return bits
}

// spread moves ranks to where one of their bytes puts them; equal ones stay in
// order.
func spread(from, to []rank, word, shift int) {
	var starts [256]int
	for i := range from {
		starts[byte(from[i].words[word]>>shift)]++
	}
	at := 0
	for digit, n := range starts {
		starts[digit] = at
		at += n
	}
	for i := range from {
		next := &starts[byte(from[i].words[word]>>shift)]
		to[*next] = from[i]
		*next++
	}
}

// leastSorted is from how many ranks on several goroutines sort them.
const leastSorted = 4096

// sortRanksIn does so in so many parts at once.
func sortRanksIn(parts int, all []rank) []rank {
	if parts < 2 || len(all) < leastSorted {
		return sortRanks(all)
	}
	var first, second []rank
	var wait sync.WaitGroup
	wait.Go(func() { first = sortRanksIn(parts/2, all[:len(all)/2]) })
	second = sortRanksIn(parts-parts/2, all[len(all)/2:])
	wait.Wait()
	out := make([]rank, 0, len(all))
	for len(first) > 0 && len(second) > 0 {
		if second[0].compare(&first[0]) < 0 {
			out, second = append(out, second[0]), second[1:]
		} else {
			out, first = append(out, first[0]), first[1:]
		}
	}
	return append(append(out, first...), second...)
}
