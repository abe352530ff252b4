package graph

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

var (
	idForm      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	countryForm = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,3})?$`)
	rangeForm   = regexp.MustCompile(`^[0-9.,%+-]*\.\.[0-9.,%+-]*$`)
)

// maxCount is the largest number of members: all below it are exact in float64.
const maxCount = 1e15

// leaf judges a value that is written as one. The zero value is one not given.
func (c *checker) leaf(v reflect.Value, f field, s scope) {
	if v.Kind() == reflect.String {
		c.text(v.String(), f, s)
		return
	}
	if v.IsZero() {
		return
	}
	if m, ok := v.Interface().(Money); ok {
		c.currency(m, f, s)
	}
	if low, high, ok := limitsOf(v); ok {
		c.number(low, high, f, s)
	}
}

// text judges a text by its words, its reference and its rule.
func (c *checker) text(value string, f field, s scope) {
	at, subject := c.at(s.in, s.path), s.describe(f.key)
	listed := strings.HasSuffix(s.path, "]")
	switch {
	case value == "" && !listed && !f.required:
	case strings.TrimSpace(value) == "" && f.required && !listed:
		if !c.e.where.isBroken(s.in) {
			c.problems.add(missing(at, f, s))
		}
	case strings.TrimSpace(value) == "" && c.e.where.isBroken(s.in):
	case strings.TrimSpace(value) == "":
		c.complain(at, subject+" is empty", "text", "")
	case strings.Contains(value, "\x00"):
		c.complain(at, subject+" is "+quote(value), "text without the character NUL", "")
	case f.words != nil && !slices.Contains(f.words, value):
		c.complain(at, subject+" is "+quote(value), choices(f.words), c.hint(value, f.words))
	case f.ref != "":
		c.reference(value, f, s)
	default:
		if found, expected := textRule(f.is, value); expected != "" {
			c.complain(at, subject+" is "+found, expected, "")
		}
	}
}

func (c *checker) hint(word string, known []string) string {
	if !c.problems.hints() {
		return ""
	}
	return didYouMean(word, known)
}

// textRule judges a text by the rule in its tag.
func textRule(rule, value string) (found, expected string) {
	switch {
	case rule == "id" && !idForm.MatchString(value):
		expected = "lower-case letters and digits with hyphens between"
		if s := slug(value); s != "" {
			expected += ", such as " + quote(s)
		}
	case rule == "country" && !countryForm.MatchString(value):
		expected = "an ISO 3166 code such as DE"
	case rule == "currency" && !currencyCode.MatchString(value):
		expected = "the three letters of a currency, such as EUR"
	}
	return quote(value), expected
}

// slug makes an id of a text, or nothing where no letter of it can stay.
func slug(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '-' }), "-")
}

// limitsOf is the lowest and the highest value of a number.
func limitsOf(v reflect.Value) (low, high float64, ok bool) {
	switch n := v.Interface().(type) {
	case Interval:
		return n.Low, n.High, true
	case Money:
		f := n.Amount.InexactFloat64()
		return f, f, true
	case decimal.Decimal:
		f := n.InexactFloat64()
		return f, f, true
	case float64:
		return n, n, true
	case int64:
		return float64(n), float64(n), true
	case int:
		return float64(n), float64(n), true
	}
	return 0, 0, false
}

// number judges a number by the rule in its tag.
func (c *checker) number(low, high float64, f field, s scope) {
	expected, hint := "", ""
	switch {
	case math.IsNaN(low) || math.IsNaN(high) || math.IsInf(low, 0) || math.IsInf(high, 0) || low > high:
		expected = "a finite number, or a lower and then an upper limit"
	case f.is == "share" && (low < 0 || high > 1):
		expected = "a share between 0 and 1, such as 0.35 or 35%"
		if low >= 2 && high <= 100 {
			hint = "did you mean " + withPercent(low, high) + "?"
		}
	case f.is == "count" && high > maxCount:
		expected = "a whole number up to " + plain(maxCount)
	case f.is == "count" && (low < 0 || low != math.Trunc(low) || high != math.Trunc(high)):
		expected = "a whole number, 0 or more"
	case f.is == "amount" && low < 0:
		expected = "0 or more"
	case f.is == "positive" && low <= 0:
		expected = "more than 0"
	}
	if expected != "" {
		c.complain(c.at(s.in, s.path), s.describe(f.key)+" is "+plainLimits(low, high), expected, hint)
	}
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func plainLimits(low, high float64) string {
	if low == high {
		return plain(low)
	}
	return plain(low) + ".." + plain(high)
}

func withPercent(low, high float64) string {
	if low == high {
		return plain(low) + "%"
	}
	return plain(low) + "%.." + plain(high) + "%"
}

// currency asks for a rate of a currency that is not the ecosystem's.
func (c *checker) currency(m Money, f field, s scope) {
	_, rated := c.e.Rates[m.Currency]
	if m.Currency == "" || m.Currency == c.e.Currency || rated {
		return
	}
	found := fmt.Sprintf("%s is in %s, and there is no rate for it", s.describe(f.key), m.Currency)
	if c.e.Currency == "" {
		c.complain(c.at(s.in, s.path), found, "currency: "+m.Currency+" at the top, or rates: {"+m.Currency+": ...} with a currency", "")
		return
	}
	c.complain(c.at(s.in, s.path), found, fmt.Sprintf("rates: {%s: ...}, worth of one %s in %s", m.Currency, m.Currency, c.e.Currency), "")
}

// IsID reports whether a text can be an id: lower-case letters and digits with
// hyphens between.
func IsID(text string) bool { return idForm.MatchString(text) }
