package render

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
)

// csvTable is a flat table: a header, and rows that fill some of its columns.
// Numbers are written as spreadsheets read them, without separators; texts are
// neutralised.
type csvTable struct {
	columns []string
	rows    []csvRow
}

// csvRow holds cells by the name of their column.
type csvRow map[string]string

// add appends a row of a level, the word by which rows are filtered.
func (t *csvTable) add(level string) csvRow {
	row := csvRow{"level": level}
	t.rows = append(t.rows, row)
	return row
}

// write writes header and rows. A cell without a column is a mistake of the
// report, and is told rather than dropped.
func (t *csvTable) write(out *bytes.Buffer) error {
	w := csv.NewWriter(out)
	if err := w.Write(t.columns); err != nil {
		return err
	}
	for _, row := range t.rows {
		cells, found := make([]string, len(t.columns)), 0
		for i, name := range t.columns {
			if text, ok := row[name]; ok {
				cells[i] = text
				found++
			}
		}
		if found != len(row) {
			return fmt.Errorf("row %v has cells outside the columns %v", row, t.columns)
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// nda ends a table with those for whom it is, and the parties under whose agreement
// lists were given.
func (t *csvTable) nda(head *analysis.Head) {
	if head.For != "" {
		t.add("for").text("name", head.For)
	}
	for _, party := range slices.Compact(slices.Sorted(slices.Values(head.NDA))) {
		t.add("nda").text("name", party)
	}
}

func (r csvRow) text(column, s string) csvRow {
	r[column] = neutralise(s)
	return r
}

func (r csvRow) number(column string, n float64) csvRow {
	r[column] = csvNumber(n)
	return r
}

// count writes a number that is whole, and nothing for none.
func (r csvRow) count(column string, n int) csvRow { return r.number(column, float64(n)) }

// optional writes a number where there is one.
func (r csvRow) optional(column string, n *float64) csvRow {
	if n != nil {
		r.number(column, *n)
	}
	return r
}

// figure fills three columns: the best estimate and its limits.
func (r csvRow) figure(column string, f figure.Figure) csvRow {
	return r.number(column, f.Best).number(column+"_low", f.Low).number(column+"_high", f.High)
}

// money writes a sum, and nothing where it is withheld.
func (r csvRow) money(column string, s analysis.Sum) csvRow {
	if s.IsWithheld() {
		return r
	}
	r[column] = s.StringFixed(2)
	return r
}

func (r csvRow) flag(column string, b bool) csvRow {
	r[column] = strconv.FormatBool(b)
	return r
}

// figureColumns are the columns that figure fills.
func figureColumns(names ...string) []string {
	var all []string
	for _, n := range names {
		all = append(all, n, n+"_low", n+"_high")
	}
	return all
}

// csvNumber writes a number with at most six decimals.
func csvNumber(n float64) string {
	if n == figure.Small {
		return analysis.Few
	}
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(n, 'f', 6, 64), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
