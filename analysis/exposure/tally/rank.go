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
//
// The lowest word stands first. The last one is the segment, and in its lower half
// is no part of the rank but what has it.
type rank [3]uint64

// wordRank is the rank of a set that is a word.
type wordRank [2]uint64

// ranked are the forms of ranks.
type ranked interface{ ~[2]uint64 | ~[3]uint64 }

// rankBits are those of the last word that are part of the rank.
const rankBits = 0xffff << 32

// endOf is the last word of a rank. segment is +1.
func endOf(segment uint16, of int) uint64 { return uint64(segment-1)<<32 | uint64(uint32(of)) }

// of is what has a rank.
func of[R ranked](r *R) uint32 { return uint32((*r)[len(*r)-1]) }

func compareRanks[R ranked](r, s *R) int {
	last := len(*r) - 1
	if c := cmp.Compare((*r)[last]>>32, (*s)[last]>>32); c != 0 {
		return c
	}
	for i := last - 1; i >= 0; i-- {
		if c := cmp.Compare((*r)[i], (*s)[i]); c != 0 {
			return c
		}
	}
	return 0
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
	if lines <= 64 {
		short := wordRankOf(m.a, segment, of)
		return rank{0, short[0], short[1]}
	}
	r := rank{2: endOf(segment, of)}
	high, low := bits.Reverse64(m.a), bits.Reverse64(m.b)
	lastHigh, lastLow := high&-high, low&-low
	if low != 0 {
		lastHigh = 0
	}
	low, borrow := bits.Sub64(uint64(bits.OnesCount64(m.a)+bits.OnesCount64(m.b)), low, 0)
	high, _ = bits.Sub64(0, high, borrow)
	r[0], borrow = bits.Sub64(low, lastLow, 0)
	r[1], _ = bits.Sub64(high, lastHigh, borrow)
	return r
}

// wordRankOf is that of a set of lines below 64, given as a mask.
func wordRankOf(mask uint64, segment uint16, of int) wordRank {
	reversed := bits.Reverse64(mask)
	return wordRank{uint64(bits.OnesCount64(mask)) - reversed - reversed&-reversed, endOf(segment, of)}
}

// fewRanks are sorted as quickly in another way.
const fewRanks = 512

// sortRanks sorts ranks byte by byte. It uses their memory,
// and as much again.
func sortRanks[R ranked](all []R) []R {
	if len(all) <= fewRanks {
		slices.SortFunc(all, func(a, b R) int { return compareRanks(&a, &b) })
		return all
	}
	other := make([]R, len(all))
	differ := differing(all)
	for word := range len(differ) {
		for shift := 0; shift < 64; shift += 8 {
			if differ[word]>>shift&0xff != 0 {
				spread(all, other, word, shift)
				all, other = other, all
			}
		}
	}
	return all
}

// differing tells the bits in which ranks differ.
func differing[R ranked](all []R) (bits R) {
	for i := range all {
		for word := range len(bits) {
			bits[word] |= all[i][word] ^ all[0][word]
		}
	}
	bits[len(bits)-1] &= rankBits
	return bits
}

// spread moves ranks to where one of their bytes puts them; equal ones stay in
// order.
func spread[R ranked](from, to []R, word, shift int) {
	var starts [256]int
	for i := range from {
		starts[byte(from[i][word]>>shift)]++
	}
	at := 0
	for digit, n := range starts {
		starts[digit] = at
		at += n
	}
	for i := range from {
		next := &starts[byte(from[i][word]>>shift)]
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
		if compareRanks(&second[0], &first[0]) < 0 {
			out, second = append(out, second[0]), second[1:]
		} else {
			out, first = append(out, first[0]), first[1:]
		}
	}
	return append(append(out, first...), second...)
}
