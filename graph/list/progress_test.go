package list

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// TestProgress reads files of every format: all of their bytes and rows are told,
// none twice, and most before the end.
func TestProgress(t *testing.T) {
	const many = 20_000
	var table [][]string
	var rows []crmRow
	jsonl := ""
	for i := range many {
		name := "Company " + strconv.Itoa(i)
		domain := strconv.Itoa(i) + ".example"
		table = append(table, []string{domain, name})
		rows = append(rows, crmRow{Website: domain, Name: &name})
		if i < many/4 {
			jsonl += `{"website":"` + domain + `"}` + "\n"
		}
	}
	plain := "website,name\n" + written(t, table, ',')
	dir := folder(t, map[string]string{
		"l.csv": plain, "l.csv.gz": gzipped(t, plain), "l.csv.zst": zstandard(t, plain), "l.parquet": parquetOf(t, rows), "l.jsonl": jsonl,
	})
	for _, test := range []struct {
		file  string
		rows  int64
		least int // calls
	}{
		{"l.csv", many, 10}, {"l.csv.gz", many, 10}, {"l.csv.zst", many, 10}, {"l.parquet", many, 10}, {"l.jsonl", many / 4, 4},
		{"l.*", 4*many + many/4, 44},
	} {
		told := follow(t, dir, test.file, Blocks{})
		if told.bytes != Size(dir, graph.ListSpec{File: test.file}) || told.rows != test.rows || told.calls < test.least {
			t.Errorf("%s: told %+v, want %d bytes, %d rows in at least %d calls", test.file, told, Size(dir, graph.ListSpec{File: test.file}), test.rows, test.least)
		}
	}
	blocks := Blocks{Size: 4096, Tail: 1000, Workers: func(*Layout) []BlockWorker { return []BlockWorker{leaving{}, leaving{}} }}
	for _, file := range []string{"l.csv", "l.csv.gz", "l.csv.zst"} {
		size := Size(dir, graph.ListSpec{File: file})
		if told := follow(t, dir, file, blocks); told.bytes != size || told.rows != many || told.calls < len(plain)/4096 {
			t.Errorf("%s in blocks: told %+v, want %d bytes, %d rows", file, told, size, many)
		}
	}
	blocks = Blocks{Rows: 1000, LastRows: 50, Workers: func(*Layout) []BlockWorker { return []BlockWorker{leaveBatches{}, leaveBatches{}} }}
	if told := follow(t, dir, "l.parquet", blocks); told.bytes != Size(dir, graph.ListSpec{File: "l.parquet"}) || told.rows != many || told.calls < many/1000 {
		t.Errorf("in batches: told %+v, want %d rows", told, many)
	}
}

// TestProgressOfWorkbook tells the bytes of a workbook at its end.
func TestProgressOfWorkbook(t *testing.T) {
	dir := t.TempDir()
	book, err := os.ReadFile("../../testdata/lumen/lists/shi.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "shi.xlsx"), book, 0o600); err != nil {
		t.Fatal(err)
	}
	if told := follow(t, dir, "shi.xlsx", Blocks{}); told.bytes != int64(len(book)) || told.rows == 0 {
		t.Errorf("told %+v of %d bytes", told, len(book))
	}
}

type wasTold struct {
	bytes, rows int64
	calls       int
}

// follow reads a list and returns what was told on the way.
func follow(t *testing.T, dir, file string, blocks Blocks) (all wasTold) {
	t.Helper()
	opts := Options{Dir: dir, Progress: func(bytes, rows int64) {
		if bytes < 0 || rows < 0 {
			t.Errorf("%s: told %d bytes and %d rows", file, bytes, rows)
		}
		all.bytes, all.rows, all.calls = all.bytes+bytes, all.rows+rows, all.calls+1
	}}
	if _, err := ReadBlocks(context.Background(), graph.ListSpec{File: file}, opts, blocks, func(*Row) error { return nil }); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return all
}

// leaving leaves every row to the careful reader.
type leaving struct{}

func (leaving) Scan(b *Block) error {
	for at := 0; at < b.Limit; {
		next, whole := b.Leave(at, b.Rows)
		if !whole {
			break
		}
		at, b.End = next, next
		b.Rows++
	}
	return nil
}

func (leaving) Again(*Block, int, int) error { return nil }
func (leaving) Settle(*Block) error          { return nil }
func (leaving) Keep(*Block) error            { return nil }
