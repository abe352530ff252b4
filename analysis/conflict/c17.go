package conflict

import (
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

var hierarchy = &finder{
	doc: Doc{
		ID: "C17", Slug: "hidden-by-hierarchy", Name: "Hidden by hierarchy",
		Means:    "Two sellers meet in one group of companies: one at the parent, the other at a subsidiary.",
		Pattern:  "Direct against partner, partners of one kind or channels of two kinds (C01 to C03) between two accounts below one parent, of two sellers that compete at no single account of the group.",
		Evidence: "The rows of both sellers in the group, and the rows that tell parents.", Money: "None: which company of the group buys is open.",
		Confidence: namesLow,
		Remedies: []Remedy{
			{Text: "Decide at which level an account is owned: the group, or each company by itself", Changes: "the two no longer meet where companies are owned one by one"},
		},
	},
	whole: func(f *Facts) []Finding {
		g := gathering{facts: f, byKey: map[hitKey]*Finding{}}
		for i := range f.Exposure.Families.All {
			f.addFamily(&g, &f.Exposure.Families.All[i])
		}
		var all []Finding
		for _, found := range g.list() {
			all = append(all, *found)
		}
		return all
	},
}

// addFamily adds the pairs that compete in a group and at no account of it.
func (f *Facts) addFamily(g *gathering, family *exposure.Family) {
	table := f.Exposure.Families.Table
	apart := map[[2]int]bool{}
	all := exposure.Set{Members: 1}
	for i := range family.Members {
		set := &family.Members[i].Set
		for _, m := range f.At(table, -1, set).Meetings {
			switch m.Relation {
			case Live, CouldCollide, SameDeal, Supply, Teamed:
				apart[[2]int{m.P, m.Q}] = true // what they are to each other shows without the group
			}
		}
		all.Touches = append(all.Touches, set.Touches...)
		all.Marks = append(all.Marks, set.Marks...)
	}
	slices.Sort(all.Touches)
	all.Touches = slices.Compact(all.Touches)
	at := f.At(table, -1, &all)
	for _, m := range at.Meetings {
		if m.Relation.Competes() && !apart[[2]int{m.P, m.Q}] && f.pairPattern(m) {
			f.addGroup(g, at, family, m)
		}
	}
}

// pairPattern reports whether a meeting is one of C01 to C03.
func (f *Facts) pairPattern(m Meeting) bool {
	switch f.Rule.Pattern(m.P, m.Q) {
	case DirectPartner, SameKind, CrossKind:
		return true
	}
	return false
}

func (f *Facts) addGroup(g *gathering, at *At, family *exposure.Family, m Meeting) {
	h := m.hit()
	key := hitKey{pair: pairKey(m.P, m.Q)}
	if g.byKey[key] == nil {
		g.byKey[key] = &Finding{ID: f.key("C17", h.Sellers(), nil), Sellers: f.byID(h.Sellers()), Segment: -1}
	}
	found := g.byKey[key]
	var value Money
	value.Add(at.Set.Value)
	found.count(at, &h, value)
	found.Cases = append(found.Cases, Case{Account: family.Root, Places: []graph.Place{}, Text: fmt.Sprintf("a group of %d accounts", len(family.Members))})
}
