package exposure_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

const differingYAML = "vendor: Acme\ncurrency: USD\nsegments: [{id: media, audience: buyers, name: Media}, {id: retail, audience: buyers}]\n" +
	"channels: [{id: field, kind: direct-buyer}, {id: resale, kind: reseller}]\npartners: [{id: p0, channel: resale}, {id: p1, channel: resale}]\n" +
	"lists: [{file: partners.csv, channel: resale}, {file: crm.csv, channel: field}]\n"

// contradicted are a list of partners and one of ours. In the first, one in
// so many accounts is in another segment, or has another value, than in ours.
func contradicted(every int) map[string]string {
	var partners, crm strings.Builder
	partners.WriteString("account,partner,segment,value\n")
	crm.WriteString("account,segment,value\n")
	for i := range 600 {
		segment, value := []string{"media", "retail", ""}[i%3], []string{"100", "", "2500.50", "9"}[i%4]
		fmt.Fprintf(&crm, "a%d.example,%s,%s\n", 599-i, []string{"media", "retail", ""}[(599-i)%3], []string{"100", "", "2500.50", "9"}[(599-i)%4])
		if i%every == every-1 {
			segment, value = []string{"retail", "media", ""}[i%3], []string{"100", "", "2500.50", "10"}[i%4]
		}
		fmt.Fprintf(&partners, "a%d.example,p%d,%s,%s\n", i, i%2, segment, value)
	}
	return map[string]string{"partners.csv": partners.String(), "crm.csv": crm.String()}
}

// ecosystemOf writes files into a folder of their own.
func ecosystemOf(t *testing.T, yaml string, files map[string]string) *graph.Ecosystem {
	t.Helper()
	eco, err := graph.Parse("ecosystem.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(eco.Dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return eco
}

// differences are the notices of members of whom rows say different things.
func differences(x *exposure.Exposure) (out []list.Notice) { return viewOf(x).Differences }

// TestDifferencesNameBothRows names the rows that contradict each other alike where
// rows are kept and where they are not.
func TestDifferencesNameBothRows(t *testing.T) {
	asOf := graph.Date{Year: 2026, Month: 11, Day: 23}
	for name, pack := range map[string]func(*testing.T, string) string{"csv": plainly, "csv.gz": gzipped, "parquet": inParquet} {
		yaml, files := strings.ReplaceAll(differingYAML, ".csv", "."+name), map[string]string{}
		for file, text := range contradicted(50) {
			files[strings.ReplaceAll(file, ".csv", "."+name)] = pack(t, text)
		}
		eco := ecosystemOf(t, yaml, files)
		said := func(first, other int, says, otherSays string) string {
			if name != "parquet" { // whose rows are numbered without the header
				first, other = first+1, other+1
			}
			return fmt.Sprintf(": crm.%s row %d says %s, partners.%s row %d says %s; the first row's counts, our own lists before others", name, first, says, name, other, otherSays)
		}
		for way, opts := range map[string]exposure.Options{"hashed": {}, "exact": {Exact: true}} {
			t.Run(name+", "+way, func(t *testing.T) {
				defer exposure.ShortListsAreLong(300)()
				opts.AsOf = asOf
				x, err := exposure.Build(context.Background(), eco, opts)
				if err != nil {
					t.Fatal(err)
				}
				if x.Stored < 1000 {
					t.Errorf("only %d rows were stored", x.Stored)
				}
				want := []list.Notice{
					{Code: "two-segments", Text: "a member is in two segments" + said(551, 50, "retail", "Media"), Count: 8},
					{Code: "value-differs", Text: "rows give one account different values" + said(501, 100, "9", "10"), Count: 6},
				}
				for i, n := range differences(x) {
					if n.Code != want[i].Code || n.Text != want[i].Text || n.Count != want[i].Count {
						t.Errorf("%+v\nwant %+v", n, want[i])
					}
					if len(n.Places) != 5 || !strings.Contains(n.Text, n.Places[0].String()) || !strings.Contains(n.Text, n.Places[1].String()) {
						t.Errorf("%s: places %v", n.Code, n.Places)
					}
				}
				sameCoded(t, eco, opts, false)
				sameStored(t, eco, exposure.Options{AsOf: asOf}, asked{})
			})
		}
	}
}

// TestManyDifferences names the first rows even where members are so many that the
// count names none of them.
func TestManyDifferences(t *testing.T) {
	defer exposure.FewDiffer(10, 200)()
	for _, every := range []int{1, 2, 7} {
		eco := ecosystemOf(t, differingYAML, contradicted(every))
		opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}
		sameStored(t, eco, opts, asked{})
		x, err := exposure.Build(context.Background(), eco, opts)
		if err != nil {
			t.Fatal(err)
		}
		if all := differences(x); len(all) != 2 || all[0].Count < 40 {
			t.Errorf("%+v", all)
		}
	}
}

func plainly(_ *testing.T, text string) string { return text }

// inParquet writes a text of lines with commas as a Parquet file of texts.
func inParquet(t *testing.T, text string) string {
	t.Helper()
	var rows [][]string
	for line := range strings.Lines(text) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), ","))
	}
	return parquetOf(t, rows)
}

// parquetOf writes rows below a header as a Parquet file of texts.
func parquetOf(t *testing.T, rows [][]string) string {
	t.Helper()
	columns := parquet.Group{}
	for _, header := range rows[0] {
		columns[header] = parquet.String()
	}
	var b bytes.Buffer
	w := parquet.NewWriter(&b, parquet.NewSchema("rows", columns), parquet.MaxRowsPerRowGroup(101))
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, cell := range cells {
			row[rows[0][i]] = cell
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestDifferencesOfUsers does so of users, who are counted in a store of their own.
func TestDifferencesOfUsers(t *testing.T) {
	yaml := "vendor: Acme\ncurrency: USD\nsegments: [{id: free, audience: users}, {id: paid, audience: users}]\n" +
		"channels: [{id: clouds, kind: marketplace, audiences: [users, buyers]}]\npartners: [{id: p0, channel: clouds}, {id: p1, channel: clouds}]\n" +
		"lists: [{file: a.csv, partner: p0, audience: users}, {file: b.csv, partner: p1, audience: users}, {file: own.csv, channel: clouds, audience: users, own: true}]\n"
	files := map[string]string{}
	for n, file := range []string{"own.csv", "a.csv", "b.csv"} {
		var b strings.Builder
		b.WriteString("email,segment,value\n")
		for i := range 300 {
			segment, value := []string{"free", "paid", ""}[(i+n*(i/200))%3], []string{"1", "2", ""}[(i+n*(i/250))%3]
			fmt.Fprintf(&b, "u%d@%s,%s,%s\n", i%7, []string{fmt.Sprintf("a%d.example", i), fmt.Sprintf("a%d.example", i), "gmail.com"}[i%3], segment, value)
		}
		files[file] = b.String()
	}
	for _, most := range []int{100_000, 5} {
		undo := exposure.FewDiffer(most, 300)
		eco := ecosystemOf(t, yaml, files)
		opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}
		if stored := sameStored(t, eco, opts, asked{}); stored < 800 {
			t.Errorf("only %d rows were stored", stored)
		}
		x, err := exposure.Build(context.Background(), eco, opts)
		if err != nil {
			t.Fatal(err)
		}
		if all := differences(x); len(all) != 2 || !strings.Contains(all[0].Text, "says free, ") {
			t.Errorf("%+v", all)
		}
		undo()
	}
}
