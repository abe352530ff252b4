package exposure

import (
	"sync"

	"github.com/channelmap/channelmap/graph"
)

// exposure sums up the entries of a pass.
func (p *pass) exposure(n *counters) *Exposure {
	x := &Exposure{
		Ecosystem: p.names.ecosystem(), Sellers: p.names.sellers, AsOf: p.opts.AsOf,
		OwnLists: p.directory.hasOwn(), BySeller: make([]Matching, len(p.names.sellers)),
		Lists: p.lists, RecordFiles: p.recordFiles, Unresolved: p.unresolved, Records: p.records,
		Notices: append(append(p.notices, n.users.notes.list()...), n.buyers.notes.list()...),
	}
	n.tables(p, x)
	x.Families = p.families(n)
	for _, l := range p.lists {
		x.Matching.Add(l.Matching)
	}
	x.Stored = p.bulk.storedRows()
	copy(x.BySeller, p.bySeller)
	if p.bySeller == nil {
		for i := range p.entries {
			x.BySeller[p.entries[i].seller].Add(p.entries[i].matching())
		}
	}
	for _, u := range p.unresolved {
		x.BySeller[u.Seller].Add(Matching{Rows: 1, Unresolved: 1})
	}
	return x
}

// counters are the tables in the making. roots is nil where no list tells
// parents.
type counters struct {
	users, buyers, accounts, roots *counter
}

// of is that of an audience.
func (n *counters) of(audience graph.Audience) *counter {
	switch audience {
	case graph.Users:
		return n.users
	case graph.Accounts:
		return n.accounts
	}
	return n.buyers
}

// count puts every entry into the tables it belongs to, each table by itself.
// Marks are made first: members ask for theirs when they are summed up.
func (p *pass) count() *counters {
	p.marks = p.newMarkBook()
	p.markUsers(p.marks)
	r := newRegistry(len(p.entries))
	p.registerIn(r)
	n := p.newCounters(r)
	p.countInto(n)
	return n
}

func (p *pass) newCounters(r *registry) *counters {
	n := &counters{users: newCounter(graph.Users, r), buyers: newCounter(graph.Buyers, r), accounts: newCounter(graph.Accounts, r)}
	if len(p.parentLinks) > 0 {
		n.roots = newCounter(graph.Accounts, r)
	}
	return n
}

// countInto counts all entries.
func (p *pass) countInto(n *counters) {
	var wait sync.WaitGroup
	wait.Go(func() { p.countAudience(n.users) })
	wait.Go(func() { p.countAudience(n.buyers) })
	wait.Go(func() { p.countAccounts(n.accounts, func(e *entry) int { return e.accountNo }) })
	if n.roots != nil {
		wait.Go(func() { p.countAccounts(n.roots, func(e *entry) int { return e.rootNo }) })
	}
	wait.Wait()
	for _, c := range []*counter{n.users, n.buyers, n.accounts} {
		c.shown = &Table{Audience: c.audience, Touches: c.registry.touches, Marks: p.marks.marks}
	}
}

// registerIn numbers the touches and members of all entries.
func (p *pass) registerIn(r *registry) {
	for i := range p.entries {
		e := &p.entries[i]
		e.touch, e.memberNo, e.accountNo, e.rootNo = r.touch(e), r.member(e.member), -1, -1
		if e.account.IsZero() {
			continue
		}
		e.accountNo = e.memberNo
		if e.account != e.member {
			e.accountNo = r.member(e.account)
		}
		if len(p.parentLinks) > 0 {
			e.rootNo = r.member(p.parents.Resolve(e.account))
		}
	}
}

func (p *pass) countAudience(c *counter) {
	for i := range p.entries {
		if e := &p.entries[i]; e.audience == c.audience && !e.memberStored {
			c.add(e.memberNo, e)
		}
	}
}

func (p *pass) countAccounts(c *counter, number func(*entry) int) {
	for i := range p.entries {
		if e := &p.entries[i]; e.accountNo >= 0 && !e.accountStored {
			c.add(number(e), e)
		}
	}
}

// tables sums the counters up, each by itself.
func (n *counters) tables(p *pass, x *Exposure) {
	var wait sync.WaitGroup
	for _, one := range []struct {
		from *counter
		into **Table
	}{{n.users, &x.Users}, {n.buyers, &x.Buyers}, {n.accounts, &x.Accounts}, {n.roots, &x.Roots}} {
		if one.from != nil {
			wait.Go(func() { *one.into = one.from.table(p.marks.of, p.marks.marks) })
		}
	}
	wait.Wait()
}
