package generate

import "slices"

// draw draws rows by number, in any order, holding none of them.
type draw struct {
	rows     permutation
	sums     []float64 // of 1/rank: partner sizes after Zipf's law, exponent 1
	clusters [clusters][clusterSize]int
}

// Partners of one cluster share accounts far more often than chance would have it.
const (
	clusters     = 16
	clusterSize  = 8
	clusterShare = 0.65 // of the partners of an account with several
)

func newDraw(s Spec) *draw {
	d := &draw{rows: newPermutation(uint64(s.Rows), seedRows)}
	sum := 0.0
	for rank := range s.Partners {
		sum += 1 / float64(rank+1)
		d.sums = append(d.sums, sum)
	}
	for c := range d.clusters {
		dice := dice{mix(seedClusters, uint64(c))}
		fill(d.clusters[c][:], func() int { return d.bySize(&dice) })
	}
	return d
}

// partner is the nth partner of an account, which depends on the account alone.
func (d *draw) partner(account uint64, p place) int {
	dice := dice{mix(seedPartners, account)}
	if p.partners == 1 {
		return d.bySize(&dice)
	}
	cluster := &d.clusters[dice.next()%clusters]
	var all [8]int
	fill(all[:p.nth+1], func() int {
		if dice.share() < clusterShare {
			return cluster[dice.next()%clusterSize]
		}
		return d.bySize(&dice)
	})
	return all[p.nth]
}

// bySize draws a partner, large ones more often.
func (d *draw) bySize(dice *dice) int {
	at, _ := slices.BinarySearch(d.sums, dice.share()*d.sums[len(d.sums)-1])
	return at
}

// fill draws distinct numbers.
func fill(to []int, next func() int) {
	for i := range to {
		to[i] = next()
		for slices.Contains(to[:i], to[i]) {
			to[i] = next()
		}
	}
}

// dice is a small generator of random numbers (splitmix64), one for each
// account, so that rows need not be drawn in order.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state++
	return mix(d.state, d.state)
}

// share is a number in [0, 1).
func (d *dice) share() float64 { return float64(d.next()>>11) / (1 << 53) }
