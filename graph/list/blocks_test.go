package list_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// leaveAll leaves every row to the careful reader.
type leaveAll struct{}

func (leaveAll) Scan(b *list.Block) error {
	scanned.Add(1)
	for at := 0; at < b.Limit; {
		next, whole := b.Leave(at, b.Rows)
		if !whole {
			break
		}
		at = next
		b.Rows++
		b.End = at
	}
	return nil
}

func (leaveAll) Again(*list.Block, int, int) error { return nil }
func (leaveAll) Settle(*list.Block) error          { return nil }
func (leaveAll) Keep(*list.Block) error            { return nil }

// scanned counts blocks, so that a test can see that there were some.
var scanned atomic.Int64

// readAll reads a text, in blocks or row by row, and writes down all that comes
// of it.
func readAll(t *testing.T, text string, blocks list.Blocks) (rows []string, s *list.Summary, err error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "list.csv"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if blocks.Size > 0 {
		blocks.Workers = func(*list.Layout) []list.BlockWorker { return []list.BlockWorker{leaveAll{}, leaveAll{}, leaveAll{}} }
	}
	s, err = list.ReadBlocks(context.Background(), graph.ListSpec{File: "list.csv"}, list.Options{Dir: dir}, blocks, func(r *list.Row) error {
		rows = append(rows, fmt.Sprint(r.Place, r.Cells))
		return nil
	})
	return rows, s, err
}

// sameInBlocks holds the reading of a file in blocks to reading it row by row. Of
// packed text no more is held than must be.
func sameInBlocks(t *testing.T, text string, block int64) {
	t.Helper()
	want, wantSummary, wantErr := readAll(t, text, list.Blocks{})
	got, summary, err := readAll(t, text, list.Blocks{Size: block, Tail: 30, Window: 1})
	if errors.Is(err, list.ErrRowByRow) {
		return
	}
	if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Fatalf("error %v, want %v", err, wantErr)
	}
	if err != nil {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("rows of %q\n got %q\nwant %q", text, got, want)
	}
	if !reflect.DeepEqual(summary, wantSummary) {
		t.Fatalf("summary\n got %+v\nwant %+v", summary, wantSummary)
	}
}

// awkwardLines are lines that are hard to tell apart, alone or together.
var awkwardLines = []string{
	"acme.com,Acme", "globex.com,\"Globex, Inc.\"", "\"two\nlines.com\",x", "stray.com,say \"hi\"", "\"never closed.com,x", "short.com", "long.com,a,b,c",
	"", ",", "  ,\t", "crlf.com,x\r", "cr.com,x\rnext.com,y", "\"quoted\"\r", "nul.com,\x00x", "müller.de,Müller", "\xff.com,bad", "#N/A,x", "Total,5",
	"\"a\nb\nc\nd\",\"e\nf\"", "x.com," + strings.Repeat("y", 90), "end.com,\"", "\"\"\"q\"\"\",x",
}

// TestBlocksAgreeWithRows holds reading in blocks to reading row by row, with
// blocks so small that rows of every kind cross their borders.
func TestBlocksAgreeWithRows(t *testing.T) {
	defer list.LookAhead(4)()
	for _, block := range []int64{7, 40, 150} {
		scanned.Store(0)
		for i := range awkwardLines {
			for j := range awkwardLines {
				var text strings.Builder
				text.WriteString("A title\n\naccount,name\nfirst.com,First\nsecond.com,Second\nthird.com,Third\nfourth.com,Fourth\n")
				for n := range 12 {
					text.WriteString([]string{"plain.com,Plain", awkwardLines[i], awkwardLines[j]}[n%3] + "\n")
				}
				text.WriteString("last.com,Last\nmore.com,More\n")
				sameInBlocks(t, text.String(), block)
			}
		}
		if n := scanned.Load(); n < 500 {
			t.Errorf("with blocks of %d bytes only %d were read", block, n)
		}
	}
}

// TestPackedBlocksAgreeWithRows is the same for packed text.
func TestPackedBlocksAgreeWithRows(t *testing.T) {
	defer list.LookAhead(4)()
	for name, pack := range packs {
		for n, block := range []int64{7, 40, 150} {
			scanned.Store(0)
			for i := range awkwardLines {
				for j := (i + n) % 8; j < len(awkwardLines); j += 8 {
					text := "account,name\nfirst.com,First\nsecond.com,Second\nthird.com,Third\nfourth.com,Fourth\n" +
						strings.Repeat("plain.com,Plain\n"+awkwardLines[i]+"\nplain.com,Plain\n"+awkwardLines[j]+"\n", 10) + "last.com,Last\nmore.com,More\nmost.com,Most\n"
					sameInBlocks(t, pack(t, text), block)
					sameInBlocks(t, pack(t, "\ufeff"+text), block)
				}
			}
			if n := scanned.Load(); n < 500 {
				t.Errorf("%s: with blocks of %d bytes only %d were read", name, block, n)
			}
		}
	}
}

var packs = map[string]func(testing.TB, string) string{"gzip": list.Gzipped, "zstd": list.Zstandard}

// TestLineEndsAtTheWindow reads packed rows that end about where what is held of
// their text does.
func TestLineEndsAtTheWindow(t *testing.T) {
	defer list.LookAhead(4)()
	for _, end := range []string{"\n", "\r\n", "\r", "\"\r\n"} {
		for length := 100; length < 140; length++ {
			text := "account,name\nfirst.com,First\nsecond.com,Second\nthird.com,Third\nfourth.com,Fourth\n" +
				strings.Repeat("x.com,"+strings.Repeat("y", length-6)+end, 5) + strings.Repeat("plain.com,Plain\n", 5)
			sameInBlocks(t, list.Gzipped(t, text), 7)
		}
	}
}

// TestFileThatShrinks reads a file that becomes shorter in the meantime.
func TestFileThatShrinks(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(path, []byte("account,name\n"+strings.Repeat("plain.com,Plain\n", 10_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	blocks := list.Blocks{Size: 1000, Tail: 1000, Workers: func(*list.Layout) []list.BlockWorker { return []list.BlockWorker{leaveAll{}, leaveAll{}} }}
	rows := 0
	_, err := list.ReadBlocks(context.Background(), graph.ListSpec{File: "list.csv"}, list.Options{Dir: dir}, blocks, func(*list.Row) error {
		if rows++; rows == 1000 {
			return os.Truncate(path, 60_000)
		}
		return nil
	})
	const want = "list.csv: the file changed while it was read; run the command again when nothing writes to it"
	if err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, line := range awkwardLines {
		f.Add(line, "acme.com,Acme\n\"x\ny\",z", uint8(9))
	}
	f.Fuzz(func(t *testing.T, a, b string, block uint8) {
		defer list.LookAhead(4)()
		text := "account,name\n" + strings.Repeat("plain.com,Plain\n", 4) + strings.Repeat(a+"\nplain.com,Plain\n"+b+"\n", 5)
		sameInBlocks(t, text, 1+int64(block))
		sameInBlocks(t, list.Gzipped(t, text), 1+int64(block))
	})
}
