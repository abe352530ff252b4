package list

import (
	"encoding/binary"
	"errors"
)

var errThrift = errors.New("its description cannot be read")

// maxThriftDepth is how deep structures may be nested.
const maxThriftDepth = 32

// checkThrift walks over a structure in Thrift's compact protocol, and refuses
// one whose lists are said to be longer than what is there: a decoder makes room
// for them before it looks.
func checkThrift(b []byte) error {
	w := &thriftWalk{rest: b}
	w.structure(0)
	if w.bad {
		return errThrift
	}
	return nil
}

// thriftWalk is what is left of a structure.
type thriftWalk struct {
	rest []byte
	bad  bool
}

// The types of the compact protocol that are not plain numbers.
const (
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

func (w *thriftWalk) fail() { w.rest, w.bad = nil, true }

func (w *thriftWalk) skip(n uint64) {
	if n > uint64(len(w.rest)) {
		w.fail()
		return
	}
	w.rest = w.rest[n:]
}

func (w *thriftWalk) byte() byte {
	if len(w.rest) == 0 {
		w.fail()
		return 0
	}
	b := w.rest[0]
	w.rest = w.rest[1:]
	return b
}

func (w *thriftWalk) uvarint() uint64 {
	v, n := binary.Uvarint(w.rest)
	if n <= 0 {
		w.fail()
		return 0
	}
	w.rest = w.rest[n:]
	return v
}

// structure walks over fields up to the end of a structure.
func (w *thriftWalk) structure(depth int) {
	if depth > maxThriftDepth {
		w.fail()
	}
	for !w.bad {
		b := w.byte()
		if b == 0 {
			return
		}
		if b>>4 == 0 {
			w.uvarint() // the field's number
		}
		if t := b & 0xf; t != thriftTrue && t != thriftFalse { // which are values already
			w.value(t, depth)
		}
	}
}

// value walks over a value.
func (w *thriftWalk) value(t byte, depth int) {
	switch t {
	case thriftTrue, thriftFalse, thriftByte:
		w.byte()
	case thriftDouble:
		w.skip(8)
	case thriftBinary:
		w.skip(w.uvarint())
	case thriftList, thriftSet:
		w.list(depth)
	case thriftMap:
		w.pairs(depth)
	case thriftStruct:
		w.structure(depth + 1)
	default:
		w.uvarint()
	}
}

func (w *thriftWalk) list(depth int) {
	b := w.byte()
	size := uint64(b >> 4)
	if size == 0xf {
		size = w.uvarint()
	}
	if size > uint64(len(w.rest)) {
		w.fail()
	}
	for i := uint64(0); i < size && !w.bad; i++ {
		w.value(b&0xf, depth+1)
	}
}

func (w *thriftWalk) pairs(depth int) {
	size := w.uvarint()
	if size == 0 {
		return
	}
	if size > uint64(len(w.rest)) {
		w.fail()
	}
	types := w.byte()
	for i := uint64(0); i < size && !w.bad; i++ {
		w.value(types>>4, depth+1)
		w.value(types&0xf, depth+1)
	}
}
