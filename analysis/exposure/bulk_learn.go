package exposure

import (
	"context"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// lookBulk takes into the directory what the stored rows show of their lists.
func (p *pass) lookBulk() error {
	if p.bulk == nil {
		return nil
	}
	p.bulk.countRows()
	stored := false
	for n, k := range p.bulk.kinds {
		facts, rows := &p.directory.lists[k.list], int(p.bulk.rows[n])
		if k.byCell {
			facts.filled, facts.domains = facts.filled+rows, facts.domains+rows
		}
		if k.byAddress {
			facts.emails += rows
		}
	}
	for i, l := range p.bulk.lists {
		if l.rows == 0 {
			continue
		}
		stored = true
		p.directory.ours = p.directory.ours || p.own[i]
		if facts := &p.directory.lists[i]; facts.domains > 0 && !facts.holdsDomains() {
			return list.ErrRowByRow // they are names that look like domains
		}
	}
	if !stored {
		p.close()
		p.bulk = nil
	}
	return nil
}

// learnBulk learns from stored lists the names and record ids that other rows
// and records need to be told by: of those alone, because all would take as much
// memory as the rows.
func (p *pass) learnBulk(ctx context.Context) error {
	if p.bulk == nil {
		return nil
	}
	return p.learnStored(ctx, p.wanted())
}

// learnStored learns what is wanted from stored lists.
func (p *pass) learnStored(ctx context.Context, w wantedTexts) error {
	if w.none() {
		return nil
	}
	for _, own := range []bool{true, false} {
		for i, l := range p.bulk.lists {
			if p.own[i] != own || l.rows == 0 || !l.names && len(w.sites) == 0 {
				continue
			}
			if err := p.learnList(ctx, i, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// wantedTexts are names, folded, and record ids by which accounts are to be told,
// and domains that may be names.
type wantedTexts struct {
	names, ids map[string]bool
	sites      map[identity.Key]bool
}

func newWanted() wantedTexts {
	return wantedTexts{map[string]bool{}, map[string]bool{}, map[identity.Key]bool{}}
}

func (w wantedTexts) none() bool { return len(w.names)+len(w.ids)+len(w.sites) == 0 }

func (w wantedTexts) add(c *cells) {
	if name := c.called(); !name.IsZero() {
		w.names[name.Text] = true
	}
	if id := strings.TrimSpace(c.id); id != "" && c.trustID {
		w.ids[id] = true
	}
	if c.isSite && c.plain {
		w.sites[c.site] = true
	}
}

func (p *pass) wanted() wantedTexts {
	w := newWanted()
	for _, r := range p.readings {
		if c := p.directory.cellsOf(r, p.own[r.list]); p.directory.domainKey(c).IsZero() {
			w.add(c)
		}
		if r.parent != "" {
			w.addNamed(named(r.parent, p.own[r.list]))
		}
		for text := range strings.SplitSeq(r.aliases, ";") {
			if key := identity.AccountKey(text); key.Kind == identity.ByDomain {
				w.sites[key] = true // it may have a row of its own
			}
		}
	}
	for _, f := range p.files.records {
		for i := range f.records {
			w.addRecord(&f.records[i])
		}
	}
	for _, e := range p.files.exempt {
		for i := range e.records {
			w.addRecord(&e.records[i])
		}
	}
	return w
}

func (w wantedTexts) addRecord(r *Record) { w.addNamed(named(r.Cell(list.Account), true)) }

// addNamed adds a cell that alone tells an account.
func (w wantedTexts) addNamed(c *cells) {
	if !c.isSite && c.email.Address == "" {
		w.add(c)
	}
}

// learnList reads a list once more for what its rows call the wanted accounts.
func (p *pass) learnList(ctx context.Context, i int, w wantedTexts) error {
	own := p.own[i]
	wanted := func(key list.Key, cell string) bool {
		return key == list.Name && w.names[identity.NameKey(cell).Text] || key == list.ID && own && w.ids[strings.TrimSpace(cell)]
	}
	search := &search{cell: func(key list.Key, cell []byte) bool { return wanted(key, string(cell)) }}
	if len(w.sites) > 0 {
		search.account = p.bulk.oneOf(w.sites)
	}
	learnt := p.placesOf(i)
	return p.again(ctx, i, search, func(d *reading) error {
		if learnt[d.place] {
			return nil
		}
		site := p.directory.domainKey(p.directory.cellsOf(d, own))
		if wanted(list.Name, d.name) || wanted(list.ID, d.id) || w.sites[site] {
			p.directory.learn(d, own)
		}
		return nil
	})
}

// placesOf are the places of the rows of a list that are readings: they were learnt
// from before.
func (p *pass) placesOf(i int) map[graph.Place]bool {
	places := map[graph.Place]bool{}
	for _, d := range p.readings {
		if d.list == i {
			places[d.place] = true
		}
	}
	return places
}

// oneOf looks for rows of some accounts.
func (b *bulk) oneOf(accounts map[identity.Key]bool) func(func() tally.ID, int) bool {
	ids := map[tally.ID]bool{}
	for account := range accounts {
		ids[b.id(account)] = true
	}
	return func(id func() tally.ID, _ int) bool { return ids[id()] }
}
