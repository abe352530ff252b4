package exposure

import "github.com/channelmap/channelmap/graph/list"

// carefulWorker reads the rows of blocks with all care, beside others that do the
// same: for long lists whose rows are kept. Rows of which something is to be
// noted are left to the one reader that sees all in order.
type carefulWorker struct {
	probe *probe
	into  *rowReader // of the list
}

func (b *bulk) carefulWorkers(r *rowReader, l *list.Layout) []list.BlockWorker {
	var all []list.BlockWorker
	for range b.workers {
		all = append(all, &carefulWorker{probe: newProbe(b, r, l), into: r})
	}
	return all
}

// Scan reads the rows of a block.
func (w *carefulWorker) Scan(b *list.Block) error {
	w.probe.reader.readings = nil
	for at := 0; at < b.Limit; b.Rows++ {
		before := len(w.probe.reader.readings)
		next, whole := b.Row(at)
		if !whole {
			return nil
		}
		if w.probe.clean(b.Text[at:next]) {
			b.Mark(b.Rows, before)
		} else {
			w.probe.reader.readings = w.probe.reader.readings[:before]
			b.Leave(at, b.Rows)
		}
		at = next
		b.End = at
	}
	return nil
}

// Again takes a row that was read, whose place is known now.
func (w *carefulWorker) Again(b *list.Block, row, token int) error {
	d := w.probe.reader.readings[token]
	d.place = b.At(row)
	if d.unstated {
		w.into.noteUnstated(d.place, 1)
	}
	if stored, err := w.into.store(d); stored || err != nil {
		return err
	}
	w.into.readings = append(w.into.readings, d)
	return nil
}

// Settle counts the rows that the reader of all did not get to see.
func (w *carefulWorker) Settle(b *list.Block) error {
	b.Delivered(len(w.probe.reader.readings))
	return nil
}

// Keep has nothing to store.
func (w *carefulWorker) Keep(*list.Block) error { return nil }
