package analysis

import (
	"math"
	"slices"
)

// Cause tells by what net reach moved, in members.
type Cause struct {
	How         CauseKind `json:"how"`
	Lists       float64   `json:"lists"`       // refreshed, added or removed
	LeftOut     float64   `json:"left_out"`    // lists that were not read any more, or again, by the day they must be destroyed
	Partners    float64   `json:"partners"`    // that began or stopped selling, with their lists
	Definitions float64   `json:"definitions"` // what counts, or how it is read
	Several     bool      `json:"several"`     // it is not known because several things changed
	Why         string    `json:"why"`         // it is not known
}

// CauseKind says how the causes of a movement are known.
type CauseKind string

// How causes are known.
const (
	NoMovement CauseKind = ""         // net did not move
	OneCause   CauseKind = "only-one" // nothing else changed
	CountedOut CauseKind = "counted"  // the lists were counted again, with the rest held
	NotKnown   CauseKind = "not-known"
)

// classes are what changed of all that net reach can rest on.
type classes struct{ lists, leftOut, partners, definitions bool }

func (c classes) number() int {
	n := 0
	for _, is := range []bool{c.lists, c.leftOut, c.partners, c.definitions} {
		if is {
			n++
		}
	}
	return n
}

// classes sorts the changes by what they are. The lists of a partner that began or
// ended to sell are part of that.
func (d *Diff) classes() classes {
	sales := d.salesBegunOrEnded()
	bears := func(of func(*ListChange) bool) bool {
		return slices.ContainsFunc(d.Lists, func(l ListChange) bool {
			use := l.From
			if use == nil {
				use = l.To
			}
			return use.bearsOnReach() && !sales[use.Partner] && of(&l)
		})
	}
	return classes{
		partners:    len(sales) > 0,
		lists:       bears(func(l *ListChange) bool { return !l.Unread() }),
		leftOut:     bears((*ListChange).Unread),
		definitions: slices.ContainsFunc(d.Definitions, func(x DefinitionChange) bool { return x.Reach }),
	}
}

// Unread reports whether the list was not read on one side, because it must be
// destroyed by then.
func (l *ListChange) Unread() bool { return l.Kind == LeftOut || l.Kind == ReadAgain }

// salesBegunOrEnded are the declared partners that sell today on one side alone.
func (d *Diff) salesBegunOrEnded() map[string]bool {
	out := map[string]bool{}
	for _, p := range d.Partners {
		if p.Sales && p.Kind != Appeared && p.Kind != Vanished {
			out[p.ID] = true
		}
	}
	return out
}

// attribute says by what net reach moved where one thing alone can be it.
func (d *Diff) attribute() {
	c := d.classes()
	for i := range d.Audiences {
		a := &d.Audiences[i]
		by := a.Net.By
		switch {
		case !a.Net.Moved():
		case c.number() > 1:
			a.Cause = Cause{How: NotKnown, Several: true, Why: "several things changed, and the snapshots cannot tell them apart"}
		case c.leftOut:
			a.Cause = Cause{How: OneCause, LeftOut: by}
		case c.lists:
			a.Cause = Cause{How: OneCause, Lists: by}
		case c.partners:
			a.Cause = Cause{How: OneCause, Partners: by}
		case c.definitions:
			a.Cause = Cause{How: OneCause, Definitions: by}
		default:
			a.Cause = Cause{How: NotKnown, Why: "no list, partner or definition behind it changed; the day, or the program that counted, may be behind it"}
		}
	}
}

// needsCounting reports whether some movement has causes that only counting tells
// apart.
func (d *Diff) needsCounting() bool {
	return d.classes().number() > 1 && slices.ContainsFunc(d.Audiences, func(a AudienceDiff) bool { return math.Abs(a.Net.By) > 0 })
}
