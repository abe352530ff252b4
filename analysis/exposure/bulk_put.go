package exposure

import (
	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
)

// putter stores rows of one long list that were read with care: all that say
// nothing beyond their kind need not be kept. It is for one goroutine.
type putter struct {
	bulk    *bulk
	writer  *tally.Writer
	batch   tally.Batch
	numbers map[bulkKind]int
	rows    map[int]int64 // by kind
}

func (b *bulk) putter() *putter {
	p := &putter{bulk: b, writer: b.store.Writer(b.workers), numbers: map[bulkKind]int{}, rows: map[int]int64{}}
	b.putters = append(b.putters, p)
	return p
}

// putBatch is how many rows are handed to the store at once.
const putBatch = 8192

// put stores a row of a list, and returns false where it must be kept.
func (p *putter) put(r *rowReader, d *reading) (bool, error) {
	b := p.bulk
	if !d.isSite || d.site.Kind != identity.ByDomain || d.email.Address != "" || !b.storable(d) || b.p.eco.Currency == "" && d.currency != "" {
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
	p.rows[kind]++
	if d.name != "" || d.id != "" {
		b.lists[r.list].names = true
	}
	return true, p.add(d, kind)
}

func (p *putter) add(d *reading, kind int) error {
	p.batch.Hash, p.batch.Kind = append(p.batch.Hash, p.bulk.seed.Of(d.site)), append(p.batch.Kind, uint32(kind))
	p.batch.Value, p.batch.Amount = append(p.batch.Value, stored(d.value)), append(p.batch.Amount, stored(d.amount))
	p.batch.Keys = append(p.batch.Keys, p.bulk.keyText(d.site)...)
	p.batch.Ends = append(p.batch.Ends, uint32(len(p.batch.Keys)))
	if len(p.batch.Hash) < putBatch {
		return nil
	}
	return p.flush()
}

// flush hands the rows that are left to the store.
func (p *putter) flush() error {
	err := p.writer.Add(&p.batch)
	p.batch.Reset()
	return err
}
