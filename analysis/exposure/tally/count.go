package tally

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// StopWhen makes Count end with the error that stopped returns, once it does:
// rows on disk can take a while. It is called by several goroutines.
func (s *Store) StopWhen(stopped func() error) { s.stopped = stopped }

// Count counts the rows of all writers, which must not write any more, and gives
// up the memory of the rows. Each distinct set comes out once, whatever the number
// of workers. It can be called once.
func (s *Store) Count(spec Spec) (*Result, error) {
	if len(spec.Kinds) > MaxKinds {
		return nil, fmt.Errorf("%d kinds of row are more than the %d that can be told apart", len(spec.Kinds), MaxKinds)
	}
	for _, w := range s.writers {
		if err := w.spill.flush(); err != nil {
			return nil, err
		}
	}
	plan := newPlan(s, spec)
	counters := make([]*counter, max(1, spec.Workers))
	var next atomic.Int64
	var wait sync.WaitGroup
	for i := range counters {
		c := newCounter(plan)
		counters[i] = c
		wait.Go(func() {
			for c.err == nil {
				p := int(next.Add(1)) - 1
				if p >= 1<<s.bits {
					return
				}
				if s.stopped != nil {
					c.err = s.stopped()
				}
				if c.err == nil {
					c.err = c.partition(p)
				}
			}
		})
	}
	wait.Wait()
	for _, c := range counters {
		if c.err != nil {
			return nil, c.err
		}
	}
	s.forget()
	return merge(plan, counters), nil
}

// plan is a Spec in the form that counting needs.
type plan struct {
	store  *Store
	spec   Spec
	kinds  []kindInfo
	lists  [][]uint32 // lines by kind, where masks do not hold them
	masked bool       // all lines fit into a mask
	packed bool       // or, of short lists, into a word
	places []mask     // lines by place
	placed [][]uint32
	tags   [][]Tag  // by partition
	cells  int      // segments and none
	narrow bool     // members are counted in the shortest way
	adds   []uint64 // then, by kind, what its rows add to a word of lines
	// masksAlone says that these are masks and nothing else is to be learnt of rows.
	masksAlone bool
	beside     bool // it matters whom rows name beside their member
	values     bool
	sums       bool // rows carry amounts
}

// kindInfo is a Kind as counting reads it.
type kindInfo struct {
	mask    mask
	segment uint16 // +1
	place   uint16 // +1
	rank    uint16
	crowd   uint16 // +1
	own     bool
	owned   bool
}

// mask is a set of up to 128 lines.
type mask struct{ a, b uint64 }

// maskLines is how many lines a mask holds.
const maskLines = 128

func (m *mask) set(line int) {
	if line < 64 {
		m.a |= 1 << line
	} else {
		m.b |= 1 << (line - 64)
	}
}

func newPlan(s *Store, spec Spec) *plan {
	p := &plan{
		store: s, spec: spec, masked: spec.Lines <= maskLines, tags: make([][]Tag, 1<<s.bits),
		values: s.opts.Value, sums: s.opts.Amount, cells: 1, beside: s.opts.Beside && len(spec.Crowds)+len(spec.Besides) > 0,
	}
	p.packed = !p.masked && spec.Lines <= mostPacked
	for _, k := range spec.Kinds {
		info := kindInfo{segment: uint16(k.Segment + 1), place: uint16(k.Place + 1), rank: uint16(k.Rank), crowd: uint16(k.Crowd + 1), own: k.Own, owned: k.Owned}
		p.cells = max(p.cells, k.Segment+2)
		if p.masked {
			info.mask = maskOf(k.Lines)
		}
		p.lists = append(p.lists, words(k.Lines))
		p.kinds = append(p.kinds, info)
	}
	if p.narrow = p.isNarrow(); p.narrow {
		p.adds, p.masksAlone = p.narrowWords(), p.masked && p.cells == 1 && !p.values
	}
	for place, lines := range spec.PlaceLines {
		for len(p.places) <= place {
			p.places, p.placed = append(p.places, mask{}), append(p.placed, nil)
		}
		p.placed[place] = words(lines)
		if p.masked {
			p.places[place] = maskOf(lines)
		}
	}
	for _, t := range spec.Tags {
		at := t.Hash.H1 >> (64 - s.bits)
		p.tags[at] = append(p.tags[at], t)
	}
	return p
}

func maskOf(lines []int) (m mask) {
	for _, l := range lines {
		m.set(l)
	}
	return m
}

func words(lines []int) []uint32 {
	out := make([]uint32, len(lines))
	for i, l := range lines {
		out[i] = uint32(l)
	}
	return out
}
