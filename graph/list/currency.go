package list

import "strings"

// currencySigns are those that one currency alone has; $ and ¥ are not. Longer
// ones come before those that end them.
var currencySigns = []struct{ sign, code string }{
	{"US$", "USD"}, {"CA$", "CAD"}, {"NZ$", "NZD"}, {"R$", "BRL"}, {"A$", "AUD"}, {"C$", "CAD"},
	{"€", "EUR"}, {"£", "GBP"}, {"₹", "INR"},
}

// currencyOf returns the code of the currency that a number is written with,
// empty where it names none or none for certain.
func currencyOf(cell string) string {
	if bare := strings.Trim(cell, "0123456789.,-() "); bare == "" || !isNumber(cell) {
		return ""
	}
	for _, c := range currencySigns {
		if strings.Contains(cell, c.sign) {
			return c.code
		}
	}
	code := strings.TrimFunc(cell, func(r rune) bool { return r < 'A' || r > 'Z' })
	if len(code) == 3 && isCode(code) {
		return code
	}
	return ""
}

// moneyCurrency returns the currency that the row's money is written with, for
// rows that do not name it in a column.
func (r *Row) moneyCurrency() string {
	for _, k := range []Key{Amount, Value, NetPrice} {
		if code := currencyOf(r.Cells[k]); code != "" {
			return code
		}
	}
	return ""
}
