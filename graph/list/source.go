package list

import (
	"io"
	"slices"
)

// record is one row of a file, as it stands there.
type record struct {
	row   int // the number that a spreadsheet shows
	cells []string
}

func (r record) clone() record { return record{r.row, slices.Clone(r.cells)} }

// source delivers the records of a file or sheet, blank ones included, and
// io.EOF after the last. The cells of a record are valid until the next.
type source interface {
	next() (record, error)
	close() error
}

const maxAheadBytes = 4 << 20 // of cells in the look-ahead

var maxAhead = 1000 // records of look-ahead; tests make it small

// peeker is a source that can be looked into before it is read.
type peeker struct {
	source
	ahead []record
	bytes int
	err   error
}

// peek returns up to n records that next will deliver. It returns fewer at the
// end of the source, before an error, and where they are very long.
func (p *peeker) peek(n int) []record {
	for len(p.ahead) < min(n, maxAhead) && p.err == nil && p.bytes < maxAheadBytes {
		rec, err := p.source.next()
		if err != nil {
			p.err = err
			break
		}
		for _, c := range rec.cells {
			p.bytes += len(c)
		}
		p.ahead = append(p.ahead, rec.clone())
	}
	return p.ahead[:min(n, len(p.ahead))]
}

func (p *peeker) next() (record, error) {
	if len(p.ahead) > 0 {
		rec := p.ahead[0]
		p.ahead = p.ahead[1:]
		return rec, nil
	}
	if p.err != nil {
		return record{}, p.err
	}
	return p.source.next()
}

// failed returns the error that ends the look-ahead, if it is not the end of
// the file.
func (p *peeker) failed() error {
	if p.err == io.EOF {
		return nil
	}
	return p.err
}
