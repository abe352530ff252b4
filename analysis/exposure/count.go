package exposure

import (
	"encoding/binary"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// counter counts the entries of one audience into a table. It keeps every
// member, and so is the plain form that quicker engines must agree with.
type counter struct {
	audience graph.Audience
	registry *registry
	slots    []int32 // by number of a member in the registry: 1 + its place in members, or 0
	members  []member
	notes    *notes
	stored   map[int]map[string]*Set // by segment, sets counted elsewhere, to be added to
	ready    *Table                  // the whole table, where it was counted elsewhere
	shown    *Table                  // whose touches and marks sets number before they are put in order; it has no cells
}

// member is who an entry is about, with all that is known of it.
type member struct {
	account identity.Key
	others  []identity.Key // of a group of companies
	segment int
	country string
	value   decimal.NullDecimal
	touches []touchSum
}

// touchSum is a touch at one member with the sum of its rows' amounts.
type touchSum struct {
	touch  int
	firm   bool // by more than a bare name
	amount decimal.Decimal
	list   int // the last list that had it without an amount
}

func newCounter(audience graph.Audience, r *registry) *counter {
	return &counter{
		audience: audience, registry: r, notes: &notes{},
		slots: make([]int32, len(r.members)), members: make([]member, 0, len(r.members)/2),
	}
}

// add counts an entry for the member of the given number.
func (c *counter) add(number int, e *entry) {
	if c.slots[number] == 0 {
		c.members = append(c.members, member{account: e.account, segment: -1})
		c.slots[number] = int32(len(c.members))
	}
	m := &c.members[c.slots[number]-1]
	if e.account != m.account && !slices.Contains(m.others, e.account) {
		m.others = append(m.others, e.account)
	}
	c.addFacts(m, e)
	c.addTouch(m, e)
}

// member is that of a number, nil where the table has none.
func (c *counter) member(number int) *member {
	if c.slots[number] == 0 {
		return nil
	}
	return &c.members[c.slots[number]-1]
}

// addFacts takes what the entry says of the member itself; what an earlier list
// said goes before, and differences are reported.
func (c *counter) addFacts(m *member, e *entry) {
	if c.audience == graph.Accounts && e.audience != graph.Buyers {
		return // a user's country and value are not the account's
	}
	if m.country == "" {
		m.country = e.country
	}
	if m.segment < 0 {
		m.segment = e.segment
	} else if e.segment >= 0 && e.segment != m.segment && c.audience == e.audience {
		c.notes.add("two-segments", e.place, false, twoSegments)
	}
	if !m.value.Valid {
		m.value = e.value
	} else if e.value.Valid && !e.value.Decimal.Equal(m.value.Decimal) && c.audience != graph.Accounts {
		c.notes.add("value-differs", e.place, false, valueDiffers)
	}
}

func (c *counter) addTouch(m *member, e *entry) {
	for i := range m.touches {
		s := &m.touches[i]
		if s.touch != e.touch {
			continue
		}
		if s.list == e.list && !e.amount.Valid && c.audience == e.audience {
			c.notes.add("repeated-row", e.place, false, repeatedRow)
		}
		s.firm = s.firm || !e.byName
		s.amount = sum(s.amount, e.amount.Decimal)
		if !e.amount.Valid {
			s.list = e.list
		}
		return
	}
	s := touchSum{touch: e.touch, firm: !e.byName, amount: e.amount.Decimal, list: e.list}
	if e.amount.Valid {
		s.list = noList // rows with amounts of their own are no repetitions
	}
	m.touches = append(m.touches, s)
}

const noList = -1

// What is noted of rows.
const (
	twoSegments  = "a member is in two segments; the first row's counts, our own lists before others"
	valueDiffers = "rows give one account different values; the first row's counts, our own lists before others"
	repeatedRow  = "a row repeats an earlier one of its list; it counts once"
)

// sum adds two amounts. Most are none, and cost nothing then.
func sum(a, b decimal.Decimal) decimal.Decimal {
	switch {
	case b.IsZero():
		return a
	case a.IsZero():
		return b
	}
	return a.Add(b)
}

// table sums the members up. marks gives the marks of a member, ascending, as
// indexes in the book.
func (c *counter) table(marks func(*member) []int, book []Mark) *Table {
	if c.ready != nil {
		return c.ready
	}
	cells := c.stored
	if cells == nil {
		cells = map[int]map[string]*Set{}
	}
	var text []byte
	var one Set
	for i := range c.members {
		m := &c.members[i]
		c.fill(&one, m, marks(m))
		cell := cells[m.segment]
		if cell == nil {
			cell = map[string]*Set{}
			cells[m.segment] = cell
		}
		text = one.text(text[:0])
		if known, ok := cell[string(text)]; ok {
			known.merge(&one)
			continue
		}
		cell[string(text)] = one.clone()
	}
	return c.order(cells, book)
}

// text writes the touches and marks of a set so that two are equal when their
// texts are.
func (s *Set) text(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.Touches)))
	for _, t := range s.Touches {
		b = binary.AppendUvarint(b, uint64(t))
	}
	for _, m := range s.Marks {
		b = binary.AppendUvarint(b, uint64(m))
	}
	return b
}

// setOf is the set of one member.
func (c *counter) setOf(m *member, marks []int) *Set {
	set := &Set{}
	c.fill(set, m, marks)
	return set
}

// fill makes a set that of one member, reusing its memory. The member's touches
// are put in order, which nothing else depends on.
func (c *counter) fill(set *Set, m *member, marks []int) {
	set.Touches, set.Amounts, set.Marks = set.Touches[:0], set.Amounts[:0], marks
	set.Members, set.Value, set.Valued = 1, decimal.Decimal{}, 0
	if m.value.Valid {
		set.Value, set.Valued = m.value.Decimal, 1
	}
	told := func(s *touchSum) int { return c.registry.told(s.touch, s.firm) }
	slices.SortFunc(m.touches, func(a, b touchSum) int { return told(&a) - told(&b) })
	for i := range m.touches {
		set.Touches = append(set.Touches, told(&m.touches[i]))
		set.Amounts = append(set.Amounts, m.touches[i].amount)
	}
}

func (s *Set) clone() *Set {
	t := *s
	t.Touches, t.Amounts, t.Marks = slices.Clone(s.Touches), slices.Clone(s.Amounts), slices.Clone(s.Marks)
	return &t
}

// merge adds members of the same set.
func (s *Set) merge(t *Set) {
	s.Members += t.Members
	s.Value = sum(s.Value, t.Value)
	s.Valued += t.Valued
	for i := range s.Amounts {
		s.Amounts[i] = sum(s.Amounts[i], t.Amounts[i])
	}
}
