package list

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// The number formats that plainStyles leaves: the short date, whose pattern the
// workbook was opened with, and one that does not exist, which shows numbers as
// they are.
const (
	shortDate = 14
	asStored  = -1
)

// plainStyles makes the workbook show every date in one pattern and every other
// number as it is stored: without it cells would come as they are displayed,
// rounded and in the order of some country.
func plainStyles(f *excelize.File) {
	if f.Styles == nil || f.Styles.CellXfs == nil {
		return
	}
	custom := map[int]string{}
	if f.Styles.NumFmts != nil {
		for _, n := range f.Styles.NumFmts.NumFmt {
			if n != nil {
				custom[n.NumFmtID] = n.FormatCode
			}
		}
		f.Styles.NumFmts.NumFmt = nil
	}
	for i := range f.Styles.CellXfs.Xf {
		xf := &f.Styles.CellXfs.Xf[i]
		id := asStored
		if xf.NumFmtID != nil && isDateFormat(*xf.NumFmtID, custom) {
			id = shortDate
		}
		xf.NumFmtID = &id
	}
}

// isDateFormat reports whether a number format shows a date. The numbers of the
// built-in ones are those of ECMA-376 part 1, 18.8.30, East Asian ones included.
func isDateFormat(id int, custom map[int]string) bool {
	if code, ok := custom[id]; ok {
		return isDateCode(code)
	}
	return 14 <= id && id <= 17 || id == 22 || 27 <= id && id <= 31 || id == 36 || 50 <= id && id <= 54 || 57 <= id && id <= 58
}

// isDateCode reports whether a format has a part for the day or the year. Quoted
// text, escaped letters and what stands in brackets (colours, languages, hours
// that run on) are no such parts.
func isDateCode(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			n := strings.IndexByte(code[i+1:], end)
			if n < 0 {
				return false
			}
			i += n + 1
		case 'd', 'D', 'y', 'Y':
			return true
		}
	}
	return strings.EqualFold(code, "mmm") || strings.EqualFold(code, "mmmm")
}
