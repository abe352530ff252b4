package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

// fileSet is the content of files by slash-separated name below the output
// folder.
type fileSet map[string][]byte

// writeFiles writes the files below dir and makes the folders they need.
func writeFiles(dir string, files fileSet) error {
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// delimited is a text table: what a system exports and people call a CSV.
type delimited struct {
	comma rune
	crlf  bool
	rows  [][]string
}

func newCSV(header ...string) *delimited {
	return &delimited{comma: ',', rows: [][]string{header}}
}

func (t *delimited) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *delimited) bytes() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = t.comma, t.crlf
	if err := w.WriteAll(t.rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// workbook returns an XLSX file of one sheet. Its bytes depend on the cells
// alone: excelize writes fixed dates and leaves the times of zip entries empty.
func workbook(sheet string, rows [][]any) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return nil, err
		}
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			return nil, err
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
