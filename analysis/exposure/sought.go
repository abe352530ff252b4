package exposure

import (
	"errors"
	"maps"
	"sync"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// Figures is a set of figures that rows are sought for, a bit for each. Where there
// are more of them than bits, several share the last one.
type Figures uint64

// mostFigures is how many bits there are for figures.
const mostFigures = 62

// allFigures stands for whatever may be sought, Following for rows of members that are
// followed, and figuresKnown says that others are told.
const (
	allFigures           = Figures(1)<<mostFigures - 1
	Following    Figures = 1 << mostFigures
	figuresKnown Figures = 1 << (mostFigures + 1)
)

// FigureBit is the bit of the nth figure, from 0.
func FigureBit(n int) Figures { return 1 << min(n, mostFigures-1) }

// Sought says for which figures rows are sought. A row stands behind none but those
// that its kind, its set and what is still open have in common.
type Sought struct {
	// OfKind is asked for rows that have a seller, an audience and a status in common,
	// by several goroutines.
	OfKind func(seller int, audience graph.Audience, status graph.Status) Figures
	// OfSet is asked once for the members of a set, with a Row that has what these have
	// in common: no seller and no status. Of users it is asked apart for what their own
	// set shows, and for that of their account, where Set is nil. It is asked by one
	// goroutine at a time, beside the one that takes rows.
	OfSet func(*Row) Figures
	// Open are the figures for which rows are sought still, and Following where those of
	// members are that are followed. They only become fewer, but that a member may be
	// followed when a figure goes; when none is left, reading ends. It is asked often,
	// by several goroutines.
	Open func() Figures

	followed atomic.Pointer[followed]
	id       func(identity.Key) tally.ID // nil where no row is stored
}

// followed are members of whom all rows are sought.
type followed struct {
	keys map[identity.Key]bool // accounts and persons
	ids  map[uint64]bool       // part of what tells accounts in the store
}

// Follow seeks, from now on, the rows of the account and of the member of a row. They
// come as long as Open has Following. It is for the goroutine that takes rows.
func (s *Sought) Follow(r *Row) {
	more := &followed{map[identity.Key]bool{}, map[uint64]bool{}}
	if before := s.followed.Load(); before != nil {
		maps.Copy(more.keys, before.keys)
		maps.Copy(more.ids, before.ids)
	}
	for _, key := range []identity.Key{r.account, r.member} {
		if key.IsZero() {
			continue
		}
		more.keys[key] = true
		if s.id != nil {
			more.ids[s.id(key).Key0] = true
		}
	}
	s.followed.Store(more)
}

// follows reports whether an entry is of a member that is followed.
func (s *Sought) follows(e *entry) bool {
	f := s.followed.Load()
	return f != nil && s.Open()&Following != 0 && (f.keys[e.account] || f.keys[e.member])
}

// followsID is follows for a stored row.
func (s *Sought) followsID(id tally.ID) bool {
	f := s.followed.Load()
	return f != nil && f.ids[id.Key0]
}

// errFound ends the reading of lists when nothing is sought any more.
var errFound = errors.New("all rows that were sought are found")

// over reports whether nothing is sought any more.
func (s *Sought) over() bool { return s != nil && s.Open() == 0 }

// ofEntry reports whether a row may stand behind a figure for which rows are sought
// still, as far as its kind tells.
func (s *Sought) ofEntry(e *entry) bool {
	return s == nil || s.OfKind(e.seller, e.audience, e.status)&s.Open() != 0 || s.follows(e)
}

// soughtRows looks for the rows that are sought among stored ones. It is for several
// goroutines.
type soughtRows struct {
	*Sought
	spots *storedSpots
	// sets are the figures that the members of a set stand behind, by its number, with
	// a bit more where they are known.
	sets, users []atomic.Uint64
	lock        sync.Mutex
	accounts    map[accountOfUser]Figures // that users stand behind for their account
}

// accountOfUser is a set of accounts, and the segment of a user at one of them.
type accountOfUser struct{ set, segment int }

func (s *soughtRows) over() bool { return s != nil && s.Sought.over() }

func (s *storedSpots) sought(w *Sought) *soughtRows {
	return &soughtRows{
		Sought: w, spots: s, sets: make([]atomic.Uint64, s.count.result.Len()), users: make([]atomic.Uint64, s.count.users.Len()),
		accounts: map[accountOfUser]Figures{},
	}
}

// ofKind are the figures that rows of a kind may stand behind.
func (s *soughtRows) ofKind(k bulkKind) Figures {
	if s == nil || k.seller < 0 {
		return allFigures
	}
	return s.OfKind(k.seller, k.audience, k.status)
}

// has reports whether a row of an account may be among those that are sought, where
// its kind tells for which figures it may.
func (s *soughtRows) has(id func() tally.ID, kind Figures) bool {
	open := s.Open()
	kind &= open
	if kind == 0 && open&Following == 0 {
		return false
	}
	of := id()
	if open&Following != 0 && s.followsID(of) {
		return true
	}
	if kind == 0 {
		return false
	}
	found, ok := s.spots.count.result.Find(of)
	return !ok || s.ofSet(found)&kind != 0 // where it is not found, it is counted row by row
}

// hasUser is has for a row about a user, who may have no account.
func (s *soughtRows) hasUser(user, id func() tally.ID, kind Figures, homeless bool) bool {
	open := s.Open()
	kind &= open
	if kind == 0 && open&Following == 0 {
		return false
	}
	of := user()
	if open&Following != 0 && (s.followsID(of) || !homeless && s.followsID(id())) {
		return true
	}
	if kind == 0 {
		return false
	}
	found, ok := s.spots.count.users.Find(of)
	if !ok || s.ofUser(found)&kind != 0 {
		return true
	}
	if homeless {
		return false
	}
	segment := s.spots.userSpot(found.Set).segment
	account, ok := s.spots.count.result.Find(id())
	return !ok || s.ofAccount(account, segment)&kind != 0
}

func (s *soughtRows) ofSet(found tally.Found) Figures {
	return s.ask(&s.sets[found.Set], func() *Row { return s.spots.row(found) })
}

func (s *soughtRows) ofUser(found tally.Found) Figures {
	return s.ask(&s.users[found.Set], func() *Row { return s.spots.userRow(found) })
}

// ask asks once which figures a row may stand behind.
func (s *soughtRows) ask(one *atomic.Uint64, row func() *Row) Figures {
	if known := one.Load(); known != 0 {
		return Figures(known) & allFigures
	}
	r := row()
	s.spots.asking.Lock()
	defer s.spots.asking.Unlock()
	figures := allFigures
	if r.Set != nil {
		figures &= s.OfSet(r)
	}
	one.Store(uint64(figures | figuresKnown))
	return figures
}

// ofAccount are the figures that users of a segment stand behind for their account.
func (s *soughtRows) ofAccount(found tally.Found, segment int) Figures {
	at := accountOfUser{found.Set, segment}
	s.lock.Lock()
	defer s.lock.Unlock()
	figures, known := s.accounts[at]
	if !known {
		r := s.spots.row(found)
		r.Audience, r.Table, r.Set, r.Segment = graph.Users, s.spots.n.users.shown, nil, segment
		s.spots.asking.Lock()
		figures = s.OfSet(r)
		s.spots.asking.Unlock()
		s.accounts[at] = figures
	}
	return figures
}
