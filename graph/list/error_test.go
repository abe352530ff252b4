package list

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// TestErrors holds the whole text of errors that stop a file.
func TestErrors(t *testing.T) {
	const crm = "Website,Name,Industry,Annual Revenue\na.com,A,IT,5\n"
	tests := []struct {
		name, content string
		spec          graph.ListSpec
		shape         Shape
		want          string
	}{
		{"a column that is not there", crm, graph.ListSpec{Columns: columnsOf("account", "Webiste")}, "",
			`l.csv row 1: no column "Webiste"; found: Website, Name, Industry, Annual Revenue; did you mean "Website"?`},
		{"a key that is none", crm, graph.ListSpec{Columns: columnsOf("acount", "Website")}, "",
			`l.csv: columns: unknown column key "acount"; did you mean "account"?`},
		{"several headers for one key", crm, graph.ListSpec{Columns: map[string]graph.Column{"account": {Headers: []string{"a", "b"}}}}, "",
			`l.csv: columns: account takes one header, not 2; only partner takes several`},
		{"revenue as value", crm, graph.ListSpec{Columns: columnsOf("value", "Annual Revenue")}, "",
			`l.csv: columns: value cannot be "Annual Revenue": that is the customer's own yearly turnover, not what the account is worth to you; map a column with your margin or sales`},
		{"no known header", "Firma,Branche\nA,IT\n", graph.ListSpec{}, "",
			`l.csv row 1: no known header; found: Firma, Branche; say with ` + "`columns:`" + ` what they mean, such as columns: {account: "Firma"}`},
		{"no header row", "a.com,5\nb.com,6\n", graph.ListSpec{}, "",
			"l.csv row 1: there is no header row, this row looks like data; add one, or say with `header:` which row it is and with `columns:` what its columns mean"},
		{"headers, but not who a row is about", "Industry,Country\nIT,DE\n", graph.ListSpec{}, "",
			`l.csv row 1: no column for account, user, name or id; found: Industry, Country; say with ` + "`columns:`" + ` which it is, such as columns: {account: "its header"}`},
		{"a mapped header twice", "Name,Website,Name\nA,a.com,B\n", graph.ListSpec{Columns: columnsOf("name", "Name")}, "",
			`l.csv row 1: two columns are named "Name", A and C; rename one`},
		{"nothing", "", graph.ListSpec{}, "", "l.csv: there are no rows; a list has a header row and rows below it"},
		{"a header row beyond the end", crm, graph.ListSpec{Header: 9}, "", "l.csv: header: there is no row 9"},
		{"records without their columns", "Website,Owner\na.com,x\n", graph.ListSpec{}, Registrations,
			`l.csv row 1: no column for partner; found: Website, Owner; say with ` + "`columns:`" + ` which it is, such as columns: {partner: "its header"}`},
		{"an encoding", crm, graph.ListSpec{Encoding: "utf8x"}, "",
			`l.csv: unknown encoding "utf8x"; write a WHATWG label such as utf-8, windows-1252, macintosh, utf-16le or shift_jis`},
		{"a delimiter", crm, graph.ListSpec{Delimiter: "::"}, "",
			`l.csv: delimiter "::" is not one character; write one such as ",", ";", "|" or tab`},
		{"a format", crm, graph.ListSpec{Format: "xslx"}, "", `l.csv: format "xslx" is not read; write csv, tsv, xlsx, parquet or jsonl; did you mean "xlsx"?`},
		{"a layout", crm, graph.ListSpec{Layout: "tall"}, "", `l.csv: layout "tall" is unknown; write long, partner or wide`},
		{"a format that the file does not have", crm, graph.ListSpec{Format: "xlsx"}, "",
			"l.csv is text, but `format:` says xlsx; leave `format:` out"},
		{"where without operator", crm, graph.ListSpec{Where: "status customer"}, "",
			"l.csv: where: expected an operator (= != < <= > >= in) after \"status\", found \"customer\"; write a condition " + whereExample},
		{"where without value", crm, graph.ListSpec{Where: "status ="}, "",
			"l.csv: where: expected a value after = at the end; write a condition " + whereExample},
		{"where with or", crm, graph.ListSpec{Where: "a = 1 or b = 2"}, "",
			"l.csv: where: expected `and` or the end, found \"or\"; write a condition " + whereExample},
		{"where in without brackets", crm, graph.ListSpec{Where: "a in b"}, "",
			"l.csv: where: expected ( after in; write a condition " + whereExample},
		{"where on a column that is not there", crm, graph.ListSpec{Where: "Industri = IT"}, "",
			`where: l.csv row 1: no column "Industri"; found: Website, Name, Industry, Annual Revenue; did you mean "Industry"?`},
		{"bzip2", "BZh91AY", graph.ListSpec{}, "", "l.csv is a bzip2 file; unpack it first (read here: " + readHere + ")"},
		{"an empty archive", "PK\x05\x06" + strings.Repeat("\x00", 18), graph.ListSpec{}, "",
			"l.csv is an empty zip archive; pack the list as .csv.gz, or not at all (read here: " + readHere + ")"},
		{"old workbook", oleMagic + "\x00\x00", graph.ListSpec{}, "",
			"l.csv is a workbook in the old binary format (.xls) or another binary document; save it as .xlsx or .csv"},
		{"web page", " <HTML><table>", graph.ListSpec{}, "",
			"l.csv is a web page under the name of a spreadsheet, as some reports are exported; open it and save it as .xlsx or .csv"},
		{"binary", "\x01\x02\x03\x04\x05name\x06\x07", graph.ListSpec{}, "", "l.csv is no text in utf-8, nor of another format that is read here (" + readHere + ")"},
		{"no e-mail address in a message", "a@b.com,5\n", graph.ListSpec{Columns: columnsOf("account", "Website"), Header: 1}, "",
			`l.csv row 1: no column "Website"; found: (an e-mail address)@b.com, 5`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.spec.File = "l.csv"
			_, _, err := collect(folder(t, map[string]string{"l.csv": test.content}), test.spec, Options{Shape: test.shape})
			if err == nil || err.Error() != test.want {
				t.Errorf("\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestNoSuchFile(t *testing.T) {
	dir := folder(t, map[string]string{"lists/crm.csv": "", "lists/notes.txt": "", "empty/x.pdf": ""})
	for file, want := range map[string]string{
		"lists/crmm.csv": `lists/crmm.csv: no such file; the folder holds: crm.csv, notes.txt; did you mean "crm.csv"?`,
		"lists/cr?.xlsx": `lists/cr?.xlsx: no such file; the folder holds: crm.csv, notes.txt`,
		"list/crm.csv":   `list/crm.csv: no such file: there is no folder list`,
		"empty":          "empty: the folder holds no list (" + readHere + "); found: empty/x.pdf",
		"":               `file: there is no file name`,
	} {
		if _, _, err := collect(dir, graph.ListSpec{File: file}, Options{}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", file, err, want)
		}
	}
}

func TestStrict(t *testing.T) {
	tests := []struct {
		content string
		want    string // of the error; empty for none
	}{
		{"Our accounts\ndomain,amount\na.com,5\nb.com,6\nTotal,11\n", ""},
		{"domain,name\na.com\n", "l.csv row 2: rows have fewer cells than the header; the missing ones are empty (short-row); refused because notices are errors here"},
		{"domain,name\na.de,M\xfcller\n", "l.csv: the file does not say its encoding; read as windows-1252; write `encoding:` if names look wrong (encoding-guessed); refused because notices are errors here"},
	}
	for _, test := range tests {
		_, _, err := collect(folder(t, map[string]string{"l.csv": test.content}), graph.ListSpec{File: "l.csv"}, Options{Strict: true})
		if test.want == "" && err != nil || test.want != "" && (err == nil || err.Error() != test.want) {
			t.Errorf("%q:\n got %v\nwant %s", test.content, err, test.want)
		}
	}
}

// TestCallerStops hands the caller's error back as it is.
func TestCallerStops(t *testing.T) {
	stop := errors.New("enough")
	dir := folder(t, map[string]string{"l.csv": "domain\na.com\nb.com\n"})
	n := 0
	_, err := Read(context.Background(), graph.ListSpec{File: "l.csv"}, Options{Dir: dir}, func(*Row) error {
		n++
		return stop
	})
	if err != stop || n != 1 {
		t.Errorf("got %v after %d rows", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, graph.ListSpec{File: "l.csv"}, Options{Dir: dir}, func(*Row) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v from a call that was cancelled", err)
	}
}

// TestLongLines bounds what a hostile file can make the reader hold.
func TestLongLines(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100 MB")
	}
	long := strings.Repeat("x", maxCell+10)
	content := "domain,name\na.com," + long + "\nb.com," + strings.Repeat("y,", maxRecord/2+1000) + "\n" +
		"c.com,C" + strings.Repeat(",", maxCells+5) + "\nd.com,\"D\n" + strings.Repeat(strings.Repeat("z", 4095)+"\n", maxCell>>12+1) + "e.com,E\n"
	rows, sum := readText(t, content, graph.ListSpec{})
	if got := len(rows[0].Get(Name)); got != maxCell {
		t.Errorf("the long cell has %d bytes", got)
	}
	if got := show(rows[1:3]); got[0] != "4 account=c.com name=C" || got[1] != "5 account=d.com name=D" {
		t.Errorf("got %q", got)
	}
	if got := show(rows[len(rows)-1:])[0]; !strings.HasSuffix(got, " account=e.com name=E") {
		t.Errorf("the last row is %q", got)
	}
	for i, want := range []string{"long-cell 1 2", "long-record 1 3", "many-cells 1 4", "bad-quote 1 5"} {
		if got := codes(sum); len(got) <= i || got[i] != want {
			t.Errorf("notices are %q, want %q", got, want)
		}
	}
}
