package list

import (
	"encoding/binary"
	"errors"
)

var errDelta = errors.New("a page of differences cannot be read")

// deltas reads whole numbers that are written as differences, packed in blocks
// of several parts.
type deltas struct {
	rest   []byte
	parts  int    // of a block
	inPart uint64 // numbers
	left   uint64 // numbers to come
	last   int64
	begun  bool // the first number, which stands by itself, is read
	least  int64
	widths []byte // of the parts to come, in bits
	width  int    // of this part
	part   []byte
	bit    uint64
	run    uint64 // numbers of this part to come
}

// openDelta reads the head of a section.
func openDelta(data []byte) (*deltas, error) {
	d := &deltas{rest: data}
	block, ok1 := d.uvarint()
	parts, ok2 := d.uvarint()
	total, ok3 := d.uvarint()
	first, n := binary.Varint(d.rest)
	if !ok1 || !ok2 || !ok3 || n <= 0 || block == 0 || block > 1<<20 || parts == 0 || parts > 1<<10 || block%parts != 0 || block/parts%8 != 0 {
		return nil, errDelta
	}
	d.rest = d.rest[n:]
	d.parts, d.inPart, d.left, d.last = int(parts), block/parts, total, first
	return d, nil
}

func (d *deltas) uvarint() (uint64, bool) {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		return 0, false
	}
	d.rest = d.rest[n:]
	return v, true
}

func (d *deltas) next() (raw, error) {
	n, err := d.number()
	return raw{number: n}, err
}

func (d *deltas) number() (int64, error) {
	if d.left == 0 {
		return 0, errValues
	}
	if d.left--; !d.begun {
		d.begun = true
		return d.last, nil
	}
	for d.run == 0 {
		if err := d.nextPart(); err != nil {
			return 0, err
		}
	}
	d.run--
	d.last += d.least + int64(bitsAt(d.part, d.bit, d.width))
	d.bit += uint64(d.width)
	return d.last, nil
}

// nextPart opens the next part of a block, or the next block.
func (d *deltas) nextPart() error {
	if len(d.widths) == 0 {
		least, n := binary.Varint(d.rest)
		if n <= 0 || len(d.rest)-n < d.parts {
			return errDelta
		}
		d.least, d.widths = least, d.rest[n:n+d.parts]
		d.rest = d.rest[n+d.parts:]
	}
	d.width, d.widths = int(d.widths[0]), d.widths[1:]
	if d.width > 64 {
		return errDelta
	}
	size := min(d.inPart*uint64(d.width)/8, uint64(len(d.rest))) // some writers leave the last bytes out
	d.part, d.bit, d.run = d.rest[:size:size], 0, d.inPart
	d.rest = d.rest[size:]
	return nil
}

// end returns what stands after the section.
func (d *deltas) end() ([]byte, error) {
	walk := *d
	for walk.left > 0 {
		if _, err := walk.number(); err != nil {
			return nil, err
		}
	}
	return walk.rest, nil
}

// deltaLengths are byte arrays: first the lengths of all, then their bytes.
type deltaLengths struct {
	lengths *deltas
	rest    []byte
}

func openDeltaLengths(data []byte) (*deltaLengths, error) {
	lengths, err := openDelta(data)
	if err != nil {
		return nil, err
	}
	rest, err := lengths.end()
	return &deltaLengths{lengths, rest}, err
}

func (d *deltaLengths) next() (raw, error) {
	n, err := d.lengths.number()
	if err != nil {
		return raw{}, err
	}
	if n < 0 || n > int64(len(d.rest)) {
		return raw{}, errValues
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return raw{bytes: b}, nil
}

// deltaBytes are byte arrays of which each begins like the one before: first how
// much of that is the same, then the rest.
type deltaBytes struct {
	same  *deltas
	rest  *deltaLengths
	value []byte
}

func openDeltaBytes(data []byte) (*deltaBytes, error) {
	same, err := openDelta(data)
	if err != nil {
		return nil, err
	}
	after, err := same.end()
	if err != nil {
		return nil, err
	}
	rest, err := openDeltaLengths(after)
	return &deltaBytes{same: same, rest: rest}, err
}

func (d *deltaBytes) next() (raw, error) {
	n, err := d.same.number()
	if err != nil {
		return raw{}, err
	}
	rest, err := d.rest.next()
	if err != nil {
		return raw{}, err
	}
	if n < 0 || n > int64(len(d.value)) {
		return raw{}, errValues
	}
	d.value = append(d.value[:n], rest.bytes...)
	return raw{bytes: d.value}, nil
}
