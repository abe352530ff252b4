package analysis

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Conflicts lists what the rules find, worst first.
type Conflicts struct {
	Head     Head      `json:"head"`
	Findings []Finding `json:"findings"` // of sellers that are signed, worst first; chances last
	Signing  []Finding `json:"signing"`  // what signing a candidate would add
	Accepted []Finding `json:"accepted"` // silenced until a day
	// Lapsed are agreements to findings that hold no longer, or that are of no
	// finding.
	Lapsed []Lapsed `json:"lapsed"`
	Gate   Gate     `json:"gate"`
	// Audiences counts members in live conflict, and others that could collide,
	// each once however many pairs meet there.
	Audiences []AudienceConflict `json:"audiences"`
	Estimated bool               `json:"estimated"` // an expected loss is given
}

// AudienceConflict is how many members of an audience are contested today. The two
// are never added.
type AudienceConflict struct {
	Audience graph.Audience `json:"audience"`
	Live     int64          `json:"live_conflict"`
	Collide  int64          `json:"could_collide"` // at which nothing is live
}

// Lapsed is an entry of `accepted:` that silences nothing.
type Lapsed struct {
	Finding string `json:"finding"`
	Until   string `json:"until"`
	Why     string `json:"why"`
	Line    int    `json:"line"` // in the ecosystem file
}

// Gate is what today's conflicts break: promises that the policy forbids to break,
// and limits.
type Gate struct {
	Broken []string `json:"broken"` // ids of findings
	Limits []Limit  `json:"limits"`
}

// Limit is a figure held against the policy.
type Limit struct {
	Name  string  `json:"name"` // as the policy calls it
	Value float64 `json:"value"`
	High  float64 `json:"high"` // where it is not known exactly
	Limit float64 `json:"limit"`
	Share bool    `json:"share"` // Value and Limit are shares, not numbers of members
	Over  bool    `json:"over"`
}

// Passes reports whether nothing is broken.
func (g *Gate) Passes() bool {
	return len(g.Broken) == 0 && !slices.ContainsFunc(g.Limits, func(l Limit) bool { return l.Over })
}

// Conflicts answers which pathways collide, and what would settle it.
func (s *Study) Conflicts() (*Conflicts, error) {
	all, err := s.findings()
	if err != nil {
		return nil, err
	}
	out := &Conflicts{Head: s.Head(), Findings: []Finding{}, Signing: []Finding{}, Accepted: []Finding{}, Lapsed: s.lapsed(all)}
	for _, f := range all {
		out.Estimated = out.Estimated || f.Loss != nil
		switch {
		case f.Accepted != nil:
			out.Accepted = append(out.Accepted, f)
		case f.Candidate:
			out.Signing = append(out.Signing, f)
		default:
			out.Findings = append(out.Findings, f)
		}
	}
	out.Gate = s.gate(out.Findings)
	out.Audiences = s.contested(out.Findings)
	return out, nil
}

// contested counts the members at which findings hold, each once.
func (s *Study) contested(of []Finding) []AudienceConflict {
	wanted := map[string]bool{}
	for i := range of {
		wanted[of[i].ID] = true
	}
	out := []AudienceConflict{}
	p := s.newProver()
	for _, a := range []graph.Audience{graph.Buyers, graph.Users} {
		c := AudienceConflict{Audience: a}
		for _, part := range s.partsOf(a) {
			if part.cell == nil {
				continue
			}
			for i := range part.cell.Sets {
				set := &part.cell.Sets[i]
				switch p.worst(part, set, wanted) {
				case conflict.Live:
					c.Live += set.Members
				case conflict.CouldCollide:
					c.Collide += set.Members
				}
			}
		}
		if c.Live+c.Collide > 0 {
			out = append(out, c)
		}
	}
	return out
}

// worst is the worst relation of the wanted rivalries at the members of a set.
func (p *prover) worst(of *part, set *exposure.Set, wanted map[string]bool) conflict.Relation {
	worst := conflict.Unrelated
	for _, h := range p.hits(of.table, of.segment, set) {
		if rivalry(h.Rule.ID) && wanted[p.facts.Key(&h)] && h.Relation.Worse(worst) {
			worst = h.Relation
		}
	}
	return worst
}

// lapsed lists the entries of `accepted:` that are over or about nothing.
func (s *Study) lapsed(all []Finding) []Lapsed {
	out := []Lapsed{}
	for _, a := range s.Ecosystem.Accepted {
		l := Lapsed{Finding: a.Finding, Until: a.Until.String(), Line: a.At.Line}
		switch {
		case !slices.ContainsFunc(all, func(f Finding) bool { return f.ID == a.Finding }):
			l.Why = "there is no such finding any more"
		case !a.Until.IsZero() && s.opts.AsOf.Compare(a.Until) > 0:
			l.Why = "the agreement ended"
		default:
			continue
		}
		out = append(out, l)
	}
	return out
}

// gate holds findings against the policy.
func (s *Study) gate(all []Finding) Gate {
	g := Gate{Broken: []string{}, Limits: []Limit{}}
	for i := range all {
		if f := &all[i]; s.forbidden(f) && f.Proven() {
			g.Broken = append(g.Broken, f.ID)
		}
	}
	if limit := s.Ecosystem.Policy.LiveConflict; limit != nil {
		live := s.liveMembers(all, func(f *Finding) bool { return true })
		g.Limits = append(g.Limits, Limit{Name: "live_conflict.max_members", Value: live, High: live, Limit: float64(limit.MaxMembers), Over: live > float64(limit.MaxMembers)})
	}
	return g
}

func (s *Study) forbidden(f *Finding) bool { return slices.Contains(s.Ecosystem.Policy.Forbid, f.Slug) }

// liveMembers counts the buyers in live conflict at which some of the findings
// hold, each once.
func (s *Study) liveMembers(of []Finding, which func(*Finding) bool) float64 {
	wanted := map[string]bool{}
	for i := range of {
		if which(&of[i]) {
			wanted[of[i].ID] = true
		}
	}
	var n float64
	facts := s.atFacts()
	for _, p := range s.partsOf(graph.Buyers) {
		if p.cell == nil {
			continue
		}
		for i := range p.cell.Sets {
			set := &p.cell.Sets[i]
			hits := facts.At(p.table, p.segment, set).Hits()
			if slices.ContainsFunc(hits, func(h conflict.Hit) bool {
				return rivalry(h.Rule.ID) && h.Relation == conflict.Live && wanted[facts.Key(&h)]
			}) {
				n += float64(set.Members)
			}
		}
	}
	return n
}

// rivalry reports whether a rule is about two that compete.
func rivalry(rule string) bool {
	return rule == "C01" || rule == "C02" || rule == "C03" || rule == "C04"
}

// atFacts is what the rules need to look at members.
func (s *Study) atFacts() *conflict.Facts {
	return &conflict.Facts{Rule: s.Rule, Exposure: s.Exposure, AsOf: s.opts.AsOf, Counts: s.counts}
}

// Proofs delivers the rows behind findings, with the findings of these that they
// are behind. A row is behind a finding where its seller is a party and its
// member, or its account, is one that the finding is about. Rows of records are
// in the findings' cases.
func (s *Study) Proofs(ctx context.Context, of []Finding, each func(*Evidence) error) error {
	p := s.newProver()
	wanted := map[string]bool{}
	parties := figure.NewSellers(len(s.Sellers))
	for i := range of {
		wanted[of[i].ID] = true
		for _, seller := range of[i].found.Sellers {
			parties.Add(seller)
		}
	}
	return s.Exposure.EvidenceOf(ctx, parties.Has, func(r *exposure.Row) error {
		found := slices.DeleteFunc(p.findings(r), func(f FindingRef) bool { return !wanted[f.ID] })
		if len(found) == 0 {
			return nil
		}
		e := s.evidence(r)
		e.Findings = found
		return each(e)
	})
}

// prover tells which findings a row is behind.
type prover struct {
	facts *conflict.Facts
	seen  map[string][]conflict.Hit // by what the set holds
	key   []byte
}

func (s *Study) newProver() *prover {
	return &prover{facts: s.atFacts(), seen: map[string][]conflict.Hit{}}
}

// findings lists the findings that a row is behind.
func (p *prover) findings(r *exposure.Row) []FindingRef {
	out := []FindingRef{}
	add := func(hits []conflict.Hit) {
		for i := range hits {
			if h := &hits[i]; slices.Contains(h.Sellers, r.Seller) {
				out = append(out, FindingRef{p.facts.Key(h), h.Relation})
			}
		}
	}
	if r.Set != nil {
		add(p.hits(r.Table, r.Segment, r.Set))
	}
	if r.AccountSet != nil {
		add(p.hits(r.Accounts, r.Segment, r.AccountSet))
	}
	return out
}

// hits is what the rules say of a set. Sets repeat.
func (p *prover) hits(t *exposure.Table, segment int, set *exposure.Set) []conflict.Hit {
	p.key = binary.AppendVarint(append(p.key[:0], t.Audience...), int64(segment))
	for _, numbers := range [][]int{set.Touches, set.Marks} {
		p.key = binary.AppendUvarint(p.key, uint64(len(numbers)))
		for _, n := range numbers {
			p.key = binary.AppendUvarint(p.key, uint64(n))
		}
	}
	hits, ok := p.seen[string(p.key)]
	if !ok {
		hits = p.facts.At(t, segment, set).Hits()
		p.seen[string(p.key)] = hits
	}
	return hits
}
