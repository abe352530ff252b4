package list

import (
	"encoding/binary"

	"github.com/parquet-go/parquet-go/format"
)

// Numbers are the cells of a column that is stored as numbers, by row.
type Numbers struct {
	Raw  []int64
	None []bool // the rows that have no number; nil where all have one
	Form NumberForm
	// Scale is how many digits of a whole number stand behind the point.
	Scale int
	text  func(raw) (string, bool)
}

// NumberForm is what stored numbers are.
type NumberForm uint8

// The forms of numbers.
const (
	NumberOther  NumberForm = iota // known by their texts alone: dates, for example
	NumberWhole                    // whole numbers
	NumberDouble                   // bits of float64
)

// Has reports whether a row has a number.
func (n *Numbers) Has(row int) bool { return n.None == nil || !n.None[row] }

// Text is the cell of a row.
func (n *Numbers) Text(row int) string {
	if !n.Has(row) {
		return ""
	}
	text, _ := n.text(raw{number: n.Raw[row]}) // which all numbers have
	return text
}

// numberForm is what the numbers of a column are.
func numberForm(e *format.SchemaElement) (form NumberForm, scale int) {
	if e.Type.V == format.Double {
		return NumberDouble, 0
	}
	if e.Type.V != format.Int32 && e.Type.V != format.Int64 {
		return NumberOther, 0
	}
	if scale, is := decimalScale(e); is {
		return NumberWhole, int(scale)
	}
	_, isTimestamp := timestampUnit(e)
	_, isTime := timeUnit(e)
	if isTimestamp || isTime || isDateColumn(e) || isUnsigned(e) {
		return NumberOther, 0
	}
	return NumberWhole, 0
}

// isNumber reports whether values of the column are numbers of a fixed width.
func (c *parquetColumn) isNumber() bool {
	switch c.kind {
	case format.Int32, format.Int64, format.Float, format.Double:
		return true
	}
	return false
}

// readNumbers reads numbers that stand one after another.
func (c *quickColumn) readNumbers(into *BatchColumn, levels []uint32, rows, there int) error {
	width := c.width()
	if there*width > len(c.bytes)-c.at {
		return errValues
	}
	n := &c.numbers
	n.Raw, n.None = room(n.Raw, rows), nil
	values := c.bytes[c.at:]
	switch c.kind {
	case format.Int32:
		for i := range n.Raw[:there] {
			n.Raw[i] = int64(int32(binary.LittleEndian.Uint32(values[4*i:])))
		}
	case format.Float:
		for i := range n.Raw[:there] {
			n.Raw[i] = int64(binary.LittleEndian.Uint32(values[4*i:]))
		}
	default:
		for i := range n.Raw[:there] {
			n.Raw[i] = int64(binary.LittleEndian.Uint64(values[8*i:]))
		}
	}
	c.at += there * width
	if levels != nil {
		spread(n.Raw, levels, there, c.maxDef, 0)
		c.none = room(c.none, rows)
		for i, level := range levels {
			c.none[i] = int(level) != c.maxDef
		}
		n.None = c.none
	}
	into.Texts, into.Index, into.Numbers = nil, nil, n
	return nil
}

// room returns room for so many.
func room[T any](all []T, n int) []T {
	if cap(all) < n {
		return make([]T, n)
	}
	return all[:n]
}
