package main

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// sellThrough writes TD Synnex's report: one row per invoice, naming the
// reseller that bought, or none where TD Synnex sold to the end customer.
func sellThrough(l *lumen) ([]byte, error) {
	r := randomFor("sell-through report")
	t := newCSV("Invoice", "Invoice Date", "Reseller", "End Customer", "End Customer Domain",
		"Vertical", "Employees", "Country", "Product", "Net Amount", "Currency")
	t.crlf = true
	for _, a := range sorted(l.buyers["td-synnex"]) {
		reseller := ""
		if l.has("cdw", customer)(a) {
			reseller = pick(r, []string{"CDW", "CDW Corporation", "CDW LLC"})
		}
		product := "Lumen API"
		if percent(r, 20) {
			product = "Lumen Assist"
		}
		for i, cents := range orders(a, l.amounts["td-synnex"][a]) {
			t.add(fmt.Sprintf("TD%06d-%d", a.number, i+1), day(-r.IntN(330)), reseller, styled(r, a), a.domain,
				a.industry, strconv.Itoa(a.employees), a.country, product, money(cents), "USD")
		}
	}
	data, err := t.bytes()
	return append([]byte("\xef\xbb\xbf"), data...), err
}

// kontorWords are German: statuses, industries and countries.
var kontorWords = map[string]string{
	string(customer): "Lumen-Kunde", string(open): "Angebot offen", string(relationship): "Bestandskunde",
	"Government": "Öffentliche Hand", "Education": "Bildung", "Manufacturing": "Fertigung", "Retail": "Handel",
	"Healthcare": "Gesundheit", "Finance": "Finanzen", "Logistics": "Logistik", "Technology": "Technik", "Energy": "Energie",
	"DE": "Deutschland", "AT": "Österreich", "CH": "Schweiz",
}

// kontorList writes a German export: semicolons, Windows-1252, decimal commas, a
// title row and a totals row.
func kontorList(l *lumen) ([]byte, error) {
	r := randomFor("kontor list")
	t := &delimited{comma: ';', crlf: true, rows: [][]string{
		{"Kontor Systemhaus GmbH, Kundenliste Lumen, Stand 30.10.2026"},
		{"Firma", "Webseite", "Branche", "Mitarbeiter", "Land", "Beziehung", "Umsatz", "Währung"},
	}}
	var total int64
	for _, a := range sorted(l.buyers["kontor"]) {
		for _, cents := range orders(a, l.amounts["kontor"][a]) {
			amount, currency := "", ""
			if cents != 0 {
				amount, currency = germanMoney(cents), "EUR"
			}
			t.add(styled(r, a), l.site(a), kontorWords[a.industry], strconv.Itoa(a.employees),
				kontorWords[a.country], kontorWords[string(l.buyers["kontor"][a])], amount, currency)
			total += cents
		}
	}
	t.add("Summe", "", "", "", "", "", germanMoney(total), "")
	data, err := t.bytes()
	if err != nil {
		return nil, err
	}
	return charmap.Windows1252.NewEncoder().Bytes(data)
}

// germanMoney writes 1234567 cents as 12.345,67.
func germanMoney(cents int64) string {
	whole, fraction, _ := strings.Cut(money(cents), ".")
	digits, sign := strings.TrimPrefix(whole, "-"), strings.Repeat("-", strings.Count(whole, "-"))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return sign + digits + "," + fraction
}

// accentureWords are Accenture's words for a status.
var accentureWords = map[status]string{
	customer: "Lumen delivered", open: "Lumen proposed", relationship: "Client",
}

func accentureList(l *lumen) ([]byte, error) {
	r := randomFor("accenture list")
	t := newCSV("Client", "Website", "Industry", "Employees", "Country", "Engagement")
	for _, a := range sorted(l.buyers["accenture"]) {
		t.add(styled(r, a), l.site(a), a.industry, strconv.Itoa(a.employees), a.country, accentureWords[l.buyers["accenture"][a]])
	}
	return t.bytes()
}

// crossbeam writes the overlaps that Halcyon shares: pairs of records of both.
func crossbeam(l *lumen) ([]byte, error) {
	r := randomFor("crossbeam")
	t := newCSV("record_id", "record_name", "record_website", "partner_name",
		"partner_record_name", "partner_record_website", "populations", "partner_populations")
	populations := map[status]string{customer: "Customers", open: "Open Opportunities", target: "Prospects"}
	theirs := map[status]string{relationship: "Customers", target: "Prospects"}
	for _, a := range sorted(l.buyers["halcyon"]) {
		t.add(crmID(a), a.name, a.domain, "Halcyon Consulting", styled(r, a), website(r, a.domain),
			populations[l.buyers["field"][a]], theirs[l.buyers["halcyon"][a]])
	}
	return t.bytes()
}

// partnerStack writes the customers that affiliates referred, by e-mail.
func partnerStack(l *lumen) ([]byte, error) {
	r := randomFor("partnerstack")
	t := newCSV("customer_key", "name", "email", "partner_key")
	for _, affiliate := range []struct{ seller, key string }{{"stackwise", "ps_stackwise"}, {"ps-nadir", "ps_nadir"}} {
		for _, a := range l.clients[affiliate.seller] {
			t.add(fmt.Sprintf("cus_%06d", a.number), styled(r, a), "it@"+a.domain, affiliate.key)
		}
	}
	return t.bytes()
}

// bluepeak writes the list of a partner that left, tab-separated.
func bluepeak(l *lumen) ([]byte, error) {
	t := &delimited{comma: '\t', rows: [][]string{{"Company", "Domain", "Country"}}}
	for _, a := range sorted(l.buyers["bluepeak"]) {
		t.add(a.name, a.domain, a.country)
	}
	return t.bytes()
}

// shopify writes the merchants who installed the app, by the owner's e-mail: on
// trial (known to the platform, not yet ours) or paying.
func shopify(l *lumen) ([]byte, error) {
	r := randomFor("shopify")
	t := newCSV("owner_email", "country", "installed_on", "billing")
	for _, p := range sortedPeople(l.people["shopify"]) {
		billing := "trial"
		if l.people["shopify"][p] == customer {
			billing = "paying"
		}
		t.add(p.email, country(r), day(-r.IntN(900)), billing)
	}
	return t.bytes()
}
