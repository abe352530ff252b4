package conflict

var crossChannels = &finder{
	doc: Doc{
		ID: "C03", Slug: "cross-kind-channels", Name: "Channels of two kinds",
		Means:    "Two partners of different kinds can both sell to the same customer.",
		Pattern:  "Two partners whose channels are of different kinds reach one member, in one audience, with one product and at one time, and share a role that only one party can have; no deal joins them and neither supplies the other. Live where both have a customer or an open deal there, else it could collide; a marketplace beside a reseller or a distributor is never live. A teaming record does not end it, for the role has one owner all the same; the finding says at how many members there is one.",
		Evidence: pairEvidence, Money: weighedMoney, Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Differentiate what each sells: an offer or a SKU of its own", Changes: "the pair no longer has a product in common"},
			{Text: "Give each a segment by the size of the customer", Changes: "the pair no longer meets outside its segment", LegalReview: true},
		},
	},
	audiences: membersAudiences,
	members:   competing(CrossKind),
}
