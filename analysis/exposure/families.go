package exposure

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph/identity"
)

// Families are the groups of companies of which lists know two members or more.
// Their sets have the touches and marks of Table, which has no cells.
type Families struct {
	Table *Table
	All   []Family // in the order of their roots
}

// Family is a group of companies.
type Family struct {
	Root    string         // key of the account at the top
	Members []FamilyMember // in the order of their keys
}

// FamilyMember is one company of a group.
type FamilyMember struct {
	Account string
	Segment int // of its buyers, or -1
	Set     Set
}

// families gathers the accounts below each root.
func (p *pass) families(n *counters) Families {
	f := Families{Table: &Table{Audience: n.accounts.audience, Touches: n.accounts.registry.touches, Marks: p.marks.marks}}
	if n.roots == nil {
		return f
	}
	byRoot := map[identity.Key]map[identity.Key]int{}
	for _, l := range p.parentLinks {
		byRoot[p.parents.Resolve(l.From)] = map[identity.Key]int{}
	}
	for i := range p.entries {
		e := &p.entries[i]
		if e.accountNo < 0 {
			continue
		}
		if of := byRoot[p.parents.Resolve(e.account)]; of != nil {
			of[e.account] = e.accountNo
		}
	}
	for root, accounts := range byRoot {
		if len(accounts) > 1 {
			f.All = append(f.All, p.family(root, accounts, n.accounts))
		}
	}
	slices.SortFunc(f.All, func(a, b Family) int { return strings.Compare(a.Root, b.Root) })
	return f
}

func (p *pass) family(root identity.Key, accounts map[identity.Key]int, c *counter) Family {
	f := Family{Root: root.Text}
	for account, number := range accounts {
		m := c.member(number)
		f.Members = append(f.Members, FamilyMember{account.Text, m.segment, *c.setOf(m, p.marks.of(m))})
	}
	slices.SortFunc(f.Members, func(a, b FamilyMember) int { return strings.Compare(a.Account, b.Account) })
	return f
}
