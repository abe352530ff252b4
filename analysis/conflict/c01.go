package conflict

const (
	weighedMoney = "Potential gross margin a year at these members: what both can sell for, not a loss. With `assumptions:` an expected loss."
	namesLow     = "Low where one of the two joined the account by a bare name alone, or where no product is known and there are several."
	pairEvidence = "The rows of both at each member."
)

var directPartner = &finder{
	doc: Doc{
		ID: "C01", Slug: "direct-against-partner", Name: "Direct against partner",
		Means:    "Our own sales and a partner can both sell to the same customer.",
		Pattern:  "A channel of ours and a partner reach one member, in one audience, with one product and at one time, and share a role that only one party can have; no deal joins them. Live where both have a customer or an open deal there, else it could collide; with a marketplace it is never live. A teaming record does not end it, for the role has one owner all the same; the finding says at how many members there is one.",
		Evidence: pairEvidence, Money: weighedMoney, Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Name the accounts that are ours alone, and carve them out", Changes: "the pair no longer meets at the named accounts"},
			{Text: "Sell together, and pay our own people the same whoever invoices", Changes: "the chance that both pursue one deal falls; reach stays"},
		},
	},
	audiences: membersAudiences,
	members:   competing(DirectPartner),
}
