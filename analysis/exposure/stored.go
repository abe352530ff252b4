package exposure

import (
	"sync"

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

	lock sync.Mutex
	sets map[setAt]storedSet
}

// setAt is a set of the store by its number, for an audience.
type setAt struct {
	set      int
	audience graph.Audience
}

// storedSet is a set of the store as tables of an audience have it: nil where
// its touches are others' alone.
type storedSet struct {
	set     *Set
	segment int
}

func newStoredSpots(c *bulkCount, n *counters) *storedSpots {
	return &storedSpots{count: c, specials: c.specials, n: n, sets: map[setAt]storedSet{}}
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
	s.lock.Lock()
	defer s.lock.Unlock()
	at := setAt{found.Set, audience}
	one, known := s.sets[at]
	if !known {
		var from tally.Set
		s.count.resultOf(audience).Set(found.Set, &from)
		one.segment = from.Segment
		if set, ok := s.count.set(&from, audience); ok {
			one.set = set.bare()
		}
		s.sets[at] = one
	}
	kept := len(s.n.of(audience).members)
	return spot{kept + found.Member, one.segment, one.set}, one.set != nil
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
	out := &search{seller: w.Seller}
	switch {
	case w.only != nil:
		out.account = func(id func() tally.ID, _ int) bool { return id() == *w.only }
	case w.May != nil:
		out.account = s.mayWant(w)
	}
	return out
}

// mayWant asks what is wanted once for each seller at each set.
func (s *storedSpots) mayWant(w Wanted) func(func() tally.ID, int) bool {
	type seller struct{ set, seller int }
	var lock sync.Mutex
	told := map[seller]bool{}
	return func(id func() tally.ID, kind int) bool {
		k := s.count.bulk.kindAt(kind)
		if k.audience == graph.Users {
			return true
		}
		found, ok := s.count.result.Find(id())
		number := k.seller
		if !ok || number < 0 {
			return true // it is counted with others, row by row
		}
		at := seller{found.Set, number}
		lock.Lock()
		defer lock.Unlock()
		may, known := told[at]
		if !known {
			may = w.May(s.row(found, number))
			told[at] = may
		}
		return may
	}
}

// row is all of a row that does not depend on itself.
func (s *storedSpots) row(found tally.Found, seller int) *Row {
	r := &Row{Seller: seller, Audience: graph.Buyers, Table: s.n.buyers.shown, Accounts: s.n.accounts.shown, Segment: -1}
	if at, ok := s.at(found, graph.Buyers); ok {
		r.Set, r.Segment = at.set, at.segment
	}
	if at, ok := s.at(found, graph.Accounts); ok {
		r.AccountSet = at.set
	}
	return r
}
