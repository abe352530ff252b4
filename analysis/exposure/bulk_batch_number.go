package exposure

import (
	"math"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/list"
)

// understandNumbers says of each row of a column of numbers what its own means.
func (w *batchWorker) understandNumbers(column int, c *batchColumn, n *list.Numbers) {
	c.codes, c.careful = cleared(c.codes, len(n.Raw)), true
	use := w.uses[column]
	switch use {
	case columnSkip:
		return // nothing can be wrong with a number
	case columnKey, columnKeyIfAny, columnAddress:
		for row := range c.codes {
			if use == columnKey || n.Has(row) {
				c.codes[row] = codeCareful // no number is a domain
			}
		}
		return
	case columnValue, columnAmount:
		w.readSums(c, n, w.points[use-columnValue])
		return
	}
	for row, number := range n.Raw {
		if !n.Has(row) {
			c.codes[row] = w.numberCode(column, "")
			continue
		}
		code, known := c.numbers.find(number)
		if !known {
			code = w.numberCode(column, n.Text(row))
			c.numbers.add(number, code)
		}
		c.codes[row] = code
	}
}

// numberCode is the code of the text of a number.
func (w *batchWorker) numberCode(column int, text string) int32 {
	w.text = append(append(w.text[:0], text...), make([]byte, list.Padding)...)
	if w.uses[column] == columnText {
		return int32(w.codes[column].of(w.text, 0, len(text)))
	}
	return w.code(column, w.text, list.Span{To: uint32(len(text))})
}

// readSums reads values or amounts that are stored as numbers, by their texts
// where they are of another form.
func (w *batchWorker) readSums(c *batchColumn, n *list.Numbers, decimalPoint bool) {
	c.sums = cleared(c.sums, len(n.Raw))
	for row, number := range n.Raw {
		sum, ok := int64(tally.Absent), !n.Has(row)
		if !ok && decimalPoint {
			sum, ok = storedSum(number, n.Form, n.Scale)
		}
		if ok {
			c.codes[row], c.sums[row] = filled(sum), sum
		} else {
			c.codes[row], c.sums[row] = sumCode([]byte(n.Text(row)), decimalPoint)
		}
	}
}

// storedSum reads a number as a sum, and returns false where only its text tells
// whether it is one.
func storedSum(number int64, form list.NumberForm, scale int) (int64, bool) {
	const most = 1e14 // of fewer digits than a float64 tells apart
	switch {
	case form == list.NumberWhole && 0 <= scale && scale <= sumDigits && -most < number && number < most:
		for range sumDigits - scale {
			number *= 10
		}
		return number, true
	case form == list.NumberDouble:
		f := math.Float64frombits(uint64(number))
		n := math.RoundToEven(f * sumUnit)
		if math.Abs(n) < most && n/sumUnit == f && !(n == 0 && math.Signbit(f)) {
			return int64(n), true // the shortest decimal that is read as f
		}
	}
	return 0, false
}

// numberCodes remembers the codes of numbers: open addressing.
type numberCodes struct {
	slots []numberSlot
	n     int
}

type numberSlot struct {
	number int64
	code   int32
	used   bool
}

// mostNumbers bounds how many are remembered: columns of many numbers tell few of
// them twice.
const mostNumbers = 1 << 16

// slot is where a number stands or would stand.
func (c *numberCodes) slot(number int64) *numberSlot {
	size := uint64(len(c.slots) - 1)
	for at := mix(uint64(number), 0) & size; ; at = (at + 1) & size {
		if s := &c.slots[at]; !s.used || s.number == number {
			return s
		}
	}
}

func (c *numberCodes) find(number int64) (code int32, known bool) {
	if c.n == 0 {
		return 0, false
	}
	s := c.slot(number)
	return s.code, s.used
}

func (c *numberCodes) add(number int64, code int32) {
	switch {
	case c.slots == nil:
		c.slots = make([]numberSlot, 2*mostNumbers)
	case c.n == mostNumbers:
		clear(c.slots)
		c.n = 0
	}
	*c.slot(number) = numberSlot{number, code, true}
	c.n++
}
