package graph

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// DefaultPolicy is what holds where the ecosystem says nothing: one source is
// paid, and promises of exclusivity and of named accounts are not broken.
func DefaultPolicy() Policy {
	return Policy{
		Credit:      "one-source",
		Forbid:      []Slug{"exclusivity-clash", "named-account-breach"},
		MinUsers:    5,
		RenewalDays: 90,
		PriceGap:    0.08,
	}
}

func (p Policy) isZero() bool { return reflect.ValueOf(p).IsZero() }

// complete fills in what follows from the rest. It is called once, before the
// check, so nothing in it relies on references that resolve.
func (e *Ecosystem) complete() {
	e.Policy.Credit = cmp.Or(e.Policy.Credit, "one-source")
	for i := range e.Products {
		e.Products[i].Name = cmp.Or(e.Products[i].Name, e.Products[i].ID)
	}
	for i := range e.Territories {
		t := &e.Territories[i]
		t.Name = cmp.Or(t.Name, t.ID)
		for j, c := range t.Countries {
			if countryForm.MatchString(c) {
				t.Countries[j] = strings.ToUpper(c)
			}
		}
	}
	for i := range e.Segments {
		e.Segments[i].Name = cmp.Or(e.Segments[i].Name, e.Segments[i].ID)
	}
	for i := range e.Channels {
		e.Channels[i].complete()
	}
	channels := e.channelsByID()
	for i := range e.Partners {
		p := &e.Partners[i]
		p.complete(channels)
		e.where.also(p.At, "channel", "channels[0]")
	}
	e.completeLists(channels)
}

func (e *Ecosystem) channelsByID() map[string]*Channel {
	byID := make(map[string]*Channel, len(e.Channels))
	for i := range e.Channels {
		byID[e.Channels[i].ID] = &e.Channels[i]
	}
	return byID
}

func (c *Channel) complete() {
	facts, _ := c.Kind.Facts()
	c.Name = cmp.Or(c.Name, c.ID)
	c.Equity = cmp.Or(c.Equity, facts.Equity)
	if c.Audiences == nil {
		c.Audiences = slices.Clone(facts.Audiences)
	}
	if c.Roles == nil {
		c.Roles = slices.Clone(facts.Roles)
	}
	completeReaches(c.Reaches, facts.Basis)
}

// complete fills in a partner from its channels. Where several differ, it has
// the audiences of all and the roles of the first; see [Ecosystem.Roles].
func (p *Partner) complete(channels map[string]*Channel) {
	p.Name = cmp.Or(p.Name, p.ID)
	p.Stage = cmp.Or(p.Stage, Managed)
	if p.Channel == "" && len(p.Channels) > 0 {
		p.Channel = p.Channels[0]
	}
	if len(p.Channels) == 0 && p.Channel != "" {
		p.Channels = []string{p.Channel}
	}
	if p.SuppliedBy == nil {
		p.SuppliedBy = []Supply{{From: FromVendor, At: p.At}}
	}
	for i := range p.SuppliedBy {
		p.SuppliedBy[i].Edge = cmp.Or(p.SuppliedBy[i].Edge, PerAccount)
	}
	p.inherits = inherited{audiences: p.Audiences == nil, roles: p.Roles == nil}
	for _, id := range p.Channels {
		if c := channels[id]; c != nil {
			p.inherit(c)
		}
	}
}

func (p *Partner) inherit(c *Channel) {
	p.Equity = cmp.Or(p.Equity, c.Equity)
	if p.Roles == nil {
		p.Roles = slices.Clone(c.Roles)
	}
	for _, a := range c.Audiences {
		if p.inherits.audiences && !slices.Contains(p.Audiences, a) {
			p.Audiences = append(p.Audiences, a)
		}
	}
	facts, _ := c.Kind.Facts()
	completeReaches(p.Reaches, facts.Basis)
}

func completeReaches(reaches []KnownReach, usual Basis) {
	for i := range reaches {
		reaches[i].Basis = cmp.Or(reaches[i].Basis, usual)
	}
}

// completeLists appends the lists that channels and partners name, and tells
// every list its channel where a partner implies it.
func (e *Ecosystem) completeLists(channels map[string]*Channel) {
	for i := range e.Channels {
		if c := &e.Channels[i]; c.Accounts != nil {
			c.Accounts.Channel = cmp.Or(c.Accounts.Channel, c.ID)
			e.Lists = append(e.Lists, *c.Accounts)
		}
	}
	partners := make(map[string]*Partner, len(e.Partners))
	for i := range e.Partners {
		p := &e.Partners[i]
		partners[p.ID] = p
		if p.Accounts != nil {
			p.Accounts.Partner = cmp.Or(p.Accounts.Partner, p.ID)
			e.Lists = append(e.Lists, *p.Accounts)
		}
	}
	for i := range e.Lists {
		l := &e.Lists[i]
		if p := partners[l.Partner]; p != nil {
			l.Channel = cmp.Or(l.Channel, p.Channel)
		}
		if c := channels[l.Channel]; c != nil && c.Kind.Direct() {
			l.Own = true
		}
		l.Undeclared = cmp.Or(l.Undeclared, UndeclaredAdd)
	}
}

// Roles of a seller: those written for its partner, else those of its channel.
func (e *Ecosystem) Roles(s Seller) []Role {
	if s.Partner >= 0 {
		if p := &e.Partners[s.Partner]; len(p.Roles) > 0 && !p.inherits.roles {
			return p.Roles
		}
	}
	return e.Channels[s.Channel].Roles
}

// Audiences of a seller: those written for its partner, else those of its
// channel.
func (e *Ecosystem) Audiences(s Seller) []Audience {
	if s.Partner >= 0 {
		if p := &e.Partners[s.Partner]; len(p.Audiences) > 0 && !p.inherits.audiences {
			return p.Audiences
		}
	}
	return e.Channels[s.Channel].Audiences
}
