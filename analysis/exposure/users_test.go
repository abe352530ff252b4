package exposure_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// TestUsersAreStored counts lists of users, told by addresses of every form, without
// keeping their rows.
func TestUsersAreStored(t *testing.T) {
	const yaml = `vendor: Acme
territories: [{id: dach, countries: [DE]}]
segments: [{id: devs, audience: users, match: {country: [DE, US]}}, {id: firms, audience: buyers}]
channels:
  - {id: self-serve, kind: direct-user, accounts: signups.csv}
  - {id: clouds, kind: marketplace, audiences: [users, buyers]}
partners: [{id: aws, name: AWS, channel: clouds}]
lists: [{file: cloud.csv, partner: aws, audience: users}, {file: firms.csv, partner: aws, audience: buyers}]
named_accounts: {file: named.csv}
policy: {min_users: 3}
`
	dir := t.TempDir()
	for name, text := range map[string]func(i int) string{
		"signups.csv,email,plan,company,country,owner": func(i int) string {
			return fmt.Sprintf("%s,%s,%s,%s,%s", address(i), []string{"free", "paid"}[i%2], []string{"", "Account 7"}[i%3/2*(i%5/4)], []string{"DE", "US", ""}[i%40%3], []string{"", "joe"}[i%9/8])
		},
		"cloud.csv,account,email": func(i int) string {
			return fmt.Sprintf("%s,%s", []string{"", "", fmt.Sprintf("a%d.example", i%50), "www.other.example"}[i%4], []string{address(2 * i), "", address(i)}[i%3])
		},
		"firms.csv,website,contact email": func(i int) string { return fmt.Sprintf("a%d.example,%s", i%60, address(i)) },
	} {
		file, header, _ := strings.Cut(name, ",")
		rows := []string{header}
		for i := range 400 {
			rows = append(rows, text(i))
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "named.csv"), []byte("account,owner\na3.example,joe\na4.example,ann\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	eco, err := graph.Parse("ecosystem.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = dir
	stored := sameStored(t, eco, exposure.Options{AsOf: today}, asked{rows: true, accounts: true})
	if stored < 1000 {
		t.Errorf("%d of 1200 rows were stored", stored)
	}
}

// address is one of a person: most are written in the plain way.
func address(i int) string {
	switch i % 11 {
	case 3:
		return fmt.Sprintf("U%d@A%d.Example", i%90, i%30)
	case 5:
		return fmt.Sprintf("u%d@gmail.com", i%20)
	case 7:
		return fmt.Sprintf("u%d@mail.a%d.example", i%90, i%30)
	case 9:
		return fmt.Sprintf("u+x_%d@a%d.co.uk", i%90, i%30)
	}
	return fmt.Sprintf("u%d@a%d.example", i%90, i%30)
}

// TestUsersTellNoFactsOfAccounts holds that country and value of an account are its
// buyers': a user abroad moves no company.
func TestUsersTellNoFactsOfAccounts(t *testing.T) {
	x := build(t, `lists:
  - {file: users.csv, channel: self-serve}
  - {file: cdw.csv, partner: cdw}
`, map[string]string{
		"users.csv": "email,country,value\njoe@acme.example,DE,500\nann@other.example,DE,\n",
		"cdw.csv":   "account,country,value\nacme.example,US,70\n",
	})
	wantSets(t, x, x.Accounts, "?: self-serve/customer cdw/relationship = 1", "?: self-serve/customer = 1")
	for _, set := range x.Accounts.Cells[0].Sets {
		if len(set.Touches) == 2 && set.Value.IntPart() != 70 {
			t.Errorf("the account is worth %s, want 70", set.Value)
		}
	}
	wantSets(t, x, x.Users, "?: self-serve/customer [territory dach] = 2")
}

// TestOursIsWhatHasItsDomainInOurLists tells new domains by lists of ours alone, even
// where the person is one of ours under another domain.
func TestOursIsWhatHasItsDomainInOurLists(t *testing.T) {
	x := build(t, `lists:
  - {file: users.csv, channel: self-serve}
  - {file: cloud.csv, partner: aws, audience: users}
`, map[string]string{
		"users.csv": "email,account\njoe@acme.example,holding.example\n",
		"cloud.csv": "email\njoe@acme.example\nann@holding.example\n",
	})
	if m := x.Matching; m.NewDomains != 1 || m.ByEmail != 2 {
		t.Errorf("matching is %+v, want one new domain", m)
	}
}
