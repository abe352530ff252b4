package analysis

import (
	"cmp"
	"context"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// VetRow is a row of the partner's list with what its account is to us.
type VetRow struct {
	*Evidence
	Sheet VetSheet `json:"sheet"`
}

// VetSheet tells what an account of the partner is to us.
type VetSheet string

// The sheets of accounts.
const (
	SheetNew        VetSheet = "new"        // in no list of ours, or known by users alone, and reached by nobody
	SheetOpening    VetSheet = "opening"    // our target, reached by nobody
	SheetReached    VetSheet = "reached"    // by others that sell today
	SheetUnresolved VetSheet = "unresolved" // cannot be told
)

// VetRows lists the rows of a partner's accounts, one for each account (persons
// stay out): the first row of it, in the order of the sheets, then of the lists.
func (s *Study) VetRows(ctx context.Context, partner string) ([]VetRow, error) {
	number, err := s.partnerCalled(partner)
	if err != nil {
		return nil, err
	}
	s = s.asCandidate(number)
	v := s.newVetting(number)
	var out []VetRow
	seen := map[string]bool{}
	own := func(seller int) bool { return slices.Contains(v.sellers, seller) }
	proof := s.newProver(own)
	err = s.Exposure.EvidenceOf(ctx, exposure.Wanted{Seller: own}, func(r *exposure.Row) error {
		if r.Status == graph.Target || r.Set != nil && (r.Account == "" || seen[r.Account]) {
			return nil
		}
		seen[r.Account] = r.Set != nil
		e := s.evidence(r)
		e.Findings = proof.findings(r)
		out = append(out, VetRow{e, v.sheetOf(r)})
		return nil
	})
	order := []VetSheet{SheetNew, SheetReached, SheetOpening, SheetUnresolved}
	slices.SortStableFunc(out, func(a, b VetRow) int {
		return cmp.Compare(slices.Index(order, a.Sheet), slices.Index(order, b.Sheet))
	})
	return out, err
}

// sheetOf tells where an account of the partner belongs.
func (v *vetting) sheetOf(r *exposure.Row) VetSheet {
	if r.Set == nil {
		return SheetUnresolved
	}
	c := vetCount{v: v, out: VetAudience{Audience: r.Audience}}
	table, set := r.Table, r.Set
	if r.Audience == graph.Buyers && r.AccountSet != nil {
		table, set = r.Accounts, r.AccountSet
	}
	switch at := c.look(table, set); {
	case len(at.by) > 0:
		return SheetReached
	case at.ours == graph.Target:
		return SheetOpening
	}
	return SheetNew
}
