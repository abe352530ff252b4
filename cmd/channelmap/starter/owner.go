package starter

import (
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// owner is whose list it seems to be.
type owner int

const (
	ofPartner   owner = iota // named by its file
	ofPartners               // named in its rows
	ofSales                  // our own, of companies
	ofSelfServe              // our own, of persons
)

// salesWords and selfServeWords are parts of the names that teams give to their
// own exports.
var (
	salesWords     = []string{"crm", "salesforce", "hubspot", "sfdc", "pipedrive", "dynamics", "prospects", "opportunit"}
	selfServeWords = []string{"signup", "sign-up", "sign_up", "users", "telemetry", "self-serve", "selfserve", "product-usage"}
)

// owner guesses whose list it is, by its columns and by its file's name.
func (l *List) owner() owner {
	name := strings.ToLower(l.base())
	switch {
	case l.has(list.Partner), len(l.Wide) > 0:
		return ofPartners
	case containsAny(name, selfServeWords) && l.has(list.User):
		return ofSelfServe
	case containsAny(name, salesWords):
		return ofSales
	}
	return ofPartner
}

// audience of the list's rows, given whose it is.
func (l *List) audience() graph.Audience {
	if l.owner() == ofSelfServe {
		return graph.Users
	}
	return graph.Buyers
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
