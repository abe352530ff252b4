package main

import (
	"fmt"
)

// opportunities writes the direct deals as a Salesforce export: one live deal
// for each account where the own list has one, won and lost ones for others.
func opportunities(l *lumen) ([]byte, error) {
	r := randomFor("opportunities")
	t := newCSV("Id", "Name", "AccountId", "Product", "StageName", "Amount", "CurrencyIsoCode", "Probability",
		"CreatedDate", "CloseDate", "LastActivityDate", "Owner", "Sourced By")
	add := func(a *account, stage string, probability int, opened, closes int) {
		owner := pick(r, []string{"j.doe", "m.ruiz", "t.oduya", "s.lang"})
		if l.cast[a.domain] != nil && stage != "Closed Won" {
			owner = ""
		}
		sourced := ""
		if l.has("accenture", customer, open)(a) {
			sourced = "Accenture"
		}
		t.add(fmt.Sprintf("0065g000%07d", a.number), a.name+" - Lumen API", crmID(a), "Lumen API", stage,
			fmt.Sprint(valueOf(r, a.segment)), "USD", fmt.Sprint(probability), day(opened), day(closes),
			day(max(opened, -r.IntN(60))), owner, sourced)
	}
	for _, a := range sorted(l.buyers["field"]) {
		switch s := l.buyers["field"][a]; {
		case s == open:
			add(a, pick(r, []string{"Qualification", "Proposal", "Negotiation"}), 20+10*r.IntN(6), -20-r.IntN(150), 10+r.IntN(150))
		case s == customer && percent(r, 35):
			add(a, "Closed Won", 100, -300-r.IntN(300), -30-r.IntN(250))
		case s == target && r.IntN(70) == 0:
			add(a, "Closed Lost", 0, -400-r.IntN(200), -60-r.IntN(300))
		}
	}
	return t.bytes()
}

// registrations writes the deals that resellers registered: one for each account
// where their list has a deal open. At Talweg two are live for one product; at
// Isarwerk CDW's has expired before Kontor's was approved.
func registrations(l *lumen) ([]byte, error) {
	r := randomFor("registrations")
	t := newCSV("id", "partner", "account", "product", "scope", "submitted", "approved", "expires", "status")
	for _, seller := range []string{"cdw", "kontor"} {
		for _, a := range keep(sorted(l.buyers[seller]), l.has(seller, open)) {
			submitted := -10 - r.IntN(60)
			if seller == "cdw" && a.domain == isarwerk {
				submitted = -140
			}
			t.add(fmt.Sprintf("reg-%s-%06d", seller, a.number), seller, a.domain, "api", "new licences",
				day(submitted), day(submitted+3), day(submitted+93), "approved")
		}
	}
	return t.bytes()
}

// offers writes private offers and quotes. At Brightforge our private offer
// stands beside CDW's separate quote; at Orchard Mutual one offer is CDW's, sold
// through AWS. Copperdale has two as well, of which one has expired.
func offers(l *lumen) ([]byte, error) {
	t := newCSV("id", "account", "product", "seller_of_record", "marketplace", "amount", "currency", "expires", "status")
	t.add("offer-9tz4rw8brif", brightforge, "api", "Lumen AI", "aws", "64000", "USD", day(38), "open")
	t.add("CDW-Q-118204", brightforge, "api", "CDW", "", "61500", "USD", day(24), "open")
	t.add(cppoOffer, orchard, "api", "CDW", "aws", "24000", "USD", day(52), "accepted")
	t.add("offer-3xp6copper", crowded[5], "api", "Lumen AI", "aws", "52000", "USD", day(-44), "expired")
	t.add("Q-2026-0913", crowded[5], "api", "Lumen AI", "", "50500", "USD", day(20), "open")
	for i, a := range keep(l.market, l.has("cdw", open)) {
		if i%4 == 0 {
			t.add(fmt.Sprintf("CDW-Q-%06d", a.number), a.domain, "api", "CDW", "",
				fmt.Sprint(9_000+a.number%40_000), "USD", day(5+a.number%60), "open")
		}
	}
	return t.bytes()
}

// renewals writes when contracts end of which a reseller is partner of record.
// The candidate reaches some of these accounts, some of them within 90 days.
func renewals(l *lumen) ([]byte, error) {
	r := randomFor("renewals")
	t := newCSV("account", "partner", "product", "date", "amount", "currency")
	for _, seller := range []string{"cdw", "kontor"} {
		for _, a := range keep(l.market, l.has(seller, customer)) {
			if percent(r, 40) {
				t.add(a.domain, seller, "api", day(r.IntN(330)-15), money(l.amounts[seller][a]), currencyOf(seller))
			}
		}
	}
	return t.bytes()
}

func currencyOf(seller string) string {
	if seller == "kontor" {
		return "EUR"
	}
	return "USD"
}

// prices writes our net price over each pathway. Kontor's undercuts the others
// by more than the policy's gap.
func prices(*lumen) ([]byte, error) {
	t := newCSV("channel", "partner", "product", "segment", "net_price", "currency", "from", "until")
	for _, row := range [][]string{
		{"field", "", "api", midMarket, "11400", "USD"}, {"", "cdw", "api", midMarket, "10900", "USD"},
		{"", "aws", "api", midMarket, "11640", "USD"}, {"", "kontor", "api", midMarket, "8600", "EUR"},
		{"", "cdw", "api", public, "10800", "USD"}, {"field", "", "assist", enterprise, "35000", "USD"},
	} {
		t.add(append(row, "2026-01-01", "2026-12-31")...)
	}
	return t.bytes()
}

// credits writes who is paid for what on won deals. On one deal two are paid in
// full for having brought it.
func credits(l *lumen) ([]byte, error) {
	t := newCSV("deal", "payee", "role", "percent", "amount")
	won := keep(l.market, l.has("field", customer), l.has("accenture", customer, open))
	for i, a := range won[:min(12, len(won))] {
		deal := fmt.Sprintf("0065g000%07d", a.number)
		t.add(deal, "accenture", "source", "100", "3000")
		if i == 0 {
			t.add(deal, "stackwise", "source", "100", "2500")
		}
	}
	return t.bytes()
}

// handoffs writes whom self-serve users were handed to.
func handoffs(l *lumen) ([]byte, error) {
	t := newCSV("account", "from", "to", "date", "owner")
	t.add(quartzmill, "self-serve", "field", day(-41), "m.ruiz")
	for _, a := range keep(l.market, l.has("field", open))[:8] {
		t.add(a.domain, "self-serve", "field", day(-a.number%90), "t.oduya")
	}
	return t.bytes()
}

// teaming writes where two agreed to work an account together.
func teaming(l *lumen) ([]byte, error) {
	t := newCSV("account", "partners", "from", "until")
	t.add(pinehurst, "field; accenture", day(-90), day(275))
	both := keep(l.market, l.has("field", customer, open), l.reaches("accenture"))
	for _, a := range both[:min(25, len(both))] {
		t.add(a.domain, "field; accenture", day(-a.number%300), day(30+a.number%300))
	}
	return t.bytes()
}

// namedAccounts writes the direct-only list. CDW has sold to Kestrel Aerospace,
// which is on it, and to Calder Rail, which no longer is.
func namedAccounts(l *lumen) ([]byte, error) {
	t := newCSV("account", "owner", "from", "until")
	t.add(kestrelAero, "j.doe", "2025-01-01", "2027-12-31")
	t.add(calderRail, "j.doe", "2024-01-01", "2026-06-30")
	for _, a := range l.named {
		t.add(a.domain, "j.doe", "2025-01-01", "2027-12-31")
	}
	return t.bytes()
}

// parents writes which accounts belong together, beside what the CRM knows.
func parents(l *lumen) ([]byte, error) {
	r := randomFor("parents")
	t := newCSV("account", "parent")
	t.add(solvaneNRG, solvane)
	groups := draw(r, keep(l.market, l.has("field", customer), inSegment(enterprise)), 8, 0)
	for i, a := range draw(r, keep(l.market, l.has("cdw", relationship), inSegment(midMarket)), 16, 0) {
		t.add(a.domain, groups[i%len(groups)].domain)
	}
	return t.bytes()
}

// aliases writes further domains that no list explains, and who decided.
func aliases(l *lumen) ([]byte, error) {
	t := newCSV("alias", "account", "reason", "decided_by")
	for _, a := range l.market {
		if a.former != "" {
			t.add(a.former, a.domain, "acquired", "j.doe")
		}
	}
	t.add("summerhill-rail.example", calderRail, "renamed in 2025", "m.ruiz")
	return t.bytes()
}

// exempted writes the public bodies that CDW's exclusivity leaves out.
func exempted(l *lumen) ([]byte, error) {
	t := newCSV("account")
	for _, a := range l.exempt {
		t.add(a.domain)
	}
	return t.bytes()
}
