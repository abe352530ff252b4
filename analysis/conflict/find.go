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
	meetings := slices.DeleteFunc(f.Rule.Meetings(t, s), func(m Meeting) bool { return !f.Counts(m.P) || !f.Counts(m.Q) })
	return &At{Facts: f, Table: t, Segment: segment, Set: s, Meetings: meetings}
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

// Find lists all findings, in the order of their ids. Cost: for each distinct
// set, the square of its touches; linear in records and families.
func Find(f *Facts) []Finding {
	g := gathering{facts: f, byID: map[string]*Finding{}}
	for _, t := range []*exposure.Table{f.Exposure.Users, f.Exposure.Buyers, f.Exposure.Accounts} {
		for i := range t.Cells {
			c := &t.Cells[i]
			for n := range c.Sets {
				g.add(f.At(t, c.Segment, &c.Sets[n]))
			}
		}
	}
	all := g.list()
	for _, rule := range finders {
		if rule.whole == nil {
			continue
		}
		for _, found := range rule.whole(f) {
			found.Rule = &rule.doc
			all = append(all, found)
		}
	}
	slices.SortFunc(all, func(a, b Finding) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// gathering sums hits up to findings.
type gathering struct {
	facts *Facts
	byID  map[string]*Finding
}

func (g *gathering) add(at *At) {
	hits := at.Hits()
	for i := range hits {
		h := &hits[i]
		key := g.facts.Key(h)
		f := g.byID[key]
		if f == nil {
			f = &Finding{ID: key, Rule: h.Rule, Sellers: g.facts.byID(h.Sellers), Clause: h.Clause, Segment: -1}
			g.byID[key] = f
		}
		f.count(at, h)
	}
}

func (f *Finding) count(at *At, h *Hit) {
	i := slices.IndexFunc(f.Counts, func(c Count) bool {
		return c.Audience == at.Table.Audience && c.Segment == at.Segment && c.Relation == h.Relation
	})
	if i < 0 {
		i = len(f.Counts)
		f.Counts = append(f.Counts, Count{Audience: at.Table.Audience, Segment: at.Segment, Relation: h.Relation})
	}
	c := &f.Counts[i]
	c.Members += at.Set.Members
	c.Value = c.Value.Add(at.Set.Value)
	c.Valued += at.Set.Valued
	if h.Firm {
		c.Firm += at.Set.Members
	}
}

func (g *gathering) list() []Finding {
	out := make([]Finding, 0, len(g.byID))
	for _, f := range g.byID {
		slices.SortFunc(f.Counts, compareCounts)
		out = append(out, *f)
	}
	return out
}

func compareCounts(a, b Count) int {
	return cmp.Or(
		cmp.Compare(a.Audience, b.Audience),
		cmp.Compare(uint(a.Segment), uint(b.Segment)),
		cmp.Compare(slices.Index(Relations, a.Relation), slices.Index(Relations, b.Relation)),
	)
}
