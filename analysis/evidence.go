package analysis

import (
	"context"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Evidence is a row of a list behind the figures. From all of them every figure
// can be counted again: net is the number of distinct members with a row that
// reaches, gross of a seller that of its own rows, and so on.
type Evidence struct {
	Place      graph.Place       `json:"place"`
	Audience   graph.Audience    `json:"audience"`
	Member     int               `json:"member"`  // the same for rows of one member of the audience; -1 where it cannot be told
	Account    string            `json:"account"` // key; empty for free-mail users
	Name       string            `json:"name"`
	Segment    SegmentRef        `json:"segment"`
	Seller     SellerRef         `json:"seller"`
	Status     graph.Status      `json:"status"`
	Reaches    bool              `json:"reaches"` // false for targets, ended partners and sellers that nobody authorised
	Today      bool              `json:"today"`   // the seller works today
	Roles      string            `json:"roles"`
	Product    string            `json:"product"`
	Amount     *Sum              `json:"amount"`
	Date       string            `json:"date"`
	Deal       string            `json:"deal"`
	Told       exposure.Told     `json:"told"`       // how the account was told
	Over       []string          `json:"over"`       // ids of today's sellers that reach the member
	Relation   conflict.Relation `json:"relation"`   // the worst between them there
	Candidates []string          `json:"candidates"` // accounts that an unresolved name fits
	Findings   []FindingRef      `json:"findings"`   // those that the row is behind
}

// FindingRef names a finding, and how its sellers stand to each other at the
// member of a row.
type FindingRef struct {
	ID       string            `json:"id"`
	Relation conflict.Relation `json:"relation"`

	teamed bool // although they compete
}

// Evidence delivers the row behind every figure, list by list. It reads the
// lists once more.
func (s *Study) Evidence(ctx context.Context, each func(*Evidence) error) error {
	p := s.newProver(func(int) bool { return true })
	return s.Exposure.Evidence(ctx, func(r *exposure.Row) error {
		e := s.evidence(r)
		e.Findings = p.findings(r)
		return each(e)
	})
}

func (s *Study) evidence(r *exposure.Row) *Evidence {
	e := &Evidence{
		Place: r.Place, Audience: r.Audience, Member: r.Member, Account: r.Account, Name: list.WithoutAddresses(r.Name),
		Segment: s.segmentOf(r), Seller: s.sellerRef(r.Seller), Status: r.Status,
		Reaches: r.Status != graph.Target && s.counts(r.Seller) && r.Set != nil, Today: s.today.Has(r.Seller),
		Roles: r.Roles.String(), Product: list.WithoutAddresses(r.Product), Date: r.Date.String(), Deal: list.WithoutAddresses(r.Deal), Told: r.Told,
		Over: []string{}, Relation: conflict.Unrelated, Candidates: r.Candidates, Findings: []FindingRef{},
	}
	if r.Candidates == nil {
		e.Candidates = []string{}
	}
	if r.Amount.Valid {
		e.Amount = &Sum{r.Amount.Decimal}
	}
	if r.Set != nil {
		e.Over = s.over(r.Table, r.Set)
		e.Relation = conflict.Worst(s.meetingsToday(r.Table, r.Set))
	}
	return e
}

// segmentOf is the segment of the member of a row.
func (s *Study) segmentOf(r *exposure.Row) SegmentRef {
	if r.Segment < 0 {
		return SegmentRef{Name: "unassigned", Audience: r.Audience}
	}
	seg := s.Ecosystem.Segments[r.Segment]
	return SegmentRef{seg.ID, seg.Name, seg.Audience}
}

// over lists the ids of the sellers over whom the members of a set are reached
// today.
func (s *Study) over(t *exposure.Table, set *exposure.Set) []string {
	out := []string{}
	reaching := s.reaching(t, set)
	for i := range s.Sellers {
		if reaching.Has(i) && s.today.Has(i) {
			out = append(out, s.Sellers[i].ID)
		}
	}
	return out
}
