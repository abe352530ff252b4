package starter

import (
	"fmt"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// place is where a list goes in the ecosystem: whose it is, and what its rows
// are.
type place struct {
	channel   string   // id of the channel
	own       bool     // it is one of ours
	named     bool     // its rows name partners
	partner   string   // name of the partner whose rows all are; or empty
	partnerID string   // the id for that partner; or empty to make one of the name
	spellings []string // what other lists may call that partner

	audience graph.Audience // what the entry says; or empty
	status   graph.Status   // what the entry says; or empty
	record   list.Shape     // what its rows are where they are no members; or empty
	doubtful bool           // the entry is to stand behind a #
	last     bool           // it stands behind other lists, which know accounts better

	columns  map[string]string       // columns that the entry maps, beside those guessed
	statuses map[string]graph.Status // what words of the status column stand for
	remarks  []string                // what the entry should say in comments
}

// The ids of the channels that lists are put in.
const (
	selfServe    = "self-serve"
	sales        = "sales"
	marketplaces = "marketplaces"
	referrals    = "referrals"
	partners     = "partners"
)

// salesWords and selfServeWords are parts of the names that teams give to their
// own exports; salesPrefixes are how such names begin.
var (
	salesWords     = []string{"crm", "salesforce", "hubspot", "sfdc", "pipedrive", "dynamics", "prospects", "opportunit"}
	salesPrefixes  = []string{"sf_", "sf-", "sf "}
	selfServeWords = []string{"signup", "sign-up", "sign_up", "users", "telemetry", "self-serve", "selfserve", "product-usage"}
)

const (
	guessedByName = "whose it is, is a guess from the file's name"
	kindIsAGuess  = "its partners are taken for resellers: their kind is a guess"
)

// place guesses whose list it is, by its columns and by its file's name.
func (l *List) place() place {
	if s := l.system(); s != nil {
		p := s.place(l)
		p.remarks = append([]string{"by its headers: " + s.name}, p.remarks...)
		return p
	}
	name := strings.ToLower(l.base())
	switch {
	case l.has(list.Partner), len(l.Wide) > 0:
		return place{channel: partners, named: true}
	case containsAny(name, selfServeWords) && l.has(list.User):
		return place{channel: selfServe, own: true, remarks: []string{guessedByName}}
	case containsAny(name, salesWords), hasPrefix(name, salesPrefixes):
		return place{channel: sales, own: true, remarks: []string{guessedByName}}
	}
	return place{channel: partners, partner: l.base(), remarks: []string{guessedByName}}
}

// of is the audience of the rows: what the entry says, else what the channel
// serves.
func (p place) of() graph.Audience {
	switch {
	case p.audience != "":
		return p.audience
	case p.channel == selfServe:
		return graph.Users
	}
	return graph.Buyers
}

// ownAccounts are those of our CRM. Where its rows name partners, they are
// what partners reach.
func ownAccounts(l *List) place {
	if l.has(list.Partner) {
		return place{channel: partners, named: true, remarks: []string{kindIsAGuess}}
	}
	return place{channel: sales, own: true, remarks: []string{"taken for our own; if a partner gave it, put partner: its-id in the place of channel: and own:"}}
}

func opportunities(*List) place {
	return place{channel: sales, record: list.Deals,
		remarks: []string{"deals count at accounts that lists know, by domain, record id or name"}}
}

func dealPartners(*List) place {
	return place{record: list.Credits, doubtful: true, remarks: []string{
		"partners stand there by their account ids: name those under aka: of each partner",
		"a partner of a deal is not always paid for it; where these are, take the # away"}}
}

// crossbeam keeps what the rows say. Whom a partner calls its customer has
// bought anything from it, and need not have bought from us.
func crossbeam(l *List) place {
	return place{
		channel: partners, named: true,
		statuses: l.statusesWhere(func(_ string, status graph.Status) graph.Status {
			if status == graph.Customer || status == graph.Open {
				return graph.Relationship
			}
			return ""
		}),
		remarks: []string{kindIsAGuess, "customers and deals there are the partner's own, with any product: a relationship to us"},
	}
}

// onMarketplace is a list of what was sold over a marketplace.
func onMarketplace(id, name string, spellings ...string) place {
	return place{channel: marketplaces, partner: name, partnerID: id, spellings: spellings, audience: graph.Buyers}
}

func awsAgreements(l *List) place {
	p := onMarketplace("aws", "AWS Marketplace", "AWS")
	p.status = graph.Customer
	if n := len(l.Sellers); n > 0 {
		p.remarks = append(p.remarks, fmt.Sprintf("sold there by %s: %s; name each under aka: of the partner it is",
			countOf(n, "reseller"), strings.Join(l.Sellers[:min(n, mostLive)], ", ")))
	}
	return p
}

func awsUsage(*List) place {
	p := onMarketplace("aws", "AWS Marketplace", "AWS")
	p.status, p.audience = graph.Customer, graph.Users
	return p
}

func awsPipeline(*List) place {
	return place{channel: sales, own: true, last: true, remarks: []string{"taken for our own opportunities, which AWS knows of"}}
}

// leadStatuses are the words of Microsoft for leads that mean something else in
// other systems. Closed without a word on how is not known to be won.
var leadStatuses = map[string]graph.Status{
	"new": graph.Target, "received": graph.Target, "closed": graph.Target,
	"active": graph.Open, "accepted": graph.Open, "engaged": graph.Open,
}

func microsoftLeads(l *List) place {
	p := onMarketplace("azure", "Microsoft", "Azure", "Azure Marketplace", "Microsoft Azure Marketplace")
	p.statuses = l.statusesWhere(func(text string, _ graph.Status) graph.Status { return leadStatuses[strings.ToLower(text)] })
	return p
}

func partnerStackDeals(*List) place {
	return place{channel: referrals, named: true, audience: graph.Buyers, columns: map[string]string{list.Deal.String(): "key"},
		remarks: []string{"its amounts may be in cents: compare one with its deal before sums are trusted"}}
}

func partnerStackCustomers(*List) place {
	return place{channel: referrals, named: true, audience: graph.Buyers, status: graph.Customer}
}

// statusesWhere maps the words of the status column that are to be read as
// something else. It is nil where none is.
func (l *List) statusesWhere(reads func(text string, status graph.Status) graph.Status) map[string]graph.Status {
	var out map[string]graph.Status
	for _, text := range l.Statuses[:min(len(l.Statuses), mostMapped)] {
		status, _ := list.ParseStatus(text)
		if to := reads(text, status); to != "" && len(text) <= longestMapped {
			if out == nil {
				out = map[string]graph.Status{}
			}
			out[text] = to
		}
	}
	return out
}

const (
	mostMapped    = 24  // words of a status column that are looked at
	longestMapped = 100 // bytes of such a word
)

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
