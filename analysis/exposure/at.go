package exposure

import (
	"context"

	"github.com/channelmap/channelmap/graph/identity"
)

// AccountSet is what lists show at one account.
type AccountSet struct {
	Table   *Table // whose touches and marks the set numbers
	Segment int    // of its buyers, or -1
	Set     Set    // without sums
}

// At gives what lists show at an account, named as Account names it; false where
// none has it. It needs Options.Keep, and takes a constant time.
func (x *Exposure) At(account identity.Key) (AccountSet, bool) {
	if x.kept == nil {
		return AccountSet{}, false
	}
	c, marks := x.kept.n.accounts, x.kept.pass.marks
	at, ok := x.kept.find(c, account)
	if !ok {
		return AccountSet{Table: c.shown, Segment: -1, Set: Set{Marks: marks.of(&member{account: account})}}, false
	}
	return AccountSet{Table: c.shown, Segment: at.segment, Set: *at.set}, true
}

// Tell finds the account that a text names: a domain, a URL, an e-mail address, a
// name or the record id of an own list. It is zero where none fits. A name may
// have to be looked for in long lists.
func (x *Exposure) Tell(ctx context.Context, text string) (identity.Key, error) {
	k, err := x.keep(ctx)
	if err != nil {
		return identity.Key{}, err
	}
	return k.tell(ctx, text)
}
