package exposure

import (
	"context"
	"slices"

	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// linkColumns are the columns of the files that pair accounts.
var linkColumns = map[list.Shape][2]list.Key{
	list.AliasRows:  {list.Alias, list.Account},
	list.ParentRows: {list.Account, list.Parent},
}

// newLink reads a row of such a file.
func newLink(shape list.Shape, row *list.Row) identity.Link {
	columns := linkColumns[shape]
	return identity.Link{
		From: identity.AccountKey(row.Get(columns[0])), To: identity.AccountKey(row.Get(columns[1])), Place: row.Place,
	}
}

// takeLinks returns the pairs of accounts in the file of a shape; no file, no
// pairs.
func (p *pass) takeLinks(shape list.Shape) []identity.Link {
	for _, r := range p.files.records {
		if r.file.Shape == shape {
			p.takeFile(r)
			return r.links
		}
	}
	return nil
}

func (p *pass) note(problems []identity.Problem) {
	for _, one := range problems {
		p.notices = append(p.notices, list.Notice{
			Code: one.Code, Text: list.WithoutAddresses(one.Text), Count: len(one.Places), Places: one.Places[:min(len(one.Places), placesKept)],
		})
	}
}

// takeParents learns which account belongs to which, from the file of parents and
// from the parent columns of lists.
func (p *pass) takeParents(context.Context) error {
	links := p.takeLinks(list.ParentRows)
	for i := range links {
		links[i].From, links[i].To = p.directory.known.Canonical(links[i].From), p.directory.known.Canonical(links[i].To)
	}
	for _, r := range p.readings {
		if r.parent == "" {
			continue
		}
		child := p.tell(r)
		parent := p.directory.tell(named(r.parent, p.own[r.list]))
		if !child.account.IsZero() && !parent.account.IsZero() && child.account != parent.account {
			links = append(links, identity.Link{From: child.account, To: parent.account, Place: r.place})
		}
	}
	var problems []identity.Problem
	p.parents, problems = identity.NewParents(links)
	p.parentLinks = links
	p.note(problems)
	return nil
}

// ancestors lists the parents of an account, the next first.
func (p *pass) ancestors(account identity.Key) []identity.Key {
	var out []identity.Key
	for k, ok := p.parents.Next(account); ok; k, ok = p.parents.Next(k) {
		out = append(out, k)
	}
	return out
}

// children lists the accounts whose parent is the given one, in order.
func (p *pass) children(account identity.Key) []identity.Key {
	var out []identity.Key
	for _, l := range p.parentLinks {
		if next, ok := p.parents.Next(l.From); ok && next == account {
			out = append(out, l.From)
		}
	}
	slices.SortFunc(out, identity.Key.Compare)
	return slices.Compact(out)
}
