package analysis_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

const lumen = "../testdata/lumen"

// lumenWith opens lumen with its ecosystem file changed.
func lumenWith(t *testing.T, change func(string) string) *analysis.Study {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(lumen, graph.FileName))
	if err != nil {
		t.Fatal(err)
	}
	changed := change(string(text))
	if changed == string(text) {
		t.Fatal("the change found nothing to change")
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "lists"), os.DirFS(filepath.Join(lumen, "lists"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, graph.FileName), []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	return openKept(t, dir)
}

func openKept(t testing.TB, dir string) *analysis.Study {
	t.Helper()
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := analysis.Open(context.Background(), eco, analysis.Options{AsOf: eco.AsOf}, exposure.Options{Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func vet(t *testing.T, s *analysis.Study, partner string) *analysis.Vet {
	t.Helper()
	v, err := s.Vet(t.Context(), partner)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// withoutClause takes CDW's exclusive term out.
func withoutClause(text string) string {
	from := strings.Index(text, "      - kind: exclusive\n")
	to := strings.Index(text, "      - {kind: registration, window_days: 90")
	return text[:from] + text[to:]
}

// claimed replaces SHI's list by a claim.
func claimed(text string) string {
	from := strings.Index(text, "    accounts:\n      file: lists/shi.xlsx")
	to := strings.Index(text, "  # A second candidate")
	return text[:from] + "    reaches: [{segment: mid-market-it, share: 0.4, basis: claimed}]\n\n" + text[to:]
}

func TestVerdicts(t *testing.T) {
	for _, tt := range []struct {
		name    string
		study   *analysis.Study
		partner string
		want    analysis.VerdictKind
		text    string
	}{
		{"the clause covers 159 accounts", openKept(t, lumen), "shi", analysis.BreaksPromise, "reaches 159 accounts inside"},
		{"by name", openKept(t, lumen), "shi international CORP", analysis.BreaksPromise, "Public sector, United States and Canada"},
		{"without the clause", lumenWith(t, withoutClause), "shi", analysis.WithinPolicy, "no promise is broken"},
		{"a claim instead of the list", lumenWith(t, claimed), "shi", analysis.CannotBeDecided, "random sample of fifty"},
		{"a claim, and no term", lumenWith(t, func(s string) string { return claimed(withoutClause(s)) }), "shi", analysis.CannotBeDecided, "overlap count"},
		{"a slide", openKept(t, lumen), "alpenrock", analysis.CannotBeDecided, "no list shows"},
		{"a tight limit", lumenWith(t, func(s string) string {
			return strings.Replace(withoutClause(s), "max_share: 0.6", "max_share: 0.4", 1)
		}), "shi", analysis.OverLimit, "and the policy allows 40%"},
		{"over today", lumenWith(t, func(s string) string {
			return strings.Replace(s, "max_members: 350", "max_members: 250", 1)
		}), "accenture", analysis.OverLimit, "The buyers in live conflict are 277, and the policy allows 250: 27 too many"},
		{"over once it sells", lumenWith(t, func(s string) string {
			return strings.Replace(s, "max_members: 350", "max_members: 250", 1)
		}), "azure", analysis.OverLimit, "The buyers in live conflict once it sells are 286"},
		{"a limit between what is sure and what could be", lumenWith(t, func(s string) string {
			return strings.Replace(withoutClause(s), "max_share: 0.6", "max_share: 0.51", 1)
		}), "shi", analysis.CannotBeDecided, "may be over the limit"},
		{"too few rows told", lumenWith(t, func(s string) string {
			return strings.Replace(withoutClause(s), "min_match_rate: 0.7", "min_match_rate: 0.99", 1)
		}), "shi", analysis.CannotBeDecided, "the policy asks for 99%"},
		{"not forbidden", lumenWith(t, func(s string) string {
			return strings.Replace(s, "forbid: [exclusivity-clash, named-account-breach]", "forbid: [named-account-breach]", 1)
		}), "shi", analysis.WithinPolicy, "no promise is broken"},
		{"agreed to", lumenWith(t, func(s string) string {
			return strings.Replace(s, "accepted:\n", "accepted:\n  - {finding: C07-cdw-shi, until: 2026-12-31}\n", 1)
		}), "shi", analysis.WithinPolicy, "no promise is broken"},
		{"agreed to until yesterday", lumenWith(t, func(s string) string {
			return strings.Replace(s, "accepted:\n", "accepted:\n  - {finding: C07-cdw-shi, until: 2026-11-22}\n", 1)
		}), "shi", analysis.BreaksPromise, "159"},
		{"a signed partner", openKept(t, lumen), "cdw", analysis.BreaksPromise, "named account"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := vet(t, tt.study, tt.partner).Verdict; got.Kind != tt.want || !strings.Contains(got.Text+strings.Join(got.Missing, " "), tt.text) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// What vet says of the candidate is what the generator planned.
func TestVetCountsTheCandidate(t *testing.T) {
	var want struct {
		Candidates map[string]struct {
			Accounts int64 `json:"accounts"`
			Reached  int64 `json:"already_reached"`
			Direct   int64 `json:"already_reached_direct"`
			Openings int64 `json:"openings"`
			Users    int64 `json:"known_by_users_only"`
			New      int64 `json:"new_to_us"`
			Inside   int64 `json:"inside_exclusive_scope"`
		} `json:"candidates"`
	}
	readJSON(t, filepath.Join(lumen, "expected.json"), &want)
	w := want.Candidates["shi"]
	v := vet(t, openKept(t, lumen), "shi")
	a := v.Audiences[0]
	if a.New != w.New || a.Openings != w.Openings || a.Reached != w.Reached || a.Direct != w.Direct || a.UsersOnly != w.Users || a.Gross.Best != float64(w.Accounts) {
		t.Errorf("got %+v, want %+v", a, w)
	}
	if v.Promises[0].Members != w.Inside {
		t.Errorf("inside the term are %d, want %d", v.Promises[0].Members, w.Inside)
	}
	if sum := a.New + a.Openings + a.UsersOnly + a.Reached; float64(sum) != a.Gross.Best {
		t.Errorf("the parts sum to %d of %v", sum, a.Gross)
	}
	// By lists it adds these; of them Vantor, of whom there is a figure alone, may reach some.
	if a.Alone != w.New+w.Openings || a.Adds.High != float64(a.Alone+a.Unresolved) || a.Adds.Best >= float64(a.Alone) || len(a.Beside) != 1 || a.Beside[0].ID != "vantor" {
		t.Errorf("it adds %+v, %d by lists, beside %+v", a.Adds, a.Alone, a.Beside)
	}
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// Every finding that lumen was made to show is at the accounts planned, and at no
// other.
func TestStoriesAreFound(t *testing.T) {
	var want struct {
		Stories map[string][]string `json:"stories"`
	}
	readJSON(t, filepath.Join(lumen, "expected.json"), &want)
	s := openKept(t, lumen)
	c, err := s.Conflicts()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]bool{}
	add := func(slug, account string) {
		if got[slug] == nil {
			got[slug] = map[string]bool{}
		}
		got[slug][account] = true
	}
	slugs := map[string]string{}
	for _, f := range c.Findings {
		slugs[f.ID] = f.Slug
		for _, one := range f.Cases {
			add(f.Slug, one.Account)
		}
	}
	err = s.Proofs(t.Context(), c.Findings, func(e *analysis.Evidence) error {
		for _, f := range e.Findings {
			add(slugs[f.ID], e.Account)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for slug, accounts := range want.Stories {
		if found := slices.Sorted(maps.Keys(got[slug])); !slices.Equal(found, accounts) {
			t.Errorf("%s is at %v, want %v", slug, found, accounts)
		}
	}
}

// Rows of the workbook are the partner's accounts, each once.
func TestVetRows(t *testing.T) {
	s := openKept(t, lumen)
	rows, err := s.VetRows(t.Context(), "shi")
	if err != nil {
		t.Fatal(err)
	}
	count := map[analysis.VetSheet]int64{}
	seen := map[string]bool{}
	for _, r := range rows {
		count[r.Sheet]++
		if r.Account != "" && seen[r.Account] {
			t.Errorf("%s is there twice", r.Account)
		}
		seen[r.Account] = true
	}
	a := vet(t, s, "shi").Audiences[0]
	if count[analysis.SheetNew] != a.New+a.UsersOnly || count[analysis.SheetOpening] != a.Openings || count[analysis.SheetReached] != a.Reached || count[analysis.SheetUnresolved] < a.Unresolved {
		t.Errorf("got %v, the report says %+v", count, a)
	}
}

// A term that ends is told with what each way of going on means.
func TestVetOfASignedPartnerTellsItsTerms(t *testing.T) {
	v := vet(t, openKept(t, lumen), "cdw")
	if len(v.Terms) != 1 {
		t.Fatalf("%d terms", len(v.Terms))
	}
	term := v.Terms[0]
	if term.Notice != "2027-03-31" || *term.DaysToNotice != 128 || term.Renews != "auto" || term.Minimum.StringFixed(0) != "400000" {
		t.Errorf("got %+v", term)
	}
	if len(term.Blocked) != 1 || term.Blocked[0].Seller.ID != "shi" || term.Blocked[0].Members != 159 || term.Blocked[0].Other {
		t.Errorf("kept out: %+v", term.Blocked)
	}
	if lost, back := term.Lost[0].Members, term.Recoverable[0].Members; lost.Best == 0 || back.Best == 0 || back.Best > lost.Best {
		t.Errorf("lost %v, recoverable %v", lost, back)
	}
}

func TestApprove(t *testing.T) {
	s := openKept(t, lumen)
	for _, tt := range []struct{ account, partner, product, held, rule, breaks string }{
		{"alderbury.example", "shi", "api", "Held by nobody", "CDW is exclusive", "C07-cdw-shi"},
		{"alderbury.example", "shi", "assist", "Held by nobody", "CDW is exclusive", "breaks nothing"},
		{"talweg.example", "cdw", "", "Kontor Systemhaus", "reg-kontor", "C05-cdw-kontor"},
		{"kestrel-aerospace.example", "kontor", "", "CDW", "named account", "C08-kontor"},
		{"pinehurst-foods.example", "accenture", "", "Direct sales", "Direct sales and Accenture are teamed there", "C01-accenture-field"},
	} {
		a, err := s.Approve(t.Context(), tt.account, tt.partner, tt.product)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{tt.held, tt.rule, tt.breaks} {
			if !strings.Contains(a.Words[i], want) {
				t.Errorf("%s, %s: line %d is %q, want %q in it", tt.account, tt.partner, i+1, a.Words[i], want)
			}
		}
	}
	for _, bad := range [][3]string{{"Nobody At All Inc", "shi", ""}, {"talweg.example", "nobody", ""}, {"talweg.example", "shi", "nothing"}} {
		if _, err := s.Approve(t.Context(), bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("%v: no error", bad)
		}
	}
}

// What proves a broken promise is the row of the one who breaks it, not of the one
// to whom it was made.
func TestABrokenPromiseIsProvenByItsBreaker(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		graph.FileName: "vendor: Brisk\nas_of: 2026-11-23\nchannels: [{id: resellers, kind: reseller}]\npartners:\n" +
			"  - {id: acme, channel: resellers, accounts: acme.csv, terms: [{kind: exclusive, against: partners}]}\n" +
			"  - {id: bolt, channel: resellers, accounts: bolt.csv}\n",
		"acme.csv": "website\na.example\n",
		"bolt.csv": "website\na.example\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := openKept(t, dir)
	c, err := s.Conflicts()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Prove(t.Context(), c.Findings); err != nil {
		t.Fatal(err)
	}
	f := c.Findings[0]
	if f.ID != "C07-acme-bolt" || len(f.Rows) != 1 || f.Rows[0].Seller.ID != "bolt" {
		t.Errorf("%s is proven by %+v", f.ID, f.Rows)
	}
}

func BenchmarkVet(b *testing.B) {
	s := openKept(b, lumen)
	for b.Loop() {
		if _, err := s.Vet(b.Context(), "shi"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkConflicts(b *testing.B) {
	s := openKept(b, lumen)
	for b.Loop() {
		if _, err := s.Conflicts(); err != nil {
			b.Fatal(err)
		}
	}
}

// Each finding comes with rows of its parties at one member, and so in JSON too.
func TestFindingsAreProven(t *testing.T) {
	s := openKept(t, lumen)
	c, err := s.Conflicts()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Prove(t.Context(), c.Findings); err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Findings {
		if len(f.Totals) == 0 || f.Rule == "C17" {
			continue
		}
		if len(f.Rows) == 0 {
			t.Errorf("%s has no rows", f.ID)
		}
		seen := map[string]bool{}
		for _, r := range f.Rows {
			if seen[r.Seller.ID] || r.Account != f.Rows[0].Account || r.Place.Row == 0 {
				t.Errorf("%s is proven by %v at %s, beside %s", f.ID, r.Place, r.Account, f.Rows[0].Account)
			}
			seen[r.Seller.ID] = true
		}
	}
}
