package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

func writeEvidence(t *testing.T, f Format, rows ...*analysis.Evidence) string {
	t.Helper()
	var out bytes.Buffer
	head := sampleHead()
	w, err := NewEvidence(&out, f, &head)
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for _, e := range rows {
		if text, err = w.Append(text, []analysis.Evidence{*e}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEvidenceAsCSV(t *testing.T) {
	hostile := sampleEvidence()
	hostile.Name, hostile.Account = "=HYPERLINK(\"http://x\")\x1b[2J", "two\nlines"
	mark, table, _ := strings.Cut(writeEvidence(t, CSV, sampleEvidence(), hostile), "\n")
	if want := "# Confidential: names accounts. Rows behind the figures of Lumen AI as of 2026-11-23. " +
		"Made from lists given under an agreement with CDW."; mark != want {
		t.Errorf("the first line is %q, want %q", mark, want)
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cell := func(row int, column string) string {
		for i, name := range rows[0] {
			if name == column {
				return rows[row][i]
			}
		}
		t.Fatalf("no column %s", column)
		return ""
	}
	for column, want := range map[string]string{"file": "lists/crm.csv", "row": "17", "amount": "-12.50", "over": "field;cdw", "reaches": "true", "told_by": "domain"} {
		if got := cell(1, column); got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	if got, want := cell(2, "name"), "'=HYPERLINK(\"http://x\")\\x1b[2J"; got != want {
		t.Errorf("a hostile name is %q, want %q", got, want)
	}
	if got, want := cell(2, "account"), `two\nlines`; got != want {
		t.Errorf("a hostile account is %q, want %q", got, want)
	}
}

// TestEvidenceCellsAsCSV holds cells to what the writer of the standard library makes
// of them.
func TestEvidenceCellsAsCSV(t *testing.T) {
	for _, cell := range []string{"", " ", "a", " a", "a ", "a,b", "a\"b", "\"", "=1", "+1", "-1", "@a", "\\.", "\\", "\\.a", "ü", "\u00a0a", "a\u00a0", "\ta", "a\nb", "\ra", "a\x00", "\xff", "\u202ea", "＝1", "~", "\x7f", "a;b"} {
		var want bytes.Buffer
		w := csv.NewWriter(&want)
		if err := w.Write([]string{"x", neutralise(cell), "y"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		if got := string(appendCell([]byte("x,"), cell)) + "y\n"; got != want.String() {
			t.Errorf("%q is %q, want %q", cell, got, want.String())
		}
	}
}

func TestEvidenceAsJSONLines(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(writeEvidence(t, JSON, sampleEvidence(), &analysis.Evidence{Name: "a\nb\u009b"}), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines, want the mark and two rows", len(lines))
	}
	if !strings.HasPrefix(lines[0], `{"confidential":"Confidential: names accounts.`) {
		t.Errorf("the first line is %s", lines[0])
	}
	var back analysis.Evidence
	if err := json.Unmarshal([]byte(lines[2]), &back); err != nil || back.Name != "a\nb\u009b" {
		t.Errorf("%s gives %q, %v", lines[2], back.Name, err)
	}
	if strings.Contains(lines[2], "\u009b") || !strings.Contains(lines[2], `"over":[]`) {
		t.Errorf("got %s", lines[2])
	}
}

func TestEvidenceRefusesText(t *testing.T) {
	if _, err := NewEvidence(&bytes.Buffer{}, Text, &analysis.Head{}); err == nil || !strings.Contains(err.Error(), "csv or json") {
		t.Errorf("got %v", err)
	}
}

func TestEvidenceSampleKeepsTheFirstRows(t *testing.T) {
	both, over := analysis.PairBehind("buyers", "field", "cdw"), analysis.Behind{What: analysis.BehindSeller, Audience: "buyers", A: "cdw"}
	sample := analysis.NewSample(2, []analysis.Behind{both, over}, nil)
	for i := range 5 {
		e := sampleEvidence()
		e.Place.Row = i + 2
		sample.Add(e)
	}
	e := sampleEvidence()
	e.Seller, e.Over = cdw, []string{"cdw"}
	sample.Add(e)
	var out bytes.Buffer
	r := newTextReport(&out, TextOptions{Evidence: sample})
	r.evidence([]behindFigure{{"Both", both}, {"Nobody", analysis.Behind{What: analysis.BehindSeller, Audience: "buyers", A: "shi"}}})
	want := "\nRows behind the figures\n  Both\n"
	for _, row := range []int{2, 3} {
		want += fmt.Sprintf("    lists/crm.csv row %d  acme.example  Acme Ltd  customer  Direct sales\n", row)
	}
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
	if n := len(sample.Rows(over)); n != 1 {
		t.Errorf("%d rows behind CDW, want 1", n)
	}
}

func TestEvidenceLine(t *testing.T) {
	if got, want := EvidenceLine(sampleEvidence()), "  lists/crm.csv row 17  acme.example  Acme Ltd  customer  Direct sales"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// However long the path, the row is there to be found.
func TestEvidenceLineKeepsTheRow(t *testing.T) {
	e := sampleEvidence()
	e.Place.File = "../../a/folder/far/away/from/here/with-a-list-of-a-long-name.csv"
	if got, want := EvidenceLine(e), "  …-a-list-of-a-long-name.csv row 17  acme.example"; !strings.Contains(got, "a-long-name.csv row 17  acme.example") {
		t.Errorf("got %q, want about %q", got, want)
	}
}
