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
		users := at.subjects(exposure.MarkUsers)
		if len(users) == 0 || at.marked(exposure.MarkOwner, "") || at.marked(exposure.MarkHandoff, "") {
			return hits
		}
		for _, u := range users {
			for _, other := range at.dealing() {
				if s := at.called(u); s >= 0 && s != other.P {
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
			s := at.called(id)
			if s >= 0 && at.Counts(s) && (kind == exposure.MarkRegistration || at.ours(s) && at.eco().Kind(at.Rule.sellers[s]) == graph.DirectBuyer) {
				found = mergeHit(found, Hit{P: s, Q: -1, Firm: true})
			}
		}
	}
	return found
}

// called is the seller of an id, or -1.
func (f *Facts) called(id string) int {
	if s, ok := f.sellers[id]; ok {
		return s
	}
	return -1
}
