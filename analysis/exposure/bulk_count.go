package exposure

import (
	"context"
	"errors"
	"math"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
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

// bulkCount counts the stores.
type bulkCount struct {
	pass      *pass
	bulk      *bulk
	registry  *registry
	specials  *specials
	touchOf   []int // by kind
	lines     []bulkLine
	lineOf    map[bulkLine]int
	marksAt   int                   // the line of the first mark
	result    *tally.Result         // of accounts
	users     *tally.Result         // of whom rows about users are about
	differing []*differing          // of buyers and of users
	rows      []entry               // that were kept, those of special accounts among them
	ownHeld   map[identity.Key]bool // special accounts in lists of ours
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
	if err := c.countStores(); err != nil {
		return nil, err
	}
	if err := c.findDiffering(ctx); err != nil {
		return nil, err
	}
	held, err := c.gather(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range c.differing {
		if err := d.findFirst(ctx); err != nil {
			return nil, err
		}
	}
	c.match(held)
	c.rows, p.stored = p.entries, c
	p.entries, p.bulk.counted = held, true
	c.markHeld()
	if err := p.link(ctx); err != nil {
		return nil, err
	}
	return c.counters(), nil
}

// countStores counts accounts, and then users, of whom those are special that have
// rows at special accounts.
func (c *bulkCount) countStores() (err error) {
	c.number()
	if c.result, err = c.bulk.store.Count(c.spec()); err != nil {
		return err
	}
	for _, id := range c.result.Contradictory {
		c.specials.addID(id)
	}
	if c.users, err = c.bulk.users.Count(c.usersSpec()); err != nil {
		return err
	}
	for _, ids := range [][]tally.ID{c.users.Contradictory, c.users.Elsewhere} {
		for _, id := range ids {
			c.specials.users[id] = true
		}
	}
	return nil
}

// mostHeld is how many rows are of special accounts and users.
func (c *bulkCount) mostHeld() int {
	n := 0
	for _, out := range [][]int64{c.result.Out, c.users.Out} {
		for _, rows := range out {
			n += int(rows)
		}
	}
	return n
}

// markHeld gives special accounts the marks that depend on their users, and others
// of which rows are held those that the store gave them.
func (c *bulkCount) markHeld() {
	p := c.pass
	p.markUsers(p.marks)
	crowded := map[tally.ID][]int{}
	for _, one := range c.result.Crowded {
		crowded[one.ID] = one.Lines
	}
	for i := range p.entries {
		if e := &p.entries[i]; e.accountStored && !e.account.IsZero() && len(crowded) > 0 {
			for _, line := range crowded[c.bulk.id(e.account)] {
				p.marks.mark(e.account, p.marks.marks[line-c.marksAt])
			}
		}
	}
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
		wait.Go(func() { rows[i], errs[i] = c.storePart(part, c.bulk.storeWriter(i)) })
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
func (c *bulkCount) storePart(entries []entry, into storeWriter) (rows map[int]int64, err error) {
	rows, numbers := map[int]int64{}, map[bulkKind]int{}
	for i := range entries {
		e := &entries[i]
		k := c.kindOf(e)
		kind, ok := numbers[k]
		if !ok {
			kind = c.bulk.kind(k)
			numbers[k] = kind
		}
		rows[kind]++
		if err := into.putReading(e.reading, kind, e.account, e.member); err != nil {
			return rows, err
		}
	}
	return rows, into.flush()
}

// kindOf is the kind of an entry.
func (c *bulkCount) kindOf(e *entry) bulkKind {
	k := bulkKind{
		list: e.list, seller: e.seller, channel: e.channel, audience: e.audience, status: e.status, product: e.product,
		roles: e.roles, segment: e.segment, told: e.told, owner: e.owner, byName: e.byName, summed: e.amount.Valid,
		known: c.pass.directory.own[e.account], person: e.isPerson(), homeless: e.account.IsZero(),
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
