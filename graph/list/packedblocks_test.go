package list

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// longText is a list of so many rows.
func longText(rows int) string {
	var b strings.Builder
	b.WriteString("domain,name\n")
	for i := range rows {
		b.WriteString("a" + strconv.Itoa(i) + ".com,Company " + strconv.Itoa(i) + "\n")
	}
	return b.String()
}

// counting is a worker that leaves all rows to the careful reader, and counts
// blocks.
type counting struct {
	leaving
	blocks *atomic.Int64
}

func (c counting) Scan(b *Block) error {
	c.blocks.Add(1)
	return c.leaving.Scan(b)
}

// inBlocks reads a file with the given content in blocks, and returns how many
// there were.
func inBlocks(t *testing.T, content string, b Blocks, opts Options) (rows []Row, sum *Summary, blocks int64, err error) {
	t.Helper()
	var n atomic.Int64
	b.Workers = func(*Layout) []BlockWorker { return []BlockWorker{counting{blocks: &n}, counting{blocks: &n}} }
	opts.Dir = folder(t, map[string]string{"l.csv": content})
	sum, err = ReadBlocks(context.Background(), graph.ListSpec{File: "l.csv"}, opts, b, func(r *Row) error {
		rows = append(rows, *r)
		return nil
	})
	return rows, sum, n.Load(), err
}

// sameAsRows holds reading in blocks to reading row by row: rows, notices and
// errors.
func sameAsRows(t *testing.T, content string, b Blocks, opts Options) (blocks int64) {
	t.Helper()
	rows, sum, blocks, err := inBlocks(t, content, b, opts)
	want, wantSum, wantErr := collect(folder(t, map[string]string{"l.csv": content}), graph.ListSpec{File: "l.csv"}, opts)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Fatalf("\n got %v\nwant %v", err, wantErr)
	}
	if err == nil {
		equal(t, "rows", show(rows), show(want))
		equal(t, "notices", codes(sum), codes(wantSum))
	}
	return blocks
}

// shortBlocks are for texts that are longer than what is looked at before they are
// read, and longer by far than what is held of them.
var shortBlocks = Blocks{Size: 5000, Tail: 1000, Window: 30_000}

const manyRows = 12_000

// TestPackedInPartsInBlocks is TestPackedInParts for long lists.
func TestPackedInPartsInBlocks(t *testing.T) {
	defer LookAhead(4)()
	text := longText(manyRows)
	skippable := "\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
	head, rest := text[:270_777], text[270_777:]
	for name, content := range map[string]string{
		"members": gzipped(t, head) + gzipped(t, "") + gzipped(t, rest), "zeros": gzipped(t, text) + strings.Repeat("\x00", 100_000),
		"garbage": gzipped(t, text) + "\x00\x00garbage", "garbage2": gzipped(t, text) + "\x1f",
		"frames": zstandard(t, head) + skippable + zstandard(t, "") + zstandard(t, rest), "more": zstandard(t, text) + "garbage",
		"marked": gzipped(t, "\ufeff"+text) + "garbage",
	} {
		t.Run(name, func(t *testing.T) {
			if n := sameAsRows(t, content, shortBlocks, Options{}); n < 10 {
				t.Errorf("%d blocks", n)
			}
			sameAsRows(t, content, shortBlocks, Options{Strict: true})
		})
	}
}

// TestPackedAndDamagedInBlocks cuts and damages packed files in many places: the
// errors are those of reading row by row.
func TestPackedAndDamagedInBlocks(t *testing.T) {
	defer LookAhead(4)()
	text := longText(manyRows)
	for _, whole := range []string{gzipped(t, text), zstandard(t, text), gzipped(t, "\ufeff"+text), zstandard(t, "\ufeff"+text)} {
		for _, at := range []int{5, len(whole) / 3, len(whole) * 2 / 3, len(whole) * 9 / 10, len(whole) - 9, len(whole) - 3} {
			damaged := []byte(whole)
			damaged[at] ^= 0x55
			sameAsRows(t, whole[:at], shortBlocks, Options{})
			sameAsRows(t, string(damaged), shortBlocks, Options{})
		}
	}
}

// TestPackedErrorOfRows lets a reader stop in a damaged file: that it is damaged
// comes first.
func TestPackedErrorOfRows(t *testing.T) {
	defer LookAhead(4)()
	stop := errors.New("stop")
	text := gzipped(t, longText(manyRows))
	for content, want := range map[string]string{text: "stop", damaged1(text): "l.csv: cannot be read: its gzip data is damaged (gzip: invalid checksum); copy or pack it again; nothing of it is used"} {
		blocks := shortBlocks
		blocks.Workers = func(*Layout) []BlockWorker { return []BlockWorker{leaving{}, leaving{}} }
		dir := folder(t, map[string]string{"l.csv": content})
		_, err := ReadBlocks(context.Background(), graph.ListSpec{File: "l.csv"}, Options{Dir: dir}, blocks, func(*Row) error { return stop })
		if err == nil || err.Error() != want {
			t.Errorf("\n got %v\nwant %s", err, want)
		}
	}
}

// TestPackedEncodingInBlocks tells the encoding of a packed text by all of it.
func TestPackedEncodingInBlocks(t *testing.T) {
	text := longText(2 * manyRows)
	for _, test := range []struct {
		more string
		want error
	}{{"b.com,M\xfcller\nc.com,C\n", ErrRowByRow}, {"b.com,M\u00fcller\nc.com,C\n", nil}, {"b.com,M\u00fcller \u00fc\nc.com,\xfc\n", nil}} {
		_, _, blocks, err := inBlocks(t, gzipped(t, text+test.more), shortBlocks, Options{})
		if err != test.want || blocks < 4 {
			t.Errorf("%q: %v after %d blocks", test.more, err, blocks)
		}
		if test.want == nil {
			sameAsRows(t, gzipped(t, text+test.more), shortBlocks, Options{})
		}
	}
}

// TestPackedLongRows reads rows that are longer than what is held of the text.
func TestPackedLongRows(t *testing.T) {
	text := longText(manyRows)
	for _, row := range []string{
		"long.com," + strings.Repeat("x", 20_000), "long.com," + strings.Repeat("x", 40_000), "open.com,\"" + strings.Repeat("x", 20_000),
		"open.com,\"x\n" + strings.Repeat("y", 40_000), "quoted.com,\"" + strings.Repeat("x\n", 10_000) + "\"",
		"quoted.com,\"" + strings.Repeat("x\n", 20_000) + "\"", "long.com," + strings.Repeat("x", maxCell+100), strings.Repeat("x", maxRecord+100),
	} {
		if testing.Short() && len(row) > maxCell {
			continue
		}
		if n := sameAsRows(t, gzipped(t, text+row+"\n"+text[12:]), shortBlocks, Options{}); n < 4 {
			t.Errorf("%d blocks", n)
		}
	}
}

// TestPackedShort reads short lists row by row.
func TestPackedShort(t *testing.T) {
	for _, text := range []string{longText(10), longText(15_000)} { // the latter longer than a sample
		for _, content := range []string{gzipped(t, text), zstandard(t, text), gzipped(t, text) + "x"} {
			if n := sameAsRows(t, content, Blocks{Least: 1 << 20}, Options{}); n > 0 {
				t.Errorf("%d bytes are read in %d blocks", len(text), n)
			}
		}
	}
}

// TestPackedMemoryInBlocks unpacks rows without end: little of them is held, and
// who stops it need not wait.
func TestPackedMemoryInBlocks(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks 200 MB")
	}
	row := "a.com," + strings.Repeat("x", 1000) + "\n"
	dir := folder(t, map[string]string{"l.csv.gz": gzipped(t, "domain,name\n"+strings.Repeat(row, 200<<10))})
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	base, peak, rows := m.HeapInuse, uint64(0), 0
	ctx, cancel := context.WithCancel(context.Background())
	blocks := Blocks{Workers: func(*Layout) []BlockWorker { return []BlockWorker{leaving{}, leaving{}} }}
	_, err := ReadBlocks(ctx, graph.ListSpec{File: "l.csv.gz"}, Options{Dir: dir}, blocks, func(*Row) error {
		if rows++; rows%5000 == 0 {
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse-min(base, m.HeapInuse))
		}
		if rows == 100<<10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || rows > 150<<10 || peak > 64<<20 {
		t.Errorf("%v after %d rows, which held %d MB", err, rows, peak>>20)
	}
}

// TestUnpackingWindow reads a text at random places within what is held of it.
func TestUnpackingWindow(t *testing.T) {
	text := longText(2000)
	in := strings.NewReader(text)
	u := &unpacking{window: make([]byte, 1000), done: make(chan struct{})}
	u.moved.L = &u.lock
	go func() {
		defer close(u.done)
		b := make([]byte, 300)
		for {
			n, err := in.Read(b)
			if err == nil {
				err = u.take(b[:n], 0)
			}
			if err != nil {
				u.lock.Lock()
				u.end = err
				u.moved.Broadcast()
				u.lock.Unlock()
				return
			}
		}
	}()
	b := make([]byte, 400)
	for at := 0; at+400 <= len(text); at += 37 {
		if n, err := u.ReadAt(b, int64(at)); err != nil || string(b[:n]) != text[at:at+400] {
			t.Fatalf("at %d: %q, %v", at, b[:n], err)
		}
		if _, err := u.ReadAt(b, int64(at)+700); !errors.Is(err, errWindow) && at+1100 < len(text) {
			t.Fatalf("beyond the window: %v", err)
		}
		u.letGo(int64(at))
		if _, err := u.ReadAt(b, int64(at)-1); !errors.Is(err, errLetGo) {
			t.Fatalf("before the window: %v", err)
		}
	}
	rest, err := io.ReadAll(u.from(int64(len(text)-300), true))
	if err != nil || string(rest) != text[len(text)-300:] {
		t.Errorf("the end is %q, %v", rest, err)
	}
}
