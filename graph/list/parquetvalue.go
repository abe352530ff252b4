package list

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go/format"
)

var errValues = errors.New("a page has fewer values than it says")

// raw is a value as it is stored: a number, or the bits of one, or bytes that
// are valid until the next.
type raw struct {
	number int64
	bytes  []byte
}

// values delivers the texts of a page's values, those that are null left out.
type values interface{ next() (string, error) }

// rawValues delivers the values of a page.
type rawValues interface{ next() (raw, error) }

// textValues turns values into texts.
type textValues struct {
	values rawValues
	text   func(raw) (string, bool)
}

func (t *textValues) next() (string, error) {
	v, err := t.values.next()
	if err != nil {
		return "", err
	}
	text, ok := t.text(v)
	if !ok {
		return "", errors.New("a value is none of its type")
	}
	return text, nil
}

// plainDictionary is how older programs call values in a dictionary, and the
// dictionary itself.
const plainDictionary format.Encoding = 2

type unknownEncoding format.Encoding

func (e unknownEncoding) Error() string {
	return fmt.Sprintf("its values are written as %s, which is not read", format.Encoding(e))
}

// decoder returns the reader of a page's values.
func (c *chunkReader) decoder(p *page) (values, error) {
	switch p.encoding {
	case plainDictionary, format.RLEDictionary:
		return c.dictionaryValues(p.data)
	}
	from, err := c.rawDecoder(p)
	return &textValues{from, c.text}, err
}

func (c *chunkReader) rawDecoder(p *page) (rawValues, error) {
	whole := c.kind == format.Int32 || c.kind == format.Int64
	switch {
	case p.encoding == format.Plain && c.kind == format.Boolean:
		bits := &hybrid{}
		bits.openPacked(p.data, 1)
		return &booleans{bits}, nil
	case p.encoding == format.Plain:
		return &plainValues{p.data, c.kind, c.length}, nil
	case p.encoding == format.RLE && c.kind == format.Boolean:
		levels, _, err := cutLevels(p.data)
		runs := &hybrid{}
		runs.open(levels, 1)
		return &booleans{runs}, err
	case p.encoding == format.DeltaBinaryPacked && whole:
		return openDelta(p.data)
	case p.encoding == format.DeltaLengthByteArray && c.kind == format.ByteArray:
		return openDeltaLengths(p.data)
	case p.encoding == format.DeltaByteArray && (c.kind == format.ByteArray || c.kind == format.FixedLenByteArray):
		return openDeltaBytes(p.data)
	case p.encoding == format.ByteStreamSplit && c.width() > 0:
		return &splitValues{data: p.data, kind: c.kind, width: c.width()}, nil
	}
	return nil, unknownEncoding(p.encoding)
}

// width is how many bytes a value takes, 0 where that varies.
func (c *parquetColumn) width() int { return widthOf(c.kind, c.length) }

func widthOf(kind format.Type, length int) int {
	switch kind {
	case format.Int32, format.Float:
		return 4
	case format.Int64, format.Double:
		return 8
	case format.Int96:
		return 12
	case format.FixedLenByteArray:
		return length
	}
	return 0
}

// dictionaryReferences are values by their place in the dictionary.
type dictionaryReferences struct {
	dict  []string
	index hybrid
}

func (c *chunkReader) dictionaryValues(data []byte) (values, error) {
	if c.dict == nil {
		return nil, errNoDictionary
	}
	d := &dictionaryReferences{dict: c.dict}
	if len(data) == 0 { // a page of nulls
		return d, nil
	}
	if data[0] > 32 {
		return nil, errValues
	}
	d.index.open(data[1:], int(data[0]))
	return d, nil
}

func (d *dictionaryReferences) next() (string, error) {
	i, err := d.index.next()
	if err != nil {
		return "", err
	}
	if uint64(i) >= uint64(len(d.dict)) {
		return "", errNoDictionary
	}
	return d.dict[i], nil
}

// plainValues stand one after another.
type plainValues struct {
	rest   []byte
	kind   format.Type
	length int
}

func (p *plainValues) next() (raw, error) {
	n := widthOf(p.kind, p.length)
	switch p.kind {
	case format.Boolean: // whose bits take no bytes, so that a dictionary of them has no end
		return raw{}, errValues
	case format.ByteArray:
		if len(p.rest) < 4 {
			return raw{}, errValues
		}
		size := binary.LittleEndian.Uint32(p.rest)
		p.rest = p.rest[4:]
		if uint64(size) > uint64(len(p.rest)) {
			return raw{}, errValues
		}
		n = int(size)
	}
	if n < 0 || n > len(p.rest) {
		return raw{}, errValues
	}
	b := p.rest[:n]
	p.rest = p.rest[n:]
	return rawOf(p.kind, b), nil
}

// rawOf reads the bytes of a value.
func rawOf(kind format.Type, b []byte) raw {
	switch kind {
	case format.Int32:
		return raw{number: int64(int32(binary.LittleEndian.Uint32(b)))}
	case format.Float:
		return raw{number: int64(binary.LittleEndian.Uint32(b))}
	case format.Int64, format.Double:
		return raw{number: int64(binary.LittleEndian.Uint64(b))}
	}
	return raw{bytes: b}
}

// booleans are bits.
type booleans struct{ bits *hybrid }

func (b *booleans) next() (raw, error) {
	v, err := b.bits.next()
	return raw{number: int64(v)}, err
}

// splitValues stand byte by byte: first the first bytes of all, then the second
// ones, and so on.
type splitValues struct {
	data  []byte
	kind  format.Type
	width int
	at    int
	value []byte
}

func (s *splitValues) next() (raw, error) {
	n := len(s.data) / s.width
	if s.at >= n {
		return raw{}, errValues
	}
	s.value = s.value[:0]
	for i := range s.width {
		s.value = append(s.value, s.data[i*n+s.at])
	}
	s.at++
	return rawOf(s.kind, s.value), nil
}
