package main

import "slices"

// share is how many accounts of a segment a seller has, by status.
type share struct {
	segment                               string
	customers, opens, relationships, rest int // rest are targets
}

// spread gives a seller accounts of the pool, segment by segment: first all that
// it knows, then, among these, its customers and what it has open.
func (l *lumen) spread(seller string, pool []*account, pull int, shares ...share) {
	r := randomFor("reach of " + seller)
	for _, s := range shares {
		known := draw(r, keep(pool, inSegment(s.segment)), s.customers+s.opens+s.relationships+s.rest, pull)
		for _, part := range []struct {
			n      int
			status status
		}{{s.customers, customer}, {s.opens, open}, {s.relationships, relationship}, {s.rest, target}} {
			drawn := draw(r, known, part.n, pull)
			l.touch(seller, part.status, drawn...)
			known = keep(known, not(among(drawn)))
		}
	}
}

// planField makes the own list: customers, open deals, and many targets.
func (l *lumen) planField() {
	l.spread("field", l.market, 5,
		share{midMarket, 640, 230, 0, 2_400},
		share{enterprise, 310, 130, 0, 1_150},
		share{public, 105, 40, 0, 330})
	l.spread("field", l.named, 0, share{enterprise, 18, 8, 0, 10})
	for _, pair := range l.namesakes {
		l.touch("field", target, pair[0], pair[1])
	}
}

// planReseller makes CDW's list, with a few accounts outside its territory.
func (l *lumen) planReseller() {
	home := keep(l.market, inCountries("US", "CA", "GB", "IE"))
	l.spread("cdw", home, 4,
		share{midMarket, 620, 115, 3_700, 0},
		share{enterprise, 105, 25, 760, 0},
		share{public, 205, 45, 790, 0})
	abroad := draw(randomFor("encroachment"), keep(l.market, inCountries("DE"), inSegment(midMarket)), 12, 0)
	l.touch("cdw", relationship, abroad...)
	for i, a := range keep(sorted(l.buyers["cdw"]), l.has("cdw", customer)) {
		l.sell("cdw", a, int64(180_000+(i*7919)%4_300_000))
	}
	for _, a := range draw(randomFor("aliases"), keep(l.market, l.knows("field"), l.knows("cdw"), single), 24, 0) {
		a.former = "old-" + a.domain
	}
}

// single reports whether the account has but one domain.
func single(a *account) bool { return a.second == "" && a.former == "" }

// sell books an amount in cents.
func (l *lumen) sell(seller string, a *account, cents int64) {
	if l.amounts[seller] == nil {
		l.amounts[seller] = map[*account]int64{}
	}
	l.amounts[seller][a] += cents
}

// planDistributor makes TD Synnex's sell-through: what CDW bought from it, what
// it sold to end customers that CDW does not serve, and six that bypass CDW.
func (l *lumen) planDistributor() {
	r := randomFor("sell-through")
	through := draw(r, keep(l.market, l.has("cdw", customer)), 560, 0)
	free := keep(l.market, not(l.knows("cdw")), not(inSegment(public)), not(l.has("field", customer, open)))
	own := append(draw(r, keep(free, inSegment(midMarket)), 610, 3), draw(r, keep(free, inSegment(enterprise)), 240, 3)...)
	bypass := draw(r, keep(l.market, l.has("cdw", relationship), inSegment(midMarket), inCountries("US")), 6, 0)
	for _, a := range slices.Concat(through, own, bypass) {
		l.touch("td-synnex", customer, a)
		l.sell("td-synnex", a, int64(90_000+r.IntN(2_400_000)))
	}
}

// planRegional makes the list of Kontor, the reseller in DACH.
func (l *lumen) planRegional() {
	l.spread("kontor", keep(l.market, inCountries("DE", "AT", "CH"), not(l.has("td-synnex", customer))), 5,
		share{midMarket, 105, 30, 640, 0},
		share{enterprise, 20, 8, 95, 0},
		share{public, 12, 4, 60, 0})
	rival := draw(randomFor("rival"), keep(l.market, l.has("cdw", relationship), inCountries("DE")), 5, 0)
	l.touch("kontor", relationship, rival...)
	for i, a := range keep(sorted(l.buyers["kontor"]), l.has("kontor", customer)) {
		l.sell("kontor", a, int64(150_000+(i*6151)%2_900_000))
	}
}

// planIntegrators makes Accenture's list and what Crossbeam shows of Halcyon.
// Neither goes near the public sector, where CDW is exclusive.
func (l *lumen) planIntegrators() {
	l.spread("accenture", keep(l.market, not(inSegment(public))), 8,
		share{enterprise, 55, 40, 640, 0},
		share{midMarket, 10, 5, 70, 0})
	l.touch("accenture", relationship, l.named[:14]...)
	l.spread("halcyon", keep(l.market, l.knows("field"), not(inSegment(public))), 4,
		share{enterprise, 0, 0, 190, 40},
		share{midMarket, 0, 0, 60, 30})
}

// listed reports whether a list of ours or of CDW holds the account, with its
// name and its domain: what a list of names alone can be joined to.
func (l *lumen) listed(a *account) bool { return l.knows("field")(a) || l.knows("cdw")(a) }

// planMarketplaces makes the AWS agreements and usage, and Azure's first leads.
func (l *lumen) planMarketplaces() {
	pool := keep(l.market, l.listed, not(inSegment(public)))
	l.spread("aws", pool, 6, share{midMarket, 880, 0, 0, 0}, share{enterprise, 270, 0, 0, 0})
	r := randomFor("crowds")
	l.crowd("aws", draw(r, pool, 620, 4)...)
	l.spread("azure", pool, 2, share{midMarket, 0, 38, 0, 0}, share{enterprise, 0, 9, 0, 0})
	l.touch("azure", open, l.namesakes[0][1])
}

// planReferrals makes the customers of two affiliates. The ecosystem declares
// the first; the second is in the export all the same, and gets the id that
// follows from its key there.
func (l *lumen) planReferrals() {
	r := randomFor("referrals")
	pool := keep(l.market, inSegment(midMarket), inCountries("US", "CA", "GB"))
	l.clients["stackwise"] = append(draw(r, keep(pool, l.listed), 100, 2), draw(r, keep(pool, l.untouched), 50, 0)...)
	l.clients["ps-nadir"] = draw(r, keep(pool, l.listed, not(among(l.clients["stackwise"]))), 24, 0)
	for seller, accounts := range l.clients {
		l.touch(seller, customer, accounts...)
	}
}

// planEnded makes the list of a partner that left: it reaches nobody.
func (l *lumen) planEnded() {
	pool := keep(l.market, l.listed, inCountries("US"))
	l.touch("bluepeak", customer, draw(randomFor("ended"), pool, 60, 2)...)
}

// today lists those whose reach counts today, in the order of ecosystem.yaml.
var today = []string{
	"self-serve", "field", "aws", "azure", "shopify", "td-synnex", "cdw", "kontor",
	"accenture", "halcyon", "stackwise", "ps-nadir",
}

// reached reports whether anybody reaches the account as a buyer today.
func (l *lumen) reached(a *account) bool {
	return slices.ContainsFunc(today, func(seller string) bool { return l.reaches(seller)(a) })
}

// untouched reports whether no list holds the account so far.
func (l *lumen) untouched(a *account) bool {
	for _, known := range l.buyers {
		if known[a] != "" {
			return false
		}
	}
	return l.crowds["aws"][a] == ""
}

// planCandidate makes SHI's list: accounts that others reach already, openings,
// and accounts that are in no list. The public bodies of the United States and
// Canada among them are inside CDW's exclusive scope, but for the exempt ones.
func (l *lumen) planCandidate() {
	r := randomFor("reach of shi")
	pool := keep(l.market, inCountries("US", "CA", "GB"))
	for _, part := range []struct {
		segment             string
		reached, aims, news int
	}{{midMarket, 1_130, 740, 390}, {enterprise, 260, 210, 80}, {public, 92, 40, 58}} {
		in := keep(pool, inSegment(part.segment))
		fresh := keep(in, not(l.reached), l.unheard)
		l.touch("shi", relationship, draw(r, keep(in, l.reached, l.segmented), part.reached, 2)...)
		l.touch("shi", relationship, draw(r, keep(in, not(l.reached), l.has("field", target)), part.aims, 2)...)
		l.touch("shi", relationship, draw(r, fresh, part.news, 0)...)
	}
	inside := keep(l.market, l.reaches("shi"), inClause)
	l.exempt = append(draw(r, inside, 5, 0), draw(r, keep(l.market, inClause, not(l.knows("shi"))), 3, 0)...)
}

// segmented reports whether a list says what the segment of the account follows
// from: those of names alone and of e-mails do not.
func (l *lumen) segmented(a *account) bool {
	return slices.ContainsFunc([]string{"field", "cdw", "td-synnex", "kontor", "accenture", "shi"},
		func(seller string) bool { return l.knows(seller)(a) })
}

// unheard reports whether neither a list of buyers nor one of users holds it.
func (l *lumen) unheard(a *account) bool {
	return l.untouched(a) && !slices.ContainsFunc(l.signups, func(s signup) bool { return s.org == a })
}

// inClause reports whether an account is inside the scope of CDW's exclusivity,
// exemptions aside.
func inClause(a *account) bool {
	return a.segment == public && (a.country == "US" || a.country == "CA")
}
