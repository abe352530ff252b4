package list

import (
	"context"
	"os"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

// gcloudDir holds real data that is no part of the project: sales over the UK
// G-Cloud framework as published, with CR line ends and in Mac Roman.
const gcloudDir = "../../../shared/data/gcloud"

// TestGCloud reads real data against the totals that its publisher gives.
func TestGCloud(t *testing.T) {
	if _, err := os.Stat(gcloudDir); err != nil {
		t.Skip("real data is not here:", err)
	}
	spec := graph.ListSpec{
		File: "*.csv",
		Columns: map[string]graph.Column{
			"account": {Headers: []string{"CustomerName"}},
			"partner": {Headers: []string{"SupplierName"}},
			"amount":  {Headers: []string{"EvidencedSpend"}},
			"date":    {Headers: []string{"ReturnMonth"}},
			"segment": {Headers: []string{"Sector"}},
		},
	}
	suppliers, customers := map[string]bool{}, map[string]bool{}
	spend := map[int]decimal.Decimal{}
	rows := 0
	sum, err := Read(context.Background(), spec, Options{Dir: gcloudDir}, func(r *Row) error {
		rows++
		suppliers[r.Get(Partner)] = true
		customers[r.Get(Account)] = true
		date, err := r.Date(Date)
		if err != nil {
			return err
		}
		amount, err := r.Number(Amount)
		spend[date.Year] = spend[date.Year].Add(amount)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows != 13492 || len(suppliers) != 343 || len(customers) != 524 {
		t.Errorf("%d rows, %d suppliers, %d customers; want 13492, 343, 524", rows, len(suppliers), len(customers))
	}
	for year, want := range map[int]string{2012: "7097886.94", 2013: "87300201.05"} {
		if got := spend[year].Round(2).String(); got != want {
			t.Errorf("spend in %d is %s, want %s", year, got, want)
		}
	}
	if f := sum.Files[0]; f.Encoding != "macintosh" || f.Rows != 13492 {
		t.Errorf("read as %s with %d rows", f.Encoding, f.Rows)
	}
	for _, n := range sum.Notices {
		if n.Code != guessedText.name {
			t.Errorf("unexpected notice %+v", n)
		}
	}
}
