package exposure

import (
	"encoding/binary"
	"math/big"

	"github.com/shopspring/decimal"
)

// coder writes values for an entry of the cache, or reads them: what is said once of
// a type holds for both ways, so that they cannot drift apart. What it reads it does
// not trust: lengths are no more than what is left of the entry has room for, numbers
// that count something are within it, and the first doubt ends the reading.
type coder struct {
	reading bool
	failed  bool

	out    []byte
	most   int            // bytes of out
	number map[string]int // of the texts written so far

	in    string
	at    int
	texts []string

	room []int             // for the numbers of sets, which share their memory
	none []decimal.Decimal // amounts of sets without any, likewise
}

func (c *coder) fail() { c.failed = true }

// left is how many bytes there are to read.
func (c *coder) left() int { return len(c.in) - c.at }

// uint is a number that is not negative.
func (c *coder) uint(v *uint64) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, *v)
		if len(c.out) > c.most {
			c.failed, c.out = true, c.out[:0]
		}
		return
	}
	*v = 0
	for shift := 0; shift < 64 && c.at < len(c.in) && !c.failed; shift += 7 {
		b := c.in[c.at]
		c.at++
		*v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return
		}
	}
	*v = 0
	c.fail()
}

// int64 is any number.
func (c *coder) int64(v *int64) {
	u := uint64(*v)<<1 ^ uint64(*v>>63)
	c.uint(&u)
	*v = int64(u>>1) ^ -int64(u&1)
}

func (c *coder) int(v *int) {
	n := int64(*v)
	c.int64(&n)
	*v = int(n)
}

// index is a number from `from` on, below `below`.
func (c *coder) index(v *int, from, below int) {
	u := uint64(int64(*v) - int64(from))
	c.uint(&u)
	if u >= uint64(max(0, below-from)) {
		c.fail()
		u = 0
	}
	*v = from + int(u)
}

// length is how many elements of so many bytes at least there are; -1 stands for a
// nil slice.
func (c *coder) length(n int, least int) int {
	u := uint64(n + 1)
	c.uint(&u)
	if c.reading && u > uint64(c.left()/least)+1 {
		c.fail()
		u = 0
	}
	return int(u) - 1
}

func (c *coder) bool(v *bool) {
	var u uint64
	if *v {
		u = 1
	}
	c.uint(&u)
	*v = u == 1
	if u > 1 {
		c.fail()
	}
}

// word is a text. One that came before is told by its number.
func word[T ~string](c *coder, v *T) {
	if c.reading {
		*v = T(c.readText())
	} else {
		c.writeText(string(*v))
	}
}

func (c *coder) writeText(text string) {
	n, known := c.number[text]
	u := uint64(n)
	if !known {
		c.number[text] = len(c.number) + 1
		u = 0
	}
	c.uint(&u)
	if !known {
		u = uint64(len(text))
		c.uint(&u)
		c.out = append(c.out, text...)
	}
}

func (c *coder) readText() string {
	var u uint64
	c.uint(&u)
	if u > 0 {
		if u > uint64(len(c.texts)) {
			c.fail()
			return ""
		}
		return c.texts[u-1]
	}
	c.uint(&u)
	if u > uint64(c.left()) || c.failed {
		c.fail()
		return ""
	}
	text := c.in[c.at : c.at+int(u)]
	c.at += int(u)
	c.texts = append(c.texts, text)
	return text
}

// each codes a slice whose elements take so many bytes at least.
func each[T any](c *coder, s *[]T, least int, one func(*T)) {
	n := -1
	if *s != nil {
		n = len(*s)
	}
	n = c.length(n, least)
	if c.reading {
		*s = nil
		if n >= 0 && !c.failed {
			*s = make([]T, n)
		}
	}
	for i := range *s {
		if c.failed {
			return
		}
		one(&(*s)[i])
	}
}

// numbers codes indexes below a bound. Those that are read share their memory.
func (c *coder) numbers(s *[]int, below int) {
	n := -1
	if *s != nil {
		n = len(*s)
	}
	n = c.length(n, 1)
	if c.reading {
		*s = nil
		if n >= 0 && !c.failed {
			if len(c.room) < n || c.room == nil {
				c.room = make([]int, max(n, min(c.left(), 1<<14)))
			}
			*s, c.room = c.room[:n:n], c.room[n:]
		}
	}
	for i := range *s {
		c.index(&(*s)[i], 0, below)
	}
}

// mostDigits bounds the digits of a sum before and after the point. Nobody has more,
// and calculating with them would take for ever.
const mostDigits = 400

func (c *coder) decimal(v *decimal.Decimal) {
	if c.reading {
		c.readDecimal(v)
		return
	}
	if *v == (decimal.Decimal{}) {
		c.writeNumbers(0)
		return
	}
	whole, exponent := v.Coefficient(), int64(v.Exponent())
	if exponent > mostDigits || exponent < -mostDigits || whole.BitLen() > 4*mostDigits {
		c.fail()
	}
	if whole.IsInt64() {
		c.writeNumbers(1, exponent, whole.Int64())
		return
	}
	c.writeNumbers(2, exponent, int64(whole.Sign()))
	c.writeText(string(whole.Bytes()))
}

func (c *coder) writeNumbers(all ...int64) {
	for _, n := range all {
		c.int64(&n)
	}
}

func (c *coder) readDecimal(v *decimal.Decimal) {
	var form, exponent, n int64
	*v = decimal.Decimal{}
	c.int64(&form)
	if form == 0 || c.failed {
		return
	}
	c.int64(&exponent)
	c.int64(&n)
	whole := big.NewInt(n)
	if form == 2 {
		text := c.readText()
		if len(text) > mostDigits/2 {
			c.fail()
			return
		}
		whole.SetBytes([]byte(text))
		if n < 0 {
			whole.Neg(whole)
		}
	}
	if form < 0 || form > 2 || exponent > mostDigits || exponent < -mostDigits {
		c.fail()
		return
	}
	*v = decimal.NewFromBigInt(whole, int32(exponent))
}
