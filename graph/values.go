package graph

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Date is a day in the calendar; the zero Date means that none was given.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date written YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date such as 2026-11-23", s)
	}
	return DateOf(t), nil
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is negative where d is before e, zero where they are the same day.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// DaysUntil is the number of days from d to e, negative where e is before.
func (d Date) DaysUntil(e Date) int { return int(e.Time().Sub(d.Time()).Hours() / 24) }

// String writes the date as YYYY-MM-DD, and nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Interval is a number that is known exactly (Low == High) or within limits.
type Interval struct {
	Low, High float64
	Decimals  int // how many were typed: the rounding slack is half of the last one
}

// plainNumber is how numbers are written: digits and a point, nothing between
// thousands. The number of digits is bounded because arithmetic on decimals
// takes time and memory by their number.
var plainNumber = regexp.MustCompile(`^[+-]?[0-9]{1,18}(\.[0-9]{1,12})?$|^[+-]?\.[0-9]{1,12}$`)

// parseNumber reads 0.35 or 35% and tells how many decimals of the value were
// typed: two in both cases.
func parseNumber(s string) (v decimal.Decimal, decimals int, err error) {
	digits, percent := strings.CutSuffix(s, "%")
	if !plainNumber.MatchString(digits) {
		return v, 0, fmt.Errorf("%s is not a number such as 0.35 or 35%%", quote(s))
	}
	v, err = decimal.NewFromString(digits)
	if percent {
		v = v.Shift(-2)
	}
	return v, max(0, -int(v.Exponent())), err
}

// ParseInterval reads a number, 0.35 or 35%, or limits, 0.3..0.5 or 30%..50%.
// Of limits Decimals is the larger number of decimals typed.
func ParseInterval(s string) (Interval, error) {
	from, to, limits := strings.Cut(s, "..")
	low, decimals, err := parseNumber(strings.TrimSpace(from))
	if err != nil {
		return Interval{}, err
	}
	high := low
	if limits {
		var typed int
		high, typed, err = parseNumber(strings.TrimSpace(to))
		if err != nil {
			return Interval{}, err
		}
		decimals = max(decimals, typed)
	}
	if high.LessThan(low) {
		return Interval{}, &backwardsError{from: strings.TrimSpace(from), to: strings.TrimSpace(to)}
	}
	return Interval{Low: low.InexactFloat64(), High: high.InexactFloat64(), Decimals: decimals}, nil
}

// backwardsError is that of limits written the wrong way round.
type backwardsError struct{ from, to string }

func (e *backwardsError) Error() string {
	return fmt.Sprintf("%q ends below its start; %s", e.from+".."+e.to, e.hint())
}

func (e *backwardsError) hint() string { return "the lower limit comes first: " + e.to + ".." + e.from }

// Exactly returns the interval that holds one number.
func Exactly(v float64) Interval { return Interval{Low: v, High: v} }

// Middle is the point that stands for the interval where one is needed.
func (i Interval) Middle() float64 { return (i.Low + i.High) / 2 }

// IsExact reports whether the interval holds one number only.
func (i Interval) IsExact() bool { return i.Low == i.High }

// Money is an amount in a currency; no currency means the ecosystem's.
type Money struct {
	Amount   decimal.Decimal
	Currency string
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// ParseMoney reads an amount, 45000 or 45000.50, with or without the three
// letters of a currency behind it.
func ParseMoney(s string) (Money, error) {
	digits, currency, _ := strings.Cut(strings.TrimSpace(s), " ")
	currency = strings.TrimSpace(currency)
	if !plainNumber.MatchString(digits) || currency != "" && !currencyCode.MatchString(currency) {
		return Money{}, fmt.Errorf("%s is not an amount such as 45000 or 45000 EUR", quote(s))
	}
	amount, err := decimal.NewFromString(digits)
	return Money{Amount: amount, Currency: currency}, err
}

// Position is where in the ecosystem file something stands. Lines and columns
// count from 1; the zero Position is that of something the file does not hold.
type Position struct{ Line, Column int }

// Place is where in a list something stands, for people to find it: the row
// number is the one that a spreadsheet shows.
type Place struct {
	File  string `json:"file"`  // as the ecosystem names it
	Sheet string `json:"sheet"` // of a workbook; else empty
	Row   int    `json:"row"`   // from 1; 0 where the whole file is meant
}

// String writes the place as file, sheet and row, leaving out what is absent.
func (p Place) String() string {
	s := p.File
	if p.Sheet != "" {
		s += " [" + p.Sheet + "]"
	}
	if p.Row > 0 {
		s += fmt.Sprintf(" row %d", p.Row)
	}
	return s
}
