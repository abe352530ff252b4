package conflict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// finder is one rule. It looks at the members of a set, at the whole, or at both.
type finder struct {
	doc Doc
	// audiences are the tables that members looks at.
	audiences []graph.Audience
	// members adds what holds at the members of a set to the hits of other rules.
	members func(at *At, hits []Hit) []Hit
	// whole finds what no set shows.
	whole func(f *Facts) []Finding
}

// finders are all rules, in the order of their ids.
var finders = []*finder{
	directPartner, samePartners, crossChannels, tierBypass, registrations, exclusivity, namedAccounts, selfServe,
	offers, renewals, hierarchy, teamed, unteamed, openings, uncovered, singlePoint,
}

// Docs lists the findings that are looked for, in the order of their ids.
func Docs() []*Doc {
	out := make([]*Doc, len(finders))
	for i, f := range finders {
		out[i] = &f.doc
	}
	return out
}

// DocOf finds a finding by id or slug, in any case; nil where there is none.
func DocOf(text string) *Doc {
	for _, d := range Docs() {
		if strings.EqualFold(text, d.ID) || strings.EqualFold(text, d.Slug) {
			return d
		}
	}
	return nil
}

// Facts is what the rules look at.
type Facts struct {
	Rule     *Rule
	Exposure *exposure.Exposure
	AsOf     graph.Date
	// Counts reports whether a seller's reach counts: it works, is signed or is a
	// candidate.
	Counts func(seller int) bool
	// Listed reports whether some list shows a seller.
	Listed func(seller int) bool
	// Figures gives the segments in which a figure alone shows a seller's reach, and
	// no list.
	Figures func(seller int) []string
	// Uncovered are the segments without a pathway, and Hanging those that hang on
	// one partner: what the analysis of pathways found.
	Uncovered []int
	Hanging   []Hanging

	terms   []*Clause      // the exclusive terms in force, partner by partner
	sellers map[string]int // by id
	rank    []int          // of each seller, its place among all in the order of their ids
}

// NewFacts completes what the rules look at.
func NewFacts(f Facts) *Facts {
	f.sellers = make(map[string]int, len(f.Rule.sellers))
	for i, s := range f.Rule.sellers {
		f.sellers[s.ID] = i
	}
	f.rank = f.ranks()
	f.terms = f.exclusiveTerms()
	return &f
}

func (f *Facts) ranks() []int {
	all := make([]int, len(f.Rule.sellers))
	for i := range all {
		all[i] = i
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(f.Rule.sellers[a].ID, f.Rule.sellers[b].ID) })
	ranks := make([]int, len(all))
	for place, i := range all {
		ranks[i] = place
	}
	return ranks
}

// Hanging is a segment that only one partner leads to.
type Hanging struct {
	Segment int
	Seller  int
}

func (f *Facts) eco() *graph.Ecosystem { return f.Rule.eco }

// At is the members of one set, with how the sellers meet there.
type At struct {
	*Facts
	Table    *exposure.Table
	Segment  int
	Set      *exposure.Set
	Meetings []Meeting         // of sellers that count, but for those that are unrelated
	touches  []*exposure.Touch // of the set, whose sellers count
}

// At looks at the members of a set.
func (f *Facts) At(t *exposure.Table, segment int, s *exposure.Set) *At {
	at := &At{}
	at.look(f, t, segment, s)
	return at
}

// look makes at that of a set, reusing its memory.
func (at *At) look(f *Facts, t *exposure.Table, segment int, s *exposure.Set) {
	at.Facts, at.Table, at.Segment, at.Set = f, t, segment, s
	at.touches = at.touches[:0]
	for _, i := range s.Touches {
		if touch := &t.Touches[i]; f.Counts(touch.Seller) {
			at.touches = append(at.touches, touch)
		}
	}
	at.Meetings = slices.DeleteFunc(f.Rule.appendMeetings(at.Meetings[:0], t, s, at.touches), func(m Meeting) bool { return m.Relation == Unrelated })
}

// Hit says that a rule holds at the members of a set.
type Hit struct {
	Rule     *Doc
	P, Q     int // sellers; Q is -1 where the rule is about one
	Clause   *Clause
	Relation Relation
	Firm     bool
	Teamed   bool // they compete, and a teaming record names both there
}

// Sellers lists whom the hit is about.
func (h *Hit) Sellers() []int {
	if h.Q < 0 {
		return []int{h.P}
	}
	return []int{h.P, h.Q}
}

// Hits lists what holds at the members.
func (at *At) Hits() []Hit { return at.appendHits(nil) }

func (at *At) appendHits(all []Hit) []Hit {
	for _, f := range finders {
		if f.members == nil || !slices.Contains(f.audiences, at.Table.Audience) {
			continue
		}
		from := len(all)
		all = f.members(at, all)
		for i := from; i < len(all); i++ {
			all[i].Rule = &f.doc
		}
	}
	return all
}

// marked reports whether the members have a mark of a kind, with a subject where
// one is given.
func (at *At) marked(kind exposure.MarkKind, subject string) bool {
	for _, m := range at.Set.Marks {
		if mark := at.Table.Marks[m]; mark.Kind == kind && (subject == "" || mark.Subject == subject) {
			return true
		}
	}
	return false
}

// subjects lists the subjects of the marks of a kind.
func (at *At) subjects(kind exposure.MarkKind) []string {
	var out []string
	for _, m := range at.Set.Marks {
		if mark := at.Table.Marks[m]; mark.Kind == kind {
			out = append(out, mark.Subject)
		}
	}
	return out
}

// Key is the id of the finding that a hit belongs to.
func (f *Facts) Key(h *Hit) string { return f.key(h.Rule.ID, h.Sellers(), h.Clause) }

func (f *Facts) key(rule string, sellers []int, c *Clause) string {
	var b strings.Builder
	b.WriteString(rule)
	for _, s := range f.byID(sellers) {
		b.WriteByte('-')
		b.WriteString(f.Rule.sellers[s].ID)
	}
	key := b.String()
	if c != nil && c.Number > 0 {
		key += fmt.Sprintf("-%d", c.Number+1)
	}
	return key
}

// byID sorts sellers by their ids.
func (f *Facts) byID(sellers []int) []int {
	if len(sellers) == 0 {
		return nil
	}
	out := slices.Clone(sellers)
	slices.SortFunc(out, func(a, b int) int { return f.rank[a] - f.rank[b] })
	return out
}
