package render

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
)

var updateReports = flag.Bool("update-reports", false, "write the goldens of reports anew")

// goldenReports are the reports whose whole output is kept in testdata/report.
var goldenReports = []struct {
	name  string
	print func(io.Writer, Format, TextOptions) error
}{
	{"audit", func(w io.Writer, f Format, o TextOptions) error { return Audit(w, sampleAudit(), f, o) }},
	{"audit-long", func(w io.Writer, f Format, o TextOptions) error { return Audit(w, longAudit(), f, o) }},
	{"audit-shares", func(w io.Writer, f Format, o TextOptions) error { return Audit(w, sharesAudit(), f, o) }},
	{"audit-hostile", func(w io.Writer, f Format, o TextOptions) error { return Audit(w, hostileAudit(), f, o) }},
	{"overlaps", func(w io.Writer, f Format, o TextOptions) error { return Overlaps(w, sampleOverlaps(), f, o) }},
	{"account", func(w io.Writer, f Format, o TextOptions) error { return Account(w, sampleAccount(), f, o) }},
	{"paths", func(w io.Writer, f Format, o TextOptions) error { return Paths(w, samplePaths(), f, o) }},
	{"uncovered", func(w io.Writer, f Format, o TextOptions) error { return Uncovered(w, sampleUncovered(), f, o) }},
	{"check", func(w io.Writer, f Format, o TextOptions) error { return Check(w, sampleCheck(), f, o) }},
	{"account-with", func(w io.Writer, f Format, o TextOptions) error { return Account(w, approvalAccount(), f, o) }},
	{"conflicts", func(w io.Writer, f Format, o TextOptions) error { return Conflicts(w, sampleConflicts(), f, o) }},
	{"conflicts-loss", func(w io.Writer, f Format, o TextOptions) error { return Conflicts(w, lossConflicts(), f, o) }},
	{"live", func(w io.Writer, f Format, o TextOptions) error { return Live(w, sampleLive(), f, o) }},
	{"vet-promise", func(w io.Writer, f Format, o TextOptions) error { return Vet(w, promiseVet(), f, o) }},
	{"vet-undecided", func(w io.Writer, f Format, o TextOptions) error { return Vet(w, undecidedVet(), f, o) }},
	{"vet-term", func(w io.Writer, f Format, o TextOptions) error { return Vet(w, termVet(), f, o) }},
	{"findings", func(w io.Writer, f Format, o TextOptions) error { return Findings(w, conflict.Docs(), f, o) }},
	{"findings-one", func(w io.Writer, f Format, o TextOptions) error {
		return Findings(w, []*conflict.Doc{conflict.DocOf("C07")}, f, o)
	}},
	{"check-lists", func(w io.Writer, f Format, o TextOptions) error { return Check(w, readCheck(), f, o) }},
}

func TestReportGoldens(t *testing.T) {
	sample := sampleRows()
	for _, g := range goldenReports {
		for _, f := range []Format{Text, JSON, CSV} {
			if g.name == "audit-long" && f != Text {
				continue
			}
			t.Run(g.name+"/"+string(f), func(t *testing.T) {
				var out bytes.Buffer
				if err := g.print(&out, f, TextOptions{Path: "my files/lumen", Evidence: sample}); err != nil {
					t.Fatal(err)
				}
				compareGolden(t, g.name+"."+string(f), out.Bytes())
			})
		}
	}
}

// sampleRows is a sample of one row for all that shows rows.
func sampleRows() *analysis.Sample {
	figures := append(AuditFigures(sampleAudit()), OverlapFigures(sampleOverlaps())...)
	for _, a := range []*analysis.Audit{longAudit(), sharesAudit(), hostileAudit()} {
		figures = append(figures, AuditFigures(a)...)
	}
	findings := append(FindingsWithRows(sampleConflicts().Findings), FindingsWithRows(promiseVet().Findings)...)
	sample := analysis.NewSample(2, figures, findings)
	sample.Add(sampleEvidence())
	return sample
}

func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "report", name)
	if *updateReports {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from its golden; run go test ./render -run Goldens -update-reports and look at the change\n%s", path, got)
	}
}
