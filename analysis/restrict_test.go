package analysis

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

func TestFives(t *testing.T) {
	for n, want := range map[float64]float64{
		0: 0, 1e-12: 0, 0.5: figure.Small, 1: figure.Small, 4: figure.Small, 4.5: figure.Small, 4.9999999: 5, 5: 5, 9: 5, 10: 10, 29228: 29225,
	} {
		if got := fives(n); got != want {
			t.Errorf("fives(%g) = %g, want %g", n, got, want)
		}
	}
}

// What is left of a population that is known exactly tells no more of a small
// number than that it is one: whatever rounds alike leaves the same.
func TestWithoutTellsNothingMore(t *testing.T) {
	for of := 5.0; of < 60; of++ {
		left := map[float64]float64{}
		for n := 0.0; n < of; n++ {
			told, rest := fives(n), without(of, fives(n), of-n)
			if before, ok := left[told]; ok && before != rest {
				t.Errorf("of %g, %g leaves %g, and another number told as %g leaves %g", of, n, rest, told, before)
			}
			left[told] = rest
		}
	}
}

// Gross and net that are told are those of at least three amounts of duplication
// where that is not told.
func TestSmallDifferencesStayOpen(t *testing.T) {
	could := map[[2]float64]map[float64]bool{}
	for net := 5.0; net < 60; net++ {
		for by := 1.0; by < 5; by++ {
			told := [2]float64{fives(net + by), fives(net)}
			if could[told] == nil {
				could[told] = map[float64]bool{}
			}
			could[told][by] = true
		}
	}
	for told, all := range could {
		if len(all) < 3 && told[0] < 60 {
			t.Errorf("gross %g and net %g leave %v", told[0], told[1], all)
		}
	}
}

func TestFewAreNotAlone(t *testing.T) {
	sizes := []float64{3, 40, 20, 0}
	of := func(i int) (float64, bool) { return sizes[i], sizes[i] > 0 }
	few := []bool{true, false, false, false}
	fewNotAlone(few, of)
	if !few[2] || few[1] || few[3] {
		t.Errorf("beside the first, withheld are %v; want the smallest that counts", few)
	}
	for _, all := range [][]bool{{false, false, false, false}, {true, false, true, false}} {
		before := slices.Clone(all)
		if fewNotAlone(all, of); !slices.Equal(all, before) {
			t.Errorf("%v became %v", before, all)
		}
	}
}

// Amounts count the members among whom they are, each once.
func TestAmountsOfFew(t *testing.T) {
	var a Amounts
	a.add(graph.Customer, decimal.NewFromInt(10), 3)
	if !a.few() {
		t.Error("3 members are not few")
	}
	a.add(graph.Customer, decimal.NewFromInt(10), 2)
	if a.few() {
		t.Error("5 members are few")
	}
	a.add(graph.Open, decimal.NewFromInt(1), 1)
	if !a.few() {
		t.Error("an open deal of 1 member is hidden behind 5 customers")
	}
	a.withhold()
	if !a.Booked.IsWithheld() || a.Booked.IsZero() {
		t.Error("what is withheld is nothing")
	}
}

func TestBasisNamesNoSystem(t *testing.T) {
	r := &restriction{}
	for text, want := range map[string]string{
		"list": "list", "list + crossbeam": "list", "crossbeam": "a system", "acme portal": "a system", "": "",
		"reported + list, independence": "list + reported, independence", "claimed of 2,400": "claimed",
	} {
		if got := r.basis(text); got != want {
			t.Errorf("%q is told as %q, want %q", text, got, want)
		}
	}
}

func TestNamesOfOthersInNames(t *testing.T) {
	r := &restriction{words: []disguise{{"cdw canada", "reseller 2", "reseller-2"}, {"cdw", "a $1 reseller", "reseller-1"}}}
	for text, want := range map[string]string{
		"CDW": "a $1 reseller", "Resellers (CDW and cdw canada)": "Resellers (a $1 reseller and reseller 2)", "CDWs": "CDWs", "cdw cdw cdw": "a $1 reseller a $1 reseller a $1 reseller",
	} {
		if got := r.text(text); got != want {
			t.Errorf("%q is told as %q, want %q", text, got, want)
		}
	}
	if got := r.idOf("cdw-accounts"); got != "reseller-1-accounts" {
		t.Errorf("an id is told as %q", got)
	}
}

// What a report for a partner is made from has no list of somebody else's
// agreement, and nobody who does not sell today but the partner.
func TestInputForPartner(t *testing.T) {
	nda := func(party string) *graph.NDA { return &graph.NDA{Party: party} }
	eco := &graph.Ecosystem{
		Partners: []graph.Partner{
			{ID: "cdw", Name: "CDW", AKA: []string{"CDW LLC"}, Stage: graph.Managed},
			{ID: "shi", Name: "SHI", Stage: graph.Negotiating},
			{ID: "old", Name: "Old", Stage: graph.Ended},
		},
		Lists: []graph.ListSpec{
			{File: "crm.csv"}, {File: "cdw.csv", Partner: "cdw", NDA: nda("cdw llc")}, {File: "shi.csv", Partner: "shi"}, {File: "bought.csv", NDA: nda("Data House")},
		},
		Deals: &graph.ListSpec{File: "deals.csv", NDA: nda("SHI")},
	}
	got, left := inputFor(eco, &Options{For: "cdw"})
	var files []string
	for _, l := range got.Lists {
		files = append(files, l.File)
	}
	if text := strings.Join(files, " "); text != "crm.csv cdw.csv" || got.Deals != nil || got.Partners[1].Stage != graph.Ended {
		t.Errorf("for CDW: lists %s, deals %v, SHI %s", text, got.Deals, got.Partners[1].Stage)
	}
	const want = "SHI does not sell today; bought.csv was given under an agreement with Data House; deals.csv was given under an agreement with SHI"
	if text := strings.Join(left, "; "); text != want {
		t.Errorf("left out: %s", text)
	}
	if eco.Deals == nil || eco.Partners[1].Stage != graph.Negotiating || len(eco.Lists) != 4 {
		t.Error("the ecosystem itself was changed")
	}
	if board, _ := inputFor(eco, &Options{For: "Board"}); board != eco {
		t.Error("what is for the board is made from less than all")
	}
	if own, _ := inputFor(eco, &Options{For: "SHI"}); own.Partners[1].Stage != graph.Negotiating || own.Deals == nil {
		t.Error("the candidate itself was left out of what is for it")
	}
}
