package render

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"
)

// Workbook is an XLSX workbook to be written: its sheets in order.
type Workbook struct {
	Sheets []Sheet
	// Footer is a line such as one on confidentiality; empty for none. It stands
	// in the first row of every sheet, above the header, and at the foot of
	// every printed page, there with at most 253 characters.
	Footer string
}

// Sheet is one table of a workbook. Its name is made valid and unique when it
// is written. A row may have fewer cells than there are columns, never more.
type Sheet struct {
	Name    string
	Columns []Column
	Rows    [][]Cell
}

// Column is a column of a sheet.
type Column struct {
	Header string
	// Width is in characters, up to 255; 0 fits the column to its content,
	// within 8 and 60.
	Width float64
}

// WriteWorkbook writes a workbook, or nothing where it cannot be written whole.
// Each sheet has a bold header that stays in place, and a filter over all its
// rows. Texts are never formulas. Sheets of more than 16 MB pass through a
// temporary file, which is removed before it returns.
func WriteWorkbook(w io.Writer, b *Workbook) (err error) {
	if err := b.check(); err != nil {
		return err
	}
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := describeWorkbook(file); err != nil {
		return err
	}
	writer := &workbookWriter{file: file, footer: b.Footer, formats: map[string]int{}}
	if err := writer.sheets(b.Sheets); err != nil {
		return err
	}
	packed, err := file.WriteToBuffer()
	if err != nil {
		return err
	}
	return copyInOrder(w, packed.Bytes())
}

// check finds what a workbook cannot hold, before anything is written.
func (b *Workbook) check() error {
	if len(b.Sheets) == 0 {
		return errors.New("the workbook has no sheets; it needs at least one")
	}
	for i := range b.Sheets {
		if err := b.Sheets[i].check(headerRow(b.Footer)); err != nil {
			return fmt.Errorf("sheet %s: %w", quoteName(b.Sheets[i].Name), err)
		}
	}
	return nil
}

func (s *Sheet) check(header int) error {
	if n := header + len(s.Rows); n > excelize.TotalRows {
		return fmt.Errorf("%s rows, header included, are more than the %s that a sheet can hold; write CSV, which has no such limit",
			countDigits(n), countDigits(excelize.TotalRows))
	}
	if n := len(s.Columns); n > excelize.MaxColumns {
		return fmt.Errorf("%s columns are more than the %s that a sheet can hold", countDigits(n), countDigits(excelize.MaxColumns))
	}
	for i, c := range s.Columns {
		if !(c.Width >= 0 && c.Width <= excelize.MaxColumnWidth) {
			return fmt.Errorf("column %d has the width %v; give 0 to %d", i+1, c.Width, excelize.MaxColumnWidth)
		}
	}
	for i, row := range s.Rows {
		if len(row) > len(s.Columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", i+1, len(row), len(s.Columns))
		}
		for j, c := range row {
			if n, ok := c.value.(float64); ok && (math.IsNaN(n) || math.IsInf(n, 0)) {
				return fmt.Errorf("row %d, column %d: %v is not a number that a cell can hold; leave the cell empty", i+1, j+1, n)
			}
		}
	}
	return nil
}

// headerRow is the number of the row with the header.
func headerRow(footer string) int {
	if footer == "" {
		return 1
	}
	return 2
}

// coreProperties names no person and no time, so that the same input gives the
// same bytes.
const coreProperties = `<?xml version="1.0" encoding="UTF-8"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
	`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>channelmap</dc:creator></cp:coreProperties>`

// describeWorkbook replaces the properties that the library gives every file.
func describeWorkbook(file *excelize.File) error {
	file.Pkg.Store("docProps/core.xml", []byte(coreProperties))
	return file.SetAppProps(&excelize.AppProperties{Application: "channelmap"})
}

// copyInOrder writes the parts of a workbook by name. The library writes its
// sheets in the order of a map.
func copyInOrder(w io.Writer, packed []byte) error {
	from, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	to := zip.NewWriter(w)
	for _, part := range from.File {
		if err := to.Copy(part); err != nil {
			return err
		}
	}
	return to.Close()
}
