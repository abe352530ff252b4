package graph

import (
	"fmt"
	"slices"
)

// partners judges channels and what partners say about them.
func (c *checker) partners() {
	for i := range c.e.Channels {
		c.channel(&c.e.Channels[i])
	}
	channels := c.e.channelsByID()
	for i := range c.e.Partners {
		p := &c.e.Partners[i]
		c.channelsOf(p)
		for j, id := range p.Channels {
			if ch := channels[id]; ch != nil {
				c.membership(p, ch, c.at(p.At, indexed("channels", j)))
			}
		}
		c.suppliers(p)
	}
	for i, s := range c.e.Assumptions.Sigma {
		if len(s.Between) != 2 {
			c.complain(c.at(Position{}, indexed("assumptions.sigma", i)), "sigma is between "+number(len(s.Between), "kind"), "two kinds, such as [reseller, marketplace]", "")
		}
	}
}

func (c *checker) channel(ch *Channel) {
	if ch.Form != "" && ch.Kind != Distributor {
		c.complain(c.at(ch.At, "form"), fmt.Sprintf("form of channel %s is %s, and its kind is %s", quote(ch.ID), quote(ch.Form), quote(string(ch.Kind))), "a form only of kind: distributor", "")
	}
	if len(ch.Audiences) == 0 && ch.Kind != "" && !c.e.where.isBroken(ch.At) && slices.Contains(kindWords(), string(ch.Kind)) {
		c.complain(c.at(ch.At, "audiences"), fmt.Sprintf("channel %s serves no audience", quote(ch.ID)), "users, buyers or both", "")
	}
}

// channelsOf judges how a partner says where it belongs.
func (c *checker) channelsOf(p *Partner) {
	subject := "partner " + quote(p.ID)
	switch {
	case len(p.Channels) == 0:
		if !c.e.where.isBroken(p.At) {
			c.complain(c.at(p.At, ""), subject+" has no channel", "channel: and the id of a channel", "")
		}
		return
	case p.Channel != p.Channels[0]:
		c.complain(c.at(p.At, "channel"), fmt.Sprintf("%s has channel %s, and its channels begin with %s", subject, quote(p.Channel), quote(p.Channels[0])), "one of the two keys", "")
	}
	for i, id := range p.Channels {
		if slices.Contains(p.Channels[:i], id) {
			c.complain(c.at(p.At, indexed("channels", i)), fmt.Sprintf("%s names channel %s twice", subject, quote(id)), "each channel once", "")
		}
	}
}

func (c *checker) membership(p *Partner, ch *Channel, at Position) {
	if ch.Kind.Direct() {
		c.complain(at, fmt.Sprintf("partner %s is in channel %s, which is the vendor's own (%s)", quote(p.ID), quote(ch.ID), ch.Kind), "a channel of another kind", "")
	}
}

func (c *checker) suppliers(p *Partner) {
	for i, s := range p.SuppliedBy {
		same := func(o Supply) bool { return o.From == s.From }
		if s.From != "" && slices.ContainsFunc(p.SuppliedBy[:i], same) {
			c.complain(c.at(s.At, "from"), fmt.Sprintf("partner %s is supplied twice by %s", quote(p.ID), quote(s.From)), "each supplier once", "")
		}
	}
}

// number writes a count with its noun: "1 kind", "3 kinds".
func number(n int, noun string) string { return amount(float64(n), noun) }

func amount(v float64, noun string) string {
	if v == 1 {
		return "1 " + noun
	}
	return plain(v) + " " + noun + "s"
}
