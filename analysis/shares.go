package analysis

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// addShares takes the figures that the ecosystem gives for a segment. Where the
// seller has a list there, the list counts and the figure stands beside it.
func (s *Study) addShares(p *part) {
	for i := range s.Sellers {
		for _, r := range s.knownReaches(i) {
			if r.Segment != s.Ecosystem.Segments[p.segment].ID || !s.counts(i) {
				continue
			}
			k := knownShare{seller: i, reach: r, members: s.membersOf(p, i, r), counted: p.listed.Has(i)}
			p.known = append(p.known, k)
			if !k.counted {
				p.shares = append(p.shares, bounds.Share{Seller: i, Members: k.members})
			}
		}
	}
}

// knownReaches gives the figures that the ecosystem holds for a seller. Those of
// a partner belong to its first channel.
func (s *Study) knownReaches(i int) []graph.KnownReach {
	seller := s.Sellers[i]
	if seller.Partner < 0 {
		return s.Ecosystem.Channels[seller.Channel].Reaches
	}
	p := s.Ecosystem.Partners[seller.Partner]
	if s.Ecosystem.Channels[seller.Channel].ID != p.Channel {
		return nil
	}
	return p.Reaches
}

// membersOf turns a figure into members: a count as it is, a share of the
// segment, of the partner's own denominator, or of what its suppliers reach.
func (s *Study) membersOf(p *part, seller int, r graph.KnownReach) figure.Figure {
	basis := string(r.Basis)
	if r.Count != nil {
		return between(*r.Count, 1, basis)
	}
	switch {
	case r.Of.Members > 0:
		return between(*r.Share, r.Of.Members, fmt.Sprintf("%s of %s", basis, Number(r.Of.Members)))
	case r.Of.Upstream:
		up := s.upstreamReach(p, seller)
		return figure.Figure{
			Low: r.Share.Low * up.Low, Best: r.Share.Middle() * up.Best, High: r.Share.High * up.High, Basis: basis,
		}
	default:
		return between(*r.Share, p.addressable, basis)
	}
}

func between(i graph.Interval, of float64, basis string) figure.Figure {
	return figure.Figure{Low: i.Low * of, Best: i.Middle() * of, High: i.High * of, Basis: basis}
}

// upstreamReach is what the suppliers of a seller reach in the segment: their
// lists and figures, at most one step up.
func (s *Study) upstreamReach(p *part, seller int) figure.Figure {
	of := figure.NewSellers(len(s.Sellers))
	var shares []bounds.Share
	for _, supply := range s.Ecosystem.Partners[s.Sellers[seller].Partner].SuppliedBy {
		for i, up := range s.Sellers {
			if up.ID != supply.From {
				continue
			}
			of.Add(i)
			for _, r := range s.knownReaches(i) {
				if r.Segment == s.Ecosystem.Segments[p.segment].ID && !p.listed.Has(i) {
					shares = append(shares, bounds.Share{Seller: i, Members: s.membersOf(p, i, r)})
				}
			}
		}
	}
	return bounds.New(len(s.Sellers), s.groups(p.table, p.cell), shares, p.addressable).Net(of)
}

// shareNotes reports overlap figures, which totals do not use, figures that lists
// replace, and segments of which lists hold more members than are declared.
func (s *Study) shareNotes() []list.Notice {
	var out []list.Notice
	if len(s.Ecosystem.Overlaps) > 0 {
		out = append(out, list.Notice{Code: "overlaps-beside-totals", Info: true, Text: "overlap figures are shown with their pairs; " +
			"totals do not use them yet, so that reach over shares may be narrower than the limits given"})
	}
	for _, p := range s.parts {
		for _, k := range p.known {
			if k.counted {
				out = append(out, s.replacedNote(p, k))
			}
		}
		if p.segment >= 0 && p.addressable > 0 && reached(p) > p.addressable {
			out = append(out, s.overfullNote(p))
		}
	}
	return out
}

func (s *Study) replacedNote(p part, k knownShare) list.Notice {
	counted := p.reach.Gross(k.seller).Best
	return list.Notice{Code: "figure-beside-list", Text: fmt.Sprintf(
		"%s in %s: the list has %s, the figure given (%s) is %s; the list counts",
		s.Sellers[k.seller].Name, s.Ecosystem.Segments[p.segment].Name, Number(counted), k.reach.Basis, Range(k.members))}
}

func (s *Study) overfullNote(p part) list.Notice {
	return list.Notice{Code: "more-than-addressable", Text: fmt.Sprintf(
		"%s: lists hold %s members, and only %s are declared addressable; coverage above 100%% is shown as it is",
		s.Ecosystem.Segments[p.segment].Name, Number(reached(p)), Number(p.addressable))}
}

// sellerNotes reports sellers that nobody authorised, whose reach counts nowhere,
// and partners that lists name and the file does not.
func (s *Study) sellerNotes() []list.Notice {
	var out []list.Notice
	added, rows := []string{}, 0
	for i, seller := range s.Sellers {
		if seller.Partner < 0 || !s.Ecosystem.Partners[seller.Partner].Undeclared {
			continue
		}
		if s.Ecosystem.Partners[seller.Partner].Grey {
			out = append(out, list.Notice{Code: "grey-seller", Count: s.Exposure.BySeller[i].Rows, Text: fmt.Sprintf(
				"%s sells without an authorised pathway; what it reaches counts nowhere", seller.Name)})
			continue
		}
		added = append(added, seller.Name)
		rows += s.Exposure.BySeller[i].Rows
	}
	if n := len(added); n > 0 {
		out = append(out, list.Notice{Code: "undeclared-added", Count: rows, Info: n == len(s.Ecosystem.Partners), Text: fmt.Sprintf(
			"%s named by lists and not declared, such as %s, and %s added; declare them, or write them under aka: of the partner they are",
			countWords(n, "partner is", "partners are"), added[0], pick(n, "was", "were"))})
	}
	return slices.Concat(out, s.termNotes(), s.policyNotes())
}

// policyNotes tells of findings that the policy forbids and no rule looks for yet:
// that none is found says nothing.
func (s *Study) policyNotes() []list.Notice {
	var out []list.Notice
	for _, slug := range s.Ecosystem.Policy.Forbid {
		if conflict.DocOf(string(slug)) == nil {
			out = append(out, list.Notice{Code: "forbidden-not-looked-for", Text: fmt.Sprintf(
				"the policy forbids %s, which is not looked for yet: that none is found says nothing", slug)})
		}
	}
	return out
}

// termNotes tells of exclusive terms that do not say where they hold.
func (s *Study) termNotes() []list.Notice {
	var out []list.Notice
	for i := range s.Ecosystem.Partners {
		p := &s.Ecosystem.Partners[i]
		for _, t := range p.Terms {
			if t.Kind == "exclusive" && len(t.Products)+len(t.Segments)+len(t.Territory) == 0 {
				out = append(out, list.Notice{Code: "term-without-scope", Places: []graph.Place{{File: filepath.Base(s.Ecosystem.File), Row: t.At.Line}}, Text: fmt.Sprintf(
					"the exclusive term of %s names no product, segment or territory; it is taken to cover every account. Write its scope", p.Name)})
			}
		}
	}
	return out
}

func countWords(n int, one, many string) string {
	return fmt.Sprintf("%s %s", Number(float64(n)), pick(n, one, many))
}

func pick(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// reached is the number of members of a part that lists show reached by anybody.
func reached(p part) float64 { return p.reach.Net(p.listed).Low }
