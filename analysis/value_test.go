package analysis

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// A distributor's sell-through report and the list of the reseller that it names
// show the same goods: their turnover counts once in a sum over both, and whole
// in the sum of each.
func TestAmountsOfOneDealCountOnce(t *testing.T) {
	s, _ := openExpected(t, "../testdata/lumen")
	parts := s.partsOf(graph.Buyers)
	booked := func(ids ...string) decimal.Decimal {
		of := figure.NewSellers(len(s.Sellers))
		for i, seller := range s.Sellers {
			for _, id := range ids {
				if seller.ID == id {
					of.Add(i)
				}
			}
		}
		return s.amounts(parts, of).Booked.Decimal
	}
	cdw, td, both := booked("cdw"), booked("td-synnex"), booked("cdw", "td-synnex")
	if cdw.IsZero() || td.IsZero() {
		t.Fatalf("CDW booked %s, TD Synnex %s: nothing to compare", cdw, td)
	}
	if !both.LessThan(cdw.Add(td)) || both.LessThan(cdw) || both.LessThan(td) {
		t.Errorf("CDW %s and TD Synnex %s make %s together, want less than their sum and not less than either", cdw, td, both)
	}
}
