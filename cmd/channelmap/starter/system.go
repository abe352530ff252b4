package starter

import (
	"slices"
	"strings"
	"unicode"
)

// system is a program whose exports are known by their headers.
type system struct {
	name string // what a file of it holds
	// tells are sets of headers, folded: a file that has all of one set is such
	// an export.
	tells [][]string
	place func(l *List) place
}

// systems, those first whose headers tell more. The last two are the CRMs:
// where rows name partners, those matter more than where the file is from.
var systems = []system{
	{"a Crossbeam overlap", [][]string{{"partnername", "partnerrecordname"}, {"partnerpopulations"}}, crossbeam},
	{"partners of Salesforce opportunities", [][]string{{"opportunityid", "accounttoid"}}, dealPartners},
	{"Salesforce opportunities", [][]string{{"stagename", "closedate"}, {"stagename", "accountid"}, {"opportunityname", "stage"},
		{"opportunityname", "closedate"}}, opportunities},
	{"AWS Marketplace agreements", [][]string{{"agreementid", "subscribercompanyname"}, {"agreementid", "cppoflag"}}, awsAgreements},
	{"AWS Marketplace usage", [][]string{{"enduseremaildomain"}, {"endusercompanyname"}}, awsUsage},
	{"an AWS Partner Central pipeline", [][]string{{"opportunitystagename", "customercompanyname"}}, awsPipeline},
	{"Microsoft Partner Center leads", [][]string{{"referralid", "customername"}}, microsoftLeads},
	{"PartnerStack deals", [][]string{{"partnerkey", "key", "accountname"}}, partnerStackDeals},
	{"PartnerStack customers", [][]string{{"partnerkey", "customerkey"}}, partnerStackCustomers},
	{"HubSpot companies", [][]string{{"lifecyclestage"}, {"hsadditionaldomains"}, {"hsobjectid", "domain"},
		{"recordid", "companydomainname"}}, ownAccounts},
	{"Salesforce accounts", [][]string{{"id", "name", "ownerid"}, {"id", "name", "parentid"}, {"id", "name", "billingcountry"},
		{"id", "name", "annualrevenue"}, {"accountid", "accountname"}, {"accountname", "accountowner"}}, ownAccounts},
}

// system is the one that the list is an export of, or nil.
func (l *List) system() *system {
	if l.Sheet == nil {
		return nil
	}
	has := map[string]bool{}
	for _, c := range l.Sheet.Columns {
		has[foldHeader(c.Header)] = true
	}
	for i := range systems {
		for _, headers := range systems[i].tells {
			if !slices.ContainsFunc(headers, func(h string) bool { return !has[h] }) {
				return &systems[i]
			}
		}
	}
	return nil
}

// foldHeader makes headers comparable: programs write one as a label and as a
// word of their own, such as Account ID and account_id.
func foldHeader(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
