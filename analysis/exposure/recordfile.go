package exposure

import (
	"context"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
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
	for _, f := range recordFields(e) {
		if *f.spec != nil {
			out = append(out, RecordFile{f.shape, **f.spec})
		}
	}
	return out
}

// recordField is where an ecosystem names a file of records.
type recordField struct {
	shape list.Shape
	spec  **graph.ListSpec
}

func recordFields(e *graph.Ecosystem) []recordField {
	return []recordField{
		{list.AliasRows, &e.Aliases}, {list.ParentRows, &e.Parents}, {list.NamedAccounts, &e.NamedAccounts},
		{list.Deals, &e.Deals}, {list.Registrations, &e.Registrations}, {list.Offers, &e.Offers},
		{list.Renewals, &e.Renewals}, {list.Prices, &e.Prices}, {list.Credits, &e.Credits},
		{list.Handoffs, &e.Handoffs}, {list.Teaming, &e.Teaming},
	}
}

// RecordUse says how a file of records was read.
type RecordUse struct {
	RecordFile
	Summary *list.Summary
}

// recordReader reads one file of records. It knows nothing of what lists say.
type recordReader struct {
	p       *pass
	file    RecordFile
	summary *list.Summary
	records []Record
	links   []identity.Link // of files that pair accounts
	notes   notes
}

func (r *recordReader) readAll(ctx context.Context) (err error) {
	if err := refuseDestroyed(r.file.Spec, r.p.opts.AsOf); err != nil {
		return err
	}
	opts := list.Options{Dir: r.p.eco.Dir, Shape: r.file.Shape, Strict: r.p.opts.Strict, Progress: r.p.progress.of(r.file.Spec.File)}
	r.summary, err = list.Read(ctx, r.file.Spec, opts, r.read)
	return err
}

func (r *recordReader) read(row *list.Row) error {
	if _, ok := linkColumns[r.file.Shape]; ok {
		r.links = append(r.links, newLink(r.file.Shape, row))
	} else {
		r.records = append(r.records, newRecord(r.file.Shape, row, &r.notes))
	}
	return r.p.guard.row(row.Place, len(r.records)+len(r.links))
}

// takeFile keeps how a file of records was read.
func (p *pass) takeFile(r *recordReader) {
	p.recordFiles = append(p.recordFiles, RecordUse{r.file, r.summary})
	p.notices = append(p.notices, r.summary.Notices...)
}
