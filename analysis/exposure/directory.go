package exposure

import (
	"slices"

	"github.com/channelmap/channelmap/graph/identity"
)

// cells are what a row or a record says of whose it is.
type cells struct {
	account, name, id string
	site              identity.Key   // the account that the account cell names, if it holds a domain
	isSite            bool           // the account cell holds a domain, even one that names nobody
	email             identity.Email // zero where the row has none that can be read
	nameKey           identity.Key   // of the name, else of the account cell unless it holds a domain
	country           string         // as identity.Country writes it

	// trustID says that the id is a record id of ours.
	trustID bool
	// plain says that the list holds names: what looks like a domain there
	// (Booking.com) may well be one of them.
	plain bool
}

// newCells reads the keys in the cells of a row.
func newCells(account, user, name, id, country string) cells {
	c := cells{account: account, name: name, id: id, country: identity.Country(country)}
	c.site, c.isSite = identity.SiteKey(account)
	if user != "" {
		c.email, _ = identity.ParseEmail(user)
	}
	c.nameKey = identity.NameKey(firstText(name, c.nameInAccount()))
	return c
}

// called is the key of the name that the row gives its account: whatever stands
// in the account cell where it gives no other.
func (c *cells) called() identity.Key {
	if c.name == "" && c.isSite {
		return identity.NameKey(c.account)
	}
	return c.nameKey
}

// emailAccount is the account that the row's e-mail address tells.
func (c *cells) emailAccount() identity.Key {
	if c.email.Address == "" {
		return identity.Key{}
	}
	return c.email.Account()
}

// named are the cells that one text fills which may be a domain, an e-mail
// address, a name or a record id.
func named(text string, trustID bool) *cells {
	c := newCells(text, "", "", text, "")
	c.trustID = trustID
	return &c
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
	own     map[identity.Key]bool   // accounts in lists of ours
	main    map[identity.Key]bool   // accounts known by a domain
	ids     map[string]identity.Key // by identity.RecordID: our rows that a name joined to their account
	ours    bool
	// hasDomains says that some list holds domains. Where none does, the folded
	// name is the key of an account.
	hasDomains bool
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
		own: map[identity.Key]bool{}, main: map[identity.Key]bool{}, ids: map[string]identity.Key{},
	}
}

// look counts what kind of keys the list of a row holds.
func (d *directory) look(r *reading) {
	f := &d.lists[r.list]
	if r.account != "" {
		f.filled++
		if r.isSite {
			f.domains++
		}
	}
	if !r.emailAccount().IsZero() {
		f.emails++
	}
}

// looked ends looking: what the lists hold is known.
func (d *directory) looked() {
	d.hasDomains = slices.ContainsFunc(d.lists, listFacts.holdsDomains)
}

// hasOwn reports whether a list is ours.
func (d *directory) hasOwn() bool { return d.ours }

// learn takes from a row that tells an account under what name, record id and
// further domains it is known.
func (d *directory) learn(r *reading, own bool) {
	d.ours = d.ours || own
	c := d.cellsOf(r, own)
	key := d.domainKey(c)
	if key.IsZero() && !d.hasDomains {
		key = c.called()
	}
	a := identity.Account{Key: key, Name: c.nameKey, Country: c.country, Additional: r.aliases, Own: own, Place: r.place}
	if own {
		a.ID = c.id
	}
	d.builder.Add(a)
	if key.Kind == identity.ByDomain {
		d.main[key] = true
	}
}

// cellsOf are the cells of a row with what its list tells of them.
func (d *directory) cellsOf(r *reading, own bool) *cells {
	r.trustID, r.plain = own, !d.lists[r.list].holdsDomains()
	return &r.cells
}

// nameInAccount is the account cell where it holds a name.
func (c *cells) nameInAccount() string {
	if c.isSite {
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

// remember notes that a row of ours is about this account: from now on its record
// id tells the account too.
func (d *directory) remember(r *reading, t *told) {
	if !t.account.IsZero() {
		d.own[t.account] = true
	}
	if t.how == ToldByName && r.id != "" {
		d.ids[r.id] = t.account
	}
}

// tell says whose row it is: a person by the e-mail address; the account by its
// domain, else by that of the address, else by our record id, else by name.
func (d *directory) tell(c *cells) told {
	var t told
	if c.email.Address != "" {
		t.person, t.how = c.email.Person(), ToldByEmail
	}
	if key := d.domainKey(c); !key.IsZero() {
		t.account = d.known.Canonical(key)
		if t.how == "" {
			t.how = ToldByDomain
		}
		return t
	}
	if key := d.byID(c); !key.IsZero() {
		t.account, t.how = key, ToldByID
		return t
	}
	return d.tellByName(c, t)
}

// byID is the account of a record id of ours.
func (d *directory) byID(c *cells) identity.Key {
	if !c.trustID || c.id == "" {
		return identity.Key{}
	}
	if m := d.known.ResolveID(c.id); m.Outcome == identity.One {
		return m.Key
	}
	return d.ids[identity.RecordID(c.id)]
}

// domainKey is the account that a domain or an e-mail address in the row names.
func (d *directory) domainKey(c *cells) identity.Key {
	if c.isSite && (!c.plain || d.main[c.site]) {
		return c.site
	}
	if c.account == "" {
		return c.emailAccount()
	}
	return identity.Key{}
}

func (d *directory) tellByName(c *cells, t told) told {
	name := c.called()
	alias := d.known.Canonical(name)
	if !d.hasDomains {
		if !alias.IsZero() {
			t.account, t.how = alias, ToldByName
		}
		return t
	}
	m := d.known.Resolve(name, c.country)
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
		!t.account.IsZero() && !d.own[t.account]
}
