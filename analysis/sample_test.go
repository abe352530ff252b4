package analysis_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// sampledEcosystem has a list that is stored, with figures that fill at once, that
// few rows are behind, and that none is.
func sampledEcosystem(t *testing.T, rows int) *graph.Ecosystem {
	t.Helper()
	eco, err := graph.Parse("ecosystem.yaml", []byte(`vendor: Acme
segments:
  - {id: retail, audience: buyers, match: {segment: [Retail]}}
  - {id: banks, audience: buyers, match: {segment: [Banking]}}
channels: [{id: resale, kind: reseller}, {id: field, kind: direct-buyer}]
partners:
  - {id: p0, channel: resale}
  - {id: p1, channel: resale}
  - {id: p2, channel: resale, stage: signed}
  - {id: rare, channel: resale}
lists:
  - {file: list.csv, channel: resale}
  - {file: own.csv, own: true, channel: field}
`))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = t.TempDir()
	r := rand.New(rand.NewPCG(3, 4))
	var list, own strings.Builder
	list.WriteString("account,partner,status,segment\n")
	own.WriteString("account,status\n")
	for i := range rows {
		partner, industry := fmt.Sprint("p", r.IntN(3)), []string{"Retail", "", ""}[r.IntN(3)]
		if i%(rows/3) == rows/6 {
			partner, industry = "rare", "Banking"
		}
		fmt.Fprintf(&list, "account-%d.example,%s,%s,%s\n", r.IntN(rows/2), partner, []string{"customer", "relationship", "target"}[r.IntN(3)], industry)
	}
	for i := range 200 {
		fmt.Fprintf(&own, "account-%d.example,%s\n", i, []string{"customer", "target"}[i%2])
	}
	for name, text := range map[string]string{"list.csv": list.String(), "own.csv": own.String()} {
		if err := os.WriteFile(filepath.Join(eco.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return eco
}

// TestSampleIsOfTheFirstRows holds the sample that stops looking to one of all rows.
func TestSampleIsOfTheFirstRows(t *testing.T) {
	for _, rows := range []int{600, 60_000} { // all are kept, and the long list is stored
		s, err := analysis.Open(t.Context(), sampledEcosystem(t, rows), analysis.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, exposure.Options{Keep: true})
		if err != nil {
			t.Fatal(err)
		}
		if stored := s.Exposure.Stored > 0; stored != (rows > 1000) {
			t.Fatalf("%d rows are stored", s.Exposure.Stored)
		}
		c, err := s.Conflicts()
		if err != nil {
			t.Fatal(err)
		}
		figures := []analysis.Behind{analysis.PairBehind("buyers", "p0", "p1"), analysis.PairBehind("buyers", "p0", "rare"), analysis.PairBehind("buyers", "p2", "rare")}
		for _, what := range []analysis.BehindWhat{analysis.BehindNet, analysis.BehindDuplicated, analysis.BehindUnresolved, analysis.BehindTarget} {
			figures = append(figures, analysis.Behind{What: what, Audience: "buyers"}, analysis.Behind{What: what, Audience: "users"})
		}
		for _, id := range []string{"p0", "p1", "p2", "rare", "field"} {
			figures = append(figures, analysis.Behind{What: analysis.BehindSeller, Audience: "buyers", A: id})
		}
		for _, id := range []string{"retail", "banks", ""} {
			figures = append(figures, analysis.Behind{What: analysis.BehindSegment, Audience: "buyers", A: id})
		}
		for _, test := range []struct {
			figures  []analysis.Behind
			findings []analysis.Finding
		}{{figures, c.Findings}, {figures[:1], nil}, {figures[1:2], nil}, {nil, c.Findings}, {nil, nil}} {
			quick, whole := analysis.NewSample(3, test.figures, test.findings), analysis.NewSample(3, test.figures, test.findings)
			if err := s.Sample(t.Context(), quick); err != nil {
				t.Fatal(err)
			}
			err := s.Evidence(t.Context(), func(e *analysis.Evidence) error {
				whole.Add(e)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range test.findings {
				test.figures = append(test.figures, analysis.Behind{What: analysis.BehindFinding, A: f.ID})
			}
			behind := 0
			for _, f := range test.figures {
				got, want := lines(quick.Rows(f)), lines(whole.Rows(f))
				if got != want {
					t.Errorf("%d rows, %v: got\n%swant\n%s", rows, f, got, want)
				}
				behind += len(want)
			}
			if quick.Empty() || len(test.figures) > 10 && behind == 0 {
				t.Error("the sample is empty")
			}
		}
	}
}

func lines(all []*analysis.Evidence) string {
	var b strings.Builder
	for _, e := range all {
		fmt.Fprintln(&b, e.Place, e.Account, e.Status, e.Seller.ID, e.Segment.ID, e.Over, e.Told)
	}
	return b.String()
}

// TestProofsOfStoredRows holds the rows that prove findings, where lists are stored,
// to those where all rows are kept: of the same list in short files.
func TestProofsOfStoredRows(t *testing.T) {
	const part = 10_000
	eco := sampledEcosystem(t, 60_000)
	text, err := os.ReadFile(filepath.Join(eco.Dir, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	short := *eco
	short.Lists = nil
	lines := strings.SplitAfter(strings.TrimSpace(string(text)), "\n")
	for from := 1; from < len(lines); from += part {
		spec := eco.Lists[0]
		spec.File = fmt.Sprintf("%d.csv", from/part)
		short.Lists = append(short.Lists, spec)
		rows := lines[0] + strings.Join(lines[from:min(from+part, len(lines))], "")
		if err := os.WriteFile(filepath.Join(eco.Dir, spec.File), []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	short.Lists = append(short.Lists, eco.Lists[1:]...)
	got, stored := proven(t, eco)
	want, kept := proven(t, &short)
	if stored == 0 || kept > 0 {
		t.Fatalf("%d and %d rows are stored", stored, kept)
	}
	if len(want) < 5 || !strings.Contains(want[0], "account-") {
		t.Fatalf("few findings: %q", want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
		}
	}
}

// proven are the findings of an ecosystem with the rows that prove them.
func proven(t *testing.T, eco *graph.Ecosystem) (out []string, stored int64) {
	t.Helper()
	s, err := analysis.Open(t.Context(), eco, analysis.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, exposure.Options{Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Conflicts()
	if err != nil {
		t.Fatal(err)
	}
	for _, findings := range [][]analysis.Finding{c.Findings, c.Signing} {
		if err := s.Prove(t.Context(), findings); err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			all := f.ID + "\n"
			for _, e := range f.Rows {
				all += fmt.Sprintln(e.Account, e.Status, e.Seller.ID, e.Over, e.Relation, e.Findings)
			}
			out = append(out, all)
		}
	}
	return out, s.Exposure.Stored
}

// TestEvidencePartsAreAllRows holds the rows that several goroutines write to those
// that come one after another, and ends when an error comes.
func TestEvidencePartsAreAllRows(t *testing.T) {
	for _, rows := range []int{600, 60_000} {
		eco := sampledEcosystem(t, rows)
		open := func() *analysis.Study {
			s, err := analysis.Open(t.Context(), eco, analysis.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, exposure.Options{Keep: true})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		var want, got []string
		err := open().Evidence(t.Context(), func(e *analysis.Evidence) error {
			line, err := json.Marshal(e)
			want = append(want, string(line))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		write := func(text []byte, part []analysis.Evidence) ([]byte, error) {
			for i := range part {
				line, err := json.Marshal(&part[i])
				if err != nil {
					return nil, err
				}
				text = append(append(text, line...), '\n')
			}
			return text, nil
		}
		err = open().EvidenceParts(t.Context(), write, func(text []byte) error {
			got = append(got, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) || len(want) < rows {
			t.Fatalf("%d rows, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("row %d is\n%s\nwant\n%s", i, got[i], want[i])
			}
		}
		full := errors.New("the disk is full")
		if err := open().EvidenceParts(t.Context(), write, func([]byte) error { return full }); !errors.Is(err, full) {
			t.Errorf("taking ends with %v", err)
		}
		err = open().EvidenceParts(t.Context(), func([]byte, []analysis.Evidence) ([]byte, error) { return nil, full }, func([]byte) error { return nil })
		if !errors.Is(err, full) {
			t.Errorf("writing ends with %v", err)
		}
	}
}
