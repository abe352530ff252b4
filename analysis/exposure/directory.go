package exposure

import (
	"github.com/channelmap/channelmap/graph/identity"
)

// cells are what a row or a record says of whose it is.
type cells struct {
	account, user, name, id, country string

	// trustID says that the id is a record id of ours.
	trustID bool
	// plain says that the list holds names: what looks like a domain there
	// (Booking.com) may well be one of them.
	plain bool
}

// told is whose row it is: the account, the person, both or neither.
type told struct {
	account, person identity.Key
	how             Told
	candidates      []string // where a name fits several accounts
}

// directory tells accounts once it has learnt from all lists.
type directory struct {
	aliases []identity.Link
	lists   []listFacts
	builder identity.DirectoryBuilder
	known   *identity.Directory
	own     map[identity.Key]bool // accounts and persons in lists of ours
	main    map[identity.Key]bool // accounts known by a domain
	ours    bool
}

// listFacts counts what the account column of a list holds.
type listFacts struct{ filled, domains, emails int }

// holdsDomains reports whether the list identifies accounts by domain: at least
// one in ten of its account cells is one, or it has e-mail addresses of firms. A
// few names that look like domains do not make it so.
func (f listFacts) holdsDomains() bool {
	const oneIn = 10
	return f.emails > 0 || f.domains > 0 && f.domains*oneIn >= f.filled
}

func newDirectory(aliases []identity.Link, lists int) *directory {
	return &directory{
		aliases: aliases, lists: make([]listFacts, lists),
		own: map[identity.Key]bool{}, main: map[identity.Key]bool{},
	}
}

// look counts what kind of keys the list of a row holds.
func (d *directory) look(r *reading) {
	f := &d.lists[r.list]
	if r.account != "" {
		f.filled++
		if identity.IsDomain(r.account) {
			f.domains++
		}
	}
	if e, ok := identity.ParseEmail(r.user); ok && !e.Account().IsZero() {
		f.emails++
	}
}

// hasDomains reports whether any list holds domains. Where none does, the folded
// name is the key of an account.
func (d *directory) hasDomains() bool {
	for _, f := range d.lists {
		if f.holdsDomains() {
			return true
		}
	}
	return false
}

// hasOwn reports whether a list is ours.
func (d *directory) hasOwn() bool { return d.ours }

// learn takes from a row that tells an account under what name, record id and
// further domains it is known.
func (d *directory) learn(r *reading, own bool) {
	d.ours = d.ours || own
	c := r.cells(own)
	c.plain = !d.lists[r.list].holdsDomains()
	key := d.domainKey(c)
	if key.IsZero() && !d.hasDomains() {
		key = identity.NameKey(firstText(c.name, c.account))
	}
	a := identity.Account{Key: key, Name: firstText(c.name, nameIn(c)), Country: c.country, Additional: r.aliases, Place: r.place}
	if own {
		a.ID = c.id
	}
	d.builder.Add(a)
	if key.Kind == identity.ByDomain {
		d.main[key] = true
	}
}

// nameIn is the account cell where it holds a name.
func nameIn(c cells) string {
	if identity.IsDomain(c.account) {
		return ""
	}
	return c.account
}

// settle ends learning; what it could not use is returned.
func (d *directory) settle() []identity.Problem {
	known, problems := d.builder.Build(d.aliases)
	d.known = known
	return problems
}

// remember notes that a row of ours is about this account and person.
func (d *directory) remember(t told) {
	d.own[t.account], d.own[t.person] = true, true
}

// tell says whose row it is: a person by the e-mail address; the account by its
// domain, else by that of the address, else by our record id, else by name.
func (d *directory) tell(c cells) told {
	var t told
	if e, ok := identity.ParseEmail(c.user); ok {
		t.person, t.how = e.Person(), ToldByEmail
	}
	if key := d.domainKey(c); !key.IsZero() {
		t.account = d.known.Canonical(key)
		if t.how == "" {
			t.how = ToldByDomain
		}
		return t
	}
	if m := d.known.ResolveID(c.id); c.trustID && m.Outcome == identity.One {
		t.account, t.how = m.Key, ToldByID
		return t
	}
	return d.tellByName(c, t)
}

// domainKey is the account that a domain or an e-mail address in the row names.
func (d *directory) domainKey(c cells) identity.Key {
	if identity.IsDomain(c.account) {
		key := identity.AccountKey(c.account)
		if !c.plain || d.main[key] {
			return key
		}
	}
	if e, ok := identity.ParseEmail(c.user); ok && c.account == "" {
		return e.Account()
	}
	return identity.Key{}
}

func (d *directory) tellByName(c cells, t told) told {
	name := firstText(c.name, c.account)
	if !d.hasDomains() {
		if key := d.known.Canonical(identity.NameKey(name)); !key.IsZero() {
			t.account, t.how = key, ToldByName
		}
		return t
	}
	m := d.known.Resolve(name, c.country)
	alias := d.known.Canonical(identity.NameKey(name))
	switch {
	case alias.Kind == identity.ByDomain:
		t.account, t.how = alias, ToldByName
	case m.Outcome == identity.One:
		t.account, t.how = m.Key, ToldByName
	default:
		for _, k := range m.Candidates {
			t.candidates = append(t.candidates, k.Text)
		}
	}
	return t
}

// isNew reports whether an account that a domain tells is in no list of ours.
func (d *directory) isNew(t told) bool {
	return d.ours && (t.how == ToldByDomain || t.how == ToldByEmail) &&
		!t.account.IsZero() && !d.own[t.account] && !d.own[t.person]
}
