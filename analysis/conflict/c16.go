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
		Pattern:  "A partner that is not ended has a renewal at the account, of whatever product, within `policy.renewal_days`, and another seller that can be on the paper too (role transact) has an open deal there, or is a candidate that reaches it; it has no customer there yet, no deal joins the two, and neither supplies the other.",
		Evidence: "The renewal, and the rows of the other seller.", Money: weighedMoney, Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Write a rule for the partner of record: who renews keeps the account through the renewal", Changes: "the other seller stands back until the renewal", LegalReview: true},
		},
	},
	audiences: []graph.Audience{graph.Buyers},
	members: func(at *At) []Hit {
		var hits []Hit
		for _, id := range at.subjects(exposure.MarkRenewal) {
			incumbent := at.called(id)
			if incumbent < 0 || at.ours(incumbent) || !at.Counts(incumbent) {
				continue
			}
			for _, t := range at.touches() {
				if at.arrives(t, incumbent) {
					hits = mergeHit(hits, Hit{Sellers: []int{incumbent, t.Seller}, Relation: at.arrival(t), Firm: !t.ByName})
				}
			}
		}
		return hits
	},
}

// arrives reports whether a touch is a new pathway beside the partner of record.
func (at *At) arrives(t *exposure.Touch, incumbent int) bool {
	s := t.Seller
	if s == incumbent || !t.Roles.Has(graph.RoleTransact) || slices.Contains(t.With, incumbent) ||
		at.Rule.Supplies(s, incumbent) || at.Rule.Supplies(incumbent, s) || at.Rule.soldOn(t) {
		return false
	}
	for _, other := range at.touches() {
		if other.Seller == s && other.Status == graph.Customer {
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
