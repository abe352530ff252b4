package list

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// decimalMark is what a column writes between whole numbers and decimals.
type decimalMark byte

const (
	point decimalMark = '.'
	comma decimalMark = ','
)

func (m decimalMark) String() string {
	if m == comma {
		return "a decimal comma (1.234,50)"
	}
	return "a decimal point (1,234.50)"
}

// maxDigits bounds numbers: a longer one is no amount, and its arithmetic would
// have no bound either.
const maxDigits = 30

// parseNumber reads a number as people write amounts: with separators of
// thousands, a currency sign or code, parentheses or a trailing minus for what
// is negative, and a percent sign, which divides by 100.
func parseNumber(s string, mark decimalMark) (decimal.Decimal, error) {
	text, negative, percent := bare(s)
	if digits, ok := plainDigits(text, mark); ok {
		if d, err := decimal.NewFromString(digits); err == nil && d.Exponent() <= maxDigits && d.Exponent() >= -2*maxDigits {
			return signed(d, negative, percent), nil
		}
	}
	return decimal.Zero, fmt.Errorf("%q is not a number; write one such as 1234.50", shorten(s))
}

func signed(d decimal.Decimal, negative, percent bool) decimal.Decimal {
	if percent {
		d = d.Shift(-2)
	}
	if negative {
		d = d.Neg()
	}
	return d
}

// bare takes sign, currency and percent off a number.
func bare(s string) (text string, negative, percent bool) {
	if isPlain(s) {
		return s, false, false
	}
	s = strings.ReplaceAll(trim(s), "−", "-")
	if n := len(s); n > 2 && s[0] == '(' && s[n-1] == ')' {
		s, negative = trim(s[1:n-1]), true
	}
	s = withoutCurrency(s)
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		s, percent = trim(rest), true
	}
	if rest, ok := strings.CutSuffix(s, "-"); ok {
		s, negative = trim(rest), !negative
	} else if rest, ok := strings.CutPrefix(s, "-"); ok {
		s, negative = withoutCurrency(trim(rest)), !negative
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	return s, negative, percent
}

// isPlain reports whether a cell is digits and separators alone, as most numbers
// are.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != ',' {
			return false
		}
	}
	return true
}

// withoutCurrency takes a currency's sign or its code of three capitals off
// either end.
func withoutCurrency(s string) string {
	for _, prefix := range []string{"US$", "CA$", "A$", "C$", "NZ$", "R$"} {
		s = strings.TrimPrefix(s, prefix)
	}
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) || isBlank(r) })
	if len(s) > 3 && isCode(s[:3]) && !isLetter(s[3]) {
		s = s[3:]
	} else if n := len(s); n > 3 && isCode(s[n-3:]) && !isLetter(s[n-4]) {
		s = s[:n-3]
	}
	return strings.TrimFunc(s, isBlank)
}

func isCode(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// plainDigits writes a number as digits with a decimal point, and refuses what
// is not grouped by thousands.
func plainDigits(s string, mark decimalMark) (string, bool) {
	if digitsOnly(s) && len(s) <= maxDigits {
		return s, true
	}
	mantissa, exponent := s, ""
	if i := strings.IndexAny(s, "eE"); i > 0 {
		mantissa, exponent = s[:i], s[i:]
		if len(exponent) < 2 || len(exponent) > 4 || !digitsOnly(strings.TrimLeft(exponent[1:], "+-")) {
			return "", false
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, string(rune(mark)))
	whole, ok := ungrouped(whole, mark)
	if !ok || len(whole)+len(fraction) > maxDigits || len(whole)+len(fraction) == 0 ||
		fraction != "" && !digitsOnly(fraction) {
		return "", false
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return "0" + whole + fraction + exponent, true
}

// ungrouped takes the separators of thousands out of a whole number: a point or
// comma, whichever is not the decimal mark, an apostrophe or a space.
func ungrouped(s string, mark decimalMark) (string, bool) {
	if digitsOnly(s) {
		return s, true
	}
	groups := strings.FieldsFunc(s, func(r rune) bool {
		return (r == ',' || r == '.') && r != rune(mark) || r == '\'' || r == '’' || isBlank(r)
	})
	if len(groups) < 2 {
		return s, s == ""
	}
	for i, g := range groups {
		if !digitsOnly(g) || i == 0 && len(g) > 3 || i > 0 && len(g) != 3 && !indian(groups, i) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// indian allows groups of two before the last one of three: 12,34,567.
func indian(groups []string, i int) bool { return i < len(groups)-1 && len(groups[i]) == 2 }

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// maxLetters is how many letters a number can hold: a currency's code and the e
// of an exponent.
const maxLetters = 4

// isNumber reports whether a cell is a number with either decimal mark.
func isNumber(s string) bool {
	if len(s) > 2*maxDigits || !hasDigit(s) {
		return false
	}
	letters := 0
	for i := range len(s) {
		if isLetter(s[i]) {
			letters++
		}
	}
	if letters > maxLetters {
		return false
	}
	text, _, _ := bare(s)
	if _, ok := plainDigits(text, point); ok {
		return true
	}
	_, ok := plainDigits(text, comma)
	return ok
}

// roughNumber reads a number where an exact one is not needed.
func roughNumber(s string, mark decimalMark) (float64, bool) {
	text, negative, percent := bare(s)
	digits, ok := plainDigits(text, mark)
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(digits, 64)
	if percent {
		v /= 100
	}
	if negative {
		v = -v
	}
	return v, err == nil
}
