package analysis

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// pairs lists every two sellers that meet by list, by figure or at an opening,
// worst first.
func (t *tally) pairs() []Pair {
	out := []Pair{}
	for _, c := range t.candidates() {
		if !t.s.counts(c[0]) || !t.s.counts(c[1]) {
			continue
		}
		if pair, ok := t.pairOf(c[0], c[1]); ok {
			out = append(out, pair)
		}
	}
	slices.SortStableFunc(out, func(a, b Pair) int {
		return cmp.Or(
			cmp.Compare(b.live(), a.live()),
			cmp.Compare(b.collide(), a.collide()),
			cmp.Compare(b.Members.Best, a.Members.Best),
			cmp.Compare(b.Members.High, a.Members.High),
		)
	})
	return out
}

// candidates lists the pairs of sellers that lists show together, those of which
// one is known by a figure, so that they may be, and those for which an overlap
// is given; in the order of the sellers.
func (t *tally) candidates() [][2]int {
	all := slices.Collect(maps.Keys(t.pair))
	add := func(p, q int) {
		if p != q {
			all = append(all, [2]int{min(p, q), max(p, q)})
		}
	}
	for _, part := range t.parts {
		for _, c := range part.shares {
			for q := range t.s.Sellers {
				add(c.Seller, q)
			}
		}
	}
	for _, o := range t.s.Ecosystem.Overlaps {
		if p, q := t.s.sellerCalled(o.Between[0]), t.s.sellerCalled(o.Between[1]); p >= 0 && q >= 0 && len(o.Between) == 2 {
			add(p, q)
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	return slices.Compact(all)
}

// sellerCalled is the seller of an id, -1 where there is none.
func (s *Study) sellerCalled(id string) int {
	return slices.IndexFunc(s.Sellers, func(one graph.Seller) bool { return one.ID == id })
}

// live is the number of members in live conflict.
func (p *Pair) live() float64 {
	var n float64
	for _, s := range p.Segments {
		n += s.Live
	}
	return n
}

// collide is the best estimate of the members that could collide.
func (p *Pair) collide() float64 {
	var n float64
	for _, s := range p.Segments {
		n += s.Collide.Best
	}
	return n
}

func (t *tally) pairOf(p, q int) (Pair, bool) {
	s := t.s
	pair := Pair{
		P: s.sellerRef(p), Q: s.sellerRef(q), Pattern: s.Rule.Pattern(p, q),
		Candidate: s.candidates.Has(p) || s.candidates.Has(q),
		Relations: []RelationCount{}, Grid: []GridCount{}, Segments: []PairSegment{}, Known: []KnownFigure{},
		Unseen: s.oem(p) || s.oem(q), Claimed: true,
	}
	met := t.pair[[2]int{p, q}]
	if met != nil {
		met.fill(&pair)
	}
	for n, part := range t.parts {
		t.addSegment(&pair, met, n, part, p, q)
	}
	t.addShares(&pair, p, q)
	if pair.Members.High == 0 && !pair.tells() {
		return pair, false
	}
	return pair, true
}

// tells reports whether some relation of the pair says something although
// nobody is reached over both.
func (p *Pair) tells() bool {
	return slices.ContainsFunc(p.Relations, func(r RelationCount) bool { return r.Relation != conflict.Unrelated })
}

// fill writes what lists show of two sellers.
func (m *pairTally) fill(p *Pair) {
	for _, r := range conflict.Relations {
		if c := m.relations[r]; c != nil {
			p.Relations = append(p.Relations, *c)
		}
	}
	for _, a := range exposure.Statuses {
		for _, b := range exposure.Statuses {
			if n := m.grid[[2]graph.Status{a, b}]; n > 0 {
				p.Grid = append(p.Grid, GridCount{a, b, n})
			}
		}
	}
}

func (t *tally) addSegment(pair *Pair, met *pairTally, n int, part *part, p, q int) {
	members, known := t.s.overlapOf(part, p, q)
	pair.Members = pair.Members.Add(members)
	for _, k := range known {
		pair.Known = append(pair.Known, KnownFigure{t.s.segmentRef(part), k})
	}
	seg := PairSegment{Segment: t.s.segmentRef(part), Members: members}
	switch {
	case part.isListed(p) && part.isListed(q):
		pair.Claimed = false
		if met != nil {
			seg.Live = met.live[n]
			seg.Collide = figure.Exact(met.collide[n], bounds.BasisList)
		}
	case members.High > 0 && t.s.defaultRelation(part.audience, p, q).Competes():
		seg.Collide = members
	}
	if members.High > 0 || seg.Live > 0 || seg.Collide.High > 0 {
		pair.Segments = append(pair.Segments, seg)
	}
}

func (p *part) isListed(seller int) bool { return p.listed.Has(seller) }

// overlapOf is the number of members of a part reached over both: counted where
// both have lists, else as the ecosystem gives it, else between limits. The
// figures given are returned as well.
func (s *Study) overlapOf(p *part, a, b int) (figure.Figure, []figure.Figure) {
	known := s.knownOverlaps(p, a, b)
	if p.isListed(a) && p.isListed(b) || len(known) == 0 {
		return p.reach.Overlap(a, b), known
	}
	return known[0], known
}

// knownOverlaps gives the overlap figures of the ecosystem for exactly two
// sellers in a segment, in members.
func (s *Study) knownOverlaps(p *part, a, b int) []figure.Figure {
	var out []figure.Figure
	if p.segment < 0 || p.audience == graph.Accounts {
		return nil
	}
	for _, o := range s.Ecosystem.Overlaps {
		if o.Segment != s.Ecosystem.Segments[p.segment].ID || len(o.Between) != 2 ||
			!slices.Contains(o.Between, s.Sellers[a].ID) || !slices.Contains(o.Between, s.Sellers[b].ID) {
			continue
		}
		out = append(out, s.overlapMembers(p, o, a, b))
	}
	return out
}

func (s *Study) overlapMembers(p *part, o graph.KnownOverlap, a, b int) figure.Figure {
	basis := string(o.Basis)
	switch {
	case o.Count != nil:
		return between(*o.Count, 1, basis)
	case o.Share != nil:
		return between(*o.Share, p.addressable, basis)
	}
	of := a
	if o.Sample.Of == s.Sellers[b].ID {
		of = b
	}
	return bounds.Sampled(int(math.Round(p.reach.Gross(of).Best)), o.Sample.Drawn, o.Sample.Hits)
}

// addShares tells how two sellers stand by their roles where figures alone say
// that they meet, and how much of each the overlap is.
func (t *tally) addShares(pair *Pair, p, q int) {
	gross := func(i int) float64 {
		return sumOver(t.parts, func(part *part) figure.Figure { return part.reach.Gross(i) }).Best
	}
	a, b, both := gross(p), gross(q), pair.Members.Best
	pair.ShareOfP, pair.ShareOfQ, pair.Jaccard = ratio(both, a), ratio(both, b), ratio(both, a+b-both)
	if pair.Claimed && pair.Members.High > 0 && len(t.parts) > 0 {
		relation := t.s.defaultRelation(t.parts[0].audience, p, q)
		pair.Relations = append(pair.Relations, RelationCount{Relation: relation, Members: both})
	}
}

func ratio(part, whole float64) *float64 {
	if whole <= 0 {
		return nil
	}
	r := part / whole
	return &r
}

// defaultRelation is how two sellers stand where nothing is known of an account
// but that both serve it.
func (s *Study) defaultRelation(a graph.Audience, p, q int) conflict.Relation {
	t, u := s.defaultTouch(a, p), s.defaultTouch(a, q)
	return s.Rule.Relate(&t, &u, false)
}

func (s *Study) defaultTouch(a graph.Audience, seller int) exposure.Touch {
	roles := s.Ecosystem.Roles(s.Sellers[seller])
	return exposure.Touch{Seller: seller, Roles: exposure.RolesOf(roles...), Status: graph.Relationship, Audience: a}
}

// oem reports whether the seller brands the product as its own, so that the end
// buyer may not know the vendor and overlap cannot be seen.
func (s *Study) oem(seller int) bool {
	return s.Ecosystem.Channels[s.Sellers[seller].Channel].Form == "oem"
}
