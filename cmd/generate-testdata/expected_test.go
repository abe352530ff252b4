package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestExpectedAddUp checks every expected.json against itself.
func TestExpectedAddUp(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(committed, "small", "*", "expected.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no expected.json found", err)
	}
	for _, file := range append(files, filepath.Join(committed, "lumen", "expected.json")) {
		for audience, f := range load(t, file).Audiences {
			checkSums(t, file+": "+audience, f)
		}
	}
}

func load(t *testing.T, file string) *expected {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	e := &expected{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(e); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return e
}

func checkSums(t *testing.T, where string, f audienceFigures) {
	t.Helper()
	gross, only, segGross, segNet := 0, 0, 0, 0
	for _, s := range f.Sellers {
		gross += s.Reach
		only += s.OnlyThrough
	}
	for _, s := range f.Segments {
		segGross += s.Gross
		segNet += s.Net
	}
	if gross != f.Gross || only+f.Duplicated != f.Net {
		t.Errorf("%s: sellers reach %d and alone %d; gross %d, net %d, duplicated %d", where, gross, only, f.Gross, f.Net, f.Duplicated)
	}
	if len(f.Segments) > 0 && (segGross != f.Gross || segNet != f.Net) {
		t.Errorf("%s: segments add up to %d and %d, not to %d and %d", where, segGross, segNet, f.Gross, f.Net)
	}
}

// TestExpectedFromFiles counts some of the figures again from the lists as they
// are committed, in the plainest way.
func TestExpectedFromFiles(t *testing.T) {
	e := load(t, filepath.Join(committed, "lumen", "expected.json"))
	domain := furtherDomains(t)
	signups := map[string]bool{}
	for _, row := range table(t, "signups.csv")[1:] {
		if row[3] >= day(activeSince) {
			signups[strings.ToLower(row[0])] = true
		}
	}
	field, cdw, shi := map[string]string{}, map[string]string{}, map[string]bool{}
	for _, row := range table(t, "crm.csv")[1:] {
		if row[3] != "" && field[domain(row[3])] == "" {
			field[domain(row[3])] = row[8]
		}
	}
	for _, row := range table(t, "cdw.csv")[4:] {
		if row[1] != "" {
			cdw[domain(row[1])] = row[5]
		}
	}
	for _, row := range sheet(t, "shi.xlsx")[1:] {
		shi[domain(row[1])] = true
	}
	live := 0
	for d, kind := range field {
		if (kind == "Customer" || kind == "Open Opportunity") && slices.Contains([]string{"Lumen customer", "Lumen quote open"}, cdw[d]) {
			live++
		}
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"self-serve users", len(signups), e.Audiences["users"].Sellers["self-serve"].Reach},
		{"CDW's accounts", len(cdw), e.Audiences["buyers"].Sellers["cdw"].Reach},
		{"live conflict", live, e.Live["field cdw"]["all"]},
		{"accounts of SHI with a website", len(shi) - 1, e.Candidates["shi"].Accounts - e.Lists["shi.xlsx"].ByName},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d in the files, %d expected", c.what, c.got, c.want)
		}
	}
}

// furtherDomains returns a function from what a website field holds to the first
// domain of the account.
func furtherDomains(t *testing.T) func(string) string {
	first := map[string]string{}
	plain := func(site string) string {
		site = strings.ToLower(site)
		for _, prefix := range []string{"https://", "http://", "www."} {
			site = strings.TrimPrefix(site, prefix)
		}
		return strings.TrimSuffix(site, "/")
	}
	for _, row := range table(t, "crm.csv")[1:] {
		if row[4] != "" {
			first[row[4]] = plain(row[3])
		}
	}
	for _, row := range table(t, "aliases.csv")[1:] {
		first[row[0]] = row[1]
	}
	return func(site string) string {
		if d := first[plain(site)]; d != "" {
			return d
		}
		return plain(site)
	}
}

func table(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(committed, "lumen", "lists", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func sheet(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(committed, "lumen", "lists", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		rows[i] = append(rows[i], make([]string, 8)...)
	}
	return rows
}
