package exposure_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	return packedBy(t, text, gzip.NewWriter(&b), &b)
}

func zstandard(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	return packedBy(t, text, w, &b)
}

func packedBy(t *testing.T, text string, w io.WriteCloser, into *bytes.Buffer) string {
	t.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return into.String()
}

// longer repeats the rows of a list below its header.
func longer(text string, times int) string {
	header, rows, _ := strings.Cut(text, "\n")
	return header + "\n" + strings.Repeat(rows, times)
}

// TestLongPackedStoredEqualsKept counts packed lists of which not all is held at a
// time.
func TestLongPackedStoredEqualsKept(t *testing.T) {
	worlds := uint64(24)
	if testing.Short() || raceDetector {
		worlds = 4
	}
	for seed := range worlds {
		h := newHostile(seed)
		eco := h.write(t)
		for name, pack := range map[string]func(*testing.T, string) string{"partners.csv": gzipped, "more.csv": zstandard, "crm.csv": gzipped} {
			text := longer(h.list(name == "crm.csv"), 60)
			if err := os.WriteFile(filepath.Join(eco.Dir, name), []byte(pack(t, text)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}
		if ok := t.Run(fmt.Sprint(seed), func(t *testing.T) { sameStored(t, eco, opts, asked{rows: seed%4 == 0, ways: waysOf(int(seed))}) }); !ok {
			t.Fatalf("world %d has %v\n%s", seed, h.has, h.yaml())
		}
	}
}

// TestRowByRowAfterAll counts lists of which it shows only at their end that they
// cannot be read in blocks: their rows are stored all the same.
func TestRowByRowAfterAll(t *testing.T) {
	const rows = 20_000
	header, row := "account,partner,name\n", "a%d.example,p0,Account %d\n"
	var text strings.Builder
	for i := range rows {
		fmt.Fprintf(&text, row, i%5000, i%5000)
	}
	lists := map[string]string{
		"a total":                 header + text.String() + "Total,,5\nTotal\n",
		"an old encoding, packed": gzipped(t, header+text.String()+"m.example,p1,M\xfcller\nc.example,p1,C\nd.example,p1,D\nd.example,p1,D\n"),
	}
	for name, content := range lists {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, content := range map[string]string{"partners.csv": content, "crm.csv": "account\n" + strings.Repeat("a1.example\nm.example\n", 20)} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			eco, err := graph.Parse("ecosystem.yaml", []byte(fuzzYAML))
			if err != nil {
				t.Fatal(err)
			}
			eco.Dir = dir
			if stored := sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{rows: true}); stored < rows {
				t.Errorf("%d rows were stored", stored)
			}
		})
	}
}

// TestPackedIsLong tells long packed lists by their size: what they hold is stored,
// and that of short ones is not.
func TestPackedIsLong(t *testing.T) {
	for rows, long := range map[int]bool{100: false, 100_000: true} {
		var text strings.Builder
		text.WriteString("account,partner\n")
		for i := range rows {
			fmt.Fprintf(&text, "company-%d.example,p0\n", i*7919%1_000_003)
		}
		dir := t.TempDir()
		for file, content := range map[string]string{"partners.csv": gzipped(t, text.String()), "crm.csv": "account\na1.example\n"} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte(strings.ReplaceAll(fuzzYAML, "partners.csv", "partners.csv.gz")))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = dir
		if err := os.Rename(filepath.Join(dir, "partners.csv"), filepath.Join(dir, "partners.csv.gz")); err != nil {
			t.Fatal(err)
		}
		x, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}})
		if err != nil {
			t.Fatal(err)
		}
		if x.Stored > 0 != long {
			t.Errorf("of %d rows %d were stored", rows, x.Stored)
		}
	}
}

// TestDamagedPackedList says of a long list what is said of a short one.
func TestDamagedPackedList(t *testing.T) {
	content := gzipped(t, longer("account,partner\n"+strings.Repeat("a1.example,p0\na2.example,p1\n", 100), 200))
	dir := t.TempDir()
	for file, content := range map[string]string{"partners.csv": content[:len(content)-20], "crm.csv": "account\na1.example\n"} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	eco, err := graph.Parse("ecosystem.yaml", []byte(fuzzYAML))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = dir
	defer exposure.ShortListsAreLong(300)()
	const want = "partners.csv: cannot be read: its gzip data is cut off, as of a file that was not copied whole; copy it again; nothing of it is used"
	if _, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}); err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}
