package exposure

import "github.com/channelmap/channelmap/graph/list"

// classes tells the texts of a column apart by what follows from them alone: of
// a date on which side of the day of judgement it lies, of a number which
// conditions of segments it fits. There are many dates and few of these.
type classes struct {
	reader *rowReader
	key    list.Key
	row    list.Row // with nothing but the cell
	of     []int    // by code of the text: its class, codeCareful or notClassed
}

func newClasses(r *rowReader, l *list.Layout, key list.Key) *classes {
	return &classes{reader: r, key: key, row: l.Row()}
}

// notClassed stands for texts that were not met before.
const notClassed = -2

// class returns the class of a text, which has a code, or codeCareful where each
// cell with the text is to be noted.
func (c *classes) class(code int, text []byte) int {
	for code >= len(c.of) {
		c.of = append(c.of, notClassed)
	}
	if c.of[code] == notClassed {
		c.of[code] = c.tell(text)
	}
	return c.of[code]
}

func (c *classes) tell(text []byte) int {
	if !list.Sound(text) {
		return codeCareful
	}
	c.row.Cells[c.key] = list.Trim(string(text))
	if c.key == list.Date {
		return c.date()
	}
	return c.fits()
}

// The classes of dates.
const (
	noDate = iota
	badDate
	dateOutside // of From and To
	dateBefore  // or on the day of judgement
	dateAfter
)

func (c *classes) date() int {
	if c.row.Cells[list.Date] == "" {
		return noDate
	}
	date, err := c.row.Date(list.Date)
	switch {
	case err != nil:
		return badDate
	case c.reader.outside(&c.row, date):
		return dateOutside
	case date.Compare(c.reader.p.opts.AsOf) > 0:
		return dateAfter
	}
	return dateBefore
}

// fits is a bit for each condition of a segment on the column, and one for
// whether the cell is filled.
func (c *classes) fits() int {
	class, bit := 0, 1
	if c.row.Cells[c.key] != "" {
		class = bit
	}
	for _, rule := range c.reader.segments.rules {
		for i := range rule {
			if rule[i].key != c.key {
				continue
			}
			if bit <<= 1; c.reader.segments.fits(&c.row, &rule[i]) {
				class |= bit
			}
		}
	}
	return class
}

// mostConditions is how many conditions on one column have a bit of their own.
const mostConditions = 30

// classed reports whether the cells of a key are told by classes: dates, and
// numbers of employees where there are not too many conditions on them.
func (r *rowReader) classed(key list.Key) bool {
	switch key {
	case list.Date:
		return true
	case list.Employees:
		n := 0
		for _, rule := range r.segments.rules {
			for _, c := range rule {
				if c.key == key {
					n++
				}
			}
		}
		return n > 0 && n <= mostConditions
	}
	return false
}
