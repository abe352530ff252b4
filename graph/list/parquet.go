package list

import (
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go/format"

	"github.com/channelmap/channelmap/graph"
)

const (
	parquetMagic   = "PAR1"
	encryptedMagic = "PARE" // at either end of a file whose footer is encrypted
)

// parquetSource reads a Parquet file, row group by row group, and of each the
// columns that are wanted, page by page. Footer and page headers are read with
// parquet-go. Pages are decoded here: that library takes the sizes that a file
// states at their word, and a few bytes can state gigabytes.
type parquetSource struct {
	name    string
	in      io.ReaderAt
	end     int64 // where the data ends
	groups  []format.RowGroup
	columns []parquetColumn
	nested  []string // what is no column
	wanted  []bool   // nil for all
	notes   *notes
	begun   bool  // the headers are delivered
	row     int   // the last one delivered, from 1
	left    int64 // rows of the row group that are to come
	rows    int64 // of all row groups, as the footer says
	chunks  []*chunkReader
	cells   []string
}

// openParquet reads the footer of a Parquet file.
func openParquet(name string, in *os.File, n *notes) (*parquetSource, error) {
	meta, end, err := readFooter(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	columns, nested, err := parquetColumns(meta.Schema)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, damagedParquet(err))
	}
	if len(columns) == 0 {
		return nil, fmt.Errorf("%s: there is no column that can be read; found: %s; export it as .csv", name, named(nested))
	}
	if len(nested) > 0 {
		err = n.add(nestedColumn, graph.Place{File: name}, named(nested))
	}
	return &parquetSource{name: name, in: in, end: end, groups: meta.RowGroups, rows: meta.NumRows, columns: columns, nested: nested, notes: n,
		cells: make([]string, len(columns))}, err
}

func damagedParquet(err error) error {
	return fmt.Errorf("the Parquet file is damaged or cut off (%w); copy it again, or export it as .csv; nothing of it is used", err)
}

func (s *parquetSource) close() error { return nil }

// place is where reading stands in a file of some size, by its rows: the columns
// that are read lie in many places.
func (s *parquetSource) place(size int64) int64 {
	if s.rows <= 0 {
		return 0
	}
	return int64(float64(size) * float64(s.row) / float64(s.rows))
}

func (s *parquetSource) wants(columns []bool) { s.wanted = columns }

func (s *parquetSource) leftOut() []string { return s.nested }

// wantsColumn reports whether a column is to be read.
func (s *parquetSource) wantsColumn(i int) bool {
	return s.wanted == nil || i < len(s.wanted) && s.wanted[i]
}

// next returns the names of the columns, and then the next row. There is no
// header row: the first row is 1.
func (s *parquetSource) next() (record, error) {
	if !s.begun {
		s.begun = true
		headers := make([]string, len(s.columns))
		for i, c := range s.columns {
			headers[i] = c.name
		}
		return record{0, headers}, nil
	}
	rec, err := s.readRow()
	if err == nil || err == io.EOF {
		return rec, err
	}
	return rec, s.explain(err)
}

// explain says after which row an error was met.
func (s *parquetSource) explain(err error) error {
	if s.row == 0 {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	return fmt.Errorf("%s: after row %d: %w", s.name, s.row, err)
}

// skipTo goes past the names of the columns and the first rows.
func (s *parquetSource) skipTo(row int) error {
	s.begun = true
	for len(s.groups) > 0 && s.groups[0].NumRows <= int64(row-s.row) {
		s.row += int(s.groups[0].NumRows)
		s.groups = s.groups[1:]
	}
	if s.row == row {
		return nil
	}
	if err := s.nextGroup(); err != nil {
		return err
	}
	for _, c := range s.chunks {
		if err := c.skip(int64(row - s.row)); err != nil {
			return c.explain(err)
		}
	}
	s.left -= int64(row - s.row)
	s.row = row
	return nil
}

func (s *parquetSource) readRow() (record, error) {
	for s.left == 0 {
		if err := s.nextGroup(); err != nil {
			return record{}, err
		}
	}
	s.left--
	for _, c := range s.chunks {
		cell, err := c.readCell()
		if err != nil {
			return record{}, c.explain(err)
		}
		if s.cells[c.header], err = tidy(cell, s.note); err != nil {
			return record{}, err
		}
	}
	s.row++
	return record{s.row, s.cells}, nil
}

// note counts a notice at the row being read.
func (s *parquetSource) note(c code, args ...any) error {
	return s.notes.add(c, graph.Place{File: s.name, Row: s.row + 1}, args...)
}

// nextGroup opens the columns of the next row group.
func (s *parquetSource) nextGroup() error {
	for _, c := range s.chunks {
		if !c.done() {
			return c.explain(errMoreValues)
		}
	}
	if len(s.groups) == 0 {
		return io.EOF
	}
	group := s.groups[0]
	s.groups = s.groups[1:]
	if s.chunks == nil {
		for i := range s.columns {
			if s.wantsColumn(i) {
				s.chunks = append(s.chunks, &chunkReader{parquetColumn: s.columns[i], header: i})
			}
		}
	}
	for _, c := range s.chunks {
		if c.leaf >= len(group.Columns) {
			return c.explain(errMissingChunk)
		}
		if err := c.open(s.in, s.end, &group.Columns[c.leaf]); err != nil {
			return c.explain(err)
		}
	}
	if s.left = group.NumRows; s.left < 0 {
		return damagedParquet(errNegative)
	}
	return nil
}
