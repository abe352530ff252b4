package exposure

import (
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// markUsers marks the accounts of entries at which policy.min_users or more persons
// use what we offer on a direct-user channel, and of these the ones that somebody of
// ours looks after: an own list or a live deal names an owner. Accounts that the store
// counts are marked there.
func (p *pass) markUsers(b *markBook) {
	many := p.manyUsers()
	for account, sellers := range many {
		for _, s := range sellers {
			b.mark(account, Mark{Kind: MarkUsers, Subject: p.names.sellers[s].ID})
		}
	}
	if len(many) == 0 {
		return
	}
	for account := range p.owned(many) {
		b.mark(account, Mark{Kind: MarkOwner})
	}
}

// manyUsers gives the direct-user sellers with so many persons at an account,
// ascending.
func (p *pass) manyUsers() map[identity.Key][]int {
	type place struct {
		account identity.Key
		seller  int
	}
	persons := map[place]map[identity.Key]bool{}
	for i := range p.entries {
		e := &p.entries[i]
		at := place{e.account, e.seller}
		if e.accountStored || e.account.IsZero() || !e.isPerson() || !e.reaches() || !p.servesUsers(e.seller) {
			continue
		}
		if persons[at] == nil {
			persons[at] = map[identity.Key]bool{}
		}
		persons[at][e.member] = true
	}
	many := map[identity.Key][]int{}
	for at, who := range persons {
		if len(who) >= p.eco.Policy.MinUsers {
			many[at.account] = append(many[at.account], at.seller)
			slices.Sort(many[at.account])
		}
	}
	return many
}

// isPerson reports whether the entry's member is a person.
func (e *entry) isPerson() bool {
	return e.audience == graph.Users && e.member.Kind == identity.ByEmail
}

func (e *entry) reaches() bool { return e.status != graph.Target }

// servesUsers reports whether the seller is a channel on which users help themselves.
func (p *pass) servesUsers(seller int) bool {
	return p.eco.Kind(p.names.sellers[seller]) == graph.DirectUser
}

// owned lists which of the accounts have an owner.
func (p *pass) owned(of map[identity.Key][]int) map[identity.Key]bool {
	owned := map[identity.Key]bool{}
	for i := range p.entries {
		if e := &p.entries[i]; e.owner && p.own[e.list] && of[e.account] != nil {
			owned[e.account] = true
		}
	}
	for _, account := range p.ownedByDeals() {
		if of[account] != nil {
			owned[account] = true
		}
	}
	return owned
}

// ownedByDeals are the accounts that an open deal names an owner of.
func (p *pass) ownedByDeals() (accounts []identity.Key) {
	for i := range p.records.All {
		r := &p.records.All[i]
		if r.Shape == list.Deals && r.Status == graph.Open && r.Cell(list.Owner) != "" && !r.Account.IsZero() {
			accounts = append(accounts, r.Account)
		}
	}
	return accounts
}
