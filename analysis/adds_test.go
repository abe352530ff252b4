package analysis

import (
	"slices"
	"testing"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// What a partner adds to what is reached today is one figure: vet, the audit and the
// map say the same of every partner that counts, with the same limits and basis.
func TestWhatAPartnerAddsIsOneFigure(t *testing.T) {
	asked := 0
	eachExample(t, func(t *testing.T, s *Study) {
		audit, drawn := s.Audit(), newMapBuilder(s)
		for i, seller := range s.Sellers {
			if seller.Partner < 0 || !s.counts(i) || len(s.sellersWhere(func(x graph.Seller) bool { return x.Partner == seller.Partner })) > 1 {
				continue
			}
			v, err := s.Vet(t.Context(), seller.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range v.Audiences {
				row := rowOf(audit, a.Audience, seller.ID)
				if row == nil {
					t.Errorf("%s: vet tells of %s, the audit does not", seller.ID, a.Audience)
					continue
				}
				asked++
				if !sameFigure(a.Adds, row.OnlyThrough) {
					t.Errorf("%s adds %+v %s by vet, %+v by the audit", seller.ID, a.Adds, a.Audience, row.OnlyThrough)
				}
				if !sameFigure(a.Gross, row.Gross) {
					t.Errorf("%s reaches %+v %s by vet, %+v by the audit", seller.ID, a.Gross, a.Audience, row.Gross)
				}
				if only := drawn.conflicts[i][a.Audience].only; !close2(only, a.Adds.Best) {
					t.Errorf("%s adds %v %s by vet, and its bar shows %v through it alone", seller.ID, a.Adds.Best, a.Audience, only)
				}
				if !s.candidates.Has(i) {
					continue
				}
				for _, told := range drawn.signing(i) {
					if told.audience == a.Audience && (!close2(told.adds, a.Adds.Best) || s.Exposure.OwnLists && told.fresh != float64(a.New)) {
						t.Errorf("%s adds %v %s by vet, %d of them new to us; the map says %v and %v", seller.ID, a.Adds.Best, a.Audience, a.New, told.adds, told.fresh)
					}
				}
			}
		}
	})
	if asked < 30 {
		t.Errorf("only %d figures were compared", asked)
	}
}

func rowOf(audit *Audit, of graph.Audience, seller string) *SellerAudit {
	for i := range audit.Audiences {
		a := &audit.Audiences[i]
		if n := slices.IndexFunc(a.Sellers, func(row SellerAudit) bool { return row.Seller.ID == seller }); a.Audience == of && n >= 0 {
			return &a.Sellers[n]
		}
	}
	return nil
}

func sameFigure(a, b figure.Figure) bool {
	return close2(a.Low, b.Low) && close2(a.Best, b.Best) && close2(a.High, b.High) && a.Basis == b.Basis
}
