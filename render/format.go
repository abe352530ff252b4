// Package render prints the reports of package analysis: as text, JSON and CSV,
// and the conflict map as a picture. It counts nothing itself.
//
// Names come from files that anybody may have written. In text and CSV nothing
// in them can command a terminal or a spreadsheet, and no line of text is wider
// than it was asked to be.
package render

import (
	"bytes"
	"fmt"
	"io"

	"github.com/channelmap/channelmap/analysis"
)

// Format is how a report is printed.
type Format string

// The formats of reports.
const (
	Text Format = "text" // for people: the answer, the tables, what to do next
	JSON Format = "json" // everything, with the names that docs/json.md lists
	CSV  Format = "csv"  // one flat table, as docs/csv.md describes it
)

// TextOptions tunes how a report is printed as text. The zero value is good.
type TextOptions struct {
	// Width is the number of columns that no line exceeds; 0 means 80, and less
	// than 60 means 60.
	Width int
	// Color prints headings bold. Whether the terminal wants that is the
	// caller's to know.
	Color bool
	// Path is the ecosystem as the user named it, repeated in the commands that
	// are suggested; empty for the current folder.
	Path string
	// Evidence holds rows to print behind the figures; nil for none.
	Evidence *analysis.Sample
}

// printable is a report in its three forms. JSON needs the data alone.
type printable interface {
	text(r *textReport)
	table() *csvTable
}

// printReport writes a report, or nothing where it cannot be written whole.
func printReport(w io.Writer, f Format, o TextOptions, data any, p printable) error {
	var out bytes.Buffer
	switch f {
	case Text:
		r := newTextReport(&out, o)
		p.text(r)
	case JSON:
		if err := writeJSON(&out, data); err != nil {
			return err
		}
	case CSV:
		if err := p.table().write(&out); err != nil {
			return err
		}
	default:
		return fmt.Errorf("a report cannot be printed as %q; write %s, %s or %s", f, Text, JSON, CSV)
	}
	_, err := w.Write(out.Bytes())
	return err
}
