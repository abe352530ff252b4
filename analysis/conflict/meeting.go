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
	Teamed    bool // a teaming record names both there
}

// Meetings lists every pair of sellers of a set, each with the worst relation
// of their touches there, in the order of the sellers. Cost: the square of the
// number of touches.
func (r *Rule) Meetings(t *exposure.Table, s *exposure.Set) []Meeting {
	touches := make([]*exposure.Touch, len(s.Touches))
	for n, i := range s.Touches {
		touches[n] = &t.Touches[i]
	}
	return r.appendMeetings(nil, t, s, touches)
}

// appendMeetings adds the meetings of some touches of a set. Tables have their
// touches in the order of the sellers.
func (r *Rule) appendMeetings(all []Meeting, t *exposure.Table, s *exposure.Set, touches []*exposure.Touch) []Meeting {
	bySeller := func(a, b *exposure.Touch) int { return a.Seller - b.Seller }
	if !slices.IsSortedFunc(touches, bySeller) {
		touches = slices.Clone(touches)
		slices.SortStableFunc(touches, bySeller)
	}
	for from := 0; from < len(touches); {
		to := sameSeller(touches, from)
		for next := to; next < len(touches); {
			end := sameSeller(touches, next)
			all = append(all, r.meet(t, s, touches[from:to], touches[next:end]))
			next = end
		}
		from = to
	}
	return all
}

// sameSeller is where the touches of another seller than that at from begin.
func sameSeller(touches []*exposure.Touch, from int) int {
	to := from + 1
	for to < len(touches) && touches[to].Seller == touches[from].Seller {
		to++
	}
	return to
}

// meet is the worst meeting of the touches of two sellers.
func (r *Rule) meet(t *exposure.Table, s *exposure.Set, of, with []*exposure.Touch) Meeting {
	m := Meeting{P: of[0].Seller, Q: with[0].Seller, Relation: Unrelated}
	if len(s.Marks) > 0 {
		m.Teamed = r.marked(t, s, exposure.MarkTeaming, m.P, m.Q)
		m.Settled = r.settled(t, s, m)
	}
	for _, a := range of {
		for _, b := range with {
			switch relation := r.Relate(a, b, m.Teamed); {
			case relation == m.Relation:
				m.Confident = m.Confident || r.Confident(a, b)
			case relation.Worse(m.Relation):
				m.Relation, m.Confident = relation, r.Confident(a, b)
			}
		}
	}
	return m
}

// settled reports whether a record says who serves the members of the set: a
// named account is the vendor's own, a handoff or teaming names the two.
func (r *Rule) settled(t *exposure.Table, s *exposure.Set, m Meeting) bool {
	for _, i := range s.Marks {
		if t.Marks[i].Kind == exposure.MarkNamed {
			return true
		}
	}
	return m.Teamed || r.marked(t, s, exposure.MarkHandoff, m.P, m.Q)
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
