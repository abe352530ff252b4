package list

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

const gzipMagic = "\x1f\x8b"

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte(gzipMagic)) }

// gzipReader unpacks the members of a gzip file, one after another. The
// library's own reader of several takes what follows the last one for a damaged
// member.
type gzipReader struct {
	in       *bufio.Reader
	member   *gzip.Reader
	trailing func() error
	done     bool
}

func openGzip(in io.Reader, trailing func() error) (io.ReadCloser, error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	member, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, gzipError(err)
	}
	member.Multistream(false)
	return &gzipReader{in: buffered, member: member, trailing: trailing}, nil
}

func (g *gzipReader) Close() error { return g.member.Close() }

// Read reads on in a member, and at its end in the next.
func (g *gzipReader) Read(b []byte) (int, error) {
	for !g.done {
		n, err := g.member.Read(b)
		if err == io.EOF {
			err = g.next()
		}
		if n > 0 || err != nil {
			return n, gzipError(err)
		}
	}
	return 0, io.EOF
}

// next opens the next member. Zeros that fill a file up are nothing; other bytes
// after the last member are told.
func (g *gzipReader) next() error {
	head, err := g.in.Peek(len(gzipMagic))
	if isGzip(head) {
		if err := g.member.Reset(g.in); err != nil {
			return err
		}
		g.member.Multistream(false)
		return nil
	}
	g.done = true
	if err != nil && err != io.EOF {
		return err
	}
	if rest, err := g.onlyZeros(); err != nil || rest {
		return err
	}
	return g.trailing()
}

// onlyZeros reads what is left of the file up to the first byte that is not 0.
func (g *gzipReader) onlyZeros() (bool, error) {
	for {
		b, err := g.in.Peek(1)
		if err == io.EOF {
			return true, nil
		}
		if err != nil || b[0] != 0 {
			return false, err
		}
		buffered, _ := g.in.Peek(g.in.Buffered())
		if !isZeros(buffered) {
			return false, nil
		}
		g.in.Discard(len(buffered))
	}
}

// gzipError marks the errors over what is packed.
func gzipError(err error) error {
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt) {
		return damagedError{err}
	}
	if err == io.EOF { // of a header, which is to follow
		return io.ErrUnexpectedEOF
	}
	return err
}
