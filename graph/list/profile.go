package list

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// Profile is what a file seems to hold, for people to write its options from.
type Profile struct {
	Format   string         `json:"format"`   // csv | tsv | xlsx | parquet | jsonl
	Encoding string         `json:"encoding"` // WHATWG label
	Sheets   []SheetProfile `json:"sheets"`   // one of a text; of a workbook those with rows
}

// SheetProfile is what one sheet, or a text, seems to hold.
type SheetProfile struct {
	Sheet   string          `json:"sheet"`  // empty for text
	Header  int             `json:"header"` // row, from 1; 0 where the columns have names of their own
	Rows    int             `json:"rows"`   // below the header that are not blank
	Columns []ColumnProfile `json:"columns"`
	Problem string          `json:"problem"` // why the sheet cannot be read as a list of members without more options; or empty
}

// ColumnProfile is what one column seems to hold. Shares are of its cells that
// are not empty.
type ColumnProfile struct {
	Header   string   `json:"header"`
	Key      string   `json:"key"`      // the column key that it serves without a mapping, else one that its cells suggest, else empty
	Guessed  bool     `json:"guessed"`  // the key is suggested by the cells alone and needs a mapping
	Filled   int      `json:"filled"`   // cells that are not empty
	Distinct int      `json:"distinct"` // different cells, counted up to 1,000
	Sample   []string `json:"sample"`   // the first five different ones, e-mail addresses never
	Domains  float64  `json:"domains"`
	Emails   float64  `json:"emails"`
	Dates    float64  `json:"dates"`
	Numbers  float64  `json:"numbers"`
}

const (
	maxDistinct = 1000 // values remembered for a column
	maxSample   = 5
	maxProfiled = 256 // columns that are looked into
)

// ProfileFile reads a file once and tells what it seems to hold. It needs no
// options, and memory that does not grow with the file.
func ProfileFile(path string) (*Profile, error) {
	f := found{name: filepath.Base(path), path: path}
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be opened: %w", path, unwrapPath(err))
	}
	defer in.Close()
	o, err := openContent(context.Background(), f, in, newNotes(false))
	if err != nil {
		return nil, err
	}
	defer o.close()
	format, err := sniff(f.name, o.head)
	if err == nil {
		err = o.readable(format)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %w", path, err)
	}
	p, err := newPlan(graph.ListSpec{File: path}, Members)
	if err != nil {
		return nil, err
	}
	if format == formatXLSX {
		return profileBook(p, f)
	}
	return p.profileSource(f, in, o, format)
}

// profileSource profiles a file that holds one table.
func (p *plan) profileSource(f found, in *os.File, o *content, format string) (*Profile, error) {
	src, err := p.open(f, in, o, format, newNotes(false))
	if err != nil {
		return nil, err
	}
	defer src.close()
	sheet, err := p.profile(graph.Place{File: f.name}, src.source)
	if err != nil {
		return nil, err
	}
	return &Profile{Format: src.format, Encoding: src.encoding, Sheets: []SheetProfile{*sheet}}, nil
}

// profileBook profiles each sheet that has rows.
func profileBook(p *plan, f found) (*Profile, error) {
	book, err := openWorkbook(f)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	out, err := p.profileSheets(book, f)
	if broken := book.broken(); broken != nil {
		return nil, broken
	}
	return out, err
}

func (p *plan) profileSheets(book *workbook, f found) (*Profile, error) {
	out := &Profile{Format: formatXLSX, Encoding: nameUTF8, Sheets: []SheetProfile{}}
	for _, name := range book.GetSheetList() {
		src, err := book.rows(name)
		if err != nil {
			return nil, err
		}
		sheet, err := p.profile(graph.Place{File: f.name, Sheet: name}, src)
		src.close()
		if err != nil {
			return nil, err
		}
		if sheet.Rows > 0 || sheet.Header > 0 {
			out.Sheets = append(out.Sheets, *sheet)
		}
	}
	return out, nil
}

// profile reads a source to its end.
func (p *plan) profile(at graph.Place, source source) (*SheetProfile, error) {
	src := &peeker{source: source}
	records := src.peek(headerRows)
	s := &SheetProfile{Sheet: at.Sheet, Columns: []ColumnProfile{}}
	header, err := p.findHeader(at, records)
	if src.headed() && len(records) > 0 {
		header, err = 0, nil
	}
	if err != nil {
		s.Problem = err.Error()
		header = widest(records)
	}
	if header < 0 {
		return s, src.failed()
	}
	s.Header = records[header].row
	headers := headerNames(records[header].cells)
	headers = headers[:min(len(headers), maxProfiled)]
	cols, err := p.assign(at, headers)
	if err != nil && s.Problem == "" {
		s.Problem = src.explain(err).Error()
	}
	looks := make([]columnLook, len(headers))
	if s.Rows, err = lookThrough(src, s.Header, looks); err != nil {
		return nil, err
	}
	for i, h := range headers {
		s.Columns = append(s.Columns, looks[i].profile(h, keyOf(cols, i)))
	}
	return s, nil
}

// lookThrough reads the rows below the header.
func lookThrough(src *peeker, header int, looks []columnLook) (rows int, err error) {
	for {
		rec, err := src.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return 0, err
		}
		if rec.row <= header || filled(rec.cells) == 0 {
			continue
		}
		rows++
		for i := range min(len(rec.cells), len(looks)) {
			looks[i].add(trim(rec.cells[i]))
		}
	}
}

// keyOf returns the key that a column serves, or an empty word.
func keyOf(cols *columns, column int) string {
	if cols == nil {
		return ""
	}
	for k, i := range cols.of {
		if i == column {
			return Key(k).String()
		}
	}
	return ""
}

// columnLook counts what the cells of a column are.
type columnLook struct {
	filled, domains, emails, dates, numbers int
	distinct                                map[uint64]bool // hashes of cells
	sample                                  []string
}

func (l *columnLook) add(cell string) {
	if cell == "" {
		return
	}
	l.filled++
	switch {
	case strings.ContainsRune(cell, '@'):
		if isEmail(cell) {
			l.emails++
		}
	case isNumber(cell):
		l.numbers++
	case isDate(cell):
		l.dates++
	case isDomain(cell):
		l.domains++
	}
	if len(l.distinct) >= maxDistinct {
		return
	}
	if l.distinct == nil {
		l.distinct = map[uint64]bool{}
	}
	h := maphash.String(hashSeed, cell)
	if !l.distinct[h] && len(l.sample) < maxSample && !strings.ContainsRune(cell, '@') {
		l.sample = append(l.sample, shorten(cell))
	}
	l.distinct[h] = true
}

// hashSeed makes hashes that differ from run to run; only their number is used.
var hashSeed = maphash.MakeSeed()

func (l *columnLook) profile(header, key string) ColumnProfile {
	share := func(n int) float64 { return float64(n) / float64(max(1, l.filled)) }
	c := ColumnProfile{
		Header: header, Key: key, Filled: l.filled, Distinct: len(l.distinct),
		Sample:  append([]string{}, l.sample...),
		Domains: share(l.domains), Emails: share(l.emails), Dates: share(l.dates), Numbers: share(l.numbers),
	}
	if key == "" {
		c.Key = l.suggest()
		c.Guessed = c.Key != ""
	}
	return c
}

// suggest returns the key that the cells of a column suggest where its header
// says nothing.
func (l *columnLook) suggest() string {
	switch {
	case l.filled == 0:
		return ""
	case l.emails*2 > l.filled:
		return User.String()
	case l.domains*2 > l.filled:
		return Account.String()
	}
	return ""
}
