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
	Lapsed    []Lapsed `json:"lapsed"`
	Gate      Gate     `json:"gate"`
	Estimated bool     `json:"estimated"` // an expected loss is given
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
	return out, nil
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

// Proof is a row behind a finding.
type Proof struct {
	Finding string
	Row     *Evidence
}

// Proofs delivers the rows behind findings. A row is behind a finding where its
// seller is a party and its member, or its account, is one that the finding is
// about. Rows of records are in the findings' cases.
func (s *Study) Proofs(ctx context.Context, of []Finding, each func(*Proof) error) error {
	p := &prover{s: s, facts: s.atFacts(), wanted: map[string]bool{}, each: each, seen: map[string][]conflict.Hit{}}
	parties := figure.NewSellers(len(s.Sellers))
	for i := range of {
		p.wanted[of[i].ID] = true
		for _, seller := range of[i].found.Sellers {
			parties.Add(seller)
		}
	}
	return s.Exposure.EvidenceOf(ctx, parties.Has, p.row)
}

// prover tells which findings a row is behind.
type prover struct {
	s      *Study
	facts  *conflict.Facts
	wanted map[string]bool
	each   func(*Proof) error
	seen   map[string][]conflict.Hit // by what the set holds
	key    []byte
}

func (p *prover) row(r *exposure.Row) error {
	var hits []conflict.Hit
	if r.Set != nil {
		hits = p.hits(r.Table, r.Segment, r.Set)
	}
	if r.AccountSet != nil {
		hits = slices.Concat(hits, p.hits(r.Accounts, r.Segment, r.AccountSet))
	}
	for i := range hits {
		h := &hits[i]
		if id := p.facts.Key(h); slices.Contains(h.Sellers, r.Seller) && p.wanted[id] {
			if err := p.each(&Proof{id, p.s.evidence(r)}); err != nil {
				return err
			}
		}
	}
	return nil
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
