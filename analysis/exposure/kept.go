package exposure

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// kept is a counted pass that can be asked for single accounts and for the rows
// behind a figure.
type kept struct {
	pass  *pass
	n     *counters
	rows  []entry      // of lists whose rows were all kept
	store *storedSpots // of rows that were counted without being kept; nil where there are none

	lock  sync.Mutex
	first map[int]map[graph.Place]*entry // by list, of lists that were read once more
	// shown are the numbers that members of stored rows are given, 1 and more, as rows
	// of them come: where the store has them depends on the run.
	shown map[graph.Audience][]int32
	given int32
}

func newKept(p *pass, n *counters) *kept {
	k := &kept{pass: p, n: n, rows: p.entries, first: map[int]map[graph.Place]*entry{}, shown: map[graph.Audience][]int32{}}
	if p.stored != nil {
		k.rows, k.store = p.stored.rows, newStoredSpots(p.stored, n)
	}
	return k
}

// spot is where a member is counted.
type spot struct {
	number  int // of the member within its audience
	segment int // or -1
	set     *Set
}

// find tells where a member is counted, by a counter of its audience.
func (k *kept) find(c *counter, member identity.Key) (spot, bool) {
	if number, ok := c.registry.members[member]; ok {
		if m := c.member(number); m != nil {
			return spot{int(c.slots[number]) - 1, m.segment, c.setOf(m, k.pass.marks.of(m)).bare()}, true
		}
	}
	return k.store.find(member, c.audience)
}

// bare is the set of one member without its sums, which only counting asks for.
func (s *Set) bare() *Set { return &Set{Touches: s.Touches, Marks: s.Marks, Members: 1} }

// each calls do for every row that is wanted, in the order in which lists are
// taken.
func (k *kept) each(ctx context.Context, w Wanted, do func(*entry) error) error {
	p := k.pass
	if w.Sought != nil && k.store != nil {
		w.stored, w.Sought.id = k.store.sought(w.Sought), p.bulk.id
	}
	p.progress.again(k.storedBytes())
	for _, own := range []bool{true, false} {
		for i := range p.eco.Lists {
			if p.own[i] != own {
				continue
			}
			if w.Sought.over() {
				return nil
			}
			each := k.eachKept
			if k.store != nil && p.bulk.lists[i].rows > 0 {
				each = k.eachStored
			}
			err := each(ctx, i, w, do)
			if errors.Is(err, errFound) {
				return nil
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// storedBytes is how many bytes the lists have that are read once more for rows.
func (k *kept) storedBytes() (bytes int64) {
	for i, spec := range k.pass.eco.Lists {
		if k.store != nil && k.pass.bulk.lists[i].rows > 0 {
			bytes += list.Size(k.pass.eco.Dir, spec)
		}
	}
	return bytes
}

func (k *kept) eachKept(ctx context.Context, i int, w Wanted, do func(*entry) error) error {
	const lookEvery = 1024
	for j := range k.rows {
		switch e := &k.rows[j]; {
		case j%lookEvery == 0 && ctx.Err() != nil:
			return fmt.Errorf("stopped: %w", ctx.Err())
		case j%lookEvery == 0 && w.Sought.over():
			return errFound
		case e.list != i || !w.Seller(e.seller) || !w.Sought.ofEntry(e):
			continue
		}
		if err := do(k.retold(&k.rows[j])); err != nil {
			return err
		}
	}
	return nil
}

// retold tells of an entry whether its account is new to us, where only the
// count could.
func (k *kept) retold(e *entry) *entry {
	if k.store == nil || !k.store.isNew(e) {
		return e
	}
	one := *e
	one.told = ToldNew
	return &one
}

// eachStored reads a list once more.
func (k *kept) eachStored(ctx context.Context, i int, w Wanted, do func(*entry) error) error {
	p := k.pass
	first, s := k.firstTold(i), k.store.search(w)
	s.progress = p.progress.of(p.eco.Lists[i].File)
	take := func(e *entry) error {
		if !w.Sought.ofEntry(e) {
			return nil
		}
		return do(k.retold(e))
	}
	if w.quick != nil {
		s.quick = &quickSearch{k, first, take, w.quick}
	}
	return p.again(ctx, i, s, func(d *reading) error {
		e := p.toldAgain(d, first)
		if e == nil {
			return nil // it is among the unresolved
		}
		return take(e)
	})
}

// firstTold finds once for a list what was told of its rows that are kept.
func (k *kept) firstTold(i int) map[graph.Place]*entry {
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.first[i] == nil {
		k.first[i] = k.pass.firstTold(i, k.rows)
	}
	return k.first[i]
}

// at is a pass of the rows of one account alone, counted.
func (k *kept) at(ctx context.Context, account identity.Key) (*pass, *counters, error) {
	p := k.pass
	small := &pass{
		eco: p.eco, opts: p.opts, names: p.names, own: p.own, parents: p.parents, parentLinks: p.parentLinks,
		directory: p.directory, records: p.records, marks: p.marks,
	}
	take := func(e *entry) error {
		if e.account == account {
			small.entries = append(small.entries, *e)
			last := &small.entries[len(small.entries)-1]
			last.accountStored, last.memberStored = false, false
		}
		return nil
	}
	var err error
	if k.store == nil || k.store.specials.hasAccount(account) {
		for i := range p.entries {
			err = take(k.retold(&p.entries[i]))
		}
	} else {
		err = k.each(ctx, k.store.only(account), take)
	}
	if k.store != nil {
		small.markUsers(p.marks) // else they are marked
	}
	r := newRegistry(len(small.entries))
	small.registerIn(r)
	n := small.newCounters(r)
	small.countInto(n)
	return small, n, err
}

// tell finds the account that a text names. Names and record ids that nobody asked
// for while lists were read are looked for in the stored ones first.
func (k *kept) tell(ctx context.Context, text string) (identity.Key, error) {
	c := named(text, true)
	if k.store == nil || !k.pass.directory.domainKey(c).IsZero() {
		return k.pass.directory.tell(c).account, nil
	}
	w := newWanted()
	w.add(c)
	if err := k.pass.learnStored(ctx, w); err != nil {
		return identity.Key{}, err
	}
	k.pass.directory.settle() // what it could not use is told already
	return k.pass.directory.tell(c).account, nil
}

// memberNumber is the number by which rows tell a member, the same in every run.
func (k *kept) memberNumber(audience graph.Audience, n int) int {
	if k.store == nil {
		return n
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	shown := k.shown[audience]
	if n >= len(shown) {
		shown = append(shown, make([]int32, n+1-len(shown))...)
		k.shown[audience] = shown
	}
	if shown[n] == 0 {
		k.given++
		shown[n] = k.given
	}
	return int(shown[n]) - 1
}
