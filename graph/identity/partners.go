package identity

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// Partners finds the partner that a cell mentions: by id, name or another
// spelling (aka), compared as FoldSpelling writes them, so that legal forms and
// punctuation count; and by the other form of a Salesforce id among them. It is
// immutable and safe for concurrent use.
type Partners struct {
	byID       map[string]int
	bySpelling map[string][]int // names and aka, in file order
	byRecord   map[string][]int // the same, by RecordID
}

// NewPartners learns the spellings of an ecosystem's partners, and reports
// those that several of them share: a cell that says one of these fits none of
// them, unless it is the id of one.
func NewPartners(e *graph.Ecosystem) (*Partners, []Problem) {
	p := &Partners{byID: map[string]int{}, bySpelling: map[string][]int{}, byRecord: map[string][]int{}}
	for i, partner := range e.Partners {
		p.byID[FoldSpelling(partner.ID)] = i
		for _, spelling := range append([]string{partner.Name}, partner.AKA...) {
			addOwner(p.bySpelling, FoldSpelling(spelling), i)
			addOwner(p.byRecord, RecordID(spelling), i)
		}
	}
	return p, p.shared(e)
}

// addOwner adds a partner, the last so far, to those of a spelling.
func addOwner(all map[string][]int, spelling string, partner int) {
	owners := all[spelling]
	if spelling != "" && (len(owners) == 0 || owners[len(owners)-1] != partner) {
		all[spelling] = append(owners, partner)
	}
}

// shared reports the spellings of several partners in the order of the text.
func (p *Partners) shared(e *graph.Ecosystem) []Problem {
	var log problemLog
	for _, spelling := range slices.Sorted(maps.Keys(p.bySpelling)) {
		owners := p.bySpelling[spelling]
		id, isID := p.byID[spelling]
		if isID && !slices.Contains(owners, id) {
			owners = append([]int{id}, owners...)
		}
		if len(owners) < 2 {
			continue
		}
		remedy := "rows that say it belong to none of them: take it from all but one"
		if isID {
			remedy = "it is taken as the id of " + e.Partners[id].ID
		}
		text := fmt.Sprintf("%q is a spelling of the partners %s; %s", shorten(spelling), idsOf(e, owners), remedy)
		log.add(Problem{Code: "partner-spelling", Text: text})
	}
	return log.list()
}

// idsOf names the first of some partners.
func idsOf(e *graph.Ecosystem, partners []int) string {
	var ids []string
	for _, i := range partners[:min(len(partners), maxNamed)] {
		ids = append(ids, e.Partners[i].ID)
	}
	if more := len(partners) - maxNamed; more > 0 {
		ids = append(ids, fmt.Sprintf("%d more", more))
	}
	return strings.Join(ids, ", ")
}

// PartnerMatch tells which partner a cell mentions.
type PartnerMatch struct {
	Outcome    Outcome
	Partner    int   // index in Ecosystem.Partners where Outcome is One, else -1
	Candidates []int // those that share the spelling where it is Several
}

// Find returns the partner that a cell mentions. The caller must not change
// the candidates.
func (p *Partners) Find(cell string) PartnerMatch {
	folded := FoldSpelling(cell)
	if i, ok := p.byID[folded]; ok {
		return PartnerMatch{Outcome: One, Partner: i}
	}
	owners := p.bySpelling[folded]
	if len(owners) == 0 {
		owners = p.byRecord[RecordID(cell)]
	}
	switch outcomeOf(len(owners)) {
	case One:
		return PartnerMatch{Outcome: One, Partner: owners[0]}
	case Several:
		return PartnerMatch{Outcome: Several, Partner: -1, Candidates: owners}
	default:
		return PartnerMatch{Outcome: None, Partner: -1}
	}
}
