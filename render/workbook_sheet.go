package render

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	leastSheetColumn = 8
	mostSheetColumn  = 60
	// filterButton is the room that the button of the filter takes in a header,
	// in characters.
	filterButton = 3
	// cellMargin is the room beside the content of a cell, in characters.
	cellMargin = 1
)

// workbookWriter fills a workbook.
type workbookWriter struct {
	file    *excelize.File
	footer  string
	formats map[string]int // the style of each number format
	bold    int
	italic  int
}

// sheets writes all sheets.
func (b *workbookWriter) sheets(sheets []Sheet) (err error) {
	if err := b.fonts(); err != nil {
		return err
	}
	for i, name := range sheetNames(sheets) {
		if i == 0 {
			err = b.file.SetSheetName("Sheet1", name) // the one that a new file has
		} else {
			_, err = b.file.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := b.sheet(name, &sheets[i]); err != nil {
			return err
		}
	}
	return nil
}

// fonts makes the styles of header and footer, in the font of the cells.
func (b *workbookWriter) fonts() (err error) {
	const family, size = "Calibri", 11
	b.bold, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Family: family, Size: size}})
	if err != nil {
		return err
	}
	b.italic, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Italic: true, Family: family, Size: size}})
	return err
}

// sheet writes one sheet. What stands before the rows in the file has to be set
// before them.
func (b *workbookWriter) sheet(name string, s *Sheet) error {
	header := headerRow(b.footer)
	if err := b.extent(name, header, s); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := b.frame(name, header, s); err != nil {
		return err
	}
	below, err := excelize.CoordinatesToCellName(1, header+1)
	if err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: header, TopLeftCell: below, ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, c := range s.Columns {
		if err := stream.SetColWidth(i+1, i+1, s.width(i, c)); err != nil {
			return err
		}
	}
	if err := b.rows(stream, header, s); err != nil {
		return err
	}
	return stream.Flush()
}

// extent says how large the sheet is. Some readers take no more than that.
func (b *workbookWriter) extent(name string, header int, s *Sheet) error {
	last, err := excelize.CoordinatesToCellName(max(1, len(s.Columns)), header+len(s.Rows))
	if err != nil {
		return err
	}
	return b.file.SetSheetDimension(name, "A1:"+last)
}

// frame sets the filter and the foot of printed pages.
func (b *workbookWriter) frame(name string, header int, s *Sheet) error {
	if b.footer != "" {
		if err := b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: pageFooter(b.footer)}); err != nil {
			return err
		}
	}
	if len(s.Columns) == 0 {
		return nil
	}
	first, err := excelize.CoordinatesToCellName(1, header)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.Columns), header+len(s.Rows))
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(name, first+":"+last, nil); err != nil {
		return err
	}
	// The library writes the name of the sheet into a reference as it is, where
	// an apostrophe would end it.
	names := b.file.WorkBook.DefinedNames.DefinedName
	filter := &names[len(names)-1]
	filter.Data = strings.Replace(filter.Data, "'"+name+"'", "'"+strings.ReplaceAll(name, "'", "''")+"'", 1)
	return nil
}

// rows writes the footer, the header and the rows.
func (b *workbookWriter) rows(stream *excelize.StreamWriter, header int, s *Sheet) error {
	row := newSheetRow(max(1, len(s.Columns)))
	if b.footer != "" {
		row.set(0, TextCell(b.footer), b.italic)
		if err := row.write(stream, 1, 1); err != nil {
			return err
		}
	}
	for i, c := range s.Columns {
		row.set(i, TextCell(c.Header), b.bold)
	}
	if err := row.write(stream, header, len(s.Columns)); err != nil {
		return err
	}
	for n, cells := range s.Rows {
		for i, c := range cells {
			style, err := b.style(c.format)
			if err != nil {
				return err
			}
			row.set(i, c, style)
		}
		if err := row.write(stream, header+1+n, len(cells)); err != nil {
			return err
		}
	}
	return nil
}

// style gives the style of a number format, 0 for none.
func (b *workbookWriter) style(format string) (int, error) {
	if format == "" {
		return 0, nil
	}
	if style, ok := b.formats[format]; ok {
		return style, nil
	}
	style, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	b.formats[format] = style
	return style, err
}

// sheetRow is the room in which rows are put together, one after the other.
type sheetRow struct {
	cells  []excelize.Cell
	values []any // pointers to the cells, or nil
}

func newSheetRow(columns int) *sheetRow {
	return &sheetRow{cells: make([]excelize.Cell, columns), values: make([]any, columns)}
}

func (r *sheetRow) set(i int, c Cell, style int) {
	r.values[i] = nil
	if c.value != nil {
		r.cells[i] = excelize.Cell{StyleID: style, Value: c.value}
		r.values[i] = &r.cells[i]
	}
}

// write writes the first cells as a row of the sheet.
func (r *sheetRow) write(stream *excelize.StreamWriter, row, cells int) error {
	first, err := excelize.CoordinatesToCellName(1, row)
	if err != nil {
		return err
	}
	return stream.SetRow(first, r.values[:cells])
}

// width is what a column asks for, else what its content needs.
func (s *Sheet) width(i int, c Column) float64 {
	if c.Width != 0 {
		return c.Width
	}
	n := displayWidth(c.Header) + filterButton
	for _, row := range s.Rows {
		if n >= mostSheetColumn {
			break
		}
		if i < len(row) {
			n = max(n, row[i].displayed()+cellMargin)
		}
	}
	return float64(min(max(n, leastSheetColumn), mostSheetColumn))
}
