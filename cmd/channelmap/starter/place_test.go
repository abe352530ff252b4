package starter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// exportsFolder holds an export of each system, with which package list tests
// its reader.
const exportsFolder = "../../../graph/list/testdata/exports"

// TestPlaceOfExports tells the systems that exports come from by their headers
// alone, whatever the file is called.
func TestPlaceOfExports(t *testing.T) {
	places := map[string]string{
		"aws-marketplace-agreements.csv":      "marketplaces of AWS Marketplace buyers customer",
		"aws-marketplace-usage.csv":           "marketplaces of AWS Marketplace users customer",
		"aws-partner-central-pipeline.csv":    "sales own",
		"crossbeam-overlap.csv":               "partners named",
		"hubspot-companies.csv":               "sales own",
		"hubspot-companies-labels.csv":        "sales own",
		"microsoft-partner-center-leads.csv":  "marketplaces of Microsoft buyers",
		"partnerstack-customers.csv":          "referrals named buyers customer",
		"partnerstack-deals.csv":              "referrals named buyers",
		"salesforce-account.csv":              "sales own",
		"salesforce-accounts-report.csv":      "sales own",
		"salesforce-opportunity.csv":          "sales deals",
		"salesforce-opportunities-report.csv": "sales deals",
		"salesforce-opportunitypartner.csv":   " credits",
	}
	entries, err := os.ReadDir(exportsFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			l := look(t, filepath.Join(exportsFolder, entry.Name()), "lists/users q3.csv")
			if got := showPlace(l.place()); got != places[entry.Name()] {
				t.Errorf("it goes to %q, want %q", got, places[entry.Name()])
			}
			if l.Problem != "" || len(l.Wide) > 0 {
				t.Errorf("problem %q, marks %q", l.Problem, l.Wide)
			}
		})
	}
}

// TestPlaceByName keeps files without such headers to what their names say, and
// partners that rows name before both.
func TestPlaceByName(t *testing.T) {
	for _, tt := range []struct{ file, text, want string }{
		{"sf_accounts.csv", "Company,Website\nA,a.example\n", "sales own"},
		{"SF-export.csv", "Company,Website\nA,a.example\n", "sales own"},
		{"sfo.csv", "Company,Website\nA,a.example\n", "partners of sfo"},
		{"sf_partners.csv", "Company,Website,Partner Name\nA,a.example,CDW\n", "partners named"},
		{"cdw.csv", "Account ID,Account Name,Partner Name\n1,A,CDW\n", "partners named"},
		{"cdw.csv", "Account Name,Website,Industry\nA,a.example,Retail\n", "partners of cdw"},
		{"cdw.csv", "ACCOUNT_ID,account-name,Website\n1,A,a.example\n", "sales own"},
	} {
		l := lookText(t, tt.file, tt.text)
		if got := showPlace(l.place()); got != tt.want {
			t.Errorf("%s with %q goes to %q, want %q", tt.file, tt.text, got, tt.want)
		}
	}
}

// TestRowsAreThoseOfTheList counts neither titles nor totals nor footers.
func TestRowsAreThoseOfTheList(t *testing.T) {
	for file, want := range map[string]int{"salesforce-accounts-report.csv": 5, "salesforce-opportunities-report.csv": 5, "crossbeam-overlap.csv": 6} {
		if l := look(t, filepath.Join(exportsFolder, file), file); l.Rows != want {
			t.Errorf("%s has %d rows, want %d", file, l.Rows, want)
		}
	}
	l := lookText(t, "cdw.csv", "Our accounts\n\nCompany,Website,CDW,SHI\nA,a.example,1,1\nB,b.example,0,1\n")
	if l.Rows != 2 {
		t.Errorf("a matrix has %d rows, want 2", l.Rows)
	}
}

// TestComposeOddities proposes what loads, and says what it says.
func TestComposeOddities(t *testing.T) {
	deals := "Id,Name,AccountId,StageName,CloseDate\n1,A - 5 seats,7,Closed Won,2026-01-01\n"
	crm := lookText(t, "crm.csv", "Account ID,Account Name,Website\n7,A,a.example\n")
	tests := []struct {
		name  string
		lists []List
		want  []string
	}{
		{"two files of deals", []List{crm, lookText(t, "won.csv", deals), lookText(t, "open.csv", deals)}, []string{
			"\ndeals: {file: won.csv}\n", "\n# one entry names all files of deals: write a pattern", "\n# deals: {file: open.csv}\n"}},
		{"a partner that is the marketplace", []List{
			lookText(t, "overlap.csv", "record_website,partner_name,partner_populations\na.example,AWS,Customers\n"),
			lookText(t, "agreements.csv", "Subscriber company name,Agreement ID\nA,agmt-1\n"),
		}, []string{"- {id: aws, name: AWS Marketplace, aka: [AWS], channels: [marketplaces, partners]}\n",
			"- {file: agreements.csv, channel: marketplaces, partner: aws, status: customer, audience: buyers}\n",
			"values: {Customers: relationship}"}},
		{"a file called as the marketplace is", []List{
			lookText(t, "aws.csv", "Company,Website\nA,a.example\n"),
			lookText(t, "agreements.csv", "Subscriber company name,Agreement ID\nA,agmt-1\n"),
		}, []string{"- {file: aws.csv, channel: partners, partner: aws}\n"}},
		{"statuses with markup", []List{
			lookText(t, "overlap.csv", "record_website,partner_name,partner_populations\na.example,=cmd|x,\"customers, client\"\nb.example,<b>,\"open\"\nc.example,\u202ex,{a: b}\n"),
		}, []string{`values: {"customers, client": relationship, open: relationship}`, `name: "=cmd|x"`, `name: "\u202Ex"`}},
		{"leads", []List{lookText(t, "leads.csv", "Referral ID,Customer Name,Status\n1,A,Active\n2,B,Won\n3,C,closed\n")}, []string{
			"- {id: marketplaces, name: Cloud marketplaces, kind: marketplace, audiences: [buyers]}\n",
			"columns: {status: {column: Status, values: {Active: open, closed: target}}}}\n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Compose(tt.lists)
			if _, err := graph.Parse("ecosystem.yaml", []byte(got)); err != nil {
				t.Fatalf("%v\n%s", err, got)
			}
			if missing := slices.DeleteFunc(tt.want, func(w string) bool { return strings.Contains(got, w) }); len(missing) > 0 {
				t.Errorf("without %q:\n%s", missing, got)
			}
		})
	}
}

func look(t *testing.T, path, name string) List {
	t.Helper()
	l, err := Look(t.Context(), path, name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func lookText(t *testing.T, name, text string) List {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return look(t, path, name)
}
