package list

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// maxFooter bounds the description of a file's columns, in bytes.
const maxFooter = 64 << 20

var (
	errNegative  = errors.New("a size is negative")
	errEncrypted = errors.New("the Parquet file is encrypted; write it without encryption, or export it as .csv")
)

// readFooter reads what a Parquet file says of itself, and where its data ends.
func readFooter(in *os.File) (*format.FileMetaData, int64, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, 0, unwrapPath(err)
	}
	tail := make([]byte, 8)
	if _, err := in.ReadAt(tail, max(0, info.Size()-8)); err != nil && err != io.EOF {
		return nil, 0, unwrapPath(err)
	}
	length := int64(binary.LittleEndian.Uint32(tail))
	end := info.Size() - 8 - length
	switch magic := string(tail[4:]); {
	case magic == encryptedMagic:
		return nil, 0, errEncrypted
	case magic != parquetMagic || end < int64(len(parquetMagic)):
		return nil, 0, damagedParquet(errors.New("it has no end that describes its columns"))
	case length > maxFooter:
		return nil, 0, fmt.Errorf("the Parquet file takes %d MiB to describe its columns; more than %d MiB is not read; export it as .csv", length>>20, maxFooter>>20)
	}
	footer := make([]byte, length)
	if _, err := in.ReadAt(footer, end); err != nil {
		return nil, 0, unwrapPath(err)
	}
	meta, err := decodeFooter(footer)
	if err != nil {
		return nil, 0, damagedParquet(err)
	}
	if meta.EncryptionAlgorithm.Value != nil {
		return nil, 0, errEncrypted
	}
	return meta, end, nil
}

func decodeFooter(b []byte) (*format.FileMetaData, error) {
	if err := checkThrift(b); err != nil {
		return nil, err
	}
	meta := &format.FileMetaData{}
	if _, err := decodeThrift(b, meta); err != nil {
		return nil, err
	}
	if len(meta.Schema) == 0 {
		return nil, errors.New("it describes no columns")
	}
	return meta, nil
}

// decodeThrift decodes a structure at the beginning of b, and returns how long
// it is.
func decodeThrift(b []byte, into any) (n int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a header cannot be read: %v", p)
		}
	}()
	r := (&thrift.CompactProtocol{}).NewReaderFromBytes(b)
	err = thrift.NewDecoder(r).Decode(into)
	return r.BytesRead(), err
}
