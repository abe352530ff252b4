package list

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

const benchRows = 20000

// benchTable is a list of usual width.
func benchTable() [][]string {
	table := [][]string{{"Website", "Account Name", "Country", "Amount", "Close Date", "Partner"}}
	for i := range benchRows {
		table = append(table, []string{fmt.Sprintf("company%d.com", i), fmt.Sprintf("Company %d", i), "DE", fmt.Sprint(i), "2026-01-31", "CDW"})
	}
	return table
}

func benchRead(b *testing.B, dir, file string) {
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		n := 0
		_, err := Read(context.Background(), graph.ListSpec{File: file}, Options{Dir: dir}, func(*Row) error { n++; return nil })
		if err != nil || n != benchRows {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkReadCSV(b *testing.B) {
	benchRead(b, folder(b, map[string]string{"l.csv": written(b, benchTable(), ',')}), "l.csv")
}

func BenchmarkReadQuotedCSV(b *testing.B) {
	text := strings.ReplaceAll(written(b, benchTable(), ','), "Company", `"Company`)
	benchRead(b, folder(b, map[string]string{"l.csv": strings.ReplaceAll(text, ",DE", `",DE`)}), "l.csv")
}

func BenchmarkReadXLSX(b *testing.B) {
	benchRead(b, saved(b, workbookOf(b, sheet{"S", typed(benchTable())})), "b.xlsx")
}
