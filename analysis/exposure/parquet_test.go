package exposure_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// parquetForm says how a table is written as a Parquet file.
type parquetForm struct {
	*rand.Rand
	columns []parquetField
}

// parquetField is a column and its cells' way into the file.
type parquetField struct {
	name   string
	typed  bool // numbers and dates are stored as such
	float  bool
	option string
}

func newParquetForm(r *rand.Rand, headers []string) *parquetForm {
	f := &parquetForm{Rand: r}
	for _, name := range headers {
		c := parquetField{name: name, float: r.IntN(2) == 0}
		switch name {
		case "employees", "value", "amount", "partner", "status":
			c.typed = r.IntN(map[string]int{"partner": 20, "status": 20, "account": 40}[name]+2) == 0
		}
		c.option = []string{"", ",dict", ",dict", ",optional", ",optional,dict", ",delta", ",optional,delta", ",optional,snappy"}[r.IntN(8)]
		if c.typed && c.float {
			c.option = strings.ReplaceAll(c.option, "delta", "split")
		}
		f.columns = append(f.columns, c)
	}
	return f
}

func (c *parquetField) kind() reflect.Type {
	var t reflect.Type
	switch {
	case c.typed && c.float:
		t = reflect.TypeFor[float64]()
	case c.typed:
		t = reflect.TypeFor[int64]()
	default:
		t = reflect.TypeFor[string]()
	}
	if strings.Contains(c.option, "optional") && !strings.Contains(c.option, "delta") && !strings.Contains(c.option, "split") {
		t = reflect.PointerTo(t)
	}
	return t
}

// set stores a cell; what is no number in a column of numbers is none.
func (c *parquetField) set(to reflect.Value, cell string) {
	if to.Kind() == reflect.Pointer {
		if cell == "" {
			return
		}
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	switch to.Kind() {
	case reflect.Float64:
		n, _ := strconv.ParseFloat(cell, 64)
		to.SetFloat(n)
	case reflect.Int64:
		n, _ := strconv.ParseInt(cell, 10, 64)
		to.SetInt(n)
	default:
		to.SetString(cell)
	}
}

// options are those of small pages and row groups, so that few rows fill many.
func (f *parquetForm) options() []parquet.WriterOption {
	codec := []parquet.WriterOption{
		parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy), parquet.Compression(&parquet.Gzip), parquet.Compression(&parquet.Zstd),
	}[f.IntN(4)]
	return []parquet.WriterOption{
		codec, parquet.DataPageVersion(1 + f.IntN(2)), parquet.PageBufferSize([]int{40, 200, 1 << 20}[f.IntN(3)]),
		parquet.MaxRowsPerRowGroup([]int64{9, 31, 1000}[f.IntN(3)]),
	}
}

// write writes rows under the form's columns.
func (f *parquetForm) write(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var fields []reflect.StructField
	for i := range f.columns {
		c := &f.columns[i]
		fields = append(fields, reflect.StructField{Name: fmt.Sprint("F", i), Type: c.kind(), Tag: reflect.StructTag(fmt.Sprintf("parquet:%q", c.name+c.option))})
	}
	row := reflect.StructOf(fields)
	var b bytes.Buffer
	w := parquet.NewWriter(&b, append(f.options(), parquet.SchemaOf(reflect.New(row).Interface()))...)
	for _, cells := range rows {
		one := reflect.New(row)
		for i := range min(len(cells), len(f.columns)) {
			f.columns[i].set(one.Elem().Field(i), cells[i])
		}
		if err := w.Write(one.Interface()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asParquet writes a text of lines with delimiters as a Parquet file: of quotes
// and line ends it knows nothing, and its cells have flaws that texts cannot have.
func (h *hostile) asParquet(t testing.TB, text string) []byte {
	t.Helper()
	delim := h.delim()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var rows [][]string
	for _, line := range lines[1:] {
		cells := strings.Split(line, delim)
		for i, c := range cells {
			if h.has["odd"] && h.IntN(40) == 0 {
				cells[i] = h.pick("\x00"+c, c+"\xff", "\u00a0"+c, " "+c+" ", "", "#REF!", "Total")
			}
		}
		rows = append(rows, cells)
	}
	return newParquetForm(h.Rand, strings.Split(lines[0], delim)).write(t, rows)
}

// TestHostileParquet holds counting Parquet files in batches to counting them row
// by row.
func TestHostileParquet(t *testing.T) {
	worlds := 1000
	if testing.Short() || raceDetector {
		worlds = 20
	}
	sameInWorlds(t, 5000, worlds, true)
}

// TestDamagedParquet holds the error of files that are damaged anywhere to that
// of reading row by row.
func TestDamagedParquet(t *testing.T) {
	h := newHostile(3)
	h.has = map[string]bool{"names": true, "values": true}
	h.parquet = true
	eco := h.write(t)
	file := filepath.Join(eco.Dir, "partners.parquet")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for at := 4; at < len(whole)-8; at += 1 + len(whole)/150 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x55
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}
		if _, err := exposure.Build(context.Background(), eco, opts); err != nil {
			failed++
		}
		sameStored(t, eco, opts, asked{rows: true, ways: ways[:2]})
	}
	if failed < 30 {
		t.Errorf("only %d damages were found out", failed)
	}
}

// FuzzStoredParquet counts Parquet lists with any rows in them in batches and row
// by row.
func FuzzStoredParquet(f *testing.F) {
	f.Add("a1.example,p0,customer,5,Retail,One\n", "https://www.a1.example/,p1,open,7.5,,One Ltd\n", ",p0,,1000,x,\n", uint64(1))
	f.Add("A1.EXAMPLE,p0,,,,\n", "a1.example,nobody,target,-1,Retail,\n", "\x00,p0\n", uint64(2))
	f.Add("a1.co.uk,p0,customer,,Retail,\n", "Total,,,12,,\n", "#N/A,p1,,#REF!,,\n", uint64(3))
	f.Add("gmail.com,p0\n", "m\u00fcller.example,p0,,,,\n", "a1.example,p0,customer,0.00001,Retail,\xff\n", uint64(4))
	f.Fuzz(func(t *testing.T, a, b, c string, form uint64) {
		if len(a)+len(b)+len(c) > 2000 {
			return
		}
		dir := t.TempDir()
		headers, plain := []string{"account", "partner", "status", "value", "segment", "name"}, "a1.example,p0,customer,5,Retail,One\na2.example,p1,open,,,Two\n"
		for name, text := range map[string]string{"partners": strings.Repeat(plain+a+b, 3) + c + strings.Repeat(plain, 4), "crm": strings.Repeat(plain+c, 3) + a + strings.Repeat(plain, 4)} {
			var rows [][]string
			for line := range strings.Lines(text) {
				rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), ","))
			}
			content := newParquetForm(rand.New(rand.NewPCG(form, 1)), headers).write(t, rows)
			if err := os.WriteFile(filepath.Join(dir, name+".parquet"), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte(strings.ReplaceAll(fuzzYAML, ".csv", ".parquet")))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = dir
		sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{rows: true, ways: ways[:2]})
	})
}
