package exposure

import (
	"context"
	"math"
	"slices"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// differing finds, among rows that are counted without being kept, the first ones
// that say another thing of their member than an earlier row. The count tells how
// many there are in each list, and of which members.
type differing struct {
	count            *bulkCount
	audience         graph.Audience
	id               func(identity.Key) tally.ID // of a member
	members          map[tally.ID]*tally.Differing
	segments, values storedDifferences
	looks            atomic.Bool // further rows of the list at hand are looked for
	// Where the members are those of some rows: their list, and the last of them.
	sampled bool
	list    int
	last    graph.Place
}

// storedDifferences are those of one fact.
type storedDifferences struct {
	differences
	byList []int64
	left   int64                               // in the list at hand
	counts func(*tally.Differing, *entry) bool // what the row says is what counts
	rank   func(*tally.Differing) int          // of the list that said so first
}

// mostDiffering bounds the members of whom rows are looked for: each takes about
// 200 bytes. Where more differ, those are looked for that the first rows of a list
// are about, mostSampled of them. Tests make both small.
var mostDiffering, mostSampled = 100_000, 10_000

// mostDiffering is that bound within the memory of the pass.
func (p *pass) mostDiffering() int {
	const share, each = 16, 256
	if p.opts.Memory == 0 {
		return mostDiffering
	}
	return int(min(uint64(mostDiffering), p.opts.Memory/share/each))
}

// findDiffering takes over what the counts of both stores met.
func (c *bulkCount) findDiffering(ctx context.Context) error {
	c.differing = []*differing{c.newDiffering(graph.Buyers, c.bulk.id), c.newDiffering(graph.Users, c.bulk.userID)}
	for _, d := range c.differing {
		if err := d.sample(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (c *bulkCount) newDiffering(audience graph.Audience, id func(identity.Key) tally.ID) *differing {
	result := c.resultOf(audience)
	d := &differing{count: c, audience: audience, id: id, members: make(map[tally.ID]*tally.Differing, len(result.Differing))}
	for i := range result.Differing {
		m := &result.Differing[i]
		d.members[m.ID] = m
	}
	d.segments = d.stored(segmentFact, result.OtherSegment)
	d.segments.counts = func(m *tally.Differing, e *entry) bool { return e.segment == m.Segment }
	d.segments.rank = func(m *tally.Differing) int { return m.SegmentRank }
	d.values = d.stored(valueFact, result.OtherValue)
	d.values.counts = func(m *tally.Differing, e *entry) bool { return stored(e.value) == m.Value }
	d.values.rank = func(m *tally.Differing) int { return m.ValueRank }
	return d
}

// stored counts the rows of each kind that differ.
func (d *differing) stored(f *fact, rows []int64) storedDifferences {
	s := storedDifferences{differences: differences{fact: f}, byList: make([]int64, len(d.count.pass.eco.Lists))}
	for i, k := range d.count.bulk.kinds[:len(d.count.bulk.rows)] {
		if k.audience == d.audience {
			s.byList[k.list] += rows[i]
			s.count += int(rows[i])
		}
	}
	return s
}

// begin makes ready for a list.
func (d *differing) begin(i int) {
	d.segments.left, d.values.left = d.segments.byList[i], d.values.byList[i]
	d.looks.Store((!d.sampled || d.list == i) && (d.segments.looks() || d.values.looks()))
}

func (s *storedDifferences) looks() bool { return s.left > 0 && !s.enough() }

// wants reports whether a plain row may be one of them.
func (d *differing) wants(id tally.ID) bool { return d.looks.Load() && d.knows(id) }

// search looks for members.
func (d *differing) search(wants func(tally.ID) bool) *search {
	if d.audience == graph.Users {
		return &search{user: func(id func() tally.ID) bool { return wants(id()) }}
	}
	return &search{account: func(id func() tally.ID, _ int) bool { return wants(id()) }}
}

// differ reports whether any rows do.
func (d *differing) differ() bool { return d.segments.count+d.values.count > 0 }

func (d *differing) knows(id tally.ID) bool { return d.members[id] != nil }

// take looks at a row before which so many are held.
func (d *differing) take(e *entry, held int) {
	if !d.looks.Load() || e.audience != d.audience {
		return
	}
	if m := d.members[d.id(e.member)]; m != nil {
		for _, s := range []*storedDifferences{&d.segments, &d.values} {
			if s.fact.tells(e) && !s.counts(m, e) {
				s.left--
				s.show(difference{entry: e, at: held, before: true})
			}
		}
	}
	if d.sampled && e.place == d.last || !d.segments.looks() && !d.values.looks() {
		d.looks.Store(false)
	}
}

// findFirst finds, for the first such row, the one that counts.
func (d *differing) findFirst(ctx context.Context) error {
	for _, s := range []*storedDifferences{&d.segments, &d.values} {
		if len(s.rows) == 0 {
			continue
		}
		row := &s.rows[0]
		id := d.id(row.member)
		m := d.members[id]
		wanted := d.search(func(n tally.ID) bool { return n == id })
		err := d.count.pass.eachOf(ctx, d.count.ranked(s.rank(m)), wanted, func(e *entry) error {
			if e.member == row.member && e.audience == d.audience && s.fact.tells(e) {
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

// sample chooses the members where they are too many to be named by the count: those
// of the first rows of the first list in which any differ. It finds what counts of
// each as the count did.
func (d *differing) sample(ctx context.Context) error {
	lists := d.count.inOrder()
	n := slices.IndexFunc(lists, func(i int) bool { return d.segments.byList[i] > 0 || d.values.byList[i] > 0 })
	if n < 0 || len(d.members) > 0 {
		return nil
	}
	d.sampled, d.list = true, lists[n]
	all := d.search(func(tally.ID) bool { return true })
	err := d.count.pass.eachOf(ctx, d.list, all, func(e *entry) error {
		if e.audience != d.audience || d.count.specials.has(e) {
			return nil
		}
		d.last = e.place
		if d.learn(e, true); len(d.members) == mostSampled {
			return errEnough
		}
		return nil
	})
	for i := 0; i < n && err == nil; i++ {
		err = d.count.pass.eachOf(ctx, lists[i], d.search(d.knows), func(e *entry) error {
			if e.audience == d.audience {
				d.learn(e, false)
			}
			return nil
		})
	}
	return err
}

// learn takes what a row says of its member, if the rows before it, and those of
// lists of a lower rank, say nothing.
func (d *differing) learn(e *entry, add bool) {
	id := d.id(e.member)
	m := d.members[id]
	if m == nil {
		if !add {
			return
		}
		m = &tally.Differing{ID: id, Segment: tally.None, SegmentRank: math.MaxInt, Value: tally.Absent, ValueRank: math.MaxInt}
		d.members[id] = m
	}
	rank := d.count.rank(e.list)
	if segmentFact.tells(e) && rank < m.SegmentRank {
		m.Segment, m.SegmentRank = e.segment, rank
	}
	if valueFact.tells(e) && rank < m.ValueRank {
		m.Value, m.ValueRank = stored(e.value), rank
	}
}
