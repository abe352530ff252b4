package exposure

import (
	"math"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
	"github.com/channelmap/channelmap/graph/list/bytemap"
)

// bulkRows are some rows of a block whose cells are parted by delimiters and
// nothing else. They are read one column after another: so each column has a short
// loop, and what it looks into stays in the processor's cache.
type bulkRows struct {
	text    []byte // of the block
	bytes   bytemap.Map
	delim   byte
	columns int
	at      int // where the next rows begin

	n      int
	ends   []int32 // of each row: where its cells end
	places []rowPlace
	// What its columns say:
	hash          []identity.Hash // of its account
	path          []uint32        // of its cells, which tells its kind
	kind          []uint32        // its kind, or needsCare
	value, amount []int64         // or tally.Absent
	slow          []slowKey       // of accounts that are no plain domains, by row
	address       []identity.Address
	slowUsers     []slowKey // likewise, of addresses
}

type rowPlace struct{ from, to, number int32 } // with its line end; within the block

type slowKey struct {
	row int
	key []byte
}

// needsCare is the kind of rows that are left to the careful reader.
const needsCare = math.MaxUint32

// mostCut is how many rows are read at once.
const mostCut = 512

func newBulkRows(columns int) bulkRows {
	return bulkRows{
		columns: columns, ends: make([]int32, mostCut*columns), places: make([]rowPlace, mostCut), hash: make([]identity.Hash, mostCut),
		path: make([]uint32, mostCut), kind: make([]uint32, mostCut), value: make([]int64, mostCut), amount: make([]int64, mostCut),
	}
}

// see begins with a block.
func (r *bulkRows) see(b *list.Block, delim byte) {
	r.text, r.delim, r.at = b.Text, delim, 0
	r.bytes = r.bytes.Read(b.Text, delim)
}

// next finds the next rows and their cells, and leaves those between that are not
// plain to the careful reader. It returns false with the last ones of the block.
func (r *bulkRows) next(b *list.Block) bool {
	r.n, r.slow, r.slowUsers = 0, r.slow[:0], r.slowUsers[:0]
	for r.at < b.Limit && r.n < mostCut {
		next := r.part(r.at, r.ends[r.n*r.columns:(r.n+1)*r.columns])
		if next == 0 || next > b.Ahead {
			var whole bool
			if next, whole = b.Leave(r.at, b.Rows); !whole {
				return false
			}
		} else {
			r.places[r.n] = rowPlace{int32(r.at), int32(next), int32(b.Rows)}
			r.path[r.n], r.value[r.n], r.amount[r.n] = pathStart, tally.Absent, tally.Absent
			r.n++
		}
		b.Rows++
		r.at, b.End = next, next
	}
	return r.at < b.Limit
}

// part finds where the cells of a row end. It returns where the next row begins,
// or 0 where this one is not plain.
func (r *bulkRows) part(at int, ends []int32) int {
	text, bytes, last := r.text, r.bytes, len(ends)-1
	for i := range ends {
		at = bytes.Stop(at)
		ends[i] = int32(at)
		if i == last {
			break
		}
		if text[at] != r.delim {
			return 0
		}
		at++
	}
	switch {
	case text[at] == '\n':
		return at + 1
	case text[at] == '\r' && text[at+1] == '\n':
		return at + 2
	}
	return 0
}

// bounds are where a cell of a row begins and ends.
func (r *bulkRows) bounds(i, column int) (from, to int) {
	to = int(r.ends[i*r.columns+column])
	if column == 0 {
		return int(r.places[i].from), to
	}
	return int(r.ends[i*r.columns+column-1]) + 1, to
}

func (r *bulkRows) cell(i, column int) []byte {
	from, to := r.bounds(i, column)
	return r.text[from:to]
}

// line is the text of a row, with its end.
func (r *bulkRows) line(i int) []byte { return r.text[r.places[i].from:r.places[i].to] }

// number is that of a row within its block.
func (r *bulkRows) number(i int) int { return int(r.places[i].number) }

// leave leaves a row to the careful reader.
func (r *bulkRows) leave(b *list.Block, i int) {
	p := &r.places[i]
	b.LeaveRow(int(p.from), int(p.to), int(p.number))
}

// leaveCareful leaves the rows that need care to the careful reader. What the
// columns of the others say stands without gaps then.
func (r *bulkRows) leaveCareful(b *list.Block) {
	n := 0
	for i, kind := range r.kind[:r.n] {
		if kind == needsCare {
			r.leave(b, i)
			continue
		}
		if n < i {
			r.kind[n], r.hash[n], r.value[n], r.amount[n] = kind, r.hash[i], r.value[i], r.amount[i]
		}
		n++
	}
	r.n = n
}
