package conflict

var samePartners = &finder{
	doc: Doc{
		ID: "C02", Slug: "same-kind-partners", Name: "Partners of one kind",
		Means:    "Two partners of the same kind can both sell to the same customer.",
		Pattern:  "Two partners whose channels are of one kind reach one member, in one audience, with one product and at one time, and share a role that only one party can have; no deal joins them and neither supplies the other. Live where both have a customer or an open deal there, else it could collide. A teaming record does not end it, for the role has one owner all the same; the finding says at how many members there is one.",
		Evidence: pairEvidence, Money: weighedMoney, Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Register deals: the first valid registration is protected until it expires", Changes: "the chance that both pursue one deal falls; reach stays", LegalReview: true},
			{Text: "Pay whoever sources and whoever closes, so that neither loses by standing back", Changes: "the chance that both pursue one deal falls", LegalReview: true},
			{Text: "Agree on a focus for each, by territory or segment", Changes: "the pair no longer meets outside its focus", LegalReview: true},
		},
	},
	audiences: membersAudiences,
	members:   competing(SameKind),
}
