package exposure

import (
	"context"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// RecordFile is a file of records that an ecosystem names, aliases and parents
// among them.
type RecordFile struct {
	Shape list.Shape // never list.Members
	Spec  graph.ListSpec
}

// RecordFiles lists the files of records that an ecosystem names, in the order of
// the input's description.
func RecordFiles(e *graph.Ecosystem) []RecordFile {
	var out []RecordFile
	for _, f := range []struct {
		shape list.Shape
		spec  *graph.ListSpec
	}{
		{list.AliasRows, e.Aliases}, {list.ParentRows, e.Parents}, {list.NamedAccounts, e.NamedAccounts},
		{list.Deals, e.Deals}, {list.Registrations, e.Registrations}, {list.Offers, e.Offers},
		{list.Renewals, e.Renewals}, {list.Prices, e.Prices}, {list.Credits, e.Credits},
		{list.Handoffs, e.Handoffs}, {list.Teaming, e.Teaming},
	} {
		if f.spec != nil {
			out = append(out, RecordFile{f.shape, *f.spec})
		}
	}
	return out
}

// RecordUse says how a file of records was read.
type RecordUse struct {
	RecordFile
	Summary *list.Summary
}

// readRecordFile reads a file of records, and keeps what the reader met.
func (p *pass) readRecordFile(ctx context.Context, f RecordFile, each func(*list.Row) error) error {
	if err := refuseDestroyed(f.Spec, p.opts.AsOf); err != nil {
		return err
	}
	summary, err := list.Read(ctx, f.Spec, list.Options{Dir: p.eco.Dir, Shape: f.Shape, Strict: p.opts.Strict}, each)
	if err != nil {
		return err
	}
	p.recordFiles = append(p.recordFiles, RecordUse{f, summary})
	p.notices = append(p.notices, summary.Notices...)
	return nil
}
