package main

import "fmt"

// awsAgreements writes the marketplace's agreements: company names without a
// domain. One is a reseller's private offer; its offer is also in CDW's list.
func awsAgreements(l *lumen) ([]byte, error) {
	r := randomFor("aws agreements")
	t := newCSV("Agreement ID", "Subscriber company name", "Offer ID", "CPPO flag",
		"Product title", "Reseller AWS account ID", "Resale authorization ID")
	add := func(a *account) {
		offer, flag, reseller, authorization := fmt.Sprintf("offer-pub%07d", a.number), "N", "", ""
		if a.domain == orchard {
			offer, flag, reseller, authorization = cppoOffer, "Y", cdwAWSAccount, "resaleauthz-cdw-0417"
		}
		product := "Lumen API"
		if percent(r, 15) {
			product = "Lumen Assist"
		}
		t.add(fmt.Sprintf("agmt-%08d", a.number), styled(r, a), offer, flag, product, reseller, authorization)
	}
	for _, a := range sorted(l.buyers["aws"]) {
		add(a)
	}
	for _, a := range l.darkIn("aws") {
		add(a)
	}
	for _, pair := range l.namesakes {
		add(pair[0])
	}
	return t.bytes()
}

// awsUsage writes who uses the product over the marketplace: the e-mail domain
// of the users, not the users.
func awsUsage(l *lumen) ([]byte, error) {
	r := randomFor("aws usage")
	t := newCSV("end_user_company_name", "end_user_email_domain")
	for _, a := range sorted(l.crowds["aws"]) {
		t.add(styled(r, a), a.domain)
	}
	return t.bytes()
}

// azureLeads writes the first leads of a marketplace that is signed and not yet
// activated: names and countries. One name is that of two companies, and the
// country tells which is meant.
func azureLeads(l *lumen) ([]byte, error) {
	r := randomFor("azure leads")
	t := newCSV("Referral ID", "Customer Name", "Customer Country", "Lead Source", "Offer name", "Lead value", "Status")
	add := func(a *account) {
		t.add(fmt.Sprintf("ref-%06d", a.number), styled(r, a), a.country, "Marketplace", "Lumen API",
			fmt.Sprint(4_000+100*r.IntN(200)), "Open")
	}
	for _, a := range sorted(l.buyers["azure"]) {
		add(a)
	}
	for _, a := range l.darkIn("azure") {
		add(a)
	}
	return t.bytes()
}
