package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

func (b *mapBuilder) addSegments() {
	for _, p := range b.segments {
		box := Box{
			ID: segmentBoxID(p, b.s), Kind: SegmentBox, Name: b.s.segmentRef(p).Name, Audience: p.audience,
			Bars: []Bar{b.segmentBar(p)}, called: b.s.segmentRef(p).Name, addressable: p.addressable,
		}
		if p.segment < 0 {
			box.Name = title(p.audience) + ", segment not known"
		}
		b.m.Boxes = append(b.m.Boxes, box)
	}
}

// addSupply draws the steps between vendor and sellers.
func (b *mapBuilder) addSupply() {
	for i, seller := range b.s.Sellers {
		if !b.drawn.Has(i) {
			continue
		}
		for _, e := range b.supplyOf(seller) {
			e.To, e.Candidate = sellerBoxID(seller), b.s.candidates.Has(i)
			b.m.Edges = append(b.m.Edges, e)
		}
	}
}

// supplyOf lists the steps by which a seller gets the product, as far as drawn.
func (b *mapBuilder) supplyOf(seller graph.Seller) []MapEdge {
	direct := []MapEdge{{From: graph.FromVendor, Share: 1}}
	if seller.Partner < 0 {
		return direct
	}
	var out []MapEdge
	for _, from := range b.s.Ecosystem.Partners[seller.Partner].SuppliedBy {
		e := MapEdge{From: graph.FromVendor, Share: 1, supplies: true}
		if from.Share != nil {
			e.Share, e.given = from.Share.Middle(), true
		}
		if from.From != graph.FromVendor {
			i := b.s.sellerCalled(from.From)
			if i < 0 || !b.drawn.Has(i) {
				continue
			}
			e.From = sellerBoxID(b.s.Sellers[i])
		}
		out = append(out, e)
	}
	if len(out) == 0 {
		return direct
	}
	return out
}

// addLastMiles draws what sellers reach of each segment, the heaviest first
// where there are too many.
func (b *mapBuilder) addLastMiles() {
	var all []MapEdge
	for i, seller := range b.s.Sellers {
		for _, p := range b.segments {
			g := p.reach.Gross(i)
			if !b.drawn.Has(i) || g.High == 0 {
				continue
			}
			all = append(all, MapEdge{
				From: sellerBoxID(seller), To: segmentBoxID(p, b.s), Audience: p.audience, Members: g.Best,
				Candidate: b.s.candidates.Has(i), Claimed: b.claimed(i), reach: g,
			})
		}
	}
	kept := heaviestEdges(all, mostEdges)
	b.m.Omitted.Edges = len(all) - len(kept)
	b.m.Edges = append(b.m.Edges, kept...)
}

// heaviestEdges keeps the most members, and one edge at least of every seller;
// the order stays.
func heaviestEdges(all []MapEdge, most int) []MapEdge {
	byWeight := make([]int, len(all))
	for i := range all {
		byWeight[i] = i
	}
	slices.SortStableFunc(byWeight, func(x, y int) int { return cmp.Compare(all[y].Members, all[x].Members) })
	keep, has := map[int]bool{}, map[string]bool{}
	for n, i := range byWeight {
		if n < most || !has[all[i].From] {
			keep[i], has[all[i].From] = true, true
		}
	}
	var out []MapEdge
	for i, e := range all {
		if keep[i] {
			out = append(out, e)
		}
	}
	return out
}

// addFindings draws the worst pairs, segment by segment: live conflict first,
// then what signing a candidate would bring, then what could collide.
func (b *mapBuilder) addFindings() {
	var all []MapFinding
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		for i := range b.pairs[a] {
			all = append(all, b.findingsOf(a, &b.pairs[a][i])...)
		}
	}
	slices.SortStableFunc(all, func(x, y MapFinding) int {
		return cmp.Or(cmp.Compare(findingRank(x), findingRank(y)), cmp.Compare(y.Members, x.Members))
	})
	var drawable []MapFinding
	for _, f := range all {
		if b.hasBox(f.Between[0]) && b.hasBox(f.Between[1]) && b.hasBox(f.Segment) {
			drawable = append(drawable, f)
		}
	}
	b.m.Findings, b.m.facts.spare = worstFindings(drawable)
	b.m.Omitted.Findings = len(all) - len(b.m.Findings)
}

// worstFindings keeps the first few, but leaves room for one at least of each
// rank: a map full of today's conflict must still show what signing would bring.
// The others are spare.
func worstFindings(sorted []MapFinding) (kept, spare []MapFinding) {
	var byRank [3][]MapFinding
	for _, f := range sorted {
		byRank[findingRank(f)] = append(byRank[findingRank(f)], f)
	}
	kept, spare = []MapFinding{}, []MapFinding{}
	for r, all := range byRank {
		room := mostFindings - len(kept)
		for _, later := range byRank[r+1:] {
			room -= min(len(later), leastOfRank)
		}
		room = min(len(all), room)
		kept, spare = append(kept, all[:room]...), append(spare, all[room:]...)
	}
	return kept, spare
}

// leastOfRank is how many findings of each rank are drawn at least.
const leastOfRank = 1

// findingRank orders findings: live conflict, what a candidate would bring, what
// could collide.
func findingRank(f MapFinding) int {
	switch {
	case f.Live:
		return 0
	case f.Candidate:
		return 1
	}
	return 2
}

func (b *mapBuilder) hasBox(id string) bool {
	return slices.ContainsFunc(b.m.Boxes, func(x Box) bool { return x.ID == id })
}

// findingsOf makes the findings of a pair: one for live conflict and one for
// what could collide in each segment.
func (b *mapBuilder) findingsOf(a graph.Audience, p *Pair) []MapFinding {
	var out []MapFinding
	for _, seg := range p.Segments {
		f := MapFinding{
			Between: []string{sellerPrefix + p.P.ID, sellerPrefix + p.Q.ID}, Segment: "segment:" + seg.Segment.ID,
			Candidate: p.Candidate, audience: a, pattern: p.Pattern,
		}
		if seg.Segment.ID == "" {
			f.Segment = "segment:" + string(a) + ":unassigned"
		}
		if seg.Live > 0 {
			live := f
			live.ID, live.Live, live.Members = findingID(p, seg, conflict.Live), true, seg.Live
			live.reach = figure.Exact(seg.Live, "")
			out = append(out, live)
		}
		if seg.Collide.Best > 0 {
			f.ID, f.Members, f.reach = findingID(p, seg, conflict.CouldCollide), seg.Collide.Best, seg.Collide
			out = append(out, f)
		}
	}
	return out
}

func findingID(p *Pair, seg PairSegment, r conflict.Relation) string {
	return fmt.Sprintf("finding:%s:%s:%s:%s", r, p.P.ID, p.Q.ID, seg.Segment.ID)
}
