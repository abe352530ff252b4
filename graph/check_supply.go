package graph

import (
	"slices"
	"strings"
)

// supply finds partners that supply one another in a circle, which no product
// can enter. Every circle found is named once; the walk is that of a depth-first
// search without recursion, in time linear in the number of supplies.
func (c *checker) supply() {
	partners := make(map[string]*Partner, len(c.e.Partners))
	for i := range c.e.Partners {
		partners[c.e.Partners[i].ID] = &c.e.Partners[i]
	}
	done := map[*Partner]bool{}
	for i := range c.e.Partners {
		c.supplyFrom(&c.e.Partners[i], partners, done)
	}
}

// step is a partner on the way from a partner up to its suppliers.
type step struct {
	partner *Partner
	next    int // of its suppliers
}

func (c *checker) supplyFrom(start *Partner, partners map[string]*Partner, done map[*Partner]bool) {
	if done[start] {
		return
	}
	way, on := []step{{partner: start}}, map[*Partner]bool{start: true}
	for len(way) > 0 {
		top := &way[len(way)-1]
		if top.next == len(top.partner.SuppliedBy) {
			done[top.partner], on[top.partner] = true, false
			way = way[:len(way)-1]
			continue
		}
		supply := top.partner.SuppliedBy[top.next]
		top.next++
		switch supplier := partners[supply.From]; {
		case supplier == nil || done[supplier] || supply.From == FromVendor:
		case on[supplier]:
			c.circle(way, supplier, supply)
		default:
			on[supplier] = true
			way = append(way, step{partner: supplier})
		}
	}
}

// circle complains of a way that leads back to a supplier on it, written in the
// direction in which the product would flow.
func (c *checker) circle(way []step, back *Partner, supply Supply) {
	from := slices.IndexFunc(way, func(s step) bool { return s.partner == back })
	ids := []string{back.ID}
	for i := len(way) - 1; i >= from; i-- {
		ids = append(ids, way[i].partner.ID)
	}
	const most = 12
	if len(ids) > most {
		ids = slices.Concat(ids[:most/2], []string{"..."}, ids[len(ids)-most/2:])
	}
	c.complain(c.at(supply.At, "from"), "partners supply one another in a circle: "+strings.Join(ids, " -> "), "suppliers that lead to the vendor", "")
}
