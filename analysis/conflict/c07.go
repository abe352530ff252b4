package conflict

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

var exclusivity = &finder{
	doc: Doc{
		ID: "C07", Slug: "exclusivity-clash", Name: "Exclusivity clash",
		Means:    "A partner sells, or would sell, where another was promised to be the only one.",
		Pattern:  "An exclusive term of a partner, promised by us and in force on the day, covers a member: its segment, its country in a territory of the term, the product, and the account is in no file of exceptions. Another partner that can be on the paper there (role transact) reaches the member with a customer, an open deal or a relationship of its own, and no deal joins it with the holder. What the holder supplies to it, it sells for the holder; one that supplies the holder breaks nothing by a relationship. Against everyone, our own channels count too. A candidate counts like any other. Where a seller has no list and only its declared territory and products meet the term, or a figure without a list is all that shows its reach in a segment of the term, or it is supplied by the holder and by others too, the clash is possible and not proven.",
		Evidence: "The rows of the other partner inside the term, and the term itself.",
		Money:    "None: a promise is kept or broken. The term's penalty and minimum are printed.", Confidence: namesLow,
		Promise: true,
		Remedies: []Remedy{
			{Text: "Carve the accounts out in the new partner's contract", Changes: "the clash is gone; the reach inside the term is lost to the new partner", LegalReview: true},
			{Text: "Let the new partner sell another product there", Changes: "the term no longer covers what it sells", LegalReview: true},
			{Text: "Wait until the term ends, or agree to end it", Changes: "the clash ends with the term", LegalReview: true},
		},
	},
	audiences: membersAudiences,
	members:   clashes,
	whole:     possibleClashes,
}

func clashes(at *At, hits []Hit) []Hit {
	for _, c := range at.terms {
		if at.covers(c) {
			hits = at.inside(c, hits)
		}
	}
	return hits
}

// exclusiveTerms lists the exclusive terms that we promised and that are in force
// on the day.
func (f *Facts) exclusiveTerms() []*Clause {
	var all []*Clause
	for i := range f.eco().Partners {
		p := &f.eco().Partners[i]
		for n := range p.Terms {
			t := &p.Terms[n]
			if t.Kind == "exclusive" && t.By != "partner" && f.inForce(t) && p.Stage != graph.Ended {
				all = append(all, &Clause{i, n, t})
			}
		}
	}
	return all
}

func (f *Facts) inForce(t *graph.Term) bool {
	return t.From.Compare(f.AsOf) <= 0 && (t.Until.IsZero() || f.AsOf.Compare(t.Until) <= 0)
}

// covers reports whether the members are inside the scope of a term.
func (at *At) covers(c *Clause) bool {
	t := c.Term
	if len(t.Segments) > 0 && (at.Segment < 0 || !slices.Contains(t.Segments, at.eco().Segments[at.Segment].ID)) {
		return false
	}
	inTerritory := func(id string) bool { return at.marked(exposure.MarkTerritory, id) }
	if len(t.Territory) > 0 && !slices.ContainsFunc(t.Territory, inTerritory) {
		return false
	}
	return !at.exempt(c)
}

// exempt reports whether the members are among a term's exceptions.
func (at *At) exempt(c *Clause) bool {
	return at.marked(exposure.MarkExempt, exposure.ClauseID(&at.eco().Partners[c.Partner], c.Number))
}

// against reports whether a touch at members inside a term breaks it.
func (at *At) against(c *Clause, t *exposure.Touch) bool {
	return at.excluded(c, t.Seller) && t.Reaches() && t.Roles.Has(graph.RoleTransact) &&
		at.Rule.sells(t, c.Term.Products) && !at.withHolder(c, t) && !at.inSupply(c, t)
}

// inSupply reports whether a touch may be how the holder of a term sells, or is
// supplied: what a partner that it supplies sells may have gone through it; one that
// supplies it sells to it, unless a sale of its own goes past it; and one that names
// a tier below has sold to that.
func (f *Facts) inSupply(c *Clause, t *exposure.Touch) bool {
	holder := f.holder(c)
	return f.Rule.Supplies(holder, t.Seller) || f.Rule.Supplies(t.Seller, holder) && !active(t) || f.Rule.soldOn(t)
}

// partlyBeside reports whether a partner that the holder of a term supplies is
// supplied by others too: nothing tells which of its sales went past the holder.
func (f *Facts) partlyBeside(c *Clause, seller int) bool {
	return slices.ContainsFunc(f.eco().Partners[f.Rule.sellers[seller].Partner].SuppliedBy, func(s graph.Supply) bool {
		up := slices.IndexFunc(f.eco().Partners, func(p graph.Partner) bool { return p.ID == s.From })
		return up < 0 || up != c.Partner && !f.Rule.suppliers[up][c.Partner]
	})
}

// inside adds the sellers that a term excludes and that reach the members.
func (at *At) inside(c *Clause, hits []Hit) []Hit {
	for _, t := range at.touches {
		if !at.against(c, t) {
			continue
		}
		relation := CouldCollide
		if active(t) {
			relation = Live
		}
		hits = mergeHit(hits, Hit{P: at.holder(c), Q: t.Seller, Clause: c, Relation: relation, Firm: !t.ByName})
	}
	return hits
}

// mergeHit adds a hit, or keeps the worse of it and that of the same sellers by the
// same rule.
func mergeHit(hits []Hit, h Hit) []Hit {
	for i := range hits {
		if hits[i].Rule == h.Rule && hits[i].P == h.P && hits[i].Q == h.Q && hits[i].Clause == h.Clause {
			if h.Relation.Worse(hits[i].Relation) {
				hits[i].Relation = h.Relation
			}
			hits[i].Firm = hits[i].Firm || h.Firm
			return hits
		}
	}
	return append(hits, h)
}

// excluded reports whether a term is against a seller.
func (f *Facts) excluded(c *Clause, seller int) bool {
	partner := f.Rule.sellers[seller].Partner
	switch {
	case partner == c.Partner:
		return false
	case partner >= 0:
		return true
	}
	return c.Term.Against == "everyone" && f.eco().Kind(f.Rule.sellers[seller]).Direct()
}

// withHolder reports whether the touch is on a deal with the holder of a term: a
// supplier's sale to it, or its own offer on a marketplace.
func (f *Facts) withHolder(c *Clause, t *exposure.Touch) bool {
	return slices.ContainsFunc(t.With, func(s int) bool { return f.Rule.sellers[s].Partner == c.Partner })
}

// holder is the first seller of the partner that has a term.
func (f *Facts) holder(c *Clause) int {
	return slices.IndexFunc(f.Rule.sellers, func(s graph.Seller) bool { return s.Partner == c.Partner })
}

// sells reports whether a touch can be about one of the products; none means all.
func (r *Rule) sells(t *exposure.Touch, products []string) bool {
	own := r.products(t)
	if len(products) == 0 || len(own) == 0 {
		return true
	}
	return slices.ContainsFunc(own, func(p string) bool { return slices.Contains(products, p) })
}

// possibleClashes finds the sellers without a list whose scope meets a term, and
// those with one whose reach in a segment of the term is a figure alone.
func possibleClashes(f *Facts) []Finding {
	var all []Finding
	for _, c := range f.terms {
		for s := range f.Rule.sellers {
			if f.Counts(s) && f.excluded(c, s) && f.scopeMeets(c, s) && f.undecided(c, s) {
				both := f.byID([]int{f.holder(c), s})
				all = append(all, Finding{ID: f.key("C07", both, c), Sellers: both, Clause: c, Segment: -1, Possible: true})
			}
		}
	}
	return all
}

// undecided reports whether rows cannot tell if a seller is inside a term: it has no
// list, or a figure alone in a segment of the term, or sells partly through the
// holder. One that sells through the holder alone is not.
func (f *Facts) undecided(c *Clause, seller int) bool {
	if f.Rule.Supplies(f.holder(c), seller) {
		return f.partlyBeside(c, seller)
	}
	return !f.Listed(seller) || meetOrNone(f.Figures(seller), c.Term.Segments)
}

// scopeMeets reports whether what is declared of a partner can be inside a term:
// it can be on the paper, and has a product and a territory in common with it, or
// declares none. What segments it claims says nothing of where it may sell.
func (f *Facts) scopeMeets(c *Clause, seller int) bool {
	partner := f.Rule.sellers[seller].Partner
	if partner < 0 {
		return true
	}
	p := &f.eco().Partners[partner]
	return slices.Contains(f.eco().Roles(f.Rule.sellers[seller]), graph.RoleTransact) &&
		meetOrOpen(p.Products, c.Term.Products) && meetOrOpen(p.Territory, c.Term.Territory)
}

// meetOrOpen reports whether two scopes have an element in common; an empty one is
// everything.
func meetOrOpen(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// meetOrNone reports whether some segments are in the scope of a term, which covers
// all where it names none.
func meetOrNone(segments, scope []string) bool {
	return len(segments) > 0 && meetOrOpen(segments, scope)
}

// ClausesAt lists the exclusive terms in force that cover an account.
func (f *Facts) ClausesAt(a exposure.AccountSet) []*Clause {
	var all []*Clause
	at := &At{Facts: f, Table: a.Table, Segment: a.Segment, Set: &a.Set}
	for _, c := range f.terms {
		if at.covers(c) {
			all = append(all, c)
		}
	}
	return all
}
