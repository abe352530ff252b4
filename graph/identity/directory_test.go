package identity

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// learn builds a directory of rows "domain | name | country | id | additional".
func learn(aliases []Link, rows ...string) (*Directory, []Problem) {
	var b DirectoryBuilder
	for i, row := range rows {
		cells := append(strings.Split(row, "|"), "", "", "", "")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		b.Add(Account{
			Key: AccountKey(cells[0]), Name: NameKey(cells[1]), Country: Country(cells[2]), ID: cells[3], Additional: cells[4],
			Own: true, Place: graph.Place{File: "crm.csv", Row: i + 2},
		})
	}
	return b.Build(aliases)
}

func matchText(m Match) string {
	text := m.Outcome.String()
	if m.Outcome == One {
		text += " " + m.Key.Text
	}
	for _, k := range m.Candidates {
		text += " " + k.Text
	}
	return text
}

// Both forms of a Salesforce id are one, whichever the list has; ids that differ in
// case alone are two.
func TestResolveRecordID(t *testing.T) {
	d, _ := learn(nil,
		"alder.com | Alder || 001Hp00002AAAA1IAP",
		"birch.com | Birch || 001Hp00002AAAA2",
		"cedar.com | Cedar || 001Hp00002AAAa1IAH",
		"dogwood.com | Dogwood || 1234567890ABCDE",
	)
	for id, want := range map[string]string{
		"001Hp00002AAAA1": "one alder.com", "001Hp00002AAAA1IAP": "one alder.com",
		"001Hp00002AAAA2": "one birch.com", "001Hp00002AAAA2IAP": "one birch.com",
		"001Hp00002AAAa1": "one cedar.com", "001Hp00002AAAa1IAH": "one cedar.com",
		"001Hp00002AAAA1IAQ": "none", "001Hp00002AAAA3": "none", "001Hp00002AAAA3IAP": "none",
		"1234567890ABCDE": "one dogwood.com", "1234567890ABCDEAA5": "one dogwood.com", "1234567890ABCDEFGH": "none",
	} {
		if got := matchText(d.ResolveID(id)); got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
}

func TestResolve(t *testing.T) {
	d, problems := learn(nil,
		"acme.com | Acme Inc. | United States | 001A",
		"acme.de | ACME GmbH | DE | 001B",
		"globex.com | Globex || 7",
		"globex.com | Globex Corporation | FR | 8",
		"initech.com | Initech",
		"initech.co.uk | Initech Ltd | UK",
		"umbrella.com | N/A",
		" | Nobody",
	)
	if problems != nil {
		t.Errorf("got problems %v", problems)
	}
	for _, c := range []struct{ name, country, want string }{
		{"Acme", "", "several acme.com acme.de"},
		{"acme limited", "USA", "one acme.com"},
		{"Acme", "Germany", "one acme.de"},
		{"Acme", "France", "none"},
		{"Globex SA", "", "one globex.com"},
		{"Globex", "Spain", "one globex.com"}, // one of its rows has no country
		{"Globex", "FRA", "one globex.com"},
		{"Initech", "DE", "one initech.com"},
		{"Initech", "GB", "several initech.co.uk initech.com"},
		{"Nobody", "", "none"},
		{"N/A", "", "none"},
		{"", "", "none"},
		{"acme.com", "", "none"}, // a domain is no name
	} {
		if got := matchText(d.Resolve(NameKey(c.name), Country(c.country))); got != c.want {
			t.Errorf("%q in %q: got %s, want %s", c.name, c.country, got, c.want)
		}
	}
}

func TestResolveID(t *testing.T) {
	d, _ := learn(nil, "acme.com | Acme || 001A", "acme.de | Acme || 001a", "x.com | X || 7", "y.com | Y || 7")
	for id, want := range map[string]string{
		"001A": "one acme.com", " 001a ": "one acme.de", "7": "several x.com y.com", "001": "none", "": "none",
	} {
		if got := matchText(d.ResolveID(id)); got != want {
			t.Errorf("id %q: got %s, want %s", id, got, want)
		}
	}
}

func TestAdditionalDomains(t *testing.T) {
	aliases := linkRows("acme.old>acme.com acme.org>globex.com")
	aliases[0].From = domainKey("acmecorp.com")
	d, problems := learn(aliases,
		"acme.com | Acme ||| www.acme.net; https://acme.io/; Acme Holding; acme.com; gmail.com;; acme.org",
		"globex.com | Globex ||| acme.net; globex.org",
		"globex.org | Globex Foundation",
	)
	for key, want := range map[string]string{
		"acme.net": "acme.com", "acme.io": "acme.com", "acmecorp.com": "acme.com", "acme.com": "acme.com",
		"acme.org":   "globex.com", // the aliases file comes first
		"globex.org": "globex.org", "other.com": "other.com",
	} {
		if got := d.Canonical(domainKey(key)); got != domainKey(want) {
			t.Errorf("%s is %s, want %s", key, got.Text, want)
		}
	}
	if got := matchText(d.Resolve(NameKey("ACME Holding Ltd"), "")); got != "one acme.com" {
		t.Errorf("a further name gives %s", got)
	}
	want := []string{
		`additional-unusable: "gmail.com", listed as a further domain of "acme.com", belongs to no account of its own and is left out [crm.csv row 2]`,
		`additional-conflict: "acme.net" is a further domain of both "acme.com" and "globex.com"; the first counts [crm.csv row 2 crm.csv row 3]`,
		`additional-is-account: "globex.org" is a further domain of "globex.com" and has a row of its own; it stays an account of its own [crm.csv row 3 crm.csv row 4]`,
		`alias-conflict: "acme.org" is an alias of both "globex.com" and "acme.com"; the first counts [f.csv row 3 crm.csv row 2]`,
	}
	if got := problemTexts(problems); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOwnListsKnowFurtherDomainsBest(t *testing.T) {
	var b DirectoryBuilder
	b.Add(Account{Key: domainKey("acme.net"), Name: NameKey("Acme"), Additional: "acme.dev; acme.org"}) // a partner's row
	b.Add(Account{Key: domainKey("acme.com"), Name: NameKey("Acme"), Additional: "acme.net; acme.org", Own: true})
	b.Add(Account{Key: domainKey("acme.dev"), Name: NameKey("Acme Development"), Own: true})
	d, problems := b.Build(nil)
	for key, want := range map[string]string{
		"acme.net": "acme.com", // whatever the partner calls it
		"acme.org": "acme.com", "acme.dev": "acme.dev",
	} {
		if got := d.Canonical(domainKey(key)); got != domainKey(want) {
			t.Errorf("%s is %s, want %s", key, got.Text, want)
		}
	}
	if got := matchText(d.Resolve(NameKey("Acme"), "")); got != "one acme.com" {
		t.Errorf("the name means %s", got)
	}
	if len(problems) != 2 || problems[0].Code != "additional-is-account" || problems[1].Code != "additional-conflict" {
		t.Errorf("got %v", problemTexts(problems))
	}
}

func TestAliasesMakeNamesUnique(t *testing.T) {
	d, _ := learn(linkRows("acme.de>acme.com"), "acme.com | Acme", "acme.de | Acme GmbH")
	if got := matchText(d.Resolve(NameKey("Acme"), "")); got != "one acme.com" {
		t.Errorf("got %s", got)
	}
}

func TestDirectoryOfNamesAlone(t *testing.T) {
	var b DirectoryBuilder
	b.Add(Account{Key: NameKey("Acme Ltd"), Name: NameKey("Acme Ltd"), ID: "1", Additional: "Acme Holding; acme.com"})
	d, problems := b.Build(nil)
	if problems != nil || d.Canonical(NameKey("ACME Holding")) != NameKey("acme") || d.Canonical(domainKey("acme.com")) != NameKey("acme") {
		t.Errorf("got %v, %v", d.Canonical(NameKey("ACME Holding")), problems)
	}
}

func TestEmptyDirectory(t *testing.T) {
	var b DirectoryBuilder
	d, problems := b.Build(nil)
	if problems != nil || d.Resolve(NameKey("Acme"), "DE").Outcome != None || d.ResolveID("1").Outcome != None || d.Canonical(domainKey("a")) != domainKey("a") {
		t.Error("an empty directory knows somebody")
	}
}

func TestProblemsAreBounded(t *testing.T) {
	var b DirectoryBuilder
	long := strings.Repeat("x", 1<<16)
	for i := range 1000 {
		b.Add(Account{Key: domainKey(fmt.Sprint("a", i, ".com")), Name: NameKey("Same"), Additional: "shared.com;gmail.com;" + long + ".com;#N/A"})
	}
	d, problems := b.Build(nil)
	if m := d.Resolve(NameKey("Same"), ""); m.Outcome != Several || len(m.Candidates) != maxCandidates {
		t.Errorf("got %v", m)
	}
	size := 0
	for _, p := range problems {
		size += len(p.Text)
	}
	if len(problems) != 2*(maxProblems+1) || size > 1<<16 {
		t.Errorf("%d problems of %d bytes", len(problems), size)
	}
}

// The directory finds what a plain search over the rows finds, in any order of
// the rows.
func TestResolveIsThePlainSearch(t *testing.T) {
	countries := []string{"", "DE", "Germany", "FR", "Atlantis"}
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 4))
		var rows []Account
		for range r.IntN(8) {
			rows = append(rows, Account{
				Key:     domainKey(fmt.Sprint(r.IntN(4), ".com")),
				Name:    NameKey(fmt.Sprint("N", r.IntN(3), " Ltd")),
				Country: Country(countries[r.IntN(len(countries))]),
			})
		}
		name, country := fmt.Sprint("n", r.IntN(3)), countries[r.IntN(len(countries))]
		want := plainSearch(rows, name, country)
		for range 2 {
			var b DirectoryBuilder
			for _, row := range rows {
				b.Add(row)
			}
			d, _ := b.Build(nil)
			if got := d.Resolve(NameKey(name), Country(country)); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d: %s in %q among %v: got %v, want %v", seed, name, country, rows, got, want)
			}
			slices.Reverse(rows)
		}
	}
}

func plainSearch(rows []Account, name, country string) Match {
	var keys []Key
	for _, row := range rows {
		here, there := row.Country, Country(country)
		if row.Name == NameKey(name) && (here == "" || there == "" || here == there) && !slices.Contains(keys, row.Key) {
			keys = append(keys, row.Key)
		}
	}
	slices.SortFunc(keys, Key.Compare)
	switch len(keys) {
	case 0:
		return Match{}
	case 1:
		return Match{Outcome: One, Key: keys[0]}
	}
	return Match{Outcome: Several, Candidates: keys}
}
