package conflict

import (
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph/list"
)

var registrations = &finder{
	doc: Doc{
		ID: "C05", Slug: "registration-collision", Name: "Registration collision",
		Means:    "Two partners have a live registration for the same deal.",
		Pattern:  "Two registrations of different partners at one account, both live on the day (submitted by then, not expired, not refused), for one product or none named, of one scope or none named.",
		Evidence: "The rows of both registrations.", Money: "None: registrations name no amount.",
		Confidence: "Low where the account of one was told by a bare name.",
		Remedies: []Remedy{
			{Text: "The first valid registration wins, until it expires", Changes: "the second is refused", LegalReview: true},
			{Text: "Share the registration, with a declared split", Changes: "both are parties to one deal"},
		},
	},
	whole: func(f *Facts) []Finding {
		return f.colliding("C05", list.Registrations, func(a, b *exposure.Record) bool {
			return sameOrOpen(f.product(a), f.product(b)) && sameOrOpen(a.Cell(list.Scope), b.Cell(list.Scope))
		})
	},
}

// sameOrOpen compares two texts of which an empty one stands for all.
func sameOrOpen(a, b string) bool {
	return a == "" || b == "" || strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
