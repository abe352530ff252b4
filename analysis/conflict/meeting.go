package conflict

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
)

// Meeting is two sellers at the members of one set.
type Meeting struct {
	P, Q      int // sellers, P < Q
	Relation  Relation
	Confident bool // it rests on more than bare names and unknown products
	Settled   bool // a record says which pathway serves the member
}

// Meetings lists every pair of sellers of a set, each with the worst relation
// of their touches there, in the order of the sellers. Cost: the square of the
// number of touches.
func (r *Rule) Meetings(t *exposure.Table, s *exposure.Set) []Meeting {
	var all []Meeting
	for i, a := range s.Touches {
		for _, b := range s.Touches[i+1:] {
			if t.Touches[a].Seller != t.Touches[b].Seller {
				all = merge(all, r.meet(t, s, &t.Touches[a], &t.Touches[b]))
			}
		}
	}
	slices.SortFunc(all, func(a, b Meeting) int {
		if a.P != b.P {
			return a.P - b.P
		}
		return a.Q - b.Q
	})
	return all
}

func (r *Rule) meet(t *exposure.Table, s *exposure.Set, a, b *exposure.Touch) Meeting {
	p, q := min(a.Seller, b.Seller), max(a.Seller, b.Seller)
	return Meeting{
		P: p, Q: q,
		Relation:  r.Relate(a, b, r.marked(t, s, exposure.MarkTeaming, p, q)),
		Confident: r.Confident(a, b),
		Settled:   r.settled(t, s, p, q),
	}
}

// merge adds a meeting, or keeps the worse of it and that of the same pair.
func merge(all []Meeting, m Meeting) []Meeting {
	for i := range all {
		if all[i].P != m.P || all[i].Q != m.Q {
			continue
		}
		if m.Relation.Worse(all[i].Relation) {
			all[i] = m
		} else if m.Relation == all[i].Relation {
			all[i].Confident = all[i].Confident || m.Confident
		}
		return all
	}
	return append(all, m)
}

// settled reports whether a record says who serves the members of the set: a
// named account is the vendor's own, a handoff or teaming names the two.
func (r *Rule) settled(t *exposure.Table, s *exposure.Set, p, q int) bool {
	for _, m := range s.Marks {
		if t.Marks[m].Kind == exposure.MarkNamed {
			return true
		}
	}
	return r.marked(t, s, exposure.MarkTeaming, p, q) || r.marked(t, s, exposure.MarkHandoff, p, q)
}

// marked reports whether the set has a mark of the kind that names both sellers.
func (r *Rule) marked(t *exposure.Table, s *exposure.Set, kind exposure.MarkKind, p, q int) bool {
	for _, m := range s.Marks {
		if t.Marks[m].Kind != kind {
			continue
		}
		names := strings.Split(t.Marks[m].Subject, "+")
		if slices.Contains(names, r.sellers[p].ID) && slices.Contains(names, r.sellers[q].ID) {
			return true
		}
	}
	return false
}

// Worst is the worst relation among meetings, Unrelated where there are none.
func Worst(all []Meeting) Relation {
	worst := Unrelated
	for _, m := range all {
		if m.Relation.Worse(worst) {
			worst = m.Relation
		}
	}
	return worst
}
