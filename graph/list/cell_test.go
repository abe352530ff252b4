package list

import (
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func TestParseDate(t *testing.T) {
	tests := []struct{ text, day, month string }{ // read day first, month first
		{"2026-01-31", "2026-01-31", "2026-01-31"},
		{"2026-01-31T23:59:59Z", "2026-01-31", "2026-01-31"},
		{"2026-01-31 10:00", "2026-01-31", "2026-01-31"},
		{"2026/1/31", "2026-01-31", "2026-01-31"},
		{"20260131", "2026-01-31", "2026-01-31"},
		{"2 Jan 2026", "2026-01-02", "2026-01-02"},
		{"January 2, 2026", "2026-01-02", "2026-01-02"},
		{"2-Jan-26", "2026-01-02", "2026-01-02"},
		{"Jan-12", "2012-01-01", "2012-01-01"},
		{"Jan 2012", "2012-01-01", "2012-01-01"},
		{"2012-04", "2012-04-01", "2012-04-01"},
		{"03/04/2026", "2026-04-03", "2026-03-04"},
		{"3/4/26", "2026-04-03", "2026-03-04"},
		{"03.04.2026", "2026-04-03", "2026-03-04"},
		{"03-04-2026", "2026-04-03", "2026-03-04"},
		{"1/31/2026 10:00 AM", "", "2026-01-31"},
		{"31/01/2026", "2026-01-31", ""},
		{"46000", "2025-12-09", "2025-12-09"},
		{"46000.75", "2025-12-09", "2025-12-09"},
		{"30/02/2026", "", ""},
		{"2026-02-30", "", ""},
		{"12-Jan", "", ""},
		{"2026", "", ""},
		{"soon", "", ""},
		{"1/2/3/4", "", ""},
		{"1e99", "", ""},
		{"NaN", "", ""},
		{":", "", ""},
	}
	for _, test := range tests {
		for order, want := range map[dateOrder]string{dayFirst: test.day, monthFirst: test.month} {
			d, err := parseDate(test.text, order)
			if (err == nil) != (want != "") || err == nil && d.String() != want {
				t.Errorf("%q as %s is %s, %v; want %q", test.text, order, d, err, want)
			}
		}
	}
}

func TestParseNumber(t *testing.T) {
	tests := []struct{ text, point, comma string }{ // read with a decimal point, with a decimal comma
		{"0", "0", "0"},
		{"1234.5", "1234.5", ""},
		{"0.1", "0.1", ""},
		{"1,234.50", "1234.5", ""},
		{"1.234,50", "", "1234.5"},
		{"1,234", "1234", "1.234"},
		{"1.234", "1.234", "1234"},
		{"1,234,567", "1234567", ""},
		{"12,34,567", "1234567", ""},
		{"1 234 567,8", "", "1234567.8"},
		{"1'234.5", "1234.5", ""},
		{"1\u00a0234", "1234", "1234"},
		{"$1,200", "1200", "1.2"},
		{"-$5", "-5", "-5"},
		{"US$ 5", "5", "5"},
		{"€ 5,5", "", "5.5"},
		{"USD 1200", "1200", "1200"},
		{"1.200 EUR", "1.2", "1200"},
		{"(1,200.00)", "-1200", ""},
		{"5-", "-5", "-5"},
		{"−5", "-5", "-5"},
		{"+5", "5", "5"},
		{"35%", "0.35", "0.35"},
		{"12.5 %", "0.125", ""},
		{".5", "0.5", ""},
		{"1E+20", "100000000000000000000", "100000000000000000000"},
		{"1e-3", "0.001", "0.001"},
		{"1E999999999", "", ""},
		{"1E999", "", ""},
		{"1,2,3", "", ""},
		{"12,5", "", "12.5"},
		{"1.2.3", "", ""},
		{"", "", ""},
		{"-", "", ""},
		{"%", "", ""},
		{"()", "", ""},
		{"ABC", "", ""},
		{"12 apples", "", ""},
		{"0x10", "", ""},
		{"NaN", "", ""},
		{"1234567890123456789012345678901", "", ""},
	}
	for _, test := range tests {
		for mark, want := range map[decimalMark]string{point: test.point, comma: test.comma} {
			d, err := parseNumber(test.text, mark)
			if (err == nil) != (want != "") || err == nil && d.String() != want {
				t.Errorf("%q with %s is %s, %v; want %q", test.text, mark, d, err, want)
			}
		}
	}
}

// TestColumnFacts holds the readings of columns against what their cells tell.
func TestColumnFacts(t *testing.T) {
	tests := []struct {
		name, content string
		dates         []string
		numbers       []string
		notices       []string
	}{
		{
			name:    "day first by one date, thousands by several numbers",
			content: "domain,date,amount\na.com,03/04/2026,\"1,234\"\nb.com,13/04/2026,\"2,345\"\nc.com,,\"3,456\"\n",
			dates:   []string{"2026-04-03", "2026-04-13", ""},
			numbers: []string{"1234", "2345", "3456"},
		},
		{
			name:    "month first by one date, point by one number",
			content: "domain,date,amount\na.com,03/04/2026,\"1,234\"\nb.com,03/14/2026,2.5\n",
			dates:   []string{"2026-03-04", "2026-03-14"},
			numbers: []string{"1234", "2.5"},
		},
		{
			name:    "undecidable",
			content: "domain,date,amount\na.com,03/04/2026,1.234\nb.com,05/06/2026,5\n",
			dates:   []string{"2026-04-03", "2026-06-05"},
			numbers: []string{"1.234", "5"},
			notices: []string{"date-order-guessed 1 1", "decimal-mark-guessed 1 1"},
		},
		{
			name:    "undecidable, all in the United States",
			content: "domain,date,country\na.com,03/04/2026,US\nb.com,05/06/2026,USA\n",
			dates:   []string{"2026-03-04", "2026-05-06"},
			numbers: []string{"0", "0"},
			notices: []string{"date-order-guessed 1 1"},
		},
		{
			name:    "semicolons go with decimal commas",
			content: "domain;date;amount\na.com;2026-04-03;1.234\nb.com;;1.234,5\n",
			dates:   []string{"2026-04-03", ""},
			numbers: []string{"1234", "1234.5"},
		},
		{
			name:    "the other columns of the file tell",
			content: "domain,date,amount,cost,seen\na.com,03/04/2026,1.234,\"5,55\",12/31/2025\n",
			dates:   []string{"2026-03-04"},
			numbers: []string{"1234"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, sum := readText(t, test.content, graph.ListSpec{})
			var dates, numbers []string
			for i := range rows {
				d, err := rows[i].Date(Date)
				if err != nil {
					t.Error(err)
				}
				n, err := rows[i].Number(Amount)
				if err != nil {
					t.Error(err)
				}
				dates, numbers = append(dates, d.String()), append(numbers, n.String())
			}
			equal(t, "dates", dates, test.dates)
			equal(t, "numbers", numbers, test.numbers)
			equal(t, "notices", codes(sum), test.notices)
		})
	}
}

func TestCellErrorsSayWhere(t *testing.T) {
	rows, _ := readText(t, "domain,date,amount\na.com,soon,many\n", graph.ListSpec{})
	_, err := rows[0].Date(Date)
	if want := `list.csv row 2: date: "soon" is not a date; write YYYY-MM-DD`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = rows[0].Number(Amount)
	if want := `list.csv row 2: amount: "many" is not a number; write one such as 1234.50`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestParseStatus(t *testing.T) {
	tests := []struct {
		text string
		want graph.Status
		ok   bool
	}{
		{"", "", true},
		{"customer", graph.Customer, true},
		{"Customers", graph.Customer, true},
		{"Closed Won", graph.Customer, true},
		{"closedwon", graph.Customer, true}, // HubSpot's internal name
		{"Customer - Direct", graph.Customer, true},
		{"Open Opportunities", graph.Open, true},
		{"Negotiation/Review", graph.Open, true},
		{"Id. Decision Makers", graph.Open, true},
		{"salesqualifiedlead", graph.Target, true},
		{"Prospects", graph.Target, true},
		{"Prospect", graph.Target, true},
		{"Prospecting", graph.Open, true},
		{"Closed Lost", graph.Target, true},
		{"Prospects; Open Opportunities", graph.Open, true},
		{"Customers|Prospects", graph.Customer, true},
		{"Prospects, Strategic 100", "", false},
		{"Strategic 100", "", false},
		{";", "", false},
	}
	for _, test := range tests {
		if got, ok := ParseStatus(test.text); got != test.want || ok != test.ok {
			t.Errorf("%q is %q, %v; want %q, %v", test.text, got, ok, test.want, test.ok)
		}
	}
}

// TestStatusWordsAreOfOneStatus keeps a word from having two meanings.
func TestStatusWordsAreOfOneStatus(t *testing.T) {
	seen := map[string]graph.Status{}
	for _, status := range strength {
		for _, w := range statusWords[status] {
			if was, ok := seen[fold(w)]; ok && was != status {
				t.Errorf("%q is %s and %s", w, was, status)
			}
			seen[fold(w)] = status
		}
	}
}

func TestRoles(t *testing.T) {
	var r Row
	r.Cells[Role] = "Reseller; deliver"
	roles, ok := r.Roles()
	if !ok || len(roles) != 2 || roles[0] != graph.RoleTransact || roles[1] != graph.RoleDeliver {
		t.Errorf("got %v, %v", roles, ok)
	}
	r.Cells[Role] = "source, owner"
	if roles, ok := r.Roles(); ok {
		t.Errorf("got %v for an unknown role", roles)
	}
}
