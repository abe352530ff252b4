package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/graph"
)

func (b *mapBuilder) addSegments() {
	for _, p := range b.segments {
		bar := b.segmentBar(p)
		net := p.reach.Net(b.s.today)
		box := Box{
			ID: segmentBoxID(p, b.s), Kind: SegmentBox, Name: b.s.segmentRef(p).Name, Audience: p.audience,
			Bars: []Bar{bar}, Details: []string{fmt.Sprintf("%s %s reached today", Range(net), Unit(p.audience, net.Best))},
		}
		if p.segment < 0 {
			box.Name = title(p.audience) + ", segment not known"
		}
		box.Subtitle = Members(net.Best, p.audience) + " reached"
		if p.addressable > 0 {
			box.Subtitle = fmt.Sprintf("%s · %s reached", Members(p.addressable, p.audience), Percent(net.Best/p.addressable))
		}
		for _, piece := range bar.Pieces {
			box.Details = append(box.Details, Members(piece.Count, p.audience)+" "+pieceWords(piece.Kind))
		}
		b.m.Boxes = append(b.m.Boxes, box)
	}
}

// pieceWords tells what a piece of a segment's bar counts.
func pieceWords(k PieceKind) string {
	switch k {
	case PieceOnly:
		return "through one pathway"
	case PieceShared:
		return "over several, without conflict"
	case PieceCollide:
		return "could collide"
	case PieceLive:
		return "in live conflict"
	}
	return "not reached"
}

// addSupply draws the steps between vendor and sellers.
func (b *mapBuilder) addSupply() {
	for i, seller := range b.s.Sellers {
		if !b.drawn.Has(i) {
			continue
		}
		for _, from := range b.suppliersOf(seller) {
			b.m.Edges = append(b.m.Edges, MapEdge{
				From: from.box, To: sellerBoxID(seller), Share: from.share,
				Candidate: b.s.candidates.Has(i), Details: []string{from.words},
			})
		}
	}
}

type supplier struct {
	box, words string
	share      float64
}

// suppliersOf lists whom a seller gets the product from, as far as drawn.
func (b *mapBuilder) suppliersOf(seller graph.Seller) []supplier {
	direct := []supplier{{box: graph.FromVendor, words: b.s.Ecosystem.Vendor + " to " + seller.Name, share: 1}}
	if seller.Partner < 0 {
		return direct
	}
	var out []supplier
	for _, from := range b.s.Ecosystem.Partners[seller.Partner].SuppliedBy {
		one := supplier{box: graph.FromVendor, words: b.s.Ecosystem.Vendor + " supplies " + seller.Name, share: 1}
		if from.Share != nil {
			one.share = from.Share.Middle()
			one.words += fmt.Sprintf(", %s of its supply", Percent(one.share))
		}
		if from.From != graph.FromVendor {
			i := b.s.sellerCalled(from.From)
			if i < 0 || !b.drawn.Has(i) {
				continue
			}
			one.box = sellerBoxID(b.s.Sellers[i])
			one.words = b.s.Sellers[i].Name + one.words[len(b.s.Ecosystem.Vendor):]
		}
		out = append(out, one)
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
				Candidate: b.s.candidates.Has(i), Claimed: b.claimed(i),
				Details: []string{fmt.Sprintf("%s reaches %s %s of %s (%s)", seller.Name, Range(g), Unit(p.audience, g.Best), b.s.segmentRef(p).Name, g.Basis)},
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
	b.m.Findings = append(b.m.Findings, worstFindings(drawable)...)
	b.m.Omitted.Findings = len(all) - len(b.m.Findings)
}

// worstFindings keeps the first few, but leaves room for one at least of each
// rank: a map full of today's conflict must still show what signing would bring.
func worstFindings(sorted []MapFinding) []MapFinding {
	var byRank [3][]MapFinding
	for _, f := range sorted {
		byRank[findingRank(f)] = append(byRank[findingRank(f)], f)
	}
	var out []MapFinding
	for r, all := range byRank {
		room := mostFindings - len(out)
		for _, later := range byRank[r+1:] {
			room -= min(len(later), leastOfRank)
		}
		out = append(out, all[:min(len(all), room)]...)
	}
	return out
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
			Between: []string{"seller:" + p.P.ID, "seller:" + p.Q.ID}, Segment: "segment:" + seg.Segment.ID,
			Title: pairTitle(p.P.Name, p.Q.Name), Candidate: p.Candidate,
		}
		if seg.Segment.ID == "" {
			f.Segment = "segment:" + string(a) + ":unassigned"
		}
		details := fmt.Sprintf("%s and %s, %s in %s", p.P.Name, p.Q.Name, patternWords(p.Pattern), seg.Segment.Name)
		if seg.Live > 0 {
			live := f
			live.ID, live.Live, live.Members = findingID(p, seg, conflict.Live), true, seg.Live
			live.Text = Members(seg.Live, a) + " in live conflict"
			live.Details = []string{details, "both are customer or open at " + Members(seg.Live, a)}
			out = append(out, live)
		}
		if seg.Collide.Best > 0 {
			f.ID, f.Members = findingID(p, seg, conflict.CouldCollide), seg.Collide.Best
			f.Text = Members(seg.Collide.Best, a) + " could collide"
			f.Details = []string{details, fmt.Sprintf("%s %s could collide (%s)", Range(seg.Collide), Unit(a, seg.Collide.Best), seg.Collide.Basis)}
			if p.Candidate {
				f.Text += " if signed"
			}
			out = append(out, f)
		}
	}
	return out
}

// pairTitle names two sellers in the room that a finding has, so that both can be
// told from the others.
func pairTitle(p, q string) string {
	const room = 32
	if utf8.RuneCountInString(p)+utf8.RuneCountInString(q) > room {
		p, q = brief(p, room/2), brief(q, room/2)
	}
	return p + " / " + q
}

// brief cuts a name that is longer than so many characters.
func brief(name string, most int) string {
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	return strings.TrimSpace(string(letters[:most-1])) + "…"
}

func findingID(p *Pair, seg PairSegment, r conflict.Relation) string {
	return fmt.Sprintf("finding:%s:%s:%s:%s", r, p.P.ID, p.Q.ID, seg.Segment.ID)
}

// patternWords tells the shape of two sellers in words.
func patternWords(p conflict.Pattern) string {
	switch p {
	case conflict.DirectPartner:
		return "our own channel against a partner"
	case conflict.SameKind:
		return "partners of one kind"
	case conflict.CrossKind:
		return "channels of two kinds"
	case conflict.Bypass:
		return "a supplier past the tier it supplies"
	}
	return "two channels of our own"
}
