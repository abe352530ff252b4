package render

import (
	"fmt"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// matchingClauses say how well the lists matched, in the parts in which the line
// may be broken; of what is meant for others they say for whom, and how it counts.
func matchingClauses(h *analysis.Head) []string {
	switch {
	case h.For != "":
		return sentences(analysis.ForWords(shortName(h.For)))
	case h.Lists == 0 || h.Matching == nil:
		return []string{"No lists: figures rest on shares"}
	}
	return matchedClauses(*h.Matching, h.OwnLists)
}

// sentences cuts a text behind its full stops.
func sentences(text string) []string {
	all := strings.SplitAfter(text, ". ")
	for i := range all {
		all[i] = strings.TrimSuffix(all[i], " ")
	}
	return all
}

// matchedClauses say how well rows matched, and how many are new where a list of
// ours tells what is not.
func matchedClauses(m exposure.Matching, ownLists bool) []string {
	first := fmt.Sprintf("%s of %s rows matched", countDigits(m.Matched()), countDigits(m.Rows))
	var ways []string
	for _, w := range []struct {
		n    int
		word string
	}{{m.ByDomain, "by domain"}, {m.ByEmail, "by e-mail"}, {m.ByName, "by name"}, {m.ByID, "by id"}} {
		if w.n > 0 {
			ways = append(ways, countDigits(w.n)+" "+w.word)
		}
	}
	if len(ways) > 0 {
		first += " (" + strings.Join(ways, ", ") + ")"
	}
	clauses := []string{first + ";"}
	if ownLists && m.NewDomains > 0 {
		clauses = append(clauses, newDomains(m.NewDomains)+";")
	}
	return append(clauses, countDigits(m.Unresolved)+" unresolved")
}

// contextWords say of whom a report is, as of when and of which rows.
func contextWords(h *analysis.Head) string {
	s := shortName(h.Vendor) + " as of " + h.AsOf
	switch {
	case h.From != "" && h.To != "":
		s += ", rows dated " + h.From + " to " + h.To
	case h.From != "":
		s += ", rows dated " + h.From + " or later"
	case h.To != "":
		s += ", rows dated " + h.To + " or earlier"
	}
	return s
}

// relationWords tell a relation in plain English.
var relationWords = map[conflict.Relation]string{
	conflict.Live:         "live conflict",
	conflict.CouldCollide: "could collide",
	conflict.Contention:   "share a role that several may have",
	conflict.Unteamed:     "complementary, not teamed",
	conflict.Split:        "one has the users, the other the buyer",
	conflict.Teamed:       "complementary, teamed",
	conflict.SameDeal:     "parties to one deal",
	conflict.Supply:       "one sells to the tier below, not past it",
	conflict.Opening:      "opening",
	conflict.Unrelated:    "no bearing on each other",
}

// patternWords tell the shape of a pair in plain English.
var patternWords = map[conflict.Pattern]string{
	conflict.DirectPartner: "own channel against a partner",
	conflict.SameKind:      "two partners of one kind",
	conflict.CrossKind:     "channels of two kinds",
	conflict.Bypass:        "a supplier past the one it supplies",
	conflict.OwnChannels:   "two channels of our own",
}

// mixWords tell what pathways build.
var mixWords = map[graph.Equity]string{
	graph.EquityOwn:   "direct (our own)",
	graph.EquityReach: "reach",
	graph.EquityDepth: "depth",
	graph.EquityPower: "power",
}

// wordFor looks a word up; one that is not there is told as it is.
func wordFor[K ~string](words map[K]string, k K) string {
	if w, ok := words[k]; ok {
		return w
	}
	return string(k)
}

func countDigits(n int) string { return analysis.Number(float64(n)) }

// countOf writes a number of things.
func countOf(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return countDigits(n) + " " + several
}

// about writes a figure without its limits.
func about(f figure.Figure) string {
	if f.IsExact() {
		return analysis.Number(f.Best)
	}
	return "about " + analysis.Number(f.Best)
}

// bigCount writes a whole number of any length as people can read it.
func bigCount(digits string) string {
	if len(digits) > 15 {
		return fmt.Sprintf("over 10^%d", len(digits)-1)
	}
	return groupDigits(digits)
}

// groupDigits sets a comma every three digits of a whole number.
func groupDigits(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// moneyDigits writes a sum with two decimals.
func moneyDigits(s analysis.Sum) string {
	units, cents, _ := strings.Cut(s.StringFixed(2), ".")
	return groupDigits(units) + "." + cents
}

// moneyWords writes a sum with its currency, where the ecosystem has one.
func moneyWords(s analysis.Sum, currency string) string {
	return strings.TrimSpace(currency + " " + moneyDigits(s))
}

// titleOf writes an audience as the first word of a heading.
func titleOf(a graph.Audience) string {
	return startOfSentence(string(a))
}

// startOfSentence writes the first letter large; s is a phrase in English.
func startOfSentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// shortName bounds a name that stands in a sentence.
func shortName(s string) string { return cutText(EscapeControls(s), mostName) }

// sellerName is a seller's name, marked where it does not sell today.
func sellerName(s analysis.SellerRef) string {
	name := s.Name
	if name == "" {
		name = s.ID
	}
	if s.Stage.Candidate() || s.Stage == graph.Signed {
		return "*" + name
	}
	return name
}

// starNote explains the mark of sellerName.
const starNote = "* does not sell today: a candidate, or signed and not yet activated."

// nameList joins at most so many names, each bounded, and counts the others.
func nameList(names []string, gap string, most int) string {
	var short []string
	for _, n := range names[:min(most, len(names))] {
		short = append(short, shortName(n))
	}
	return joinSome(short, gap, len(names))
}

// joinSome joins the parts that are shown of so many.
func joinSome(shown []string, gap string, all int) string {
	s := strings.Join(shown, gap)
	if more := all - len(shown); more > 0 {
		s += gap + countDigits(more) + " more"
	}
	return s
}

// estimated reports whether a best estimate takes shares as independent.
func estimated(f figure.Figure) bool {
	return !f.IsExact() && strings.Contains(f.Basis, bounds.BasisIndependence)
}

// independenceNote says what best estimates assume.
const independenceNote = "Shares are taken as independent; limits assume nothing."

// plainNumber writes a number of people, who may be parts of one.
func plainNumber(n float64) string {
	s := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", n), "0"), ".")
	units, rest, fraction := strings.Cut(s, ".")
	if fraction {
		return groupDigits(units) + "." + rest
	}
	return groupDigits(units)
}

// estimateNote says what the mark of an estimate means.
const estimateNote = "~ marks a best estimate whose limits --format csv shows."

func newDomains(rows int) string {
	if rows == 1 {
		return "1 has a domain new to us"
	}
	return countDigits(rows) + " have domains new to us"
}
