package conflict

var uncovered = &finder{
	doc: Doc{
		ID: "G01", Slug: "uncovered", Name: "Uncovered segment",
		Means:    "No pathway leads to a segment.",
		Pattern:  "A declared segment to which no list and no figure of a seller that works today leads. That nothing conflicts there says nothing.",
		Evidence: "None: there are no rows.", Money: "The segment's addressable members times their value, as declared.", Confidence: "As good as the lists are complete. Not told of a segment to which a list may lead that was not read, because its agreement says to destroy it.",
		Remedies: []Remedy{{Text: "Recruit a partner that reaches the segment", Changes: "the segment gets a pathway"}},
	},
	whole: func(f *Facts) []Finding {
		var all []Finding
		for _, s := range f.Uncovered {
			all = append(all, Finding{ID: "G01-" + f.eco().Segments[s].ID, Segment: s})
		}
		return all
	},
}
