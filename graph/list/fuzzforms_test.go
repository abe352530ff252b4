package list

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/channelmap/channelmap/graph"
)

// FuzzPacked reads arbitrary bytes as a packed file, and arbitrary text packed,
// which must be read as it is unpacked.
func FuzzPacked(f *testing.F) {
	for _, seed := range []string{packedText, "domain;name\r\na.com;\"A\r\nB\"\r\n", "title\n\ndomain\na.com\nTotal,3\n", utf16le("domain,name\na,b\n"), "{\"domain\":\"a.com\"}\n", ""} {
		f.Add([]byte(seed), uint8(0))
		f.Add([]byte(seed), uint8(1))
		f.Add([]byte(gzipped(f, seed)), uint8(2))
		f.Add([]byte(zstandard(f, seed)+zstandard(f, seed)), uint8(3))
		f.Add([]byte(gzipped(f, seed)+gzipped(f, seed)+"\x00"), uint8(2))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte, how uint8) {
		pack := []func(testing.TB, string) string{gzipped, zstandard}
		if how >= 2 { // as it is, under either name
			write(t, dir, "l.csv.gz", string(content))
			rows, _, err := collect(dir, graph.ListSpec{File: "l.csv.gz"}, Options{})
			again, _, err2 := collect(dir, graph.ListSpec{File: "l.csv.gz"}, Options{})
			equal(t, "the same again", append(show(again), fmt.Sprint(err2)), append(show(rows), fmt.Sprint(err)))
			return
		}
		write(t, dir, "l.csv", string(content))
		write(t, dir, "p.csv", pack[how](t, string(content)))
		want, sum, err := collect(dir, graph.ListSpec{File: "l.csv"}, Options{})
		got, packedSum, packedErr := collect(dir, graph.ListSpec{File: "p.csv"}, Options{})
		if err == nil && (sum.Files[0].Format != "csv" && sum.Files[0].Format != "tsv" && sum.Files[0].Format != "jsonl") {
			return // which is not read from within a packed file
		}
		if packingOf(content) != nil || strings.HasPrefix(string(content), zipMagic) || strings.HasPrefix(string(content), parquetMagic) {
			return
		}
		if err != nil || packedErr != nil {
			equal(t, "error", []string{strings.ReplaceAll(fmt.Sprint(packedErr), "p.csv", "l.csv")}, []string{fmt.Sprint(err)})
			return
		}
		equal(t, "packed", append(show(got), codes(packedSum)...), append(show(want), codes(sum)...))
	})
}

func write(t testing.TB, dir, name, content string) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644))
}

// FuzzJSONL reads arbitrary bytes as JSON Lines: every line that is not blank is
// delivered or noted, under its own number.
func FuzzJSONL(f *testing.F) {
	for _, seed := range []string{
		`{"domain":"a.com","name":"A"}` + "\n" + `{"name":"B \u00fc \\ \" \ud83d","domain":"b.com","amount":-1.5e3}`,
		`{"domain":"a.com","aliases":["x",1,true,null],"address":{"a":[{}]}}` + "\r\n\r\n" + `{"domain":null}`,
		`{"domain":"a.com"} x` + "\n[]\n" + `{"domain" : "a.com" , "domain":"b.com"}`, "{}", `{"":""}`, `{"domain":[[1]]}`, utf16le(`{"domain":"a"}`),
		`{"domain":"Total","amount":5}`,
	} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte) {
		content = append([]byte("{\"domain\":\"first.com\",\"name\":\"\"}\n"), content...)
		write(t, dir, "l.jsonl", string(content))
		rows, sum, err := collect(dir, graph.ListSpec{File: "l.jsonl"}, Options{})
		if err != nil || sum.Files[0].Format != "jsonl" {
			return
		}
		lines := 0
		for line := range strings.FieldsFuncSeq(strings.ReplaceAll(string(content), "\x00", ""), func(r rune) bool { return r == '\n' || r == '\r' }) {
			if strings.Trim(line, " \t\v\f\u0085\u00a0") != "" {
				lines++
			}
		}
		noted := accounted(rows, sum)
		for _, n := range sum.Notices {
			if n.Code == brokenLine.name {
				noted += n.Count
			}
		}
		if sum.Files[0].Encoding == nameUTF8 && noted != lines {
			t.Errorf("%d lines delivered or noted, of %d: %q", noted, lines, content)
		}
		last := 0
		for _, r := range rows {
			readCells(&r)
			if r.Place.Row <= last || r.Place.Row > len(content)+1 {
				t.Errorf("line %d after line %d: %q", r.Place.Row, last, content)
			}
			last = r.Place.Row
		}
	})
}

// collectSome is collect for some rows and a short time: a file of a few bytes
// can hold billions of empty rows.
func collectSome(dir string, spec graph.ListSpec) ([]Row, *Summary, error) {
	var rows []Row
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	sum, err := Read(ctx, spec, Options{Dir: dir}, func(r *Row) error {
		if rows = append(rows, *r); len(rows) == 1000 {
			cancel()
		}
		return nil
	})
	return rows, sum, err
}

// FuzzParquet reads arbitrary bytes as a Parquet file: rows are numbered from 1
// on, and the same bytes give the same rows.
func FuzzParquet(f *testing.F) {
	name := "A"
	small := []crmRow{{"a.com", &name, "DE", 150, "CDW"}, {"b.com", nil, "DE", -150, "SHI"}, {"c.com", &name, "FR", 0, "CDW"}}
	for _, option := range []parquet.WriterOption{parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy), parquet.Compression(&parquet.Zstd),
		parquet.Compression(&parquet.Gzip), parquet.Compression(&parquet.Brotli), parquet.Compression(&parquet.Lz4Raw), parquet.MaxRowsPerRowGroup(1)} {
		for version := 1; version <= 2; version++ {
			f.Add([]byte(parquetOf(f, small, option, parquet.DataPageVersion(version))))
		}
	}
	f.Add([]byte(parquetOf(f, []everyType{{Domain: "a.com", Aliases: []string{"x", "y"}}, {}})))
	f.Add([]byte(parquetOf(f, []manyWays{{Plain: "a"}, {List: []string{"b"}}})))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte) {
		write(t, dir, "l.parquet", parquetMagic+strings.TrimPrefix(string(content), parquetMagic))
		spec := graph.ListSpec{File: "l.parquet", Columns: columnsOf("partner", "*")} // every column
		rows, _, err := collectSome(dir, spec)
		again, _, err2 := collectSome(dir, spec)
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err2, context.DeadlineExceeded) {
			return
		}
		equal(t, "the same again", append(show(again), fmt.Sprint(err2)), append(show(rows), fmt.Sprint(err)))
		for _, r := range rows {
			readCells(&r)
			if r.Place.Row < 1 {
				t.Errorf("row %d", r.Place.Row)
			}
		}
	})
}
