package graph

import (
	"fmt"
	"strings"
)

// names are the ids that references may lead to, by what `ref` tags call them.
type names map[string]*nameSpace

// nameSpace holds ids in the order of the file.
type nameSpace struct {
	all   []string
	known map[string]bool
}

func namesOf(e *Ecosystem) names {
	n := names{}
	for _, ref := range []string{"segment", "product", "territory", "channel", "partner", "seller", "supplier"} {
		n[ref] = &nameSpace{known: map[string]bool{}}
	}
	n.add(FromVendor, "supplier")
	for _, s := range e.Segments {
		n.add(s.ID, "segment")
	}
	for _, p := range e.Products {
		n.add(p.ID, "product")
	}
	for _, t := range e.Territories {
		n.add(t.ID, "territory")
	}
	for _, c := range e.Channels {
		n.add(c.ID, "channel", "seller")
	}
	for _, p := range e.Partners {
		n.add(p.ID, "partner", "seller", "supplier")
	}
	return n
}

func (n names) add(id string, refs ...string) {
	for _, ref := range refs {
		if id != "" && !n[ref].known[id] {
			n[ref].known[id] = true
			n[ref].all = append(n[ref].all, id)
		}
	}
}

// nouns are what messages call the target of a reference.
var nouns = map[string]string{"seller": "channel or partner", "supplier": "partner"}

// reference judges an id that must be declared elsewhere.
func (c *checker) reference(id string, f field, s scope) {
	space := c.names[f.ref]
	if space.known[id] {
		return
	}
	noun := f.ref
	if n, ok := nouns[f.ref]; ok {
		noun = n
	}
	found := fmt.Sprintf("%s names %s, and no %s has this id", s.describe(f.key), quote(id), noun)
	switch {
	case f.ref == "channel" && c.names["partner"].known[id]:
		c.complain(c.at(s.in, s.path), found, "a channel", quote(id)+" is a partner")
	case (f.ref == "partner" || f.ref == "supplier") && c.names["channel"].known[id]:
		c.complain(c.at(s.in, s.path), found, "a partner", quote(id)+" is a channel")
	default:
		c.unknown(c.at(s.in, s.path), found, id, space.all)
	}
}

// ids finds ids that are given twice. Channels and partners share theirs,
// because both are ends of pathways.
func (c *checker) ids() {
	products, territories, segments, sellers := seen{}, seen{}, seen{}, seen{}
	for _, p := range c.e.Products {
		c.once(products, "product", p.ID, p.At)
	}
	for _, t := range c.e.Territories {
		c.once(territories, "territory", t.ID, t.At)
	}
	for _, s := range c.e.Segments {
		c.once(segments, "segment", s.ID, s.At)
	}
	for _, ch := range c.e.Channels {
		c.notReserved("channel", ch.ID, ch.At)
		c.once(sellers, "channel", ch.ID, ch.At)
	}
	for _, p := range c.e.Partners {
		c.notReserved("partner", p.ID, p.At)
		c.once(sellers, "partner", p.ID, p.At)
	}
	c.partnerNames()
}

// seen remembers who has an id or a name first.
type seen map[string]owner

type owner struct {
	noun, id string
	at       Position
}

// String says who the owner is and in which line it stands, where that is known.
func (o owner) String() string {
	s := o.noun + " " + quote(o.id)
	if o.at.Line > 0 {
		s += fmt.Sprintf(" in line %d", o.at.Line)
	}
	return s
}

func (c *checker) once(before seen, noun, id string, in Position) {
	if id == "" {
		return
	}
	at := c.at(in, "id")
	if first, taken := before[id]; taken {
		c.complain(at, fmt.Sprintf("%s %s has the id of %s", noun, quote(id), first), "an id of its own", "")
		return
	}
	before[id] = owner{noun, id, at}
}

func (c *checker) notReserved(noun, id string, in Position) {
	if id == FromVendor {
		c.complain(c.at(in, "id"), noun+` has the id "vendor", which stands for the vendor itself`, "another id", "")
	}
}

// partnerNames finds names that would make a list's partner ambiguous. Case and
// spaces do not tell partners apart.
func (c *checker) partnerNames() {
	taken := map[string]owner{}
	for _, p := range c.e.Partners {
		own := owner{"partner", p.ID, p.At}
		c.name(taken, own, p.Name, "name", p.At)
		for i, aka := range p.AKA {
			c.name(taken, own, aka, indexed("aka", i), p.At)
		}
	}
}

func (c *checker) name(taken map[string]owner, own owner, name, path string, in Position) {
	folded := strings.ToLower(strings.Join(strings.Fields(name), " "))
	first, ok := taken[folded]
	switch {
	case folded == "":
	case !ok:
		taken[folded] = own
	case first.id != own.id:
		c.complain(c.at(in, path), fmt.Sprintf("partner %s is called %s, as %s is", quote(own.id), quote(name), first), "names that tell partners apart", "")
	}
}
