package conflict

import (
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

var offers = &finder{
	doc: Doc{
		ID: "C13", Slug: "offer-collision", Name: "Offer collision",
		Means:    "A customer holds two offers for the same thing, from two sides.",
		Pattern:  "Two offers or quotes with different numbers to one account, both unexpired on the day, neither withdrawn nor taken, for one product or none named, whose parties (seller of record and marketplace) differ.",
		Evidence: "The rows of both offers.", Money: "The amounts of the offers, as written; never added.",
		Confidence: "Low where the account of one was told by a bare name.",
		Remedies: []Remedy{
			{Text: "One seller of record for each opportunity: withdraw the other offer", Changes: "the customer holds one offer"},
			{Text: "Make the partner's quote the private offer (CPPO)", Changes: "both are parties to one deal"},
		},
	},
	whole: func(f *Facts) []Finding {
		return f.colliding("C13", list.Offers, func(a, b *exposure.Record) bool {
			return sameOrOpen(f.product(a), f.product(b)) && (a.Cell(list.ID) == "" || identity.RecordID(a.Cell(list.ID)) != identity.RecordID(b.Cell(list.ID)))
		})
	},
}
