package exposure

import (
	"context"
	"runtime"
	"sync"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// entry is a row whose account or person is known, ready to be counted.
type entry struct {
	*reading
	account identity.Key // zero for free-mail users
	member  identity.Key // a person, or the account
	told    Told
	byName  bool
	with    []int // sellers on the same deal, ascending
	apart   []int // sellers whose time does not meet, ascending

	touch     int // in the registry, like the numbers below
	memberNo  int
	accountNo int // -1 where there is no account
	rootNo    int

	// Of rows that the store has:
	accountStored bool // their account is counted there
	memberStored  bool // their user is
}

// newEntry is a row of which is told whose it is.
func newEntry(r *reading, t told, d *directory) entry {
	e := entry{reading: r, account: t.account, member: t.account, told: t.how, byName: t.how == ToldByName && d.hasDomains}
	if r.audience == graph.Users && !t.person.IsZero() {
		e.member = t.person
	}
	return e
}

// matching counts the entry by how its account was told.
func (e *entry) matching() Matching {
	m := Matching{Rows: 1}
	switch e.told {
	case ToldByDomain:
		m.ByDomain = 1
	case ToldByEmail:
		m.ByEmail = 1
	case ToldByName:
		m.ByName = 1
	case ToldByID:
		m.ByID = 1
	default:
		m.NewDomains = 1
	}
	return m
}

// resolve tells the account of every row: first it learns from rows that hold
// both a domain and a name, then it asks for all, and last it tells which
// accounts are in a list of ours.
func (p *pass) resolve(ctx context.Context) error {
	p.directory = newDirectory(p.takeLinks(list.AliasRows), len(p.eco.Lists))
	for _, r := range p.readings {
		p.directory.look(r)
	}
	if err := p.lookBulk(); err != nil {
		return err
	}
	p.directory.looked()
	for _, r := range p.readings {
		p.directory.learn(r, p.own[r.list])
	}
	if err := p.learnBulk(ctx); err != nil {
		return err
	}
	p.note(p.directory.settle())
	found := make([]told, len(p.readings))
	inParts(len(found), func(i int) { found[i] = p.tell(p.readings[i]) })
	p.rememberAll(found)
	n := &notes{}
	p.entries = make([]entry, 0, len(p.readings))
	for i, r := range p.readings {
		p.resolveRow(r, found[i], n)
	}
	p.notices = append(p.notices, n.list()...)
	return nil
}

// rememberAll notes what rows of ours are about.
func (p *pass) rememberAll(found []told) {
	for i, r := range p.readings {
		if p.own[r.list] {
			p.directory.remember(r, &found[i])
		}
	}
}

// inParts calls do for every number below n, on all processors.
func inParts(n int, do func(int)) {
	parts := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for i := n * part / parts; i < n*(part+1)/parts; i++ {
				do(i)
			}
		})
	}
	wait.Wait()
}

// tell says whose row a reading is.
func (p *pass) tell(r *reading) told {
	return p.directory.tell(p.directory.cellsOf(r, p.own[r.list]))
}

func (p *pass) resolveRow(r *reading, t told, n *notes) {
	if p.bulk == nil && p.directory.isNew(t) {
		t.how = ToldNew // else the count tells
	}
	if r.isSite && r.site.IsZero() {
		n.add("shared-domain", r.place, false, "the account's domain is shared by anybody (free mail, a social network) and tells no account; the row is told by its name, if at all")
	}
	e := newEntry(r, t, p.directory)
	if !e.member.IsZero() {
		if p.bulk == nil {
			p.lists[r.list].Matching.Add(e.matching())
		}
		p.entries = append(p.entries, e)
		return
	}
	p.lists[r.list].Matching.Add(Matching{Rows: 1, Unresolved: 1})
	name := firstText(r.name, r.nameInAccount(), r.id)
	p.unresolved = append(p.unresolved, Unresolved{
		Place: r.place, Seller: r.seller, Audience: r.audience, Name: name, Country: r.country,
		Status: r.status, Candidates: t.candidates, Folded: identity.FoldName(name),
	})
}

func firstText(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
