package graph

import (
	"fmt"
	"slices"
	"strings"
)

// reaches judges the figures of channels and partners.
func (c *checker) reaches() {
	for _, ch := range c.e.Channels {
		subject := "channel " + quote(ch.ID)
		c.reachesOf(subject, ch.Reaches, ch.Audiences)
		for _, r := range ch.Reaches {
			if r.Of.Upstream {
				c.complain(c.at(r.At, "of"), fmt.Sprintf("reach of %s is of upstream, and a channel has no supplier", subject), "a share of the segment", "")
			}
		}
	}
	for _, p := range c.e.Partners {
		subject := "partner " + quote(p.ID)
		c.reachesOf(subject, p.Reaches, p.Audiences)
		for _, r := range p.Reaches {
			if r.Of.Upstream && onlyVendor(p.SuppliedBy) {
				c.complain(c.at(r.At, "of"), fmt.Sprintf("reach of %s is of upstream, and the vendor is its only supplier", subject), "supplied_by: with another partner, or a share of the segment", "")
			}
		}
	}
}

func onlyVendor(supplies []Supply) bool {
	return !slices.ContainsFunc(supplies, func(s Supply) bool { return s.From != FromVendor })
}

func (c *checker) reachesOf(subject string, reaches []KnownReach, serves []Audience) {
	told := map[string]bool{}
	for _, r := range reaches {
		c.figures(r.At, "reach of "+subject, r.Share != nil, r.Count != nil, false)
		if r.Count != nil && r.Of != (ShareOf{}) {
			c.complain(c.at(r.At, "of"), "reach of "+subject+" is a count of something", "of only with share", "")
		}
		c.served(c.at(r.At, "segment"), subject, r.Segment, serves)
		if told[r.Segment] && r.Segment != "" {
			c.complain(c.at(r.At, "segment"), fmt.Sprintf("%s has two figures for segment %s", subject, quote(r.Segment)), "one; limits such as 0.3..0.5 where they differ", "")
		}
		told[r.Segment] = true
	}
}

// figures asks for exactly one figure.
func (c *checker) figures(at Position, subject string, share, count, sample bool) {
	given := 0
	for _, g := range []bool{share, count, sample} {
		if g {
			given++
		}
	}
	switch {
	case c.e.where.isBroken(at):
	case given == 0:
		c.complain(c.at(at, ""), subject+" has no figure", "share or count", "")
	case given > 1:
		c.complain(c.at(at, "count"), subject+" has more than one figure", "either share or count", "")
	}
}

// served asks whether a pathway serves the audience of a segment that it is
// said to reach.
func (c *checker) served(at Position, subject, segment string, serves []Audience) {
	a := c.audience[segment]
	if a != Users && a != Buyers || len(serves) == 0 || slices.Contains(serves, a) {
		return // an audience that is none is told where the segment stands
	}
	c.complain(at, fmt.Sprintf("%s serves %s, and segment %s is of %s", subject, serves[0], quote(segment), a),
		"a segment of its audience", fmt.Sprintf("audiences: [%s, %s] where it serves both", serves[0], a))
}

// overlaps judges the known overlaps one by one.
func (c *checker) overlaps() {
	serves := map[string][]Audience{}
	for _, ch := range c.e.Channels {
		serves[ch.ID] = ch.Audiences
	}
	for _, p := range c.e.Partners {
		serves[p.ID] = p.Audiences
	}
	for _, o := range c.e.Overlaps {
		c.between(o)
		c.figures(o.At, "overlap of "+pathways(o.Between), o.Share != nil, o.Count != nil, o.Sample != nil)
		for i, id := range o.Between {
			c.served(c.at(o.At, indexed("between", i)), "pathway "+quote(id), o.Segment, serves[id])
		}
		if o.Sample != nil {
			c.sample(o)
		}
	}
}

func (c *checker) between(o KnownOverlap) {
	distinct := slices.Compact(slices.Sorted(slices.Values(o.Between)))
	if len(distinct) < 2 && !c.e.where.isBroken(o.At) {
		c.complain(c.at(o.At, "between"), "overlap is between "+number(len(distinct), "pathway"), "two or more channels or partners", "")
	} else if len(distinct) < len(o.Between) {
		c.complain(c.at(o.At, "between"), "overlap of "+pathways(o.Between)+" names a pathway twice", "each once", "")
	}
}

func (c *checker) sample(o KnownOverlap) {
	s := o.Sample
	if s.Hits > s.Drawn {
		c.complain(c.at(o.At, "sample.hits"), fmt.Sprintf("sample has %d hits of %d drawn", s.Hits, s.Drawn), "no more hits than drawn", "")
	}
	if s.Of != "" && !slices.Contains(o.Between, s.Of) {
		c.unknown(c.at(o.At, "sample.of"), fmt.Sprintf("sample is of %s, which the overlap is not between", quote(s.Of)), s.Of, o.Between)
	}
}

// pathways names the ends of an overlap: "a and b", "a, b and c".
func pathways(ids []string) string {
	switch len(ids) {
	case 0:
		return "nothing"
	case 1:
		return ids[0]
	}
	return strings.Join(ids[:len(ids)-1], ", ") + " and " + ids[len(ids)-1]
}

// source asks for something that tells who is reached.
func (c *checker) source() {
	figures := func(reaches []KnownReach) bool { return len(reaches) > 0 }
	switch {
	case len(c.e.Lists) > 0:
	case slices.ContainsFunc(c.e.Channels, func(ch Channel) bool { return figures(ch.Reaches) }):
	case slices.ContainsFunc(c.e.Partners, func(p Partner) bool { return figures(p.Reaches) }):
	default:
		c.complain(c.at(Position{}, ""), "nothing tells who is reached", "a list under lists:, or accounts: (a file) or reaches: (figures) of a channel or a partner", "")
	}
}
