package exposure

import (
	"cmp"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// spec says how accounts are counted: segment, country and value are those of their
// buyers.
func (c *bulkCount) spec() tally.Spec {
	crowds := map[int]int{} // by seller
	spec := c.specOf(func(i int, kind *tally.Kind) bool {
		k := &c.bulk.kinds[i]
		if k.audience != graph.Buyers {
			kind.Segment, kind.Place = tally.None, tally.None
		}
		kind.Own, kind.Owned = c.pass.own[k.list], c.pass.own[k.list] && k.owner
		if k.person && k.status != graph.Target && c.pass.servesUsers(k.seller) {
			if _, ok := crowds[k.seller]; !ok {
				crowds[k.seller] = len(crowds)
			}
			kind.Crowd = crowds[k.seller]
		}
		return !k.homeless
	})
	spec.Unowned = c.pass.directory.hasOwn()
	spec.Tags = append(c.specials.tags(), c.markTags()...)
	c.addCrowds(&spec, crowds)
	spec.Lines = c.marksAt + len(c.pass.marks.marks)
	return spec
}

// addCrowds lets accounts with many users of a seller get its mark.
func (c *bulkCount) addCrowds(spec *tally.Spec, crowds map[int]int) {
	if len(crowds) == 0 {
		return
	}
	marks, names := c.pass.marks, c.pass.names
	spec.Crowded, spec.Crowds = c.pass.eco.Policy.MinUsers, make([]int, len(crowds))
	for seller, n := range crowds {
		spec.Crowds[n] = c.marksAt + marks.intern(Mark{Kind: MarkUsers, Subject: names.sellers[seller].ID})
	}
	spec.OwnedLine = c.marksAt + marks.intern(Mark{Kind: MarkOwner})
	for _, account := range c.pass.ownedByDeals() {
		spec.Tags = append(spec.Tags, tally.Tag{Hash: c.bulk.seed.Of(account), Key: c.bulk.keyText(account), Line: tally.Owned})
	}
}

// usersSpec says how users are counted: they have the marks of their accounts, and
// those of special accounts are out.
func (c *bulkCount) usersSpec() tally.Spec {
	spec := c.specOf(func(i int, _ *tally.Kind) bool { return c.bulk.kinds[i].audience == graph.Users })
	spec.Lines = c.marksAt + len(c.pass.marks.marks)
	spec.Tags = c.specials.userTags()
	spec.Besides = map[uint64][]int{}
	for account, marks := range c.pass.marks.byAccount {
		for _, mark := range marks {
			c.addBeside(&spec, account, c.marksAt+mark)
		}
	}
	for _, one := range c.result.Crowded {
		h := c.besideOf(one.ID)
		spec.Besides[h] = append(spec.Besides[h], one.Lines...)
	}
	for _, key := range c.specials.keys {
		c.addBeside(&spec, key, tally.Out)
	}
	for _, id := range c.result.Contradictory {
		h := c.besideOf(id)
		spec.Besides[h] = append(spec.Besides[h], tally.Out)
	}
	if len(spec.Besides) == 0 {
		spec.Besides = nil
	}
	return spec
}

// addBeside gives users of an account a line: rows about users name it, even where it
// is their member itself.
func (c *bulkCount) addBeside(spec *tally.Spec, account identity.Key, line int) {
	h := c.bulk.seed.Of(account).H2
	spec.Besides[h] = append(spec.Besides[h], line)
}

// besideOf is how rows name an account beside their member.
func (c *bulkCount) besideOf(id tally.ID) uint64 {
	if !c.pass.opts.Exact {
		return id.Key1
	}
	return c.bulk.seed.Of(keyOfText(id.Key)).H2
}

// specOf says how the kinds are counted of which each reports that they are.
func (c *bulkCount) specOf(each func(i int, kind *tally.Kind) bool) tally.Spec {
	spec := tally.Spec{Workers: c.bulk.workers, Keep: c.pass.opts.Keep, PlaceLines: map[int][]int{}, OwnedLine: tally.None}
	places := map[string]int{}
	for i, k := range c.bulk.kinds[:len(c.bulk.rows)] {
		none := tally.Kind{Segment: tally.None, Place: tally.None, Crowd: tally.None}
		kind := none
		if c.bulk.rows[i] > 0 {
			kind.Lines, kind.Segment, kind.Rank = []int{c.lineOf[c.line(i)]}, k.segment, c.rank(k.list)
			if k.country != "" {
				kind.Place = c.place(&spec, places, k.country)
			}
			if !each(i, &kind) {
				kind = none
			}
		}
		spec.Kinds = append(spec.Kinds, kind)
	}
	return spec
}

// place numbers a country, whose marks its members get.
func (c *bulkCount) place(spec *tally.Spec, places map[string]int, country string) int {
	n, ok := places[country]
	if !ok {
		n = len(places)
		places[country] = n
		for _, mark := range c.pass.marks.byCountry[country] {
			spec.PlaceLines[n] = append(spec.PlaceLines[n], c.marksAt+mark)
		}
	}
	return n
}

// rank is where a list stands in the order in which lists are taken: ours first.
func (c *bulkCount) rank(i int) int {
	if c.pass.own[i] {
		return i
	}
	return len(c.pass.own) + i
}

// line is what a kind of row adds to a set.
func (c *bulkCount) line(kind int) bulkLine {
	k := c.bulk.kinds[kind]
	return bulkLine{touch: c.touchOf[kind], list: k.list, summed: k.summed}
}

// number gives every touch its number and every line its own, in the order of
// touches, so that sets come out in the order of tables.
func (c *bulkCount) number() {
	found := newRegistry(0)
	c.touchOf = make([]int, len(c.bulk.kinds))
	for i := range c.bulk.rows {
		if c.bulk.rows[i] > 0 { // else it was met where no row turned out to begin
			c.touchOf[i] = c.touch(found, &c.bulk.kinds[i])
		}
	}
	fresh := c.registry.sorted(found)
	for i := range c.bulk.rows {
		if c.bulk.rows[i] == 0 {
			continue
		}
		c.touchOf[i] = fresh[c.touchOf[i]]
		if l := c.line(i); c.lineOf[l] == 0 {
			c.lines = append(c.lines, l)
			c.lineOf[l] = len(c.lines) // its place comes below
		}
	}
	slices.SortFunc(c.lines, func(a, b bulkLine) int {
		return cmp.Or(cmp.Compare(a.touch, b.touch), cmp.Compare(a.list, b.list), compareBool(a.summed, b.summed))
	})
	for i, l := range c.lines {
		c.lineOf[l] = i
	}
	c.marksAt = len(c.lines)
}

// touch numbers the touch of a kind.
func (c *bulkCount) touch(in *registry, k *bulkKind) int {
	if k.undeclared != "" {
		grey := c.pass.eco.Lists[k.list].Undeclared == graph.UndeclaredGrey
		k.seller = c.pass.names.undeclared(k.undeclared, k.channel, grey)
	}
	e := entry{
		reading: &reading{seller: k.seller, roles: k.roles, product: k.product, status: k.status, audience: k.audience},
		byName:  k.byName,
	}
	return in.told(in.touch(&e), !k.byName)
}

// markTags give accounts the lines of their marks.
func (c *bulkCount) markTags() []tally.Tag {
	var tags []tally.Tag
	for account, marks := range c.pass.marks.byAccount {
		for _, mark := range marks {
			tags = append(tags, tally.Tag{Hash: c.bulk.seed.Of(account), Key: c.bulk.keyText(account), Line: c.marksAt + mark})
		}
	}
	return tags
}
