package exposure

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// countAll counts what was read: rows that are kept one by one, stored rows as
// they are stored.
func (p *pass) countAll(ctx context.Context) (*counters, error) {
	if p.bulk == nil {
		return p.count(), nil
	}
	c := &bulkCount{pass: p, bulk: p.bulk, lineOf: map[bulkLine]int{}}
	return c.count(ctx)
}

// bulkCount counts a store.
type bulkCount struct {
	pass      *pass
	bulk      *bulk
	registry  *registry
	specials  *specials
	touchOf   []int // by kind
	lines     []bulkLine
	lineOf    map[bulkLine]int
	marksAt   int // the line of the first mark
	result    *tally.Result
	differing *differing
	rows      []entry               // that were kept, those of special accounts among them
	ownHeld   map[identity.Key]bool // special accounts and their persons in lists of ours
}

// bulkLine is what one bit of a member's set stands for: a touch as one list
// has it.
type bulkLine struct {
	touch int // in the registry
	list  int
	// summed says that the rows have amounts of their own, and repeat none.
	summed bool
}

func (c *bulkCount) count(ctx context.Context) (*counters, error) {
	p := c.pass
	p.marks = p.newMarkBook()
	c.specials = p.newSpecials()
	if err := c.storeEntries(); err != nil {
		return nil, err
	}
	c.registry = newRegistry(len(p.entries))
	result, err := c.bulk.store.Count(c.spec())
	if err != nil {
		return nil, err
	}
	c.result = result
	for _, id := range result.Contradictory {
		c.specials.addID(id)
	}
	c.differing = c.newDiffering()
	if err := c.differing.sample(ctx); err != nil {
		return nil, err
	}
	held, err := c.gather(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.differing.findFirst(ctx); err != nil {
		return nil, err
	}
	c.match(held)
	c.rows, p.stored = p.entries, c
	p.entries, p.bulk.counted = c.keep(held), true
	p.markOwners(p.marks)
	if err := p.link(ctx); err != nil {
		return nil, err
	}
	return c.counters(), nil
}

// mostHeld is how many rows are of special accounts, and those of users.
func (c *bulkCount) mostHeld() int {
	n := 0
	for _, rows := range c.result.Out {
		n += int(rows)
	}
	for i := range c.pass.entries {
		if c.pass.entries[i].audience == graph.Users {
			n++
		}
	}
	return n
}

// keep returns the entries that are counted one by one: those held, and the
// users of other accounts, which the store knows as touches of these alone.
func (c *bulkCount) keep(held []entry) []entry {
	for _, e := range c.pass.entries {
		if e.audience == graph.Users && !c.specials.has(&e) {
			e.stored = true
			held = append(held, e)
		}
	}
	return held
}

// storeEntries stores the entries of rows that needed care, so that they are
// counted with those that did not.
func (c *bulkCount) storeEntries() error {
	errs := make([]error, c.bulk.workers)
	rows := make([]map[int]int64, c.bulk.workers)
	var wait sync.WaitGroup
	for i := range c.bulk.workers {
		all := c.pass.entries
		part := all[len(all)*i/c.bulk.workers : len(all)*(i+1)/c.bulk.workers]
		wait.Go(func() { rows[i], errs[i] = c.storePart(part, c.bulk.store.Writer(i)) })
	}
	wait.Wait()
	c.bulk.rows = append(c.bulk.rows, make([]int64, len(c.bulk.kinds)-len(c.bulk.rows))...)
	for _, more := range rows {
		for kind, n := range more {
			c.bulk.rows[kind] += n
		}
	}
	return errors.Join(errs...)
}

// storePart stores entries with one writer, and returns how many there were of
// each kind.
func (c *bulkCount) storePart(entries []entry, w *tally.Writer) (map[int]int64, error) {
	var batch tally.Batch
	rows, numbers := map[int]int64{}, map[bulkKind]int{}
	for i := range entries {
		e := &entries[i]
		if e.account.IsZero() {
			continue
		}
		k := c.kindOf(e)
		kind, ok := numbers[k]
		if !ok {
			kind = c.bulk.kind(k)
			numbers[k] = kind
		}
		rows[kind]++
		batch.Hash, batch.Kind = append(batch.Hash, c.bulk.seed.Of(e.account)), append(batch.Kind, uint32(kind))
		batch.Value, batch.Amount = append(batch.Value, stored(e.value)), append(batch.Amount, stored(e.amount))
		batch.Keys = append(batch.Keys, c.bulk.keyText(e.account)...)
		batch.Ends = append(batch.Ends, uint32(len(batch.Keys)))
		if len(batch.Hash) == 8192 {
			if err := w.Add(&batch); err != nil {
				return rows, err
			}
			batch.Reset()
		}
	}
	return rows, w.Add(&batch)
}

// kindOf is the kind of an entry.
func (c *bulkCount) kindOf(e *entry) bulkKind {
	k := bulkKind{
		list: e.list, seller: e.seller, channel: e.channel, audience: e.audience, status: e.status, product: e.product,
		roles: e.roles, segment: e.segment, told: e.told, owner: e.owner, byName: e.byName, summed: e.amount.Valid,
		known: e.ownPerson || c.pass.directory.own[e.account],
	}
	if len(c.pass.eco.Territories) > 0 {
		k.country = e.country
	}
	return k
}

// stored is an amount as the store holds it.
func stored(n decimal.NullDecimal) int64 {
	if !n.Valid {
		return tally.Absent
	}
	return n.Decimal.Shift(sumDigits).IntPart()
}

// storable reports whether the row's sums can be stored as they are.
func (b *bulk) storable(d *reading) bool {
	if d.value.Valid && !b.values || d.amount.Valid && !b.amounts {
		return false
	}
	for _, n := range []decimal.NullDecimal{d.value, d.amount} {
		if !n.Valid {
			continue
		}
		shifted := n.Decimal.Shift(sumDigits)
		if !shifted.IsInteger() || shifted.Abs().Cmp(decimal.NewFromInt(math.MaxInt64)) >= 0 {
			return false
		}
	}
	return true
}

// unstored is a stored sum as a number.
func unstored(s tally.Sum) decimal.Decimal {
	if n, ok := s.Int64(); ok {
		return decimal.New(n, -sumDigits)
	}
	return decimal.NewFromBigInt(s.Big(), -sumDigits)
}

// spec says how the kinds of rows are counted.
func (c *bulkCount) spec() tally.Spec {
	c.number()
	spec := tally.Spec{
		Lines: c.marksAt + len(c.pass.marks.marks), Workers: c.bulk.workers, Unowned: c.pass.directory.hasOwn(), Keep: c.pass.opts.Keep,
		Tags: append(c.specials.tags(), c.markTags()...), PlaceLines: map[int][]int{}, Differing: c.pass.mostDiffering(),
	}
	places := map[string]int{}
	for i, k := range c.bulk.kinds[:len(c.bulk.rows)] {
		if c.bulk.rows[i] == 0 {
			spec.Kinds = append(spec.Kinds, tally.Kind{Segment: tally.None, Place: tally.None})
			continue
		}
		kind := tally.Kind{
			Lines: []int{c.lineOf[c.line(i)]}, Segment: tally.None, Place: tally.None, Rank: c.rank(k.list), Own: c.pass.own[k.list],
		}
		if k.audience == graph.Buyers {
			kind.Segment = k.segment
		}
		if k.country != "" {
			if _, ok := places[k.country]; !ok {
				places[k.country] = len(places)
				for _, mark := range c.pass.marks.byCountry[k.country] {
					spec.PlaceLines[places[k.country]] = append(spec.PlaceLines[places[k.country]], c.marksAt+mark)
				}
			}
			kind.Place = places[k.country]
		}
		spec.Kinds = append(spec.Kinds, kind)
	}
	return spec
}

// rank is where a list stands in the order in which lists are taken: ours first.
func (c *bulkCount) rank(i int) int {
	if c.pass.own[i] {
		return i
	}
	return len(c.pass.own) + i
}

// inOrder are the lists in that order.
func (c *bulkCount) inOrder() []int {
	lists := make([]int, len(c.pass.own))
	for i := range lists {
		lists[i] = i
	}
	slices.SortFunc(lists, func(a, b int) int { return cmp.Compare(c.rank(a), c.rank(b)) })
	return lists
}

// ranked is the list of a rank.
func (c *bulkCount) ranked(rank int) int { return rank % len(c.pass.own) }

// line is what a kind of row adds to a set.
func (c *bulkCount) line(kind int) bulkLine {
	k := c.bulk.kinds[kind]
	return bulkLine{touch: c.touchOf[kind], list: k.list, summed: k.summed}
}

// number gives every touch its number and every line its own, in the order of
// touches, so that sets come out in the order of tables.
func (c *bulkCount) number() {
	found := newRegistry(0)
	c.touchOf = make([]int, len(c.bulk.kinds))
	for i := range c.bulk.rows {
		if c.bulk.rows[i] > 0 { // else it was met where no row turned out to begin
			c.touchOf[i] = c.touch(found, &c.bulk.kinds[i])
		}
	}
	fresh := c.registry.sorted(found)
	for i := range c.bulk.rows {
		if c.bulk.rows[i] == 0 {
			continue
		}
		c.touchOf[i] = fresh[c.touchOf[i]]
		if l := c.line(i); c.lineOf[l] == 0 {
			c.lines = append(c.lines, l)
			c.lineOf[l] = len(c.lines) // its place comes below
		}
	}
	slices.SortFunc(c.lines, func(a, b bulkLine) int {
		return cmp.Or(cmp.Compare(a.touch, b.touch), cmp.Compare(a.list, b.list), compareBool(a.summed, b.summed))
	})
	for i, l := range c.lines {
		c.lineOf[l] = i
	}
	c.marksAt = len(c.lines)
}

// touch numbers the touch of a kind.
func (c *bulkCount) touch(in *registry, k *bulkKind) int {
	if k.undeclared != "" {
		grey := c.pass.eco.Lists[k.list].Undeclared == graph.UndeclaredGrey
		k.seller = c.pass.names.undeclared(k.undeclared, k.channel, grey)
	}
	e := entry{
		reading: &reading{seller: k.seller, roles: k.roles, product: k.product, status: k.status, audience: k.audience},
		byName:  k.byName,
	}
	return in.told(in.touch(&e), !k.byName)
}

// markTags give accounts the lines of their marks.
func (c *bulkCount) markTags() []tally.Tag {
	var tags []tally.Tag
	for account, marks := range c.pass.marks.byAccount {
		for _, mark := range marks {
			tags = append(tags, tally.Tag{Hash: c.bulk.seed.Of(account), Key: c.bulk.keyText(account), Line: c.marksAt + mark})
		}
	}
	return tags
}

// match counts, by list and by seller, how the accounts of all rows were told.
func (c *bulkCount) match(held []entry) {
	p := c.pass
	p.bySeller = make([]Matching, len(p.names.sellers))
	add := func(list, seller int, m Matching) {
		p.lists[list].Matching.Add(m)
		p.bySeller[seller].Add(m)
	}
	for i := range c.bulk.rows {
		k, rows := &c.bulk.kinds[i], int(c.bulk.rows[i])
		if rows == 0 {
			continue
		}
		m := matchingOf(k.told, rows)
		m.Rows = rows
		if c.result.Unowned != nil && !k.known && k.canBeNew() {
			fresh := int(c.result.Unowned[i])
			m.Add(matchingOf(k.told, -fresh))
			m.NewDomains += fresh
		}
		add(k.list, k.seller, m)
	}
	c.matchHeld(held, add)
	for i := range p.entries {
		if e := &p.entries[i]; e.account.IsZero() {
			add(e.list, e.seller, e.matching())
		}
	}
}

// matchHeld tells of the rows of special accounts which are new: they are in no
// set.
func (c *bulkCount) matchHeld(held []entry, add func(list, seller int, m Matching)) {
	if !c.pass.directory.hasOwn() {
		return
	}
	own := map[identity.Key]bool{}
	for i := range held {
		if e := &held[i]; c.pass.own[e.list] {
			own[e.account], own[e.member] = true, true
		}
	}
	c.ownHeld = own
	for i := range held {
		e := &held[i]
		if (e.told == ToldByDomain || e.told == ToldByEmail) && !own[e.account] && !own[e.member] {
			m := matchingOf(e.told, -1)
			m.NewDomains = 1
			add(e.list, e.seller, m)
		}
	}
}

func (k *bulkKind) canBeNew() bool { return k.told == ToldByDomain || k.told == ToldByEmail }

// matchingOf counts rows, which is not their number, as told in a way.
func matchingOf(told Told, rows int) Matching {
	var m Matching
	switch told {
	case ToldByDomain:
		m.ByDomain = rows
	case ToldByEmail:
		m.ByEmail = rows
	case ToldByName:
		m.ByName = rows
	case ToldByID:
		m.ByID = rows
	default:
		m.NewDomains = rows
	}
	return m
}
