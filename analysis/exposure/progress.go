package exposure

import (
	"sync"

	"github.com/channelmap/channelmap/graph/list"
)

// Progress says how far the reading of lists and records has come.
type Progress struct {
	// File is the one being read, or one of several, as the ecosystem names it. It
	// is empty when all are read and what they say is being counted.
	File string
	// Done and Total are bytes of the files as they are stored. Done begins anew
	// where the files are read once more.
	Done, Total int64
	Rows        int64 // read so far
}

// progress gathers what the readers of several files tell.
type progress struct {
	tell func(Progress)
	lock sync.Mutex
	now  Progress
}

func newProgress(tell func(Progress), dir string, tasks []*fileTask) *progress {
	p := &progress{tell: tell}
	if tell == nil {
		return p
	}
	for _, t := range tasks {
		p.now.Total += list.Size(dir, t.spec)
	}
	return p
}

// of returns what the reader of a file is to tell; nil where nobody listens.
func (p *progress) of(file string) func(bytes, rows int64) {
	if p.tell == nil {
		return nil
	}
	return func(bytes, rows int64) { p.add(file, bytes, rows) }
}

// again begins anew, with files of so many bytes that are read once more.
func (p *progress) again(total int64) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.now = Progress{Total: total}
}

// begin tells that a file is read now.
func (p *progress) begin(file string) { p.add(file, 0, 0) }

// end tells that all files are read.
func (p *progress) end() { p.add("", 0, 0) }

func (p *progress) add(file string, bytes, rows int64) {
	if p.tell == nil {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.now.File = file
	p.now.Done += bytes
	p.now.Rows += rows
	p.tell(p.now)
}
