package list

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/channelmap/channelmap/graph"
)

// What a workbook may unpack to, in bytes. Sheets and shared strings above
// inMemory go through temporary files; all other parts are held in memory and
// so may be small only.
const (
	maxUnpacked = 2 << 30
	maxParts    = 64 << 20
	inMemory    = 16 << 20
)

// isoPattern is how dates of a workbook are written for us.
const isoPattern = "yyyy-mm-dd hh:mm:ss"

// workbook reads the sheet that the list names, else the first whose header
// serves. What other sheets hold is reported.
func (r *reader) workbook(f found) error {
	book, err := openWorkbook(f)
	if err != nil {
		return err
	}
	defer book.Close()
	err = r.readBook(book, f)
	if broken := book.broken(); broken != nil {
		return broken
	}
	return err
}

func (r *reader) readBook(book *workbook, f found) error {
	sheet, err := r.chooseSheet(book, f)
	if err != nil {
		return err
	}
	src, err := book.rows(sheet)
	if err != nil {
		return err
	}
	defer src.close()
	t := r.table(f, graph.Place{File: f.name, Sheet: sheet})
	t.file.Format, t.file.Encoding = formatXLSX, nameUTF8
	return r.read(t, src)
}

// workbook is an open file of sheets.
type workbook struct {
	*excelize.File
	name  string
	check chan error // gives one error, or is closed: whether all parts are whole
}

// broken waits for the check of the parts, which runs beside the reading, and
// returns what it found.
func (b *workbook) broken() error {
	if err := <-b.check; err != nil {
		return fmt.Errorf("%s: %w", b.name, err)
	}
	return nil
}

// openWorkbook opens a workbook whose parts are of bearable size and whole.
func openWorkbook(f found) (book *workbook, err error) {
	defer rescue(f.name, &err)
	if err := checkParts(f.path); err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	file, err := excelize.OpenFile(f.path, excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: inMemory, ShortDatePattern: isoPattern,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, damaged(err))
	}
	if len(file.GetSheetList()) == 0 {
		file.Close()
		return nil, fmt.Errorf("%s: the workbook has no sheets; %s", f.name, saveAs)
	}
	plainStyles(file)
	book = &workbook{file, f.name, make(chan error, 1)}
	go func() {
		if err := checkWhole(f.path); err != nil {
			book.check <- err
		}
		close(book.check)
	}()
	return book, nil
}

// rescue turns a panic over a damaged workbook into an error: it is a user's
// file that is wrong, and other files can still be right.
func rescue(name string, err *error) {
	if recover() != nil {
		*err = fmt.Errorf("%s: the workbook is damaged; open it in a spreadsheet program and %s", name, saveAs)
	}
}

func damaged(err error) error {
	return fmt.Errorf("the workbook is damaged (%w); open it in a spreadsheet program and %s", err, saveAs)
}

// checkWhole refuses a workbook with a broken part: the library would end such a
// sheet early without a word.
func checkWhole(path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return unwrapPath(err)
	}
	defer z.Close()
	for _, part := range z.File {
		if !streamed(part.Name) {
			continue
		}
		if err := wellFormed(part); err != nil {
			return fmt.Errorf("%s: %w", part.Name, damaged(err))
		}
	}
	return nil
}

// checkParts refuses a file that is no workbook, and one that unpacks to more
// than is bearable.
func checkParts(path string) error {
	z, err := zip.OpenReader(path)
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the workbook is cut off or damaged (%w); copy it again, or %s", err, saveAs)
	}
	if err != nil {
		return unwrapPath(err)
	}
	defer z.Close()
	if !slices.ContainsFunc(z.File, func(part *zip.File) bool { return strings.HasPrefix(part.Name, "xl/") }) {
		return noWorkbook(z.File)
	}
	var sheets, parts uint64
	for _, part := range z.File {
		if streamed(part.Name) {
			sheets += min(part.UncompressedSize64, maxUnpacked+1)
		} else {
			parts += min(part.UncompressedSize64, maxUnpacked+1)
		}
	}
	if sheets > maxUnpacked || parts > maxParts {
		return fmt.Errorf("the workbook unpacks to more than %d MiB; save the sheet as .csv", (maxUnpacked+maxParts)>>20)
	}
	return nil
}

// noWorkbook explains what a zip archive is that is no workbook.
func noWorkbook(parts []*zip.File) error {
	var lists []string
	for _, part := range parts {
		if HasExtension(part.Name) {
			lists = append(lists, part.Name)
		}
	}
	if len(lists) > 0 {
		return fmt.Errorf("this is no workbook, but a zip archive that holds %s; unpack it, or pack the list as .csv.gz", named(lists))
	}
	return errors.New("this is no workbook, but an archive or a document of another kind; " + saveAs)
}

// streamed tells the parts that may be large: sheets and their strings.
func streamed(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
}

// chooseSheet returns the sheet to read, and reports the others with rows.
func (r *reader) chooseSheet(book *workbook, f found) (string, error) {
	sheets := book.GetSheetList()
	if name := r.plan.spec.Sheet; name != "" {
		for _, s := range sheets {
			if foldText(s) == foldText(name) {
				return s, nil
			}
		}
		return "", fmt.Errorf("%s: no sheet %q; found: %s%s", f.name, name, named(sheets), didYouMean(name, sheets))
	}
	best, filledSheets, err := r.servingSheet(book, sheets)
	if err != nil {
		return "", err
	}
	others := slices.DeleteFunc(filledSheets, func(s string) bool { return s == best })
	if len(others) == 0 {
		return best, nil
	}
	return best, r.notes.add(skippedSheet, graph.Place{File: f.name, Sheet: best}, named(others))
}

// servingSheet returns the first sheet with a header that serves, else the
// first with rows, and all that have rows.
func (r *reader) servingSheet(book *workbook, sheets []string) (best string, withRows []string, err error) {
	if len(sheets) == 1 {
		return sheets[0], sheets, nil // no need to look
	}
	served := false
	for _, s := range sheets {
		records, err := book.top(s)
		if err != nil {
			return "", nil, err
		}
		if !slices.ContainsFunc(records, func(rec record) bool { return filled(rec.cells) > 0 }) {
			continue
		}
		withRows = append(withRows, s)
		if !served && (best == "" || r.plan.fits(records)) {
			served = r.plan.fits(records)
			best = s
		}
	}
	if best == "" {
		best = sheets[0]
	}
	return best, withRows, nil
}

// fits reports whether a header among the records has the columns needed.
func (p *plan) fits(records []record) bool {
	i, err := p.findHeader(graph.Place{}, records)
	if err != nil {
		return false
	}
	_, err = p.assign(graph.Place{}, records[i].cells)
	return err == nil
}

// top returns the first records of a sheet.
func (b *workbook) top(sheet string) ([]record, error) {
	src, err := b.rows(sheet)
	if err != nil {
		return nil, err
	}
	defer src.close()
	p := &peeker{source: src}
	return p.peek(headerRows), p.failed()
}

// rows opens a sheet. A chart has no rows.
func (b *workbook) rows(sheet string) (src *sheetSource, err error) {
	at := graph.Place{File: b.name, Sheet: sheet}
	defer rescue(at.String(), &err)
	rows, err := b.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", at, damaged(err))
	}
	return &sheetSource{rows: rows, at: at}, nil
}

// sheetSource reads a sheet row by row.
type sheetSource struct {
	rows *excelize.Rows
	at   graph.Place
	row  int
}

func (s *sheetSource) close() error { return s.rows.Close() }

// next returns the next row: dates as ISO text, numbers as their shortest
// decimal, formulas as the value that was stored.
func (s *sheetSource) next() (rec record, err error) {
	defer rescue(s.at.String(), &err)
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return record{}, fmt.Errorf("%s: after row %d: %w", s.at, s.row, damaged(err))
		}
		return record{}, io.EOF
	}
	s.row++
	cells, err := s.rows.Columns()
	if err != nil {
		return record{}, fmt.Errorf("%s: row %d: %w", s.at, s.row, damaged(err))
	}
	for i, c := range cells {
		cells[i] = sheetCell(c)
	}
	return record{s.row, cells}, nil
}

// sheetCell takes midnight off a date: a spreadsheet's dates have a time too.
func sheetCell(c string) string {
	if len(c) == len(isoPattern) && c[4] == '-' && strings.HasSuffix(c, " 00:00:00") {
		return c[:len("2006-01-02")]
	}
	if len(c) > maxCell {
		return strings.ToValidUTF8(c[:maxCell], "")
	}
	return c
}
