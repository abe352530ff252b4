package list

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/channelmap/channelmap/graph"
)

// packing is a way of packing a file as a whole.
type packing struct {
	name       string
	extensions []string
	is         func(head []byte) bool
	open       func(in io.Reader, trailing func() error) (io.ReadCloser, error)
}

var packings = []packing{
	{"gzip", []string{".gz", ".gzip"}, isGzip, openGzip},
	{"zstd", []string{".zst", ".zstd"}, isZstd, openZstd},
}

// packingOf returns the packing that the first bytes of a file tell, or nil.
func packingOf(head []byte) *packing {
	for i := range packings {
		if packings[i].is(head) {
			return &packings[i]
		}
	}
	return nil
}

// unpack returns what is packed in a file, and how; a file that is not packed
// itself. The name alone packs nothing: browsers unpack a file on its way and
// leave the name as it was.
func unpack(ctx context.Context, in *os.File, name string, n *notes) (io.ReadSeeker, *packing, error) {
	var magic [4]byte
	got, err := in.ReadAt(magic[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	p := packingOf(magic[:got])
	if p == nil {
		return in, nil, nil
	}
	return &packed{packing: p, ctx: ctx, file: in, at: graph.Place{File: name}, notes: n}, p, nil
}

// packed reads what is packed in a file. It can be read again from the start,
// by unpacking it again: the encoding of a text is told by all of it.
type packed struct {
	*packing
	ctx   context.Context
	file  *os.File
	at    graph.Place
	notes *notes
	r     io.ReadCloser
	noted bool // of bytes after the end
}

// Seek goes to a place counted from the start, and to no other.
func (p *packed) Seek(offset int64, whence int) (int64, error) {
	if whence != io.SeekStart {
		return 0, errors.ErrUnsupported
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	if err := p.reopen(); err != nil {
		return 0, p.explain(err)
	}
	return io.CopyN(io.Discard, p, offset)
}

// reopen begins anew, with the same memory where that is much.
func (p *packed) reopen() (err error) {
	if r, ok := p.r.(interface{ Reset(io.Reader) error }); ok {
		return r.Reset(p.file)
	}
	p.close()
	p.r, err = p.open(p.file, p.trailing)
	return err
}

// Read reads on. It ends where the context does: what is packed has no size
// that is known before.
func (p *packed) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(b)
	if err != nil && err != io.EOF {
		err = p.explain(err)
	}
	return n, err
}

func (p *packed) close() {
	if p.r != nil {
		p.r.Close()
		p.r = nil
	}
}

// trailing notes that there are bytes after the end of what is packed.
func (p *packed) trailing() error {
	if p.noted {
		return nil
	}
	p.noted = true
	return p.notes.add(trailingBytes, p.at, p.name)
}

// explain says what is wrong with the packing. An error of another kind stays
// as it is.
func (p *packed) explain(err error) error {
	var damaged damagedError
	switch {
	case errors.As(err, &damaged):
		return fmt.Errorf("its %s data is damaged (%w); copy or pack it again; nothing of it is used", p.name, damaged.error)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("its %s data is cut off, as of a file that was not copied whole; copy it again; nothing of it is used", p.name)
	}
	return unwrapPath(err)
}

// damagedError is an error over what is packed, and not of the file system.
type damagedError struct{ error }

// isZeros reports whether a text is padding.
func isZeros(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }
