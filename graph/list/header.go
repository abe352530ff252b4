package list

import (
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// headerRows is how many rows at the top are searched for the header.
const headerRows = 50

// findHeader returns where among the first records the header stands. It is the
// first row that holds a header which serves something and does not look like
// data. A later row takes its place where it is wider and holds at least two
// such headers more, or the first was a single cell: above the header of a
// report stand its title and its filters, which name columns too.
func (p *plan) findHeader(at graph.Place, records []record) (int, error) {
	records = records[:min(len(records), headerRows)]
	found, best := -1, 0
	for i, rec := range records {
		n := p.serving(rec.cells)
		if n == 0 || looksLikeData(rec.cells) && !p.certain(rec.cells) {
			continue
		}
		if found < 0 || filled(rec.cells) > filled(records[found].cells) && (n >= best+2 || filled(records[found].cells) == 1) {
			found, best = i, n
		}
	}
	if found < 0 {
		return 0, p.noHeader(at, records)
	}
	return found, nil
}

// certain reports whether a row is the header whatever else it holds: it has all
// headers that the list maps, or partners stand in it, whose names may be
// domains.
func (p *plan) certain(cells []string) bool {
	if len(p.header) == 0 {
		return p.wide
	}
	has := map[string]bool{}
	for _, c := range cells {
		has[fold(trim(c))] = true
	}
	for _, h := range p.header {
		if !has[fold(h)] {
			return false
		}
	}
	return true
}

// noHeader explains why no row can be the header.
func (p *plan) noHeader(at graph.Place, records []record) error {
	i := widest(records)
	if i < 0 {
		return fmt.Errorf("%s: there are no rows; a list has a header row and rows below it", at)
	}
	at.Row = records[i].row
	if looksLikeData(records[i].cells) {
		return fmt.Errorf("%s: there is no header row, this row looks like data; add one, or say with `header:` which row it is and with `columns:` what its columns mean", at)
	}
	headers := withNames(headerNames(records[i].cells))
	for _, k := range p.shape.keys {
		if h, ok := p.header[k]; ok {
			return missingColumn(at, h, headers)
		}
	}
	return fmt.Errorf("%s: no known header; found: %s; say with `columns:` what they mean, such as columns: {%s: %q}",
		at, named(headers), p.shape.needs[0][0], shorten(headers[0]))
}

func missingColumn(at graph.Place, header string, headers []string) error {
	return fmt.Errorf("%s: no column %q; found: %s%s", at, header, named(headers), didYouMean(header, headers))
}

// looksLikeData reports whether a row can be no header: half of its cells or
// more are addresses, numbers or dates.
func looksLikeData(cells []string) bool {
	data := 0
	for _, c := range cells {
		if c = trim(c); isDomain(c) || isEmail(c) || isNumber(c) || isDate(c) {
			data++
		}
	}
	return data > 0 && data*2 >= filled(cells)
}

// widest returns the first of the rows with most cells, or -1.
func widest(records []record) int {
	best, most := -1, 0
	for i, rec := range records {
		if n := filled(rec.cells); n > most {
			best, most = i, n
		}
	}
	return best
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if trim(c) != "" {
			n++
		}
	}
	return n
}

// headerNames returns the trimmed headers of a row up to the last one.
func headerNames(cells []string) []string {
	var out []string
	for i, c := range cells {
		if c = trim(c); c != "" {
			for len(out) < i {
				out = append(out, "")
			}
			out = append(out, c)
		}
	}
	return out
}

// withNames leaves out the columns without a header.
func withNames(headers []string) []string {
	var out []string
	for _, h := range headers {
		if h != "" {
			out = append(out, h)
		}
	}
	return out
}

// trim cuts off spaces of every kind, those without width included.
func trim(s string) string {
	if s == "" || s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80 {
		return s
	}
	return strings.TrimFunc(s, isBlank)
}

// headerRow returns the row of the header: the one that the list names, else
// the one found among the first records.
func (p *plan) headerRow(at graph.Place, src *peeker) (int, error) {
	if src.headed() {
		return 0, p.noHeaderRow(at)
	}
	if p.spec.Header > 0 {
		return p.spec.Header, nil
	}
	records := src.peek(headerRows)
	if err := src.failed(); err != nil {
		return 0, err
	}
	i, err := p.findHeader(at, records)
	if err != nil {
		return 0, err
	}
	return records[i].row, nil
}

// skipTo takes the records down to a row and returns that one. Rows above it
// that are not blank are noted.
func (t *table) skipTo(src *peeker, row int) (record, error) {
	for {
		rec, err := src.next()
		if err == io.EOF || err == nil && rec.row > row {
			return record{}, fmt.Errorf("%s: header: there is no row %d", t.file.Place, row)
		}
		if err != nil || rec.row == row {
			return rec.clone(), err
		}
		if filled(rec.cells) > 0 {
			if err := t.note(titleRows, rec.row); err != nil {
				return record{}, err
			}
		}
	}
}
