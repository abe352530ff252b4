package graph

import (
	"cmp"
	"fmt"
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

// Position is where in the ecosystem file something stands. Lines and columns
// count from 1; the zero Position is that of something the file does not hold.
type Position struct{ Line, Column int }

// Place is where in a list something stands, for people to find it: the row
// number is the one that a spreadsheet shows.
type Place struct {
	File  string // as the ecosystem names it
	Sheet string // of a workbook; else empty
	Row   int    // from 1; 0 where the whole file is meant
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
