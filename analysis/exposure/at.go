package exposure

import (
	"github.com/channelmap/channelmap/graph/identity"
)

// AccountSet is what lists show at one account.
type AccountSet struct {
	Table   *Table // whose touches and marks the set numbers
	Segment int    // of its buyers, or -1
	Set     Set
}

// At gives what lists show at an account, named as Account names it; false where
// none has it. It needs Options.Keep, and takes a constant time.
func (x *Exposure) At(account identity.Key) (AccountSet, bool) {
	if x.kept == nil {
		return AccountSet{}, false
	}
	p, c := x.kept.pass, x.kept.n.accounts
	table := c.shown
	number, ok := c.registry.members[account]
	if !ok || c.member(number) == nil {
		return AccountSet{Table: table, Segment: -1, Set: Set{Marks: p.marks.of(&member{account: account})}}, false
	}
	m := c.member(number)
	return AccountSet{Table: table, Segment: m.segment, Set: *c.setOf(m, p.marks.of(m))}, true
}

// Tell finds the account that a text names: a domain, a URL, an e-mail address, a
// name or the record id of an own list. It is zero where none fits. It needs
// Options.Keep.
func (x *Exposure) Tell(text string) identity.Key {
	if x.kept == nil {
		return identity.Key{}
	}
	return x.kept.pass.directory.tell(named(text, true)).account
}
