package tally

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// kept are the members of one partition with their sets, so that they can be
// asked for once rows are gone: open addressing, as in table.
type kept struct {
	slots   []uint32 // 1 + the number of the member, or 0
	members []keptMember
	keys    []byte // of exact stores, each behind its length
}

// keptMember takes 24 bytes, and its slots 4 to 8 more.
type keptMember struct {
	key0, key1 uint64 // of exact stores, key1 is where in keys its own begins
	set        uint32 // or noSet
	own        bool
}

// keep keeps the members that are counted, beside others of the partition at hand.
func (c *counter) keep() {
	k, exact := &c.kept[c.at], c.plan.store.opts.Exact
	k.members = slices.Grow(k.members, len(c.members))
	for i := range c.members {
		m := &c.members[i]
		one := keptMember{m.key0, m.key1, c.setOf[i], m.flags&flagOwn != 0}
		if exact {
			key := c.keyAt(m.key1)
			one.key1 = uint64(len(k.keys))
			k.keys = append(binary.AppendUvarint(k.keys, uint64(len(key))), key...)
		}
		k.members = append(k.members, one)
	}
	k.place(exact)
}

// place gives all members their slots.
func (k *kept) place(exact bool) {
	k.slots = make([]uint32, 1<<bits.Len(uint(len(k.members)+len(k.members)/3|1)))
	mask := uint64(len(k.slots) - 1)
	for i := range k.members {
		m := &k.members[i]
		at := homeOf(m.key0, m.key1, exact) & mask
		for k.slots[at] != 0 {
			at = (at + 1) & mask
		}
		k.slots[at] = uint32(i + 1)
	}
}

// homeOf is the slot of a member where nothing else stands.
func homeOf(key0, key1 uint64, exact bool) uint64 {
	if exact {
		return key0 >> kindBits
	}
	return key1
}

// find returns the number of a member, and false where there is none.
func (k *kept) find(id *ID, exact bool) (int, bool) {
	if len(k.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(k.slots) - 1)
	for at := homeOf(id.Key0, id.Key1, exact) & mask; k.slots[at] != 0; at = (at + 1) & mask {
		n := int(k.slots[at] - 1)
		if m := &k.members[n]; m.key0 == id.Key0 && (exact && k.keyAt(m.key1) == id.Key || !exact && m.key1 == id.Key1) {
			return n, true
		}
	}
	return 0, false
}

func (k *kept) keyAt(at uint64) string {
	length, n := binary.Uvarint(k.keys[at:])
	from := int(at) + n
	return string(k.keys[from : from+int(length)])
}

// Found is a member that is in a set.
type Found struct {
	Member int  // its number
	Set    int  // the number of its set
	Own    bool // some row of ours has it
}

// Find finds a member by what tells it; false where it is in no set. It needs
// Spec.Keep, takes a constant time, and may be called by several goroutines.
func (r *Result) Find(id ID) (Found, bool) {
	k := &r.kept[id.Partition]
	n, ok := k.find(&id, r.table.plan.store.opts.Exact)
	if !ok || k.members[n].set == noSet {
		return Found{}, false
	}
	return Found{r.before[id.Partition] + n, int(r.place[k.members[n].set]), k.members[n].own}, true
}

// settleKept lets members name their sets as the result does.
func (r *Result) settleKept() {
	r.place = make([]uint32, len(r.order))
	for i, n := range r.order {
		r.place[n] = uint32(i)
	}
	r.before = make([]int, len(r.kept))
	total := 0
	for i := range r.kept {
		r.before[i] = total
		total += len(r.kept[i].members)
	}
}

// takeKept takes over what a worker kept, whose sets have other numbers here.
func (r *Result) takeKept(all []kept, fresh []uint32) {
	for p := range all {
		if all[p].members == nil {
			continue // another worker's
		}
		r.kept[p] = all[p]
		for i := range all[p].members {
			if m := &all[p].members[i]; m.set != noSet {
				m.set = fresh[m.set]
			}
		}
	}
}

// FindAll finds several members at once: into found, and into ok whether each is in a
// set. What one look waits for, memory, the next ones wait for meanwhile.
func (r *Result) FindAll(ids []ID, found []Found, ok []bool) {
	exact := r.table.plan.store.opts.Exact
	for i := range ids {
		k := &r.kept[ids[i].Partition]
		found[i].Member = 0
		if len(k.slots) > 0 {
			found[i].Member = int(k.slots[homeOf(ids[i].Key0, ids[i].Key1, exact)&uint64(len(k.slots)-1)])
		}
	}
	for i := range ids { // most stand where nothing else does
		id, k, n := &ids[i], &r.kept[ids[i].Partition], found[i].Member-1
		ok[i] = n >= 0
		if !ok[i] {
			continue
		}
		if m := &k.members[n]; exact || m.key0 != id.Key0 || m.key1 != id.Key1 {
			if n, ok[i] = k.find(id, exact); !ok[i] {
				continue
			}
		}
		m := &k.members[n]
		ok[i] = m.set != noSet
		found[i] = Found{n, int(m.set), m.own}
	}
	for i := range ids {
		if f := &found[i]; ok[i] {
			f.Member, f.Set = f.Member+r.before[ids[i].Partition], int(r.place[f.Set])
		}
	}
}
