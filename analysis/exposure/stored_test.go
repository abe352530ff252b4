package exposure_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// view is all that an exposure says, in a form that can be compared.
type view struct {
	Users, Buyers, Accounts, Roots *exposure.Table
	Sellers                        []string
	Matching                       exposure.Matching
	BySeller                       []exposure.Matching
	Lists                          []exposure.ListUse
	Unresolved                     []exposure.Unresolved
	Records                        *exposure.Records
	Notices                        map[string]int
	Differences                    []list.Notice // of members of whom rows say different things, with their rows
}

func viewOf(x *exposure.Exposure) view {
	v := view{
		Users: x.Users, Buyers: x.Buyers, Accounts: x.Accounts, Roots: x.Roots, Matching: x.Matching, BySeller: x.BySeller,
		Lists: x.Lists, Unresolved: x.Unresolved, Records: x.Records, Notices: map[string]int{},
	}
	for _, s := range x.Sellers {
		v.Sellers = append(v.Sellers, s.ID)
	}
	for _, n := range x.Notices {
		v.Notices[n.Code+": "+n.Text] += n.Count
		if n.Code == "two-segments" || n.Code == "value-differs" {
			v.Differences = append(v.Differences, n)
		}
	}
	return v
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), ": []", ": null") // no difference to who reads it
}

// asked says what is compared beside the tables.
type asked struct {
	rows, accounts bool
	ways           []way // nil for all
}

// way is one of the ways in which stored rows are counted.
type way struct {
	name   string
	exact  bool // whole keys are compared
	unkept bool // members are not kept with their sets, so that short sets are counted quickly
	lines  int  // how many there are beside those of rows
	disk   bool // rows go there
}

var ways = []way{
	{name: "hashed"},
	{name: "exact", exact: true},
	{name: "quick", unkept: true},
	{name: "quick, exact", exact: true, unkept: true},
	{name: "masks of two words", lines: 64},
	{name: "short lists of lines", lines: 128, unkept: true},
	{name: "lists of lines", lines: 70_000},
	{name: "on disk", unkept: true, disk: true},
	{name: "on disk, exact", exact: true, disk: true},
}

var allWays = flag.Bool("ways", false, "count every random ecosystem in all ways, instead of in some in turn")

// waysOf are those in which a random ecosystem is counted: two, and one of the others
// in turn.
func waysOf(seed int) []way {
	if *allWays {
		return ways
	}
	others := ways[2:]
	return append(slices.Clone(ways[:2]), others[seed%len(others)])
}

// set makes Build count in that way, and returns what undoes it.
func (w *way) set(opts *exposure.Options) func() {
	opts.Exact, opts.Keep = w.exact, !w.unkept
	undo := []func(){exposure.ShortListsAreLong(300), exposure.MoreLines(w.lines)}
	if w.disk {
		undo = append(undo, exposure.RowsGoToDisk())
	}
	return func() {
		for _, do := range undo {
			do()
		}
	}
}

// sameStored holds an exposure whose rows are not kept, counted in every way, to one
// whose rows are, and returns how many were not.
func sameStored(t *testing.T, eco *graph.Ecosystem, opts exposure.Options, ask asked) int64 {
	t.Helper()
	opts.Keep = true
	undo := exposure.NoListIsLong()
	defer undo()
	kept, keptErr := exposure.Build(context.Background(), eco, opts)
	undo()
	want := ""
	if keptErr == nil {
		want = text(t, viewOf(kept))
	}
	var stored int64
	if ask.ways == nil {
		ask.ways = ways
		if raceDetector {
			ask.ways = ways[:2]
		}
	}
	for i := range ask.ways {
		w := &ask.ways[i]
		undo := w.set(&opts)
		defer undo()
		x, err := exposure.Build(context.Background(), eco, opts)
		if (err == nil) != (keptErr == nil) || err != nil && err.Error() != keptErr.Error() {
			t.Fatalf("%s: error %v, want %v", w.name, err, keptErr)
		}
		if err != nil {
			return 0
		}
		if got := text(t, viewOf(x)); got != want {
			t.Fatalf("%s: %s", w.name, firstDifference(got, want))
		}
		if !w.unkept && w.lines == 0 && !w.disk {
			sameAsked(t, w.name, x, kept, ask)
		}
		stored = x.Stored
		undo()
	}
	return stored
}

// sameAsked holds what else is asked of an exposure to what is said of another.
func sameAsked(t *testing.T, name string, x, kept *exposure.Exposure, ask asked) {
	t.Helper()
	if !ask.rows {
		return
	}
	rows := rowsOf(t, kept)
	same(t, name+", rows", rowsOf(t, x), rows)
	same(t, name+", rows sought", soughtRows(t, x), soughtRows(t, kept))
	if !ask.accounts {
		return
	}
	for _, key := range accountsAsked(rows) {
		same(t, name+", account "+key, accountOf(t, x, key), accountOf(t, kept, key))
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := text(t, got), text(t, want); g != w {
		t.Fatalf("%s: %s", what, firstDifference(g, w))
	}
}

// rowView is a row of evidence with its sets written out.
type rowView struct {
	exposure.Row
	Table, Accounts, Set, AccountSet any
}

func rowsOf(t *testing.T, x *exposure.Exposure) (out []rowView) {
	t.Helper()
	numbers := map[graph.Audience]map[int]int{}
	err := x.Evidence(context.Background(), func(r *exposure.Row) error {
		out = append(out, viewOfRow(r, numbers))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// viewOfRow numbers members anew, as they come: that rows of one share a number
// is all that it says.
func viewOfRow(r *exposure.Row, numbers map[graph.Audience]map[int]int) rowView {
	of := numbers[r.Audience]
	if of == nil {
		of = map[int]int{}
		numbers[r.Audience] = of
	}
	v := rowView{Row: *r, Set: setView(r.Table, r.Set), AccountSet: setView(r.Accounts, r.AccountSet)}
	v.Shared = 0 // of stored rows alone
	if r.Member >= 0 {
		if _, ok := of[r.Member]; !ok {
			of[r.Member] = len(of)
		}
		v.Member = of[r.Member]
	}
	return v
}

// setView writes a set out without the numbers of its table.
func setView(t *exposure.Table, s *exposure.Set) (out []string) {
	if s == nil {
		return nil
	}
	for _, n := range s.Touches {
		out = append(out, fmt.Sprintf("%+v", t.Touches[n]))
	}
	for _, n := range s.Marks {
		out = append(out, fmt.Sprintf("%+v", t.Marks[n]))
	}
	slices.Sort(out)
	return append(out, fmt.Sprint(s.Members, " of ", t.Audience))
}

// accountsAsked are the accounts of some rows, by their keys and their names.
func accountsAsked(rows []rowView) []string {
	all := []string{"nobody.example", "No such name"}
	for _, r := range rows {
		for _, text := range []string{r.Account, r.Name} {
			if text != "" && !slices.Contains(all, text) && len(all) < 12 {
				all = append(all, text)
			}
		}
	}
	return all
}

// accountOf is all that is said of one account.
func accountOf(t *testing.T, x *exposure.Exposure, text string) any {
	t.Helper()
	v, err := x.Account(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	key, err := x.Tell(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	at, ok := x.At(key)
	out := map[string]any{"key": key, "found": ok, "segment": at.Segment, "set": setView(at.Table, &at.Set)}
	if v == nil {
		return out
	}
	numbers := map[graph.Audience]map[int]int{}
	var rows []rowView
	for i := range v.Rows {
		rows = append(rows, viewOfRow(&v.Rows[i], numbers))
	}
	out["view"] = []any{v.Key, v.Names, v.Domains, v.Country, v.Segment, v.Value, v.Users, v.Records, v.Marks, setView(v.Table, &v.Set), v.Set.Value, v.Set.Amounts, rows}
	return out
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-12)
			return "got\n" + strings.Join(g[from:min(i+8, len(g))], "\n") + "\nwant\n" + strings.Join(w[from:min(i+8, len(w))], "\n")
		}
	}
	return "one is the beginning of the other"
}

// TestStoredEqualsKept counts every ecosystem of testdata in both ways.
func TestStoredEqualsKept(t *testing.T) {
	files, err := filepath.Glob("../../testdata/*/ecosystem.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../../testdata/*/*/ecosystem.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range append(files, more...) {
		eco, err := graph.Load(file)
		if err != nil {
			continue // examples of what is refused
		}
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{rows: true, accounts: true, ways: waysOf(i)})
		})
	}
}

// TestThousandsOfPartners counts lists of more partners than any mask holds, and
// of partners that nobody declared where a few were.
func TestThousandsOfPartners(t *testing.T) {
	for _, test := range []struct{ declared, named int }{{5000, 5000}, {10, 10_000}} {
		var yaml, rows strings.Builder
		yaml.WriteString("vendor: Acme\nchannels: [{id: resale, kind: reseller}]\nlists: [{file: list.csv, channel: resale, undeclared: add}]\npartners:\n")
		for i := range test.declared {
			fmt.Fprintf(&yaml, "  - {id: p%d, name: Partner %d, channel: resale}\n", i, i)
		}
		rows.WriteString("account,partner\n")
		r := rand.New(rand.NewPCG(5, uint64(test.named)))
		for i := range 3 * test.named {
			fmt.Fprintf(&rows, "a%d.example,p%d\n", r.IntN(test.named/2), i%test.named)
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte(yaml.String()))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = t.TempDir()
		if err := os.WriteFile(filepath.Join(eco.Dir, "list.csv"), []byte(rows.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		if stored := sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{}); stored < int64(test.named) {
			t.Errorf("%d of %d rows were stored", stored, 3*test.named)
		}
	}
}

// TestMembersAreNumberedAsTheyCome gives the members of stored rows the same
// numbers in every run: those of the order of their rows.
func TestMembersAreNumberedAsTheyCome(t *testing.T) {
	defer exposure.ShortListsAreLong(300)()
	eco, err := graph.Load("../../testdata/lumen")
	if err != nil {
		t.Fatal(err)
	}
	x, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: eco.AsOf})
	if err != nil {
		t.Fatal(err)
	}
	highest := -1
	for _, row := range rowsAsTheyCome(t, x) {
		if row.Member > highest+1 {
			t.Fatalf("%v: member %d after %d", row.Place, row.Member, highest)
		}
		highest = max(highest, row.Member)
	}
	if highest < 1000 {
		t.Errorf("only %d members", highest+1)
	}
}

func rowsAsTheyCome(t *testing.T, x *exposure.Exposure) (all []exposure.Row) {
	t.Helper()
	err := x.Evidence(context.Background(), func(r *exposure.Row) error {
		all = append(all, *r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestErrorCellsAreAllCounted counts spreadsheets' errors in columns of which
// nothing is counted, and in those of which only a class is.
func TestErrorCellsAreAllCounted(t *testing.T) {
	const yaml = "vendor: Acme\nsegments:\n  - {id: large, audience: buyers, match: {employees: 200..9999}}\n  - {id: small, audience: buyers, match: {employees: 0..199}}\n" +
		"channels: [{id: resale, kind: reseller}]\npartners: [{id: cdw, name: CDW, channel: resale}]\nlists: [{file: list.csv, partner: cdw}]\n"
	for _, odd := range []string{"#N/A,ok", " #N/A ,ok", "20000,#REF!", "20000, #REF!", "50, fine", "50,#1 in the market", "about 50,ok", "n/a,ok", "-,ok", "1.200,ok", "1e3,ok"} {
		var rows strings.Builder
		rows.WriteString("account,employees,notes\n")
		for i := range 300 {
			rest := []string{"20000,ok", "50,ok", odd}[i%3]
			fmt.Fprintf(&rows, "a%d.example,%s\n", i, rest)
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte(yaml))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = t.TempDir()
		if err := os.WriteFile(filepath.Join(eco.Dir, "list.csv"), []byte(rows.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run(odd, func(t *testing.T) {
			sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{})
		})
	}
}

// TestUsersToldByAccount counts long lists whose rows are about users by their channel
// alone, and tell these by their account.
func TestUsersToldByAccount(t *testing.T) {
	const yaml = "vendor: Acme\nchannels: [{id: self-serve, kind: direct-user}, {id: resale, kind: reseller}]\npartners: [{id: cdw, channel: resale}]\n" +
		"lists: [{file: signups.csv, channel: self-serve}, {file: cdw.csv, partner: cdw}]\n"
	var signups, cdw strings.Builder
	signups.WriteString("account,status\n")
	cdw.WriteString("account,status\n")
	for i := range 300 {
		fmt.Fprintf(&signups, "a%d.example,customer\n", i)
		fmt.Fprintf(&cdw, "a%d.example,customer\n", 2*i)
	}
	eco := ecosystemOf(t, yaml, map[string]string{"signups.csv": signups.String(), "cdw.csv": cdw.String()})
	sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{rows: true, accounts: true})
}

// TestOwnListsWithoutStatusAreStored counts a list of ours that states no status, of which
// a notice tells with the number of its rows.
func TestOwnListsWithoutStatusAreStored(t *testing.T) {
	const yaml = "vendor: Acme\nchannels: [{id: field, kind: direct-buyer}, {id: app, kind: direct-user}]\nlists: [{file: 'crm*.csv', channel: field, own: true}]\n"
	var rows strings.Builder
	rows.WriteString("account,email,notes\n")
	for i := range 300 {
		fmt.Fprintf(&rows, "%s,u%d@b%d.example,%s\n", []string{fmt.Sprintf("a%d.example", i), ""}[i%3/2], i, i, []string{"", "x", "#N/A"}[i%40/38+i%50/49])
	}
	eco, err := graph.Parse("ecosystem.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = t.TempDir()
	for _, name := range []string{"crm1.csv", "crm2.csv"} {
		if err := os.WriteFile(filepath.Join(eco.Dir, name), []byte(rows.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if stored := sameStored(t, eco, exposure.Options{AsOf: today}, asked{rows: true}); stored < 590 {
		t.Errorf("%d of 600 rows were stored", stored)
	}
	x, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: today})
	if err != nil {
		t.Fatal(err)
	}
	wantNotice(t, x, "no-status", 600)
}
