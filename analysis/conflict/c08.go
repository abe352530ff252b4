package conflict

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

var namedAccounts = &finder{
	doc: Doc{
		ID: "C08", Slug: "named-account-breach", Name: "Named-account breach",
		Means:    "A partner sells to an account that is kept for our own sales.",
		Pattern:  "The account is on the list of named accounts, on the day, and a partner that is on the paper there (role transact) has a customer or an open deal at it, without a deal that one of our own channels is a party to. A partner that only knows the account could collide there: it breaks nothing yet.",
		Evidence: "The partner's rows at the named account.",
		Money:    "None: a promise is kept or broken.", Confidence: namesLow,
		Promise: true,
		Remedies: []Remedy{
			{Text: "Route the deal to our own sales, with a finder's fee", Changes: "the partner is paid and no longer on the paper there"},
			{Text: "Take the account off the list, if the partner serves it better", Changes: "the account is open to all"},
		},
	},
	audiences: []graph.Audience{graph.Buyers},
	members: func(at *At, hits []Hit) []Hit {
		if !at.marked(exposure.MarkNamed, "") {
			return hits
		}
		for _, t := range at.touches {
			if at.Rule.direct(t) || !t.Reaches() || !t.Roles.Has(graph.RoleTransact) || slices.ContainsFunc(t.With, at.ours) {
				continue
			}
			relation := CouldCollide
			if active(t) {
				relation = Live
			}
			hits = mergeHit(hits, Hit{P: t.Seller, Q: -1, Relation: relation, Firm: !t.ByName})
		}
		return hits
	},
}

// ours reports whether a seller is a channel of our own.
func (f *Facts) ours(seller int) bool { return f.eco().Kind(f.Rule.sellers[seller]).Direct() }
