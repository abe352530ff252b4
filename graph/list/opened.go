package list

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/channelmap/channelmap/graph"
)

// content is what an open file holds, unpacked, with its first bytes.
type content struct {
	io.ReadSeeker
	packing *packing // nil for a file that is not packed
	head    []byte
}

// openContent looks into an open file.
func openContent(ctx context.Context, f found, in *os.File, n *notes) (*content, error) {
	inner, packing, err := unpack(ctx, in, f.name, n)
	if err != nil {
		return nil, unreadable(f.name, err)
	}
	o := &content{ReadSeeker: inner, packing: packing}
	if o.head, err = head(inner); err != nil {
		o.close()
		return nil, unreadable(f.name, err)
	}
	if packing == nil && UnpackedName(f.name) != f.name {
		err = n.add(notPacked, graph.Place{File: f.name})
	}
	return o, err
}

func (o *content) close() {
	if p, ok := o.ReadSeeker.(*packed); ok {
		p.close()
	}
}

// readable refuses what cannot be read from within a packed file: a reader that
// moves about in it.
func (o *content) readable(format string) error {
	if o.packing == nil || format != formatXLSX && format != formatParquet {
		return nil
	}
	return fmt.Errorf("holds %s, packed with %s once more; unpack it, and name what is in it", kindOf(format), o.packing.name)
}

// opened is the source of a file that holds one table, and how it is written.
type opened struct {
	source
	format, encoding, delimiter string
}

// open opens a file that holds one table.
func (p *plan) open(f found, in *os.File, o *content, format string, n *notes) (*opened, error) {
	switch format {
	case formatParquet:
		src, err := openParquet(f.name, in, n)
		return &opened{src, formatParquet, nameUTF8, ""}, err
	case formatJSONL:
		src, err := openJSON(p, n, f.name, o, o.head)
		if err != nil {
			return nil, err
		}
		return &opened{src, formatJSONL, src.name, ""}, nil
	}
	src, err := openText(p, n, f.name, o, o.head)
	if err != nil {
		return nil, err
	}
	if format = formatCSV; src.split.delim == '\t' {
		format = formatTSV
	}
	return &opened{src, format, src.name, delimiterName(src.split.delim)}, nil
}
