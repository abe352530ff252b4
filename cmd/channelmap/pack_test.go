package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/testscript"
)

// pack writes a file anew in the form that the new name's extension tells, and
// leaves the end of it out where that is said: pack NEW OLD [cut]. A Parquet file
// is made of a text with commas.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pack NEW OLD [cut]")
	}
	text, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	var out bytes.Buffer
	switch filepath.Ext(args[0]) {
	case ".gz":
		ts.Check(packInto(gzip.NewWriter(&out), text))
	case ".zst":
		w, err := zstd.NewWriter(&out)
		ts.Check(err)
		ts.Check(packInto(w, text))
	case ".parquet":
		ts.Check(parquetInto(&out, string(text)))
	}
	if len(args) == 3 { // cut off
		out.Truncate(out.Len() - 12)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o644))
}

func packInto(w io.WriteCloser, text []byte) error {
	if _, err := w.Write(text); err != nil {
		return err
	}
	return w.Close()
}

// parquetInto writes a text with commas as columns of text, in the order of
// their names.
func parquetInto(out io.Writer, text string) error {
	table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	columns := parquet.Group{}
	for _, header := range table[0] {
		columns[header] = parquet.Optional(parquet.String())
	}
	w := parquet.NewGenericWriter[map[string]any](out, parquet.NewSchema("list", columns))
	for _, row := range table[1:] {
		cells := map[string]any{}
		for i, c := range row {
			if c != "" {
				cells[table[0][i]] = c
			}
		}
		if _, err := w.Write([]map[string]any{cells}); err != nil {
			return err
		}
	}
	return w.Close()
}
