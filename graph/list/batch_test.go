package list

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/channelmap/channelmap/graph"
)

// leaveBatches leaves every row of every batch to the careful reader.
type leaveBatches struct{}

func (leaveBatches) Scan(b *Block) error {
	for {
		batch, err := b.Batch()
		if batch == nil || err != nil {
			return err
		}
		batches.Add(1)
		for row := range batch.Rows {
			b.LeaveCells(batch, row)
		}
	}
}

func (leaveBatches) Again(*Block, int, int) error { return nil }
func (leaveBatches) Settle(*Block) error          { return nil }
func (leaveBatches) Keep(*Block) error            { return nil }

// batches counts them, so that a test can see that there were some.
var batches atomic.Int64

// everyColumn takes all columns, whatever they hold, for partners beside the first.
var everyColumn = graph.ListSpec{File: "l.parquet", Columns: columnsOf("partner", "*")}

// wholeRead writes down what comes of reading a file, in batches or row by row. It
// ends after some rows: a file of a few bytes can hold billions of empty ones.
func wholeRead(dir string, spec graph.ListSpec, blocks Blocks) (out []string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if blocks.Rows > 0 {
		blocks.Workers = func(*Layout) []BlockWorker { return []BlockWorker{leaveBatches{}, leaveBatches{}, leaveBatches{}} }
	}
	rows := 0
	sum, err := ReadBlocks(ctx, spec, Options{Dir: dir}, blocks, func(r *Row) error {
		if rows++; rows > 3000 {
			return errors.New("enough")
		}
		out = append(out, show([]Row{*r})...)
		return nil
	})
	if err == nil {
		out = append(out, fmt.Sprintf("%+v", *sum))
	}
	return out, err
}

// sameInBatches holds reading in batches to reading row by row.
func sameInBatches(t *testing.T, dir string, spec graph.ListSpec, blocks Blocks) {
	t.Helper()
	want, wantErr := wholeRead(dir, spec, Blocks{})
	got, err := wholeRead(dir, spec, blocks)
	if errors.Is(err, ErrRowByRow) || errors.Is(err, context.DeadlineExceeded) || errors.Is(wantErr, context.DeadlineExceeded) {
		return
	}
	equal(t, "rows", got, want)
	equal(t, "error", []string{fmt.Sprint(err)}, []string{fmt.Sprint(wantErr)})
}

// flatWays is manyWays without its list, and with types of all sizes.
type flatWays struct {
	Domain  *string          `parquet:"domain,optional"`
	Plain   string           `parquet:"plain"`
	Dict    *string          `parquet:"dict,optional,dict"`
	Mixed   string           `parquet:"mixed,dict"`
	Delta   string           `parquet:"delta,delta"`
	Number  int64            `parquet:"number,optional,delta"`
	Whole   *int64           `parquet:"whole,optional,dict"`
	Short   int32            `parquet:"short"`
	Float   *float64         `parquet:"float,optional"`
	Split   float32          `parquet:"split,split"`
	Flag    *bool            `parquet:"flag,optional"`
	Money   int64            `parquet:"money,decimal(2:18)"`
	Day     int32            `parquet:"day,date,dict"`
	Seen    time.Time        `parquet:"seen,timestamp(microsecond)"`
	Old     deprecated.Int96 `parquet:"old"`
	ID      [16]byte         `parquet:"id,uuid,dict"`
	Fixed   [3]byte          `parquet:"fixed"`
	Unicode string           `parquet:"unicode,optional,dict"`
}

func randomFlat(rnd *rand.Rand) flatWays {
	w := randomWays(rnd)
	domain := fmt.Sprintf("a%d.com", rnd.IntN(900))
	f := flatWays{
		Domain: &domain, Plain: w.Plain, Dict: w.Dict, Mixed: w.Plain, Delta: w.Delta, Number: w.Number, Short: w.Short, Float: &w.Float,
		Split: float32(w.Float), Flag: w.Flag, Money: rnd.Int64N(1000) - 500, Day: int32(rnd.IntN(40000)), Seen: time.Unix(rnd.Int64N(1e9), 5000),
		Old: int96(2461072, 3600e9), ID: [16]byte{0: byte(rnd.IntN(5))}, Fixed: [3]byte{'a', byte(rnd.IntN(256)), 'c'},
		Unicode: []string{"", "M\u00fcller", "\xff", "\x00x", "#N/A", "  ", "Total", strings.Repeat("long ", 40)}[rnd.IntN(8)],
	}
	if rnd.IntN(9) == 0 {
		f.Domain, f.Float = nil, nil
	} else {
		f.Whole = &f.Money
	}
	return f
}

// TestBatchesInEveryWay reads tables in every encoding, packing and kind of page,
// with blocks that begin and end within pages.
func TestBatchesInEveryWay(t *testing.T) {
	defer LookAhead(4)()
	rnd := rand.New(rand.NewPCG(7, 8))
	var rows []flatWays
	for range 1500 {
		rows = append(rows, randomFlat(rnd))
	}
	batches.Store(0)
	for i, option := range []parquet.WriterOption{
		parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy), parquet.Compression(&parquet.Gzip),
		parquet.Compression(&parquet.Zstd), parquet.Compression(&parquet.Brotli), parquet.Compression(&parquet.Lz4Raw),
	} {
		for version, encoding := range []encoding.Encoding{&parquet.Plain, &parquet.DeltaLengthByteArray} {
			content := parquetOf(t, rows, option, parquet.DataPageVersion(1+version), parquet.DefaultEncodingFor(parquet.ByteArray, encoding),
				parquet.PageBufferSize([]int{300, 1 << 20}[(i+version)%2]), parquet.MaxRowsPerRowGroup(900))
			dir := folder(t, map[string]string{"l.parquet": content})
			for _, blocks := range []Blocks{{Rows: 77, LastRows: 5}, {Rows: 5000, LastRows: 40}} {
				sameInBatches(t, dir, graph.ListSpec{File: "l.parquet"}, blocks)
				sameInBatches(t, dir, everyColumn, blocks)
			}
		}
	}
	type withNested struct {
		Domain  string            `parquet:"domain"`
		Tags    map[string]string `parquet:"tags"`
		Aliases []string          `parquet:"aliases,list"`
		Other   []string          `parquet:"other,list"`
	}
	for _, columns := range []map[string]graph.Column{nil, columnsOf("aliases", "other")} { // of which both are lists
		content := parquetOf(t, []withNested{{"a.com", nil, []string{"b.com"}, []string{"x"}}, {"b.com", nil, nil, []string{"x", "y"}}, {Domain: "c.com"}, {Domain: "d.com"}})
		sameInBatches(t, folder(t, map[string]string{"l.parquet": content}), graph.ListSpec{File: "l.parquet", Columns: columns}, Blocks{Rows: 2, LastRows: 1})
	}
	if n := batches.Load(); n < 500 {
		t.Errorf("only %d batches were read", n)
	}
}

// smallParquets are small files in many ways.
func smallParquets(t testing.TB) (all []string) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(3, 4))
	var rows []flatWays
	for range 12 {
		rows = append(rows, randomFlat(rnd))
	}
	name := "A"
	small := []crmRow{{"a.com", &name, "DE", 150, "CDW"}, {"b.com", nil, "DE", -150, "SHI"}, {"c.com", &name, "FR", 0, "CDW"}, {"Total", nil, "", 3, ""}}
	for _, codec := range []parquet.WriterOption{parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy), parquet.Compression(&parquet.Zstd)} {
		for version := 1; version <= 2; version++ {
			all = append(all, parquetOf(t, rows, codec, parquet.DataPageVersion(version), parquet.MaxRowsPerRowGroup(5)),
				parquetOf(t, small, codec, parquet.DataPageVersion(version)))
		}
	}
	return all
}

// TestBatchesOfDamagedFiles cuts and changes files anywhere: the error and the
// rows before it are those of reading row by row.
func TestBatchesOfDamagedFiles(t *testing.T) {
	defer LookAhead(2)()
	for _, whole := range smallParquets(t) {
		for at := 4; at < len(whole); at += 1 + len(whole)/80 {
			for _, content := range []string{whole[:at], whole[:at] + string(whole[at]^0x11) + whole[at+1:], whole[:at] + "\xff" + whole[at+1:]} {
				dir := folder(t, map[string]string{"l.parquet": content})
				sameInBatches(t, dir, everyColumn, Blocks{Rows: 3, LastRows: 2})
			}
		}
	}
}

// TestBatchesOfLies states sizes of gigabytes in a few bytes: they are believed no
// more than row by row.
func TestBatchesOfLies(t *testing.T) {
	defer LookAhead(1)()
	whole := parquetOf(t, []domainRow{{"a.com"}, {"b.com"}, {"c.com"}}, parquet.Compression(&parquet.Uncompressed))
	const many = 1 << 30
	for name, h := range map[string]format.PageHeader{
		"unpacked":   pageOf(many, 1<<31-1, 4, format.Plain),
		"both sizes": pageOf(many, 1<<26, 1<<26, format.Plain),
		"values":     pageOf(many, 4, 4, format.Plain),
		"indexes":    pageOf(many, 4, 4, format.RLEDictionary),
		"deltas":     pageOf(many, 4, 4, format.DeltaByteArray),
		"dictionary": {Type: format.DictionaryPage, UncompressedPageSize: 4, CompressedPageSize: 4,
			DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: many, Encoding: format.Plain})},
	} {
		head, err := thrift.Marshal(&thrift.CompactProtocol{}, &h)
		check(t, err)
		content := refooted(t, whole, func(m *format.FileMetaData) {
			lying := m.RowGroups[0]
			lying.Columns = []format.ColumnChunk{lying.Columns[0]}
			lying.NumRows, lying.Columns[0].MetaData.NumValues = many, many
			lying.Columns[0].MetaData.DataPageOffset, lying.Columns[0].MetaData.DictionaryPageOffset = 4, 0
			for i := range m.RowGroups {
				m.RowGroups[i].Columns[0].MetaData.DataPageOffset += int64(len(head)) + 4
			}
			m.RowGroups = append(m.RowGroups, lying)
			m.NumRows += many
		})
		content = parquetMagic + string(head) + "\x80\x01\x04\xff" + strings.TrimPrefix(content, parquetMagic)
		before := allocated()
		sameInBatches(t, folder(t, map[string]string{"l.parquet": content}), graph.ListSpec{File: "l.parquet"}, Blocks{Rows: 2, LastRows: 2})
		if used := allocated() - before; used > 400<<20 {
			t.Errorf("%s: %d MB", name, used>>20)
		}
	}
}

// FuzzBatches reads arbitrary bytes as a Parquet file, in batches and row by row.
func FuzzBatches(f *testing.F) {
	for _, content := range smallParquets(f) {
		f.Add([]byte(content), uint8(3))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte, rows uint8) {
		defer LookAhead(2)()
		write(t, dir, "l.parquet", parquetMagic+strings.TrimPrefix(string(content), parquetMagic))
		sameInBatches(t, dir, everyColumn, Blocks{Rows: 1 + int(rows), LastRows: 1 + int(rows%3)})
	})
}

// TestSound holds the quick look at a cell to reading it.
func TestSound(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 3))
	for range 200_000 {
		text := make([]byte, rnd.IntN(20))
		for i := range text {
			if text[i] = byte(' ' + rnd.IntN(95)); rnd.IntN(40) == 0 {
				text[i] = byte(rnd.IntN(256))
			}
		}
		if Sound(text) != isSound(string(text)) {
			t.Fatalf("%q", text)
		}
	}
	for text, want := range map[string]bool{"#N/A": false, " #REF!": false, "#1 Ltd": true, "M\u00fcller GmbH": true, "a\x00b": false, "\xff": false, "": true,
		strings.Repeat("x", maxCell): true, strings.Repeat("x", maxCell+1): false} {
		if Sound([]byte(text)) != want {
			t.Errorf("%.20q", text)
		}
	}
}
