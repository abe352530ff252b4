package tally

// member is who rows of one key are about, with what they say so far.
type member struct {
	key0, key1 uint64 // of exact stores, key1 is where the key stands
	mask       mask
	segment    uint16 // +1
	place      uint16 // +1
	rankSeg    uint16
	rankPlace  uint16
	flags      uint16
}

// What is known of a member beside its set.
const (
	flagOwn       = 1 << iota // a row of ours has it
	flagOut                   // it is not counted here
	flagClash                 // rows of one list contradict one another
	flagDiffers               // some row names another segment
	flagOther                 // some row has another value
	flagClashed               // the same of its value, within one list
	flagPlaced                // rows of one list name two places
	flagOwned                 // somebody looks after it
	flagBeside                // it is out for whom a row names beside it
	flagElsewhere             // a row names beside it somebody who does not take it out

	flagUndecided = flagClash | flagClashed | flagPlaced // rows must be looked at in their order
)

// isLeftOut reports whether the member is in no set.
func (m *member) isLeftOut() bool { return m.flags&(flagOut|flagUndecided) != 0 }

// learn takes in what a row's kind says; lines are taken by the caller.
func (m *member) learn(k *kindInfo) {
	if k.own {
		m.flags |= flagOwn
	}
	if k.owned {
		m.flags |= flagOwned
	}
	if k.segment != m.segment && k.segment != 0 {
		m.learnSegment(k)
	} else if k.segment != 0 && k.rank < m.rankSeg {
		m.rankSeg = k.rank
		m.flags &^= flagClash
	}
	if k.place != 0 {
		m.learnPlace(k)
	}
}

// learnSegment decides between segments: that of the lowest rank counts, and
// two of one rank are a contradiction.
func (m *member) learnSegment(k *kindInfo) {
	if m.segment == 0 {
		m.segment, m.rankSeg = k.segment, k.rank
		return
	}
	m.flags |= flagDiffers
	switch {
	case k.rank < m.rankSeg:
		m.segment, m.rankSeg = k.segment, k.rank
		m.flags &^= flagClash
	case k.rank == m.rankSeg:
		m.flags |= flagClash
	}
}

func (m *member) learnPlace(k *kindInfo) {
	switch {
	case m.place == 0 || k.rank < m.rankPlace:
		m.place, m.rankPlace = k.place, k.rank
		m.flags &^= flagPlaced
	case k.place != m.place && k.rank == m.rankPlace:
		m.flags |= flagPlaced
	}
}
