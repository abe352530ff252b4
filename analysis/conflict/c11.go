package conflict

import (
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

var selfServe = &finder{
	doc: Doc{
		ID: "C11", Slug: "self-serve-against-sales", Name: "Self-serve against sales",
		Means:    "People at an account use our product by themselves while a deal is under way there, and nobody was asked to bring the two together.",
		Pattern:  "An account has five (`policy.min_users`) or more active users on a direct-user channel, and an open deal of our own sales or a live registration of a partner; there is no handoff, and neither an own list nor the deal names an owner.",
		Evidence: "The users' rows by file and row, never by address; the rows of the deal.",
		Money:    weighedMoney, Confidence: "Low where the deal's account was told by a bare name.",
		Remedies: []Remedy{
			{Text: "Agree on a handoff: when self-serve users are passed to sales, and to whom", Changes: "the account has one that serves it"},
			{Text: "Credit self-serve revenue at the account to its owner", Changes: "neither motion loses by the other's sale"},
		},
	},
	audiences: []graph.Audience{graph.Accounts},
	members: func(at *At, hits []Hit) []Hit {
		if at.marked(exposure.MarkOwner, "") || at.marked(exposure.MarkHandoff, "") {
			return hits
		}
		for _, u := range at.subjects(exposure.MarkUsers) {
			for _, other := range at.dealing() {
				if s := at.sellers[u]; s != other.P { // marks of users and of records name sellers alone
					hits = append(hits, Hit{P: s, Q: other.P, Relation: Live, Firm: other.Firm})
				}
			}
		}
		return hits
	},
}

// dealing lists who has an open direct deal or a live registration at the members.
func (at *At) dealing() []Hit {
	var found []Hit
	for _, t := range at.touches {
		if at.Rule.kind(t) == graph.DirectBuyer && t.Status == graph.Open {
			found = mergeHit(found, Hit{P: t.Seller, Q: -1, Firm: !t.ByName})
		}
	}
	for _, kind := range []exposure.MarkKind{exposure.MarkDeal, exposure.MarkRegistration} {
		for _, id := range at.subjects(kind) {
			s := at.sellers[id]
			if at.Counts(s) && (kind == exposure.MarkRegistration || at.eco().Kind(at.Rule.sellers[s]) == graph.DirectBuyer) {
				found = mergeHit(found, Hit{P: s, Q: -1, Firm: true})
			}
		}
	}
	return found
}
