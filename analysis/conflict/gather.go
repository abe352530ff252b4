package conflict

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

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
	g := gather(f)
	r := &Result{Findings: g.list(), Contested: g.contested}
	for _, rule := range finders {
		if rule.whole == nil {
			continue
		}
		for _, found := range rule.whole(f) {
			if found.Possible && slices.ContainsFunc(r.Findings, func(x *Finding) bool { return x.ID == found.ID }) {
				continue // rows prove what scopes and figures let suppose
			}
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

// gather asks every rule at every set. The sets are shared out among the cores;
// what each finds is summed up in their order.
func gather(f *Facts) *gathering {
	shares := shareOut(f.Exposure, runtime.GOMAXPROCS(0))
	all := make([]*gathering, len(shares))
	var wait sync.WaitGroup
	for i, share := range shares {
		all[i] = &gathering{facts: f, byKey: map[hitKey]*Finding{}}
		wait.Go(func() { all[i].addAll(share) })
	}
	wait.Wait()
	for _, other := range all[1:] {
		all[0].merge(other)
	}
	return all[0]
}

// someSets are sets of one cell.
type someSets struct {
	table   *exposure.Table
	segment int
	sets    []exposure.Set
}

// shareOut cuts the sets of all tables into at most n shares of one size, at least
// one.
func shareOut(x *exposure.Exposure, n int) [][]someSets {
	tables := []*exposure.Table{x.Users, x.Buyers, x.Accounts}
	all := 0
	for _, t := range tables {
		for i := range t.Cells {
			all += len(t.Cells[i].Sets)
		}
	}
	size := all/n + 1
	shares, room := [][]someSets{nil}, size
	for _, t := range tables {
		for i := range t.Cells {
			for sets := t.Cells[i].Sets; len(sets) > 0; {
				if room == 0 {
					shares, room = append(shares, nil), size
				}
				taken := min(room, len(sets))
				last := &shares[len(shares)-1]
				*last = append(*last, someSets{t, t.Cells[i].Segment, sets[:taken]})
				sets, room = sets[taken:], room-taken
			}
		}
	}
	return shares
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

func (g *gathering) addAll(share []someSets) {
	at := &At{}
	for _, some := range share {
		for i := range some.sets {
			at.look(g.facts, some.table, some.segment, &some.sets[i])
			g.add(at)
		}
	}
}

// merge adds what was gathered at the sets that follow.
func (g *gathering) merge(next *gathering) {
	for key, f := range next.byKey {
		own := g.byKey[key]
		if own == nil {
			g.byKey[key] = f
			continue
		}
		f.into = own
		for i := range f.Counts {
			own.countOf(&f.Counts[i]).add(&f.Counts[i])
		}
	}
	for i := range next.contested {
		for j := range next.contested[i].Rivals {
			if r := &next.contested[i].Rivals[j]; r.Finding.into != nil {
				r.Finding = r.Finding.into
			}
		}
	}
	g.contested = append(g.contested, next.contested...)
}

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
		f = &Finding{Rule: h.Rule, Sellers: h.Sellers(), Clause: h.Clause, Segment: -1, Counts: make([]Count, 0, countsAtOnce)}
		g.byKey[k] = f
	}
	return f
}

// Rivalry reports whether the finding is about two that compete.
func (d *Doc) Rivalry() bool { return d.ID == "C01" || d.ID == "C02" || d.ID == "C03" || d.ID == "C04" }

// count counts the members of a set, who have a value together.
func (f *Finding) count(at *At, h *Hit, value Money) {
	c := Count{Audience: at.Table.Audience, Segment: at.Segment, Relation: h.Relation, Members: at.Set.Members, Value: value, Valued: at.Set.Valued}
	if h.Firm {
		c.Firm = c.Members
	}
	if h.Teamed {
		c.Teamed = c.Members
	}
	f.countOf(&c).add(&c)
}

// countOf finds or makes the count that is like another in all but figures.
func (f *Finding) countOf(c *Count) *Count {
	for i := range f.Counts {
		if own := &f.Counts[i]; own.Segment == c.Segment && own.Relation == c.Relation && own.Audience == c.Audience {
			return own
		}
	}
	f.Counts = append(f.Counts, Count{Audience: c.Audience, Segment: c.Segment, Relation: c.Relation})
	return &f.Counts[len(f.Counts)-1]
}

func (c *Count) add(more *Count) {
	c.Members += more.Members
	c.Firm += more.Firm
	c.Teamed += more.Teamed
	c.Value.addSum(more.Value)
	c.Valued += more.Valued
}

func (g *gathering) list() []*Finding {
	out := make([]*Finding, 0, len(g.byKey))
	for _, f := range g.byKey {
		if f.ID == "" {
			f.ID, f.Sellers = g.facts.key(f.Rule.ID, f.Sellers, f.Clause), g.facts.byID(f.Sellers)
		}
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
