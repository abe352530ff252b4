package main

import (
	"fmt"
	"strings"
)

// cppoOffer is the private offer that CDW sells through AWS at Orchard Mutual.
const cppoOffer = "offer-7kq2mvd4orch"

// cdwAWSAccount is CDW's account id at AWS, by which agreements name it.
const cdwAWSAccount = "402255310118"

// cdwWords are CDW's words for a status.
var cdwWords = map[status]string{
	customer: "Lumen customer", open: "Lumen quote open", relationship: "CDW customer",
}

// cdwList writes CDW's extract: title rows, several rows for accounts that
// ordered more than once, a negative row for goods that came back, and a totals
// row.
func cdwList(l *lumen) ([]byte, error) {
	r := randomFor("cdw list")
	t := newCSV("CDW LLC: account extract for Lumen AI", "", "", "", "", "", "", "")
	t.add("Prepared 2026-11-04 by partner desk. Sales are FY26 in USD.", "", "", "", "", "", "", "")
	t.add("", "", "", "", "", "", "", "")
	t.add("Customer", "Web site", "Vertical", "Employees", "Country", "Relationship", "Lumen sales", "Deal ref")
	var total int64
	for _, a := range sorted(l.buyers["cdw"]) {
		name := styled(r, a)
		for _, cents := range orders(a, l.amounts["cdw"][a]) {
			t.add(name, l.site(a), cdwVertical(a), fmt.Sprint(a.employees), a.country,
				cdwWords[l.buyers["cdw"][a]], cdwAmount(cents), cdwDeal(a))
			total += cents
		}
	}
	t.add("Total", "", "", "", "", "", money(total), "")
	return t.bytes()
}

// orders splits what an account bought into orders. No amount is one row.
func orders(a *account, cents int64) []int64 {
	switch {
	case cents == 0:
		return []int64{0}
	case a.number%9 == 0:
		return []int64{cents - cents/3, cents / 3}
	case a.number%31 == 0:
		return []int64{cents + 45_000, -45_000}
	}
	return []int64{cents}
}

func cdwAmount(cents int64) string {
	if cents == 0 {
		return ""
	}
	return money(cents)
}

func cdwDeal(a *account) string {
	if a.domain == orchard {
		return cppoOffer
	}
	return ""
}

// cdwVertical is CDW's own word for the industry.
func cdwVertical(a *account) string {
	if a.industry != "Government" {
		return a.industry
	}
	if strings.HasPrefix(a.name, "City") || strings.HasSuffix(a.name, "County") {
		return "SLG"
	}
	return "Federal"
}

// site is the domain that a partner's list has of an account: sometimes a
// further one, which the own list or the aliases explain.
func (l *lumen) site(a *account) string {
	if a.former != "" {
		return a.former
	}
	if a.second != "" && a.number%5 < 2 && l.knows("field")(a) {
		return a.second
	}
	if a.number%8 == 0 {
		return "https://www." + a.domain + "/"
	}
	return a.domain
}
