package analysis

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// VerdictKind is one of four. None says whether to sign: that is for people.
type VerdictKind string

// The verdicts.
const (
	WithinPolicy    VerdictKind = "within-policy"
	BreaksPromise   VerdictKind = "breaks-a-promise"
	OverLimit       VerdictKind = "over-a-limit"
	CannotBeDecided VerdictKind = "cannot-be-decided"
)

// Verdict is what the policy says of signing or renewing the partner.
type Verdict struct {
	Kind    VerdictKind `json:"kind"`
	Text    string      `json:"text"`    // one sentence; the clause quoted, the limit named
	Missing []string    `json:"missing"` // evidence without which it cannot be decided, the cheapest first
}

// verdict holds what was found against the policy. A promise goes before a limit,
// and what is certain before what is not.
func (v *vetting) verdict(r *Vet) Verdict {
	missing := v.missing(r)
	switch {
	case slices.ContainsFunc(r.Promises, broken):
		return Verdict{BreaksPromise, v.brokenWords(r), missing}
	case slices.ContainsFunc(r.Limits, func(l Limit) bool { return l.Over }):
		return Verdict{OverLimit, overWords(r), missing}
	case len(missing) > 0:
		return Verdict{CannotBeDecided, "The evidence does not settle it: " + missing[0], missing}
	}
	return Verdict{WithinPolicy, withinWords(r), missing}
}

// broken reports whether rows prove that a promise that may not be broken is, and
// by more than bare names.
func broken(p Promise) bool { return p.Forbid && p.Proven && p.Firm > 0 }

func (v *vetting) brokenWords(r *Vet) string {
	i := slices.IndexFunc(r.Promises, broken)
	p := &r.Promises[i]
	if p.Clause == nil {
		return fmt.Sprintf("%s: %s sells at %s of ours", p.Name, r.Partner.Name, named(p.Members))
	}
	promised := "was promised"
	if p.Own {
		promised = "would be promised"
	}
	return fmt.Sprintf("%s %s to be %s (line %d of the ecosystem file), and %s reaches %s inside",
		p.Clause.Partner.Name, promised, p.Clause.Text, p.Clause.Line, p.Breaker.Name, accounts(int(p.Members)))
}

func named(n int64) string {
	if n == 1 {
		return "1 named account"
	}
	return Number(float64(n)) + " named accounts"
}

func overWords(r *Vet) string {
	l := r.Limits[slices.IndexFunc(r.Limits, func(l Limit) bool { return l.Over })]
	if l.Share {
		return fmt.Sprintf("%s is %s, and the policy allows %s: %s too much", limitNames[l.Name], PercentBeside(l.Value, l.Limit), PercentBeside(l.Limit, l.Value), points(l.Value-l.Limit))
	}
	return fmt.Sprintf("%s are %s, and the policy allows %s: %s too many", limitNames[l.Name]+whenSelling(r), Number(l.Value), Number(l.Limit), Number(l.Value-l.Limit))
}

// points is by how much one share is more than another.
func points(share float64) string {
	switch p := share * 100; {
	case p < 0.95:
		return strconv.FormatFloat(max(p, 0.0001), 'g', 1, 64) + " points"
	case p < 1.5:
		return "1 point"
	default:
		return fmt.Sprintf("%.0f points", p)
	}
}

// limitNames are the policy's limits in words.
var limitNames = map[string]string{
	"live_conflict.max_members": "The buyers in live conflict",
	"could_collide.max_share":   "The share of its accounts that could collide",
}

// whenSelling says of a figure that it is one to come, where the partner does not
// sell yet.
func whenSelling(r *Vet) string {
	switch stage := r.Partner.Stage; {
	case stage.Candidate():
		return " after signing"
	case stage == graph.Signed:
		return " once it sells"
	default:
		return ""
	}
}

func withinWords(r *Vet) string {
	text := "no promise is broken"
	for _, l := range r.Limits {
		if l.Share {
			text += fmt.Sprintf("; %s of its accounts could collide, at most %s are allowed", Percent(l.High), Percent(l.Limit))
		} else {
			text += fmt.Sprintf("; %s in live conflict%s, at most %s are allowed", Members(l.High, graph.Buyers), whenSelling(r), Number(l.Limit))
			if l.High > l.Limit {
				text += fmt.Sprintf(", and %s adds none", r.Partner.Name)
			}
		}
	}
	return text
}

// missing lists what the verdict lacks, the cheapest evidence first.
func (v *vetting) missing(r *Vet) []string {
	out := []string{}
	if !r.Listed {
		out = append(out, fmt.Sprintf("no list shows whom %s reaches; ask for %s", r.Partner.Name, v.cheapest(r)))
	}
	for _, p := range r.Promises {
		switch {
		case p.Forbid && !p.Proven && p.Unplaced > 0:
			out = append(out, fmt.Sprintf("whether %s's term, \"%s\", is touched: no list tells the %s of %s; ask for a column that does",
				p.Clause.Partner.Name, p.Clause.Text, p.Untold, accounts(int(p.Unplaced))))
		case p.Forbid && !p.Proven && p.Clause != nil && r.Listed:
			out = append(out, fmt.Sprintf("whether %s's term, \"%s\", is touched; ask for the accounts inside it", p.Clause.Partner.Name, p.Clause.Text))
		case p.Forbid && p.Proven && p.Members > 0 && p.Firm == 0:
			out = append(out, fmt.Sprintf("%s rests on bare names alone; ask for the websites of %s", p.Name, accounts(int(p.Members))))
		}
	}
	if least := v.s.Ecosystem.Policy.MinMatchRate; r.Listed && least != nil && r.Matching.Rows > 0 {
		if rate := 1 - float64(r.Matching.Unresolved)/float64(r.Matching.Rows); rate < *least {
			out = append(out, fmt.Sprintf("only %s of its rows could be told, and the policy asks for %s; ask for the websites of %s rows",
				Percent(rate), Percent(*least), Number(float64(r.Matching.Unresolved))))
		}
	}
	for _, l := range r.Limits {
		if r.Listed && !l.Over && l.High > l.Limit && l.High > l.Value {
			out = append(out, fmt.Sprintf("%s may be over the limit, because rows could not be told; ask for their websites", limitNames[l.Name]))
		}
	}
	for _, d := range v.unread() {
		out = append(out, fmt.Sprintf("how it stands to what %s shows: the agreement with %s says to destroy it by %s, and it was not read; ask %[2]s for a later day",
			fileWords(&d), d.Spec.NDA.Party, d.Spec.NDA.DestroyBy))
	}
	return out
}

// unread lists what was not read, and could break the policy if it were: lists of
// the partner and, where there is a limit, of those who sell today; and the records
// that tell whom promises and sales are about.
func (v *vetting) unread() []exposure.Destroyed {
	policy := &v.s.Ecosystem.Policy
	limits := policy.LiveConflict != nil || policy.CouldCollide != nil
	return slices.DeleteFunc(slices.Clone(v.s.destroyed), func(d exposure.Destroyed) bool {
		switch d.Shape {
		case list.Members:
			of := v.s.sellersWhere(func(x graph.Seller) bool { return v.s.mayBeOf(&d, x) })
			return !slices.ContainsFunc(of, v.of.Has) && !(limits && slices.ContainsFunc(of, v.others.Has))
		case list.NamedAccounts:
			return !slices.Contains(policy.Forbid, "named-account-breach")
		case list.AliasRows, list.ParentRows, list.Deals:
			return false
		}
		return true
	})
}

// cheapest is the evidence that costs the partner least and would settle most.
func (v *vetting) cheapest(r *Vet) string {
	for _, p := range r.Promises {
		if p.Clause != nil {
			return fmt.Sprintf("the number of its accounts inside %s's term (%s), then for a random sample of fifty, then for the list under NDA", p.Clause.Partner.Name, p.Clause.Text)
		}
	}
	return "an overlap count with our accounts, then for a random sample of fifty, then for the list under NDA"
}

// limits holds what signing makes of the conflicts against the policy.
func (v *vetting) limits(found *conflict.Result) []Limit {
	out := []Limit{}
	policy := &v.s.Ecosystem.Policy
	if policy.LiveConflict != nil {
		out = append(out, v.liveLimit(found, float64(policy.LiveConflict.MaxMembers)))
	}
	if policy.CouldCollide != nil && v.listed {
		out = append(out, v.collideLimit(found, policy.CouldCollide.MaxShare))
	}
	return out
}

// agreed reports whether a rivalry counts against the partner: nobody accepted it,
// and all parties but the partner sell today.
func (v *vetting) agreed(f *conflict.Finding) bool {
	return v.s.accepted(f.ID) == nil && v.s.sellToday(f, v.sellers)
}

func (v *vetting) party(f *conflict.Finding) bool { return slices.ContainsFunc(v.sellers, f.Involves) }

// liveLimit counts the buyers in live conflict with the partner among the
// sellers. What is over without the partner, and to which it adds nothing, is not
// held against it. A customer or an open deal whose account cannot be told may be
// one more.
func (v *vetting) liveLimit(found *conflict.Result, most float64) Limit {
	withIt := liveBuyers(contested(found, v.agreed))
	without := liveBuyers(contested(found, func(f *conflict.Finding) bool { return v.agreed(f) && !v.party(f) }))
	high := withIt
	if v.canBeLive() {
		high += float64(v.unresolved(graph.Buyers, active))
	}
	return Limit{Name: "live_conflict.max_members", Value: withIt, High: high, Limit: most, Over: withIt > most && withIt > without}
}

// canBeLive reports whether a sale of the partner to a buyer can be in live
// conflict with that of somebody who reaches buyers today.
func (v *vetting) canBeLive() bool {
	facts := v.s.atFacts()
	reachBuyers := figure.NewSellers(len(v.s.Sellers))
	for _, p := range v.s.partsOf(graph.Buyers) {
		reachBuyers = reachBuyers.Union(p.listed)
	}
	return slices.ContainsFunc(v.sellers, func(p int) bool {
		own := facts.OpenTouch(p, "")
		for q := range reachBuyers.All() {
			other := facts.OpenTouch(q, "")
			if v.others.Has(q) && v.s.Rule.Relate(&own, &other, false) == conflict.Live {
				return true
			}
		}
		return false
	})
}

// collideLimit is the share of the partner's buyers that could collide with
// somebody who sells today. Rows that cannot be told may collide or not.
func (v *vetting) collideLimit(found *conflict.Result, most float64) Limit {
	var reached, collide float64
	for _, p := range v.s.partsOf(graph.Buyers) {
		if p.cell == nil {
			continue
		}
		for i := range p.cell.Sets {
			if set := &p.cell.Sets[i]; v.reaches(p, set.Touches) {
				reached += float64(set.Members)
			}
		}
	}
	for i := range found.Contested {
		c := &found.Contested[i]
		if c.Audience == graph.Buyers && slices.ContainsFunc(c.Rivals, func(r conflict.Rivalry) bool { return !r.Live && v.party(r.Finding) && v.agreed(r.Finding) }) {
			collide += float64(c.Members)
		}
	}
	unresolved := float64(v.unresolved(graph.Buyers, reaching))
	l := Limit{Name: "could_collide.max_share", Share: true, Limit: most}
	if all := reached + unresolved; all > 0 {
		l.Value, l.High = collide/all, (collide+unresolved)/all
	}
	l.Over = l.Value > most
	return l
}

func (v *vetting) reaches(p *part, touches []int) bool {
	return slices.ContainsFunc(touches, func(i int) bool {
		t := &p.table.Touches[i]
		return t.Reaches() && slices.Contains(v.sellers, t.Seller)
	})
}
