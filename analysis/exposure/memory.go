package exposure

import (
	"fmt"
	"runtime/metrics"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
)

// guard ends a run that needs more memory than it may have, before the system
// ends it. Rows are held in memory, and a third of it is theirs: telling their
// accounts and counting them takes nearly twice as much again.
type guard struct {
	most   uint64 // bytes; 0 for no bound
	rows   atomic.Int64
	stores []*tally.Store // whose memory counts too; none where no rows are stored
}

// checkEvery is after how many rows of a file the guard looks.
const checkEvery = 1024

// rowsShare is the part of the memory that rows may take: one in so many.
const rowsShare = 3

// row counts a row that is kept, read at a place.
func (g *guard) row(at graph.Place, ofFile int) error {
	n := g.rows.Add(1)
	if g.most == 0 || ofFile%checkEvery != 0 || live() <= g.most/rowsShare {
		return nil
	}
	return &MemoryError{Place: at, Rows: n, Most: g.most}
}

// step looks between two steps of a pass.
func (g *guard) step() error {
	if g.most == 0 {
		return nil
	}
	taken := live()
	for _, s := range g.stores {
		taken += uint64(s.Outside())
	}
	if taken <= g.most {
		return nil
	}
	return &MemoryError{Rows: g.rows.Load(), Most: g.most}
}

// live is how many bytes were in use when the garbage collector last looked.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// MemoryError says that lists and records do not fit into the memory that they
// may take.
type MemoryError struct {
	Place graph.Place // of the row at which it showed; zero after reading
	Rows  int64       // read by then
	Most  uint64      // bytes that the run may take
}

func (e *MemoryError) Error() string {
	text := fmt.Sprintf("the lists do not fit into memory: after %d rows they take more than a run of %d MB has room for", e.Rows, e.Most/1e6)
	if e.Place.File == "" {
		return text
	}
	return e.Place.String() + ": " + text
}
