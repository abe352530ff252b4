package exposure

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// counter counts the entries of one audience into a table. It keeps every
// member, and so is the plain form that quicker engines must agree with.
type counter struct {
	audience graph.Audience
	index    map[identity.Key]int
	members  []member
	touches  []Touch
	number   map[touchKey]int // index in touches
	notes    *notes
}

// member is who an entry is about, with all that is known of it.
type member struct {
	key     identity.Key
	account identity.Key
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
	list   int // the last list that had it
}

func newCounter(audience graph.Audience, notes *notes) *counter {
	return &counter{audience: audience, index: map[identity.Key]int{}, number: map[touchKey]int{}, notes: notes}
}

// add counts an entry for the member of the given key, and returns the member's
// number.
func (c *counter) add(key identity.Key, e *entry) int {
	i, ok := c.index[key]
	if !ok {
		i = len(c.members)
		c.index[key] = i
		c.members = append(c.members, member{key: key, account: e.account, segment: -1})
	}
	m := &c.members[i]
	c.addFacts(m, e)
	c.addTouch(m, e)
	return i
}

// addFacts takes what the entry says of the member itself; what an earlier list
// said goes before, and differences are reported.
func (c *counter) addFacts(m *member, e *entry) {
	if m.segment < 0 && c.tellsSegment(e) {
		m.segment = e.segment
	} else if e.segment >= 0 && e.segment != m.segment && c.audience == e.audience {
		c.notes.add("two-segments", e.place, false, "a member is in two segments; the first row's counts, our own lists before others")
	}
	if m.country == "" {
		m.country = e.country
	}
	if !m.value.Valid {
		m.value = e.value
	} else if e.value.Valid && !e.value.Decimal.Equal(m.value.Decimal) && c.audience != graph.Accounts {
		c.notes.add("value-differs", e.place, false, "rows give one account different values; the first row's counts, our own lists before others")
	}
}

// tellsSegment reports whether the entry's segment is one of the table: that of
// accounts is their buyers'.
func (c *counter) tellsSegment(e *entry) bool {
	return c.audience != graph.Accounts || e.audience == graph.Buyers
}

func (c *counter) addTouch(m *member, e *entry) {
	t := c.touch(e)
	for i := range m.touches {
		s := &m.touches[i]
		if s.touch != t {
			continue
		}
		if s.list == e.list && !e.amount.Valid && c.audience == e.audience {
			c.notes.add("repeated-row", e.place, false, "a row repeats an earlier one of its list; it counts once")
		}
		s.firm = s.firm || !e.byName
		s.amount = s.amount.Add(e.amount.Decimal)
		s.list = e.list
		return
	}
	m.touches = append(m.touches, touchSum{touch: t, firm: !e.byName, amount: e.amount.Decimal, list: e.list})
}

// touchKey is a touch in a form that can be compared.
type touchKey struct {
	seller   int
	roles    Roles
	byName   bool
	product  string
	status   graph.Status
	audience graph.Audience
	parties  string // With and Apart, written out
}

func keyOf(t *Touch) touchKey {
	k := touchKey{t.Seller, t.Roles, t.ByName, t.Product, t.Status, t.Audience, ""}
	if len(t.With) > 0 || len(t.Apart) > 0 {
		k.parties = fmt.Sprint(t.With, t.Apart)
	}
	return k
}

// touch finds or adds the touch of an entry, leaving open how its account was
// told: that is settled for the member once all its rows are in.
func (c *counter) touch(e *entry) int {
	return c.intern(Touch{
		Seller: e.seller, Roles: e.roles, Product: e.product, Status: e.status, Audience: e.audience, With: e.with, Apart: e.apart,
	})
}

func (c *counter) intern(t Touch) int {
	key := keyOf(&t)
	i, ok := c.number[key]
	if !ok {
		i = len(c.touches)
		c.number[key] = i
		c.touches = append(c.touches, t)
	}
	return i
}

// table sums the members up. marks gives the marks of a member, ascending, as
// indexes in the book.
func (c *counter) table(marks func(*member) []int, book []Mark) *Table {
	cells := map[int]map[string]*Set{}
	var text []byte
	for i := range c.members {
		m := &c.members[i]
		set := c.setOf(m, marks(m))
		cell := cells[m.segment]
		if cell == nil {
			cell = map[string]*Set{}
			cells[m.segment] = cell
		}
		text = set.text(text[:0])
		if sum, ok := cell[string(text)]; ok {
			sum.merge(set)
			continue
		}
		cell[string(text)] = set
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
	set := &Set{Marks: marks, Members: 1}
	if m.value.Valid {
		set.Value, set.Valued = m.value.Decimal, 1
	}
	sums := make([]touchSum, len(m.touches))
	for i, s := range m.touches {
		t := c.touches[s.touch]
		t.ByName = !s.firm
		sums[i] = touchSum{touch: c.intern(t), amount: s.amount}
	}
	slices.SortFunc(sums, func(a, b touchSum) int { return a.touch - b.touch })
	for _, s := range sums {
		set.Touches = append(set.Touches, s.touch)
		set.Amounts = append(set.Amounts, s.amount)
	}
	return set
}

// merge adds members of the same set.
func (s *Set) merge(t *Set) {
	s.Members += t.Members
	s.Value = s.Value.Add(t.Value)
	s.Valued += t.Valued
	for i := range s.Amounts {
		s.Amounts[i] = s.Amounts[i].Add(t.Amounts[i])
	}
}
