package main

import "fmt"

// lumenLists are the files of the example and who writes them.
var lumenLists = map[string]func(*lumen) ([]byte, error){
	"accenture.csv":         accentureList,
	"aliases.csv":           aliases,
	"aws-agreements.csv":    awsAgreements,
	"aws-usage.csv":         awsUsage,
	"azure-leads.csv":       azureLeads,
	"bluepeak.tsv":          bluepeak,
	"cdw-exempt.csv":        exempted,
	"cdw.csv":               cdwList,
	"credits.csv":           credits,
	"crm.csv":               crm,
	"handoffs.csv":          handoffs,
	"kontor.csv":            kontorList,
	"named.csv":             namedAccounts,
	"offers.csv":            offers,
	"opportunities.csv":     opportunities,
	"overlap-crossbeam.csv": crossbeam,
	"parents.csv":           parents,
	"partnerstack.csv":      partnerStack,
	"prices.csv":            prices,
	"registrations.csv":     registrations,
	"renewals.csv":          renewals,
	"shi.xlsx":              shiList,
	"shopify.csv":           shopify,
	"signups.csv":           selfServe,
	"td-synnex.csv":         sellThrough,
	"teaming.csv":           teaming,
}

// lumenFiles returns the generated files of the example: its lists, and what a
// right answer is.
func lumenFiles(l *lumen) (fileSet, error) {
	files := fileSet{}
	for name, write := range lumenLists {
		data, err := write(l)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files["lumen/lists/"+name] = data
	}
	expected, err := expectedOf(l).bytes()
	if err != nil {
		return nil, err
	}
	files["lumen/expected.json"] = expected
	return files, nil
}
