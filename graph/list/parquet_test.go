package list

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/channelmap/channelmap/graph"
)

// everyType has a column of each type that data teams write.
type everyType struct {
	Domain   string                `parquet:"domain"`
	Name     *string               `parquet:"name,optional,dict"`
	Tier     string                `parquet:"tier,enum"`
	Small    int32                 `parquet:"small"`
	Large    int64                 `parquet:"large,delta"`
	Unsigned uint32                `parquet:"unsigned"`
	Price    float64               `parquet:"price"`
	Ratio    float32               `parquet:"ratio,split"`
	Money    int64                 `parquet:"money,decimal(2:18)"`
	Active   *bool                 `parquet:"active,optional"`
	Day      int32                 `parquet:"day,date"`
	Seen     time.Time             `parquet:"seen,timestamp(microsecond)"`
	Old      deprecated.Int96      `parquet:"old"`
	Clock    int32                 `parquet:"clock,time(millisecond)"`
	ID       [16]byte              `parquet:"id,uuid"`
	Aliases  []string              `parquet:"aliases,list"`
	Plain    []int64               `parquet:"plain"`
	Address  struct{ City string } `parquet:"address"`
	Tags     map[string]string     `parquet:"tags"`
}

func TestParquetTypes(t *testing.T) {
	name, yes := "Müller", true
	rows := []everyType{
		{Domain: "a.de", Name: &name, Tier: "gold", Small: -7, Large: -1 << 62, Unsigned: 1<<32 - 1, Price: 0.1, Ratio: 0.1, Money: -5, Active: &yes, Day: 20484,
			Seen: time.Date(2026, 1, 31, 23, 5, 6, 7, time.UTC), Old: int96(2461072, 3600e9), Clock: 90 * 60_000, ID: [16]byte{0: 0xab, 15: 1},
			Aliases: []string{"x.com", "", "y.com"}, Plain: []int64{1, 2}},
		{Domain: "b.com", Price: 1e300, Ratio: 2.5e-12, Seen: time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC), Old: int96(2440588, 0), Aliases: []string{}},
	}
	got, sum := readParquet(t, parquetOf(t, rows))
	equal(t, "cells", got, []string{
		"domain|name|tier|small|large|unsigned|price|ratio|money|active|day|seen|old|clock|id|aliases|plain",
		"a.de|Müller|gold|-7|-4611686018427387904|4294967295|0.1|0.1|-0.05|true|2026-01-31|2026-01-31 23:05:06|2026-01-31 01:00:00|01:30:00|ab000000-0000-0000-0000-000000000001|x.com;y.com|1;2",
		"b.com|||0|0|0|1e+300|2.5e-12|0||1970-01-01|1969-12-31|1970-01-01|00:00:00|00000000-0000-0000-0000-000000000000||",
	})
	equal(t, "notices", codes(sum), []string{"nested-columns 1 0"})
	if !strings.HasSuffix(sum.Notices[0].Text, ": address, tags") {
		t.Errorf("got %q", sum.Notices[0].Text)
	}
}

func int96(day uint32, nanos uint64) deprecated.Int96 {
	return deprecated.Int96{uint32(nanos), uint32(nanos >> 32), day}
}

// readParquet returns the records of a file, the headers first.
func readParquet(t testing.TB, content string) ([]string, *Summary) {
	t.Helper()
	in, err := os.Open(filepath.Join(folder(t, map[string]string{"l.parquet": content}), "l.parquet"))
	check(t, err)
	defer in.Close()
	n := newNotes(false)
	src, err := openParquet("l.parquet", in, n)
	check(t, err)
	var out []string
	for _, cells := range all(t, src) {
		out = append(out, strings.Join(cells, "|"))
	}
	return out, &Summary{Notices: n.all()}
}

// manyWays is a table in each encoding that its types allow.
type manyWays struct {
	Plain   string   `parquet:"plain"`
	Dict    *string  `parquet:"dict,optional,dict"`
	Lengths *string  `parquet:"lengths,optional"`
	Delta   string   `parquet:"delta,delta"`
	Number  int64    `parquet:"number,optional,delta"`
	Short   int32    `parquet:"short,delta"`
	Float   float64  `parquet:"float,split"`
	Flag    *bool    `parquet:"flag,optional"`
	List    []string `parquet:"list,list,dict"`
}

func randomWays(rnd *rand.Rand) manyWays {
	word := func() string { return strings.Repeat("ab", rnd.IntN(6)) + strconv.Itoa(rnd.IntN(50)) }
	w := manyWays{Plain: word(), Delta: word(), Short: int32(rnd.Uint32()), Float: rnd.NormFloat64(), List: []string{}}
	some := func() bool { return rnd.IntN(4) > 0 }
	if some() {
		dict, lengths, number, flag := word(), word(), rnd.Int64()-rnd.Int64(), some()
		w.Dict, w.Lengths, w.Number, w.Flag = &dict, &lengths, number, &flag
	}
	for range rnd.IntN(4) {
		w.List = append(w.List, word())
	}
	return w
}

func (w *manyWays) text() string {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	number, flag := "", ""
	if w.Flag != nil {
		number, flag = strconv.FormatInt(w.Number, 10), strconv.FormatBool(*w.Flag)
	}
	return strings.Join([]string{w.Plain, text(w.Dict), text(w.Lengths), w.Delta, number, strconv.Itoa(int(w.Short)),
		floatText(w.Float, 64), flag, strings.Join(w.List, ";")}, "|")
}

// TestParquetInEveryWay reads one random table written in every encoding and
// packing, in small pages and row groups, of both kinds of page.
func TestParquetInEveryWay(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	var rows []manyWays
	want := []string{"plain|dict|lengths|delta|number|short|float|flag|list"}
	for range 3000 {
		rows = append(rows, randomWays(rnd))
		want = append(want, rows[len(rows)-1].text())
	}
	for _, option := range []parquet.WriterOption{
		parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy), parquet.Compression(&parquet.Gzip),
		parquet.Compression(&parquet.Zstd), parquet.Compression(&parquet.Brotli), parquet.Compression(&parquet.Lz4Raw),
	} {
		for version, encoding := range []encoding.Encoding{1: &parquet.Plain, 2: &parquet.DeltaLengthByteArray} {
			if encoding == nil {
				continue
			}
			for _, size := range []int{500, 1 << 20} {
				content := parquetOf(t, rows, option, parquet.DataPageVersion(version),
					parquet.DefaultEncodingFor(parquet.ByteArray, encoding), parquet.PageBufferSize(size), parquet.MaxRowsPerRowGroup(1100))
				got, _ := readParquet(t, content)
				equal(t, fmt.Sprint("version ", version, " pages of ", size), got, want)
			}
		}
	}
}

// TestParquetColumns reads the needed columns alone: what is broken in another
// does not matter.
func TestParquetColumns(t *testing.T) {
	type row struct {
		Domain  string `parquet:"domain"`
		Blob    string `parquet:"blob"`
		Country string `parquet:"country"`
	}
	content := []byte(parquetOf(t, []row{{"a.com", "BLOB", "DE"}, {"", "BLOB", "DE"}, {"b.com", "BLOB", "FR"}}))
	copy(content[bytes.Index(content, []byte("BLOBBLOBBLOB")):], "broken")
	rows, sum := readText(t, string(content), graph.ListSpec{File: "l.parquet", Where: "country = DE"})
	equal(t, "rows", show(rows), []string{"1 account=a.com country=DE"})
	equal(t, "notices", codes(sum), []string{"empty-key 1 2", "filtered 1 3"})
	if f := sum.Files[0]; f.Format != "parquet" || f.Place.Row != 0 || f.Rows != 1 || fmt.Sprint(f.Unused) != "[blob]" {
		t.Errorf("got %+v", f)
	}
}

func TestParquetWide(t *testing.T) {
	type row struct {
		Domain string `parquet:"domain"`
		CDW    bool   `parquet:"CDW"`
		SHI    *int32 `parquet:"SHI,optional"`
	}
	one := int32(1)
	rows, _ := readText(t, parquetOf(t, []row{{"a.com", true, nil}, {"b.com", true, &one}, {"c.com", false, nil}}),
		graph.ListSpec{File: "l.parquet", Columns: columnsOf("partner", "*")})
	equal(t, "rows", show(rows), []string{"1 account=a.com partner=CDW", "2 account=b.com partner=CDW", "2 account=b.com partner=SHI"})
}

// refooted writes the description of a file anew.
func refooted(t testing.TB, content string, change func(*format.FileMetaData)) string {
	t.Helper()
	n := int(binary.LittleEndian.Uint32([]byte(content[len(content)-8:])))
	meta, err := decodeFooter([]byte(content[len(content)-8-n : len(content)-8]))
	check(t, err)
	change(meta)
	footer, err := thrift.Marshal(&thrift.CompactProtocol{}, meta)
	check(t, err)
	return withFooter(content[:len(content)-8-n], footer)
}

func withFooter(data string, footer []byte) string {
	return data + string(footer) + string(binary.LittleEndian.AppendUint32(nil, uint32(len(footer)))) + parquetMagic
}

type domainRow struct {
	Domain string `parquet:"domain"`
}

func TestParquetErrors(t *testing.T) {
	whole := parquetOf(t, []domainRow{{"a.com"}, {"b.com"}}, parquet.DataPageVersion(1))
	column := func(change func(*format.ColumnChunk)) string {
		return refooted(t, whole, func(m *format.FileMetaData) { change(&m.RowGroups[0].Columns[0]) })
	}
	const after = "; copy it again, or export it as .csv; nothing of it is used"
	tests := []struct{ name, content, want string }{
		{"encrypted", encryptedMagic + "\x00\x00\x00\x00" + encryptedMagic, "l.parquet is an encrypted Parquet file; write it without encryption, or export it as .csv (read here: " + readHere + ")"},
		{"an encrypted footer", parquetMagic + "\x00\x00\x00\x00" + encryptedMagic, "l.parquet: the Parquet file is encrypted; write it without encryption, or export it as .csv"},
		{"cut off", whole[:len(whole)-1], "l.parquet: the Parquet file is damaged or cut off (it has no end that describes its columns)" + after},
		{"a footer longer than the file", whole[:len(whole)-8] + "\xff\xff\xff\xff" + parquetMagic, "l.parquet: the Parquet file is damaged or cut off (it has no end that describes its columns)" + after},
		{"a footer that promises a list without end", withFooter(parquetMagic, []byte("\x15\x02\x19\xfc\xff\xff\xff\xff\x07")), "l.parquet: the Parquet file is damaged or cut off (its description cannot be read)" + after},
		{"an unknown packing", column(func(c *format.ColumnChunk) { c.MetaData.Codec = format.LZO }),
			"l.parquet: column \"domain\": it is packed with LZO, which is not read (read are snappy, gzip, zstd, brotli and lz4_raw); write the Parquet file with one of these, or export it as .csv"},
		{"a packing that it does not have", column(func(c *format.ColumnChunk) { c.MetaData.Codec = format.Snappy }),
			"l.parquet: the Parquet file is damaged or cut off (column \"domain\": a page is not as long as it says)" + after},
		{"columns in another file", column(func(c *format.ColumnChunk) { c.FilePath = "x" }), "l.parquet: the Parquet file is damaged or cut off (column \"domain\": it lies in another file)" + after},
		{"a place beyond the end", column(func(c *format.ColumnChunk) { c.MetaData.DataPageOffset = 1 << 40 }), "l.parquet: the Parquet file is damaged or cut off (column \"domain\": its place in the file is wrong)" + after},
		{"more rows than values", refooted(t, whole, func(m *format.FileMetaData) { m.RowGroups[0].NumRows = 1 << 60 }),
			"l.parquet: after row 2: the Parquet file is damaged or cut off (column \"domain\": there are fewer values than rows)" + after},
		{"fewer rows than values", refooted(t, whole, func(m *format.FileMetaData) { m.RowGroups[0].NumRows = 1 }),
			"l.parquet: after row 1: the Parquet file is damaged or cut off (column \"domain\": there are more values than rows)" + after},
		{"no columns", parquetOf(t, []struct {
			Address struct{ City string } `parquet:"address"`
		}{{}}), "l.parquet: there is no column that can be read; found: address; export it as .csv"},
		{"no rows", parquetOf(t, []domainRow{}), ""},
		{"not the columns needed", parquetOf(t, []struct {
			Firma string `parquet:"Firma"`
		}{{"A"}}), "l.parquet: no column for account, user, name or id; found: Firma; say with `columns:` which it is, such as columns: {account: \"its header\"}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := collect(folder(t, map[string]string{"l.parquet": test.content}), graph.ListSpec{File: "l.parquet"}, Options{})
			if got := fmt.Sprint(err); got != test.want && (err != nil || test.want != "") {
				t.Errorf("\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestParquetCut cuts a file at every byte: none is read without an error.
func TestParquetCut(t *testing.T) {
	whole := parquetOf(t, []domainRow{{"a.com"}, {"b.com"}})
	for n := 1; n < len(whole); n++ {
		if _, _, err := collect(folder(t, map[string]string{"l.parquet": whole[:n]}), graph.ListSpec{File: "l.parquet"}, Options{}); err == nil {
			t.Errorf("the first %d of %d bytes were read without an error", n, len(whole))
		}
	}
}

// TestParquetLies states sizes of gigabytes in a page of a few bytes: they are
// not believed.
func TestParquetLies(t *testing.T) {
	for name, h := range map[string]format.PageHeader{
		"values":     pageOf(1<<31-1, 4, 4, format.Plain),
		"size":       pageOf(1, 1<<31-1, 4, format.Plain),
		"both sizes": pageOf(1, 1<<26, 1<<26, format.Plain),
		"negative":   pageOf(-1, -1, -1, format.Plain),
		"deltas":     pageOf(1<<31-1, 4, 4, format.DeltaByteArray),
	} {
		head, err := thrift.Marshal(&thrift.CompactProtocol{}, &h)
		check(t, err)
		whole := parquetOf(t, []domainRow{{"a.com"}})
		content := refooted(t, whole, func(m *format.FileMetaData) {
			m.RowGroups[0].Columns[0].MetaData.DataPageOffset = 4
			m.RowGroups[0].Columns[0].MetaData.NumValues = 1 << 31
		})
		content = parquetMagic + string(head) + "\x80\x01\x04\xff" + strings.TrimPrefix(content, parquetMagic)
		before := allocated()
		_, _, err = collect(folder(t, map[string]string{"l.parquet": content}), graph.ListSpec{File: "l.parquet"}, Options{})
		if err == nil || allocated()-before > 80<<20 {
			t.Errorf("%s: %v, %d MB", name, err, (allocated()-before)>>20)
		}
	}
}

func pageOf(values, plain, stored int32, encoding format.Encoding) format.PageHeader {
	h := format.PageHeader{Type: format.DataPage, UncompressedPageSize: plain, CompressedPageSize: stored}
	h.DataPageHeader = thrift.New(format.DataPageHeader{NumValues: values, Encoding: encoding})
	return h
}

// TestParquetMemory reads 60 MB and holds little of it at any time.
func TestParquetMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 60 MB")
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	w := parquet.NewGenericWriter[domainRow](&b, parquet.MaxRowsPerRowGroup(20000))
	const rows = 300_000
	for range rows {
		name := strings.Repeat(strconv.FormatUint(rnd.Uint64(), 36), 15) + ".com"
		_, err := w.Write([]domainRow{{name}})
		check(t, err)
	}
	check(t, w.Close())
	dir := folder(t, map[string]string{"l.parquet": b.String()})
	b = bytes.Buffer{}
	peak, n := peakOf(t, dir, "l.parquet")
	if n != rows || peak > 16<<20 {
		t.Errorf("%d rows held %d MB", n, peak>>20)
	}
}

func TestHalfPrecision(t *testing.T) {
	var got []string
	for _, bits := range []uint16{0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x7e00, 0x0000} {
		text, _ := float16Text(raw{bytes: binary.LittleEndian.AppendUint16(nil, bits)})
		got = append(got, text)
	}
	if want := []string{"1", "-2", "0.000000059604645", "65504", "+Inf", "", "0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
