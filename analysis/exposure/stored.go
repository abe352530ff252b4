package exposure

import (
	"sync"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// storedSpots tells where accounts are counted whose rows were not kept. It is
// for several goroutines.
type storedSpots struct {
	count    *bulkCount
	specials *specials
	n        *counters

	sets   []atomic.Pointer[setSpots]  // by number
	users  []atomic.Pointer[storedSet] // likewise, of the store of users
	lock   sync.Mutex                  // of whoever fills in sets
	asking sync.Mutex                  // one at a time is asked about sets
}

// setSpots is a set of the store as tables have it.
type setSpots struct {
	buyers, accounts storedSet
	before           int // members of buyers that are counted one by one
}

// storedSet is a set of the store as tables of an audience have it: nil where
// its touches are others' alone.
type storedSet struct {
	set     *Set
	segment int
}

func newStoredSpots(c *bulkCount, n *counters) *storedSpots {
	return &storedSpots{count: c, specials: c.specials, n: n, sets: make([]atomic.Pointer[setSpots], c.result.Len()), users: make([]atomic.Pointer[storedSet], c.users.Len())}
}

// find tells where an account is counted, for an audience.
func (s *storedSpots) find(account identity.Key, audience graph.Audience) (spot, bool) {
	if s == nil {
		return spot{}, false
	}
	id := s.count.bulk.id(account)
	if audience == graph.Users {
		id = s.count.bulk.userID(account)
	}
	found, ok := s.count.resultOf(audience).Find(id)
	if !ok {
		return spot{}, false
	}
	return s.at(found, audience)
}

func (s *storedSpots) at(found tally.Found, audience graph.Audience) (spot, bool) {
	var one storedSet
	switch audience {
	case graph.Users:
		one = *s.userSpot(found.Set)
	case graph.Accounts:
		one = s.spots(found.Set).accounts
	default:
		one = s.spots(found.Set).buyers
	}
	kept := len(s.n.of(audience).members)
	return spot{kept + found.Member, one.segment, one.set}, one.set != nil
}

// userSpot is the set of a number of the store of users.
func (s *storedSpots) userSpot(number int) *storedSet {
	if known := s.users[number].Load(); known != nil {
		return known
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if known := s.users[number].Load(); known != nil {
		return known
	}
	one := s.read(number, graph.Users)
	s.users[number].Store(&one)
	return &one
}

// read reads a set off the store as tables of an audience have it.
func (s *storedSpots) read(number int, audience graph.Audience) (one storedSet) {
	var from tally.Set
	s.count.resultOf(audience).Set(number, &from)
	one.segment = from.Segment
	if set, ok := s.count.set(&from, audience); ok {
		one.set = set.bare()
	}
	return one
}

// spots are the sets of a number. They are the same ones, by their addresses, for
// all rows.
func (s *storedSpots) spots(number int) *setSpots {
	if known := s.sets[number].Load(); known != nil {
		return known
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if known := s.sets[number].Load(); known != nil {
		return known
	}
	spots := &setSpots{s.read(number, graph.Buyers), s.read(number, graph.Accounts), len(s.n.buyers.members)}
	s.sets[number].Store(spots)
	return spots
}

// mayBeNew reports whether an account, told by its domain, is in no list of ours as
// far as the store does not tell.
func (s *storedSpots) mayBeNew(key []byte) bool {
	d := s.count.pass.directory
	if !d.hasOwn() {
		return false
	}
	k := identity.Key{Kind: identity.ByDomain, Text: string(key)}
	return !d.own[k] && !s.count.ownHeld[k]
}

// isNew reports whether an entry's account is in no list of ours.
func (s *storedSpots) isNew(e *entry) bool {
	if e.told != ToldByDomain && e.told != ToldByEmail || e.account.IsZero() || !s.count.pass.directory.hasOwn() {
		return false
	}
	if s.count.pass.directory.own[e.account] || s.count.ownHeld[e.account] {
		return false
	}
	found, ok := s.count.result.Find(s.count.bulk.id(e.account))
	return !ok || !found.Own
}

// only wants the rows of one account.
func (s *storedSpots) only(account identity.Key) Wanted {
	id := s.count.bulk.id(account)
	return Wanted{Seller: func(int) bool { return true }, only: &id}
}

// search looks for wanted rows in stored lists.
func (s *storedSpots) search(w Wanted) *search {
	out := &search{seller: w.Seller, sought: w.stored}
	if w.only != nil {
		out.account = func(id func() tally.ID, _ int) bool { return id() == *w.only }
	}
	return out
}

// userRow is all of a row about a user that does not depend on itself or its account.
func (s *storedSpots) userRow(found tally.Found) *Row {
	r := &Row{Seller: -1, Audience: graph.Users, Table: s.n.users.shown, Accounts: s.n.accounts.shown, Segment: -1}
	if at, ok := s.at(found, graph.Users); ok {
		r.Set, r.Segment = at.set, at.segment
	}
	return r
}

// row is all of a row that does not depend on itself.
func (s *storedSpots) row(found tally.Found) *Row {
	r := &Row{Seller: -1, Audience: graph.Buyers, Table: s.n.buyers.shown, Accounts: s.n.accounts.shown, Segment: -1}
	if at, ok := s.at(found, graph.Buyers); ok {
		r.Set, r.Segment = at.set, at.segment
	}
	if at, ok := s.at(found, graph.Accounts); ok {
		r.AccountSet = at.set
	}
	return r
}
