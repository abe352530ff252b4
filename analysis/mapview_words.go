package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// addWords writes the sentences under the title and the footer.
func (b *mapBuilder) addWords() {
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		if parts := b.s.partsOf(a); len(parts) > 0 {
			b.m.Sentences = append(b.m.Sentences, b.todaySentence(a, parts))
		}
	}
	for i := range b.s.Sellers {
		if b.s.candidates.Has(i) {
			b.m.Sentences = append(b.m.Sentences, b.candidateSentences(i)...)
		}
	}
	b.m.Footer = append(b.m.Footer, b.basisSentence())
	for _, party := range b.s.Head().NDA {
		b.m.Footer = append(b.m.Footer, "Holds data given under an agreement with "+party+": keep it to those whom that allows.")
	}
}

// todaySentence tells what is reached today: "Buyers: 15,900 of 22,000 reached
// (72%); 1,730 in live conflict today."
func (b *mapBuilder) todaySentence(a graph.Audience, parts []*part) string {
	t := b.s.totals(parts, 0)
	words := fmt.Sprintf("%s: %s reached", title(a), Number(t.Net.Best))
	if t.Addressable != nil {
		words = fmt.Sprintf("%s: %s of %s reached (%s)", title(a), Number(t.Net.Best), Number(*t.Addressable), Percent(t.Coverage.Best))
	}
	if live := b.overlaps[a].worst[conflict.Live]; live > 0 {
		words += fmt.Sprintf("; %s in live conflict today", Number(live))
	}
	return words + "."
}

// candidateSentences tells what signing a candidate would add, audience by
// audience: "Signing SHI: +1,406 buyers, 528 of them new to us; 1,483 could
// collide."
func (b *mapBuilder) candidateSentences(i int) []string {
	var out []string
	contracted := b.s.today.Union(b.s.signed)
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		if b.gross[i][a].High == 0 {
			continue
		}
		adds := b.s.incremental(b.s.partsOf(a), figure.SellersOf(len(b.s.Sellers), i), contracted)
		c := b.proved[i][a] // what lists prove, where there is one
		if !b.s.hasList(b.s.partsOf(a), i) {
			c = b.conflicts[i][a]
		}
		words := fmt.Sprintf("Signing %s: +%s", b.s.Sellers[i].Name, Members(adds.Best, a))
		if fresh := b.s.newToUs(i, a); fresh > 0 {
			words += fmt.Sprintf(", %s of them new to us", Number(fresh))
		}
		var meets []string
		if c.live > 0 {
			meets = append(meets, Number(c.live)+" in live conflict")
		}
		if c.collide > 0 {
			meets = append(meets, Number(c.collide)+" could collide")
		}
		if len(meets) > 0 {
			words += "; " + strings.Join(meets, ", ")
		}
		out = append(out, words+".")
	}
	return out
}

// newToUs counts the members that lists show reached over a seller that is not
// contracted, over none that is, and that no channel of ours knows of. It is 0
// where we have no list to know from.
func (s *Study) newToUs(seller int, a graph.Audience) float64 {
	contracted := s.today.Union(s.signed)
	var n float64
	for _, p := range s.partsOf(a) {
		if p.cell == nil || !s.Exposure.OwnLists {
			continue
		}
		for i := range p.cell.Sets {
			set := &p.cell.Sets[i]
			if s.reachedBy(p.table, set, figure.SellersOf(len(s.Sellers), seller)) && !s.reachedBy(p.table, set, contracted) && !s.knownToUs(p.table, set) {
				n += float64(set.Members)
			}
		}
	}
	return n
}

// knownToUs reports whether a channel of ours has the members in a list, if only
// as targets.
func (s *Study) knownToUs(t *exposure.Table, set *exposure.Set) bool {
	return slices.ContainsFunc(set.Touches, func(i int) bool {
		return s.Ecosystem.Kind(s.Sellers[t.Touches[i].Seller]).Direct()
	})
}

// basisSentence tells what the figures rest on: "6 of 9 pathways from lists, 2
// reported, 1 claimed."
func (b *mapBuilder) basisSentence() string {
	lists, total := 0, 0
	byBasis := map[string]int{}
	order := []string{}
	for i := range b.s.Sellers {
		if !b.s.counts(i) || b.weight(i) == 0 {
			continue
		}
		total++
		basis := b.basisOf(i)
		if basis == "" {
			lists++
			continue
		}
		if byBasis[basis] == 0 {
			order = append(order, basis)
		}
		byBasis[basis]++
	}
	words := []string{fmt.Sprintf("%d of %d pathways from lists", lists, total)}
	for _, o := range order {
		words = append(words, fmt.Sprintf("%d %s", byBasis[o], o))
	}
	return "Figures: " + strings.Join(words, ", ") + "."
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
