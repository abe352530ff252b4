package exposure

import (
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// markUsers marks the accounts at which policy.min_users or more persons use what
// we offer on a direct-user channel, and of these the ones that somebody of ours
// looks after: an own list or a live deal names an owner.
func (p *pass) markUsers(b *markBook) {
	b.many = p.manyUsers()
	for account, sellers := range b.many {
		for _, s := range sellers {
			b.mark(account, Mark{Kind: MarkUsers, Subject: p.names.sellers[s].ID})
		}
	}
	p.markOwners(b)
}

func (p *pass) markOwners(b *markBook) {
	if len(b.many) == 0 {
		return
	}
	for account := range p.owned(b.many) {
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
		if e.audience != graph.Users || e.account.IsZero() || e.member.Kind != identity.ByEmail || !e.reaches() ||
			p.eco.Kind(p.names.sellers[e.seller]) != graph.DirectUser {
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

func (e *entry) reaches() bool { return e.status != graph.Target }

// owned lists which of the accounts have an owner.
func (p *pass) owned(of map[identity.Key][]int) map[identity.Key]bool {
	owned := map[identity.Key]bool{}
	for i := range p.entries {
		if e := &p.entries[i]; e.owner && p.own[e.list] && of[e.account] != nil {
			owned[e.account] = true
		}
	}
	for i := range p.records.All {
		r := &p.records.All[i]
		if r.Shape == list.Deals && r.Status == graph.Open && r.Cell(list.Owner) != "" && of[r.Account] != nil {
			owned[r.Account] = true
		}
	}
	return owned
}
