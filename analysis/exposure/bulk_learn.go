package exposure

import (
	"context"
	"strings"

	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// lookBulk takes into the directory what the stored rows show of their lists:
// all of their accounts are domains.
func (p *pass) lookBulk() error {
	if p.bulk == nil {
		return nil
	}
	p.bulk.countRows()
	stored := false
	for i, l := range p.bulk.lists {
		if l.rows == 0 {
			continue
		}
		stored = true
		facts := &p.directory.lists[i]
		facts.filled += int(l.rows)
		facts.domains += int(l.rows)
		p.directory.ours = p.directory.ours || p.own[i]
		if !facts.holdsDomains() {
			return list.ErrRowByRow // they are names that look like domains
		}
	}
	if !stored {
		p.close()
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
	w := p.wanted()
	if len(w.names)+len(w.ids) == 0 {
		return nil
	}
	for _, own := range []bool{true, false} {
		for i, l := range p.bulk.lists {
			if p.own[i] != own || !l.names || l.rows == 0 {
				continue
			}
			if err := p.learnList(ctx, i, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// wantedTexts are names, folded, and record ids by which accounts are to be told.
type wantedTexts struct{ names, ids map[string]bool }

func (w wantedTexts) add(c *cells) {
	if name := c.called(); !name.IsZero() {
		w.names[name.Text] = true
	}
	if id := strings.TrimSpace(c.id); id != "" && c.trustID {
		w.ids[id] = true
	}
}

func (p *pass) wanted() wantedTexts {
	w := wantedTexts{map[string]bool{}, map[string]bool{}}
	for _, r := range p.readings {
		if c := p.directory.cellsOf(r, p.own[r.list]); p.directory.domainKey(c).IsZero() {
			w.add(c)
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

func (w wantedTexts) addRecord(r *Record) {
	if c := named(r.Cell(list.Account), true); !c.isSite && c.email.Address == "" {
		w.add(c)
	}
}

// learnList reads a list once more for what its rows call the wanted accounts.
func (p *pass) learnList(ctx context.Context, i int, w wantedTexts) error {
	r := newRowReader(p, i)
	return r.again(ctx, func(row *list.Row) error {
		name, id := row.Get(list.Name), strings.TrimSpace(row.Get(list.ID))
		if !(p.own[i] && w.ids[id]) && !w.names[identity.NameKey(name).Text] {
			return nil
		}
		d, err := r.one(row)
		if d != nil {
			p.directory.learn(d, p.own[i])
		}
		return err
	})
}

// again reads the rows of a list once more.
func (r *rowReader) again(ctx context.Context, do func(*list.Row) error) error {
	spec := r.spec
	spec.Own = r.own // as the first time
	_, err := list.Read(ctx, spec, list.Options{Dir: r.p.eco.Dir, Shape: list.Members}, do)
	return err
}

// one returns what a row says, nil where it is not used.
func (r *rowReader) one(row *list.Row) (*reading, error) {
	r.readings = r.readings[:0]
	err := r.read(row)
	if err != nil || len(r.readings) == 0 {
		return nil, err
	}
	return r.readings[0], nil
}
