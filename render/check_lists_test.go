package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// sampleReading is how two lists and a file of records were read.
func sampleReading() *exposure.Exposure {
	crm := list.File{
		Place: graph.Place{File: "lists/crm.csv", Row: 3}, Format: "csv", Encoding: "windows-1252", Delimiter: "semicolon", Rows: 1962,
		Headers: map[list.Key]string{list.Status: "Stage", list.Account: "Website", list.Name: "=Account Name\x1b[31m"},
		Unused:  []string{"Owner", "Last call, with whom and about what"},
	}
	may := list.File{Place: graph.Place{File: "lists/partners-a.xlsx", Sheet: "May", Row: 1}, Format: "xlsx", Encoding: "utf-8", Rows: 1050,
		Headers: map[list.Key]string{list.Account: "Domain"}, Partners: []string{"CDW", "SHI"}}
	june := may
	june.Place.Sheet = "June"
	named := list.File{Place: graph.Place{File: "lists/named.csv", Row: 1}, Format: "tsv", Encoding: "utf-8", Delimiter: "tab", Rows: 7,
		Headers: map[list.Key]string{list.Account: "Account"}}
	return &exposure.Exposure{
		Lists: []exposure.ListUse{
			{Spec: graph.ListSpec{File: "lists/crm.csv"}, Summary: &list.Summary{Files: []list.File{crm}}, Filtered: 12,
				Matching: exposure.Matching{Rows: 1950, ByDomain: 1800, ByName: 100, Unresolved: 50}},
			{Spec: graph.ListSpec{File: "lists/partners-*.xlsx"}, Summary: &list.Summary{Files: []list.File{may, june}},
				Matching: exposure.Matching{Rows: 1050, ByDomain: 150, ByName: 362, NewDomains: 310, Unresolved: 228}},
		},
		RecordFiles: []exposure.RecordUse{{
			RecordFile: exposure.RecordFile{Shape: list.NamedAccounts, Spec: graph.ListSpec{File: "lists/named.csv"}},
			Summary:    &list.Summary{Files: []list.File{named}},
		}},
	}
}

// readCheck is a check of lists with which nothing is wrong.
func readCheck() *CheckReport {
	head := sampleHead()
	c := &CheckReport{Head: &head}
	c.AddLists(sampleReading())
	return c
}

func TestAddLists(t *testing.T) {
	c := readCheck()
	var got []string
	for _, l := range c.Lists {
		got = append(got, fmt.Sprintf("%s %s matching %t, %d files", l.Kind, l.File, l.Matching != nil, len(l.Files)))
	}
	want := []string{
		"list lists/crm.csv matching true, 1 files", "list lists/partners-*.xlsx matching true, 2 files",
		"named_accounts lists/named.csv matching false, 1 files",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var keys []string
	for _, column := range c.Lists[0].Files[0].Columns {
		keys = append(keys, column.Key)
	}
	if !slices.Equal(keys, []string{"account", "name", "status"}) {
		t.Errorf("columns in the order %v", keys)
	}
}

// A sheet may have 16,384 columns; the text names some and counts the others,
// JSON names all.
func TestManyUnusedColumns(t *testing.T) {
	c := readCheck()
	unused := make([]string, 16384)
	for i := range unused {
		unused[i] = fmt.Sprintf("Column %d", i)
	}
	c.Lists[0].Files[0].Unused = unused
	var text, data bytes.Buffer
	if err := Check(&text, c, Text, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := Check(&data, c, JSON, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if s := text.String(); !strings.Contains(s, "16,284 more") || strings.Contains(s, "Column 100,") {
		t.Errorf("the text says\n%s", s)
	}
	if !strings.Contains(data.String(), `"Column 16383"`) {
		t.Error("JSON does not name the last column")
	}
}
