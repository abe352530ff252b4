package render

import (
	"bytes"
	"encoding/csv"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

func TestEveryColumnIsDocumented(t *testing.T) {
	docs := documented(t, "csv.md", "## ")
	for name, columns := range map[string][]string{
		"audit": auditReport{&analysis.Audit{}}.table().columns, "overlaps": overlapsReport{&analysis.Overlaps{}}.table().columns,
		"account": accountReport{&analysis.Account{}}.table().columns, "paths": pathsReport{&analysis.Paths{}}.table().columns,
		"uncovered": uncoveredReport{&analysis.Uncovered{}}.table().columns, "check": checkPrinter{&CheckReport{}}.table().columns,
		"Evidence": evidenceColumns, "conflicts": conflictsReport{&analysis.Conflicts{}}.table().columns,
		"conflicts --live": liveReport{&analysis.Live{}}.table().columns, "vet": vetReport{&analysis.Vet{}}.table().columns,
		"findings": findingsReport{}.table().columns, "diff": diffReport{&analysis.Diff{}}.table().columns,
	} {
		if got := slices.Sorted(slices.Values(docs[name])); !slices.Equal(got, slices.Sorted(slices.Values(columns))) {
			t.Errorf("docs/csv.md has for %s\n%v, the table\n%v", name, docs[name], columns)
		}
		delete(docs, name)
	}
	for _, section := range slices.Sorted(maps.Keys(docs)) {
		t.Errorf("docs/csv.md describes %s, which no report has", section)
	}
}

// TestAuditCSVCanBePivoted sums a column as a spreadsheet would.
func TestAuditCSVCanBePivoted(t *testing.T) {
	var out bytes.Buffer
	if err := Audit(&out, sampleAudit(), CSV, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(column string) int { return slices.Index(rows[0], column) }
	total := 0.0
	for _, row := range rows[1:] {
		if row[at("level")] == "seller" && row[at("audience")] == "buyers" && row[at("works_today")] == "true" {
			n, err := strconv.ParseFloat(row[at("shapley")], 64)
			if err != nil {
				t.Fatal(err)
			}
			total += n
		}
	}
	if total != 524 {
		t.Errorf("fair shares sum to %v, want the net reach, 524", total)
	}
}

func TestCSVRefusesCellsWithoutAColumn(t *testing.T) {
	table := &csvTable{columns: []string{"level"}}
	table.add("total").text("surprise", "x")
	if err := table.write(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "surprise") {
		t.Errorf("got %v", err)
	}
}

func TestCSVNumbers(t *testing.T) {
	for n, want := range map[float64]string{
		0: "0", 100: "100", 1e15: "1000000000000000", 1.0 / 3: "0.333333", -2.5: "-2.5", 1e-9: "0", math.Copysign(1e-9, -1): "0", 1234567.8: "1234567.8",
	} {
		if got := csvNumber(n); got != want {
			t.Errorf("csvNumber(%v) = %q, want %q", n, got, want)
		}
	}
}
