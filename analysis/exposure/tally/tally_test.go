package tally_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
)

// world is a random store whose truth is known without it.
type world struct {
	kinds  []tally.Kind
	rows   []row
	lines  int
	places map[int][]int
	tags   map[string]int // line by key, or Out

	values, amounts, keep bool // what the store holds, and whether members are kept
	differing             int  // how many differing members are to be named

	beside  bool // rows name others beside their member
	crowds  []int
	crowded int
	besides map[uint64][]int
}

type row struct {
	key           string
	kind          int
	value, amount int64 // or Absent
	beside        uint64
}

func randomWorld(r *rand.Rand, lines int) *world {
	w := &world{lines: lines, places: map[int][]int{}, tags: map[string]int{}, values: r.IntN(2) > 0, amounts: r.IntN(2) > 0, keep: r.IntN(2) > 0}
	simple := r.IntN(4) == 0             // rows say nothing but their lines
	oneList := !simple && r.IntN(3) == 0 // all are of one list, and say a line, a segment and a value
	ranks := 1 + r.IntN(3)
	w.differing = r.IntN(2) * r.IntN(400)
	for range 1 + r.IntN(min(3*lines, 1000)) {
		k := tally.Kind{Lines: []int{r.IntN(lines - 2)}, Segment: r.IntN(4) - 1, Place: r.IntN(3) - 1, Rank: r.IntN(ranks)}
		k.Own = k.Rank == 0 && ranks > 1
		if r.IntN(5) == 0 {
			k.Lines = append(k.Lines, lines-1)
		}
		switch {
		case simple:
			k = tally.Kind{Lines: k.Lines, Segment: tally.None, Place: tally.None}
		case oneList:
			k = tally.Kind{Lines: k.Lines[:1], Segment: k.Segment, Place: tally.None, Rank: 3}
		}
		w.kinds = append(w.kinds, k)
	}
	w.places[1] = []int{lines - 2}
	if !simple && !oneList && r.IntN(2) == 0 {
		w.besideSome(r)
	}
	keys := 1 + r.IntN(400)
	for range r.IntN(3000) {
		one := row{key: fmt.Sprintf("member-%d", r.IntN(keys)), kind: r.IntN(len(w.kinds)), value: tally.Absent, amount: tally.Absent}
		if w.values && r.IntN(2) == 0 {
			one.value = int64(len(one.key)) + r.Int64N(2)
		}
		if w.amounts && r.IntN(3) == 0 {
			one.amount = r.Int64N(1000) - 300
		}
		if w.beside {
			one.beside = r.Uint64N(6)
		}
		w.rows = append(w.rows, one)
	}
	for range r.IntN(20) {
		if simple || oneList {
			break
		}
		w.tags[fmt.Sprintf("member-%d", r.IntN(keys))] = []int{lines - 1, tally.Out}[r.IntN(2)]
	}
	return w
}

// besideSome lets it matter whom rows name beside their member.
func (w *world) besideSome(r *rand.Rand) {
	w.beside, w.crowded = true, 1+r.IntN(3)
	if r.IntN(2) == 0 {
		w.crowds = []int{w.lines - 1, w.lines - 2}
	}
	for i := range w.kinds {
		if k := &w.kinds[i]; len(w.crowds) == 0 {
			k.Crowd = tally.None
		} else {
			k.Crowd, k.Owned = r.IntN(len(w.crowds)+1)-1, r.IntN(4) == 0
		}
	}
	if r.IntN(2) == 0 {
		w.besides = map[uint64][]int{1: {w.lines - 1, w.lines - 2}, 2: {tally.Out}, 3: {w.lines - 2}}
	}
}

// plain is a member as the plain reference sees it.
type plain struct {
	rows                  []row
	segment, own          int
	contradictory, valued bool
	value                 int64
	lines                 map[int]int64 // with their amounts
	out, elsewhere        bool
	crowd                 []int
}

// first takes the value of the rows of the lowest rank that have one, and
// reports whether those differ.
func first[T comparable](w *world, rows []row, of func(row) (T, bool)) (value T, found, differ bool) {
	best := 1 << 30
	for _, one := range rows {
		v, ok := of(one)
		rank := w.kinds[one.kind].Rank
		switch {
		case !ok || rank > best:
		case rank < best:
			value, found, differ, best = v, true, false, rank
		case v != value:
			differ = true
		}
	}
	return value, found, differ
}

func (w *world) members() map[string]*plain {
	all := map[string]*plain{}
	for _, one := range w.rows {
		if all[one.key] == nil {
			all[one.key] = &plain{lines: map[int]int64{}}
		}
		m := all[one.key]
		m.rows = append(m.rows, one)
		for i, line := range w.kinds[one.kind].Lines {
			m.lines[line] += 0
			if i == 0 && one.amount != tally.Absent {
				m.lines[line] += one.amount
			}
		}
	}
	for key, m := range all {
		w.decide(key, m)
	}
	return all
}

func (w *world) decide(key string, m *plain) {
	named := func(get func(tally.Kind) int) func(row) (int, bool) {
		return func(one row) (int, bool) { v := get(w.kinds[one.kind]); return v, v != tally.None }
	}
	segment, found, differ := first(w, m.rows, named(func(k tally.Kind) int { return k.Segment }))
	m.segment, m.contradictory = segment, differ
	if !found {
		m.segment = tally.None
	}
	place, found, differ := first(w, m.rows, named(func(k tally.Kind) int { return k.Place }))
	m.contradictory = m.contradictory || differ
	if found {
		for _, line := range w.places[place] {
			m.lines[line] += 0
		}
	}
	m.value, m.valued, differ = first(w, m.rows, func(one row) (int64, bool) { return one.value, one.value != tally.Absent })
	m.contradictory = m.contradictory || differ
	if line, ok := w.tags[key]; ok && line != tally.Out {
		m.lines[line] += 0
	}
	for _, one := range m.rows {
		if w.kinds[one.kind].Own {
			m.own = 1
		}
	}
	line, ok := w.tags[key]
	m.out = ok && line == tally.Out
	w.decideBeside(m)
}

// decideBeside says what follows from whom rows name beside a member.
func (w *world) decideBeside(m *plain) {
	owned, beside := false, false
	of := make([]map[uint64]bool, len(w.crowds))
	for _, one := range m.rows {
		k := w.kinds[one.kind]
		owned = owned || k.Owned
		if len(w.crowds) > 0 && k.Crowd != tally.None && one.beside != 0 {
			if of[k.Crowd] == nil {
				of[k.Crowd] = map[uint64]bool{}
			}
			of[k.Crowd][one.beside] = true
		}
		lines := w.besides[one.beside]
		out := slices.Contains(lines, tally.Out)
		beside, m.elsewhere = beside || out, m.elsewhere || !out
		for _, line := range lines {
			if line != tally.Out {
				m.lines[line] += 0
			}
		}
	}
	for crowd, who := range of {
		if len(who) >= w.crowded {
			m.crowd = append(m.crowd, w.crowds[crowd])
		}
	}
	if owned && len(m.crowd) > 0 {
		m.crowd = append(m.crowd, w.lines-1)
	}
	for _, line := range m.crowd {
		m.lines[line] += 0
	}
	if m.out && len(m.crowd) > 0 || beside {
		m.crowd = nil
	}
	m.out, m.elsewhere = m.out || beside, m.elsewhere && beside && w.besides != nil
}

// count writes the world's sets as text, the plainest way there is.
func (w *world) count() (sets []string, contradictory int, perKind [3][]int64) {
	for i := range perKind {
		perKind[i] = make([]int64, len(w.kinds))
	}
	type total struct {
		members, valued, value int64
		amounts                map[int]int64
	}
	totals := map[string]*total{}
	for _, m := range w.members() {
		if m.out {
			continue
		}
		if m.contradictory {
			contradictory++
			continue
		}
		lines := slices.Sorted(maps.Keys(m.lines))
		name := fmt.Sprint(m.segment, lines)
		t := totals[name]
		if t == nil {
			t = &total{amounts: map[int]int64{}}
			totals[name] = t
		}
		t.members++
		if m.valued {
			t.valued++
			t.value += m.value
		}
		for l, a := range m.lines {
			t.amounts[l] += a
		}
		for _, one := range m.rows {
			k := w.kinds[one.kind]
			for i, counts := range []bool{m.own == 0, k.Segment >= 0 && k.Segment != m.segment, one.value != tally.Absent && one.value != m.value} {
				if counts {
					perKind[i][one.kind]++
				}
			}
		}
	}
	for name, t := range totals {
		sets = append(sets, fmt.Sprint(name, t.members, t.valued, t.value, t.amounts))
	}
	slices.Sort(sets)
	return sets, contradictory, perKind
}

// store puts the rows into a store with two writers, in batches.
func (w *world) store(t *testing.T, opts tally.Options) (*tally.Store, tally.Spec, identity.Seed) {
	t.Helper()
	opts.Workers, opts.Rows, opts.Dir, opts.Value, opts.Amount, opts.Beside = 2, int64(len(w.rows)), t.TempDir(), w.values, w.amounts, w.beside
	s, seed := tally.New(opts), identity.NewSeed()
	var wait sync.WaitGroup
	for i := range 2 {
		wait.Go(func() {
			var b tally.Batch
			for n, one := range w.rows {
				if n%2 != i {
					continue
				}
				b.Hash = append(b.Hash, seed.Of(name(one.key)))
				b.Kind = append(b.Kind, uint32(one.kind))
				if w.values {
					b.Value = append(b.Value, one.value)
				}
				if w.amounts {
					b.Amount = append(b.Amount, one.amount)
				}
				if w.beside {
					b.Beside = append(b.Beside, one.beside)
				}
				b.Keys = append(b.Keys, one.key...)
				b.Ends = append(b.Ends, uint32(len(b.Keys)))
				if len(b.Hash) == 100 {
					if err := s.Writer(i).Add(&b); err != nil {
						t.Error(err)
					}
					b.Reset()
				}
			}
			if err := s.Writer(i).Add(&b); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	spec := tally.Spec{Kinds: w.kinds, Lines: w.lines, PlaceLines: w.places, Unowned: w.ownsAny(), Keep: w.keep, Differing: w.differing, Workers: 2}
	if w.beside {
		spec.Crowds, spec.Crowded, spec.OwnedLine, spec.Besides = w.crowds, w.crowded, w.lines-1, w.besides
	}
	for key, line := range w.tags {
		spec.Tags = append(spec.Tags, tally.Tag{Hash: seed.Of(name(key)), Key: key, Line: line})
	}
	return s, spec, seed
}

// ownsAny reports whether some rows are ours.
func (w *world) ownsAny() bool {
	return slices.ContainsFunc(w.kinds, func(k tally.Kind) bool { return k.Own })
}

// texts writes the sets of a result as count does, and sees to their order.
func texts(t *testing.T, r *tally.Result) []string {
	t.Helper()
	var out []string
	var before tally.Set
	for i := range r.Len() {
		var s tally.Set
		r.Set(i, &s)
		if i > 0 && (uint(before.Segment) > uint(s.Segment) || before.Segment == s.Segment && slices.Compare(before.Lines, s.Lines) >= 0) {
			t.Errorf("sets are out of order: %v %v before %v %v", before.Segment, before.Lines, s.Segment, s.Lines)
		}
		amounts := map[int]int64{}
		for j, l := range s.Lines {
			if amounts[l] = 0; s.Amounts != nil {
				amounts[l], _ = s.Amounts[j].Int64()
			}
		}
		value, _ := s.Value.Int64()
		out = append(out, fmt.Sprint(fmt.Sprint(s.Segment, s.Lines), s.Members, s.Valued, value, amounts))
		before = s
	}
	slices.Sort(out)
	return out
}

// TestCountAgreesWithPlainReference holds every way of counting to the plainest
// one: masks of one and two words, lists of lines, whole keys, rows on disk.
func TestCountAgreesWithPlainReference(t *testing.T) {
	worlds := 250 // a thousand for each number of lines
	if testing.Short() || raceDetector {
		worlds = 40
	}
	defer tally.SmallChunks()()
	for _, exact := range []bool{false, true} {
		for _, memory := range []int64{0, 1} {
			for _, lines := range []int{3, 60, 64, 100, 128, 300, 70_000} {
				t.Run(fmt.Sprint("exact ", exact, ", memory ", memory, ", lines ", lines), func(t *testing.T) {
					r := rand.New(rand.NewPCG(uint64(lines), uint64(memory)))
					for range worlds {
						sameAsPlain(t, randomWorld(r, lines), tally.Options{Exact: exact, Memory: memory})
					}
				})
			}
		}
	}
}

func sameAsPlain(t *testing.T, w *world, opts tally.Options) {
	t.Helper()
	s, spec, seed := w.store(t, opts)
	defer s.Close()
	if opts.Memory > 0 && s.Rows() > 2000 && s.Spilled() == 0 {
		t.Error("nothing went to disk")
	}
	r, err := s.Count(spec)
	if err != nil {
		t.Fatal(err)
	}
	want, contradictory, perKind := w.count()
	counted := int64(0)
	for _, n := range r.Out {
		counted += n
	}
	if out := w.rowsOut(); counted != out {
		t.Errorf("%d rows are in no set, want %d", counted, out)
	}
	if got := texts(t, r); !slices.Equal(got, want) {
		t.Fatalf("sets:\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	if w.keep {
		sameFound(t, w, r, func(key string) tally.ID { return s.ID(seed.Of(name(key)), key) })
	}
	if len(r.Contradictory) != contradictory {
		t.Errorf("%d members are contradictory, want %d", len(r.Contradictory), contradictory)
	}
	if got, want := r.Differing, w.differingMembers(func(key string) tally.ID { return s.ID(seed.Of(name(key)), key) }); !sameMembers(got, want) {
		t.Errorf("differing: got %v, want %v", got, want)
	}
	if w.beside {
		sameBeside(t, w, r, func(key string) tally.ID { return s.ID(seed.Of(name(key)), key) })
	}
	for i, got := range [][]int64{r.Unowned, r.OtherSegment, r.OtherValue} {
		if i == 0 && !w.ownsAny() {
			continue
		}
		if !slices.Equal(got, perKind[i]) {
			t.Errorf("rows by kind, %d: got %v, want %v", i, got, perKind[i])
		}
	}
}

// sameBeside holds what is reported of members by whom rows name beside them.
func sameBeside(t *testing.T, w *world, r *tally.Result, id func(string) tally.ID) {
	t.Helper()
	crowded, elsewhere := map[tally.ID]string{}, map[tally.ID]bool{}
	for _, one := range r.Crowded {
		crowded[one.ID] = fmt.Sprint(one.Lines)
	}
	for _, one := range r.Elsewhere {
		elsewhere[one] = true
	}
	for key, m := range w.members() {
		if got, ok := crowded[id(key)]; ok != (len(m.crowd) > 0) || ok && got != fmt.Sprint(m.crowd) {
			t.Errorf("%s: crowds %s, want %v", key, got, m.crowd)
		}
		if got := elsewhere[id(key)]; got != m.elsewhere {
			t.Errorf("%s: elsewhere %v, want %v", key, got, m.elsewhere)
		}
	}
}

// sameFound looks every member up once rows are gone.
func sameFound(t *testing.T, w *world, r *tally.Result, id func(string) tally.ID) {
	t.Helper()
	numbers := map[int]string{}
	var ids []tally.ID
	for key, m := range w.members() {
		ids = append(ids, id(key), id("nobody, not "+key))
		out := m.contradictory || m.out
		found, ok := r.Find(id(key))
		if ok == out {
			t.Fatalf("%s: found %v, out %v", key, ok, out)
		}
		if !ok {
			continue
		}
		if other, taken := numbers[found.Member]; taken {
			t.Fatalf("%s and %s have one number", key, other)
		}
		numbers[found.Member] = key
		var set tally.Set
		r.Set(found.Set, &set)
		if lines := slices.Sorted(maps.Keys(m.lines)); !slices.Equal(set.Lines, lines) || set.Segment != m.segment || found.Own != (m.own == 1) {
			t.Fatalf("%s: found in %v %v, want %v %v", key, set.Segment, set.Lines, m.segment, lines)
		}
	}
	if _, ok := r.Find(id("nobody")); ok {
		t.Error("who has no row is found")
	}
	found, oks := make([]tally.Found, len(ids)), make([]bool, len(ids))
	r.FindAll(ids, found, oks)
	for i := range ids {
		if want, ok := r.Find(ids[i]); oks[i] != ok || ok && found[i] != want {
			t.Fatalf("found %v, %v among others, want %v, %v", found[i], oks[i], want, ok)
		}
	}
}

func name(key string) identity.Key { return identity.Key{Kind: identity.ByName, Text: key} }

// rowsOut is how many rows are of members in no set.
func (w *world) rowsOut() (n int64) {
	for _, m := range w.members() {
		if m.contradictory || m.out {
			n += int64(len(m.rows))
		}
	}
	return n
}

// differingMembers are the members of whom some row says another thing than what
// counts; none where they are too many.
func (w *world) differingMembers(id func(string) tally.ID) (all []tally.Differing) {
	for key, m := range w.members() {
		if m.contradictory || m.out {
			continue
		}
		d, differs := tally.Differing{ID: id(key), Segment: m.segment, Value: tally.Absent}, false
		if m.valued {
			d.Value = m.value
		}
		d.SegmentRank, d.ValueRank = 1<<16, 1<<16
		for _, one := range m.rows {
			k := w.kinds[one.kind]
			differs = differs || k.Segment >= 0 && k.Segment != m.segment || one.value != tally.Absent && one.value != m.value
			if k.Segment >= 0 && k.Segment == m.segment {
				d.SegmentRank = min(d.SegmentRank, k.Rank)
			}
			if one.value != tally.Absent && one.value == m.value {
				d.ValueRank = min(d.ValueRank, k.Rank)
			}
		}
		d.SegmentRank, d.ValueRank = d.SegmentRank&(1<<16-1), d.ValueRank&(1<<16-1)
		if differs {
			all = append(all, d)
		}
	}
	if len(all) > w.differing {
		return nil
	}
	return all
}

func sameMembers(got, want []tally.Differing) bool {
	order := func(a, b tally.Differing) int {
		return cmp.Or(cmp.Compare(a.Partition, b.Partition), cmp.Compare(a.Key0, b.Key0), cmp.Compare(a.Key, b.Key))
	}
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	return slices.Equal(got, want)
}
