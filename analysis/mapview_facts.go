package analysis

import (
	"cmp"
	"slices"

	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/graph"
)

// addFacts gathers what the sentences under the title and the footer are written
// from.
func (b *mapBuilder) addFacts() {
	f := &b.m.facts
	f.vendor, f.nda = b.s.Ecosystem.Vendor, b.s.Head().NDA
	f.without = b.s.withoutSentences()
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		if parts := b.s.partsOf(a); len(parts) > 0 {
			f.reached = append(f.reached, b.reachedToday(a, parts))
		}
	}
	for i := range b.s.Sellers {
		if b.s.candidates.Has(i) {
			f.signing = append(f.signing, b.signing(i)...)
		}
	}
	f.bases = b.bases()
}

func (b *mapBuilder) reachedToday(a graph.Audience, parts []*part) mapReached {
	t := b.s.totals(parts, 0)
	r := mapReached{audience: a, net: t.Net.Best, live: b.overlaps[a].worst[conflict.Live], addressable: t.Addressable}
	if t.Coverage != nil {
		r.coverage = &t.Coverage.Best
	}
	return r
}

// signing tells what signing a candidate would add, audience by audience, as vet
// counts it.
func (b *mapBuilder) signing(i int) []mapSigning {
	var out []mapSigning
	v := b.s.vettingOf([]int{i})
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		if b.gross[i][a].High == 0 {
			continue
		}
		c := b.proved[i][a] // what lists prove, where there is one
		if !b.s.hasList(b.s.partsOf(a), i) {
			c = b.conflicts[i][a]
		}
		told := v.audience(a)
		one := mapSigning{
			seller: b.s.Sellers[i].ID, name: b.s.Sellers[i].Name, audience: a, live: c.live, collide: c.collide, adds: told.Adds.Best,
		}
		if b.s.Exposure.OwnLists { // else there is no list to be new to
			one.fresh = float64(told.New)
		}
		out = append(out, one)
	}
	return out
}

// bases counts the sellers by what their figures rest on, in the order met behind
// those with lists.
func (b *mapBuilder) bases() []basisCount {
	out := []basisCount{{basis: bounds.BasisList}}
	for i := range b.s.Sellers {
		if !b.s.counts(i) || b.weight(i) == 0 {
			continue
		}
		basis := cmp.Or(b.basisOf(i), bounds.BasisList)
		n := slices.IndexFunc(out, func(c basisCount) bool { return c.basis == basis })
		if n < 0 {
			n = len(out)
			out = append(out, basisCount{basis: basis})
		}
		out[n].sellers++
	}
	return out
}

// basisOf is empty for a seller with a list, else the basis of its first figure.
func (b *mapBuilder) basisOf(i int) string {
	basis := ""
	for _, p := range b.s.parts {
		if p.listed.Has(i) {
			return ""
		}
		for _, k := range p.known {
			if k.seller == i && basis == "" {
				basis = string(k.reach.Basis)
			}
		}
	}
	return basis
}
