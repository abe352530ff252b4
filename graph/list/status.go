package list

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// statusWords are the words for a status, folded: our own, the populations of
// Crossbeam, HubSpot's lifecycle stages, Salesforce's account types and
// opportunity stages, the stages of AWS Partner Central and PartnerStack, and
// the states of agreements, offers and referrals.
var statusWords = map[graph.Status][]string{
	graph.Customer: {"customer", "customers", "existing customer", "current customer", "active customer",
		"customer - direct", "customer - channel", "client", "clients", "evangelist", "closed won", "won",
		"launched", "booked"},
	graph.Open: {"open", "open opportunity", "open opportunities", "opportunity", "opportunities", "open deal",
		"open deals", "open opps", "prospecting", "qualification", "needs analysis", "value proposition",
		"id. decision makers", "perception analysis", "proposal/price quote", "negotiation/review", "proposal",
		"negotiation", "qualified", "technical validation", "business validation", "committed",
		"appointment scheduled", "qualified to buy", "presentation scheduled", "decision maker bought-in",
		"contract sent", "registered", "approved", "submitted", "pending", "in progress", "pipeline"},
	graph.Relationship: {"relationship", "relationships", "partner customer", "served", "installed base"},
	graph.Target: {"target", "targets", "prospect", "prospects", "lead", "leads", "subscriber", "marketing qualified lead",
		"sales qualified lead", "mql", "sql", "closed lost", "lost", "missed", "declined", "rejected", "expired", "target account",
		"target accounts", "named account", "former customer", "churned", "other", "partner", "reseller",
		"integrator", "channel partner / reseller", "installation partner", "technology partner", "competitor",
		"investor", "press", "analyst"},
}

// statuses holds the words folded. Their strength is that of strength.
var statuses = func() map[string]graph.Status {
	out := map[string]graph.Status{}
	for status, words := range statusWords {
		for _, w := range words {
			out[fold(w)] = status
		}
	}
	return out
}()

// strength orders the statuses, the strongest first.
var strength = []graph.Status{graph.Customer, graph.Open, graph.Relationship, graph.Target}

// ParseStatus reads a status as lists write it, in the words of the systems
// named in the documentation of lists. Of several populations (with ; | or ,
// between them) the strongest counts. It returns false for a word that is
// unknown, and no status for an empty text.
func ParseStatus(s string) (graph.Status, bool) {
	if s = trim(s); s == "" {
		return "", true
	}
	if status, ok := statuses[fold(s)]; ok {
		return status, true
	}
	held := map[graph.Status]bool{}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";|,", r) }) {
		status, ok := statuses[fold(word)]
		if !ok {
			return "", false
		}
		held[status] = true
	}
	for _, status := range strength {
		if held[status] {
			return status, true
		}
	}
	return "", false
}

// parsePopulations reads the populations of a partner's account in an export of
// account mapping. The partner's customers and deals are its own, with anything
// that it sells, and say nothing of what it sells of ours: they are a
// relationship. Populations of its own making (EMEA) are passed over beside one
// that is known.
func parsePopulations(s string) (graph.Status, bool) {
	if s = trim(s); s == "" {
		return "", true
	}
	best := len(strength)
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";|,", r) }) {
		if status, ok := statuses[fold(word)]; ok {
			best = min(best, slices.Index(strength, status))
		}
	}
	switch {
	case best == len(strength):
		return "", false
	case strength[best] == graph.Target:
		return graph.Target, true
	}
	return graph.Relationship, true
}

// lostStages are the words of a deal that came to nothing, folded.
var lostStages = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range []string{"closed lost", "lost", "missed", "declined", "rejected", "expired", "churned"} {
		out[fold(w)] = true
	}
	return out
}()

// ParseStage reads how far a deal has come: customer where it is won, target
// where it is lost, else open. A prospect or a lead is the first stage of a
// pipeline, and the deal is live. It returns false for a word that is unknown.
func ParseStage(s string) (graph.Status, bool) {
	status, known := ParseStatus(s)
	if known && status == graph.Target && !lostStages[fold(trim(s))] {
		status = graph.Open
	}
	return status, known
}
