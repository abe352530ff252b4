package render

import (
	"io"

	"github.com/channelmap/channelmap/analysis"
)

func MapDOT(w io.Writer, m *analysis.Map) error { return nil }
