package render

import (
	"slices"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// notes explain the columns and what the figures assume.
func (a auditReport) notes(r *textReport) {
	var sellers, later, guess bool
	unresolved := 0.0
	for _, x := range a.Audiences {
		sellers = sellers || len(x.Sellers) > 0
		unresolved = max(unresolved, x.Total.Unresolved)
		for _, row := range x.Sellers {
			unresolved = max(unresolved, row.Unresolved)
		}
		guess = guess || estimated(x.Total.Net) || estimated(x.Stages.Potential)
		later = later || slices.ContainsFunc(x.Sellers, func(s analysis.SellerAudit) bool {
			return s.Seller.Stage.Candidate() || s.Seller.Stage == graph.Signed
		})
	}
	if len(a.Audiences) == 0 {
		return
	}
	r.heading("How to read this")
	r.paragraph(2, "Gross counts repeats, net everybody once; duplication is gross less net. Duplicated: reached over two or more. "+
		"Frequency is gross / net, coverage net / addressable.")
	if sellers {
		r.paragraph(2, "Only through: reached over this one alone. Adds: reached over none of those before it, "+orderWords(a.Order)+". Fair share: "+
			"whoever is reached over several counts in equal parts for each (Shapley).")
	}
	if later {
		r.paragraph(2, starNote)
	}
	if guess {
		r.paragraph(2, independenceNote)
	}
	if unresolved > 0 {
		r.paragraph(2, "Unresolved names may be new or already reached: limits allow for both, best estimates leave them out.")
	}
	if guess || unresolved > 0 {
		r.paragraph(2, estimateNote)
	}
}

// orderWords tell in which order sellers add to one another.
func orderWords(order string) string {
	if order == analysis.OrderGreedy {
		return "each next being the one that adds most"
	}
	return "in the order of the ecosystem file"
}

func (a auditReport) suggestions() []suggestion {
	var duplicated, unresolved bool
	empty := 0
	for _, x := range a.Audiences {
		duplicated = duplicated || x.Total.Duplicated.High > 0
		unresolved = unresolved || x.Total.Unresolved > 0
		for _, s := range x.Segments {
			if s.Segment.ID != "" && s.Totals.Net.High == 0 {
				empty++
			}
		}
	}
	var all []suggestion
	if duplicated {
		all = append(all, suggestion{"See who is reached over several pathways, and in which roles", "overlaps"})
	}
	if empty > 0 {
		all = append(all, suggestion{countOf(empty, "segment is", "segments are") + " reached by nobody; see what is missing", "uncovered"})
	}
	if unresolved {
		all = append(all, suggestion{"Write every row with how it was matched, the unresolved too", "audit --evidence-file rows.csv"})
	}
	return append(all, suggestion{"Draw the same as a picture", "map -o map.svg"})
}
