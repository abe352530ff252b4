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
	// members adds what holds at the members of a set.
	members func(at *At) []Hit
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
	// Uncovered are the segments without a pathway, and Hanging those that hang on
	// one partner: what the analysis of pathways found.
	Uncovered []int
	Hanging   []Hanging

	terms   []*Clause      // the exclusive terms in force, partner by partner
	sellers map[string]int // by id
}

// NewFacts completes what the rules look at.
func NewFacts(f Facts) *Facts {
	f.sellers = make(map[string]int, len(f.Rule.sellers))
	for i, s := range f.Rule.sellers {
		f.sellers[s.ID] = i
	}
	f.terms = f.exclusiveTerms()
	return &f
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
	Meetings []Meeting // of sellers that count
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
	at.Meetings = slices.DeleteFunc(f.Rule.appendMeetings(at.Meetings[:0], t, s), func(m Meeting) bool { return !f.Counts(m.P) || !f.Counts(m.Q) })
}

// Hit says that a rule holds at the members of a set.
type Hit struct {
	Rule     *Doc
	Sellers  []int
	Clause   *Clause
	Relation Relation
	Firm     bool
}

// Hits lists what holds at the members.
func (at *At) Hits() []Hit {
	var all []Hit
	for _, f := range finders {
		if f.members == nil || !slices.Contains(f.audiences, at.Table.Audience) {
			continue
		}
		for _, h := range f.members(at) {
			h.Rule = &f.doc
			all = append(all, h)
		}
	}
	return all
}

// touches gives the touches of the set whose sellers count.
func (at *At) touches() []*exposure.Touch {
	var out []*exposure.Touch
	for _, i := range at.Set.Touches {
		if t := &at.Table.Touches[i]; at.Counts(t.Seller) {
			out = append(out, t)
		}
	}
	return out
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
func (f *Facts) Key(h *Hit) string { return f.key(h.Rule.ID, h.Sellers, h.Clause) }

func (f *Facts) key(rule string, sellers []int, c *Clause) string {
	key := rule
	for _, s := range f.byID(sellers) {
		key += "-" + f.Rule.sellers[s].ID
	}
	if c != nil && c.Number > 0 {
		key += fmt.Sprintf("-%d", c.Number+1)
	}
	return key
}

// byID sorts sellers by their ids.
func (f *Facts) byID(sellers []int) []int {
	return slices.SortedFunc(slices.Values(sellers), func(a, b int) int {
		return cmp.Compare(f.Rule.sellers[a].ID, f.Rule.sellers[b].ID)
	})
}

// Result is what the rules found.
type Result struct {
	Findings  []*Finding  // in the order of their ids
	Contested []Contested // the sets at which sellers compete
}

// Contested is the members of a set at which sellers compete.
type Contested struct {
	Audience graph.Audience
	Members  int64
	Rivals   []Rivalry
}

// Rivalry is a finding of C01 to C04 at the members of a set.
type Rivalry struct {
	Finding *Finding
	Live    bool // else it could collide
}

// Find lists all findings. Cost: for each distinct set, the square of its
// touches; linear in records and families.
func Find(f *Facts) *Result {
	g := gathering{facts: f, byKey: map[hitKey]*Finding{}}
	at := &At{}
	for _, t := range []*exposure.Table{f.Exposure.Users, f.Exposure.Buyers, f.Exposure.Accounts} {
		for i := range t.Cells {
			c := &t.Cells[i]
			for n := range c.Sets {
				at.look(f, t, c.Segment, &c.Sets[n])
				g.add(at)
			}
		}
	}
	r := &Result{Findings: g.list(), Contested: g.contested}
	for _, rule := range finders {
		if rule.whole == nil {
			continue
		}
		for _, found := range rule.whole(f) {
			found.Rule = &rule.doc
			r.Findings = append(r.Findings, &found)
		}
	}
	slices.SortFunc(r.Findings, func(a, b *Finding) int { return cmp.Compare(a.ID, b.ID) })
	return r
}

// gathering sums hits up to findings.
type gathering struct {
	facts     *Facts
	byKey     map[hitKey]*Finding
	contested []Contested
	rivals    []Rivalry // memory for those of the next sets
}

// hitKey tells findings apart: no rule over sets has more than two sellers.
type hitKey struct {
	rule   *Doc
	p, q   int
	clause *Clause
}

func keyOf(h *Hit) hitKey {
	k := hitKey{rule: h.Rule, p: h.Sellers[0], q: -1, clause: h.Clause}
	if len(h.Sellers) > 1 {
		k.p, k.q = min(h.Sellers[0], h.Sellers[1]), max(h.Sellers[0], h.Sellers[1])
	}
	return k
}

func (g *gathering) add(at *At) {
	from := len(g.rivals)
	hits := at.Hits()
	for i := range hits {
		h := &hits[i]
		f := g.finding(h)
		f.count(at, h)
		if h.Rule.Rivalry() {
			g.rivals = append(g.rivals, Rivalry{f, h.Relation == Live})
		}
	}
	if len(g.rivals) > from {
		g.contested = append(g.contested, Contested{at.Table.Audience, at.Set.Members, g.rivals[from:len(g.rivals):len(g.rivals)]})
	}
}

// finding is that of a hit.
func (g *gathering) finding(h *Hit) *Finding {
	k := keyOf(h)
	f := g.byKey[k]
	if f == nil {
		f = &Finding{ID: g.facts.Key(h), Rule: h.Rule, Sellers: g.facts.byID(h.Sellers), Clause: h.Clause, Segment: -1}
		g.byKey[k] = f
	}
	return f
}

// Rivalry reports whether the finding is about two that compete.
func (d *Doc) Rivalry() bool { return d.ID == "C01" || d.ID == "C02" || d.ID == "C03" || d.ID == "C04" }

func (f *Finding) count(at *At, h *Hit) {
	i := 0
	for i < len(f.Counts) && (f.Counts[i].Segment != at.Segment || f.Counts[i].Relation != h.Relation || f.Counts[i].Audience != at.Table.Audience) {
		i++
	}
	if i == len(f.Counts) {
		f.Counts = append(f.Counts, Count{Audience: at.Table.Audience, Segment: at.Segment, Relation: h.Relation})
	}
	c := &f.Counts[i]
	c.Members += at.Set.Members
	c.Value.Add(at.Set.Value)
	c.Valued += at.Set.Valued
	if h.Firm {
		c.Firm += at.Set.Members
	}
}

func (g *gathering) list() []*Finding {
	out := make([]*Finding, 0, len(g.byKey))
	for _, f := range g.byKey {
		slices.SortFunc(f.Counts, compareCounts)
		out = append(out, f)
	}
	return out
}

func compareCounts(a, b Count) int {
	return cmp.Or(
		cmp.Compare(a.Audience, b.Audience),
		cmp.Compare(uint(a.Segment), uint(b.Segment)),
		cmp.Compare(a.Relation.rank(), b.Relation.rank()),
	)
}
