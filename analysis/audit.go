package analysis

import (
	"cmp"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Audit is total customer reach, without counting anyone twice. Figures are
// members; Users, buyers and accounts are never added.
type Audit struct {
	Head      Head            `json:"head"`
	Order     string          `json:"order"` // in which sellers add to one another: file or greedy
	Audiences []AudienceAudit `json:"audiences"`
	Teams     []Team          `json:"teams"`
	Owners    []Owner         `json:"owners"`
	Suppliers []Dependence    `json:"suppliers"`
}

// AudienceAudit is the audit of one audience.
type AudienceAudit struct {
	Audience graph.Audience `json:"audience"`
	Total    Totals         `json:"total"` // over sellers that work today
	Stages   Stages         `json:"stages"`
	Value    Value          `json:"value"`
	Mix      []MixShare     `json:"mix"`
	Segments []SegmentAudit `json:"segments"`
	Channels []SellerAudit  `json:"channels"`
	Sellers  []SellerAudit  `json:"sellers"` // channels by themselves and partners
}

// Totals are the figures of a population.
type Totals struct {
	Addressable *float64       `json:"addressable"` // null where not declared
	Gross       figure.Figure  `json:"gross"`
	Net         figure.Figure  `json:"net"`
	Duplication figure.Figure  `json:"duplication"` // gross - net
	Duplicated  figure.Figure  `json:"duplicated"`  // members reached over two or more
	Frequency   *float64       `json:"frequency"`   // gross / net; null where net is 0
	Coverage    *figure.Figure `json:"coverage"`    // net / addressable; null where not declared
	Uncovered   *figure.Figure `json:"uncovered"`   // addressable - net, not below 0
	Unresolved  float64        `json:"unresolved"`  // names whose account cannot be told: limits allow for new members and for ones reached already
	Sellers     int            `json:"sellers"`     // that reach at least one
}

// Stages tells reach that works from reach that may come. Each adds to the
// stages before it.
type Stages struct {
	Working   figure.Figure `json:"working"`
	Signed    figure.Figure `json:"signed"`    // adds: signed, not yet activated
	Potential figure.Figure `json:"potential"` // adds: candidates
}

// SegmentAudit is the audit of a segment.
type SegmentAudit struct {
	Segment SegmentRef `json:"segment"`
	Totals  Totals     `json:"totals"`
	Value   Value      `json:"value"`
}

// SellerAudit is what one seller, or a channel with all its sellers, gives.
type SellerAudit struct {
	Seller      SellerRef     `json:"seller"`
	Gross       figure.Figure `json:"gross"`        // of a channel: the sum of its sellers'
	Net         figure.Figure `json:"net"`          // of a channel: distinct members over any of its sellers; of a seller as gross
	OnlyThrough figure.Figure `json:"only_through"` // among sellers that work today
	Incremental figure.Figure `json:"incremental"`  // adds to those before it in the order
	Shapley     figure.Figure `json:"shapley"`      // fair share of net; of a channel: the sum of its sellers'
	Amount      Amounts       `json:"amount"`
	Unresolved  float64       `json:"unresolved"`
	Claimed     bool          `json:"claimed"` // known by figures only
	Today       bool          `json:"today"`   // counts in the totals
}

// Audit answers for total reach. Cost: linear in the distinct sets for each
// seller; with OrderGreedy, for each pair of sellers at worst.
func (s *Study) Audit() *Audit {
	a := &Audit{Head: s.Head(), Order: cmp.Or(s.opts.Order, OrderFile), Audiences: []AudienceAudit{}}
	a.Head.Notices = Unnamed(a.Head.Notices)
	for _, audience := range s.audiences() {
		a.Audiences = append(a.Audiences, s.auditAudience(audience))
	}
	a.Teams, a.Owners, a.Suppliers = s.teams(), s.owners(), s.dependences()
	s.shown.restrictAudit(a)
	return a
}

func (s *Study) auditAudience(a graph.Audience) AudienceAudit {
	parts := s.partsOf(a)
	open := s.unplacedOf(a)
	shapley := s.shapley(parts, open)
	out := AudienceAudit{
		Audience: a,
		Total:    s.totals(parts, s.unresolvedNames(a, s.today)),
		Stages:   s.stages(parts, a),
		Value:    s.value(parts, s.today),
		Mix:      s.mix(shapley),
		Segments: []SegmentAudit{},
	}
	if a == graph.Accounts {
		out.Total.Addressable, out.Total.Coverage, out.Total.Uncovered = ofDeclared(out.Total.Net, s.Ecosystem.Accounts.Addressable)
	}
	for _, p := range parts {
		if a != graph.Accounts {
			one := []*part{p}
			out.Segments = append(out.Segments, SegmentAudit{s.segmentRef(p), s.totals(one, 0), s.value(one, s.today)})
		}
	}
	out.Sellers = s.auditSellers(parts, open, shapley)
	out.Channels = s.auditChannels(parts, open, shapley)
	return out
}

// totals of some parts of one audience, over the sellers that work today. Names
// that nobody can place may be new members, so they widen the net upwards.
func (s *Study) totals(parts []*part, unresolved int) Totals {
	t := Totals{Unresolved: float64(unresolved)}
	t.Net = sumOver(parts, func(p *part) figure.Figure { return p.reach.Net(s.today) })
	t.Duplicated = sumOver(parts, func(p *part) figure.Figure { return p.reach.Duplicated(s.today) })
	for i := range s.Sellers {
		if !s.today.Has(i) {
			continue
		}
		gross := sumOver(parts, func(p *part) figure.Figure { return p.reach.Gross(i) })
		t.Gross = t.Gross.Add(gross)
		if gross.High > 0 {
			t.Sellers++
		}
	}
	t.Duplication = figure.Figure{
		Low: max(0, t.Gross.Low-t.Net.High), Best: t.Gross.Best - t.Net.Best, High: t.Gross.High - t.Net.Low, Basis: t.Net.Basis,
	}
	if unresolved > 0 {
		s.unplacedOf(parts[0].audience).widen(&t, unresolved)
	}
	if t.Net.Best > 0 {
		f := t.Gross.Best / t.Net.Best
		t.Frequency = &f
	}
	t.Addressable, t.Coverage, t.Uncovered = s.coverage(parts, unresolved)
	return t
}

// coverage relates the net reach of parts to their addressable population, where
// every segment declares it. Members whose segment is not known are in no
// segment's population, and so in no coverage.
func (s *Study) coverage(parts []*part, unresolved int) (*float64, *figure.Figure, *figure.Figure) {
	var addressable int64
	var net figure.Figure
	for _, p := range parts {
		if p.segment < 0 {
			continue
		}
		if p.addressable == 0 {
			return nil, nil, nil
		}
		addressable += int64(p.addressable)
		net = net.Add(p.reach.Net(s.today))
	}
	net.High += float64(unresolved)
	return ofDeclared(net, addressable)
}

// ofDeclared relates net reach to an addressable population, where there is one.
func ofDeclared(net figure.Figure, addressable int64) (*float64, *figure.Figure, *figure.Figure) {
	if addressable == 0 {
		return nil, nil, nil
	}
	n := float64(addressable)
	coverage := net.Times(1 / n)
	uncovered := figure.Figure{
		Low: max(0, n-net.High), Best: max(0, n-net.Best), High: max(0, n-net.Low), Basis: net.Basis,
	}
	return &n, &coverage, &uncovered
}

func (s *Study) stages(parts []*part, a graph.Audience) Stages {
	contracted := s.today.Union(s.signed)
	st := Stages{
		Working:   s.totals(parts, s.unresolvedNames(a, s.today)).Net,
		Signed:    s.incremental(parts, s.signed, s.today),
		Potential: s.incremental(parts, s.candidates, contracted),
	}
	today, signed := float64(s.unresolvedNames(a, s.today)), float64(s.unresolvedNames(a, s.signed))
	st.Signed = beside(st.Signed, signed, today)
	st.Potential = beside(st.Potential, float64(s.unresolvedNames(a, s.candidates)), float64(s.unresolvedNames(a, contracted)))
	return st
}

// shapley sums the fair shares of every seller over the parts.
func (s *Study) shapley(parts []*part, open unplaced) []figure.Figure {
	sums := s.sumOfEach(parts, func(p *part) []figure.Figure { return p.reach.Shapley(s.today) })
	for i := range sums {
		if s.today.Has(i) { // a member that one more seller reaches counts a half less for others, at most
			sums[i] = beside(sums[i], open.of[i], open.without(i)/2)
		}
	}
	return sums
}

// sumOfEach adds, for each seller of today, its figure over parts, whose members
// differ.
func (s *Study) sumOfEach(parts []*part, figures func(*part) []figure.Figure) []figure.Figure {
	sums := make([]figure.Figure, len(s.Sellers))
	for _, p := range parts {
		for i, f := range figures(p) {
			if s.today.Has(i) {
				sums[i] = sums[i].Add(f)
			}
		}
	}
	return sums
}
