package list

import (
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func TestWide(t *testing.T) {
	const matrix = "domain,CDW,SHI,Notes\na.com,1,,7\nb.com,x,Yes,\nc.com,0,no,\nd.com,customer,open,\ne.com,maybe,✓,\nf.com,25,-,\n"
	all := []string{
		"2 account=a.com partner=CDW", "3 account=b.com partner=CDW", "3 account=b.com partner=SHI",
		"5 account=d.com partner=CDW status=customer", "5 account=d.com partner=SHI status=open",
		"6 account=e.com partner=SHI", "7 account=f.com partner=CDW",
	}
	rows, sum := readText(t, matrix, graph.ListSpec{Columns: map[string]graph.Column{"partner": {Headers: []string{"CDW", "shi"}}}})
	equal(t, "rows", show(rows), all)
	equal(t, "notices", codes(sum), []string{"no-partner-marked 1 4", "unclear-mark 1 6", "number-mark 1 7"})
	if f := sum.Files[0]; f.Rows != 5 || strings.Join(f.Partners, " ") != "CDW SHI" || strings.Join(f.Unused, " ") != "Notes" {
		t.Errorf("got %+v", f)
	}

	rows, sum = readText(t, "domain,Country,CDW,SHI\na.com,DE,1,1\n", graph.ListSpec{Columns: columnsOf("partner", "*")})
	equal(t, "star", show(rows), []string{"2 account=a.com country=DE partner=CDW", "2 account=a.com country=DE partner=SHI"})
	equal(t, "notices of star", codes(sum), nil)

	rows, _ = readText(t, "domain,cdw.com,shi.com\na.com,1,0\n", graph.ListSpec{Columns: columnsOf("partner", "*")})
	equal(t, "partners by domain", show(rows), []string{"2 account=a.com partner=cdw.com"})

	rows, _ = readText(t, "domain,CDW\na.com,1\n", graph.ListSpec{Layout: graph.LayoutWide})
	equal(t, "layout alone", show(rows), []string{"2 account=a.com partner=CDW"})
}

func TestPartnerFromFileName(t *testing.T) {
	files := map[string]string{
		"lists/overlap-cdw.csv": "domain\na.com\n", "lists/overlap-TD Synnex.csv": "domain\nb.com\n",
		"by/shi/accounts.csv": "domain\nc.com\n", "lists/long.csv": "domain,partner\nd.com,SHI\ne.com,\n",
	}
	tests := []struct {
		name string
		spec graph.ListSpec
		want []string
	}{
		{"star", graph.ListSpec{File: "lists/overlap-*.csv"}, []string{"2 account=b.com partner=TD Synnex", "2 account=a.com partner=cdw"}},
		{"folder", graph.ListSpec{File: "by/shi"}, []string{"2 account=c.com partner=accounts"}},
		{"star for a folder", graph.ListSpec{File: "by/*/accounts.csv"}, []string{"2 account=c.com partner=shi"}},
		{"own lists have no partner", graph.ListSpec{File: "by/shi", Own: true}, []string{"2 account=c.com"}},
		{"long lists neither", graph.ListSpec{File: "by/shi", Layout: graph.LayoutLong}, []string{"2 account=c.com"}},
		{"one file", graph.ListSpec{File: "lists/overlap-cdw.csv"}, []string{"2 account=a.com"}},
		{"one file of a partner", graph.ListSpec{File: "lists/overlap-cdw.csv", Layout: graph.LayoutPartner}, []string{"2 account=a.com partner=overlap-cdw"}},
		{"a partner column goes before", graph.ListSpec{File: "lists/l*.csv"}, []string{"2 account=d.com partner=SHI", "3 account=e.com"}},
		{"the list's partner fills gaps", graph.ListSpec{File: "lists/long.csv", Partner: "cdw", Columns: columnsOf("partner", "Partner")},
			[]string{"2 account=d.com partner=SHI", "3 account=e.com partner=cdw"}},
	}
	dir := folder(t, files)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, _, err := collect(dir, test.spec, Options{})
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "rows", show(rows), test.want)
		})
	}
}

func TestExpand(t *testing.T) {
	dir := folder(t, map[string]string{
		"lists/a.csv": "domain\na.com\n", "lists/B.TSV": "domain\tname\nb.com\tB\n", "lists/~$c.xlsx": "lock",
		"lists/.DS_Store": "junk", "lists/notes.docx": "x", "lists/notes.txt": "call back", "lists/sub/d.csv": "domain\nd.com\n", "odd [1]/e.csv": "domain\ne.com\n",
	})
	rows, sum, err := collect(dir, graph.ListSpec{File: "lists", Own: true}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "rows", show(rows), []string{"2 account=b.com name=B", "2 account=a.com"})
	var places []string
	for _, n := range sum.Notices {
		places = append(places, n.Code+" "+n.Places[0].String())
	}
	equal(t, "notices", places, []string{"skipped-file lists/notes.docx", "skipped-file lists/notes.txt", "skipped-file lists/sub"})

	rows, _, err = collect(dir+"/odd [1]", graph.ListSpec{File: "*.csv", Own: true}, Options{})
	if err != nil || len(rows) != 1 || rows[0].Place.File != "e.csv" {
		t.Errorf("folder with brackets: %v, %v", show(rows), err)
	}
	rows, _, err = collect("/", graph.ListSpec{File: dir + "/lists/a.csv"}, Options{})
	if err != nil || len(rows) != 1 {
		t.Errorf("absolute path: %v, %v", show(rows), err)
	}
}

// TestTotals tells rows at the end that are no accounts from accounts that only
// look so.
func TestTotals(t *testing.T) {
	const three = "Name,Country,Amount\nA,DE,10\nB,AT,20.5\nC,DE,5\n"
	tests := []struct {
		name, content string
		last          string // the last row delivered
		notices       []string
	}{
		{"the sum", three + "Total,,35.5\n", "4 name=C country=DE amount=5", []string{"totals-row 1 5"}},
		{"the number of rows", "Name,Country,x\nA,DE,\nB,AT,\nTotal,,2\n", "3 name=B country=AT", []string{"totals-row 1 4"}},
		{"not the sum: a company", three + "Total,,12\n", "5 name=Total amount=12", nil},
		{"a company with a country", three + "Total,FR,35.5\n", "5 name=Total country=FR amount=35.5", nil},
		{"a company in the middle", "Name,Country,Amount\nTotal,,10\nB,AT,20\n", "3 name=B country=AT amount=20", nil},
		{"TotalEnergies", three + "TotalEnergies,,35.5\n", "5 name=TotalEnergies amount=35.5", nil},
		{"a plain label", three + "Grand Total,,99\n", "4 name=C country=DE amount=5", []string{"totals-row 1 5"}},
		{"German", three + "Summe:,,35\n\n", "4 name=C country=DE amount=5", []string{"totals-row 1 5"}},
		{"the label elsewhere", "Name,Country,Amount\nA,DE,10\nB,AT,20\n,Total,30\n", "3 name=B country=AT amount=20", []string{"totals-row 1 4"}},
		{"a report's footer", three + "\"Grand Totals (1,234 records)\",,\n\n\"Accounts by type\"\n\"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n\"Confidential Information - Do Not Distribute\"\n\"Generated By: J. Doe 11/23/2026 10:00 AM\"\nLumen AI\n",
			"4 name=C country=DE amount=5", []string{"totals-row 1 5", "footer-row 5 7 8 9 10 11"}},
		{"a single name after a blank row", three + "\nD\n", "6 name=D", []string{"short-row 1 6"}},
		{"footer words within", "Name\nConfidential Information - Do Not Distribute\nA\n", "3 name=A", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, sum := readText(t, test.content, graph.ListSpec{})
			if got := show(rows)[len(rows)-1]; got != test.last {
				t.Errorf("last row is %q, want %q", got, test.last)
			}
			equal(t, "notices", codes(sum), test.notices)
		})
	}
}

func TestTotalsHeldInOrder(t *testing.T) {
	content := "Name,Amount\n" + strings.Repeat("Totals,1\n", 100) + "Z,1\n" + strings.Repeat("Totals,1\n", 40)
	rows, sum := readText(t, content, graph.ListSpec{})
	for i, r := range rows {
		if r.Place.Row != i+2 {
			t.Fatalf("row %d stands at place %d", r.Place.Row, i)
		}
	}
	if len(rows)+sum.Notices[0].Count != 141 {
		t.Errorf("%d rows and %d totals, want 141 together", len(rows), sum.Notices[0].Count)
	}
}

func TestWhere(t *testing.T) {
	const content = "domain,name,last_seen,employees,country,Region Code\na.com,A,2026-01-01,200,DE,x 1\nb.com,B,31/12/2025,\"1,500\",AT,x 2\nc.com,C,,,de,\n"
	tests := []struct {
		where string
		want  string
	}{
		{"", "A B C"},
		{"last_seen >= 2026-01-01", "A"},
		{"last_seen < 2026-01-01", "B"},
		{"employees >= 200 and country = DE", "A"},
		{"employees>200", "B"},
		{"country = de", "A C"},
		{"country != DE", "B"},
		{"country in (AT, CH)", "B"},
		{`"Region Code" = "X 1"`, "A"},
		{`employees = ""`, "C"},
		{`employees != ""`, "A B"},
		{"name = b and name != a", "B"},
	}
	for _, test := range tests {
		rows, sum := readText(t, content, graph.ListSpec{Where: test.where})
		var names []string
		for _, r := range rows {
			names = append(names, r.Get(Name))
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.where, got, test.want)
		}
		left := 0
		for _, n := range sum.Notices {
			if n.Code == filtered.name {
				left += n.Count
			}
		}
		if left+len(rows) != 3 {
			t.Errorf("%s: %d rows and %d filtered", test.where, len(rows), left)
		}
	}
	_, sum := readText(t, "domain,last_seen\na.com,soon\n", graph.ListSpec{Where: "last_seen > 2026-01-01"})
	equal(t, "unread", codes(sum), []string{"where-unread 1 2"})
}
