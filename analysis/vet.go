package analysis

import (
	"context"
	"slices"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Vet is what a partner adds, whom it collides with and which promises it would
// break, before it is signed or renewed.
type Vet struct {
	Head      Head              `json:"head"`
	Partner   SellerRef         `json:"partner"`
	Sellers   []SellerRef       `json:"sellers"` // the partner in each of its channels
	Verdict   Verdict           `json:"verdict"`
	Matching  exposure.Matching `json:"matching"` // of the partner's rows
	Listed    bool              `json:"listed"`   // a list shows whom it reaches; else only figures
	Claims    []VetClaim        `json:"claims"`   // figures for segments, beside the list or instead of it
	Audiences []VetAudience     `json:"audiences"`
	Findings  []Finding         `json:"findings"` // of the partner, worst first; chances last
	Promises  []Promise         `json:"promises"` // those that it breaks or may break
	Limits    []Limit           `json:"limits"`   // of the policy
	Cost      *VetCost          `json:"cost"`     // null where none is declared
	Offering  VetOffering       `json:"offering"`
	Terms     []TermOptions     `json:"terms"` // of a signed partner: terms that end
	Next      []string          `json:"next"`  // what to ask for, the most useful first
}

// VetAudience is what the partner reaches of one audience: every member is in
// exactly one of New, Openings, UsersOnly, Known and Reached.
type VetAudience struct {
	Audience   graph.Audience `json:"audience"`
	Gross      figure.Figure  `json:"gross"`      // members that the partner reaches
	Adds       figure.Figure  `json:"adds"`       // of them, reached by nobody else today: Alone, less whom figures say others reach
	Alone      int64          `json:"alone"`      // New, Openings and UsersOnly: that no list shows reached by anybody else
	Beside     []SellerRef    `json:"beside"`     // others that figures alone tell of, and who may reach some of Alone
	New        int64          `json:"new"`        // in no list of ours, and reached by nobody
	Openings   int64          `json:"openings"`   // our targets, reached by nobody
	UsersOnly  int64          `json:"users_only"` // known to us by users alone
	Reached    int64          `json:"reached"`    // by others that sell today
	Direct     int64          `json:"direct"`     // of the reached, by our own channels
	Unresolved int64          `json:"unresolved"` // rows that cannot be told: neither new nor reached
	NewValue   Sum            `json:"new_value"`  // potential gross margin a year
	OpenValue  Sum            `json:"open_value"` // of openings
	By         []ReachedBy    `json:"by"`         // most first; a member counts for each that reaches it
	Grid       []GridCount    `json:"grid"`       // the partner's status (p) against ours (q), which may be empty
	Segments   []VetSegment   `json:"segments"`
	Potential  bool           `json:"potential"` // a value is declared, by account or segment
}

// ReachedBy is a seller that reaches some of the partner's members today.
type ReachedBy struct {
	Seller  SellerRef `json:"seller"`
	Members int64     `json:"members"`
}

// VetSegment is what the partner reaches of one segment.
type VetSegment struct {
	Segment  SegmentRef    `json:"segment"`
	Gross    figure.Figure `json:"gross"`
	Adds     figure.Figure `json:"adds"`
	New      int64         `json:"new"`
	Openings int64         `json:"openings"`
	Reached  int64         `json:"reached"`
	AddValue Sum           `json:"add_value"` // potential gross margin a year at what it adds by list
}

// VetClaim is a figure that the ecosystem gives for the partner.
type VetClaim struct {
	Segment SegmentRef    `json:"segment"`
	Members figure.Figure `json:"members"`
	Share   string        `json:"share"` // as it was given; empty where it is a number
	Source  string        `json:"source"`
	Dated   string        `json:"dated"`
	Counts  bool          `json:"counts"` // no list counts instead
}

// Promise is a term, or the list of named accounts, that the partner touches.
type Promise struct {
	Finding string  `json:"finding"`
	Name    string  `json:"name"`
	Clause  *Clause `json:"clause"` // null for named accounts
	Own     bool    `json:"own"`    // made to the partner by signing it: others would break it
	Proven  bool    `json:"proven"` // by rows of lists
	Forbid  bool    `json:"forbid"` // the policy forbids to break it
	Members int64   `json:"members"`
	Firm    int64   `json:"firm"` // of them, told by more than a bare name
	// Unplaced are members that may be inside the term besides: no column of the
	// partner's list tells the segment or the country, as Untold says.
	Unplaced int64       `json:"unplaced"`
	Untold   string      `json:"untold"`
	Breaker  SellerRef   `json:"breaker"` // who breaks it: the partner, or of its own term another
	Rows     []*Evidence `json:"rows"`    // the first that prove it
}

// VetCost is what the partner costs. Unit: the ecosystem's currency.
type VetCost struct {
	Open   Sum            `json:"open"`            // once
	Yearly Sum            `json:"yearly"`          // a year
	PerNew *figure.Figure `json:"per_new_account"` // of the first year; null where it may add nobody
}

// VetOffering is what the partner's offering lacks.
type VetOffering struct {
	Lacks       []string          `json:"lacks"`   // parts declared as none
	Unknown     []string          `json:"unknown"` // parts not declared
	Bespoke     []string          `json:"bespoke"` // parts made for this partner alone
	Substitutes []VetSubstitution `json:"substitutes"`
}

// VetSubstitution is a product of the partner's catalogue that can replace ours.
type VetSubstitution struct {
	Name    string `json:"name"`
	Product string `json:"product"` // of ours
	Owns    bool   `json:"owns"`    // the partner's own
}

// proofsShown is how many rows prove a promise in a report.
const proofsShown = 5

// Vet answers what a partner would add and break, at any stage. It is named by
// id, name or aka. The study needs exposure.Options.Keep to answer without
// reading the lists once more. Of a partner whose only lists must be destroyed there
// is no answer: the error says so.
func (s *Study) Vet(ctx context.Context, partner string) (*Vet, error) {
	number, err := s.partnerCalled(partner)
	if err != nil {
		return nil, err
	}
	if gone := s.soleSource(number); len(gone) > 0 {
		return nil, &DestroyedError{gone}
	}
	stage := s.Ecosystem.Partners[number].Stage
	s = s.asCandidate(number)
	v := s.newVetting(number)
	found, err := s.found()
	if err != nil {
		return nil, err
	}
	own, clauses := v.relevant(found.Findings)
	out := &Vet{
		Head: s.Head(), Partner: s.sellerRef(v.sellers[0]), Sellers: []SellerRef{}, Listed: v.listed, Matching: v.matching,
		Claims: s.vetClaims(v), Audiences: v.audiences(), Findings: []Finding{}, Promises: []Promise{}, Limits: []Limit{},
		Cost: s.vetCost(v), Offering: s.vetOffering(number), Terms: []TermOptions{},
	}
	for _, i := range v.sellers {
		out.Sellers = append(out.Sellers, s.sellerRef(i))
	}
	out.Findings = append(out.Findings, own...)
	if out.Promises, err = v.promises(ctx, out.Findings); err != nil {
		return nil, err
	}
	out.Promises = v.addUnplaced(out.Promises)
	out.Limits = v.limits(found)
	out.Verdict = v.verdict(out)
	if !s.candidates.Has(v.sellers[0]) {
		out.Terms = s.termOptions(v, clauses)
	}
	out.Next = nextSteps(s, v, out)
	out.Partner.Stage = stage
	for i := range out.Sellers {
		out.Sellers[i].Stage = stage
	}
	return out, nil
}

// asCandidate is the study with the partner, if it has ended, as one that is looked
// at: what signing it anew would bring.
func (s *Study) asCandidate(partner int) *Study {
	if s.Ecosystem.Partners[partner].Stage != graph.Ended {
		return s
	}
	c := *s
	c.Ecosystem = s.Ecosystem.WithPartners(nil)
	c.Ecosystem.Partners[partner].Stage = graph.Researched
	c.Rule = conflict.NewRule(c.Ecosystem, c.Sellers)
	c.candidates = s.candidates.Clone()
	for i, seller := range c.Sellers {
		if seller.Partner == partner {
			c.candidates.Add(i)
		}
	}
	c.parts = nil
	c.makeParts()
	return &c
}

// partnerCalled finds a partner by id, name or aka.
func (s *Study) partnerCalled(text string) (int, error) {
	known := make([]string, 0, len(s.Ecosystem.Partners))
	for i := range s.Ecosystem.Partners {
		p := &s.Ecosystem.Partners[i]
		if p.Called(text) {
			return i, nil
		}
		known = append(known, p.ID)
	}
	return -1, &NotFoundError{What: "partner", Text: text, Known: known}
}

// vetting is a partner with whom it is compared.
type vetting struct {
	s        *Study
	partner  int
	sellers  []int
	of       figure.Sellers // the same as a set
	others   figure.Sellers // that sell today, without the partner
	listed   bool
	matching exposure.Matching
}

func (s *Study) newVetting(partner int) *vetting {
	v := s.vettingOf(s.sellersWhere(func(x graph.Seller) bool { return x.Partner == partner }))
	v.partner = partner
	return v
}

func (s *Study) vettingOf(sellers []int) *vetting {
	v := &vetting{s: s, sellers: sellers, of: figure.SellersOf(len(s.Sellers), sellers...)}
	v.others = s.todayWithout(v.of)
	for _, i := range sellers {
		v.matching.Add(s.Exposure.BySeller[i])
		v.listed = v.listed || slices.ContainsFunc(s.parts, func(p part) bool { return p.listed.Has(i) })
	}
	v.listed = v.listed || v.matching.Rows > 0
	return v
}

// relevant keeps the findings of the partner, but for those with somebody else who
// is not signed, which signing this partner alone does not bring about; and apart
// from them those of candidates that a term keeps out.
func (v *vetting) relevant(all []*conflict.Finding) (own, ofCandidates []Finding) {
	var mine, theirs []*conflict.Finding
	for _, f := range all {
		if slices.ContainsFunc(v.sellers, f.Involves) && !v.s.withCandidate(f, v.sellers) {
			mine = append(mine, f)
		}
		if v.s.forbids(f.Rule.Slug) && v.s.withCandidate(f, nil) {
			theirs = append(theirs, f)
		}
	}
	return v.s.findings(mine), v.s.findings(theirs)
}

// promises lists the promises that the partner touches, with the first rows that
// prove it. A term of its own is others' to keep, but for one that signing it would
// make: who reaches its accounts today breaks it on the first day.
func (v *vetting) promises(ctx context.Context, findings []Finding) ([]Promise, error) {
	out := []Promise{}
	at := map[string]int{}
	var touched []Finding
	for i := range findings {
		f := &findings[i]
		own := f.Clause != nil && f.found.Clause.Partner == v.partner
		if f.Accepted != nil || !f.Promise && !v.s.forbidden(f) || own && !v.s.candidates.Has(v.sellers[0]) {
			continue
		}
		at[f.ID] = len(out)
		out = append(out, v.promise(f, own))
		touched = append(touched, *f)
	}
	if len(out) == 0 {
		return out, nil
	}
	p := v.s.proofs(touched, nil)
	err := p.each(ctx, func(e *Evidence) error {
		for _, f := range e.Findings {
			promise := &out[at[f.ID]]
			if !e.Reaches || e.Seller.ID != promise.Breaker.ID || !proves(promise, e) {
				continue
			}
			if promise.Rows = append(promise.Rows, e); len(promise.Rows) == proofsShown {
				p.has(p.at[f.ID])
			}
		}
		return nil
	})
	var rows []*Evidence
	for i := range out {
		rows = append(rows, out[i].Rows...)
	}
	v.s.number(rows)
	return out, err
}

// promise is the promise that a finding is about.
func (v *vetting) promise(f *Finding, own bool) Promise {
	p := Promise{
		Finding: f.ID, Name: f.Name, Clause: f.Clause, Own: own, Proven: f.Proven(), Forbid: v.s.forbidden(f), Rows: []*Evidence{},
		Breaker: f.Sellers[slices.IndexFunc(f.found.Sellers, func(i int) bool { return slices.Contains(v.sellers, i) != own })],
	}
	for _, c := range f.Counts {
		if c.Relation == conflict.Live || f.Rule == "C07" && c.Relation == conflict.CouldCollide {
			p.Members += c.Members
			p.Firm += c.Firm
		}
	}
	return p
}

// addUnplaced adds to the promises the terms that the partner may break at accounts
// of which its list does not tell whether they are inside.
func (v *vetting) addUnplaced(all []Promise) []Promise {
	for _, u := range v.s.atFacts().Unplaced(v.sellers, v.s.lacks) {
		if v.s.accepted(u.ID) != nil {
			continue
		}
		i := slices.IndexFunc(all, func(p Promise) bool { return p.Finding == u.ID })
		if i < 0 {
			doc := conflict.DocOf("C07")
			i = len(all)
			all = append(all, Promise{
				Finding: u.ID, Name: doc.Name, Clause: v.s.clause(u.Clause), Breaker: v.s.sellerRef(v.sellers[0]), Rows: []*Evidence{},
				Forbid: slices.Contains(v.s.Ecosystem.Policy.Forbid, graph.Slug(doc.Slug)),
			})
		}
		all[i].Unplaced, all[i].Untold = u.Members, untold(&u)
	}
	return all
}

// untold names what a list does not tell.
func untold(u *conflict.Unplaced) string {
	switch {
	case u.Segments && u.Country:
		return "segment and country"
	case u.Segments:
		return "segment"
	}
	return "country"
}

// lacks reports whether a list with rows of a seller has no column of a key. A list
// that names its segment needs none for it.
func (s *Study) lacks(seller int, key list.Key) bool {
	of := s.Sellers[seller]
	for i := range s.Exposure.Lists {
		l := &s.Exposure.Lists[i]
		if of.Partner < 0 || l.Summary == nil || key == list.Segment && l.Spec.Segment != "" ||
			l.Spec.Partner != s.Ecosystem.Partners[of.Partner].ID && (l.Spec.Partner != "" || l.Spec.Channel != s.Ecosystem.Channels[of.Channel].ID) {
			continue
		}
		for _, file := range l.Summary.Files {
			if _, has := file.Headers[key]; !has && file.Rows > 0 {
				return true
			}
		}
	}
	return false
}

// proves reports whether a row is of another account than those shown.
func proves(p *Promise, e *Evidence) bool {
	return !slices.ContainsFunc(p.Rows, func(r *Evidence) bool { return r.Account == e.Account })
}
