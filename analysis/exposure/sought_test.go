package exposure_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// soughtRows are the first rows behind some figures: of each seller its customers and
// its other rows, those at members of several touches, and those of the first segment.
func soughtRows(t *testing.T, x *exposure.Exposure) map[int][]graph.Place {
	t.Helper()
	const most = 2
	sellers := len(x.Sellers)
	several, segment := 2*sellers, 2*sellers+1
	kind := func(seller int, status graph.Status) int {
		if status == graph.Customer {
			return 2 * seller
		}
		return 2*seller + 1
	}
	var open atomic.Uint64
	lacking := map[exposure.Figures]int{}
	for n := range segment + 1 {
		lacking[exposure.FigureBit(n)]++
		open.Or(uint64(exposure.FigureBit(n)))
	}
	ofSet := func(r *exposure.Row) (all []int) {
		if r.Set != nil && len(r.Set.Touches) > 1 {
			all = append(all, several)
		}
		if r.Segment == 0 {
			all = append(all, segment)
		}
		return all
	}
	sought := &exposure.Sought{
		OfKind: func(seller int, _ graph.Audience, status graph.Status) exposure.Figures {
			return exposure.FigureBit(kind(seller, status)) | exposure.FigureBit(several) | exposure.FigureBit(segment)
		},
		OfSet: func(r *exposure.Row) (out exposure.Figures) {
			for n := range 2 * sellers {
				out |= exposure.FigureBit(n)
			}
			for _, n := range ofSet(r) {
				out |= exposure.FigureBit(n)
			}
			return out
		},
		Open: func() exposure.Figures { return exposure.Figures(open.Load()) },
	}
	rows := map[int][]graph.Place{}
	err := x.EvidenceOf(context.Background(), exposure.Wanted{Seller: func(int) bool { return true }, Sought: sought}, func(r *exposure.Row) error {
		if r.Member < 0 {
			return nil
		}
		for _, n := range append(ofSet(r), kind(r.Seller, r.Status)) {
			if len(rows[n]) == most {
				continue
			}
			if rows[n] = append(rows[n], r.Place); len(rows[n]) < most {
				continue
			}
			bit := exposure.FigureBit(n)
			if lacking[bit]--; lacking[bit] == 0 {
				open.And(^uint64(bit))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
