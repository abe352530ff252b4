package list

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/channelmap/channelmap/graph"
)

// sheets writes a workbook with the given cells, by sheet in the order given.
type sheet struct {
	name string
	rows [][]any
}

func workbookOf(t testing.TB, sheets ...sheet) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			check(t, f.SetSheetName("Sheet1", s.name))
		} else {
			_, err := f.NewSheet(s.name)
			check(t, err)
		}
		for r, cells := range s.rows {
			cell, err := excelize.CoordinatesToCellName(1, r+1)
			check(t, err)
			check(t, f.SetSheetRow(s.name, cell, &cells))
		}
	}
	return f
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// saved writes a workbook as b.xlsx into a folder of its own.
func saved(t testing.TB, f *excelize.File) string {
	t.Helper()
	dir := t.TempDir()
	check(t, f.SaveAs(filepath.Join(dir, "b.xlsx")))
	check(t, f.Close())
	return dir
}

func style(t testing.TB, f *excelize.File, cell string, s *excelize.Style) {
	t.Helper()
	id, err := f.NewStyle(s)
	check(t, err)
	check(t, f.SetCellStyle("CRM", cell, cell, id))
}

func TestWorkbook(t *testing.T) {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	f := workbookOf(t, sheet{"Read me", [][]any{{"What this is"}}}, sheet{"CRM", [][]any{
		{"Accounts, as of today"},
		{},
		{"Website", "Account Name", "Close Date", "Amount", "Active"},
		{"a.com", "A", day, 0.1, true},
		{"b.com", "B", day.Add(10 * time.Hour), 1234567.891, false},
		{"c.com", "C", day, 0.1 + 0.2},
		{"d.com", "#N/A", day, 35, "", "beyond"},
		{"e.com", "E", 46000, -5},
		{nil, nil, nil, 6},
		{"Totals", nil, nil, 1234571.391},
	}})
	custom := `[$-409]d"day" mmm yy;@`
	style(t, f, "C4", &excelize.Style{CustomNumFmt: &custom})
	style(t, f, "C6", &excelize.Style{NumFmt: 14})
	style(t, f, "C7", &excelize.Style{NumFmt: 17})
	money := `"d" #,##0.0 [$€-407]`
	style(t, f, "D5", &excelize.Style{CustomNumFmt: &money})
	style(t, f, "D7", &excelize.Style{NumFmt: 9})
	check(t, f.SetRowVisible("CRM", 5, false))
	check(t, f.SetCellFormula("CRM", "D8", "-2-3"))

	rows, sum, err := collect(saved(t, f), graph.ListSpec{File: "b.xlsx"}, Options{})
	check(t, err)
	equal(t, "rows", show(rows), []string{
		"4 account=a.com name=A amount=0.1 date=2026-01-31",
		"5 account=b.com name=B amount=1234567.891 date=2026-01-31 10:00:00",
		"6 account=c.com name=C amount=0.3 date=2026-01-31",
		"7 account=d.com amount=35 date=2026-01-31",
		"8 account=e.com name=E amount=-5 date=46000",
	})
	equal(t, "notices", codes(sum), []string{"skipped-sheet 1 0", "title-rows 1 1", "error-cell 1 7", "long-row 1 7", "empty-key 1 9", "totals-row 1 10"})
	if f := sum.Files[0]; f.Place.String() != "b.xlsx [CRM] row 3" || f.Format != "xlsx" || f.Rows != 5 {
		t.Errorf("got %+v", f)
	}
	for i, want := range []string{"2026-01-31", "2026-01-31", "2026-01-31", "2026-01-31", "2025-12-09"} {
		if d, err := rows[i].Date(Date); err != nil || d.String() != want {
			t.Errorf("row %d has date %s, %v", i, d, err)
		}
	}
}

func TestWorkbookSheets(t *testing.T) {
	dir := saved(t, workbookOf(t, sheet{"First", [][]any{{"domain"}, {"a.com"}}}, sheet{"Second", [][]any{{"domain"}, {"b.com"}}}))
	rows, sum, err := collect(dir, graph.ListSpec{File: "b.xlsx", Sheet: "second"}, Options{})
	check(t, err)
	equal(t, "rows", show(rows), []string{"2 account=b.com"})
	equal(t, "notices", codes(sum), nil)
	_, _, err = collect(dir, graph.ListSpec{File: "b.xlsx", Sheet: "Sceond"}, Options{})
	if want := `b.xlsx: no sheet "Sceond"; found: First, Second; did you mean "Second"?`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestStoredNumbers knows that the numbers of a sheet have a decimal point.
func TestStoredNumbers(t *testing.T) {
	f := workbookOf(t, sheet{"CRM", [][]any{{"domain", "amount"}, {"a.com", 1.125}, {"b.com", 2.5e-3}, {"c.com", 12345678901234567}}})
	rows, sum, err := collect(saved(t, f), graph.ListSpec{File: "b.xlsx"}, Options{Strict: true})
	check(t, err)
	equal(t, "notices", codes(sum), nil)
	for i, want := range []string{"1.125", "0.0025", "12345678901234600"} { // a spreadsheet keeps 15 digits
		if n, err := rows[i].Number(Amount); err != nil || n.String() != want {
			t.Errorf("row %d: got %s, %v; want %s", i, n, err, want)
		}
	}
}

// TestChartSheet reads past a sheet that holds a chart alone.
func TestChartSheet(t *testing.T) {
	f := workbookOf(t, sheet{"CRM", [][]any{{"domain", "amount"}, {"a.com", 5}}})
	check(t, f.AddChartSheet("Chart", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "CRM!$B$2:$B$2"}}}))
	rows, sum, err := collect(saved(t, f), graph.ListSpec{File: "b.xlsx"}, Options{})
	check(t, err)
	equal(t, "rows", show(rows), []string{"2 account=a.com amount=5"})
	equal(t, "notices", codes(sum), nil)
}

func TestDate1904(t *testing.T) {
	f := workbookOf(t, sheet{"CRM", [][]any{{"domain", "date"}, {"a.com", 44226}}})
	yes := true
	check(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	style(t, f, "B2", &excelize.Style{NumFmt: 14})
	rows, _, err := collect(saved(t, f), graph.ListSpec{File: "b.xlsx"}, Options{})
	check(t, err)
	equal(t, "rows", show(rows), []string{"2 account=a.com date=2025-01-31"})
}

// rezip writes the parts of a workbook again, each changed by edit.
func rezip(t testing.TB, dir string, edit func(name string, content []byte) []byte) {
	t.Helper()
	path := filepath.Join(dir, "b.xlsx")
	in, err := zip.OpenReader(path)
	check(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		check(t, err)
		content, err := io.ReadAll(r)
		check(t, err)
		p, err := w.Create(part.Name)
		check(t, err)
		_, err = p.Write(edit(part.Name, content))
		check(t, err)
	}
	check(t, w.Close())
	check(t, in.Close())
	check(t, os.WriteFile(path, out.Bytes(), 0o644))
}

// TestDamagedWorkbook never reads a part of a sheet as the whole.
func TestDamagedWorkbook(t *testing.T) {
	book := func() string {
		return saved(t, workbookOf(t, sheet{"CRM", [][]any{{"domain"}, {"a.com"}, {"b.com"}, {"c.com"}}}))
	}
	tests := []struct {
		name, want string
		harm       func(dir string)
	}{
		{"cut off", "b.xlsx: the workbook is cut off or damaged", func(dir string) {
			path := filepath.Join(dir, "b.xlsx")
			content, err := os.ReadFile(path)
			check(t, err)
			check(t, os.WriteFile(path, content[:len(content)/2], 0o644))
		}},
		{"sheet cut off", "b.xlsx: xl/worksheets/sheet1.xml: the workbook is damaged", func(dir string) {
			rezip(t, dir, func(name string, b []byte) []byte {
				if name == "xl/worksheets/sheet1.xml" {
					return b[:len(b)/2]
				}
				return b
			})
		}},
		{"a control character in a string", "b.xlsx: xl/sharedStrings.xml: the workbook is damaged", func(dir string) {
			rezip(t, dir, func(name string, b []byte) []byte { return bytes.ReplaceAll(b, []byte("b.com"), []byte("b\x01com")) })
		}},
		{"no workbook", "b.xlsx: this is no workbook", func(dir string) {
			var out bytes.Buffer
			w := zip.NewWriter(&out)
			_, err := w.Create("word/document.xml")
			check(t, err)
			check(t, w.Close())
			check(t, os.WriteFile(filepath.Join(dir, "b.xlsx"), out.Bytes(), 0o644))
		}},
		{"too much in it", "b.xlsx: the workbook unpacks to more than 2112 MiB; save the sheet as .csv", func(dir string) {
			var out bytes.Buffer
			w := zip.NewWriter(&out)
			p, err := w.Create("xl/media/image1.png")
			check(t, err)
			zeros := make([]byte, 1<<20)
			for range maxParts>>20 + 1 {
				_, err := p.Write(zeros)
				check(t, err)
			}
			check(t, w.Close())
			check(t, os.WriteFile(filepath.Join(dir, "b.xlsx"), out.Bytes(), 0o644))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := book()
			test.harm(dir)
			rows, _, err := collect(dir, graph.ListSpec{File: "b.xlsx"}, Options{})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %d rows, %v; want %s", len(rows), err, test.want)
			}
		})
	}
}

func TestProtectedWorkbook(t *testing.T) {
	dir := t.TempDir()
	f := workbookOf(t, sheet{"CRM", [][]any{{"domain"}, {"a.com"}}})
	check(t, f.SaveAs(filepath.Join(dir, "b.xlsx"), excelize.Options{Password: "x"}))
	_, _, err := collect(dir, graph.ListSpec{File: "b.xlsx"}, Options{})
	if want := "b.xlsx is protected with a password; save it without one, or as .csv"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestIsDateCode(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "d/m/yy": true, "[$-F800]dddd, mmmm dd, yyyy": true, "mmm-yy": true, "dd.mm.yyyy hh:mm": true,
		"General": false, "0.00": false, "#,##0 \"days\"": false, "[Red]0": false, "h:mm": false, "[h]:mm:ss": false,
		`0\d`: false, "_d0": false, `"unclosed`: false, "0;d": false, "": false,
	} {
		if got := isDateCode(code); got != want {
			t.Errorf("%q: got %v", code, got)
		}
	}
}
