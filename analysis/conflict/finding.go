package conflict

import (
	"github.com/channelmap/channelmap/graph"
)

// Doc explains a finding: what `channelmap findings` prints and docs/findings.md
// is made of.
type Doc struct {
	ID         string   `json:"id"`   // such as C02: stable
	Slug       string   `json:"slug"` // what policy.forbid takes
	Name       string   `json:"name"`
	Means      string   `json:"means"`      // for the people, in a sentence
	Pattern    string   `json:"pattern"`    // the shape that is looked for, every condition of it
	Evidence   string   `json:"evidence"`   // which rows prove it
	Money      string   `json:"money"`      // what it is about in money, or why it has none
	Confidence string   `json:"confidence"` // when it is low
	Remedies   []Remedy `json:"remedies"`   // the default first
	Promise    bool     `json:"promise"`    // it breaks one: reported, never weighed
	Good       bool     `json:"good"`       // not a problem but a chance
}

// Remedy is what would settle a finding.
type Remedy struct {
	Text    string `json:"text"`
	Changes string `json:"changes"` // what it does to the figures
	// LegalReview says that the remedy touches competition law: prices,
	// customers or territories of others. The program gives no legal advice.
	LegalReview bool `json:"legal_review"`
}

// Finding is a rule that holds for some sellers, with the members at which it
// does.
type Finding struct {
	Number   int    // its place in Result.Findings
	ID       string // the rule's, the sellers' ids in order, and the clause's number: stable from run to run
	Rule     *Doc
	Sellers  []int // by id
	Clause   *Clause
	Segment  int     // of G01 and G02; else -1
	Counts   []Count // by audience, segment, then relation
	Cases    []Case  // of findings made of records and families: each account by itself
	Possible bool    // only scopes and claims meet: no row proves it

	into *Finding // where the counts went
}

// Clause is a term of a partner.
type Clause struct {
	Partner int // in Ecosystem.Partners
	Number  int // of the term, from 0
	Term    *graph.Term
}

// Count is how many members of one segment a finding is about.
type Count struct {
	Audience graph.Audience
	Segment  int // index, or -1
	Relation Relation
	Members  int64
	Firm     int64 // of them, those told by more than a bare name
	Teamed   int64 // of them, those at which the two compete and are teamed
	// Value is the sum over the members that have a value of their own, and
	// Valued their number. Unit: the ecosystem's currency a year.
	Value  Money
	Valued int64
}

// Case is one account of a finding, with the records that prove it.
type Case struct {
	Account string
	Places  []graph.Place
	Text    string // what the records say, without names of accounts
}

// Involves reports whether the seller is a party.
func (f *Finding) Involves(seller int) bool {
	for _, s := range f.Sellers {
		if s == seller {
			return true
		}
	}
	return false
}
