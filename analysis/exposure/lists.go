package exposure

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// takeLists takes the lists that were read in order, those of ours first: what
// they say of an account goes before what partners say.
func (p *pass) takeLists(context.Context) error {
	readers := p.files.lists
	p.lists = make([]ListUse, len(readers))
	p.eachOwnFirst((*rowReader).nameSellers)
	p.eachOwnFirst(p.take)
	for _, r := range readers {
		p.notices = append(p.notices, r.notes.list()...)
	}
	p.oneCurrency()
	return nil
}

// eachOwnFirst calls do with every list, those of ours first.
func (p *pass) eachOwnFirst(do func(*rowReader)) {
	for _, own := range []bool{true, false} {
		for _, r := range p.files.lists {
			if r.own == own {
				do(r)
			}
		}
	}
}

// oneCurrency sees to it that sums are of one currency where the ecosystem names
// none: the first that a row names. Money in others is left out.
func (p *pass) oneCurrency() {
	if p.eco.Currency != "" {
		return
	}
	first, found := "", &notes{}
	for _, d := range p.readings {
		switch {
		case d.currency == "" || d.currency == first:
		case first == "":
			first = d.currency
		default:
			found.add("several-currencies", d.place, true, fmt.Sprintf(
				"the row's money is in %s, others' in %s, and the ecosystem names no currency; it is left out. Write currency: and rates:", d.currency, first))
			d.value, d.amount = decimal.NullDecimal{}, decimal.NullDecimal{}
		}
	}
	p.notices = append(p.notices, found.list()...)
}

// nameSellers makes sellers of the partners that nobody declared.
func (r *rowReader) nameSellers() {
	for _, d := range r.readings {
		if d.undeclared != "" {
			d.seller = r.p.names.undeclared(d.undeclared, d.channel, r.spec.Undeclared == graph.UndeclaredGrey)
		}
	}
}

// take adds what a list says to the pass. Names of parties are looked up among
// the sellers of all lists.
func (p *pass) take(r *rowReader) {
	r.readings = slices.DeleteFunc(r.readings, func(d *reading) bool { return d.mark })
	for _, d := range r.readings {
		r.findParties(d)
	}
	p.readings = append(p.readings, r.readings...)
	p.lists[r.list] = ListUse{Spec: r.spec, Summary: r.summary, Filtered: r.filtered}
	p.notices = append(p.notices, r.summary.Notices...)
}

// isOwn reports whether a list is ours: it says so, or is a direct channel's.
func (p *pass) isOwn(i int) bool {
	spec := p.eco.Lists[i]
	if spec.Own {
		return true
	}
	ch := p.names.channel(spec.Channel)
	return ch >= 0 && p.eco.Channels[ch].Kind.Direct()
}

func (r *rowReader) readList(ctx context.Context) (err error) {
	if err := refuseDestroyed(r.spec, r.p.opts.AsOf); err != nil {
		return err
	}
	opts := list.Options{Dir: r.p.eco.Dir, Shape: list.Members, Strict: r.p.opts.Strict, Progress: r.p.progress.of(r.spec.File)}
	spec := r.spec
	spec.Own = r.own // else a file of a direct channel would name a partner
	if r.long {
		r.putter = r.p.bulk.putter()
	}
	r.summary, err = list.ReadBlocks(ctx, spec, opts, r.p.bulk.blocks(r), r.read)
	if errors.Is(err, list.ErrRowByRow) {
		r.p.rowByRow[r.list] = true
	}
	if err == nil && r.putter != nil {
		err = r.putter.flush()
	}
	return err
}
