package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// batchColumn is what was made of the texts of a column: of those of a dictionary
// once, else of one for each row.
type batchColumn struct {
	texts     *list.Texts
	index     []uint32 // nil where each row has a text of its own
	codes     []int32  // by text, or codeCareful
	careful   bool     // some text needs care
	hashes    []identity.Hash
	addresses []identity.Address
	sums      []int64
	slow      map[int]string // accounts, or addresses, that are not their texts
	numbers   numberCodes
}

// codeCareful is the code of texts that need care.
const codeCareful = -1

// take takes the column of a batch, and reports whether its texts are new.
func (c *batchColumn) take(from *list.BatchColumn) bool {
	fresh := from.Index == nil || c.index == nil || from.Texts != c.texts
	c.texts, c.index = from.Texts, from.Index
	return fresh
}

// entry is the number of the text of a row.
func (c *batchColumn) entry(row int) int {
	if c.index == nil {
		return row
	}
	return int(c.index[row])
}

// sum is the sum of a row; a column that is not there has none.
func (c *batchColumn) sum(row int) int64 {
	if c == nil {
		return tally.Absent
	}
	return c.sums[c.entry(row)]
}

// key is the text of the key of an account.
func (c *batchColumn) key(entry int) []byte {
	if slow, ok := c.slow[entry]; ok {
		return []byte(slow)
	}
	return c.texts.At(entry)
}

// understand says of each text of a column what it means for the rows that have
// it.
func (w *batchWorker) understand(column int, c *batchColumn) {
	n := len(c.texts.Spans)
	c.codes, c.careful = cleared(c.codes, n), false
	switch use := w.uses[column]; use {
	case columnKey:
		w.readKeys(c)
	case columnKeyIfAny:
		w.readKeys(c)
		w.allowEmpty(c)
	case columnAddress:
		w.readAddresses(c)
	case columnText:
		for i, at := range c.texts.Spans {
			c.codes[i] = int32(w.codes[column].of(c.texts.Bytes, int(at.From), int(at.To)))
		}
	case columnValue, columnAmount:
		c.sums = cleared(c.sums, n)
		for i := range c.texts.Spans {
			c.codes[i], c.sums[i] = sumCode(c.texts.At(i), w.points[use-columnValue])
		}
	default:
		for i, at := range c.texts.Spans {
			c.codes[i] = w.code(column, c.texts.Bytes, at)
			c.careful = c.careful || c.codes[i] < 0
		}
	}
}

// code is the code of a text of a column of the other uses.
func (w *batchWorker) code(column int, all []byte, at list.Span) int32 {
	text, use := all[at.From:at.To], w.uses[column]
	if use == columnClass {
		return int32(w.class[column].class(w.codes[column].of(all, int(at.From), int(at.To)), text))
	}
	if !list.Sound(text) {
		return codeCareful
	}
	switch use {
	case columnFull:
		if list.Trim(string(text)) != "" {
			return 1
		}
	case columnEmpty:
		if len(text) > 0 {
			return codeCareful
		}
	}
	return 0
}

// sumCode reads a value or an amount.
func sumCode(text []byte, decimalPoint bool) (code int32, sum int64) {
	sum, ok := plainSum(text, decimalPoint)
	if !ok {
		return codeCareful, sum
	}
	return filled(sum), sum
}

// filled is the code of rows that have a sum: what its currency means shows in
// these alone.
func filled(sum int64) int32 {
	if sum == tally.Absent {
		return 0
	}
	return 1
}

// readKeys hashes accounts.
func (w *batchWorker) readKeys(c *batchColumn) {
	c.hashes = cleared(c.hashes, len(c.codes))
	clear(c.slow)
	text, first := w.mapKeys(c.texts)
	for i, at := range c.texts.Spans {
		var h identity.Hash
		ok := at.From < at.To
		if ok {
			h, ok = w.plain.Scan(w.bytes, text, int(at.From-first), int(at.To-first))
		}
		if !ok {
			if h, ok = w.slowKeyOf(c, i); !ok {
				c.codes[i], c.careful = codeCareful, true
			}
		}
		c.hashes[i] = h
	}
}

// allowEmpty lets cells be empty that hold the account else.
func (w *batchWorker) allowEmpty(c *batchColumn) {
	for i, at := range c.texts.Spans {
		if at.From == at.To {
			c.codes[i] = 0
		} else if c.codes[i] >= 0 {
			c.codes[i] = 1
		}
	}
}

// readAddresses reads the addresses of persons.
func (w *batchWorker) readAddresses(c *batchColumn) {
	c.addresses = cleared(c.addresses, len(c.codes))
	clear(c.slow)
	text, first := w.mapKeys(c.texts)
	for i, at := range c.texts.Spans {
		if at.From == at.To {
			continue
		}
		a, ok := w.address.Scan(w.bytes, text, int(at.From-first), int(at.To-first))
		if !ok {
			a, ok = w.slowAddressOf(c, i)
		}
		c.addresses[i] = a
		if c.codes[i] = int32(addressCode(&a)); !ok {
			c.codes[i] = codeCareful
		}
	}
}

// slowAddressOf reads an address that is not plain. It is false where there is none,
// or where it is not all ASCII.
func (w *batchWorker) slowAddressOf(c *batchColumn, i int) (identity.Address, bool) {
	if !isASCII(c.texts.At(i)) {
		return identity.Address{}, false
	}
	a, text, ok := w.bulk.addressOf(c.texts.At(i))
	if ok {
		c.setSlow(i, text)
	}
	return a, ok
}

func (c *batchColumn) setSlow(i int, text string) {
	if c.slow == nil {
		c.slow = map[int]string{}
	}
	c.slow[i] = text
}

// isASCII reports whether a text is ASCII without control characters.
func isASCII(text []byte) bool {
	for _, b := range text {
		if b < ' ' || b >= 0x80 {
			return false
		}
	}
	return true
}

// mapKeys makes a map of the part of the memory in which texts stand, and returns
// that part and where it begins.
func (w *batchWorker) mapKeys(t *list.Texts) (text []byte, first uint32) {
	first, last := uint32(len(t.Bytes)), uint32(0)
	for _, at := range t.Spans {
		if at.From < at.To {
			first, last = min(first, at.From), max(last, at.To)
		}
	}
	if first < last {
		text = t.Bytes[first : last+list.Padding]
		w.bytes = w.bytes.Read(text, w.layout.Delimiter)
	}
	return text, first
}

// slowKeyOf reads an account that is no plain domain. It is false where it tells
// no account by itself, or is not all ASCII.
func (w *batchWorker) slowKeyOf(c *batchColumn, i int) (h identity.Hash, ok bool) {
	text := c.texts.At(i)
	if !isASCII(text) {
		return h, false
	}
	key, isSite := identity.SiteKey(string(text))
	if !isSite || key.Kind != identity.ByDomain {
		return h, false
	}
	c.setSlow(i, key.Text)
	return w.bulk.seed.Of(key), true
}
