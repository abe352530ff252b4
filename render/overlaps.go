package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
)

// Overlaps prints who is reached over several pathways, and how those stand to
// each other there.
func Overlaps(w io.Writer, a *analysis.Overlaps, f Format, o TextOptions) error {
	return printReport(w, f, o, a, overlapsReport{a})
}

type overlapsReport struct{ *analysis.Overlaps }

func (o overlapsReport) text(r *textReport) {
	ranked := o.ranked()
	if len(ranked) == 0 {
		r.open(&o.Head, "Nobody is known to be reached over several pathways")
	} else {
		r.open(&o.Head, overlapWordings(ranked[0])...)
		for _, other := range ranked[1:] {
			r.raw(r.sentence(overlapWordings(other)...))
		}
		for _, x := range ranked {
			r.paragraph(0, standing(x))
		}
	}
	for i := range o.Audiences {
		if x := &o.Audiences[i]; detailed(x.Audience, len(o.Audiences)) {
			o.audience(r, x)
		}
	}
	o.notes(r)
	r.evidence(o.behind())
	r.next(o.suggestions()...)
	r.close(&o.Head)
}

// ranked lists the audiences, the most telling first: most live conflict, then
// most that could collide, then most reached twice; accounts last.
func (o overlapsReport) ranked() []*analysis.AudienceOverlaps {
	var all []*analysis.AudienceOverlaps
	for i := range o.Audiences {
		all = append(all, &o.Audiences[i])
	}
	slices.SortStableFunc(all, func(x, y *analysis.AudienceOverlaps) int {
		return cmp.Or(
			cmp.Compare(lastOf(x.Audience), lastOf(y.Audience)),
			cmp.Compare(y.Live, x.Live),
			cmp.Compare(y.Collide, x.Collide),
			cmp.Compare(reachedOver(y, 2), reachedOver(x, 2)),
		)
	})
	return all
}

// reachedOver is the number of members that lists show over so many sellers.
func reachedOver(x *analysis.AudienceOverlaps, sellers int) float64 {
	for _, f := range x.AtLeast {
		if f.Sellers >= sellers {
			return f.Members
		}
	}
	return 0
}

// overlapWordings say how many of those reached are reached over several
// pathways.
func overlapWordings(x *analysis.AudienceOverlaps) []string {
	two, three := reachedOver(x, 2), reachedOver(x, 3)
	net := about(x.Net) + " " + analysis.Unit(x.Audience, x.Net.Best)
	switch {
	case two > 0 && three > 0:
		first := fmt.Sprintf("%s of %s %s reached over two or more pathways", analysis.Number(two), net, isAre(two))
		return []string{fmt.Sprintf("%s; %s over three or more", first, analysis.Number(three)),
			fmt.Sprintf("%s of %s over two or more pathways; %s over three or more", analysis.Number(two), net, analysis.Number(three)), first}
	case two > 0:
		first := fmt.Sprintf("%s of %s %s reached over two pathways", analysis.Number(two), net, isAre(two))
		return []string{first + ", none over three", first}
	}
	if n := meetings(x); n > 0 {
		return []string{fmt.Sprintf("%s: by figures, not by lists, %s may reach the same ones",
			titleOf(x.Audience), countOf(n, "pair of pathways", "pairs of pathways"))}
	}
	if x.Net.High == 0 {
		return []string{fmt.Sprintf("No %s are reached", analysis.Unit(x.Audience, 0))}
	}
	return []string{fmt.Sprintf("None of %s %s reached over two pathways", net, isAre(x.Net.Best))}
}

// meetings counts the pairs of pathways that may have members in common.
func meetings(x *analysis.AudienceOverlaps) int {
	n := 0
	for i := range x.Pairs {
		if x.Pairs[i].Members.High > 0 {
			n++
		}
	}
	return n
}

func isAre(n float64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// standing says how those reached over several pathways stand, and where only
// figures tell of them, that no list does.
func standing(x *analysis.AudienceOverlaps) string {
	s := fmt.Sprintf("%s: %s in live conflict, %s could collide", titleOf(x.Audience), analysis.Number(x.Live), analysis.Number(x.Collide))
	if n := collidingByFigures(x); n > 0 && x.Live == 0 && x.Collide == 0 {
		s = fmt.Sprintf("%s: no list shows a conflict; by figures alone %s could collide", titleOf(x.Audience), countOf(n, "pair", "pairs"))
	}
	if x.Confused > 0 {
		s += fmt.Sprintf(", %s without conflict but with no rule that says who serves", analysis.Number(x.Confused))
	}
	if x.Openings > 0 {
		s += fmt.Sprintf("; openings: %s of our targets are served by a partner and sold to by nobody", analysis.Number(x.Openings))
	}
	return s + "."
}

// collidingByFigures counts the pairs that could collide as far as figures tell.
func collidingByFigures(x *analysis.AudienceOverlaps) int {
	n := 0
	for i := range x.Pairs {
		if _, collide := pairConflict(&x.Pairs[i]); x.Pairs[i].Claimed && collide.High > 0 {
			n++
		}
	}
	return n
}

func (o overlapsReport) audience(r *textReport, x *analysis.AudienceOverlaps) {
	name := titleOf(x.Audience)
	o.pairs(r, name, x)
	for _, p := range withGrid(x.Pairs) {
		grid(r, name, p)
	}
	o.sets(r, name, x.Sets)
}

// pairs prints those that lists show together, and apart from them those that
// figures alone put together, between limits.
func (o overlapsReport) pairs(r *textReport, name string, x *analysis.AudienceOverlaps) {
	var listed, claimed []*analysis.Pair
	for i := range x.Pairs {
		if p := &x.Pairs[i]; p.Claimed {
			claimed = append(claimed, p)
		} else {
			listed = append(listed, p)
		}
	}
	listedPairs(r, name+": pairs of pathways by list, worst first", listed)
	claimedPairs(r, name+": pairs of pathways by figures alone", claimed)
}

// newPairTable makes a table whose rows two sellers name.
func newPairTable(measures ...string) *textTable {
	t := newTextTable("first", append([]string{"second", "both", "% of\nfirst", "% of\nsecond"}, measures...)...)
	t.columns[1].kind = names
	t.keys = 2
	return t
}

func listedPairs(r *textReport, heading string, all []*analysis.Pair) {
	if len(all) == 0 {
		return
	}
	r.heading(heading)
	t := newPairTable("Jaccard", "live\nconflict", "could\ncollide")
	for _, p := range all[:min(mostRows, len(all))] {
		live, collide := pairConflict(p)
		t.add(pairCells(p, jaccardCell(p.Jaccard), numberCell(live), estimateCell(collide))...)
	}
	r.table(t)
	r.rest(len(all))
}

func claimedPairs(r *textReport, heading string, all []*analysis.Pair) {
	if len(all) == 0 {
		return
	}
	r.heading(heading)
	t := newPairTable("could collide")
	var bases []string
	for _, p := range all[:min(mostSets, len(all))] {
		_, collide := pairConflict(p)
		t.add(pairCells(p, figureCell(collide))...)
		if b := p.Members.Basis; b != "" && !slices.Contains(bases, b) {
			bases = append(bases, b)
		}
	}
	r.table(t)
	r.restAfter(mostSets, len(all))
	if len(bases) > 0 {
		r.paragraph(2, "They rest on "+strings.Join(bases, "; ")+".")
	}
}

// pairCells begins the row of a pair. Where nothing can be said of it, all its
// measures are dashes.
func pairCells(p *analysis.Pair, measures ...cell) []cell {
	cells := []cell{sellerCell(p.P), sellerCell(p.Q), figureCell(p.Members), shareCell(p.ShareOfP), shareCell(p.ShareOfQ)}
	cells = append(cells, measures...)
	if unseen(p) {
		cells[2] = cell{"cannot", "be seen"}
		for i := 3; i < len(cells); i++ {
			cells[i] = cell{text: "-"}
		}
	}
	return cells
}

// unseen reports whether nothing can be said of a pair: its buyers may not know
// the vendor, and a zero would be no count.
func unseen(p *analysis.Pair) bool { return p.Unseen && p.Members.High == 0 }

// pairConflict sums live conflict and what could collide over segments, whose
// members differ.
func pairConflict(p *analysis.Pair) (live float64, collide figure.Figure) {
	for _, s := range p.Segments {
		live += s.Live
		collide = collide.Add(s.Collide)
	}
	return live, collide
}

func jaccardCell(j *float64) cell {
	if j == nil {
		return cell{text: "-"}
	}
	return cell{text: fmt.Sprintf("%.2f", *j)}
}

// sets prints the members reached over exactly the same pathways.
func (o overlapsReport) sets(r *textReport, name string, all []analysis.DistinctSet) {
	if len(all) == 0 {
		return
	}
	r.heading(fmt.Sprintf("%s reached over exactly these, %s or more", name, countOf(o.Min, "pathway", "pathways")))
	for i := range all[:min(mostSets, len(all))] {
		r.paragraph(2, setWords(&all[i]))
	}
	r.restAfter(mostSets, len(all))
}

// mostSets is how many distinct sets, and pairs by figures alone, the text shows.
const mostSets = 10

// mostSellers is how many sellers of a distinct set are named.
const mostSellers = 8

func setWords(d *analysis.DistinctSet) string {
	var names []string
	for i, s := range d.Sellers[:min(mostSellers, len(d.Sellers))] {
		name := shortName(sellerName(s))
		if i < len(d.Roles) && d.Roles[i] != "" {
			name += " (" + cutText(d.Roles[i], mostName) + ")"
		}
		names = append(names, name)
	}
	return fmt.Sprintf("%s, %s: %s", analysis.Number(d.Members), wordFor(relationWords, d.Relation), joinSome(names, " + ", len(d.Sellers)))
}

func pairWords(p *analysis.Pair) string {
	return shortName(sellerName(p.P)) + " and " + shortName(sellerName(p.Q))
}
