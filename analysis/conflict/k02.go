package conflict

var unteamed = &finder{
	doc: Doc{
		ID: "K02", Slug: "complementary-unteamed", Name: "Complementary, not teamed",
		Means:    "Two sellers do different things at the same customer, and nothing says that they work together.",
		Pattern:  "Two sellers reach one member with one product and at one time, their roles are disjoint, and no teaming record names both there.",
		Evidence: pairEvidence, Money: "None.", Confidence: namesLow, Good: true,
		Remedies: []Remedy{{Text: "Offer teaming, and say who leads", Changes: "the customer has one that leads"}},
	},
	audiences: membersAudiences,
	members:   related(Unteamed),
}
