package graph

import (
	"slices"
	"strings"
)

// Seller is the end of a pathway: the channel or the partner that hands the
// product to the member. A membership belongs to its last seller, so supply
// paths never multiply members. A partner of two channels is two sellers.
type Seller struct {
	ID      string // of the channel or the partner; "partner@channel" from a partner's second channel on
	Name    string // of a partner in several channels, with the channel's
	Channel int    // index in Ecosystem.Channels
	Partner int    // index in Ecosystem.Partners, or -1 for the channel itself
}

// Sellers lists all possible ends of pathways: each channel by itself, then
// each partner in each of its channels, in the order of the file. Sellers that
// reach nobody are among them.
func (e *Ecosystem) Sellers() []Seller {
	var all []Seller
	channel := map[string]int{}
	for i, c := range e.Channels {
		channel[c.ID] = i
		all = append(all, Seller{ID: c.ID, Name: c.Name, Channel: i, Partner: -1})
	}
	for i, p := range e.Partners {
		for n, c := range p.Channels {
			s := Seller{ID: p.ID, Name: p.Name, Channel: channel[c], Partner: i}
			if len(p.Channels) > 1 {
				s.Name += " (" + e.Channels[s.Channel].Name + ")"
			}
			if n > 0 {
				s.ID += "@" + c
			}
			all = append(all, s)
		}
	}
	return all
}

// Stage of the seller: that of its partner; channels of their own are managed.
func (e *Ecosystem) Stage(s Seller) Stage {
	if s.Partner < 0 {
		return Managed
	}
	return e.Partners[s.Partner].Stage
}

// Kind of the channel that the seller sells in.
func (e *Ecosystem) Kind(s Seller) Kind { return e.Channels[s.Channel].Kind }

// WithPartners returns a copy of the ecosystem with more partners, which lists
// name and the file does not. The receiver stays as it is.
func (e *Ecosystem) WithPartners(more []Partner) *Ecosystem {
	c := *e
	c.Partners = append(append([]Partner(nil), e.Partners...), more...)
	return &c
}

// Called reports whether a partner has a name: its id, its name or another spelling,
// in whatever case.
func (p *Partner) Called(name string) bool {
	same := func(own string) bool {
		return own != "" && strings.EqualFold(strings.TrimSpace(own), strings.TrimSpace(name))
	}
	return same(p.ID) || same(p.Name) || slices.ContainsFunc(p.AKA, same)
}
