package analysis

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// auditSellers gives every seller that reaches somebody, in the order asked for:
// those of today first, then signed ones and candidates, which add to them.
func (s *Study) auditSellers(parts []*part, open unplaced, shapley []figure.Figure) []SellerAudit {
	only := s.onlyThrough(parts)
	out := []SellerAudit{}
	order := s.ordered(parts)
	adds, amounts := inOrder(parts, order), s.amountsOfEach(parts)
	before := 0.0 // names of those before in the order
	for n, i := range order {
		gross := sumOver(parts, func(p *part) figure.Figure { return p.reach.Gross(i) })
		row := SellerAudit{
			Seller: s.sellerRef(i), Gross: gross, Shapley: shapley[i], Today: s.today.Has(i),
			Incremental: beside(adds[n], open.of[i], before),
			Unresolved:  open.of[i],
			Amount:      amounts[i],
			Claimed:     gross.High > 0 && !s.hasList(parts, i),
		}
		if row.Today {
			row.OnlyThrough = beside(only[i], open.of[i], open.without(i))
		} else {
			row.OnlyThrough = s.adds(parts, open, figure.SellersOf(len(s.Sellers), i))
		}
		before += open.of[i]
		row.Gross.High += open.of[i]
		row.Net = row.Gross
		if row.Gross.High > 0 {
			out = append(out, row)
		}
	}
	return out
}

// inOrder sums over the parts what each seller adds to those before it.
func inOrder(parts []*part, order []int) []figure.Figure {
	sums := make([]figure.Figure, len(order))
	for _, p := range parts {
		for n, f := range p.reach.InOrder(order) {
			sums[n] = sums[n].Add(f)
		}
	}
	return sums
}

func (s *Study) incremental(parts []*part, of, given figure.Sellers) figure.Figure {
	return sumOver(parts, func(p *part) figure.Figure { return p.reach.Incremental(of, given) })
}

// onlyThrough sums over the parts what each seller of today reaches alone.
func (s *Study) onlyThrough(parts []*part) []figure.Figure {
	return s.sumOfEach(parts, func(p *part) []figure.Figure { return p.reach.OnlyThrough(s.today) })
}

func (s *Study) hasList(parts []*part, seller int) bool {
	for _, p := range parts {
		if p.listed.Has(seller) {
			return true
		}
	}
	return false
}

// ordered lists the sellers stage by stage, each stage in the order asked for.
func (s *Study) ordered(parts []*part) []int {
	var out []int
	given := figure.NewSellers(len(s.Sellers))
	for _, stage := range []figure.Sellers{s.today, s.signed, s.candidates} {
		var of []int
		for i := range s.Sellers {
			if stage.Has(i) {
				of = append(of, i)
			}
		}
		if s.shown.toPartner() { // equal ones are not to stand as in the file
			slices.SortStableFunc(of, func(x, y int) int { return s.shown.bySeller(s.Sellers[x].ID, s.Sellers[y].ID) })
		}
		if s.opts.Order == OrderGreedy {
			of = s.greedy(parts, of, given)
		}
		for _, i := range of {
			given.Add(i)
		}
		out = append(out, of...)
	}
	return out
}

// greedy orders sellers so that each next adds most to those before it and to
// the given; ties in the order of the file. What a seller adds never grows as
// more go before it, so a stale figure is a limit, and only the best stale one
// is asked again (Minoux, Accelerated greedy algorithms, 1978).
func (s *Study) greedy(parts []*part, of []int, given figure.Sellers) []int {
	done := given.Clone()
	stale := make(map[int]float64, len(of))
	for _, i := range of {
		stale[i] = s.incremental(parts, figure.SellersOf(len(s.Sellers), i), done).Best
	}
	var out []int
	for len(out) < len(of) {
		best := s.nextBest(parts, of, stale, done)
		out = append(out, best)
		done.Add(best)
		delete(stale, best)
	}
	return out
}

func (s *Study) nextBest(parts []*part, of []int, stale map[int]float64, done figure.Sellers) int {
	fresh := map[int]bool{}
	for {
		best := -1
		for _, i := range of {
			if gain, open := stale[i]; open && (best < 0 || gain > stale[best]) {
				best = i
			}
		}
		if fresh[best] {
			return best
		}
		stale[best] = s.incremental(parts, figure.SellersOf(len(s.Sellers), best), done).Best
		fresh[best] = true
	}
}

// auditChannels gives every channel that reaches somebody, with all its sellers
// as one.
func (s *Study) auditChannels(parts []*part, open unplaced, shapley []figure.Figure) []SellerAudit {
	out := []SellerAudit{}
	seen := figure.NewSellers(len(s.Sellers))
	before := 0.0 // names of the channels before
	for c, channel := range s.Ecosystem.Channels {
		of, others := s.channelSellers(c)
		row := SellerAudit{
			Seller:  SellerRef{ID: channel.ID, Name: channel.Name, Kind: channel.Kind, Channel: channel.ID, Stage: graph.Managed},
			Today:   true,
			Net:     sumOver(parts, func(p *part) figure.Figure { return p.reach.Net(of) }),
			Amount:  s.amounts(parts, of),
			Claimed: true,
		}
		for i := range of.All() {
			row.Gross = row.Gross.Add(sumOver(parts, func(p *part) figure.Figure { return p.reach.Gross(i) }))
			row.Shapley = row.Shapley.Add(shapley[i])
			row.Unresolved += open.of[i]
			row.Claimed = row.Claimed && !s.hasList(parts, i)
		}
		row.OnlyThrough = beside(s.incremental(parts, of, others), row.Unresolved, open.today-row.Unresolved)
		row.Incremental = beside(s.incremental(parts, of, seen), row.Unresolved, before)
		row.Gross.High += row.Unresolved
		row.Net.High += row.Unresolved
		before += row.Unresolved
		seen = seen.Union(of)
		if row.Gross.High > 0 {
			out = append(out, row)
		}
	}
	return out
}

// channelSellers splits the sellers of today into those of a channel and the
// others.
func (s *Study) channelSellers(channel int) (of, others figure.Sellers) {
	of, others = figure.NewSellers(len(s.Sellers)), figure.NewSellers(len(s.Sellers))
	for i, seller := range s.Sellers {
		switch {
		case !s.today.Has(i):
		case seller.Channel == channel:
			of.Add(i)
		default:
			others.Add(i)
		}
	}
	return of, others
}
