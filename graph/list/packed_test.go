package list

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

const packedText = "domain,name\na.de,Müller\nb.com,B\n"

// TestPackedErrors holds the whole text of errors over packed files.
func TestPackedErrors(t *testing.T) {
	book := saved(t, workbookOf(t, sheet{"S", [][]any{{"domain"}, {"a.com"}}}))
	workbook := readFile(t, filepath.Join(book, "b.xlsx"))
	tests := []struct{ name, file, content, want string }{
		{"cut off", "l.csv.gz", gzipped(t, packedText)[:40],
			"l.csv.gz: cannot be read: its gzip data is cut off, as of a file that was not copied whole; copy it again; nothing of it is used"},
		{"cut off, in zstd", "l.csv.zst", cutZstd(t),
			"l.csv.zst: cannot be read: its zstd data is cut off, as of a file that was not copied whole; copy it again; nothing of it is used"},
		{"no more than the beginning", "l.csv.gz", gzipMagic,
			"l.csv.gz: cannot be read: its gzip data is cut off, as of a file that was not copied whole; copy it again; nothing of it is used"},
		{"damaged", "l.csv.gz", damaged1(gzipped(t, packedText)),
			"l.csv.gz: cannot be read: its gzip data is damaged (gzip: invalid checksum); copy or pack it again; nothing of it is used"},
		{"a broken head", "l.csv.gz", "\x1f\x8b\x09\x00\x00\x00\x00\x00\x00\x00",
			"l.csv.gz: cannot be read: its gzip data is damaged (gzip: invalid header); copy or pack it again; nothing of it is used"},
		{"nothing in it", "l.csv.gz", gzipped(t, ""), "l.csv.gz: there are no rows; a list has a header row and rows below it"},
		{"nothing in it, in zstd", "l.tsv.zst", zstandard(t, ""), "l.tsv.zst: there are no rows; a list has a header row and rows below it"},
		{"a workbook", "l.xlsx.gz", gzipped(t, workbook), "l.xlsx.gz holds a workbook, packed with gzip once more; unpack it, and name what is in it"},
		{"a Parquet file", "l.parquet.zst", zstandard(t, parquetMagic), "l.parquet.zst holds a Parquet file, packed with zstd once more; unpack it, and name what is in it"},
		{"packed twice", "l.csv.gz", gzipped(t, gzipped(t, packedText)), "l.csv.gz is packed twice; unpack it once (read here: " + readHere + ")"},
		{"no gzip", "l.csv.gz", "\x01\x02\x03\x04\x05name\x06\x07", "l.csv.gz is no text in utf-8, nor of another format that is read here (" + readHere + ")"},
		{"a web page under the name", "l.csv.gz", gzipped(t, "<html>"),
			"l.csv.gz is a web page under the name of a spreadsheet, as some reports are exported; open it and save it as .xlsx or .csv"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := collect(folder(t, map[string]string{test.file: test.content}), graph.ListSpec{File: test.file}, Options{})
			if err == nil || err.Error() != test.want {
				t.Errorf("\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

func cutZstd(t *testing.T) string {
	whole := zstandard(t, packedText)
	return whole[:len(whole)-10]
}

// damaged1 changes a byte of the checksum at the end.
func damaged1(packed string) string {
	b := []byte(packed)
	b[len(b)-8] ^= 1
	return string(b)
}

// TestPackedAndCut cuts packed files at every byte: none is read without an
// error.
func TestPackedAndCut(t *testing.T) {
	for name, whole := range map[string]string{"l.csv.gz": gzipped(t, packedText), "l.csv.zst": zstandard(t, packedText)} {
		for n := 4; n < len(whole); n++ {
			if rows, _, err := collect(folder(t, map[string]string{name: whole[:n]}), graph.ListSpec{File: name}, Options{}); err == nil {
				t.Errorf("%s: the first %d of %d bytes were read as %q", name, n, len(whole), show(rows))
			}
		}
	}
}

// TestPackedInParts reads several members or frames as one text, and what stands
// after them.
func TestPackedInParts(t *testing.T) {
	skippable := "\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
	head, rest := packedText[:20], packedText[20:]
	for _, test := range []struct{ file, content, notice string }{
		{"members.csv.gz", gzipped(t, head) + gzipped(t, "") + gzipped(t, rest), ""},
		{"zeros.csv.gz", gzipped(t, packedText) + strings.Repeat("\x00", 1000), ""},
		{"garbage.csv.gz", gzipped(t, packedText) + "\x00\x00garbage", "trailing-bytes 1 0"},
		{"garbage2.csv.gz", gzipped(t, packedText) + "\x1f", "trailing-bytes 1 0"},
		{"frames.csv.zst", zstandard(t, head) + skippable + zstandard(t, "") + zstandard(t, rest), ""},
		{"skippable.csv.zst", skippable + zstandard(t, packedText), ""},
		{"garbage.csv.zst", zstandard(t, packedText) + "garbage", "trailing-bytes 1 0"},
		{"unpacked.csv.gz", packedText, "not-packed 1 0"},
		{"name", gzipped(t, packedText), ""},
	} {
		rows, sum := readText(t, test.content, graph.ListSpec{File: test.file})
		equal(t, test.file, show(rows), []string{"2 account=a.de name=Müller", "3 account=b.com name=B"})
		if got := strings.Join(codes(sum), ", "); got != test.notice {
			t.Errorf("%s: notices %q, want %q", test.file, got, test.notice)
		}
	}
	_, _, err := collect(folder(t, map[string]string{"l.csv.gz": gzipped(t, packedText) + "x"}), graph.ListSpec{File: "l.csv.gz"}, Options{Strict: true})
	if err == nil || !strings.Contains(err.Error(), "bytes after the end of the gzip data were left out (trailing-bytes)") {
		t.Errorf("with strict: %v", err)
	}
}

// TestPackedNames takes packed files from folders and patterns, and partners
// from their names.
func TestPackedNames(t *testing.T) {
	text := gzipped(t, "domain\na.com\n")
	dir := folder(t, map[string]string{"lists/CDW.csv.gz": text, "lists/shi.TSV.GZ": text, "lists/insight.jsonl": `{"domain": "a.com"}`,
		"lists/softcat.ndjson.zst": zstandard(t, `{"domain": "a.com"}`), "lists/old.xlsx.gz": text, "lists/notes.txt.gz": text, "lists/x.gz": text})
	for file, want := range map[string]string{
		"lists":          "CDW insight shi softcat",
		"lists/*.csv.gz": "CDW",
		"lists/[xn]*.gz": "notes x",
		"lists/s*":       "hi oftcat",
	} {
		rows, _, err := collect(dir, graph.ListSpec{File: file}, Options{})
		check(t, err)
		var partners []string
		for _, r := range rows {
			partners = append(partners, r.Get(Partner))
		}
		if got := strings.Join(partners, " "); got != want {
			t.Errorf("%s: partners %s, want %s", file, got, want)
		}
	}
	_, sum, err := collect(dir, graph.ListSpec{File: "lists"}, Options{})
	check(t, err)
	if got := codes(sum); len(got) != 3 || !strings.HasPrefix(got[0], "skipped-file 1") {
		t.Errorf("notices %q", got)
	}
}

// TestPackedMemory unpacks 200 MB that are packed into 1 MB, and holds little of
// it at any time.
func TestPackedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks 200 MB")
	}
	row := "a.com," + strings.Repeat("x", 1000) + "\n"
	dir := folder(t, map[string]string{"l.csv.gz": gzipped(t, "domain,name\n"+strings.Repeat(row, 200<<10))})
	peak, n := peakOf(t, dir, "l.csv.gz")
	if n != 200<<10 || peak > 64<<20 {
		t.Errorf("%d rows held %d MB", n, peak>>20)
	}
}

// peakOf reads a list and returns by how much the heap was larger at most, and
// the number of rows.
func peakOf(t *testing.T, dir, file string) (peak uint64, rows int) {
	t.Helper()
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	base := m.HeapInuse
	_, err := Read(context.Background(), graph.ListSpec{File: file}, Options{Dir: dir}, func(*Row) error {
		if rows++; rows%10_000 == 0 {
			runtime.GC() // what is garbage depends on the machine
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse-min(base, m.HeapInuse))
		}
		return nil
	})
	check(t, err)
	return peak, rows
}

// allocated is how many bytes were ever asked for.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestCost tells that a packed list takes about what it takes unpacked.
func TestCost(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var table [][]string
	var rows []crmRow
	for i := range 20000 {
		domain := strconv.FormatUint(rnd.Uint64N(1<<40), 36) + ".com"
		table = append(table, []string{domain, "Company " + strconv.Itoa(i)})
		rows = append(rows, crmRow{Website: domain, Name: &table[i][1]})
	}
	plain := written(t, table, ',')
	dir := folder(t, map[string]string{"l.csv": plain, "l.csv.gz": gzipped(t, plain), "l.csv.zst": zstandard(t, plain), "l.parquet": parquetOf(t, rows)})
	want := Cost(dir, graph.ListSpec{File: "l.csv"})
	for _, file := range []string{"l.csv.gz", "l.csv.zst", "l.parquet"} {
		if got := Cost(dir, graph.ListSpec{File: file}); got < want/3 || got > want*4 {
			t.Errorf("%s: %d, plain %d", file, got, want)
		}
	}
}
