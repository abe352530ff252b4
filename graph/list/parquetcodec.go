package list

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// unpack unpacks a page, which must have the size that it is said to have: no
// more room is ever made.
func (p *pageReader) unpack(stored []byte, size int32) ([]byte, error) {
	if p.codec == format.Uncompressed {
		if len(stored) != int(size) {
			return nil, errPageSize
		}
		return stored, nil
	}
	if cap(p.plain) < int(size)+Padding {
		p.plain = make([]byte, size, int(size)+Padding)
	}
	n, err := unpackPage(p.codec, p.plain[:size], stored)
	if err == nil && n != int(size) {
		err = errPageSize
	}
	return p.plain[:size], err
}

// unpackPage unpacks into dst and returns how many bytes that were.
func unpackPage(codec format.CompressionCodec, dst, stored []byte) (int, error) {
	switch codec {
	case format.Snappy:
		if n, err := snappy.DecodedLen(stored); err != nil || n != len(dst) {
			return n, err
		}
		out, err := snappy.Decode(dst, stored)
		return len(out), err
	case format.Zstd:
		out, err := pageZstd().DecodeAll(stored, dst[:0:len(dst)])
		return len(out), err
	case format.Gzip:
		r, err := gzip.NewReader(bytes.NewReader(stored))
		if err != nil {
			return 0, err
		}
		return readExactly(r, dst)
	case format.Brotli:
		return readExactly(brotli.NewReader(bytes.NewReader(stored)), dst)
	case format.Lz4Raw:
		if len(dst) == 0 {
			return 0, nil
		}
		return lz4.UncompressBlock(stored, dst)
	}
	return 0, unknownCodec(codec)
}

// readExactly fills dst, after which nothing may follow.
func readExactly(r io.Reader, dst []byte) (int, error) {
	n, err := io.ReadFull(r, dst)
	if err != nil {
		return n, err
	}
	if more, err := io.ReadFull(r, make([]byte, 1)); more > 0 || err != io.EOF {
		return n, errPageSize
	}
	return n, nil
}

// pageZstd unpacks into the room it is given and no further; it may be used by
// several at a time.
var pageZstd = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderMaxMemory(maxPage))
	if err != nil {
		panic(err) // of the options, which do not vary
	}
	return d
})

// knownCodec refuses a way of packing that is not read here.
func knownCodec(codec format.CompressionCodec) error {
	switch codec {
	case format.Uncompressed, format.Snappy, format.Gzip, format.Zstd, format.Brotli, format.Lz4Raw:
		return nil
	}
	return unknownCodec(codec)
}

type unknownCodec format.CompressionCodec

func (c unknownCodec) Error() string {
	return fmt.Sprintf("it is packed with %s, which is not read (read are snappy, gzip, zstd, brotli and lz4_raw); write the Parquet file with one of these, or export it as .csv", format.CompressionCodec(c))
}
