package exposure_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

var today = graph.Date{Year: 2026, Month: 11, Day: 23}

// base is an ecosystem whose lists a test adds.
const base = `
vendor: Lumen AI
currency: USD
rates: {EUR: 1.1}
products: [{id: api, name: Lumen API}, {id: studio}]
territories: [{id: dach, countries: [DE, AT, CH]}]
segments:
  - {id: mid, name: Mid-market, audience: buyers, match: {segment: [IT], employees: 200..1999}}
  - {id: public, name: Public, audience: buyers, match: {segment: [Government]}}
channels:
  - {id: field, name: Direct sales, kind: direct-buyer}
  - {id: self-serve, name: Self-serve, kind: direct-user}
  - {id: resellers, name: Resellers, kind: reseller}
  - {id: clouds, name: Clouds, kind: marketplace, audiences: [users, buyers]}
partners:
  - {id: cdw, name: CDW, aka: ["402255310118"], channel: resellers}
  - {id: aws, name: AWS Marketplace, channel: clouds}
`

// build writes the files of a test, adds to the ecosystem, and counts.
func build(t *testing.T, more string, files map[string]string) *exposure.Exposure {
	t.Helper()
	x, err := tryBuild(t, more, files)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func tryBuild(t *testing.T, more string, files map[string]string) (*exposure.Exposure, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	eco, err := graph.Parse("ecosystem.yaml", []byte(base+more))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = dir
	return exposure.Build(context.Background(), eco, exposure.Options{AsOf: today})
}

// sets writes a table, one line for each set: "mid: field/customer cdw/open = 2".
func sets(x *exposure.Exposure, t *exposure.Table) []string {
	var out []string
	for _, c := range t.Cells {
		segment := "?"
		if c.Segment >= 0 {
			segment = x.Ecosystem.Segments[c.Segment].ID
		}
		for _, s := range c.Sets {
			line := segment + ":"
			for _, n := range s.Touches {
				line += " " + touchWords(x, &t.Touches[n])
			}
			for _, m := range s.Marks {
				line += fmt.Sprintf(" [%s %s]", t.Marks[m].Kind, t.Marks[m].Subject)
			}
			out = append(out, fmt.Sprintf("%s = %d", line, s.Members))
		}
	}
	slices.Sort(out)
	return out
}

func touchWords(x *exposure.Exposure, t *exposure.Touch) string {
	words := x.Sellers[t.Seller].ID + "/" + string(t.Status)
	if t.Product != "" {
		words += "/" + t.Product
	}
	if t.ByName {
		words += "/by-name"
	}
	for _, w := range t.With {
		words += "/with-" + x.Sellers[w].ID
	}
	for _, a := range t.Apart {
		words += "/apart-" + x.Sellers[a].ID
	}
	return words
}

func wantSets(t *testing.T, x *exposure.Exposure, table *exposure.Table, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := sets(x, table); !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func wantNotice(t *testing.T, x *exposure.Exposure, code string, count int) {
	t.Helper()
	found := 0
	for _, n := range x.Notices {
		if n.Code == code {
			found += n.Count
		}
	}
	if found != count {
		t.Errorf("%s counts %d, want %d; notices: %+v", code, found, count, x.Notices)
	}
}

const twoLists = `
lists:
  - {file: crm.csv, channel: field}
  - {file: cdw.csv, partner: cdw}
`

func TestDealsLinkTheirParties(t *testing.T) {
	x := build(t, twoLists+"  - {file: aws.csv, partner: aws, audience: buyers, status: customer}\n", map[string]string{
		"crm.csv": "website,status,deal\na.example,customer,D1\nb.example,customer,D2\nc.example,customer,\n",
		"cdw.csv": "website,status\nc.example,customer\nd.example,customer\n",
		"aws.csv": "website,deal,seller of record\na.example,D1,\nb.example,D9,\nc.example,,Lumen AI\nd.example,,402255310118\n",
	})
	wantSets(t, x, x.Buyers,
		"?: field/customer/with-aws aws/customer/with-field = 1",
		"?: field/customer aws/customer = 1",
		"?: field/customer cdw/customer aws/customer = 1",
		"?: cdw/customer/with-aws aws/customer/with-cdw = 1",
	)
}

func TestWindowsThatDoNotMeet(t *testing.T) {
	x := build(t, twoLists, map[string]string{
		"crm.csv": "website,status,date,last seen\na.example,customer,2025-01-01,2025-06-30\nb.example,customer,,\nc.example,customer,,\n",
		"cdw.csv": "website,status,date\na.example,customer,2026-07-01\nb.example,customer,2027-01-01\nc.example,open,2027-01-01\n",
	})
	wantSets(t, x, x.Buyers,
		"?: field/customer cdw/customer = 1",                       // being last seen long ago ends nothing
		"?: field/customer/apart-cdw cdw/customer/apart-field = 1", // a sale of next year is none today
		"?: field/customer cdw/open = 1",                           // a deal that is to close next year is open today
	)
}

func TestUndeclaredPartners(t *testing.T) {
	file := map[string]string{"list.csv": "website,partner\na.example,CDW\na.example,Acme Resale Ltd\nb.example,acme  resale LTD\n"}
	for rule, want := range map[string][]string{
		"add":    {"?: acme-resale-ltd/relationship = 1", "?: cdw/relationship acme-resale-ltd/relationship = 1"},
		"reject": {"?: cdw/relationship = 1"},
		"grey":   {"?: acme-resale-ltd/relationship = 1", "?: cdw/relationship acme-resale-ltd/relationship = 1"},
	} {
		x := build(t, "lists: [{file: list.csv, channel: resellers, undeclared: "+rule+", columns: {partner: partner}}]", file)
		wantSets(t, x, x.Buyers, want...)
		if last := x.Ecosystem.Partners[len(x.Ecosystem.Partners)-1]; rule == "grey" && !last.Grey {
			t.Errorf("%s is not told apart as grey", last.ID)
		}
		if rule == "reject" {
			wantNotice(t, x, "undeclared-partner", 2)
		}
	}
}

func TestNamesJoinAccounts(t *testing.T) {
	x := build(t, twoLists, map[string]string{
		"crm.csv": "website,name,country,status,id\na.example,Acme Inc,US,customer,1\nb.example,Bolt GmbH,DE,customer,2\nc.example,Bolt Ltd,GB,customer,3\n,Acme,US,open,4\n",
		"cdw.csv": "name,country\nACME  LLC,\nBolt,Germany\nBolt,\nNobody Corp,\n",
	})
	wantSets(t, x, x.Buyers,
		"?: field/customer field/open/by-name cdw/relationship/by-name = 1",
		"?: field/customer cdw/relationship/by-name [territory dach] = 1",
		"?: field/customer = 1",
	)
	if m := x.Matching; m.ByDomain != 3 || m.ByName != 3 || m.Unresolved != 2 || m.Rows != 8 {
		t.Errorf("matching %+v, want 3 by domain, 3 by name and 2 unresolved of 8", m)
	}
	if u := x.Unresolved[0]; u.Name != "Bolt" || !slices.Equal(u.Candidates, []string{"b.example", "c.example"}) {
		t.Errorf("unresolved: %+v, want Bolt with two candidates", u)
	}
}

func TestOwnAccountsAndNewOnes(t *testing.T) {
	x := build(t, twoLists, map[string]string{
		"crm.csv": "website,aliases\na.example,a-old.example; a-labs.example\n",
		"cdw.csv": "website\nhttps://www.a-old.example/shop\nnew.example\nsales@a-labs.example\nhttps://linkedin.com/company/x\n",
	})
	if m := x.Matching; m.ByDomain != 3 || m.NewDomains != 1 || m.Unresolved != 1 {
		t.Errorf("matching %+v, want 3 of ours, 1 new, 1 that cannot be told", m)
	}
	wantNotice(t, x, "shared-domain", 1)
	wantNotice(t, x, "no-status", 1)
	wantSets(t, x, x.Buyers, "?: field/target cdw/relationship = 1", "?: cdw/relationship = 1")
}

func TestUsersPersonsAndPlans(t *testing.T) {
	x := build(t, "lists: [{file: signups.csv, channel: self-serve}]", map[string]string{
		"signups.csv": "email,plan\nann@a.example,free\nANN@a.example,free\nbob@a.example,team\ncarl@gmail.com,free\n",
	})
	if n := x.Users.Members(); n != 3 {
		t.Errorf("%d users, want 3", n)
	}
	if n := x.Accounts.Members(); n != 1 {
		t.Errorf("%d accounts, want 1: free mail tells none", n)
	}
	roles := map[string]bool{}
	for _, touch := range x.Users.Touches {
		roles[touch.Roles.String()] = true
	}
	if len(roles) != 2 || !roles["source"] || !roles["source, transact"] {
		t.Errorf("roles %v, want source of a free plan, source and transact of a paid one", roles)
	}
}

func TestAmountsAndCurrencies(t *testing.T) {
	x := build(t, "lists: [{file: cdw.csv, partner: cdw, status: customer}]", map[string]string{
		"cdw.csv": "website,amount,currency\na.example,100.10,USD\na.example,(0.10),USD\na.example,10,EUR\na.example,5,CHF\n",
	})
	if got := x.Buyers.Cells[0].Sets[0].Amounts[0].String(); got != "111" {
		t.Errorf("amount %s, want 100.10 - 0.10 + 10 x 1.1 = 111", got)
	}
	wantNotice(t, x, "no-rate", 1)
}

func TestSegmentsOfRows(t *testing.T) {
	x := build(t, twoLists, map[string]string{
		"crm.csv": "website,industry,employees,status\na.example,IT,500,customer\nb.example,IT,5000,customer\nc.example,Government,,customer\nd.example,,,customer\n",
		"cdw.csv": "website,segment\na.example,Public\nd.example,mid-market\n",
	})
	wantSets(t, x, x.Buyers,
		"mid: field/customer cdw/relationship = 2", // our own list goes before; a partner's fills the gap
		"?: field/customer = 1",
		"public: field/customer = 1",
	)
	wantNotice(t, x, "two-segments", 1)
}

func TestMarks(t *testing.T) {
	x := build(t, `
lists: [{file: crm.csv, channel: field, status: customer}]
named_accounts: {file: named.csv}
deals: {file: deals.csv}
registrations: {file: regs.csv}
renewals: {file: renewals.csv}
handoffs: {file: handoffs.csv}
teaming: {file: teaming.csv}
`, map[string]string{
		"crm.csv":      "website,id,country\na.example,1,AT\nb.example,2,US\n",
		"named.csv":    "account,owner,until\na.example,jo,2026-11-23\nb.example,jo,2026-11-22\n",
		"deals.csv":    "id,account,stage,partner\nx,1,Negotiation,CDW\ny,2,Closed Lost,CDW\nz,b.example,Qualification,\n",
		"regs.csv":     "partner,account,submitted,expires,status\nCDW,a.example,2026-11-01,2026-12-01,approved\nCDW,b.example,2026-11-01,2026-12-01,rejected\n",
		"renewals.csv": "account,partner,date\na.example,CDW,2027-02-21\nb.example,CDW,2027-02-22\n",
		"handoffs.csv": "account,from,to,date\nb.example,self-serve,field,2026-01-01\n",
		"teaming.csv":  "account,partners\na.example,CDW; field\n",
	})
	wantSets(t, x, x.Buyers,
		"?: field/customer [deal cdw] [named-account jo] [registration cdw] [renewal cdw] [teaming cdw+field] [territory dach] = 1",
		"?: field/customer [deal field] [handoff self-serve+field] = 1",
	)
}

func TestRollUpToParents(t *testing.T) {
	x := build(t, twoLists+"parents: {file: parents.csv}\n", map[string]string{
		"crm.csv":     "website,status\na.example,customer\n",
		"cdw.csv":     "website,status\nsub.example,customer\n",
		"parents.csv": "account,parent\nsub.example,mid.example\nmid.example,a.example\n",
	})
	wantSets(t, x, x.Accounts, "?: field/customer = 1", "?: cdw/customer = 1")
	wantSets(t, x, x.Roots, "?: field/customer cdw/customer = 1")
}

func TestListsToBeDestroyed(t *testing.T) {
	spec := "lists: [{file: cdw.csv, partner: cdw, nda: {party: CDW, destroy_by: %s}}]"
	file := map[string]string{"cdw.csv": "website\na.example\n"}
	build(t, fmt.Sprintf(spec, "2026-11-23"), file)
	_, err := tryBuild(t, fmt.Sprintf(spec, "2026-11-22"), file)
	if err == nil || !strings.Contains(err.Error(), "2026-11-22") || !strings.Contains(err.Error(), "cdw.csv") {
		t.Errorf("a list past its date: %v, want a refusal with file and date", err)
	}
}

// Evidence delivers every row once, each with the member it counts for, and no
// address of a person.
func TestEvidence(t *testing.T) {
	x := build(t, twoLists+"  - {file: signups.csv, channel: self-serve}\n", map[string]string{
		"crm.csv":     "website,name,status\na.example,Acme,customer\nb.example,Bolt,target\n",
		"cdw.csv":     "website,name\na.example,Acme\n,Nobody Corp\n",
		"signups.csv": "email,name\nann@a.example,Ann Lee\n",
	})
	var lines []string
	members := map[string]int{}
	err := x.Evidence(context.Background(), func(r *exposure.Row) error {
		lines = append(lines, fmt.Sprintf("%s %s %s %s", r.Place, r.Account, r.Name, r.Told))
		members[fmt.Sprint(r.Audience, r.Member)]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	want := []string{
		"cdw.csv row 2 a.example Acme domain",
		"cdw.csv row 3  Nobody Corp unresolved",
		"crm.csv row 2 a.example Acme domain",
		"crm.csv row 3 b.example Bolt domain",
		"signups.csv row 2 a.example  email",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(lines, "\n  "), strings.Join(want, "\n  "))
	}
	if members["buyers0"] != 2 || members["buyers1"] != 1 || members["users0"] != 1 || members["buyers-1"] != 1 {
		t.Errorf("rows by member: %v", members)
	}
}

func TestAccountView(t *testing.T) {
	x := build(t, twoLists+"  - {file: signups.csv, channel: self-serve}\n", map[string]string{
		"crm.csv":     "website,name,status,id\na.example,Acme Inc,customer,0011\n",
		"cdw.csv":     "website\na.example\n",
		"signups.csv": "email\nann@a.example\nbob@a.example\n",
	})
	for _, key := range []string{"a.example", "https://www.a.example/x", "ann@a.example", "ACME", "0011"} {
		v, err := x.Account(context.Background(), key)
		if err != nil || v == nil {
			t.Errorf("%q: %v, %v; want the account", key, v, err)
			continue
		}
		if v.Key != "a.example" || v.Users != 2 || len(v.Rows) != 4 {
			t.Errorf("%q: %s with %d users in %d rows, want a.example, 2, 4", key, v.Key, v.Users, len(v.Rows))
		}
	}
	if v, err := x.Account(context.Background(), "elsewhere.example"); v != nil || err != nil {
		t.Errorf("an account in no list: %v, %v", v, err)
	}
}

// A list with a thousand different mistakes of one kind is told in a few notices,
// all rows counted.
func TestNoticesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("website,partner\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "a.example,Stranger %d\n", i)
	}
	x := build(t, "lists: [{file: list.csv, channel: resellers, undeclared: reject, columns: {partner: partner}}]", map[string]string{"list.csv": b.String()})
	wantNotice(t, x, "undeclared-partner", 1000)
	if len(x.Notices) > 30 {
		t.Errorf("%d notices", len(x.Notices))
	}
}
