package list

import (
	"strings"
	"sync"
	"unicode"
)

// knownHeaders are the headers that need no mapping, best first: those of
// Crossbeam, Salesforce (labels and API names), HubSpot, PartnerStack, AWS
// Partner Central and Marketplace, and Microsoft Partner Center. The word of a
// key itself comes before all of them. Salesforce's AnnualRevenue is not here:
// it is the customer's own turnover.
var knownHeaders = map[Key][]string{
	Account: {"record_website", "Website", "Company Domain Name", "Domain", "Account Website",
		"Company Website", "Customer Website", "Website URL", "Company Domain", "Account Domain",
		"Customer Domain", "Email Domain", "end_user_email_domain", "URL", "Account.Website"},
	User: {"Email", "E-mail", "Email Address", "User Email", "Work Email"},
	Name: {"record_name", "Account Name", "Company Name", "Company", "customer_company_name",
		"Subscriber company name", "end_user_company_name", "Customer Name", "Organization",
		"Organisation", "Organization Name", "Customer", "Account.Name"},
	ID:      {"record_id", "Account ID", "Company ID", "customer_key", "Customer ID", "hs_object_id"},
	Aliases: {"hs_additional_domains", "Additional Domains"},
	Parent:  {"Parent Account", "Parent Company", "ParentId", "Parent Account ID", "hs_parent_company_id"},
	Country: {"BillingCountry", "Billing Country", "Country Code", "Country/Region", "Customer Country",
		"opportunity_country", "Billing Country Code"},
	Employees: {"NumberOfEmployees", "Number of Employees", "Employee Count"},
	Segment:   {"Industry", "opportunity_industry", "Sector", "Market Segment"},
	Partner:   {"partner_name", "Partner Account", "partner_key", "Reseller", "Reseller Name", "PartnerAccountId"},
	Channel:   {"Sales Channel"},
	Product:   {"Product Name", "Product title", "Offer name"},
	Role:      {"Partner Role"},
	Status: {"partner_populations", "lifecyclestage", "Lifecycle Stage", "Account Status", "Stage",
		"StageName", "opportunity_stage_name", "Account Type", "Type"},
	Value:          {"Expected Margin"},
	Amount:         {"Lead value", "Deal Amount", "Opportunity Amount"},
	Currency:       {"CurrencyIsoCode", "Currency Code", "Amount Currency"},
	Date:           {"CloseDate", "Close Date", "opportunity_target_close_date", "Order Date", "Invoice Date"},
	Owner:          {"Account Owner", "Company owner", "Owner Name", "OwnerId", "Opportunity Owner", "hubspot_owner_id"},
	LastSeen:       {"Last Activity Date", "LastActivityDate", "Last Activity", "Last Login", "Last Active"},
	Plan:           {"Plan Name", "Subscription Plan"},
	Deal:           {"opportunity_id", "Deal ID", "Agreement ID", "Offer ID", "Referral ID"},
	SellerOfRecord: {"Reseller AWS account ID"},

	Probability:  {"Probability (%)", "Deal Probability"},
	Opened:       {"CreatedDate", "Created Date", "Create Date", "created_at"},
	LastActivity: {"Last Activity Date", "LastActivityDate", "Last Activity"},
	Submitted:    {"Submitted Date", "Submitted On", "Created Date", "created_at"},
	Approved:     {"Approved Date", "Approved On", "Approval Date"},
	Expires:      {"Expiration Date", "Expiry Date", "Expires On", "Offer expiration date", "Valid Until"},
	From:         {"Valid From", "Start Date", "Effective From"},
	Until:        {"Valid Until", "End Date", "Effective Until"},
	NetPrice:     {"Price", "Unit Price"},
	Payee:        {"AccountToId"},
	Percent:      {"Split", "Percentage", "Split Percentage"},
}

// recordHeaders are the headers whose meaning depends on the kind of record.
var recordHeaders = map[Shape]map[Key][]string{
	Deals: {
		ID:       {"opportunity_id", "Deal ID", "key", "Record ID", "Agreement ID", "Referral ID"},
		Stage:    {"StageName", "opportunity_stage_name", "Deal Stage", "Opportunity Stage", "Status"},
		IsClosed: {"Closed"},
		IsWon:    {"Won"},
		Closes:   {"CloseDate", "Close Date", "opportunity_target_close_date", "Expected Close Date"},
	},
	Registrations: {ID: {"Registration ID", "Deal Registration ID", "key"}},
	Offers: {
		ID:             {"Offer ID", "Quote ID"},
		SellerOfRecord: {"Reseller", "Reseller Name", "Reseller AWS account ID"},
	},
	Renewals: {Date: {"Renewal Date", "End Date", "Contract End Date"}},
}

// headersFor lists the headers that serve a key without being mapped, best
// first. Records have one column for the account: a domain, else a name, else
// an id that the lists share.
func headersFor(s Shape, k Key) []string {
	out := []string{k.String()}
	if special, ok := recordHeaders[s][k]; ok {
		return append(out, special...)
	}
	out = append(out, knownHeaders[k]...)
	if s != Members && k == Account {
		out = append(out, knownHeaders[Name]...)
		out = append(out, "AccountId")
		if s != Deals && s != Offers && s != Registrations { // those have names of their own
			out = append(out, "Name")
		}
	}
	return out
}

// ranks returns, for a shape, the keys that a folded header may serve with the
// place it has among the headers of that key.
var ranks = sync.OnceValue(func() map[Shape]map[string]map[Key]int {
	out := map[Shape]map[string]map[Key]int{}
	for s, sh := range shapes {
		out[s] = map[string]map[Key]int{}
		for _, k := range sh.keys {
			for rank, h := range headersFor(s, k) {
				f := fold(h)
				if out[s][f] == nil {
					out[s][f] = map[Key]int{}
				}
				if _, ok := out[s][f][k]; !ok {
					out[s][f][k] = rank
				}
			}
		}
	}
	return out
})

// fold makes headers and words comparable: case, spaces, underscores and
// hyphens do not count.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || unicode.IsSpace(r):
			return -1
		default:
			return unicode.ToLower(r)
		}
	}, s)
}

// isRevenue tells the field of Salesforce and HubSpot for the customer's own
// turnover, which is no value of the account to the vendor. Salesforce writes it
// in another way where it converts currencies, and where accounts are looked up
// from their opportunities.
func isRevenue(header string) bool {
	switch fold(header) {
	case "annualrevenue", "annualrevenue(converted)", "account.annualrevenue":
		return true
	}
	return false
}
