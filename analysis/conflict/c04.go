package conflict

var tierBypass = &finder{
	doc: Doc{
		ID: "C04", Slug: "tier-bypass", Name: "Tier bypass",
		Means:    "A distributor sold past the reseller that it supplies.",
		Pattern:  "A partner that supplies another has a customer or an open deal of its own at a member that the other reaches, and the row names neither the other nor a deal in common. Live where the other has a customer or an open deal there, else it could collide. A teaming record does not end it; the finding says at how many members there is one.",
		Evidence: pairEvidence, Money: weighedMoney, Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Rule out sales past the tier below, or pay the tier below for them", Changes: "the bypass no longer costs the tier below"},
			{Text: "Split the roles: one is on the paper, the other delivers", Changes: "the two no longer share a role"},
		},
	},
	audiences: membersAudiences,
	members:   competing(Bypass),
}
