package render

import (
	"bytes"
	"io"

	"github.com/channelmap/channelmap/analysis"
)

// Notices prints what the readers of the lists met, for callers whose format has
// no room for it, and under whose agreement lists were given; nothing where
// there is nothing to say.
func Notices(w io.Writer, head *analysis.Head) error {
	var out bytes.Buffer
	r := newTextReport(&out, TextOptions{})
	if len(head.Notices) > 0 {
		r.strong("Notices")
		r.notices(head.Notices, mostNotices)
	}
	r.nda(head)
	_, err := w.Write(bytes.TrimPrefix(out.Bytes(), []byte("\n")))
	return err
}
