package list

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go/format"
)

const (
	maxPage       = 64 << 20 // bytes of a page, unpacked
	maxPageHeader = 64 << 10 // bytes
)

var (
	errPageSize  = errors.New("a page is not as long as it says")
	errChecksum  = errors.New("a page does not have its checksum")
	errLargePage = fmt.Errorf("a page holds more than %d MiB, which is not read; write the file with smaller pages or row groups, or export it as .csv", maxPage>>20)
)

// page is a page of a column, unpacked. Behind its values there is room for
// Padding bytes.
type page struct {
	dictionary bool
	values     int // with those that are null
	encoding   format.Encoding
	levels     format.Encoding
	reps, defs []byte // levels
	data       []byte // values
}

// pageReader reads the pages of a column, one after another.
type pageReader struct {
	in     *bufio.Reader
	codec  format.CompressionCodec
	stored []byte
	plain  []byte
	rep    bool // the column has repetition levels
	def    bool
	ahead  *format.PageHeader // of the page that comes next, where it is read already
	file   io.ReaderAt
	at     int64 // where in the file comes what in delivers next
	end    int64
}

func (p *pageReader) open(in io.ReaderAt, from, end int64, codec format.CompressionCodec) {
	section := io.NewSectionReader(in, from, end-from)
	if p.in == nil {
		p.in = bufio.NewReaderSize(section, maxPageHeader)
	}
	p.in.Reset(section)
	p.codec, p.ahead, p.file, p.at, p.end = codec, nil, in, from, end
}

// pass goes past the next page unread, if it is one of values and has no more of
// them than given. It returns how many that were, and false where it did not.
func (p *pageReader) pass(most int64) (values int64, ok bool, err error) {
	h, err := p.header()
	if err != nil {
		return 0, false, err
	}
	switch {
	case h.Type == format.DataPage && h.DataPageHeader.Valid:
		values = int64(h.DataPageHeader.V.NumValues)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
		values = int64(h.DataPageHeaderV2.V.NumValues)
	default:
		values = -1
	}
	if values < 0 || values > most {
		p.ahead = h
		return 0, false, nil
	}
	return values, true, p.discard(int(h.CompressedPageSize))
}

// discard goes past bytes of the file; what is not read yet need not be.
func (p *pageReader) discard(n int) error {
	if n > p.in.Buffered() {
		p.at += int64(n)
		if p.at > p.end {
			return io.ErrUnexpectedEOF
		}
		p.in.Reset(io.NewSectionReader(p.file, p.at, p.end-p.at))
		return nil
	}
	p.at += int64(n)
	_, err := p.in.Discard(n)
	return err
}

// next reads a page. It is valid until the next.
func (p *pageReader) next() (*page, error) {
	for {
		h, err := p.header()
		if err != nil {
			return nil, err
		}
		if err := p.readStored(h); err != nil {
			return nil, err
		}
		switch {
		case h.Type == format.DataPage && h.DataPageHeader.Valid:
			return p.dataPage(h, &h.DataPageHeader.V)
		case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
			return p.dataPage2(h, &h.DataPageHeaderV2.V)
		case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
			d := h.DictionaryPageHeader.V
			plain, err := p.unpack(p.stored, h.UncompressedPageSize)
			return &page{dictionary: true, values: int(d.NumValues), encoding: d.Encoding, data: plain}, err
		}
	}
}

func (p *pageReader) header() (*format.PageHeader, error) {
	if h := p.ahead; h != nil {
		p.ahead = nil
		return h, nil
	}
	b, err := p.in.Peek(maxPageHeader)
	if len(b) == 0 {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	h := &format.PageHeader{}
	n, err := decodeThrift(b, h)
	if err != nil {
		return nil, err
	}
	if h.CompressedPageSize < 0 || h.UncompressedPageSize < 0 {
		return nil, errNegative
	}
	if h.CompressedPageSize > maxPage || h.UncompressedPageSize > maxPage {
		return nil, errLargePage
	}
	return h, p.discard(n)
}

// readStored reads the bytes of a page as they are stored. What is there bounds
// the room that is made for them.
func (p *pageReader) readStored(h *format.PageHeader) error {
	size := int(h.CompressedPageSize)
	for p.stored = p.stored[:0]; len(p.stored) < size; {
		n := min(size-len(p.stored), max(maxPageHeader, len(p.stored)))
		from := len(p.stored)
		p.stored = append(p.stored, make([]byte, n)...)
		if _, err := io.ReadFull(p.in, p.stored[from:]); err != nil {
			return io.ErrUnexpectedEOF
		}
	}
	p.at += int64(size)
	p.stored = slices.Grow(p.stored, Padding)
	if h.CRC != 0 && crc32.ChecksumIEEE(p.stored) != uint32(h.CRC) {
		return errChecksum
	}
	return nil
}

// dataPage cuts a page of the first kind: its levels are packed with its values.
func (p *pageReader) dataPage(h *format.PageHeader, d *format.DataPageHeader) (*page, error) {
	plain, err := p.unpack(p.stored, h.UncompressedPageSize)
	if err != nil {
		return nil, err
	}
	out := &page{values: int(d.NumValues), encoding: d.Encoding, levels: format.RLE}
	if p.rep {
		out.levels = d.RepetitionLevelEncoding
		if out.reps, plain, err = cutLevels(plain); err != nil {
			return nil, err
		}
	}
	if p.def {
		if d.DefinitionLevelEncoding != format.RLE {
			out.levels = d.DefinitionLevelEncoding
		}
		if out.defs, plain, err = cutLevels(plain); err != nil {
			return nil, err
		}
	}
	out.data = plain
	return out, nil
}

// cutLevels takes levels with their length before them off a page.
func cutLevels(b []byte) (levels, rest []byte, err error) {
	if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
		return nil, nil, errPageSize
	}
	n := 4 + int(binary.LittleEndian.Uint32(b))
	return b[4:n], b[n:], nil
}

// dataPage2 cuts a page of the second kind: its levels stand before its values,
// and are never packed.
func (p *pageReader) dataPage2(h *format.PageHeader, d *format.DataPageHeaderV2) (*page, error) {
	reps, defs := int(d.RepetitionLevelsByteLength), int(d.DefinitionLevelsByteLength)
	if reps < 0 || defs < 0 || int(h.UncompressedPageSize) < reps+defs || len(p.stored) < reps+defs {
		return nil, errPageSize
	}
	out := &page{values: int(d.NumValues), encoding: d.Encoding, levels: format.RLE,
		reps: p.stored[:reps], defs: p.stored[reps : reps+defs], data: p.stored[reps+defs:]}
	if d.IsCompressed.Valid && !d.IsCompressed.V {
		return out, nil
	}
	var err error
	out.data, err = p.unpack(out.data, h.UncompressedPageSize-int32(reps+defs))
	return out, err
}
