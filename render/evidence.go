package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis"
)

// EvidenceWriter writes the rows behind the figures, one by one, so that they
// need not fit into memory.
type EvidenceWriter struct {
	out    io.Writer
	format Format
}

// evidenceColumns are the columns of the CSV form, as docs/csv.md explains them.
var evidenceColumns = []string{
	"file", "sheet", "row", "audience", "member", "account", "name", "segment", "seller", "seller_name", "channel", "status",
	"reaches", "works_today", "roles", "product", "amount", "date", "deal", "told_by", "over", "relation", "candidates", "findings",
}

// NewEvidence starts a file of evidence: CSV, or JSON Lines with one object per
// row. Its first line says what it is and under whose agreement it stands, since
// it names accounts; in CSV the header follows.
func NewEvidence(w io.Writer, f Format, head *analysis.Head) (*EvidenceWriter, error) {
	e := &EvidenceWriter{w, f}
	mark := evidenceMark(head)
	switch f {
	case CSV:
		rows := csv.NewWriter(w)
		_ = rows.Write([]string{"# " + mark}) // the error is kept
		_ = rows.Write(evidenceColumns)
		rows.Flush()
		return e, rows.Error()
	case JSON:
		line, err := appendEvidenceLine(nil, map[string]string{"confidential": mark})
		if err == nil {
			_, err = w.Write(line)
		}
		return e, err
	}
	return nil, fmt.Errorf("evidence cannot be written as %q; write %s or %s", f, CSV, JSON)
}

func evidenceMark(head *analysis.Head) string {
	s := fmt.Sprintf("Confidential: names accounts. Rows behind the figures of %s as of %s.", head.Vendor, head.AsOf)
	if len(head.NDA) > 0 {
		s += " Made from lists given under an agreement with " + ndaParties(head) + "."
	}
	return EscapeControls(s)
}

// Write writes rows that Append made a text of.
func (w *EvidenceWriter) Write(text []byte) error {
	_, err := w.out.Write(text)
	return err
}

// Append appends rows to a text. Several goroutines may make texts.
func (w *EvidenceWriter) Append(text []byte, rows []analysis.Evidence) (_ []byte, err error) {
	for i := range rows {
		if w.format == CSV {
			text = appendEvidenceRow(text, &rows[i])
		} else if text, err = appendEvidenceLine(text, &rows[i]); err != nil {
			return nil, err
		}
	}
	return text, nil
}

// appendEvidenceLine appends one line of JSON.
func appendEvidenceLine(text []byte, v any) ([]byte, error) {
	fillArrays(reflect.ValueOf(v))
	var b, escaped bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	escapeJSON(&escaped, b.Bytes())
	return append(text, escaped.Bytes()...), nil
}

// appendEvidenceRow appends one line of CSV.
func appendEvidenceRow(b []byte, e *analysis.Evidence) []byte {
	b = appendCell(b, e.Place.File)
	b = appendCell(b, e.Place.Sheet)
	b = append(strconv.AppendInt(b, int64(e.Place.Row), 10), ',')
	b = append(append(b, e.Audience...), ',')
	b = append(strconv.AppendInt(b, int64(e.Member), 10), ',')
	for _, cell := range [...]string{e.Account, e.Name, e.Segment.ID, e.Seller.ID, e.Seller.Name, e.Seller.Channel} {
		b = appendCell(b, cell)
	}
	b = append(append(b, e.Status...), ',')
	b = append(strconv.AppendBool(b, e.Reaches), ',')
	b = append(strconv.AppendBool(b, e.Today), ',')
	b = appendCell(appendCell(b, e.Roles), e.Product)
	if e.Amount != nil {
		b = append(b, e.Amount.StringFixed(2)...)
	}
	b = append(b, ',')
	b = appendCell(appendCell(b, e.Date), e.Deal)
	b = append(append(b, e.Told...), ',')
	b = appendJoined(b, e.Over)
	b = append(append(b, e.Relation...), ',')
	b = appendJoined(b, e.Candidates)
	b = appendFindings(b, e.Findings)
	b[len(b)-1] = '\n'
	return b
}

// appendCell appends what somebody wrote, and a comma.
func appendCell(b []byte, cell string) []byte { return closeCell(append(b, cell...), len(b)) }

// appendJoined appends several texts with semicolons between them.
func appendJoined(b []byte, all []string) []byte {
	from := len(b)
	for i, one := range all {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, one...)
	}
	return closeCell(b, from)
}

// appendFindings appends findings as "C01-cdw-field live-conflict", with semicolons
// between them.
func appendFindings(b []byte, all []analysis.FindingRef) []byte {
	from := len(b)
	for i := range all {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(append(append(b, all[i].ID...), ' '), all[i].Relation...)
	}
	return closeCell(b, from)
}

// closeCell makes a cell of what stands behind a place, and appends a comma: most of
// it stays as it is.
func closeCell(b []byte, from int) []byte {
	if !plainCell(b[from:]) {
		b = appendQuoted(b[:from], neutralise(string(b[from:])))
	}
	return append(b, ',')
}

// plainCell reports whether a text is a cell as it stands: of ASCII, without what
// parts cells or commands a spreadsheet.
func plainCell(cell []byte) bool {
	if len(cell) == 0 {
		return true
	}
	switch cell[0] {
	case '=', '+', '-', '@', ' ', '\\':
		return false
	}
	for _, c := range cell {
		if c < ' ' || c > '~' || c == '"' || c == ',' {
			return false
		}
	}
	return true
}

// appendQuoted appends a cell with the quotes that it needs.
func appendQuoted(b []byte, cell string) []byte {
	if first, _ := utf8.DecodeRuneInString(cell); !strings.ContainsAny(cell, ",\"\r\n") && !unicode.IsSpace(first) && cell != `\.` {
		return append(b, cell...)
	}
	b = append(b, '"')
	for i := range len(cell) {
		if cell[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, cell[i])
	}
	return append(b, '"')
}
