package exposure_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// fuzzYAML has an own list and a list of partners with the same columns.
const fuzzYAML = `vendor: Fuzz
currency: USD
segments: [{id: retail, audience: buyers, match: {segment: [Retail]}}, {id: rest, audience: buyers}]
channels: [{id: field, kind: direct-buyer}, {id: resale, kind: reseller}]
partners: [{id: p0, channel: resale}, {id: p1, name: "Partner, One", channel: resale}]
lists:
  - {file: crm.csv, channel: field, own: true}
  - {file: partners.csv, channel: resale}
`

// FuzzStored counts lists with any rows in them in blocks and row by row.
func FuzzStored(f *testing.F) {
	f.Add("a1.example,p0,customer,5,Retail,One\n", "https://www.a1.example/,p1,open,7.5,,One Ltd\n", "\"a2.example\",\"Partner, One\",,\"1,000\",x,\n")
	f.Add("A1.EXAMPLE,p0,,,,\n", "a1.example,nobody,target,-1,Retail,\r\n", "\"open\nquote,p0\n")
	f.Add("a1.co.uk,p0,customer,,Retail,\n", ",p0,customer,,,One\n", "#N/A,p1,,#REF!,,\n")
	f.Add("gmail.com,p0\n", "m\u00fcller.example,p0,,,,\n", "a1.example,p0,customer,0.00001,Retail,One,more\n")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 2000 {
			return
		}
		dir := t.TempDir()
		header, plain := "account,partner,status,value,segment,name\n", "a1.example,p0,customer,5,Retail,One\na2.example,p1,open,,,Two\n"
		pack := func(_ *testing.T, text string) string { return text }
		if len(a)%2 == 1 {
			pack = gzipped
		}
		for name, text := range map[string]string{
			"partners.csv": pack(t, header+strings.Repeat(plain+a+b, 3)+c+strings.Repeat(plain, 4)),
			"crm.csv":      header + strings.Repeat(plain+c, 3) + a + strings.Repeat(plain, 4),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte(fuzzYAML))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = dir
		sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{rows: true})
	})
}

// fuzzUsersYAML has lists of users and one of buyers with addresses of persons.
const fuzzUsersYAML = `vendor: Fuzz
territories: [{id: dach, countries: [DE]}]
segments: [{id: devs, audience: users, match: {country: [DE]}}, {id: others, audience: users, match: {country: [US]}}, {id: firms, audience: buyers}]
channels: [{id: self-serve, kind: direct-user, accounts: signups.csv}, {id: clouds, kind: marketplace, audiences: [users, buyers]}]
partners: [{id: aws, name: AWS, channel: clouds}]
lists:
  - {file: cloud.csv, partner: aws, audience: users}
  - {file: firms.csv, partner: aws, audience: buyers}
policy: {min_users: 2}
`

// FuzzStoredUsers counts lists of users with any rows in them in blocks and row by row.
func FuzzStoredUsers(f *testing.F) {
	f.Add("joe@a1.example,,,,DE,joe\n", "ann@gmail.com,a1.example,,7,US,\n", "ann@gmail.com,,One Ltd,,,\n")
	f.Add("Joe@A1.EXAMPLE,www.a2.example,,,,\n", "joe@mail.a1.example,,,,FR,\r\n", "\"joe@a1.example\",,,1,,\n")
	f.Add("joe@a1.co.uk,,,,,\n", ",a1.example,,,,\n", "two@x.example;three@x.example,,,,,\n")
	f.Add("#N/A,,,,,\n", "joe@gmail.com,gmail.com,,,,\n", "@a1.example,a1.example,n/a,,,\n")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 2000 {
			return
		}
		dir := t.TempDir()
		header, plain := "email,account,name,value,country,owner\n", "u1@a1.example,,,,DE,\nu2@gmail.com,,,,US,ann\n"
		for name, text := range map[string]string{
			"signups.csv": header + strings.Repeat(plain+a+b, 3) + c + strings.Repeat(plain, 4),
			"cloud.csv":   header + strings.Repeat(plain+c, 3) + a + strings.Repeat(plain, 4),
			"firms.csv":   header + strings.Repeat("u1@a1.example,,,,DE,\n"+b, 3) + strings.Repeat("u9@a9.example,,,,,\n", 4),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte(fuzzUsersYAML))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = dir
		sameStored(t, eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, asked{rows: true})
	})
}
