package conflict

var singlePoint = &finder{
	doc: Doc{
		ID: "G02", Slug: "single-point-of-reach", Name: "Single point of reach",
		Means:    "Every pathway to a segment leads through one partner.",
		Pattern:  "A partner is on every pathway that works today from us to a declared segment (it dominates the segment in the network).",
		Evidence: "The pathways: `channelmap paths SEGMENT` lists them.", Money: "The potential gross margin a year at the members reached there.", Confidence: "As good as the lists are complete. Not told of a segment to which a list may lead that was not read, because its agreement says to destroy it.",
		Remedies: []Remedy{{Text: "Open a second pathway", Changes: "no partner is on all pathways any more"}},
	},
	whole: func(f *Facts) []Finding {
		var all []Finding
		for _, h := range f.Hanging {
			id := "G02-" + f.Rule.sellers[h.Seller].ID + "-" + f.eco().Segments[h.Segment].ID
			all = append(all, Finding{ID: id, Sellers: []int{h.Seller}, Segment: h.Segment})
		}
		return all
	},
}
