package list

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// FuzzCSV reads arbitrary bytes as a list. Nothing may crash, places lie in the
// file, every record that is not blank is delivered or noted, and the same
// bytes give the same rows.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"domain,name\na.com,A\n", "domain;name\r\na.com;\"A\r\nB\"\r\n", "domain\tname\ra.com\tA\r", "\ufeffWebsite,Amount\na.com,\"1,5\"\nTotal,3\n",
		"domain,name\n\"a\"b,\"c\n", "title\n\ndomain,name\n#N/A,x,y\n,\n", "sep=;\ndomain;x\na;b\n", utf16le("domain,name\na,b\n"),
		"domain,name\n\xfc,\x00\n", "\"", "\"\n\"", "domain,name\n" + strings.Repeat("Total,1\n", 40), "user\na@b.com\n",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "f.csv")
	spec := graph.ListSpec{File: "f.csv"}
	f.Fuzz(func(t *testing.T, content []byte, headed bool) {
		if headed { // most bytes are no header, and then nothing is read
			content = append([]byte("domain,name,amount\n"), content...)
		}
		check(t, os.WriteFile(path, content, 0o644))
		rows, sum, err := collect(dir, spec, Options{})
		if err != nil {
			return
		}
		records := recordsBelow(t, content, sum)
		if got := accounted(rows, sum); got != records {
			t.Errorf("%d rows delivered or noted, of %d records: %q", got, records, content)
		}
		for _, r := range rows {
			readCells(&r)
			if r.Place.Row <= sum.Files[0].Place.Row || r.Place.Row > len(content)+1 {
				t.Errorf("row %d is not in the file: %q", r.Place.Row, content)
			}
		}
		again, _, err := collect(dir, spec, Options{})
		check(t, err)
		equal(t, "the same again", show(again), show(rows))
	})
}

// recordsBelow counts the records below the header that are not blank, as the
// splitter of lines sees them.
func recordsBelow(t *testing.T, content []byte, sum *Summary) int {
	dir := folder(t, map[string]string{"f.csv": string(content)})
	in, err := os.Open(filepath.Join(dir, "f.csv"))
	check(t, err)
	defer in.Close()
	p, err := newPlan(graph.ListSpec{File: "f.csv"}, Members)
	check(t, err)
	head, err := head(in)
	check(t, err)
	src, err := openText(p, newNotes(false), "f.csv", in, head)
	check(t, err)
	n := 0
	for {
		rec, err := src.next()
		if err != nil {
			return n
		}
		if rec.row > sum.Files[0].Place.Row && filled(rec.cells) > 0 {
			n++
		}
	}
}

// accounted counts the rows delivered and those that a notice says are left
// out.
func accounted(rows []Row, sum *Summary) int {
	n := len(rows)
	for _, note := range sum.Notices {
		switch note.Code {
		case emptyKey.name, totalsRow.name, footerRow.name, filtered.name:
			n += note.Count
		}
	}
	return n
}

// readCells reads every cell in every way.
func readCells(r *Row) {
	for k := range Key(NumKeys) {
		r.Date(k)
		if d, err := r.Number(k); err == nil {
			_ = d.String()
		}
	}
	r.Status()
	r.Roles()
}

// FuzzXLSX puts arbitrary bytes in the place of a workbook's sheet, and of its
// strings, and reads it.
func FuzzXLSX(f *testing.F) {
	book := saved(f, workbookOf(f, sheet{"S", [][]any{{"domain", "amount"}, {"a.com", 5}}}))
	whole, err := os.ReadFile(filepath.Join(book, "b.xlsx"))
	check(f, err)
	const sheetXML = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	for _, seed := range []string{
		sheetXML + `<row r="1"><c r="A1" t="inlineStr"><is><t>domain</t></is></c></row><row r="9"><c r="A9" t="s"><v>7</v></c></row></sheetData></worksheet>`,
		sheetXML + `<row r="2"><c r="XFD2" t="s"><v>0</v></c></row><row r="1"><c t="e"><v>#N/A</v></c><c r="A1" s="99"><v>1e308</v></c></row></sheetData></worksheet>`,
		sheetXML + `<row><c t="d"><v>2026-01-31T00:00:00Z</v></c><c t="b"><v>1</v></c><c r="??"><v>1</v></c></row></sheetData></worksheet>`,
		`<sst><si><t>domain</t></si><si><r><t>a</t></r><r><t>.com</t></r></si></sst>`, "", "<",
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, content []byte, strings bool) {
		dir := t.TempDir()
		check(t, os.WriteFile(filepath.Join(dir, "b.xlsx"), whole, 0o644))
		part := map[bool]string{false: "xl/worksheets/sheet1.xml", true: "xl/sharedStrings.xml"}[strings]
		rezip(t, dir, func(name string, b []byte) []byte {
			if name == part {
				return content
			}
			return b
		})
		rows, sum, err := collect(dir, graph.ListSpec{File: "b.xlsx"}, Options{})
		if err != nil {
			return
		}
		for _, r := range rows {
			readCells(&r)
			if r.Place.Row <= sum.Files[0].Place.Row || r.Place.Sheet != "S" {
				t.Errorf("place %s: %q", r.Place, content)
			}
		}
	})
}

// FuzzWhere reads arbitrary conditions; those that are read can be compared.
func FuzzWhere(f *testing.F) {
	for _, seed := range []string{"a = 1", "status in (a, 'b c') and x >= 2026-01-01", `"Region Code" != ""`, "a in (", "=", "\"", "and and and"} {
		f.Add(seed, "cell")
	}
	f.Fuzz(func(t *testing.T, text, cell string) {
		c, err := parseWhere(text)
		if err != nil {
			return
		}
		for _, cmp := range c {
			cmp.holds(cell, columnFacts{dayFirst, point})
		}
	})
}

// FuzzNumber holds numbers against what is bounded and stable: what is written
// back is read as the same number.
func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"1,234.50", "(5%)", "1E30", "€ -1'000", "1.2.3", "-", "USD"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, mark := range []decimalMark{point, comma} {
			d, err := parseNumber(text, mark)
			if err != nil {
				continue
			}
			written := d.String()
			if len(written) > 8*maxDigits {
				t.Fatalf("%q has %d digits", text, len(written))
			}
			if again, err := parseNumber(written, point); len(written) < maxDigits && (err != nil || !again.Equal(d)) {
				t.Errorf("%q is %s, which is read as %s, %v", text, written, again, err)
			}
		}
	})
}
