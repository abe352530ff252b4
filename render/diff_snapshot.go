package render

import (
	"bytes"
	"io"

	"github.com/channelmap/channelmap/analysis"
)

// Snapshot writes a snapshot as the JSON that [analysis.ParseSnapshot] reads. The
// same snapshot is always the same bytes.
func Snapshot(w io.Writer, s *analysis.Snapshot) error {
	var out bytes.Buffer
	if err := writeJSON(&out, s); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}
