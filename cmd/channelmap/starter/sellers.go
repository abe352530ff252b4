package starter

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// partner is one that lists name.
type partner struct {
	id, name  string
	spellings []string
	channels  []string
}

// channels are those that the lists need.
func (c *composer) channels() {
	c.line("")
	c.line("channels:                         # kinds: direct-user, direct-buyer, marketplace, embed, platform,")
	c.line("                                  # reseller, distributor, integrator, referral")
	need := map[string]bool{}
	for _, p := range c.places {
		need[p.channel] = true
	}
	entries := []struct{ id, text string }{
		{selfServe, "  - {id: self-serve, name: Self-serve, kind: direct-user}"},
		{sales, "  - {id: sales, name: Direct sales, kind: direct-buyer}"},
		{marketplaces, "  - {id: marketplaces, name: Cloud marketplaces, kind: marketplace, audiences: [" + c.soldTo() + "]}"},
		{referrals, "  - {id: referrals, name: Referral partners, kind: referral}"},
		{partners, "  - {id: partners, name: Partners, kind: reseller}      # a guess: give each kind of partner a channel"},
	}
	for _, e := range entries {
		c.taken[e.id] = true
		if need[e.id] {
			c.line("%s", e.text)
		}
	}
}

// soldTo are the audiences of lists from marketplaces.
func (c *composer) soldTo() string {
	var out []string
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		if slices.ContainsFunc(c.places, func(p place) bool { return p.channel == marketplaces && p.of() == a }) {
			out = append(out, string(a))
		}
	}
	return strings.Join(out, ", ")
}

// partners are those that rows name, and those that files are named by or come
// from. Names that differ in case and spaces alone are one partner.
func (c *composer) partners() {
	c.called = map[string]*partner{}
	for _, p := range c.places {
		if p.partnerID != "" { // before others can take the id
			c.partner(p.partner, p)
		}
	}
	for i, p := range c.places {
		switch {
		case p.partner != "":
			c.partner(p.partner, p)
		case p.named:
			for _, name := range c.lists[i].Partners {
				c.partner(name, p)
			}
		}
	}
	for i, p := range c.known {
		if i == 0 {
			c.line("\npartners:")
		}
		c.line("  - {%s}", strings.Join(p.options(), ", "))
	}
}

// partner learns one that a list in some place names.
func (c *composer) partner(name string, in place) {
	p := c.called[foldSpelling(name)]
	if p == nil {
		p = &partner{id: in.partnerID, name: name, spellings: in.spellings}
		if p.id == "" || c.taken[p.id] {
			p.id = freshID(name, "partner", c.taken)
		}
		c.taken[p.id] = true
		c.known = append(c.known, p)
		for _, spelling := range append([]string{name}, in.spellings...) {
			c.called[foldSpelling(spelling)] = p
		}
	}
	if !slices.Contains(p.channels, in.channel) {
		p.channels = append(p.channels, in.channel)
	}
}

// options write the partner's entry.
func (p *partner) options() []string {
	out := []string{"id: " + scalar(p.id), "name: " + scalar(p.name)}
	if len(p.spellings) > 0 {
		out = append(out, "aka: ["+strings.Join(scalars(p.spellings), ", ")+"]")
	}
	if len(p.channels) == 1 {
		return append(out, "channel: "+p.channels[0])
	}
	return append(out, "channels: ["+strings.Join(p.channels, ", ")+"]")
}

func foldSpelling(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}
