package identity

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// Account is what a row says of an account.
type Account struct {
	Key        Key    // the account's main key; rows without one teach nothing
	Name       Key    // what NameKey makes of its name; zero where the row has none
	Country    string // what Country makes of its country; empty where the row has none
	ID         string // in the system that the list is from, compared as RecordID writes it
	Additional string // further domains or names, separated by semicolons
	Own        bool   // the list is one of ours, and so knows better than others
	Place      graph.Place
}

// DirectoryBuilder collects accounts for a Directory. The zero value is empty
// and ready to use.
type DirectoryBuilder struct {
	names, ids indexBuilder
	ownMains   map[Key]graph.Place // main keys of own rows
	additional [2][]Link           // by own rows, and by others
	log        problemLog
}

// Add learns from a row. Of rows that contradict one another those of own lists
// count before others, and then the first.
func (b *DirectoryBuilder) Add(a Account) {
	if a.Key.IsZero() {
		return
	}
	if b.ownMains == nil {
		b.ownMains = map[Key]graph.Place{}
	}
	if a.Own {
		if _, known := b.ownMains[a.Key]; !known {
			b.ownMains[a.Key] = a.Place
		}
	}
	b.addName(a.Key, a.Name, a.Country)
	if id := RecordID(a.ID); id != "" {
		b.ids.add(id, anyCountry, a.Key)
	}
	for text := range strings.SplitSeq(a.Additional, ";") {
		if strings.TrimSpace(text) != "" {
			b.addAdditional(a, text)
		}
	}
}

func (b *DirectoryBuilder) addName(account, name Key, country string) {
	if name.IsZero() {
		return
	}
	b.names.add(name.Text, anyCountry, account)
	b.names.add(name.Text, country, account)
}

// addAdditional learns a further domain or name. A further name of an account
// that is known by its domain is one more name to find it by.
func (b *DirectoryBuilder) addAdditional(a Account, text string) {
	switch key := AccountKey(text); {
	case key.IsZero():
		b.log.add(Problem{"additional-unusable",
			fmt.Sprintf("%q, listed as a further domain of %q, belongs to no account of its own and is left out", shorten(text), shorten(a.Key.Text)),
			[]graph.Place{a.Place}})
	case key == a.Key:
	case key.Kind == ByName && a.Key.Kind == ByDomain:
		b.addName(a.Key, key, a.Country)
	default:
		by := &b.additional[1]
		if a.Own {
			by = &b.additional[0]
		}
		*by = append(*by, Link{From: key, To: a.Key, Place: a.Place})
	}
}

// Directory knows accounts by name, record id and further domains. It is
// immutable and safe for concurrent use.
type Directory struct {
	names, ids index
	links      *Links
}

// Build makes the directory from the accounts added and the rows of an aliases
// file, which come before what accounts say of their further domains. A domain
// that is the main one of an own row stays an account of its own.
func (b *DirectoryBuilder) Build(aliases []Link) (*Directory, []Problem) {
	log := b.log
	links, problems := NewAliases(slices.Concat(aliases, b.furtherDomains(&log)))
	for _, p := range problems {
		log.add(p)
	}
	return &Directory{names: b.names.build(links), ids: b.ids.build(links), links: links}, log.list()
}

// furtherDomains settles which account each further domain leads to.
func (b *DirectoryBuilder) furtherDomains(log *problemLog) (settled []Link) {
	owner := map[Key]Link{}
	for _, link := range slices.Concat(b.additional[0], b.additional[1]) {
		from, to := shorten(link.From.Text), shorten(link.To.Text)
		main, isMain := b.ownMains[link.From]
		first, again := owner[link.From]
		switch {
		case isMain:
			log.add(Problem{"additional-is-account",
				fmt.Sprintf("%q is a further domain of %q and has a row of its own; it stays an account of its own", from, to),
				[]graph.Place{link.Place, main}})
		case again && first.To != link.To:
			log.add(Problem{"additional-conflict",
				fmt.Sprintf("%q is a further domain of both %q and %q; the first counts", from, shorten(first.To.Text), to),
				[]graph.Place{first.Place, link.Place}})
		case !again:
			owner[link.From] = link
			settled = append(settled, link)
		}
	}
	return settled
}

// Canonical returns the account that a key belongs to, by further domains and
// aliases. Canonical of Canonical is Canonical.
func (d *Directory) Canonical(k Key) Key { return d.links.Resolve(k) }

// Links delivers, in no order, the keys that lead to another account, with that.
func (d *Directory) Links() iter.Seq2[Key, Key] { return maps.All(d.links.end) }

// maxCandidates bounds how many accounts a Match names.
const maxCandidates = 5

// Match tells which account a text means.
type Match struct {
	Outcome    Outcome
	Key        Key   // the account where Outcome is One
	Candidates []Key // the first few accounts where it is Several, in their order
}

// Resolve returns the account of a name, given as NameKey makes it, in a
// country, given as Country makes it, if exactly one account that was added has
// it. Where both say a country the
// countries have to be the same. A name alone is weak evidence, so a match has
// low confidence; and accounts of unknown country fit as well as others, so
// what they make ambiguous stays open. It takes O(log n) in the accounts of
// that name.
func (d *Directory) Resolve(name Key, country string) Match {
	if name.IsZero() {
		return Match{}
	}
	if country == "" {
		return match(d.names.find(name.Text, anyCountry))
	}
	return match(d.names.find(name.Text, country), d.names.find(name.Text, ""))
}

// ResolveID returns the account of a record id, compared as RecordID writes it.
func (d *Directory) ResolveID(id string) Match {
	return match(d.ids.find(RecordID(id), anyCountry))
}

// match joins the accounts found in different ways.
func match(found ...[]Key) Match {
	keys := slices.Concat(found...)
	slices.SortFunc(keys, Key.Compare)
	keys = slices.Compact(keys)
	switch outcomeOf(len(keys)) {
	case None:
		return Match{}
	case One:
		return Match{Outcome: One, Key: keys[0]}
	default:
		return Match{Outcome: Several, Candidates: keys[:min(len(keys), maxCandidates)]}
	}
}

// shorten keeps messages readable whatever a cell holds.
func shorten(text string) string {
	const longest = 80
	text = strings.ToValidUTF8(strings.TrimSpace(text), "\ufffd")
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "..."
}
