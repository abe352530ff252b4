package starter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// TestExampleLoads holds the example to the reader, and its lists to its names.
func TestExampleLoads(t *testing.T) {
	dir := t.TempDir()
	for _, f := range Example() {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f.Text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range eco.Lists {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(l.File))); err != nil {
			t.Error(err)
		}
	}
}

func TestLook(t *testing.T) {
	tests := []struct {
		name, file, text string
		place            string // channel, and whose rows they are
		problem          bool
		mapping          string
		partners         []string
		segments         []string
	}{
		{"own", "crm export.csv", "Account Name,Website,Industry\nA,a.example,Retail\nB,b.example,Retail\nC,c.example,Bank\n", "sales own", false, "", nil, []string{"Retail", "Bank"}},
		{"persons", "signups.csv", "email,plan\nann@a.example,free\n", "self-serve own", false, "", nil, nil},
		{"partner", "cdw.csv", "Company,Website\nA,a.example\n", "partners of cdw", false, "", nil, nil},
		{"named in rows", "sales.csv", "Website,Partner Name\na.example,CDW\nb.example,SHI\nc.example,SHI\nd.example,ann@x.example\n", "partners named", false, "", []string{"SHI", "CDW"}, nil},
		{"matrix", "matrix.csv", "Account,Website,CDW,SHI,Insight\nA,a.example,1,0,0\nB,b.example,0,1,0\n", "partners named", false, "", []string{"CDW", "SHI", "Insight"}, nil},
		{"guessed", "kunden.csv", "Firma,Seite\nA,a.example\nB,b.example\n", "partners of kunden", false, "Seite", nil, nil},
		{"no list", "notes.csv", "when,what\ntoday,nothing\n", "partners of notes", true, "", nil, nil},
		{"no rows", "empty.csv", "Website\n", "partners of empty", true, "", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), tt.file)
			if err := os.WriteFile(path, []byte(tt.text), 0o666); err != nil {
				t.Fatal(err)
			}
			l, err := Look(t.Context(), path, "lists/"+tt.file)
			if err != nil {
				t.Fatal(err)
			}
			if got := showPlace(l.place()); got != tt.place {
				t.Errorf("it goes to %q, want %q", got, tt.place)
			}
			if (l.Problem != "") != tt.problem {
				t.Errorf("problem %q", l.Problem)
			}
			if got := l.Mapping[list.Account.String()]; got != tt.mapping {
				t.Errorf("account is %q, want %q", got, tt.mapping)
			}
			if strings.Join(l.Partners, "|") != strings.Join(tt.partners, "|") || strings.Join(l.Segments, "|") != strings.Join(tt.segments, "|") {
				t.Errorf("partners %q, segments %q", l.Partners, l.Segments)
			}
		})
	}
}

// showPlace writes a place in a few words.
func showPlace(p place) string {
	words := []string{p.channel}
	switch {
	case p.partner != "":
		words = append(words, "of "+p.partner)
	case p.named:
		words = append(words, "named")
	case p.own:
		words = append(words, "own")
	}
	for _, w := range []string{string(p.audience), string(p.status), string(p.record)} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// FuzzCompose holds what is proposed to the reader, whatever lists are called
// and hold, and that values with an @ are never repeated.
func FuzzCompose(f *testing.F) {
	f.Add("lists/cdw.csv", "Website,Partner Name,Industry\na.example,CDW,Retail\n")
	f.Add("crm: a.csv", "Website,Industry\na.example,true\nb.example,\"[x, y]\"\nc.example,# no\nd.example,200..100\n")
	f.Add("vendor.csv", "Website,Partner\na.example,vendor\nb.example,sales\nc.example,\"a b\"\nd.example,a-b\n")
	f.Add("[x]*?.csv", "Website;Partner\na.example;\u202Eשלום\nb.example;null\nc.example;ann@b.example\n")
	f.Add("overlap.csv", "record_website,partner_name,partner_populations\na.example,AWS,Customers\nb.example,aws marketplace,\"open; {x\"\n")
	f.Add("aws.csv", "Subscriber company name,Agreement ID,Reseller AWS account ID\nA,agmt-1,\"1, 2\"\n")
	f.Add("leads.csv", "Referral ID,Customer Name,Status\n1,A,Active\n2,B,null\n")
	f.Add("deals.csv", "Id,Name,AccountId,StageName,CloseDate\n1,A,7,Closed Won,2026-01-01\n")
	f.Add("../signups.tsv", "email\tSegment\na@b.example\tDev\nc@d.example\t株式会社\n")
	crm := filepath.Join(f.TempDir(), "crm.csv")
	if err := os.WriteFile(crm, []byte("Company,Website\nA,a.example\n"), 0o666); err != nil {
		f.Fatal(err)
	}
	base, err := Look(f.Context(), crm, "crm.csv") // records alone reach nobody
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		if strings.TrimSpace(filepath.Base(name)) == "" || name == "" || strings.HasSuffix(name, "/") || strings.ContainsRune(name, 0) {
			t.Skip("no file is called so, or the ecosystem refuses blank names")
		}
		path := filepath.Join(t.TempDir(), "list")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		l, err := Look(t.Context(), path, name)
		if err != nil || l.Problem != "" {
			t.Skip()
		}
		composed := Compose([]List{base, l, {File: "other/" + name, Profile: l.Profile, Sheet: l.Sheet, Problem: l.Problem, Mapping: l.Mapping}})
		if _, err := graph.Parse("ecosystem.yaml", []byte(composed)); err != nil {
			t.Errorf("%v\n%s", err, composed)
		}
		for _, v := range append(l.Partners, l.Segments...) {
			if strings.ContainsRune(v, '@') {
				t.Errorf("%q is kept", v)
			}
		}
	})
}

func TestScalar(t *testing.T) {
	for in, want := range map[string]string{
		"Retail": "Retail", "yes": `"yes"`, "a: b": `"a: b"`, "200": `"200"`, "": `""`, "a\tb": `"a\tb"`,
		"x\u202ey": `"x\u202Ey"`, `say "hi"`: `"say \"hi\""`, "end ": `"end "`, "R&D": `"R&D"`,
	} {
		if got := scalar(in); got != want {
			t.Errorf("scalar(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestFreshID(t *testing.T) {
	taken := map[string]bool{"vendor": true}
	for _, tt := range [][2]string{
		{"Mid Market", "mid-market"}, {"mid-market", "mid-market-2"}, {"vendor", "vendor-2"}, {"株式会社", "partner"},
		{"3M", "partner-3m"}, {"", "partner-2"}, {strings.Repeat("ab ", 30), strings.TrimRight(strings.Repeat("ab-", 14)[:40], "-")},
	} {
		if got := freshID(tt[0], "partner", taken); got != tt[1] {
			t.Errorf("freshID(%q) = %q, want %q", tt[0], got, tt[1])
		}
	}
}

func TestIgnore(t *testing.T) {
	got := ignore([]List{{File: "lists/a.csv"}, {File: "crm [old].csv"}, {File: "../b.csv"}, {File: "/c.csv"}})
	if want := "lists/\n.channelmap/\n/crm \\[old].csv\n"; !strings.HasSuffix(got, want) || strings.Count(got, "\n") != 4 {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}
