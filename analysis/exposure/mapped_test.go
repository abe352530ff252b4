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

// TestMappedValuesInLongLists counts lists of which the ecosystem says what values of a
// column stand for, whatever the column is for.
func TestMappedValuesInLongLists(t *testing.T) {
	for column, values := range map[string]string{
		"account": "{a1.example: b1.example, a2.example: ''}",
		"user":    "{u1@a1.example: u2@b1.example, u3@a3.example: ''}",
		"value":   "{'0': '', '5': '70'}",
		"amount":  "{'0': '', '5': '70'}",
		"owner":   "{Unassigned: ''}",
		"deal":    "{none: ''}",
		"name":    "{One Ltd: Another Ltd, Two Ltd: ''}",
		"date":    "{never: '', soon: '2027-03-01'}",
	} {
		t.Run(column, func(t *testing.T) {
			yaml := fmt.Sprintf(`vendor: Acme
currency: USD
channels:
  - {id: self-serve, kind: direct-user}
  - {id: field, kind: direct-buyer}
lists:
  - {file: users.csv, channel: self-serve, columns: {%[1]s: {column: %[1]s, values: %[2]s}}}
  - {file: crm.csv, channel: field, own: true, columns: {%[1]s: {column: %[1]s, values: %[2]s}}}
policy: {min_users: 2}
`, column, values)
			var rows strings.Builder
			rows.WriteString("account,user,name,owner,deal,date,value,amount,status\n")
			cell := func(of string, i int, plain string, odd ...string) string {
				if of != column {
					return plain
				}
				return odd[i%len(odd)]
			}
			for i := range 300 {
				account, user := "", fmt.Sprintf("u%d@a%d.example", i%11, i%7)
				if column != "user" {
					account = fmt.Sprintf("a%d.example", i%7)
				}
				fmt.Fprintf(&rows, "%s,%s,%s,%s,%s,%s,%s,%s,open\n", account, user, cell("name", i, "", "", "One Ltd", "Two Ltd"), cell("owner", i/20, "", "", "Unassigned"),
					cell("deal", i, "", "none", ""), cell("date", i, "", "never", "soon", ""), cell("value", i%7, "", "0", "5", ""), cell("amount", i, "", "0", "5", ""))
			}
			eco, err := graph.Parse("ecosystem.yaml", []byte(yaml))
			if err != nil {
				t.Fatal(err)
			}
			eco.Dir = t.TempDir()
			for _, name := range []string{"users.csv", "crm.csv"} {
				if err := os.WriteFile(filepath.Join(eco.Dir, name), []byte(rows.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if stored := sameStored(t, eco, exposure.Options{AsOf: today}, asked{rows: true}); stored < 590 {
				t.Errorf("%d of 600 rows were stored", stored)
			}
		})
	}
}
