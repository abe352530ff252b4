package list

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/channelmap/channelmap/graph"
)

// sortedCodes are codes without their order: the look-ahead meets some before
// their rows are delivered.
func sortedCodes(sum *Summary) []string { return slices.Sorted(slices.Values(codes(sum))) }

func TestJSONLines(t *testing.T) {
	const lines = "\n" +
		`{"domain": "a.com", "employees": 250, "amount": 1234.50, "aliases": ["x.com", "y.com", null], "address": {"city": "Bonn"}}` + "\r\n" +
		"  \n" +
		`{"name":"A \"B\" \u00fc\ud83d\ude00\nC","domain":"b.com","active":true,"address":null,"amount":-1e3}` + "\n" +
		`{"domain": null, "name": ""}` + "\n" +
		`{}` + "\n" +
		`{"domain":"c.com","address":[{"city":"Ulm"}],"name":{"first":"x"}}`
	rows, sum := readText(t, lines, graph.ListSpec{File: "l.jsonl"})
	equal(t, "rows", show(rows), []string{
		"2 account=a.com aliases=x.com;y.com employees=250 amount=1234.50",
		"4 account=b.com name=A \"B\" ü😀\nC amount=-1e3",
		"7 account=c.com",
	})
	equal(t, "notices", sortedCodes(sum), []string{"empty-key 2 5 6", "nested-cell 1 7", "nested-columns 1 0"})
	f := sum.Files[0]
	if f.Format != "jsonl" || f.Encoding != "utf-8" || f.Delimiter != "" || f.Place.Row != 0 || strings.Join(f.Unused, " ") != "active" {
		t.Errorf("got %+v", f)
	}
	if !slices.ContainsFunc(sum.Notices, func(n Notice) bool { return strings.HasSuffix(n.Text, ": address") }) {
		t.Errorf("got %v", sum.Notices)
	}
	if a, err := rows[1].Number(Amount); err != nil || a.String() != "-1000" {
		t.Errorf("amount %s, %v", a, err)
	}
}

// TestJSONLinesBroken reads what is whole, and reports what is not.
func TestJSONLinesBroken(t *testing.T) {
	lines := "{\"domain\": \"a.com\", \"domain\": \"z.com\"}\n{\"domain\": \"b.com\", \n[1]\n\"c.com\"\n{\"domain\":\"d.com\"} x\n{\"domain\":\"e\\u0000.com\"}\n" +
		strings.Repeat("{\"domain\":\"f.com\"}\n", maxAhead) + "{\"domain\":\"g.com\",\"name\":\"G\"}\n{\"name\":\"H\",\"domain\":\"h.com\"}\n{\"domain\":\"i.co"
	rows, sum := readText(t, lines, graph.ListSpec{File: "l.ndjson"})
	equal(t, "notices", sortedCodes(sum), []string{"broken-line 5 2 3 4 5 1009", "duplicate-key 1 1", "late-key 2 1007 1008", "nul-bytes 1 6"})
	if got := show(rows[:2]); got[0] != "1 account=a.com" || got[1] != "6 account=e.com" || len(rows) != maxAhead+4 {
		t.Errorf("%d rows, first %q", len(rows), got)
	}
	_, _, err := collect(folder(t, map[string]string{"l.jsonl": lines}), graph.ListSpec{File: "l.jsonl"}, Options{Strict: true})
	if err == nil || !strings.HasPrefix(err.Error(), "l.jsonl row 2: lines that are no JSON object were skipped (broken-line)") {
		t.Errorf("with strict: %v", err)
	}
}

// TestJSONLinesTold tells JSON Lines by what a file holds, in every encoding.
func TestJSONLinesTold(t *testing.T) {
	const lines = "{ \"domain\" : \"a.de\" , \"name\" : \"M\u00fcller\" }\n"
	for name, content := range map[string]string{
		"l.txt": lines, "l.json": lines, "bom.csv": "\ufeff" + lines, "cr.jsonl": strings.ReplaceAll(lines, "\n", "\r"),
		"utf16.jsonl":  encoded(t, lines, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
		"bare16.jsonl": encoded(t, lines, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)),
		"western.json": strings.ReplaceAll(lines, "\u00fc", "\xfc"),
	} {
		rows, sum := readText(t, content, graph.ListSpec{File: name})
		equal(t, name, show(rows), []string{"1 account=a.de name=Müller"})
		if sum.Files[0].Format != "jsonl" {
			t.Errorf("%s is read as %s", name, sum.Files[0].Format)
		}
	}
	rows, sum := readText(t, "broken\n"+lines, graph.ListSpec{File: "l.jsonl"})
	equal(t, "a first line that is broken", append(show(rows), codes(sum)...), []string{"2 account=a.de name=Müller", "broken-line 1 1"})
	rows, sum = readText(t, "domain\na.com\n", graph.ListSpec{File: "l.jsonl"})
	equal(t, "text under the name", append(show(rows), sum.Files[0].Format), []string{"2 account=a.com", "csv"})
}

func TestJSONLinesOptions(t *testing.T) {
	const lines = `{"Konto":"a.com","CDW":true,"SHI":0,"seen":"2026-01-31"}` + "\n" + `{"Konto":"b.com","CDW":false,"SHI":1,"seen":"2025-01-31"}` + "\n"
	rows, _ := readText(t, lines, graph.ListSpec{File: "l.jsonl", Layout: "wide", Where: "seen >= 2025-06-01",
		Columns: map[string]graph.Column{"account": {Headers: []string{"Konto"}}, "partner": {Headers: []string{"CDW", "SHI"}}}})
	equal(t, "wide", show(rows), []string{"1 account=a.com partner=CDW"})
}

func TestJSONLinesErrors(t *testing.T) {
	const document = "l.json is one JSON document, and not JSON Lines; write one object a line, or export it as .csv"
	for _, test := range []struct {
		content string
		spec    graph.ListSpec
		want    string
	}{
		{`[{"domain":"a.com"}]`, graph.ListSpec{}, document},
		{"[\n  {\"domain\":\"a.com\"}\n]", graph.ListSpec{}, document},
		{"{\n  \"domain\":\"a.com\"\n}", graph.ListSpec{}, document},
		{"{\"domain\":\n", graph.ListSpec{}, `l.json: there is no JSON object; JSON Lines hold one a line, such as {"domain": "acme.com"}`},
		{`{"Firma":"A"}`, graph.ListSpec{}, "l.json: no column for account, user, name or id; found: Firma; say with `columns:` which it is, such as columns: {account: \"its header\"}"},
		{`{"domain":"a.com"}`, graph.ListSpec{Columns: columnsOf("account", "domian")}, `l.json: no column "domian"; found: domain; did you mean "domain"?`},
		{`{"city":"Bonn","account":{"domain":"a.com"}}`, graph.ListSpec{Columns: columnsOf("account", "account")}, `l.json: no column "account"; found: city; nested, and so no columns: account`},
		{`{"domain":"a.com"}`, graph.ListSpec{Header: 2}, "l.json: header: the columns have names of their own, and no row holds them; leave `header:` out"},
		{`{"domain":"a.com"}`, graph.ListSpec{Format: "csv"}, "l.json is JSON Lines, but `format:` says csv; leave `format:` out"},
		{"domain\na.com\n", graph.ListSpec{Format: "jsonl"}, "l.json is text, but `format:` says jsonl; leave `format:` out"},
	} {
		test.spec.File = "l.json"
		_, _, err := collect(folder(t, map[string]string{"l.json": test.content}), test.spec, Options{})
		if err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v\nwant %s", test.content, err, test.want)
		}
	}
}
