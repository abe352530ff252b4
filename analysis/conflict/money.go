package conflict

import (
	"cmp"
	"math"

	"github.com/shopspring/decimal"
)

// Money is an exact sum of many amounts. Amounts of up to four decimals, as
// nearly all are, are added as whole numbers; the zero Money is nothing.
type Money struct {
	units int64 // of 1/10,000
	rest  decimal.Decimal
}

const moneyDecimals = 4

// Add adds an amount.
func (m *Money) Add(d decimal.Decimal) {
	if d.IsZero() {
		return
	}
	if units, ok := wholeUnits(d); ok && m.units > -math.MaxInt64/2 && m.units < math.MaxInt64/2 {
		m.units += units
		return
	}
	m.rest = m.rest.Add(d)
}

// wholeUnits is an amount in units, at most a quarter of what fits; false where it
// is not a whole number of them or is too large.
func wholeUnits(d decimal.Decimal) (int64, bool) {
	const most = math.MaxInt64 / 4
	if d.Exponent() < -moneyDecimals || d.Exponent() > 6 || d.NumDigits() > 12 {
		return 0, false
	}
	units := d.CoefficientInt64()
	for e := d.Exponent(); e > -moneyDecimals; e-- {
		if units > most/10 || units < -most/10 {
			return 0, false
		}
		units *= 10
	}
	return units, true
}

// addSum adds what another sum holds.
func (m *Money) addSum(n Money) {
	m.Add(n.rest)
	if m.units > -math.MaxInt64/2 && m.units < math.MaxInt64/2 {
		m.units += n.units
		return
	}
	m.rest = m.rest.Add(decimal.New(n.units, -moneyDecimals))
}

// Sum is the whole sum.
func (m Money) Sum() decimal.Decimal {
	units := decimal.New(m.units, -moneyDecimals)
	if m.rest.IsZero() {
		return units
	}
	return units.Add(m.rest)
}

// Compare orders sums by their worth.
func (m Money) Compare(n Money) int {
	if m.rest.IsZero() && n.rest.IsZero() {
		return cmp.Compare(m.units, n.units)
	}
	return m.Sum().Cmp(n.Sum())
}
