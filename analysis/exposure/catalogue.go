package exposure

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// catalogue tells sellers by the names that lists use, and takes in those that
// the ecosystem does not declare.
type catalogue struct {
	eco      *graph.Ecosystem
	declared *identity.Partners
	channels map[string]int // by id and by name, folded
	products map[string]string
	segments map[string]int
	sellers  []graph.Seller
	number   map[[2]int]int // channel, partner -> seller
	added    map[string]int // folded name -> partner
	taken    map[string]bool
	more     []graph.Partner
}

func newCatalogue(eco *graph.Ecosystem) (*catalogue, []identity.Problem) {
	declared, problems := identity.NewPartners(eco)
	c := &catalogue{
		eco:      eco,
		declared: declared,
		channels: map[string]int{},
		products: map[string]string{},
		segments: map[string]int{},
		number:   map[[2]int]int{},
		added:    map[string]int{},
		taken:    map[string]bool{graph.FromVendor: true},
	}
	for _, s := range eco.Sellers() {
		c.enter(s)
	}
	c.nameThings()
	return c, problems
}

func (c *catalogue) enter(s graph.Seller) {
	c.number[[2]int{s.Channel, s.Partner}] = len(c.sellers)
	c.sellers = append(c.sellers, s)
	c.taken[s.ID] = true
}

// nameThings learns ids and names of channels, products and segments; where two
// share a name the first has it.
func (c *catalogue) nameThings() {
	for i := len(c.eco.Channels) - 1; i >= 0; i-- {
		c.channels[identity.FoldSpelling(c.eco.Channels[i].Name)] = i
		c.channels[c.eco.Channels[i].ID] = i
	}
	for i := len(c.eco.Products) - 1; i >= 0; i-- {
		c.products[identity.FoldSpelling(c.eco.Products[i].Name)] = c.eco.Products[i].ID
		c.products[c.eco.Products[i].ID] = c.eco.Products[i].ID
	}
	for i := len(c.eco.Segments) - 1; i >= 0; i-- {
		c.segments[identity.FoldSpelling(c.eco.Segments[i].Name)] = i
		c.segments[c.eco.Segments[i].ID] = i
	}
}

// channel finds a channel by id or name, -1 where there is none.
func (c *catalogue) channel(text string) int { return find(c.channels, text) }

func find(names map[string]int, text string) int {
	if text == "" {
		return -1
	}
	if i, ok := names[text]; ok {
		return i
	}
	if i, ok := names[identity.FoldSpelling(text)]; ok {
		return i
	}
	return -1
}

// product finds a product by id or name. Where the ecosystem declares none, the
// text itself tells products apart.
func (c *catalogue) product(text string) (id string, known bool) {
	if text == "" {
		return "", true
	}
	folded := identity.FoldSpelling(text)
	if len(c.eco.Products) == 0 {
		return folded, true
	}
	id, known = c.products[folded]
	return id, known
}

// declaredPartner finds a partner that the ecosystem declares by a name that a
// list uses.
func (c *catalogue) declaredPartner(text string) (int, bool) {
	m := c.declared.Find(text)
	return m.Partner, m.Outcome == identity.One
}

// partner finds a partner, declared or added, by a name that a list uses.
func (c *catalogue) partner(text string) (int, bool) {
	if p, ok := c.declaredPartner(text); ok {
		return p, true
	}
	p, ok := c.added[identity.FoldSpelling(text)]
	return p, ok
}

// party finds the seller that a list names beside a row's own: a partner, or a
// channel by itself.
func (c *catalogue) party(text string) (int, bool) {
	if text == "" {
		return 0, false
	}
	if p, ok := c.partner(text); ok {
		return c.sellerOf(p, -1), true
	}
	if ch := c.channel(text); ch >= 0 {
		return c.number[[2]int{ch, -1}], true
	}
	return 0, false
}

// sellerOf is the seller of a partner in a channel, or in its first one where it
// is not in that.
func (c *catalogue) sellerOf(partner, channel int) int {
	if s, ok := c.number[[2]int{channel, partner}]; ok {
		return s
	}
	return c.number[[2]int{c.channels[c.get(partner).Channels[0]], partner}]
}

func (c *catalogue) get(partner int) *graph.Partner {
	if n := len(c.eco.Partners); partner >= n {
		return &c.more[partner-n]
	}
	return &c.eco.Partners[partner]
}

// undeclared is the seller of a partner that only lists name: the same partner
// for all of them.
func (c *catalogue) undeclared(name string, channel int, grey bool) int {
	partner, ok := c.partner(name)
	if !ok {
		partner = c.add(name, channel, grey)
	}
	return c.sellerOf(partner, channel)
}

// add takes in a partner that only a list names, in the list's channel.
func (c *catalogue) add(name string, channel int, grey bool) int {
	ch := c.eco.Channels[channel]
	p := graph.Partner{
		ID: c.freshID(name), Name: name,
		Channel: ch.ID, Channels: []string{ch.ID},
		Stage: graph.Managed, Audiences: ch.Audiences, Roles: ch.Roles, Equity: ch.Equity,
		SuppliedBy: []graph.Supply{{From: graph.FromVendor, Edge: graph.PerAccount}},
		Undeclared: true, Grey: grey,
	}
	number := len(c.eco.Partners) + len(c.more)
	c.more = append(c.more, p)
	c.added[identity.FoldSpelling(name)] = number
	c.enter(graph.Seller{ID: p.ID, Name: p.Name, Channel: channel, Partner: number})
	return number
}

// freshID makes an id of a name: lower case, hyphens for all but letters and
// digits, a number where it is taken.
func (c *catalogue) freshID(name string) string {
	id := slug(name)
	for n := 2; c.taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", slug(name), n)
	}
	return id
}

func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) == 0 {
		return "partner"
	}
	return strings.Join(words, "-")
}

// ecosystem is the one that was read with the partners that lists added.
func (c *catalogue) ecosystem() *graph.Ecosystem { return c.eco.WithPartners(c.more) }

// isVendor reports whether a name that a list uses is the vendor's own.
func (c *catalogue) isVendor(text string) bool {
	return identity.FoldSpelling(text) == identity.FoldSpelling(c.eco.Vendor)
}

// ownChannel is the channel of a list of ours that names none: the first that
// sells to buyers directly, else the first direct one; -1 where there is none.
func (c *catalogue) ownChannel() int {
	own := -1
	for i, ch := range c.eco.Channels {
		if ch.Kind == graph.DirectBuyer {
			return i
		}
		if own < 0 && ch.Kind.Direct() {
			own = i
		}
	}
	return own
}
