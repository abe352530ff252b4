package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
)

// putter stores rows of one long list that were read with care: all that say
// nothing beyond their kind need not be kept. It is for one goroutine.
type putter struct {
	bulk    *bulk
	into    storeWriter
	numbers map[bulkKind]int
	rows    map[int]int64 // by kind
}

func (b *bulk) putter() *putter {
	p := &putter{bulk: b, into: b.storeWriter(b.workers), numbers: map[bulkKind]int{}, rows: map[int]int64{}}
	b.putters = append(b.putters, p)
	return p
}

// put stores a row of a list, and returns false where it must be kept.
func (p *putter) put(r *rowReader, d *reading) (bool, error) {
	b := p.bulk
	if !b.storable(d) || b.p.eco.Currency == "" && d.currency != "" {
		return false, nil
	}
	k, ok := b.kindOf(d)
	if !ok {
		return false, nil
	}
	kind, known := p.numbers[k]
	if !known {
		if kind = b.kind(k); kind >= tally.MaxKinds {
			return false, nil
		}
		p.numbers[k] = kind
		if k.undeclared != "" {
			r.met(k, d.place)
		}
	}
	if d.name != "" || d.id != "" {
		b.lists[r.list].names = true
	}
	account, _ := b.accountOf(d)
	p.rows[kind]++
	return true, p.into.putReading(d, kind, account, memberOf(d, account))
}

// flush hands the rows that are left to the store.
func (p *putter) flush() error { return p.into.flush() }
