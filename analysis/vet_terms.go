package analysis

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// TermOptions is what becomes of a signed partner's exclusive term that ends: renewed as it
// is, renewed without exclusivity, or let lapse with the partner.
type TermOptions struct {
	Clause       Clause `json:"clause"`
	Notice       string `json:"notice_by"`      // empty where the term names none
	DaysToNotice *int   `json:"days_to_notice"` // negative where it is over; null without a day
	Renews       string `json:"renews"`
	Minimum      *Sum   `json:"minimum"` // null where the term names none
	Booked       Sum    `json:"booked"`  // of the partner's customers, as its rows say
	// Blocked are candidates that would break the term, and would be free of it
	// without exclusivity.
	Blocked []BlockedCandidate `json:"blocked"`
	// Lost is what only the partner reaches today; Recoverable is what of it
	// candidates and signed partners show in their lists.
	Lost        []AudienceFigure `json:"lost"`
	Recoverable []AudienceFigure `json:"recoverable"`
	LostValue   Sum              `json:"lost_value"` // potential gross margin a year
}

// BlockedCandidate is a candidate with its accounts inside a term.
type BlockedCandidate struct {
	Seller  SellerRef `json:"seller"`
	Members int64     `json:"members"` // 0 where only scopes meet
	Proven  bool      `json:"proven"`
	Other   bool      `json:"other"` // another promise blocks it as well
}

// AudienceFigure is a count of one audience.
type AudienceFigure struct {
	Audience graph.Audience `json:"audience"`
	Members  figure.Figure  `json:"members"`
}

// termOptions looks at each exclusive term of the partner that ends.
func (s *Study) termOptions(v *vetting, all []Finding) []TermOptions {
	out := []TermOptions{}
	p := &s.Ecosystem.Partners[v.partner]
	for n := range p.Terms {
		t := &p.Terms[n]
		if t.Kind != "exclusive" || t.Until.IsZero() || t.Until.Compare(s.opts.AsOf) < 0 {
			continue
		}
		o := TermOptions{
			Clause: Clause{Partner: s.sellerRef(v.sellers[0]), Text: s.termWords(t), From: t.From.String(), Until: t.Until.String(), Line: t.At.Line},
			Notice: t.NoticeBy.String(), Renews: t.Renews, Blocked: s.blocked(v.partner, n, all), Lost: []AudienceFigure{}, Recoverable: []AudienceFigure{},
		}
		if !t.NoticeBy.IsZero() {
			days := s.opts.AsOf.DaysUntil(t.NoticeBy)
			o.DaysToNotice = &days
		}
		if !t.Minimum.Amount.IsZero() {
			o.Minimum = &Sum{s.inCurrency(t.Minimum)}
		}
		if !t.Penalty.Amount.IsZero() {
			o.Clause.Penalty = &Sum{s.inCurrency(t.Penalty)}
		}
		v.addLoss(&o)
		out = append(out, o)
	}
	return out
}

// blocked lists the candidates that a term keeps out.
func (s *Study) blocked(partner, term int, all []Finding) []BlockedCandidate {
	out := []BlockedCandidate{}
	for i := range all {
		f := &all[i]
		if f.Rule != "C07" || !f.Candidate || f.found.Clause.Partner != partner || f.found.Clause.Number != term {
			continue
		}
		for k, seller := range f.found.Sellers {
			if !s.candidates.Has(seller) {
				continue
			}
			b := BlockedCandidate{Seller: f.Sellers[k], Proven: f.Proven(), Other: s.blockedOtherwise(f, seller, all)}
			for _, t := range f.Totals {
				b.Members += t.Live + t.Collide
			}
			out = append(out, b)
		}
	}
	return out
}

// blockedOtherwise reports whether another forbidden finding is about a candidate.
func (s *Study) blockedOtherwise(f *Finding, candidate int, all []Finding) bool {
	return slices.ContainsFunc(all, func(g Finding) bool {
		return g.ID != f.ID && g.found.Involves(candidate) && s.forbidden(&g) && (g.Possible || g.Proven())
	})
}

// addLoss counts what goes with the partner, and what could come back.
func (v *vetting) addLoss(o *TermOptions) {
	waiting := v.s.candidates.Union(v.s.signed)
	for _, a := range []graph.Audience{graph.Buyers, graph.Users} {
		parts, open := v.s.partsOf(a), v.s.unplacedOf(a)
		lost := v.s.adds(parts, open, v.of)
		if lost.High == 0 {
			continue
		}
		o.Lost = append(o.Lost, AudienceFigure{a, lost})
		rest := v.s.beyond(parts, open, v.of, v.others.Union(waiting))
		back := figure.Figure{Low: max(0, lost.Low-rest.High), Best: max(0, lost.Best-rest.Best), High: max(0, lost.High-rest.Low), Basis: lost.Basis}
		o.Recoverable = append(o.Recoverable, AudienceFigure{a, back})
		for _, p := range parts {
			v.addLostValue(o, p)
		}
	}
	o.Booked = v.s.amounts(v.s.partsOf(graph.Buyers), v.of).Booked
}

// addLostValue adds the value of the members that only the partner reaches.
func (v *vetting) addLostValue(o *TermOptions, p *part) {
	if p.cell == nil {
		return
	}
	var value Value
	for i := range p.cell.Sets {
		if set := &p.cell.Sets[i]; v.reaches(p, set.Touches) && !v.s.reachedBy(p.table, set, v.others) {
			v.s.addPotential(&value, p, set)
		}
	}
	o.LostValue.Decimal = o.LostValue.Add(value.Potential.Decimal)
}
