package list

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"
)

// gzipped packs a text.
func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	check(t, err)
	check(t, w.Close())
	return b.String()
}

// zstandard packs a text.
func zstandard(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	check(t, err)
	_, err = w.Write([]byte(text))
	check(t, err)
	check(t, w.Close())
	return b.String()
}

// jsonLinesOf writes a table as an object a line; empty cells have no key.
func jsonLinesOf(t testing.TB, table [][]any) string {
	t.Helper()
	var b strings.Builder
	for _, row := range table[1:] {
		sep := byte('{')
		for i, c := range row {
			if c == "" {
				continue
			}
			key, err := json.Marshal(table[0][i])
			check(t, err)
			value, err := json.Marshal(c)
			check(t, err)
			b.WriteByte(sep)
			b.Write(key)
			b.WriteString(": ")
			b.Write(value)
			sep = ','
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// parquetOf writes rows as parquet-go does.
func parquetOf[T any](t testing.TB, rows []T, options ...parquet.WriterOption) string {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, options...)
	_, err := w.Write(rows)
	check(t, err)
	check(t, w.Close())
	return b.String()
}

// crmRow is a row of the table that is written in every form.
type crmRow struct {
	Website string  `parquet:"Website"`
	Name    *string `parquet:"Account Name,optional"`
	Country string  `parquet:"Country,dict"`
	Amount  int64   `parquet:"Amount,decimal(2:18)"`
	Partner string  `parquet:"Partner,delta"`
}

func crmRows(t testing.TB, table [][]string) []crmRow {
	t.Helper()
	var out []crmRow
	for _, row := range table[1:] {
		amount, err := decimal.NewFromString(row[3])
		check(t, err)
		r := crmRow{row[0], &row[1], row[2], amount.Shift(2).IntPart(), row[4]}
		if row[1] == "" {
			r.Name = nil
		}
		out = append(out, r)
	}
	return out
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	check(t, err)
	return string(b)
}
