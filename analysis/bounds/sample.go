package bounds

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/combin"

	"github.com/channelmap/channelmap/analysis/figure"
)

// BasisSampled is the basis of figures inferred from a random sample.
const BasisSampled = "sampled"

// Sampled infers how many of a population of n members have a property when
// hits of drawn random ones do: the best estimate is proportional, the limits
// are the exact two-sided 95% interval of the hypergeometric distribution, by
// inverting its tails (Katz 1953; Buonaccorsi 1987). A sample larger than the
// population, or with more hits than draws, gives the population itself as
// limit.
func Sampled(n, drawn, hits int) figure.Figure {
	drawn = min(drawn, n)
	hits = min(hits, drawn)
	if drawn <= 0 {
		return figure.Figure{High: float64(max(n, 0)), Basis: BasisSampled}
	}
	const tail = 0.025
	least, most := hits, n-drawn+hits
	low := least + sort.Search(most-least, func(i int) bool {
		return upperTail(n, least+i, drawn, hits) > tail
	})
	high := most - sort.Search(most-least, func(i int) bool {
		return lowerTail(n, most-i, drawn, hits) > tail
	})
	return figure.Figure{
		Low: float64(low), Best: float64(n) * float64(hits) / float64(drawn), High: float64(high), Basis: BasisSampled,
	}
}

// upperTail is the chance of at least x hits when k of n members are hits.
func upperTail(n, k, drawn, x int) float64 {
	var sum float64
	for i := x; i <= min(k, drawn); i++ {
		sum += hypergeometric(n, k, drawn, i)
	}
	return sum
}

// lowerTail is the chance of at most x hits when k of n members are hits.
func lowerTail(n, k, drawn, x int) float64 {
	var sum float64
	for i := max(0, drawn-(n-k)); i <= x; i++ {
		sum += hypergeometric(n, k, drawn, i)
	}
	return sum
}

func hypergeometric(n, k, drawn, x int) float64 {
	return math.Exp(logChoose(k, x) + logChoose(n-k, drawn-x) - logChoose(n, drawn))
}

func logChoose(n, k int) float64 {
	if k < 0 || k > n {
		return math.Inf(-1)
	}
	return combin.LogGeneralizedBinomial(float64(n), float64(k))
}
