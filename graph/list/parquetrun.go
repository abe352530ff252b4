package list

import "encoding/binary"

// hybrid reads small whole numbers that are written in runs: of one number, or
// packed bit by bit.
type hybrid struct {
	rest   []byte
	width  int // bits of a number
	run    uint64
	packed []byte // of a packed run; nil of a run of one number
	bit    uint64 // where in packed
	value  uint32 // of a run of one number
}

func (h *hybrid) open(data []byte, width int) { *h = hybrid{rest: data, width: width} }

// openPacked reads numbers that are packed bit by bit without runs.
func (h *hybrid) openPacked(data []byte, width int) {
	*h = hybrid{width: width, packed: data, run: uint64(len(data)) * 8 / uint64(width)}
}

func (h *hybrid) next() (uint32, error) {
	for h.run == 0 {
		if err := h.nextRun(); err != nil {
			return 0, err
		}
	}
	h.run--
	if h.packed == nil {
		return h.value, nil
	}
	v := bitsAt(h.packed, h.bit, h.width)
	h.bit += uint64(h.width)
	return uint32(v), nil
}

// fill reads as many numbers as there is room for.
func (h *hybrid) fill(dst []uint32) error {
	for len(dst) > 0 {
		for h.run == 0 {
			if err := h.nextRun(); err != nil {
				return err
			}
		}
		n := int(min(h.run, uint64(len(dst))))
		if h.packed == nil {
			for i := range dst[:n] {
				dst[i] = h.value
			}
		} else {
			h.unpack(dst[:n])
		}
		h.run -= uint64(n)
		dst = dst[n:]
	}
	return nil
}

// unpack reads numbers of a packed run, each with one load of eight bytes while
// there are so many. A number has 32 bits at most.
func (h *hybrid) unpack(dst []uint32) {
	bit, width, mask, i := h.bit, uint64(h.width), uint64(1)<<h.width-1, 0
	for last := len(h.packed) - 8; i < len(dst) && int(bit/8) <= last; i++ {
		dst[i] = uint32(binary.LittleEndian.Uint64(h.packed[bit/8:]) >> (bit % 8) & mask)
		bit += width
	}
	for ; i < len(dst); i++ {
		dst[i] = uint32(bitsAt(h.packed, bit, h.width))
		bit += width
	}
	h.bit = bit
}

func (h *hybrid) nextRun() error {
	head, n := binary.Uvarint(h.rest)
	if n <= 0 {
		return errValues
	}
	h.rest = h.rest[n:]
	size := uint64(h.width+7) / 8
	if head&1 == 0 {
		if size > uint64(len(h.rest)) {
			return errValues
		}
		h.run, h.packed, h.value = head>>1, nil, uint32(bitsAt(h.rest, 0, h.width))
		h.rest = h.rest[size:]
		return nil
	}
	groups := head >> 1
	if h.width > 0 && groups > uint64(len(h.rest)) {
		return errValues
	}
	if h.width == 0 {
		h.run, h.packed, h.value = groups*8, nil, 0
		return nil
	}
	size = min(groups*uint64(h.width), uint64(len(h.rest))) // some writers leave the last bytes out
	h.packed, h.bit, h.run = h.rest[:size:size], 0, min(groups*8, size*8/uint64(h.width))
	h.rest = h.rest[size:]
	return nil
}

// bitsAt returns up to 64 bits, the first the lowest. Beyond the end there are
// zeros.
func bitsAt(b []byte, bit uint64, width int) uint64 {
	if width == 0 {
		return 0
	}
	var word [16]byte
	if from := bit / 8; from < uint64(len(b)) {
		if rest := b[from:]; len(rest) >= 16 {
			word = [16]byte(rest)
		} else {
			copy(word[:], rest)
		}
	}
	shift := bit % 8
	low := binary.LittleEndian.Uint64(word[:8]) >> shift
	if shift > 0 {
		low |= uint64(word[8]) << (64 - shift)
	}
	return low & (^uint64(0) >> (64 - width))
}
