package exposure

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph/list"
)

// TestStoredSumIsThatOfItsText reads numbers as sums without their texts.
func TestStoredSumIsThatOfItsText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	quick := 0
	check := func(number int64, form list.NumberForm, scale int, text string) {
		sum, ok := storedSum(number, form, scale)
		if !ok {
			return
		}
		quick++
		if want := decimal.RequireFromString(text).Shift(sumDigits); !want.Equal(decimal.New(sum, 0)) {
			t.Errorf("%s is read as %d of its %dth parts", text, sum, sumUnit)
		}
	}
	for range 200_000 {
		n := rnd.Int64N(1 << (1 + rnd.IntN(60)))
		f := float64(n) / math.Pow10(rnd.IntN(8))
		for _, f := range []float64{f, -f, math.Nextafter(f, 0), rnd.NormFloat64()} {
			check(int64(math.Float64bits(f)), list.NumberDouble, 0, strconv.FormatFloat(f, 'f', -1, 64))
		}
		for scale := range 7 {
			check(n, list.NumberWhole, scale, decimal.New(n, -int32(scale)).String())
		}
	}
	if quick < 500_000 {
		t.Errorf("only %d were read quickly", quick)
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 1e300} {
		if _, ok := storedSum(int64(math.Float64bits(f)), list.NumberDouble, 0); ok {
			t.Errorf("%v is read as a sum", f)
		}
	}
}
