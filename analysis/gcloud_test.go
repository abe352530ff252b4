package analysis

import (
	"context"
	"os"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// openGCloud opens the published sales of the UK G-Cloud framework, which is
// data beside the project; the test skips where it is absent.
func openGCloud(t testing.TB, opts Options) *Study {
	t.Helper()
	const data = "../../shared/data/gcloud/G-Cloud-Spend-14-07-14-v2-For-import.csv"
	if _, err := os.Stat(data); err != nil {
		t.Skip("the G-Cloud data is not beside the project")
	}
	eco, err := graph.Load("testdata/gcloud")
	if err != nil {
		t.Fatal(err)
	}
	opts.AsOf = graph.Date{Year: 2014, Month: 7, Day: 14}
	s, err := Open(context.Background(), eco, opts, exposure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The totals are those that were published with the data.
func TestGCloudTotals(t *testing.T) {
	s := openGCloud(t, Options{})
	a := s.Audit().Audiences[0]
	if a.Audience != graph.Buyers || a.Total.Net.Best != 524 || a.Total.Gross.Best != 1198 || a.Total.Sellers != 343 {
		t.Errorf("%s: net %v, gross %v, sellers %d; want 524 buyers, 1198, 343", a.Audience, a.Total.Net, a.Total.Gross, a.Total.Sellers)
	}
	if got := s.Head().Matching; got.Rows != 13492 || got.ByName != 13492 || got.Unresolved != 0 {
		t.Errorf("matching %+v, want all of 13,492 rows by name", got)
	}
	o := s.Overlaps().Audiences[0]
	if o.AtLeast[0] != (Frequency{2, 167}) || o.AtLeast[1] != (Frequency{3, 92}) {
		t.Errorf("reached over at least: %v, want 167 over two and 92 over three", o.AtLeast[:2])
	}
	if o.Live != 0 {
		t.Errorf("%v live conflicts in a list without a single customer or deal", o.Live)
	}
}

// Both ends count, and sums are rounded once.
func TestGCloudYears(t *testing.T) {
	for year, want := range map[int]string{2012: "7097886.94", 2013: "87300201.05"} {
		s := openGCloud(t, Options{
			From: graph.Date{Year: year, Month: 1, Day: 1}, To: graph.Date{Year: year, Month: 12, Day: 31},
		})
		if got := s.Audit().Audiences[0].Value.Amounts.Reported.StringFixed(2); got != want {
			t.Errorf("reported in %d: %s, want %s", year, got, want)
		}
	}
}

// With a first and a last day of sales themselves, nothing is lost at either end.
func TestGCloudLimitsAreInclusive(t *testing.T) {
	all := openGCloud(t, Options{}).Audit().Audiences[0].Value.Amounts.Reported
	s := openGCloud(t, Options{From: graph.Date{Year: 2012, Month: 4, Day: 1}, To: graph.Date{Year: 2014, Month: 6, Day: 1}})
	if got := s.Audit().Audiences[0].Value.Amounts.Reported; !got.Equal(all.Decimal) {
		t.Errorf("%s within the first and last day of sales, %s in all", got, all)
	}
}
