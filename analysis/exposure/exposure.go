package exposure

import (
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// exposure counts the entries of a pass.
func (p *pass) exposure() *Exposure {
	n := p.count()
	x := &Exposure{
		Ecosystem: p.names.ecosystem(), Sellers: p.names.sellers, AsOf: p.opts.AsOf,
		Users: n.users.table(p.marks.of, p.marks.marks), Buyers: n.buyers.table(p.marks.of, p.marks.marks),
		Accounts: n.accounts.table(p.marks.of, p.marks.marks),
		OwnLists: p.directory.hasOwn(), BySeller: make([]Matching, len(p.names.sellers)),
		Lists: p.lists, Unresolved: p.unresolved, Records: p.records,
	}
	if n.roots != nil {
		x.Roots = n.roots.table(p.marks.of, p.marks.marks)
	}
	for _, l := range p.lists {
		x.Matching.add(l.Matching)
	}
	for i := range p.entries {
		x.BySeller[p.entries[i].seller].add(p.entries[i].matching())
	}
	for _, u := range p.unresolved {
		x.BySeller[u.Seller].add(Matching{Rows: 1, Unresolved: 1})
	}
	x.Notices = append(p.notices, n.notes.list()...)
	return x
}

// counters are the tables in the making.
type counters struct {
	users, buyers, accounts, roots *counter
	notes                          *notes
}

// count puts every entry into the tables it belongs to. Marks are made first:
// members ask for theirs when they are summed up.
func (p *pass) count() *counters {
	p.marks = p.newMarkBook()
	found := &notes{}
	n := &counters{
		users: newCounter(graph.Users, found), buyers: newCounter(graph.Buyers, found),
		accounts: newCounter(graph.Accounts, &notes{}), notes: found,
	}
	if len(p.parentLinks) > 0 {
		n.roots = newCounter(graph.Accounts, &notes{})
	}
	for i := range p.entries {
		e := &p.entries[i]
		if e.audience == graph.Users {
			n.users.add(e.member, e)
		} else {
			n.buyers.add(e.member, e)
		}
		if e.account.IsZero() {
			continue
		}
		n.accounts.add(e.account, e)
		if n.roots != nil {
			n.roots.add(p.root(e.account), e)
		}
	}
	return n
}

// root is the account at the top of an account's parents.
func (p *pass) root(account identity.Key) identity.Key { return p.parents.Resolve(account) }
