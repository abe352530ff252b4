package conflict

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

var renewals = &finder{
	doc: Doc{
		ID: "C16", Slug: "incumbency-at-renewal", Name: "Incumbency at renewal",
		Means:    "A new pathway turns up where the partner of record is about to renew.",
		Pattern:  "A partner that is not ended has a renewal at the account within `policy.renewal_days`, and another seller that can be on the paper too (role transact) has an open deal there, or is a candidate that reaches it, for the product that is renewed or none named; it has no customer for that product there yet, no deal joins the two, and neither supplies the other.",
		Evidence: "The renewal, and the rows of the other seller.", Money: weighedMoney, Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Write a rule for the partner of record: who renews keeps the account through the renewal", Changes: "the other seller stands back until the renewal", LegalReview: true},
		},
	},
	audiences: []graph.Audience{graph.Buyers},
	members: func(at *At, hits []Hit) []Hit {
		for _, m := range at.Set.Marks {
			if renewal, ok := at.renewal(&at.Table.Marks[m]); ok {
				hits = at.arrivals(hits, &renewal)
			}
		}
		return hits
	},
}

// renewal is what the partner of record renews, as a touch of its: one that names
// no product is of all the partner's. False where the mark is none, or its partner
// does not count.
func (at *At) renewal(m *exposure.Mark) (exposure.Touch, bool) {
	if m.Kind != exposure.MarkRenewal {
		return exposure.Touch{}, false
	}
	incumbent := at.sellers[m.Subject] // marks of renewals name sellers alone
	return exposure.Touch{Seller: incumbent, Product: m.Product}, !at.ours(incumbent) && at.Counts(incumbent)
}

// arrivals adds the sellers that turn up where a renewal is due.
func (at *At) arrivals(hits []Hit, renewal *exposure.Touch) []Hit {
	for _, t := range at.touches {
		if at.arrives(t, renewal) {
			hits = mergeHit(hits, Hit{
				P: renewal.Seller, Q: t.Seller, Relation: at.arrival(t), Firm: at.Rule.Confident(t, renewal),
			})
		}
	}
	return hits
}

// arrives reports whether a touch is a new pathway for what the partner of record
// renews.
func (at *At) arrives(t, renewal *exposure.Touch) bool {
	s, incumbent := t.Seller, renewal.Seller
	if s == incumbent || !t.Roles.Has(graph.RoleTransact) || slices.Contains(t.With, incumbent) || !at.Rule.productsMeet(t, renewal) ||
		at.Rule.Supplies(s, incumbent) || at.Rule.Supplies(incumbent, s) || at.Rule.soldOn(t) {
		return false
	}
	for _, other := range at.touches {
		if other.Seller == s && other.Status == graph.Customer && at.Rule.productsMeet(other, renewal) {
			return false
		}
	}
	return t.Status == graph.Open || t.Reaches() && at.eco().Stage(at.Rule.sellers[s]).Candidate()
}

func (at *At) arrival(t *exposure.Touch) Relation {
	if active(t) {
		return Live
	}
	return CouldCollide
}
