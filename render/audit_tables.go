package render

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis"
)

// audience prints the tables of one audience.
func (a auditReport) audience(r *textReport, x *analysis.AudienceAudit) {
	name := titleOf(x.Audience)
	auditSegments(r, name, x.Segments)
	if severalToAChannel(x.Sellers) {
		auditChannels(r, name+" by channel", x.Channels)
	}
	var today, later []analysis.SellerAudit
	for _, s := range x.Sellers {
		if s.Today {
			today = append(today, s)
		} else {
			later = append(later, s)
		}
	}
	auditSellers(r, name+" by pathway", "pathway", today)
	auditSellers(r, name+": what signed partners and candidates would give", "partner", later)
	auditAmounts(r, name+": turnover as written"+inCurrency(a.Head.Currency), x.Sellers)
}

// severalToAChannel reports whether a channel has several sellers today: else its
// figures are those of its seller.
func severalToAChannel(all []analysis.SellerAudit) bool {
	seen := map[string]bool{}
	for _, s := range all {
		if s.Today && seen[s.Seller.Channel] {
			return true
		}
		seen[s.Seller.Channel] = seen[s.Seller.Channel] || s.Today
	}
	return false
}

func auditSegments(r *textReport, name string, all []analysis.SegmentAudit) {
	if len(all) == 0 {
		return
	}
	r.heading(name + " by segment")
	t := newTextTable("segment", "addressable", "gross", "net", "duplicated", "coverage", "uncovered")
	for _, s := range all[:min(mostRows, len(all))] {
		t.add(nameCell(s.Segment.Name), declaredCell(s.Totals.Addressable), estimateCell(s.Totals.Gross), estimateCell(s.Totals.Net),
			estimateCell(s.Totals.Duplicated), coverageEstimateCell(s.Totals.Coverage), optionalEstimateCell(s.Totals.Uncovered))
	}
	r.table(t)
	r.rest(len(all))
}

// auditChannels shows each channel with all its sellers.
func auditChannels(r *textReport, heading string, all []analysis.SellerAudit) {
	r.heading(heading)
	t := newTextTable("channel", "gross", "net", "only\nthrough", "adds", "fair\nshare")
	for _, c := range all[:min(mostRows, len(all))] {
		t.add(withBasis(sellerCell(c.Seller), c.Gross.Basis), estimateCell(c.Gross), estimateCell(c.Net), estimateCell(c.OnlyThrough),
			estimateCell(c.Incremental), estimateCell(c.Shapley))
	}
	r.table(t)
	r.rest(len(all))
}

// auditSellers shows those that matter most, in the order of the report, in
// which each one's "adds" is to all before it.
func auditSellers(r *textReport, heading, what string, all []analysis.SellerAudit) {
	if len(all) == 0 {
		return
	}
	r.heading(heading)
	t := newTextTable(what, "gross", "only\nthrough", "adds", "fair\nshare")
	for _, s := range leading(all) {
		t.add(withBasis(sellerCell(s.Seller), s.Gross.Basis), estimateCell(s.Gross), estimateCell(s.OnlyThrough),
			estimateCell(s.Incremental), estimateCell(s.Shapley))
	}
	r.table(t)
	if more := len(all) - mostRows; more > 0 {
		r.paragraph(2, fmt.Sprintf("These %d have the largest fair share. %s more: --format csv shows all.", mostRows, countDigits(more)))
	}
}

// leading gives the sellers with the largest fair share, or of those without
// any the ones that add most, in the order in which they stand.
func leading(all []analysis.SellerAudit) []analysis.SellerAudit {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(
			cmp.Compare(all[j].Shapley.Best, all[i].Shapley.Best),
			cmp.Compare(all[j].Incremental.Best, all[i].Incremental.Best),
			cmp.Compare(all[j].Gross.Best, all[i].Gross.Best),
		)
	})
	order = order[:min(mostRows, len(order))]
	slices.Sort(order)
	var out []analysis.SellerAudit
	for _, i := range order {
		out = append(out, all[i])
	}
	return out
}

// auditAmounts shows the sellers with the largest amounts.
func auditAmounts(r *textReport, heading string, sellers []analysis.SellerAudit) {
	var all []analysis.SellerAudit
	withheld := 0
	for _, s := range sellers {
		switch {
		case hasAmounts(s.Amount):
			all = append(all, s)
		case !s.Amount.IsZero():
			withheld++
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(x, y analysis.SellerAudit) int {
		return cmp.Or(
			y.Amount.Booked.Cmp(x.Amount.Booked.Decimal),
			y.Amount.Pipeline.Cmp(x.Amount.Pipeline.Decimal),
			y.Amount.Reported.Cmp(x.Amount.Reported.Decimal),
		)
	})
	r.heading(heading)
	t := newTextTable("pathway", "booked", "pipeline", "reported")
	for _, s := range all[:min(mostRows, len(all))] {
		t.add(sellerCell(s.Seller), moneyCell(s.Amount.Booked), moneyCell(s.Amount.Pipeline), moneyCell(s.Amount.Reported))
	}
	r.table(t)
	r.rest(len(all))
	if withheld > 0 {
		r.paragraph(2, "What rows say of "+countOf(withheld, "other pathway", "other pathways")+" is withheld.")
	}
}
