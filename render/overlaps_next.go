package render

import (
	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

func (o overlapsReport) notes(r *textReport) {
	var guess, star, hidden bool
	for _, x := range o.Audiences {
		guess = guess || estimated(x.Net)
		for i := range x.Pairs {
			p := &x.Pairs[i]
			guess = guess || estimated(p.Members)
			star = star || p.Candidate || p.P.Stage == graph.Signed || p.Q.Stage == graph.Signed
			hidden = hidden || unseen(p)
		}
	}
	if !guess && !star && !hidden {
		return
	}
	r.heading("How to read this")
	if star {
		r.paragraph(2, starNote)
	}
	if hidden {
		r.paragraph(2, "Cannot be seen: one of the two brands the product as its own, and its buyers may not know us.")
	}
	if guess {
		r.paragraph(2, independenceNote+" "+estimateNote)
	}
}

// OverlapFigures are the overlaps that their text shows rows behind.
func OverlapFigures(o *analysis.Overlaps) []analysis.Behind {
	return keysOf(overlapsReport{o}.behind())
}

func (o overlapsReport) behind() (all []behindFigure) {
	for i := range o.Audiences {
		x := &o.Audiences[i]
		name := titleOf(x.Audience)
		all = append(all, behindFigure{name + ": reached over two or more", analysis.Behind{What: analysis.BehindDuplicated, Audience: x.Audience}})
		for j := range x.Pairs[:min(mostRows, len(x.Pairs))] {
			p := &x.Pairs[j]
			all = append(all, behindFigure{name + " of both " + pairWords(p), analysis.PairBehind(x.Audience, p.P.ID, p.Q.ID)})
		}
		if x.Openings > 0 {
			all = append(all, behindFigure{name + ": targets, openings among them", analysis.Behind{What: analysis.BehindTarget, Audience: x.Audience}})
		}
	}
	return all
}

func (o overlapsReport) suggestions() []suggestion {
	var three, conflict, openings float64
	for i := range o.Audiences {
		x := &o.Audiences[i]
		if x.Audience != graph.Accounts {
			three = max(three, reachedOver(x, 3))
			conflict = max(conflict, x.Live, x.Collide)
			openings = max(openings, x.Openings)
		}
	}
	var all []suggestion
	if conflict > 0 || openings > 0 {
		all = append(all, suggestion{"Write the rows that prove it, each with its relation", "overlaps --evidence-file rows.csv"})
	}
	if three > 0 && o.Min < 3 {
		all = append(all, suggestion{"List only those reached over three or more", "overlaps --min 3"})
	}
	if conflict > 0 {
		all = append(all, suggestion{"Draw the worst pairs in red", "map -o map.svg"})
	}
	return all
}
