package list

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/channelmap/channelmap/graph"
)

// sourceOf reads a text as it stands, with a comma between cells.
func sourceOf(text []byte, n *notes) *textSource {
	s := &textSource{notes: n, lines: newLineReader(bytes.NewReader(text), maxRecord)}
	s.split.delim = ','
	return s
}

// TestSameAsEncodingCSV compares with the standard library on random tables.
func TestSameAsEncodingCSV(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"", "a", "Acme", ", ", "\"", "\n", "\r\n", " ", "ü", "日本", "12,5", "\t", ";"}
	for range 3000 {
		var table [][]string
		for range 1 + rnd.IntN(6) {
			row := []string{"k"} // no record is blank
			for range rnd.IntN(4) {
				cell := ""
				for range rnd.IntN(4) {
					cell += pieces[rnd.IntN(len(pieces))]
				}
				row = append(row, cell)
			}
			table = append(table, row)
		}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = rnd.IntN(2) == 0
		check(t, w.WriteAll(table))
		n := newNotes(false)
		ours, theirs := all(t, sourceOf(text.Bytes(), n)), standard(t, text.Bytes())
		if fmt.Sprint(ours) != fmt.Sprint(theirs) || len(n.list) > 0 {
			t.Fatalf("%q:\n ours %q\ntheirs %q\nnotices %v", text.String(), ours, theirs, n.all())
		}
	}
}

func all(t testing.TB, s source) [][]string {
	t.Helper()
	var out [][]string
	for {
		rec, err := s.next()
		if err == io.EOF {
			return out
		}
		check(t, err)
		out = append(out, slices.Clone(rec.cells))
	}
}

func standard(t testing.TB, text []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	out, err := r.ReadAll()
	check(t, err)
	return out
}

// TestSameInEveryForm writes one table in every form that is read and expects
// the same rows each time.
func TestSameInEveryForm(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	names := []string{"Müller & Söhne", "Acme, Inc", "The \"Best\"", "Café\nde Flore", "O’Neill", "Øresund", "12\" screens", "Total"}
	table := [][]string{{"Website", "Account Name", "Country", "Amount", "Partner"}}
	for i := range 200 {
		table = append(table, []string{fmt.Sprintf("a%d.com", i), names[rnd.IntN(len(names))], "DE",
			fmt.Sprintf("%d.%02d", rnd.IntN(9000), rnd.IntN(90)+1), "P" + fmt.Sprint(rnd.IntN(5))})
	}
	comma, tab, semicolon := written(t, table, ','), written(t, table, '\t'), written(t, table, ';')
	cr := strings.ReplaceAll(comma, "\n", "\r")
	forms := map[string]string{
		"lf.csv": comma, "crlf.csv": strings.ReplaceAll(comma, "\n", "\r\n"), "cr.csv": cr,
		"bom.csv": "\ufeff" + comma, "tab.tsv": tab, "tab.csv": tab, "semicolon.csv": semicolon,
		"utf16le.csv": encoded(t, comma, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
		"utf16be.csv": encoded(t, tab, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)),
		"bare16.csv":  encoded(t, comma, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)),
		"mac.csv":     encoded(t, cr, charmap.Macintosh), "maclf.csv": encoded(t, comma, charmap.Macintosh),
		"western.csv": encoded(t, comma, charmap.Windows1252),
	}
	for _, name := range []string{"crlf.csv", "tab.tsv", "utf16le.csv", "western.csv"} {
		forms[name+".gz"], forms[name+".zst"] = gzipped(t, forms[name]), zstandard(t, forms[name])
	}
	dir := folder(t, forms)
	want, _, err := collect(dir, graph.ListSpec{File: "lf.csv"}, Options{})
	check(t, err)
	if len(want) != 200 {
		t.Fatalf("%d rows", len(want))
	}
	for name := range forms {
		got, _, err := collect(dir, graph.ListSpec{File: name}, Options{})
		check(t, err)
		equal(t, name, show(got), show(want))
	}
	got, _, err := collect(saved(t, workbookOf(t, sheet{"S", typed(table)})), graph.ListSpec{File: "b.xlsx"}, Options{})
	check(t, err)
	equalTyped(t, "xlsx", got, want)
	lines := jsonLinesOf(t, typed(table))
	typedForms := map[string]string{"l.jsonl": lines, "l.ndjson.gz": gzipped(t, lines), "l.jsonl.zst": zstandard(t, lines), "l.parquet": parquetOf(t, crmRows(t, table))}
	dir = folder(t, typedForms)
	for name := range typedForms {
		got, _, err := collect(dir, graph.ListSpec{File: name}, Options{})
		check(t, err)
		for i := range got {
			got[i].Place.Row++ // there is no header row
		}
		equalTyped(t, name, got, want)
	}
}

// equalTyped compares the rows of a file that stores numbers as such, where
// 5.10 is 5.1.
func equalTyped(t *testing.T, name string, got, want []Row) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		a, err := got[i].Number(Amount)
		check(t, err)
		b, err := want[i].Number(Amount)
		check(t, err)
		if !a.Equal(b) {
			t.Errorf("%s: row %d: %s, %s in the text", name, i, a, b)
		}
		got[i].Cells[Amount] = want[i].Cells[Amount]
	}
	equal(t, name, show(got), show(want))
}

func written(t testing.TB, table [][]string, delim rune) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = delim
	check(t, w.WriteAll(table))
	return b.String()
}

func encoded(t testing.TB, s string, e encoding.Encoding) string {
	out, err := e.NewEncoder().String(s)
	check(t, err)
	return out
}

// typed turns the amounts of a table into numbers.
func typed(table [][]string) [][]any {
	var out [][]any
	for i, row := range table {
		var cells []any
		for j, c := range row {
			var v float64
			if _, err := fmt.Sscanf(c, "%g", &v); i > 0 && j == 3 && err == nil {
				cells = append(cells, v)
				continue
			}
			cells = append(cells, c)
		}
		out = append(out, cells)
	}
	return out
}
