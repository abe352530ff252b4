package exposure

import (
	"context"
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// readAliases reads which domains and names stand for which account.
func (p *pass) readAliases(ctx context.Context) (err error) {
	p.aliases, err = p.readLinks(ctx, p.eco.Aliases, list.AliasRows, list.Alias, list.Account)
	return err
}

// readLinks reads a file of pairs of accounts; no file, no pairs.
func (p *pass) readLinks(ctx context.Context, spec *graph.ListSpec, shape list.Shape, from, to list.Key) ([]identity.Link, error) {
	if spec == nil {
		return nil, nil
	}
	var links []identity.Link
	err := p.readRecordFile(ctx, RecordFile{shape, *spec}, func(row *list.Row) error {
		links = append(links, identity.Link{
			From: identity.AccountKey(row.Get(from)), To: identity.AccountKey(row.Get(to)), Place: row.Place,
		})
		return nil
	})
	return links, err
}

func (p *pass) note(problems []identity.Problem) {
	for _, one := range problems {
		p.notices = append(p.notices, list.Notice{
			Code: one.Code, Text: one.Text, Count: len(one.Places), Places: one.Places[:min(len(one.Places), placesKept)],
		})
	}
}

// readParents reads which account belongs to which, from the file of parents
// and, once all lists are read, from their parent columns.
func (p *pass) readParents(ctx context.Context) error {
	links, err := p.readLinks(ctx, p.eco.Parents, list.ParentRows, list.Account, list.Parent)
	if err != nil {
		return err
	}
	for i := range links {
		links[i].From, links[i].To = p.directory.known.Canonical(links[i].From), p.directory.known.Canonical(links[i].To)
	}
	for _, r := range p.readings {
		if r.parent == "" {
			continue
		}
		child := p.tell(r)
		parent := p.directory.tell(named(r.parent, p.isOwn(r.list)))
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
