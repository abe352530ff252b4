package conflict

var teamed = &finder{
	doc: Doc{
		ID: "K01", Slug: "complementary-teamed", Name: "Complementary, teamed",
		Means:    "Two sellers do different things at the same customer, and work together.",
		Pattern:  "Two sellers reach one member with one product and at one time, their roles are disjoint, and a teaming record names both there.",
		Evidence: pairEvidence, Money: "None.", Confidence: namesLow, Good: true,
		Remedies: []Remedy{{Text: "Keep it", Changes: "nothing"}},
	},
	audiences: membersAudiences,
	members:   related(Teamed),
}
