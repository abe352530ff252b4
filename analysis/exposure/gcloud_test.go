package exposure_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// gcloudRows reads the published sales of the UK G-Cloud framework, which is data
// beside the project; the test skips where it is absent.
func gcloudRows(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile("../../../shared/data/gcloud/G-Cloud-Spend-14-07-14-v2-For-import.csv")
	if err != nil {
		t.Skip("the G-Cloud data is not beside the project")
	}
	r := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(text, []byte("\r"), []byte("\n")))) // its lines end in CR alone
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// byDomain gives each customer a domain instead of its name: rows of names are kept,
// and those of domains stored.
func byDomain(rows [][]string) [][]string {
	customer := 0
	for i, header := range rows[0] {
		if header == "CustomerName" {
			customer = i
		}
	}
	number := map[string]int{}
	for _, row := range rows[1:] {
		name := identity.FoldName(row[customer])
		if _, ok := number[name]; !ok {
			number[name] = len(number)
		}
		row[customer] = fmt.Sprintf("customer-%d.example", number[name])
	}
	return rows
}

// TestGCloudInEveryWay counts real sales in every way: with customers' names as they are
// published, and with domains in their place, as CSV and as Parquet. All give one table.
func TestGCloudInEveryWay(t *testing.T) {
	rows := gcloudRows(t)
	opts := exposure.Options{AsOf: graph.Date{Year: 2014, Month: 7, Day: 14}}
	published, err := graph.Load("../testdata/gcloud")
	if err != nil {
		t.Fatal(err)
	}
	sameStored(t, published, opts, asked{})
	want := buyersOf(t, published, opts)

	rows = byDomain(rows)
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string]string{"list.csv": text.String(), "list.parquet": parquetOf(t, rows)} {
		t.Run(file, func(t *testing.T) {
			eco := *published
			eco.Dir = t.TempDir()
			eco.Lists = []graph.ListSpec{published.Lists[0]}
			eco.Lists[0].File = file
			if err := os.WriteFile(filepath.Join(eco.Dir, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if stored := sameStored(t, &eco, opts, asked{rows: true}); stored != 13492 {
				t.Errorf("%d of 13,492 rows were stored", stored)
			}
			same(t, "with domains", buyersOf(t, &eco, opts), want)
		})
	}
}

// buyersOf is the table of buyers, whose rows are kept.
func buyersOf(t *testing.T, eco *graph.Ecosystem, opts exposure.Options) *exposure.Table {
	t.Helper()
	defer exposure.NoListIsLong()()
	x, err := exposure.Build(context.Background(), eco, opts)
	if err != nil {
		t.Fatal(err)
	}
	return x.Buyers
}
