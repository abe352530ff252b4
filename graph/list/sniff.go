package list

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The formats.
const (
	formatCSV     = "csv"
	formatTSV     = "tsv"
	formatXLSX    = "xlsx"
	formatParquet = "parquet"
	formatJSONL   = "jsonl"
)

// formats are those that a list may name.
var formats = []string{formatCSV, formatTSV, formatXLSX, formatParquet, formatJSONL}

const saveAs = "save it as .xlsx or .csv"

// sampleBytes is how much of a file is looked at to tell its kind, delimiter
// and UTF-16.
const sampleBytes = 256 << 10

// headBytes is how much of a file is looked at first: a sample behind a byte-order
// mark.
const headBytes = sampleBytes + utf8.UTFMax

// head returns the first bytes of a file.
func head(f io.ReadSeeker) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(f, headBytes))
}

// magics are files that are not lists, by their first bytes.
var magics = []struct{ prefix, what string }{
	{gzipMagic, "packed twice; unpack it once"},
	{zstdMagic, "packed twice; unpack it once"},
	{encryptedMagic, "an encrypted Parquet file; write it without encryption, or export it as .csv"},
	{"PK\x05\x06", "an empty zip archive; pack the list as .csv.gz, or not at all"},
	{"%PDF", "a PDF; " + saveAs},
	{"SQLite format 3", "a database; export it as .csv"},
	{"Obj\x01", "an Avro file; export it as .csv"},
	{"BZh", "a bzip2 file; unpack it first"},
	{"\xfd7zXZ", "an xz file; unpack it first"},
	{"{\\rtf", "a text document; " + saveAs},
}

const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// sniff tells the format by what the file holds, whatever its name, and refuses
// what is none. The name tells why, and that what looks broken is JSON Lines.
func sniff(name string, head []byte) (format string, err error) {
	switch {
	case bytes.HasPrefix(head, []byte(zipMagic)):
		return formatXLSX, nil
	case bytes.HasPrefix(head, []byte(oleMagic)):
		return "", oleError(name, head)
	case bytes.HasPrefix(head, []byte(parquetMagic)):
		return formatParquet, nil
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return "", fmt.Errorf("is %s (read here: %s)", m.what, readHere)
		}
	}
	if start := strings.ToLower(string(bytes.TrimSpace(head[:min(len(head), 512)]))); looksHTML(start) {
		return "", fmt.Errorf("is a web page under the name of a spreadsheet, as some reports are exported; open it and %s", saveAs)
	}
	if is, err := sniffJSON(name, head); err != nil || is {
		return formatJSONL, err
	}
	return formatCSV, nil
}

func looksHTML(start string) bool {
	start = strings.TrimPrefix(start, "\ufeff")
	for _, tag := range []string{"<!doctype html", "<html", "<table", "<meta", "<?xml"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}

var errPassword = errors.New("is protected with a password; save it without one, or as .csv")

// oleError tells a workbook with a password from one of before 2007: both are
// compound files. The former has a part of its own name or, where the list of
// parts lies beyond the sample, at least the name of a newer workbook.
func oleError(name string, head []byte) error {
	part := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	ext := extension(name)
	if bytes.Contains(head, part) || ext == ".xlsx" || ext == ".xlsm" {
		return errPassword
	}
	return errors.New("is a workbook in the old binary format (.xls) or another binary document; " + saveAs)
}

// isBinary reports whether decoded text is none: control characters or NULs by
// the dozen.
func isBinary(sample []byte) bool {
	var control, nul int
	for _, b := range sample {
		switch {
		case b == 0:
			nul++
		case b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1a:
			control++
		}
	}
	return control*50 > len(sample) || nul*10 > len(sample)
}

// preferredDelimiter is the one that a file's name and the list's format tell.
func preferredDelimiter(format, name string) byte {
	ext := extension(name)
	if format == formatTSV || ext == ".tsv" || ext == ".tab" {
		return '\t'
	}
	return ','
}
