package graph

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// wide is an ecosystem of 10 channels, 20 segments and many partners, each
// supplied by up to three of the partners before it and reaching five segments.
func wide(partners int) *Ecosystem {
	r := rand.New(rand.NewPCG(1, 1))
	e := &Ecosystem{Vendor: "V"}
	for i := range 20 {
		e.Segments = append(e.Segments, Segment{ID: fmt.Sprint("s", i), Audience: Buyers})
	}
	for i := range 10 {
		e.Channels = append(e.Channels, Channel{ID: fmt.Sprint("c", i), Kind: Reseller})
	}
	for i := range partners {
		p := Partner{ID: fmt.Sprint("p", i), Channels: []string{fmt.Sprint("c", r.IntN(10))}}
		for range min(i, r.IntN(4)) {
			p.SuppliedBy = append(p.SuppliedBy, Supply{From: fmt.Sprint("p", r.IntN(i))})
		}
		for range 5 {
			p.Reaches = append(p.Reaches, KnownReach{Segment: fmt.Sprint("s", r.IntN(20))})
		}
		e.Partners = append(e.Partners, p)
	}
	return e
}

func BenchmarkNewNetwork(b *testing.B) {
	e := wide(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewNetwork(e, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTraversal(b *testing.B) {
	n := mustNetwork(b, wide(10_000))
	for name, visit := range map[string]func(){
		"uncovered": func() { n.Uncovered(n.PartnerID(1)) },
		"count":     func() { n.CountPathways(3) },
		"list":      func() { n.Pathways(3, 100) },
		"disjoint":  func() { n.DisjointPathways(3) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				visit()
			}
		})
	}
}
