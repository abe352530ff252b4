package list

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestProfile(t *testing.T) {
	dir := folder(t, map[string]string{
		"crm.csv":   "Our CRM\nWebsite,Account Name,Kontakt,Branche,Last Seen,Sitze\na.com,A,jo@a.com,IT,2026-01-31,5\nb.com,B,al@b.com,IT,31 Jan 2026,\n",
		"other.tsv": "Firma\tSeite\nA\ta.com\nB\tb.com\n",
	})
	p, err := ProfileFile(filepath.Join(dir, "crm.csv"))
	check(t, err)
	if len(p.Sheets) != 1 || p.Format != "csv" || p.Sheets[0].Header != 2 || p.Sheets[0].Rows != 2 || p.Sheets[0].Problem != "" {
		t.Fatalf("got %+v", p)
	}
	var got []string
	for _, c := range p.Sheets[0].Columns {
		b, err := json.Marshal(c)
		check(t, err)
		got = append(got, string(b))
	}
	equal(t, "columns", got, []string{
		`{"header":"Website","key":"account","guessed":false,"filled":2,"distinct":2,"sample":["a.com","b.com"],"domains":1,"emails":0,"dates":0,"numbers":0}`,
		`{"header":"Account Name","key":"name","guessed":false,"filled":2,"distinct":2,"sample":["A","B"],"domains":0,"emails":0,"dates":0,"numbers":0}`,
		`{"header":"Kontakt","key":"user","guessed":true,"filled":2,"distinct":2,"sample":[],"domains":0,"emails":1,"dates":0,"numbers":0}`,
		`{"header":"Branche","key":"","guessed":false,"filled":2,"distinct":1,"sample":["IT"],"domains":0,"emails":0,"dates":0,"numbers":0}`,
		`{"header":"Last Seen","key":"last_seen","guessed":false,"filled":2,"distinct":2,"sample":["2026-01-31","31 Jan 2026"],"domains":0,"emails":0,"dates":1,"numbers":0}`,
		`{"header":"Sitze","key":"","guessed":false,"filled":1,"distinct":1,"sample":["5"],"domains":0,"emails":0,"dates":0,"numbers":1}`,
	})

	p, err = ProfileFile(filepath.Join(dir, "other.tsv"))
	check(t, err)
	s := p.Sheets[0]
	if p.Format != "tsv" || s.Header != 1 || !strings.Contains(s.Problem, "no known header") || s.Columns[1].Key != "account" || !s.Columns[1].Guessed {
		t.Errorf("got %+v", p)
	}
}

func TestProfileWorkbook(t *testing.T) {
	dir := saved(t, workbookOf(t, sheet{"Empty", nil}, sheet{"CRM", [][]any{{"domain"}, {"a.com"}}}, sheet{"More", [][]any{{"x"}, {"y"}}}))
	p, err := ProfileFile(filepath.Join(dir, "b.xlsx"))
	check(t, err)
	if len(p.Sheets) != 2 || p.Sheets[0].Sheet != "CRM" || p.Sheets[0].Rows != 1 || p.Sheets[1].Problem == "" {
		t.Errorf("got %+v", p)
	}
}
