package list

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

const (
	zstdMagic = "\x28\xb5\x2f\xfd"
	// skippableMagic ends the first four bytes of a frame that holds no data;
	// some programs write one first.
	skippableMagic = "\x2a\x4d\x18"
	// maxZstdWindow bounds what the unpacking holds, in bytes: what the zstd
	// program unpacks without being asked to.
	maxZstdWindow = 128 << 20
)

func isZstd(head []byte) bool {
	return bytes.HasPrefix(head, []byte(zstdMagic)) ||
		len(head) >= 4 && head[0]&0xf0 == 0x50 && string(head[1:4]) == skippableMagic
}

// zstdReader unpacks the frames of a zstd file, one after another.
type zstdReader struct {
	*zstd.Decoder
	trailing func() error
	begun    bool
}

func openZstd(in io.Reader, trailing func() error) (io.ReadCloser, error) {
	d, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, zstdError(err)
	}
	return &zstdReader{Decoder: d, trailing: trailing}, nil
}

func (z *zstdReader) Close() error {
	z.Decoder.Close()
	return nil
}

// Reset begins anew.
func (z *zstdReader) Reset(in io.Reader) error {
	z.begun = false
	return zstdError(z.Decoder.Reset(in))
}

// Read reads on. Bytes after the last frame are told.
func (z *zstdReader) Read(b []byte) (int, error) {
	n, err := z.Decoder.Read(b)
	z.begun = z.begun || n > 0
	if errors.Is(err, zstd.ErrMagicMismatch) && z.begun {
		if err := z.trailing(); err != nil {
			return n, err
		}
		return n, io.EOF
	}
	return n, zstdError(err)
}

// zstdError marks the errors over what is packed.
func zstdError(err error) error {
	var path *os.PathError
	switch {
	case err == nil, err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &path):
		return err
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		return fmt.Errorf("it takes a window of more than %d MiB to unpack; pack it again without --long or --ultra", maxZstdWindow>>20)
	}
	return damagedError{err}
}
