package analysis

import (
	"cmp"
	"fmt"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// vetCost is what the partner costs, and what of the first year falls on each
// buyer that it adds: between the limits of what it adds.
func (s *Study) vetCost(v *vetting) *VetCost {
	c := s.Ecosystem.Partners[v.partner].Cost
	open, yearly := s.inCurrency(c.Open), s.inCurrency(c.Yearly)
	if open.IsZero() && yearly.IsZero() {
		return nil
	}
	out := &VetCost{Open: Sum{open}, Yearly: Sum{yearly}}
	adds := v.audience(graph.Buyers).Adds
	first := open.Add(yearly).InexactFloat64()
	if adds.Low > 0 {
		out.PerNew = &figure.Figure{Low: first / adds.High, Best: first / adds.Best, High: first / adds.Low, Basis: adds.Basis}
	}
	return out
}

// vetOffering tells what the partner's offering lacks, and which of its products
// can replace ours.
func (s *Study) vetOffering(partner int) VetOffering {
	p := &s.Ecosystem.Partners[partner]
	out := VetOffering{Lacks: []string{}, Unknown: []string{}, Bespoke: []string{}, Substitutes: []VetSubstitution{}}
	for _, part := range []struct{ name, is string }{
		{"product", p.Offering.Product}, {"pricing", p.Offering.Pricing}, {"terms", p.Offering.Terms},
		{"capabilities", p.Offering.Capabilities}, {"services", p.Offering.Services},
	} {
		switch part.is {
		case "none":
			out.Lacks = append(out.Lacks, part.name)
		case "bespoke":
			out.Bespoke = append(out.Bespoke, part.name)
		case "":
			out.Unknown = append(out.Unknown, part.name)
		}
	}
	for _, x := range p.Substitutes {
		out.Substitutes = append(out.Substitutes, VetSubstitution{x.Name, cmp.Or(s.productName(x.Product), "our product"), x.Owns})
	}
	return out
}

// vetClaims lists the figures that the ecosystem gives for the partner.
func (s *Study) vetClaims(v *vetting) []VetClaim {
	out := []VetClaim{}
	for i := range s.parts {
		p := &s.parts[i]
		for _, k := range p.known {
			for _, seller := range v.sellers {
				if k.seller == seller {
					out = append(out, VetClaim{s.segmentRef(p), k.members, shareGiven(&k.reach), k.reach.Source, k.reach.Dated.String(), !k.counted})
				}
			}
		}
	}
	return out
}

// shareGiven is the share that a figure was given as.
func shareGiven(r *graph.KnownReach) string {
	switch {
	case r.Share == nil:
		return ""
	case r.Share.Low == r.Share.High:
		return Percent(r.Share.Low)
	}
	return Percent(r.Share.Low) + " to " + Percent(r.Share.High)
}

// nextSteps says what to ask for, the most useful first.
func nextSteps(s *Study, v *vetting, r *Vet) []string {
	out := []string{}
	out = append(out, r.Verdict.Missing...)
	for _, p := range r.Promises {
		switch {
		case !p.Proven || p.Clause == nil || p.Members == 0:
		case p.Own:
			out = append(out, fmt.Sprintf("Ask %s whether its term could leave out the %s that %s reaches", r.Partner.Name, accounts(int(p.Members)), p.Breaker.Name))
		default:
			out = append(out, fmt.Sprintf("Ask %s whether it would take a contract without the %s inside %s's term", r.Partner.Name, accounts(int(p.Members)), p.Clause.Partner.Name))
		}
	}
	for _, a := range r.Audiences {
		if a.Unresolved > 0 && len(r.Verdict.Missing) == 0 {
			out = append(out, "Ask for "+websites(a.Unresolved))
		}
		if a.Openings > 0 {
			out = append(out, fmt.Sprintf("Ask for introductions: %s that we want and nobody else has sold to", Members(float64(a.Openings), a.Audience)))
		}
		if onlyRelationships(a) {
			out = append(out, "Ask which of its accounts buy products like ours: its list shows relationships alone, and what could collide may never do")
		}
	}
	for _, part := range r.Offering.Lacks {
		out = append(out, fmt.Sprintf("Agree on who brings the %s: the partner has none", part))
	}
	return out
}

// websites are those of so many names.
func websites(n int64) string {
	if n == 1 {
		return "the website of 1 name that fits no account or several"
	}
	return fmt.Sprintf("the websites of %s names that fit no account or several", Number(float64(n)))
}

// onlyRelationships reports whether nothing in the partner's rows says who bought
// what.
func onlyRelationships(a VetAudience) bool {
	for _, g := range a.Grid {
		if g.P != graph.Relationship {
			return false
		}
	}
	return len(a.Grid) > 0
}
