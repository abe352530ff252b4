package list

import (
	"fmt"

	"github.com/channelmap/channelmap/graph"
)

// headed is a source whose columns have names of their own, so that no row has
// to be found that holds them. Its first record holds the names, as row 0.
type headed interface {
	source
	// wants tells which columns are needed; the cells of others may be empty.
	wants(columns []bool)
	// leftOut names what is nested, and so no column.
	leftOut() []string
}

// headed reports whether the columns of the source have names of their own.
func (p *peeker) headed() bool {
	_, ok := p.source.(headed)
	return ok
}

// want tells a source which columns are needed, if that matters to it.
func (p *peeker) want(columns []bool) {
	if h, ok := p.source.(headed); ok {
		h.wants(columns)
	}
}

// explain adds to an error over missing columns what is there and no column.
func (p *peeker) explain(err error) error {
	if h, ok := p.source.(headed); ok && len(h.leftOut()) > 0 {
		return fmt.Errorf("%w; nested, and so no columns: %s", err, named(h.leftOut()))
	}
	return err
}

// noHeaderRow refuses to look for a header row where there is none.
func (p *plan) noHeaderRow(at graph.Place) error {
	if p.spec.Header == 0 {
		return nil
	}
	return fmt.Errorf("%s: header: the columns have names of their own, and no row holds them; leave `header:` out", at)
}

// wants tells which columns serve a key, a comparison or a partner.
func (t *table) wants() []bool {
	wanted := t.cols.used()
	for _, i := range t.compared {
		wanted[i] = true
	}
	return wanted
}

// typed reports whether the file stores numbers and dates as such, and not as
// text in the manner of some country.
func (t *table) typed() bool {
	switch t.file.Format {
	case formatXLSX, formatParquet, formatJSONL:
		return true
	}
	return false
}
