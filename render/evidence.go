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

	"github.com/channelmap/channelmap/analysis"
)

// EvidenceWriter writes the rows behind the figures, one by one, so that they
// need not fit into memory.
type EvidenceWriter struct {
	out  io.Writer
	csv  *csv.Writer // nil for JSON
	json bytes.Buffer
}

// evidenceColumns are the columns of the CSV form, as docs/csv.md explains them.
var evidenceColumns = []string{
	"file", "sheet", "row", "audience", "member", "account", "name", "segment", "seller", "seller_name", "channel", "status",
	"reaches", "works_today", "roles", "product", "amount", "date", "deal", "told_by", "over", "relation", "candidates", "findings",
}

// NewEvidence starts a file of evidence: CSV, or JSON Lines with one object per
// row. Its first line says what it is and under whose agreement it stands, since
// it names accounts; in CSV the header follows. Call Close when all rows are
// written.
func NewEvidence(w io.Writer, f Format, head *analysis.Head) (*EvidenceWriter, error) {
	e := &EvidenceWriter{out: w}
	mark := evidenceMark(head)
	switch f {
	case CSV:
		e.csv = csv.NewWriter(w)
		if err := e.csv.Write([]string{"# " + mark}); err != nil {
			return nil, err
		}
		return e, e.csv.Write(evidenceColumns)
	case JSON:
		return e, e.line(map[string]string{"confidential": mark})
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

// Write writes one row.
func (w *EvidenceWriter) Write(e *analysis.Evidence) error {
	if w.csv == nil {
		return w.line(e)
	}
	return w.csv.Write(evidenceCells(e))
}

// line writes one line of JSON.
func (w *EvidenceWriter) line(v any) error {
	fillArrays(reflect.ValueOf(v))
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	w.json.Reset()
	escapeJSON(&w.json, b.Bytes())
	_, err := w.out.Write(w.json.Bytes())
	return err
}

// Close writes what is held back. It does not close the file.
func (w *EvidenceWriter) Close() error {
	if w.csv == nil {
		return nil
	}
	w.csv.Flush()
	return w.csv.Error()
}

func evidenceCells(e *analysis.Evidence) []string {
	amount := ""
	if e.Amount != nil {
		amount = e.Amount.StringFixed(2)
	}
	return []string{
		neutralise(e.Place.File), neutralise(e.Place.Sheet), strconv.Itoa(e.Place.Row), string(e.Audience), strconv.Itoa(e.Member),
		neutralise(e.Account), neutralise(e.Name), neutralise(e.Segment.ID), neutralise(e.Seller.ID), neutralise(e.Seller.Name),
		neutralise(e.Seller.Channel), string(e.Status), strconv.FormatBool(e.Reaches), strconv.FormatBool(e.Today),
		neutralise(e.Roles), neutralise(e.Product), amount, neutralise(e.Date), neutralise(e.Deal), string(e.Told),
		neutralise(strings.Join(e.Over, ";")), string(e.Relation), neutralise(strings.Join(e.Candidates, ";")),
		neutralise(findingRefs(e.Findings)),
	}
}

// findingRefs writes findings as "C01-cdw-field live-conflict", with semicolons
// between them.
func findingRefs(all []analysis.FindingRef) string {
	var parts []string
	for _, f := range all {
		parts = append(parts, f.ID+" "+string(f.Relation))
	}
	return strings.Join(parts, ";")
}
