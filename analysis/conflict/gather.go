package conflict

import (
	"cmp"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

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
	counted := make([]bool, len(f.Rule.sellers))
	for s := range counted {
		counted[s] = f.Counts(s)
	}
	quick := *f
	quick.Counts = func(s int) bool { return counted[s] }
	f = &quick
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
	for i, f := range r.Findings {
		f.Number = i
	}
	return r
}

// gathering sums hits up to findings.
type gathering struct {
	facts     *Facts
	byKey     map[hitKey]*Finding
	contested []Contested
	rivals    []Rivalry // memory for those of the next sets: full, it stays with those that have it
	hits      []Hit     // memory for those of the next set
}

// rivalsAtOnce is for how many rivalries memory is taken at once.
const rivalsAtOnce = 1 << 12

// countsAtOnce is for how many segments and relations a finding takes memory at
// first.
const countsAtOnce = 4

// hitKey tells findings apart: no rule over sets has more than two sellers.
type hitKey struct {
	rule   *Doc
	clause *Clause
	pair   uint64
}

func keyOf(h *Hit) hitKey {
	return hitKey{h.Rule, h.Clause, pairKey(h.P, h.Q)}
}

// pairKey is one number for two sellers, in any order, the second of which may be
// -1: none.
func pairKey(p, q int) uint64 { return uint64(max(p, q))<<32 | uint64(min(p, q)+1) }

func (g *gathering) add(at *At) {
	g.hits = at.appendHits(g.hits[:0])
	if len(g.hits) == 0 {
		return
	}
	if cap(g.rivals)-len(g.rivals) < len(g.hits) {
		g.rivals = make([]Rivalry, 0, max(rivalsAtOnce, len(g.hits)))
	}
	from := len(g.rivals)
	var value Money
	value.Add(at.Set.Value)
	for i := range g.hits {
		h := &g.hits[i]
		f := g.finding(h)
		f.count(at, h, value)
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
		f = &Finding{ID: g.facts.Key(h), Rule: h.Rule, Sellers: g.facts.byID(h.Sellers()), Clause: h.Clause, Segment: -1, Counts: make([]Count, 0, countsAtOnce)}
		g.byKey[k] = f
	}
	return f
}

// Rivalry reports whether the finding is about two that compete.
func (d *Doc) Rivalry() bool { return d.ID == "C01" || d.ID == "C02" || d.ID == "C03" || d.ID == "C04" }

func (f *Finding) count(at *At, h *Hit, value Money) {
	i := 0
	for i < len(f.Counts) && (f.Counts[i].Segment != at.Segment || f.Counts[i].Relation != h.Relation || f.Counts[i].Audience != at.Table.Audience) {
		i++
	}
	if i == len(f.Counts) {
		f.Counts = append(f.Counts, Count{Audience: at.Table.Audience, Segment: at.Segment, Relation: h.Relation})
	}
	c := &f.Counts[i]
	c.Members += at.Set.Members
	c.Value.addSum(value)
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
