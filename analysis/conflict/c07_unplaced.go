package conflict

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Unplaced is a term that sellers may break at members of whom no list tells
// whether they are inside.
type Unplaced struct {
	ID       string // of the finding that they would make
	Clause   *Clause
	Members  int64
	Segments bool // the segment of some is not told
	Country  bool // the country of some is not told
}

// Unplaced lists the exclusive terms in force that some sellers may break at
// members whose segment or country is not told, because no column of the sellers'
// lists could tell it. lacks reports whether a list of a seller has no such column.
func (f *Facts) Unplaced(sellers []int, lacks func(seller int, key list.Key) bool) []Unplaced {
	var all []Unplaced
	for _, c := range f.terms {
		for _, s := range sellers {
			if !f.scopeMeets(c, s) {
				continue
			}
			u := Unplaced{ID: f.key("C07", []int{f.holder(c), s}, c), Clause: c}
			if f.countUnplaced(&u, s, lacks); u.Members > 0 {
				all = append(all, u)
			}
		}
	}
	return all
}

func (f *Facts) countUnplaced(u *Unplaced, seller int, lacks func(int, list.Key) bool) {
	noSegment := f.segmentKeys(u.Clause.Term, func(k list.Key) bool { return lacks(seller, k) })
	noCountry := lacks(seller, list.Country)
	if !noSegment && !noCountry {
		return
	}
	for _, table := range []*exposure.Table{f.Exposure.Users, f.Exposure.Buyers} {
		for i := range table.Cells {
			cell := &table.Cells[i]
			for n := range cell.Sets {
				at := &At{Facts: f, Table: table, Segment: cell.Segment, Set: &cell.Sets[n]}
				if !at.breaks(u.Clause, seller) {
					continue
				}
				segment, country := at.place(u.Clause, noSegment, noCountry)
				if segment == outside || country == outside || segment == inside && country == inside {
					continue
				}
				u.Members += at.Set.Members
				if segment == unknown {
					u.Segments = true
				}
				if country == unknown {
					u.Country = true
				}
			}
		}
	}
}

// segmentKeys reports whether a column that one of the term's segments is told by
// is such.
func (f *Facts) segmentKeys(t *graph.Term, is func(list.Key) bool) bool {
	for i := range f.eco().Segments {
		s := &f.eco().Segments[i]
		if !slices.Contains(t.Segments, s.ID) {
			continue
		}
		if len(s.Match) == 0 && is(list.Segment) {
			return true
		}
		for word := range s.Match {
			if key, _ := list.ParseKey(word); is(key) { // the file was checked
				return true
			}
		}
	}
	return false
}

// placing is where members are to a term's segments or territories.
type placing int

const (
	inside placing = iota
	outside
	unknown
)

// place tells where the members of a set are. What no column tells is unknown, and
// what a column could have told and did not is outside.
func (at *At) place(c *Clause, noSegment, noCountry bool) (segment, country placing) {
	switch {
	case len(c.Term.Segments) == 0 || at.Segment >= 0 && slices.Contains(c.Term.Segments, at.eco().Segments[at.Segment].ID):
		segment = inside
	case at.Segment < 0 && noSegment:
		segment = unknown
	default:
		segment = outside
	}
	switch {
	case len(c.Term.Territory) == 0 || slices.ContainsFunc(c.Term.Territory, func(id string) bool { return at.marked(exposure.MarkTerritory, id) }):
		country = inside
	case noCountry && !at.marked(exposure.MarkTerritory, ""):
		country = unknown
	default:
		country = outside
	}
	return segment, country
}

// breaks reports whether a seller would break a term at members inside it.
func (at *At) breaks(c *Clause, seller int) bool {
	if at.exempt(c) {
		return false
	}
	return slices.ContainsFunc(at.Set.Touches, func(i int) bool {
		t := &at.Table.Touches[i]
		return t.Seller == seller && at.against(c, t)
	})
}
