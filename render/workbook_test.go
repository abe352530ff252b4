package render

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/channelmap/channelmap/graph"
)

// written gives the bytes of a workbook.
func written(t testing.TB, b *Workbook) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteWorkbook(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readBack opens what was written.
func readBack(t testing.TB, b *Workbook) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// part gives one of the files of which a workbook consists.
func part(t testing.TB, packed []byte, name string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// must gives a value that was read without an error.
func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// oneColumn is a sheet S with cells below one header.
func oneColumn(cells ...Cell) *Workbook {
	s := Sheet{Name: "S", Columns: []Column{{Header: "h"}}}
	for _, c := range cells {
		s.Rows = append(s.Rows, []Cell{c})
	}
	return &Workbook{Sheets: []Sheet{s}}
}

func TestWorkbookCells(t *testing.T) {
	const number, text = excelize.CellTypeUnset, excelize.CellTypeInlineString
	day := graph.Date{Year: 2026, Month: 11, Day: 23}
	for _, c := range []struct {
		name       string
		cell       Cell
		kind       excelize.CellType
		raw, shown string
	}{
		{"text", TextCell("Acme, Inc."), text, "Acme, Inc.", "Acme, Inc."},
		{"digits stay text", TextCell("00123"), text, "00123", "00123"},
		{"truth stays text", TextCell("TRUE"), text, "TRUE", "TRUE"},
		{"empty text", TextCell(""), number, "", ""},
		{"empty", EmptyCell(), number, "", ""},
		{"whole number", NumberCell(1234), number, "1234", "1,234"},
		{"fraction", NumberCell(1234.567), number, "1234.567", "1,234.57"},
		{"below zero", NumberCell(-2.5), number, "-2.5", "-2.50"},
		{"sum of floats", NumberCell(plus(0.1, 0.2)), number, "0.3", "0.30"},
		{"negative zero", NumberCell(math.Copysign(0, -1)), number, "0", "0"},
		{"count", CountCell(1048577), number, "1048577", "1,048,577"},
		{"share", ShareCell(0.125), number, "0.125", "12.5%"},
		{"small share", ShareCell(0.004), number, "0.004", "0.4%"},
		{"date", DateCell(day), number, "46349", "2026-11-23"},
		{"first date", DateCell(graph.Date{Year: 1900, Month: 1, Day: 1}), number, "1", "1900-01-01"},
		{"date before all", DateCell(graph.Date{Year: 1899, Month: 12, Day: 31}), text, "1899-12-31", "1899-12-31"},
		{"no date", DateCell(graph.Date{}), number, "", ""},
		{"money", MoneyCell(decimal.RequireFromString("45000.5"), "EUR"), number, "45000.5", "45,000.50 EUR"},
		{"money with cents", MoneyCell(decimal.RequireFromString("1234567890123.45"), "USD"), number, "1234567890123.45", "1,234,567,890,123.45 USD"},
		{"money owed", MoneyCell(decimal.RequireFromString("-12.345"), "EUR"), number, "-12.35", "-12.35 EUR"},
		{"money without currency", MoneyCell(decimal.RequireFromString("7"), ""), number, "7", "7.00"},
		{"no money", MoneyCell(decimal.RequireFromString("-0.001"), "EUR"), number, "0", "0.00 EUR"},
		{"money of too many digits", MoneyCell(decimal.RequireFromString("12345678901234567.89"), "EUR"), text, "EUR 12345678901234567.89", "EUR 12345678901234567.89"},
		{"debt of too many digits", MoneyCell(decimal.RequireFromString("-12345678901234567.89"), ""), text, "'-12345678901234567.89", "'-12345678901234567.89"},
		{"large round money", MoneyCell(decimal.RequireFromString("123456789012345000"), "IDR"), number, "123456789012345000", "123,456,789,012,345,000.00 IDR"},
		{"hostile currency", MoneyCell(decimal.RequireFromString("1"), `E";[Red]0`), number, "1", "1.00 ERed0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := readBack(t, oneColumn(c.cell))
			if kind := must[excelize.CellType](t)(f.GetCellType("S", "A2")); kind != c.kind {
				t.Errorf("type %v, want %v", kind, c.kind)
			}
			if raw := must[string](t)(f.GetCellValue("S", "A2", excelize.Options{RawCellValue: true})); raw != c.raw {
				t.Errorf("value %q, want %q", raw, c.raw)
			}
			if shown := must[string](t)(f.GetCellValue("S", "A2")); shown != c.shown {
				t.Errorf("shown as %q, want %q", shown, c.shown)
			}
		})
	}
}

// plus adds at run time: constants would be added exactly.
func plus(a, b float64) float64 { return a + b }

func TestWorkbookNeutralisesTexts(t *testing.T) {
	for s, want := range map[string]string{
		`=HYPERLINK("http://x","y")`: `'=HYPERLINK("http://x","y")`,
		"+1":                         "'+1",
		"-1+cmd|'/c calc'!A1":        "'-1+cmd|'/c calc'!A1",
		"@SUM(A1)":                   "'@SUM(A1)",
		"\t=1":                       `'\t=1`,
		"\r=1":                       `'\r=1`,
		"＝1":                         "'＝1",
		"a\x00b\x1b[31m":             `a\x00b\x1b[31m`,
		"\u202egnp.exe":              `\u202egnp.exe`,
		"a\xffb":                     `a\xffb`,
		"<f>1</f> & \"'":             "<f>1</f> & \"'",
		"  two spaces  ":             "  two spaces  ",
		"مرحبا":                      "مرحبا",
		"👩‍👩‍👧":                      "👩‍👩‍👧",
		"_x0041_x0042_":              `_\x0041_\x0042_`,
		"_xD800_":                    `_\xD800_`,
		"_x005F_x0007_":              `_\x005F_\x0007_`,
		"tax_xyz":                    "tax_xyz",
	} {
		f := readBack(t, &Workbook{Footer: s, Sheets: []Sheet{{Name: "S", Columns: []Column{{Header: s}}, Rows: [][]Cell{{TextCell(s)}}}}})
		for _, at := range []string{"A1", "A2", "A3"} {
			if got := must[string](t)(f.GetCellValue("S", at)); got != want {
				t.Errorf("%q reads back at %s as %q, want %q", s, at, got, want)
			}
			if formula := must[string](t)(f.GetCellFormula("S", at)); formula != "" {
				t.Errorf("%q became the formula %q at %s", s, formula, at)
			}
		}
	}
}

func TestWorkbookCutsLongTexts(t *testing.T) {
	for _, c := range []struct{ name, long, end string }{
		{"whole", strings.Repeat("a", 32767), "aa"},
		{"letters", strings.Repeat("a", 40000), "aa… [cut]"},
		{"beyond the basic plane", strings.Repeat("😀", 20000), "😀😀… [cut]"},
		{"joined", strings.Repeat("👩‍👩‍👧", 10000), "👩‍👩‍👧👩‍👩‍👧… [cut]"},
		{"one character without end", "e" + strings.Repeat("\u0301", 40000), "… [cut]"},
	} {
		f := readBack(t, oneColumn(TextCell(c.long)))
		got := must[string](t)(f.GetCellValue("S", "A2"))
		if n := units(got); n > 32767 || !strings.HasSuffix(got, c.end) || !utf8.ValidString(got) {
			t.Errorf("%s: %d characters, ending in %q", c.name, n, got[max(0, len(got)-40):])
		}
	}
}

func TestWorkbookSheetNames(t *testing.T) {
	long := strings.Repeat("n", 40)
	names := []string{
		"", "  ", "Summary", "summary", "SUMMARY", "a/b:c*d?[e]\\", "'quoted'", "O'Brien", long, long + "x", "history",
		"Sheet1", "bell\a", strings.Repeat("😀", 20), "''", "_x002F_", "Summary (2)", "ſummary", "=1+1", "<&>\"",
	}
	var b Workbook
	for i, n := range names {
		b.Sheets = append(b.Sheets, Sheet{Name: n, Columns: []Column{{Header: "h"}}, Rows: [][]Cell{{CountCell(int64(i))}}})
	}
	packed := written(t, &b)
	f := readBack(t, &b)
	want := []string{
		"Sheet", "Sheet (2)", "Summary", "summary (2)", "SUMMARY (3)", "a-b-c-d--e--", "quoted", "O'Brien",
		strings.Repeat("n", 30) + "…", strings.Repeat("n", 26) + "… (2)", "history (2)", "Sheet1", "bell-x07",
		strings.Repeat("😀", 15) + "…", "Sheet (3)", "_-x002F_", "Summary (2) (2)", "ſummary (4)", "=1+1", "<&>\"",
	}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Fatalf("sheets\n%q, want\n%q", got, want)
	}
	for i, n := range want {
		if units(n) > 31 {
			t.Errorf("%q is too long", n)
		}
		if got := must[string](t)(f.GetCellValue(n, "A2")); got != fmt.Sprint(i) {
			t.Errorf("sheet %q holds %s, want %d", n, got, i)
		}
	}
	if book := part(t, packed, "xl/workbook.xml"); !strings.Contains(book, "&#39;O&#39;&#39;Brien&#39;!$A$1:$A$2") {
		t.Errorf("the filter of O'Brien is not quoted:\n%s", book)
	}
}

func TestWorkbookFrame(t *testing.T) {
	for _, c := range []struct {
		name, footer        string
		rows                int
		filter, extent, top string
		split               int
	}{
		{"without footer", "", 2, "$A$1:$B$3", "A1:B3", "A2", 1},
		{"with footer", "Confidential: R&D, SHI", 2, "$A$2:$B$4", "A1:B4", "A3", 2},
		{"no rows", "", 0, "$A$1:$B$1", "A1:B1", "A2", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Sheet{Name: "New accounts", Columns: []Column{{Header: "Account"}, {Header: "Rows"}}}
			for range c.rows {
				s.Rows = append(s.Rows, []Cell{TextCell("Acme"), CountCell(3)})
			}
			b := &Workbook{Sheets: []Sheet{s}, Footer: c.footer}
			f, xml := readBack(t, b), part(t, written(t, b), "xl/worksheets/sheet1.xml")
			if !strings.Contains(xml, `<autoFilter ref="`+c.filter+`">`) {
				t.Errorf("no filter over %s:\n%s", c.filter, xml)
			}
			if got := must[string](t)(f.GetSheetDimension("New accounts")); got != c.extent {
				t.Errorf("extent %s, want %s", got, c.extent)
			}
			panes := must[excelize.Panes](t)(f.GetPanes("New accounts"))
			if !panes.Freeze || panes.YSplit != c.split || panes.XSplit != 0 || panes.TopLeftCell != c.top {
				t.Errorf("panes %+v, want %d frozen rows and %s below", panes, c.split, c.top)
			}
			header := must[int](t)(f.GetCellStyle("New accounts", fmt.Sprintf("B%d", c.split)))
			if style := must[*excelize.Style](t)(f.GetStyle(header)); style.Font == nil || !style.Font.Bold {
				t.Error("the header is not bold")
			}
			checkFooter(t, f, c.footer)
		})
	}
}

func checkFooter(t *testing.T, f *excelize.File, footer string) {
	t.Helper()
	printed := must[*excelize.HeaderFooterOptions](t)(f.GetHeaderFooter("New accounts"))
	if footer == "" {
		if printed != nil && printed.OddFooter != "" {
			t.Errorf("footer %+v, want none", printed)
		}
		return
	}
	if want := "&C" + strings.ReplaceAll(footer, "&", "&&"); printed.OddFooter != want {
		t.Errorf("printed %q, want %q", printed.OddFooter, want)
	}
	if got := must[string](t)(f.GetCellValue("New accounts", "A1")); got != footer {
		t.Errorf("first row %q, want %q", got, footer)
	}
}

func TestWorkbookFootersFit(t *testing.T) {
	for _, s := range []string{"", "&", strings.Repeat("&", 300), strings.Repeat("a&", 300), strings.Repeat("😀", 200), "\n\x00", strings.Repeat("x", 253)} {
		got := pageFooter(s)
		if units(got) > 255 || strings.Count(got[2:], "&")%2 != 0 {
			t.Errorf("%.20q gives %q, of %d characters", s, got, units(got))
		}
		readBack(t, &Workbook{Sheets: []Sheet{{}}, Footer: s})
	}
}

func TestWorkbookWidths(t *testing.T) {
	s := Sheet{Name: "S", Columns: []Column{{Header: "id"}, {Header: "Name"}, {Header: "Long"}, {Header: "Set", Width: 4.5}, {Header: "名前"}, {Header: "Sum"}, {Header: "Header with a button"}}}
	s.Rows = [][]Cell{
		{CountCell(1), TextCell("a name of 23 characters"), TextCell(strings.Repeat("x", 100)), TextCell("wide as it may be"), TextCell("株式会社東京商事"),
			MoneyCell(decimal.RequireFromString("1234567.8"), "EUR")},
		{CountCell(2)},
	}
	f := readBack(t, &Workbook{Sheets: []Sheet{s}})
	for column, least := range map[string]float64{"A": 8, "B": 24, "C": 60, "D": 4.5, "E": 17, "F": 17, "G": 22} {
		got := must[float64](t)(f.GetColWidth("S", column))
		if got < least || got > least+3 {
			t.Errorf("column %s is %v wide, want about %v", column, got, least)
		}
	}
}

func TestWorkbookOddShapes(t *testing.T) {
	for name, b := range map[string]*Workbook{
		"no columns":         {Sheets: []Sheet{{Name: "S"}}},
		"footer, no columns": {Sheets: []Sheet{{Name: "S"}}, Footer: "f"},
		"empty rows":         {Sheets: []Sheet{{Name: "S", Columns: []Column{{}}, Rows: [][]Cell{nil, {}, {{}}}}}},
		"many sheets":        {Sheets: make([]Sheet, 40)},
	} {
		f := readBack(t, b)
		if n := len(f.GetSheetList()); n != len(b.Sheets) {
			t.Errorf("%s: %d sheets, want %d", name, n, len(b.Sheets))
		}
	}
	// A short row ends where it ends: nothing of the row before is left in it.
	s := Sheet{Name: "S", Columns: []Column{{}, {}}, Rows: [][]Cell{{TextCell("a"), TextCell("b")}, {TextCell("c")}, {EmptyCell(), TextCell("d")}}}
	rows := must[[][]string](t)(readBack(t, &Workbook{Sheets: []Sheet{s}}).GetRows("S"))
	if got, want := fmt.Sprintf("%q", rows[1:]), `[["a" "b"] ["c"] ["" "d"]]`; got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
}

func TestWorkbookRefusals(t *testing.T) {
	one := []Column{{Header: "h"}}
	for _, c := range []struct {
		name string
		book Workbook
		want string
	}{
		{"no sheet", Workbook{}, "no sheets"},
		{"rows", Workbook{Sheets: []Sheet{{Name: "New", Columns: one, Rows: make([][]Cell, 1048576)}}}, `sheet "New": 1,048,577 rows`},
		{"rows and footer", Workbook{Footer: "f", Sheets: []Sheet{{Columns: one, Rows: make([][]Cell, 1048575)}}}, "write CSV"},
		{"columns", Workbook{Sheets: []Sheet{{Columns: make([]Column, 16385)}}}, "16,385 columns"},
		{"cells", Workbook{Sheets: []Sheet{{Name: "A\a", Columns: one, Rows: [][]Cell{{}, {{}, {}}}}}}, `sheet "A\x07": row 2 has 2 cells for 1 columns`},
		{"not a number", Workbook{Sheets: []Sheet{{Columns: one, Rows: [][]Cell{{NumberCell(math.NaN())}}}}}, "row 1, column 1: NaN"},
		{"infinite", Workbook{Sheets: []Sheet{{Columns: one, Rows: [][]Cell{{ShareCell(math.Inf(-1))}}}}}, "-Inf"},
		{"negative width", Workbook{Sheets: []Sheet{{Columns: []Column{{Width: -1}}}}}, "width -1"},
		{"no width", Workbook{Sheets: []Sheet{{Columns: []Column{{Width: math.NaN()}}}}}, "width NaN"},
		{"wide", Workbook{Sheets: []Sheet{{Columns: []Column{{Width: 256}}}}}, "width 256"},
	} {
		var out bytes.Buffer
		if err := WriteWorkbook(&out, &c.book); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if out.Len() > 0 {
			t.Errorf("%s: %d bytes were written all the same", c.name, out.Len())
		}
	}
}

// failing is a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWorkbookTellsWhatCannotBeWritten(t *testing.T) {
	if err := WriteWorkbook(failing{}, sampleWorkbook(3)); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("got %v", err)
	}
}

func TestWorkbookIsTheSameEachTime(t *testing.T) {
	b := sampleWorkbook(50)
	first := written(t, b)
	for range 20 { // the library walks over its sheets in the order of a map
		if !bytes.Equal(first, written(t, b)) {
			t.Fatal("two writes differ")
		}
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 || len(f.Extra) > 0 {
			t.Errorf("%s carries a time", f.Name)
		}
		if found := regexp.MustCompile(`[12]\d{3}-\d\d-\d\dT|xuri|(?i:excelize)`).FindString(part(t, first, f.Name)); found != "" {
			t.Errorf("%s says %q", f.Name, found)
		}
	}
	if r.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", r.File[0].Name)
	}
}

// sampleWorkbook has every kind of cell, eight columns, and several sheets.
func sampleWorkbook(rows int) *Workbook {
	columns := []Column{{Header: "Account"}, {Header: "Domain"}, {Header: "Rows"}, {Header: "Potential"}, {Header: "Since"}, {Header: "Share"}, {Header: "Users"}, {Header: "Note"}}
	s := Sheet{Columns: columns}
	price := decimal.RequireFromString("1234.56")
	for i := range rows {
		s.Rows = append(s.Rows, []Cell{
			TextCell(fmt.Sprintf("Account %d GmbH & Co. KG", i)), TextCell(fmt.Sprintf("account-%d.example", i)), CountCell(int64(i)),
			MoneyCell(price.Mul(decimal.New(int64(i), 0)), "EUR"), DateCell(graph.Date{Year: 2026, Month: 1, Day: 1}.AddDays(i % 365)),
			ShareCell(float64(i) / float64(rows)), NumberCell(float64(i) * 1.37), EmptyCell(),
		})
	}
	b := &Workbook{Footer: "Confidential"}
	for _, name := range []string{"Summary", "New accounts", "Already reached", "Openings", "Unresolved", "Findings"} {
		s.Name = name
		b.Sheets = append(b.Sheets, s)
	}
	return b
}

// spy counts the files of a folder at the moment at which it is written to.
type spy struct {
	bytes.Buffer
	folder string
	seen   int
}

func (s *spy) Write(p []byte) (int, error) {
	files, err := os.ReadDir(s.folder)
	s.seen = max(s.seen, len(files))
	s.Buffer.Write(p)
	return len(p), err
}

// TestWorkbookLeavesNoTemporaryFile writes a sheet that is kept on disk in the
// meantime.
func TestWorkbookLeavesNoTemporaryFile(t *testing.T) {
	out := &spy{folder: t.TempDir()}
	t.Setenv("TMPDIR", out.folder)
	t.Setenv("TMP", out.folder)
	long := TextCell(strings.Repeat("a", 32000))
	if err := WriteWorkbook(out, oneColumn(slices.Repeat([]Cell{long}, 600)...)); err != nil {
		t.Fatal(err)
	}
	if out.seen != 1 {
		t.Errorf("%d temporary files while writing, want 1", out.seen)
	}
	if left := must[[]os.DirEntry](t)(os.ReadDir(out.folder)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if n := strings.Count(part(t, out.Bytes(), "xl/worksheets/sheet1.xml"), "<row "); n != 601 {
		t.Errorf("%d rows, want 601", n)
	}
}

func FuzzWorkbook(f *testing.F) {
	for _, s := range []string{"", "=1+1", "\t", "_x0041_", "_x005F_x005F_", "a\x00\uffff", " x ", "'", "<&>]]>", "History", "\u202e[x]:*", strings.Repeat("😀", 40)} {
		f.Add(s, "Sheet")
		f.Add("text", s)
	}
	inFormula := regexp.MustCompile(`<f[ >]`)
	f.Fuzz(func(t *testing.T, s, name string) {
		b := &Workbook{Footer: s}
		for range 2 {
			b.Sheets = append(b.Sheets, Sheet{Name: name, Columns: []Column{{Header: s}}, Rows: [][]Cell{{TextCell(s)}}})
		}
		packed := written(t, b)
		book := readBack(t, b)
		header := headerRow(s)
		for i, sheet := range book.GetSheetList() {
			if inFormula.MatchString(part(t, packed, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))) {
				t.Errorf("%q in %q gives a formula", s, name)
			}
			for row := 1; row <= header+1; row++ {
				if got, want := must[string](t)(book.GetCellValue(sheet, fmt.Sprintf("A%d", row))), sheetText(s); got != want {
					t.Errorf("%q reads back in row %d as %q, want %q", s, row, got, want)
				}
			}
		}
	})
}

func BenchmarkWriteWorkbook(b *testing.B) {
	book := sampleWorkbook(10000)
	book.Sheets = book.Sheets[:1]
	for b.Loop() {
		if err := WriteWorkbook(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
}
