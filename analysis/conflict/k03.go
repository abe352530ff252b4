package conflict

import "github.com/channelmap/channelmap/graph"

var openings = &finder{
	doc: Doc{
		ID: "K03", Slug: "opening", Name: "Opening",
		Means:    "A partner serves an account that we want: a reason to work with it.",
		Pattern:  "Our target, at which nobody has a customer or an open deal, is a relationship of a partner.",
		Evidence: pairEvidence, Money: "Potential gross margin a year at these members.", Confidence: namesLow, Good: true,
		Remedies: []Remedy{{Text: "Ask the partner for an introduction", Changes: "the account becomes reach when a deal opens"}},
	},
	audiences: membersAudiences,
	members: func(at *At, hits []Hit) []Hit {
		for _, t := range at.touches {
			if t.Status == graph.Customer || t.Status == graph.Open {
				return hits
			}
		}
		return related(Opening)(at, hits)
	},
}
