// Package identity tells which rows are the same account: the keys of accounts
// and users, aliases, parents, names, and the partners that lists mention.
//
// It works on the text of cells and knows nothing of files. Everything it
// returns depends on its input alone, never on the order of a map, and what it
// could not use it reports as a [Problem].
package identity

import (
	"cmp"
	"strings"
	"unicode"
)

// KeyKind tells what the text of a key is. Keys of different kinds differ.
type KeyKind uint8

// The kinds of key, in their order. The zero Key has none of them.
const (
	ByDomain KeyKind = iota + 1 // a registrable domain: an account
	ByEmail                     // an e-mail address: a person
	ByName                      // a folded name: an account, or what stands for one
)

// Key identifies an account or a person. The zero Key identifies nobody.
type Key struct {
	Kind KeyKind
	Text string // in canonical form: what Domain, FoldName or ParseEmail return
}

// IsZero reports whether the key identifies nobody.
func (k Key) IsZero() bool { return k == Key{} }

// Compare orders keys: domains, then e-mail addresses, then names, each by text.
func (k Key) Compare(l Key) int {
	return cmp.Or(cmp.Compare(k.Kind, l.Kind), cmp.Compare(k.Text, l.Text))
}

// AccountKey returns the key for a cell that may hold a domain, a URL, an
// e-mail address or a name. It is the zero Key for text that identifies no
// account: free-mail and other shared domains, and what spreadsheets write for
// an empty cell.
func AccountKey(cell string) Key {
	if key, ok := SiteKey(cell); ok {
		return key
	}
	return NameKey(cell)
}

// SiteKey returns the key for a cell that holds a domain, a URL or an e-mail
// address, and false for any other. The key is zero where the domain is shared
// and identifies no account.
func SiteKey(cell string) (Key, bool) {
	s, ok := readSite(cell)
	if !ok || !s.isDomain() {
		return Key{}, false
	}
	if domain := s.domain(); domain != "" && !FreeMail(domain) {
		return Key{ByDomain, domain}, true
	}
	return Key{}, true
}

// NameKey returns the key for a cell that holds a name, even one that looks
// like a domain (Booking.com). It is the zero Key where the cell names nobody.
func NameKey(cell string) Key {
	name := FoldName(cell)
	if absent[name] || !strings.ContainsFunc(name, carriesName) {
		return Key{}
	}
	return Key{ByName, name}
}

// carriesName reports whether a character can make a name by itself: letters,
// digits and pictures, not punctuation.
func carriesName(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r)
}

// absent is what spreadsheets and exports write where a name is missing. As a
// key it would make one account of all rows without a name.
var absent = setOf(
	"n/a", "#n/a", "n.a.", "#name?", "#ref!", "#value!", "(blank)", "[blank]",
	"nan", "none", "not applicable", "not available", "null", "tbd", "undefined",
	"unknown",
)

// Outcome tells how many things a text fits.
type Outcome int

// The outcomes.
const (
	None Outcome = iota
	One
	Several
)

// String returns none, one or several.
func (o Outcome) String() string { return [...]string{"none", "one", "several"}[o] }

// outcomeOf returns the outcome for a number of candidates.
func outcomeOf(n int) Outcome { return Outcome(min(n, int(Several))) }
