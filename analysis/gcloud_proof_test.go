package analysis

import (
	"bytes"
	"encoding/csv"
	"os"
	"testing"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/graph/identity"
)

// Every figure of the findings is counted again, once from the rows that
// --evidence-file writes, and once from the raw file with plain sets.
func TestGCloudFindingsCanBeCountedAgain(t *testing.T) {
	s := openGCloud(t, Options{Min: 3})
	c, err := s.Conflicts()
	if err != nil {
		t.Fatal(err)
	}
	type at struct {
		id       string
		relation conflict.Relation
	}
	fromRows := map[at]map[int]bool{}
	err = s.Evidence(t.Context(), func(e *Evidence) error {
		for _, f := range e.Findings {
			k := at{f.ID, f.Relation}
			if fromRows[k] == nil {
				fromRows[k] = map[int]bool{}
			}
			fromRows[k][e.Member] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	together := rawPairs(t)
	pairs, figures := 0, 0
	for _, f := range c.Findings {
		if len(f.Sellers) != 2 {
			continue
		}
		pairs++
		var members int64
		byRelation := map[conflict.Relation]int64{}
		for _, n := range f.Counts {
			figures++
			members += n.Members
			byRelation[n.Relation] += n.Members
		}
		for relation, n := range byRelation {
			if rows := fromRows[at{f.ID, relation}]; int64(len(rows)) != n {
				t.Errorf("%s: %d in the report, %d members in its rows", f.ID, n, len(rows))
			}
		}
		p, q := identity.FoldSpelling(f.Sellers[0].Name), identity.FoldSpelling(f.Sellers[1].Name)
		if raw := len(together[[2]string{min(p, q), max(p, q)}]); int64(raw) != members {
			t.Errorf("%s: %d in the report, %d customers in the raw file", f.ID, members, raw)
		}
	}
	if pairs != len(together) || figures == 0 {
		t.Errorf("%d pairs in the report, %d in the raw file", pairs, len(together))
	}
}

// rawPairs gives the customers that two suppliers both sold to.
func rawPairs(t *testing.T) map[[2]string]map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../../shared/data/gcloud/G-Cloud-Spend-14-07-14-v2-For-import.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(text, []byte("\r"), []byte("\n")))) // its lines end in CR alone
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, h := range rows[0] {
		column[h] = i
	}
	suppliers := map[string]map[string]bool{}
	for _, row := range rows[1:] {
		customer, supplier := identity.FoldName(row[column["CustomerName"]]), identity.FoldSpelling(row[column["SupplierName"]])
		if suppliers[customer] == nil {
			suppliers[customer] = map[string]bool{}
		}
		suppliers[customer][supplier] = true
	}
	together := map[[2]string]map[string]bool{}
	for customer, of := range suppliers {
		for p := range of {
			for q := range of {
				if p >= q {
					continue
				}
				k := [2]string{p, q}
				if together[k] == nil {
					together[k] = map[string]bool{}
				}
				together[k][customer] = true
			}
		}
	}
	return together
}
