package exposure

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// files are the lists and records of an ecosystem as they stand in their files:
// rows whose cells are understood, and of which nobody knows yet whose they are.
type files struct {
	lists   []*rowReader    // in the order of Ecosystem.Lists
	records []*recordReader // in the order of RecordFiles
	exempt  []*exemption
}

// fileTask reads one list or file of records.
type fileTask struct {
	spec graph.ListSpec
	cost int64
	read func(context.Context) error
	err  error
}

// readFiles reads every file by itself, as many at a time as there are
// processors and the largest first, so that none is left over at the end. Of
// several errors that of the first file in the order of the ecosystem counts.
func (p *pass) readFiles(ctx context.Context) error {
	var lists, long, records []*fileTask
	for i, spec := range p.eco.Lists {
		r := newRowReader(p, i)
		p.files.lists = append(p.files.lists, r)
		t := &fileTask{spec: spec, cost: list.Cost(p.eco.Dir, spec), read: r.readList}
		if p.bulk != nil && t.cost >= longList {
			long, r.long = append(long, t), true // which all processors read together
		} else {
			lists = append(lists, t)
		}
	}
	for _, f := range RecordFiles(p.eco) {
		r := &recordReader{p: p, file: f}
		p.files.records = append(p.files.records, r)
		records = append(records, &fileTask{spec: f.Spec, cost: list.Cost(p.eco.Dir, f.Spec), read: r.readAll})
	}
	for _, e := range exemptions(p) {
		p.files.exempt = append(p.files.exempt, e)
		records = append(records, &fileTask{spec: e.file.Spec, read: e.readAll})
	}
	all := slices.Concat(lists, records, long)
	p.progress = newProgress(p.opts.Progress, p.eco.Dir, all)
	if len(long) == 0 {
		p.runTasks(ctx, slices.Concat(lists, records))
	} else {
		p.runTasks(ctx, lists)
		p.runLong(ctx, long, records)
	}
	for _, t := range all {
		if t.err != nil {
			return t.err
		}
	}
	p.progress.end()
	return nil
}

// runLong reads long lists one after another, each on all processors, and what
// else there is beside them. Short lists are read by then: they tell what rows
// of the store must have room for.
func (p *pass) runLong(ctx context.Context, long, others []*fileTask) {
	p.bulk.open(p.files.lists)
	p.bulk.store.StopWhen(ctx.Err)
	p.bulk.users.StopWhen(ctx.Err)
	p.guard.stores = []*tally.Store{p.bulk.store, p.bulk.users}
	var wait sync.WaitGroup
	wait.Go(func() { p.runTasks(ctx, others) })
	for _, t := range long {
		p.runTasks(ctx, []*fileTask{t})
	}
	wait.Wait()
}

func (p *pass) runTasks(ctx context.Context, tasks []*fileTask) {
	byCost := slices.SortedStableFunc(slices.Values(tasks), func(a, b *fileTask) int { return cmp.Compare(b.cost, a.cost) })
	var wait sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, t := range byCost {
		room <- struct{}{}
		p.progress.begin(t.spec.File)
		wait.Go(func() {
			t.err = t.read(ctx)
			<-room
		})
	}
	wait.Wait()
}
