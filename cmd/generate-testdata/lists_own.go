package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// crmID is the account's id in the CRM.
func crmID(a *account) string { return fmt.Sprintf("0015g000%07d", a.number) }

// crmTypes are the words of the CRM for a status.
var crmTypes = map[status]string{customer: "Customer", open: "Open Opportunity", target: "Prospect"}

// crm writes the own list as a Salesforce export: one row per account, some
// accounts twice, some without a website, some companies that nobody else knows.
func crm(l *lumen) ([]byte, error) {
	r := randomFor("crm")
	t := newCSV("Id", "Name", "ParentId", "Website", "Additional Domains", "Industry",
		"NumberOfEmployees", "BillingCountry", "Type", "Expected Margin", "Owner")
	parents := l.crmParents()
	byName := among(l.crmByName())
	for _, a := range sorted(l.buyers["field"]) {
		s := l.buyers["field"][a]
		row := crmRow(r, a, s)
		row[2] = parents[a]
		if byName(a) {
			row[3], row[4] = "", ""
		}
		t.add(row...)
		if s == target && r.IntN(90) == 0 {
			t.add(duplicate(row, a)...)
		}
	}
	for _, a := range l.darkIn("crm") {
		row := crmRow(r, a, target)
		row[3] = ""
		t.add(row...)
	}
	return t.bytes()
}

func crmRow(r *rand.Rand, a *account, s status) []string {
	kind := crmTypes[s]
	if s == target && r.IntN(25) == 0 {
		kind = "Former Customer"
	}
	margin := ""
	if s != target || percent(r, 30) {
		margin = strconv.Itoa(valueOf(r, a.segment))
	}
	owner := pick(r, []string{"j.doe", "m.ruiz", "t.oduya", "s.lang"})
	if s == open && slices.Contains(crowded, a.domain) {
		owner = ""
	}
	return []string{crmID(a), styled(r, a), "", website(r, a.domain), a.second, a.industry,
		strconv.Itoa(a.employees), a.country, kind, margin, owner}
}

// duplicate is the row of an account that was entered a second time, with a
// value of its own.
func duplicate(row []string, a *account) []string {
	again := append([]string(nil), row...)
	again[0] = strings.Replace(crmID(a), "0015g", "0015h", 1)
	again[9] = "4500"
	return again
}

// valueOf draws the margin expected of an account in a year.
func valueOf(r *rand.Rand, segment string) int {
	if segment == enterprise {
		return 12_000 + 500*r.IntN(120)
	}
	return 3_000 + 250*r.IntN(60)
}

// crmParents gives each of some mid-market accounts an enterprise as its parent:
// the id that the CRM holds.
func (l *lumen) crmParents() map[*account]string {
	r := randomFor("crm parents")
	groups := draw(r, keep(sorted(l.buyers["field"]), inSegment(enterprise), l.has("field", customer)), 20, 0)
	parents := map[*account]string{}
	for i, a := range draw(r, keep(sorted(l.buyers["field"]), inSegment(midMarket), not(among(l.crmByName()))), 45, 0) {
		parents[a] = crmID(groups[i%len(groups)])
	}
	return parents
}

// crmByName are targets whose CRM row has no website. CDW's list has both their
// name and their domain, so that the name fits exactly one account.
func (l *lumen) crmByName() []*account {
	pool := keep(l.market, l.has("field", target), l.knows("cdw"), single)
	return draw(randomFor("crm by name"), pool, 35, 0)
}

// darkIn returns the companies that one list alone knows, and by name only.
func (l *lumen) darkIn(list string) []*account {
	switch list {
	case "aws":
		return l.dark[:90]
	case "shi":
		return l.dark[90:140]
	case "azure":
		return l.dark[140:155]
	}
	return l.dark[155:180]
}

// selfServe writes the product's users. Some are written twice, with capitals.
func selfServe(l *lumen) ([]byte, error) {
	r := randomFor("signups")
	t := newCSV("email", "plan", "use_case", "last_seen")
	sortSignups(l.signups)
	for _, s := range l.signups {
		plan, use := "free", "developer"
		if s.paid {
			plan = "paid"
		}
		if s.segment == merchants {
			use = "merchant"
		}
		t.add(s.email, plan, use, day(s.lastSeen))
		if s.lastSeen >= activeSince && r.IntN(150) == 0 {
			t.add(strings.ToUpper(s.email[:1])+s.email[1:], plan, use, day(s.lastSeen))
		}
	}
	return t.bytes()
}
