package render

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// Cell is a cell of a workbook. The zero Cell is empty.
type Cell struct {
	// value is a string that is safe already, an int64, a float64, a time.Time,
	// or nil.
	value any
	// format is how a spreadsheet shows a number; empty for texts.
	format string
}

const (
	wholeFormat    = "#,##0"
	fractionFormat = "#,##0.00"
	shareFormat    = "0.0%"
	dateFormat     = "yyyy-mm-dd"
)

// sheetDigits is how many significant digits spreadsheets keep of a number.
const sheetDigits = 15

// EmptyCell is a cell without content.
func EmptyCell() Cell { return Cell{} }

// TextCell holds a text that is never a formula: one that begins as a formula
// does gets a leading apostrophe, as in CSV, and control characters become
// visible escapes. A text of more than 32,767 characters is cut, and says so at
// its end. The empty text gives an empty cell.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{value: sheetText(s)}
}

// NumberCell holds a number, which is shown with two decimals where it is not
// whole. NaN and infinite numbers are refused when the workbook is written.
func NumberCell(n float64) Cell {
	n = keptDigits(n)
	if n == math.Trunc(n) {
		return Cell{n, wholeFormat}
	}
	return Cell{n, fractionFormat}
}

// CountCell holds a whole number.
func CountCell(n int64) Cell { return Cell{n, wholeFormat} }

// ShareCell holds a share, 0.5 for a half, and shows it as percent with one
// decimal. NaN and infinite shares are refused when the workbook is written.
func ShareCell(share float64) Cell { return Cell{keptDigits(share), shareFormat} }

// DateCell holds a day. The zero Date gives an empty cell. Days outside 1900 to
// 9999, which spreadsheets do not know, become texts.
func DateCell(d graph.Date) Cell {
	switch {
	case d.IsZero():
		return Cell{}
	case d.Year < 1900 || d.Year > 9999:
		return TextCell(d.String())
	}
	return Cell{d.Time(), dateFormat}
}

// MoneyCell holds an amount, rounded to two decimals, as a number that is shown
// with its currency; an empty currency shows none. An amount of more than 15
// significant digits, of which a spreadsheet would lose some, becomes a text.
func MoneyCell(amount decimal.Decimal, currency string) Cell {
	digits := amount.StringFixed(2)
	currency = currencyLetters(currency)
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || len(strings.Trim(strings.Replace(digits, ".", "", 1), "-0")) > sheetDigits {
		return TextCell(strings.TrimSpace(currency + " " + digits))
	}
	if currency == "" {
		return Cell{keptDigits(n), fractionFormat}
	}
	return Cell{keptDigits(n), fractionFormat + ` "` + currency + `"`}
}

// currencyLetters leaves of a currency what cannot end the quoted part of a
// number format.
func currencyLetters(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.Nd, unicode.Sc) {
			return r
		}
		return -1
	}, s)
	return cutText(s, 8)
}

// keptDigits rounds to the digits that spreadsheets keep; what is beyond them
// would be dropped without rounding. There is no negative zero.
func keptDigits(n float64) float64 {
	if n == 0 {
		return 0
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', sheetDigits, 64), 64)
	if err != nil {
		return n
	}
	return rounded
}

// displayed is the width of a cell as a spreadsheet shows it, in characters.
func (c Cell) displayed() int {
	switch v := c.value.(type) {
	case nil:
		return 0
	case string:
		return displayWidth(v)
	case int64:
		return len(analysis.Number(float64(v)))
	case float64:
		decimals := strings.TrimLeft(c.format, "#,0") // what stands behind the whole digits
		return len(analysis.Number(v)) + len(decimals)
	default:
		return len("2026-11-23")
	}
}
