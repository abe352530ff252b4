package analysis

import (
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// barCounts splits what is reached: each member is in one of the four.
type barCounts struct{ only, shared, collide, live float64 }

func (c barCounts) pieces() []Piece {
	return []Piece{{PieceOnly, c.only}, {PieceShared, c.shared}, {PieceCollide, c.collide}, {PieceLive, c.live}}
}

func (c *barCounts) add(worst conflict.Relation, alone bool, members float64) {
	switch {
	case alone:
		c.only += members
	case worst == conflict.Live:
		c.live += members
	case worst == conflict.CouldCollide:
		c.collide += members
	default:
		c.shared += members
	}
}

// countBars splits what every seller reaches of an audience: from lists member
// by member, from figures by their best estimates.
func (b *mapBuilder) countBars(a graph.Audience) {
	for _, p := range b.s.partsOf(a) {
		counts := make([]barCounts, len(b.s.Sellers))
		if p.cell != nil {
			for i := range p.cell.Sets {
				b.countSet(counts, p, &p.cell.Sets[i])
			}
		}
		for i := range counts {
			counts[i].addTo(b.proved[i], a)
			if b.s.counts(i) && len(p.shares) > 0 {
				b.addFigures(&counts[i], p, i)
			}
			counts[i].addTo(b.conflicts[i], a)
		}
	}
}

func (c barCounts) addTo(bars audienceBars, a graph.Audience) {
	sum := bars[a]
	bars[a] = barCounts{sum.only + c.only, sum.shared + c.shared, sum.collide + c.collide, sum.live + c.live}
}

// addFigures takes into a seller's split what figures say: of a seller with a
// list they take from those that lists show reached over it alone, of one without
// they are all there is. Of what is reached over others too, as many could
// collide as the estimate has in common with the figure it meets most.
func (b *mapBuilder) addFigures(c *barCounts, p *part, seller int) {
	gross := p.reach.Gross(seller).Best
	others := b.s.today.Clone()
	others.Remove(seller)
	only := min(gross, p.reach.Incremental(figure.SellersOf(len(b.s.Sellers), seller), others).Best)
	rest := max(0, gross-only-c.shared-c.collide-c.live)
	collide := min(rest, b.mostColliding(p, seller))
	c.only = gross - rest - c.shared - c.collide - c.live
	c.collide += collide
	if shared := rest - collide; shared > gross*1e-9 { // else what rounding left
		c.shared += shared
	}
}

// mostColliding is the largest overlap with another seller of today that could
// collide, where figures tell of one of the two.
func (b *mapBuilder) mostColliding(p *part, seller int) float64 {
	var most float64
	for i := range b.s.Sellers {
		if i == seller || !b.s.today.Has(i) || p.isListed(i) && p.isListed(seller) || !b.s.defaultRelation(p.audience, seller, i).Competes() {
			continue
		}
		overlap, _ := b.s.overlapOf(p, seller, i)
		most = max(most, overlap.Best)
	}
	return most
}

// countSet gives the members of a set to each seller that reaches them. What a
// seller of today meets is other sellers of today; a candidate meets those.
func (b *mapBuilder) countSet(counts []barCounts, p *part, set *exposure.Set) {
	reaching := b.s.reaching(p.table, set)
	meetings := b.s.Rule.Meetings(p.table, set)
	for i := range b.s.Sellers {
		if !reaching.Has(i) {
			continue
		}
		worst, alone := conflict.Unrelated, true
		for _, m := range meetings {
			other, ok := otherOf(m, i)
			if !ok || !reaching.Has(other) || !b.s.today.Has(other) {
				continue
			}
			alone = false
			if m.Relation.Worse(worst) {
				worst = m.Relation
			}
		}
		counts[i].add(worst, alone, float64(set.Members))
	}
}

func otherOf(m conflict.Meeting, seller int) (int, bool) {
	switch seller {
	case m.P:
		return m.Q, true
	case m.Q:
		return m.P, true
	}
	return 0, false
}

func (b *mapBuilder) sellerBar(i int, a graph.Audience) Bar {
	c := b.conflicts[i][a]
	return Bar{Audience: a, Total: c.only + c.shared + c.collide + c.live, Pieces: c.pieces(), reach: b.gross[i][a]}
}

// segmentBar splits the members of a segment: through one pathway, over several,
// in conflict, and not reached where it is known how many there are.
func (b *mapBuilder) segmentBar(p *part) Bar {
	c := b.segmentCounts(p)
	reached := c.only + c.shared + c.collide + c.live
	total := max(reached, p.addressable)
	return Bar{
		Audience: p.audience, Total: total, Pieces: append(c.pieces(), Piece{PieceUnreached, total - reached}), reach: p.reach.Net(b.s.today),
	}
}

// segmentCounts counts sellers of today. Where figures are in play the split is
// that of the estimates.
func (b *mapBuilder) segmentCounts(p *part) barCounts {
	var c barCounts
	if p.cell != nil {
		for i := range p.cell.Sets {
			b.countSegmentSet(&c, p, &p.cell.Sets[i])
		}
	}
	if len(p.shares) == 0 {
		return c
	}
	net, duplicated := p.reach.Net(b.s.today).Best, p.reach.Duplicated(b.s.today).Best
	collide := c.collide
	for i, x := range p.shares {
		for _, y := range p.shares[i+1:] {
			if b.s.today.Has(x.Seller) && b.s.today.Has(y.Seller) && b.s.defaultRelation(p.audience, x.Seller, y.Seller).Competes() {
				overlap, _ := b.s.overlapOf(p, x.Seller, y.Seller)
				collide = max(collide, overlap.Best)
			}
		}
	}
	collide = min(collide, max(0, duplicated-c.live))
	return barCounts{only: net - duplicated, live: c.live, collide: collide, shared: max(0, duplicated-c.live-collide)}
}

func (b *mapBuilder) countSegmentSet(c *barCounts, p *part, set *exposure.Set) {
	reaching := b.s.reaching(p.table, set)
	sellers := 0
	for i := range b.s.Sellers {
		if reaching.Has(i) && b.s.today.Has(i) {
			sellers++
		}
	}
	if sellers == 0 {
		return
	}
	c.add(conflict.Worst(b.s.meetingsToday(p.table, set)), sellers == 1, float64(set.Members))
}
