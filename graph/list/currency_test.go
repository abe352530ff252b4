package list

import (
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func TestCurrencyOf(t *testing.T) {
	for cell, want := range map[string]string{
		"EUR 1,200.00": "EUR", "1.200,00 EUR": "EUR", "(USD 5)": "USD", "-CHF 5": "CHF", "USD -5": "USD",
		"€ 5": "EUR", "5 €": "EUR", "-£5": "GBP", "US$ 5": "USD", "C$5": "CAD", "CA$5": "CAD", "A$5": "AUD", "R$ 5": "BRL", "₹12,34,567": "INR",
		"$5": "", "¥5": "", "5": "", "": "", "ABC": "", "5%": "", "EUR": "", "five EUR": "", "1E5": "",
	} {
		if got := currencyOf(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestCurrencyOfRows(t *testing.T) {
	const text = "Website,Value,Amount,Currency\na.com,,EUR 5,\nb.com,CHF 7,,\nc.com,,EUR 5,GBP\nd.com,,5,\ne.com,EUR 1,EUR 5,\n"
	want := []string{"EUR", "CHF", "GBP", "", "EUR"}
	rows, _ := readText(t, text, graph.ListSpec{})
	for i, row := range rows {
		if got := row.Get(Currency); got != want[i] {
			t.Errorf("row %d: got %q, want %q", i, got, want[i])
		}
	}
}
