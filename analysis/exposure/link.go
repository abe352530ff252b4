package exposure

import (
	"context"
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// link finds, account by account, which sellers are parties to one deal and
// whose time there does not meet. Several parties on one deal form one touch
// and never compete.
func (p *pass) link(context.Context) error {
	if p.bulk != nil && !p.bulk.counted {
		return nil // not all rows are at hand before the count
	}
	byAccount := map[identity.Key][]int{}
	for i := range p.entries {
		e := &p.entries[i]
		if e.account != (identity.Key{}) && (e.deal != "" || len(e.parties) > 0 || e.bounded(p.opts.AsOf)) {
			byAccount[e.account] = append(byAccount[e.account], i)
		}
	}
	if len(byAccount) == 0 {
		return nil
	}
	p.linkDeals(byAccount)
	p.linkBack(byAccount)
	p.linkTimes(byAccount)
	return nil
}

// linkDeals gives each entry that names parties or a deal the sellers on it.
func (p *pass) linkDeals(byAccount map[identity.Key][]int) {
	for _, rows := range byAccount {
		onDeal := map[string][]int{}
		for _, i := range rows {
			if d := identity.RecordID(p.entries[i].deal); d != "" {
				onDeal[d] = append(onDeal[d], p.entries[i].seller)
			}
		}
		for _, i := range rows {
			e := &p.entries[i]
			with := append(slices.Clone(e.parties), onDeal[identity.RecordID(e.deal)]...)
			if e.deal == "" {
				with = slices.Clone(e.parties)
			}
			e.with = othersThan(e.seller, with)
		}
	}
}

// linkBack lets the rows of those who are named on a deal name the others in
// turn: which of the two lists tells of it makes no difference.
func (p *pass) linkBack(byAccount map[identity.Key][]int) {
	named := map[identity.Key]map[int][]int{} // account, seller: who names it
	for account, rows := range byAccount {
		for _, i := range rows {
			e := &p.entries[i]
			for _, other := range e.with {
				if named[account] == nil {
					named[account] = map[int][]int{}
				}
				named[account][other] = append(named[account][other], e.seller)
			}
		}
	}
	if len(named) == 0 {
		return
	}
	for i := range p.entries {
		e := &p.entries[i]
		if by := named[e.account][e.seller]; len(by) > 0 {
			e.with = othersThan(e.seller, slices.Concat(e.with, by))
		}
	}
}

// linkTimes gives the entries of accounts at which some window is bounded the
// sellers whose windows there do not meet theirs. Entries of a seller count
// together: one row that meets is enough.
func (p *pass) linkTimes(byAccount map[identity.Key][]int) {
	bounded := map[identity.Key]bool{}
	for account, rows := range byAccount {
		bounded[account] = slices.ContainsFunc(rows, func(i int) bool { return p.entries[i].bounded(p.opts.AsOf) })
	}
	all := map[identity.Key][]int{}
	for i := range p.entries {
		if a := p.entries[i].account; bounded[a] {
			all[a] = append(all[a], i)
		}
	}
	for _, rows := range all {
		p.linkTimesAt(rows)
	}
}

func (p *pass) linkTimesAt(rows []int) {
	for _, i := range rows {
		e := &p.entries[i]
		meets, others := map[int]bool{}, []int{}
		for _, j := range rows {
			f := &p.entries[j]
			others = append(others, f.seller)
			meets[f.seller] = meets[f.seller] || p.meet(e, f)
		}
		e.apart = slices.DeleteFunc(othersThan(e.seller, others), func(s int) bool { return meets[s] })
	}
}

func (p *pass) meet(e, f *entry) bool {
	eFrom, eTo := e.window(p.opts.AsOf)
	fFrom, fTo := f.window(p.opts.AsOf)
	return before(eFrom, fTo) && before(fFrom, eTo)
}

// before reports whether a window that opens on one day has opened by another;
// the zero date is no limit.
func before(opens, closes graph.Date) bool {
	return opens.IsZero() || closes.IsZero() || opens.Compare(closes) <= 0
}

// window is when the entry holds: from its date on. An open deal, whose date may
// well be that on which it is expected to close, and an undated row hold on the
// day as of which all is judged. When somebody was last seen ends nothing.
func (e *entry) window(asOf graph.Date) (from, until graph.Date) {
	if e.date.IsZero() || e.status == graph.Open {
		return asOf, asOf
	}
	return e.date, graph.Date{}
}

// bounded reports whether the entry's window can miss another's: it opens only
// after the day of judgement.
func (e *entry) bounded(asOf graph.Date) bool {
	from, _ := e.window(asOf)
	return from.Compare(asOf) > 0
}

// othersThan returns the distinct sellers but one, ascending.
func othersThan(seller int, sellers []int) []int {
	slices.Sort(sellers)
	sellers = slices.Compact(sellers)
	return slices.DeleteFunc(sellers, func(s int) bool { return s == seller })
}
