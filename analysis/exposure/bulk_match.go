package exposure

import "github.com/channelmap/channelmap/graph/identity"

// match counts, by list and by seller, how the accounts of all rows were told.
func (c *bulkCount) match(held []entry) {
	p := c.pass
	p.bySeller = make([]Matching, len(p.names.sellers))
	add := func(list, seller int, m Matching) {
		p.lists[list].Matching.Add(m)
		p.bySeller[seller].Add(m)
	}
	for i := range c.bulk.rows {
		k, rows := &c.bulk.kinds[i], int(c.bulk.rows[i])
		if rows == 0 {
			continue
		}
		m := matchingOf(k.told, rows)
		m.Rows = rows
		if c.result.Unowned != nil && !k.known && k.canBeNew() {
			fresh := int(c.result.Unowned[i])
			m.Add(matchingOf(k.told, -fresh))
			m.NewDomains += fresh
		}
		add(k.list, k.seller, m)
	}
	c.matchHeld(held, add)
}

// matchHeld tells of the rows of special accounts which are new: they are in no
// set.
func (c *bulkCount) matchHeld(held []entry, add func(list, seller int, m Matching)) {
	if !c.pass.directory.hasOwn() {
		return
	}
	own := map[identity.Key]bool{}
	for i := range held {
		if e := &held[i]; c.pass.own[e.list] {
			own[e.account] = true
		}
	}
	c.ownHeld = own
	for i := range held {
		e := &held[i]
		if (e.told == ToldByDomain || e.told == ToldByEmail) && !e.accountStored && !e.account.IsZero() && !own[e.account] {
			m := matchingOf(e.told, -1)
			m.NewDomains = 1
			add(e.list, e.seller, m)
		}
	}
}

func (k *bulkKind) canBeNew() bool { return k.told == ToldByDomain || k.told == ToldByEmail }

// matchingOf counts rows, which is not their number, as told in a way.
func matchingOf(told Told, rows int) Matching {
	var m Matching
	switch told {
	case ToldByDomain:
		m.ByDomain = rows
	case ToldByEmail:
		m.ByEmail = rows
	case ToldByName:
		m.ByName = rows
	case ToldByID:
		m.ByID = rows
	default:
		m.NewDomains = rows
	}
	return m
}
