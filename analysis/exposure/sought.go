package exposure

import (
	"errors"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
)

// Figures is a set of figures that rows are sought for, a bit for each. Where there
// are more of them than bits, several share the last one.
type Figures uint64

// MostFigures is how many figures have a bit of their own or share one.
const MostFigures = 63

// allFigures stands for whatever may be sought.
const allFigures = Figures(1)<<MostFigures - 1

// FigureBit is the bit of the nth figure, from 0.
func FigureBit(n int) Figures { return 1 << min(n, MostFigures-1) }

// Sought says for which figures rows are sought. A row stands behind none but those
// that its kind, its set and what is still open have in common.
type Sought struct {
	// OfKind is asked for rows that have a seller, an audience and a status in common,
	// by several goroutines.
	OfKind func(seller int, audience graph.Audience, status graph.Status) Figures
	// OfSet is asked once for the members of a set, with a Row that has what these have
	// in common: no seller and no status. It is asked by one goroutine at a time, beside
	// the one that takes rows.
	OfSet func(*Row) Figures
	// Open are the figures for which rows are sought still. They only become fewer, and
	// when none is left, reading ends. It is asked often, by several goroutines.
	Open func() Figures
}

// errFound ends the reading of lists when nothing is sought any more.
var errFound = errors.New("all rows that were sought are found")

// over reports whether nothing is sought any more.
func (s *Sought) over() bool { return s != nil && s.Open() == 0 }

// ofEntry reports whether a row may stand behind a figure for which rows are sought
// still, as far as its kind tells.
func (s *Sought) ofEntry(e *entry) bool {
	return s == nil || s.OfKind(e.seller, e.audience, e.status)&s.Open() != 0
}

// soughtRows looks for the rows that are sought among stored ones. It is for several
// goroutines.
type soughtRows struct {
	*Sought
	spots *storedSpots
	// sets are the figures that the members of a set stand behind, by its number, with
	// a bit more where they are known.
	sets []atomic.Uint64
}

func (s *soughtRows) over() bool { return s != nil && s.Sought.over() }

const figuresKnown = 1 << MostFigures

func (s *storedSpots) sought(w *Sought) *soughtRows {
	return &soughtRows{Sought: w, spots: s, sets: make([]atomic.Uint64, s.count.result.Len())}
}

// ofKind are the figures that rows of a kind may stand behind.
func (s *soughtRows) ofKind(k bulkKind) Figures {
	if k.seller < 0 || k.audience != graph.Buyers {
		return allFigures
	}
	return s.OfKind(k.seller, k.audience, k.status)
}

// has reports whether a row of an account may be among those that are sought for
// some figures.
func (s *soughtRows) has(id tally.ID, of Figures) bool {
	found, ok := s.spots.count.result.Find(id)
	return !ok || s.ofSet(found)&of != 0 // else it is counted with others, row by row
}

func (s *soughtRows) ofSet(found tally.Found) Figures {
	one := &s.sets[found.Set]
	if known := one.Load(); known != 0 {
		return Figures(known) & allFigures
	}
	row := s.spots.row(found)
	s.spots.asking.Lock()
	defer s.spots.asking.Unlock()
	figures := allFigures
	if row.Set != nil {
		figures &= s.OfSet(row)
	}
	one.Store(uint64(figures) | figuresKnown)
	return figures
}
