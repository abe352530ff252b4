package exposure

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// entryFormat is that of coded exposures. It changes with what follows.
const entryFormat = 1

// encode writes all that an exposure says, in so many bytes at most; false where that
// is not enough.
func (x *Exposure) encode(eco *graph.Ecosystem, most int) ([]byte, bool) {
	c := &coder{most: most, number: map[string]int{}}
	c.exposure(x, eco)
	return c.out, !c.failed
}

// decodeExposure reads what encode wrote of an ecosystem's lists.
func decodeExposure(data []byte, eco *graph.Ecosystem, opts Options) (*Exposure, bool) {
	c := &coder{reading: true, in: string(data)}
	x := &Exposure{AsOf: opts.AsOf, source: source{eco, opts}}
	c.exposure(x, eco)
	return x, !c.failed && c.left() == 0
}

func (c *coder) exposure(x *Exposure, eco *graph.Ecosystem) {
	c.added(x, eco)
	c.tables(x, eco)
	c.int64(&x.Stored)
	c.matching(&x.Matching)
	each(c, &x.BySeller, 7, c.matching)
	if c.reading && len(x.BySeller) != len(x.Sellers) {
		c.fail()
	}
	c.bool(&x.OwnLists)
	c.lists(x, eco)
	each(c, &x.Unresolved, 8, func(u *Unresolved) { c.unresolved(u, len(x.Sellers)) })
	if c.reading {
		x.Records = &Records{}
	}
	each(c, &x.Records.All, 7, func(r *Record) { c.record(r, len(x.Sellers)) })
	each(c, &x.Notices, 6, c.notice)
	each(c, &x.Families.All, 2, func(f *Family) { c.family(f, x.Families.Table, len(eco.Segments)) })
}

// added codes the partners that only lists name, as they were met: all else of them,
// and of the sellers, follows from it.
func (c *coder) added(x *Exposure, eco *graph.Ecosystem) {
	names, _ := newCatalogue(eco)
	var more []graph.Partner
	if !c.reading {
		more = x.Ecosystem.Partners[len(eco.Partners):]
	}
	each(c, &more, 3, func(p *graph.Partner) {
		channel := names.channels[p.Channel]
		word(c, &p.Name)
		c.index(&channel, 0, len(eco.Channels))
		c.bool(&p.Grey)
		if !c.failed {
			names.add(p.Name, channel, p.Grey)
		}
	})
	if c.reading && !c.failed {
		x.Ecosystem, x.Sellers = names.ecosystem(), names.sellers
	}
}

// tables codes all tables. Where no list is of users, accounts often have the cells of
// buyers.
func (c *coder) tables(x *Exposure, eco *graph.Ecosystem) {
	all := []**Table{&x.Users, &x.Buyers, &x.Accounts, &x.Roots, &x.Families.Table}
	same := !c.reading && len(x.Buyers.Cells) > 0 && len(x.Accounts.Cells) > 0 && &x.Buyers.Cells[0] == &x.Accounts.Cells[0]
	c.bool(&same)
	if same {
		all = slices.Delete(all, 2, 3)
	}
	for _, t := range all {
		c.table(t, len(x.Sellers), len(eco.Segments))
	}
	if same && c.reading && x.Buyers != nil {
		x.Accounts = &Table{Audience: graph.Accounts, Touches: x.Buyers.Touches, Marks: x.Buyers.Marks, Cells: x.Buyers.Cells}
	}
}

func (c *coder) table(p **Table, sellers, segments int) {
	there := *p != nil
	c.bool(&there)
	if !there {
		return
	}
	if c.reading {
		*p = &Table{}
	}
	t := *p
	word(c, &t.Audience)
	each(c, &t.Touches, 8, func(t *Touch) { c.touch(t, sellers) })
	each(c, &t.Marks, 3, func(m *Mark) {
		word(c, &m.Kind)
		word(c, &m.Subject)
		word(c, &m.Product)
	})
	each(c, &t.Cells, 2, func(cell *Cell) {
		c.index(&cell.Segment, -1, segments)
		each(c, &cell.Sets, setBytes, func(s *Set) { c.set(s, t) })
	})
}

func (c *coder) touch(t *Touch, sellers int) {
	roles := uint64(t.Roles)
	c.index(&t.Seller, 0, sellers)
	c.uint(&roles)
	t.Roles = Roles(roles)
	word(c, &t.Product)
	word(c, &t.Status)
	word(c, &t.Audience)
	c.bool(&t.ByName)
	c.numbers(&t.With, sellers)
	c.numbers(&t.Apart, sellers)
}

// setBytes are the fewest that a set takes.
const setBytes = 6

// The forms of a set's amounts.
const (
	amountsNil = iota
	amountsNone
	amountsEach
	amountForms
)

func (c *coder) set(s *Set, t *Table) {
	c.numbers(&s.Touches, len(t.Touches))
	c.numbers(&s.Marks, len(t.Marks))
	c.int64(&s.Members)
	c.decimal(&s.Value)
	c.int64(&s.Valued)
	form := formOf(s.Amounts)
	c.index(&form, 0, amountForms)
	switch n := len(s.Touches); {
	case !c.reading:
		if form != amountsNil && len(s.Amounts) != n {
			c.fail()
		}
	case form == amountsNone:
		if len(c.none) < n || c.none == nil {
			c.none = make([]decimal.Decimal, n)
		}
		s.Amounts = c.none[:n:n]
	case form == amountsEach:
		s.Amounts = make([]decimal.Decimal, n)
	}
	if form == amountsEach {
		for i := range s.Amounts {
			c.decimal(&s.Amounts[i])
		}
	}
}

func formOf(amounts []decimal.Decimal) int {
	switch {
	case amounts == nil:
		return amountsNil
	case slices.ContainsFunc(amounts, func(d decimal.Decimal) bool { return d != decimal.Decimal{} }):
		return amountsEach
	}
	return amountsNone
}

func (c *coder) matching(m *Matching) {
	for _, n := range []*int{&m.Rows, &m.ByDomain, &m.ByEmail, &m.ByName, &m.ByID, &m.NewDomains, &m.Unresolved} {
		c.int(n)
	}
}

// lists codes what each list and file of records gave. What the ecosystem says of
// them is known.
func (c *coder) lists(x *Exposure, eco *graph.Ecosystem) {
	each(c, &x.Lists, 10, func(l *ListUse) {
		c.summary(&l.Summary)
		c.matching(&l.Matching)
		c.int(&l.Filtered)
	})
	files := RecordFiles(eco)
	each(c, &x.RecordFiles, 2, func(r *RecordUse) {
		i := slices.IndexFunc(files, func(f RecordFile) bool { return f.Shape == r.Shape })
		c.index(&i, 0, len(files))
		c.summary(&r.Summary)
		if c.reading && !c.failed {
			r.RecordFile = files[i]
		}
	})
	if !c.reading || c.failed {
		return
	}
	if len(x.Lists) != len(eco.Lists) {
		c.fail()
		return
	}
	for i := range x.Lists {
		x.Lists[i].Spec = eco.Lists[i]
	}
}

func (c *coder) summary(p **list.Summary) {
	there := *p != nil
	c.bool(&there)
	if !there {
		return
	}
	if c.reading {
		*p = &list.Summary{}
	}
	each(c, &(*p).Files, 10, c.file)
	each(c, &(*p).Notices, 6, c.notice)
}

func (c *coder) file(f *list.File) {
	c.place(&f.Place)
	word(c, &f.Format)
	word(c, &f.Encoding)
	word(c, &f.Delimiter)
	c.int(&f.Rows)
	c.headers(f)
	each(c, &f.Partners, 1, c.string)
	each(c, &f.Unused, 1, c.string)
}

func (c *coder) string(s *string) { word(c, s) }

// headers codes which header serves which key.
func (c *coder) headers(f *list.File) {
	type header struct {
		key  int
		text string
	}
	var all []header
	if f.Headers != nil {
		all = []header{}
	}
	for k := range list.Key(list.NumKeys) {
		if text, ok := f.Headers[k]; ok {
			all = append(all, header{int(k), text})
		}
	}
	each(c, &all, 2, func(h *header) {
		c.index(&h.key, 0, list.NumKeys)
		word(c, &h.text)
	})
	if c.reading && all != nil {
		f.Headers = make(map[list.Key]string, len(all))
		for _, h := range all {
			f.Headers[list.Key(h.key)] = h.text
		}
	}
}

func (c *coder) place(p *graph.Place) {
	word(c, &p.File)
	word(c, &p.Sheet)
	c.int(&p.Row)
}

func (c *coder) notice(n *list.Notice) {
	word(c, &n.Code)
	word(c, &n.Text)
	c.int(&n.Count)
	each(c, &n.Places, 3, c.place)
	c.bool(&n.Lost)
	c.bool(&n.Info)
}

func (c *coder) unresolved(u *Unresolved, sellers int) {
	c.place(&u.Place)
	c.index(&u.Seller, 0, sellers)
	word(c, &u.Audience)
	word(c, &u.Name)
	word(c, &u.Country)
	word(c, &u.Status)
	each(c, &u.Candidates, 1, c.string)
	word(c, &u.Folded)
}

func (c *coder) record(r *Record, sellers int) {
	word(c, &r.Shape)
	c.place(&r.Place)
	kind := uint64(r.Account.Kind)
	c.uint(&kind)
	r.Account.Kind = identity.KeyKind(kind)
	word(c, &r.Account.Text)
	c.numbers(&r.Sellers, sellers)
	word(c, &r.Status)
	each(c, &r.cells, 5, func(cell *recordCell) {
		key := int(cell.key)
		c.index(&key, 0, list.NumKeys)
		cell.key = list.Key(key)
		word(c, &cell.text)
		c.date(&cell.date)
	})
}

func (c *coder) date(d *graph.Date) {
	month := int(d.Month)
	c.int(&d.Year)
	c.int(&month)
	c.int(&d.Day)
	d.Month = time.Month(month)
}

func (c *coder) family(f *Family, t *Table, segments int) {
	word(c, &f.Root)
	each(c, &f.Members, setBytes+2, func(m *FamilyMember) {
		word(c, &m.Account)
		c.index(&m.Segment, -1, segments)
		if t == nil {
			c.fail()
			return
		}
		c.set(&m.Set, t)
	})
}
