package exposure

import (
	"context"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
)

// differing finds, among rows that are counted without being kept, the first ones
// that say another thing of their member than an earlier row. The count tells how
// many there are in each list, and of which members.
type differing struct {
	count            *bulkCount
	members          map[tally.ID]*tally.Differing
	segments, values storedDifferences
	looks            atomic.Bool // further rows of the list at hand are looked for
}

// storedDifferences are those of one fact.
type storedDifferences struct {
	differences
	byList []int64
	left   int64 // in the list at hand
	counts func(*tally.Differing, *entry) bool
	rank   func(*tally.Differing) int
}

// mostDiffering bounds the members of whom rows are looked for: each takes about
// 200 bytes. Members are the more by chance the more there are.
const mostDiffering = 100_000

// mostDiffering is that bound within the memory of the pass.
func (p *pass) mostDiffering() int {
	const share, each = 16, 256
	if p.opts.Memory == 0 {
		return mostDiffering
	}
	return int(min(mostDiffering, p.opts.Memory/share/each))
}

func (c *bulkCount) newDiffering() *differing {
	lists := len(c.pass.eco.Lists)
	d := &differing{count: c, members: make(map[tally.ID]*tally.Differing, len(c.result.Differing))}
	d.segments = storedDifferences{
		differences: differences{fact: segmentFact}, byList: make([]int64, lists),
		counts: func(m *tally.Differing, e *entry) bool { return e.segment == m.Segment },
		rank:   func(m *tally.Differing) int { return m.SegmentRank },
	}
	d.values = storedDifferences{
		differences: differences{fact: valueFact}, byList: make([]int64, lists),
		counts: func(m *tally.Differing, e *entry) bool { return stored(e.value) == m.Value },
		rank:   func(m *tally.Differing) int { return m.ValueRank },
	}
	for i := range c.result.Differing {
		m := &c.result.Differing[i]
		d.members[m.ID] = m
	}
	for i, k := range c.bulk.kinds[:len(c.bulk.rows)] {
		if k.audience == graph.Buyers {
			d.segments.byList[k.list] += c.result.OtherSegment[i]
			d.values.byList[k.list] += c.result.OtherValue[i]
		}
	}
	for _, s := range []*storedDifferences{&d.segments, &d.values} {
		for _, n := range s.byList {
			s.count += int(n)
		}
	}
	return d
}

// begin makes ready for a list, and reports whether its rows are to be looked at.
func (d *differing) begin(i int) bool {
	d.segments.left, d.values.left = d.segments.byList[i], d.values.byList[i]
	d.looks.Store(len(d.members) > 0 && (d.segments.looks() || d.values.looks()))
	return d.looks.Load()
}

func (s *storedDifferences) looks() bool { return s.left > 0 && !s.enough() }

// wants reports whether a plain row may be one of them.
func (d *differing) wants(id tally.ID) bool { return d.looks.Load() && d.members[id] != nil }

// take looks at a row before which so many are held.
func (d *differing) take(e *entry, held int) {
	if !d.looks.Load() || e.account.IsZero() || e.audience != graph.Buyers {
		return
	}
	m := d.members[d.count.bulk.id(e.account)]
	if m == nil {
		return
	}
	for _, s := range []*storedDifferences{&d.segments, &d.values} {
		if s.fact.tells(e) && !s.counts(m, e) {
			s.left--
			s.show(difference{entry: e, at: held, before: true})
		}
	}
	d.looks.Store(d.segments.looks() || d.values.looks())
}

// findFirst finds, for the first such row, the one that counts.
func (d *differing) findFirst(ctx context.Context) error {
	for _, s := range []*storedDifferences{&d.segments, &d.values} {
		if len(s.rows) == 0 {
			continue
		}
		row := &s.rows[0]
		id := d.count.bulk.id(row.account)
		m := d.members[id]
		wants := func(n tally.ID) bool { return n == id }
		err := d.count.pass.eachOf(ctx, d.count.ranked(s.rank(m)), wants, func(e *entry) error {
			if e.account == row.account && e.audience == graph.Buyers && s.fact.tells(e) {
				row.first = e
				return errEnough
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
