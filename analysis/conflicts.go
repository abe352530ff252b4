package analysis

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// Conflicts lists what the rules find, worst first.
type Conflicts struct {
	Head     Head      `json:"head"`
	Findings []Finding `json:"findings"` // of sellers that work today, and promises that signed ones touch; worst first, chances last
	Signing  []Finding `json:"signing"`  // what candidates, and signed partners that are not activated, would add
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
	found, err := s.found()
	if err != nil {
		return nil, err
	}
	all := s.told(found.Findings)
	out := &Conflicts{Head: s.Head(), Findings: make([]Finding, 0, len(all)), Signing: []Finding{}, Accepted: []Finding{}, Lapsed: s.lapsed(all)}
	out.Head.Notices = append(out.Head.Notices, s.unlistedDeals()...)
	for _, f := range all {
		out.Estimated = out.Estimated || f.Loss != nil
		switch {
		case f.Accepted != nil:
			out.Accepted = append(out.Accepted, *f)
		case f.Candidate || !f.Promise && !s.sellToday(f.found, nil):
			out.Signing = append(out.Signing, *f)
		default:
			out.Findings = append(out.Findings, *f)
		}
	}
	out.Audiences = contested(found, func(f *conflict.Finding) bool { return s.accepted(f.ID) == nil && s.sellToday(f, nil) })
	out.Gate = s.gate(out.Findings, out.Audiences)
	return out, nil
}

// sellToday reports whether all parties to a finding sell today, those aside who
// are given: as the audit and the map count.
func (s *Study) sellToday(f *conflict.Finding, but []int) bool {
	return !slices.ContainsFunc(f.Sellers, func(i int) bool { return !s.today.Has(i) && !slices.Contains(but, i) })
}

// withCandidate reports whether a party that is not signed is in a finding, those
// aside who are given.
func (s *Study) withCandidate(f *conflict.Finding, but []int) bool {
	return slices.ContainsFunc(f.Sellers, func(i int) bool { return s.candidates.Has(i) && !slices.Contains(but, i) })
}

// contested counts the members at which some of the rivalries hold, each once.
func contested(found *conflict.Result, which func(*conflict.Finding) bool) []AudienceConflict {
	wanted := make([]bool, len(found.Findings))
	for i, f := range found.Findings {
		wanted[i] = f.Rule.Rivalry() && which(f)
	}
	sums := map[graph.Audience]*AudienceConflict{graph.Buyers: {Audience: graph.Buyers}, graph.Users: {Audience: graph.Users}}
	for i := range found.Contested {
		c := &found.Contested[i]
		live, collide := false, false
		for _, r := range c.Rivals {
			if wanted[r.Finding.Number] {
				live, collide = live || r.Live, true
			}
		}
		switch sum := sums[c.Audience]; {
		case live:
			sum.Live += c.Members
		case collide:
			sum.Collide += c.Members
		}
	}
	out := []AudienceConflict{}
	for _, a := range []graph.Audience{graph.Buyers, graph.Users} {
		if c := sums[a]; c.Live+c.Collide > 0 {
			out = append(out, *c)
		}
	}
	return out
}

// liveBuyers is the number of buyers in live conflict.
func liveBuyers(all []AudienceConflict) float64 {
	for _, a := range all {
		if a.Audience == graph.Buyers {
			return float64(a.Live)
		}
	}
	return 0
}

// lapsed lists the entries of `accepted:` that are over or about nothing.
func (s *Study) lapsed(all []*Finding) []Lapsed {
	out := []Lapsed{}
	for _, a := range s.Ecosystem.Accepted {
		l := Lapsed{Finding: a.Finding, Until: a.Until.String(), Line: a.At.Line}
		switch {
		case !slices.ContainsFunc(all, func(f *Finding) bool { return f.ID == a.Finding }):
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
func (s *Study) gate(all []Finding, contested []AudienceConflict) Gate {
	g := Gate{Broken: []string{}, Limits: []Limit{}}
	for i := range all {
		if f := &all[i]; s.forbidden(f) && f.Proven() {
			g.Broken = append(g.Broken, f.ID)
		}
	}
	if limit := s.Ecosystem.Policy.LiveConflict; limit != nil {
		live, most := liveBuyers(contested), float64(limit.MaxMembers)
		g.Limits = append(g.Limits, Limit{Name: "live_conflict.max_members", Value: live, High: live, Limit: most, Over: live > most})
	}
	return g
}

func (s *Study) forbidden(f *Finding) bool { return s.forbids(f.Slug) }

// forbids reports whether the policy forbids the findings of a rule.
func (s *Study) forbids(slug string) bool {
	return slices.Contains(s.Ecosystem.Policy.Forbid, graph.Slug(slug))
}

// atFacts is what the rules need to look at members.
func (s *Study) atFacts() *conflict.Facts {
	return conflict.NewFacts(conflict.Facts{Rule: s.Rule, Exposure: s.Exposure, AsOf: s.opts.AsOf, Counts: s.counts})
}

// Proofs delivers the rows behind findings, with the findings of these that they
// are behind. A row is behind a finding where its seller is a party and its
// member, or its account, is one that the finding is about. Rows of records are
// in the findings' cases.
func (s *Study) Proofs(ctx context.Context, of []Finding, each func(*Evidence) error) error {
	return s.proofs(of, nil).each(ctx, func(e *Evidence) error {
		e.Member = s.Exposure.MemberNumber(e.Audience, e.Member)
		return each(e)
	})
}

// mostProven is how many findings of a report are given rows.
const mostProven = 100

// rowsOf is how many rows prove a finding: one where the other party shows by a
// term or by a record.
func rowsOf(f *Finding) int {
	switch f.Rule {
	case "C07", "C08":
		return 1
	}
	return len(f.Sellers)
}

// besides reports whether a row is another seller's at the member of the rows
// there are.
func besides(rows []*Evidence, e *Evidence) bool {
	for _, r := range rows {
		same := r.Account == e.Account && r.Account != "" || r.Member == e.Member && r.Audience == e.Audience
		if r.Seller.ID == e.Seller.ID || !same {
			return false
		}
	}
	return true
}

// keepsPromise reports whether a row is that of the partner to whom a promise was
// made: what proves that it is broken is the other's.
func keepsPromise(f *Finding, e *Evidence) bool {
	return f.Clause != nil && e.Seller.ID == f.Clause.Partner.ID
}

// bestProof is what proves a finding best: a member of its worst relation, and one at
// which the two are not teamed, if there is any.
func (f *Finding) bestProof() FindingRef {
	best := FindingRef{ID: f.ID, Relation: conflict.Unrelated}
	for _, c := range f.Counts {
		switch teamed := c.Teamed == c.Members; {
		case c.Relation.Worse(best.Relation):
			best.Relation, best.teamed = c.Relation, teamed
		case c.Relation == best.Relation:
			best.teamed = best.teamed && teamed
		}
	}
	return best
}

// proves reports whether a member as it stands is as good a proof as the best.
func (f FindingRef) proves(best FindingRef) bool {
	return f.Relation == best.Relation && (best.teamed || !f.teamed)
}

// Prove gives the worst of the findings the rows of their sellers at one member.
// It stops as soon as all have theirs.
func (s *Study) Prove(ctx context.Context, all []Finding) error {
	var of []Finding // whose rows lie where all's are wanted
	var at []int
	var best []FindingRef
	for i := range all[:min(mostProven, len(all))] {
		if len(all[i].Totals) > 0 && all[i].Rule != "C17" { // else the rule is not one of rows
			of, at, best = append(of, all[i]), append(at, i), append(best, all[i].bestProof())
		}
	}
	if len(of) == 0 {
		return nil
	}
	p := s.proofs(of, func(i int, f FindingRef) bool { return f.proves(best[i]) })
	err := p.each(ctx, func(e *Evidence) error {
		for _, ref := range e.Findings {
			i := p.at[ref.ID]
			f := &all[at[i]]
			if !besides(f.Rows, e) || keepsPromise(f, e) || !p.proves(ref) {
				continue
			}
			if f.Rows = append(f.Rows, e); len(f.Rows) == rowsOf(f) {
				p.has(i)
			} else {
				p.follow(i) // the rows besides are of the same member
			}
		}
		return nil
	})
	var rows []*Evidence
	for i := range all {
		rows = append(rows, all[i].Rows...)
	}
	s.number(rows)
	return err
}

// prover tells which findings a row is behind.
type prover struct {
	facts *conflict.Facts
	rows  func(seller int) bool // whose rows are asked about
	seen  map[string][]proven   // by what the set holds
	key   []byte
}

// proven is a finding at the members of a set.
type proven struct {
	ref     FindingRef
	sellers []int
}

// newProver is for the rows of some sellers.
func (s *Study) newProver(rows func(seller int) bool) *prover {
	return &prover{facts: s.atFacts(), rows: rows, seen: map[string][]proven{}}
}

// findings lists the findings that a row is behind.
func (p *prover) findings(r *exposure.Row) []FindingRef {
	out := []FindingRef{}
	p.each(r, func(f *proven) {
		if slices.Contains(f.sellers, r.Seller) {
			out = append(out, f.ref)
		}
	})
	return out
}

// each calls do with the findings that rows of the row's member are behind,
// whosever they are.
func (p *prover) each(r *exposure.Row, do func(*proven)) { eachAt(r, p.at, do) }

// tell is each for members of a set that is asked about once.
func (p *prover) tell(r *exposure.Row, do func(*proven)) { eachAt(r, p.ask, do) }

// eachAt calls do with what is said of the sets of a row's member and account.
func eachAt(r *exposure.Row, at func(*exposure.Table, int, *exposure.Set) []proven, do func(*proven)) {
	add := func(all []proven) {
		for i := range all {
			do(&all[i])
		}
	}
	if r.Set != nil {
		add(at(r.Table, r.Segment, r.Set))
	}
	if r.AccountSet != nil {
		add(at(r.Accounts, r.Segment, r.AccountSet))
	}
}

// at is what the rules say of a set. Sets repeat.
func (p *prover) at(t *exposure.Table, segment int, set *exposure.Set) []proven {
	p.key = binary.AppendVarint(append(p.key[:0], t.Audience...), int64(segment))
	for _, numbers := range [][]int{set.Touches, set.Marks} {
		p.key = binary.AppendUvarint(p.key, uint64(len(numbers)))
		for _, n := range numbers {
			p.key = binary.AppendUvarint(p.key, uint64(n))
		}
	}
	all, ok := p.seen[string(p.key)]
	if !ok {
		all = p.ask(t, segment, set)
		p.seen[string(p.key)] = all
	}
	return all
}

// ask has the rules look at a set.
func (p *prover) ask(t *exposure.Table, segment int, set *exposure.Set) (all []proven) {
	hits := p.facts.At(t, segment, set).Hits()
	for i := range hits {
		if !slices.ContainsFunc(hits[i].Sellers(), p.rows) {
			continue
		}
		all = append(all, proven{FindingRef{p.facts.Key(&hits[i]), hits[i].Relation, hits[i].Teamed}, hits[i].Sellers()})
	}
	return all
}
