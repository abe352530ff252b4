package analysis

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Overlaps tells who is reached over several pathways, and how those stand to
// each other there. Figures are members.
type Overlaps struct {
	Head      Head               `json:"head"`
	Min       int                `json:"min"` // distinct sets are listed from so many sellers on
	Audiences []AudienceOverlaps `json:"audiences"`
}

// AudienceOverlaps is the overlap of one audience.
type AudienceOverlaps struct {
	Audience graph.Audience `json:"audience"`
	Net      figure.Figure  `json:"net"`      // over sellers that work today
	AtLeast  []Frequency    `json:"at_least"` // of today's sellers, members by number of them
	// Live, Collide and Confused split the members reached over two or more of
	// today's sellers by the worst that lists show there. They are never added
	// to one another's like: a member is in at most one.
	Live     float64       `json:"live_conflict"`
	Collide  float64       `json:"could_collide"`
	Confused float64       `json:"confusion"`
	Openings float64       `json:"openings"` // our targets that a partner serves and to whom nobody has sold
	Pairs    []Pair        `json:"pairs"`    // worst first
	Sets     []DistinctSet `json:"sets"`     // largest first
}

// Frequency counts members reached over at least so many sellers.
type Frequency struct {
	Sellers int     `json:"sellers"`
	Members float64 `json:"members"`
}

// Pair is two sellers that reach the same members.
type Pair struct {
	P         SellerRef        `json:"p"`
	Q         SellerRef        `json:"q"`
	Pattern   conflict.Pattern `json:"pattern"`
	Candidate bool             `json:"candidate"` // one of them is not signed
	Members   figure.Figure    `json:"members"`
	ShareOfP  *float64         `json:"share_of_p"` // by best estimates; null where p reaches nobody
	ShareOfQ  *float64         `json:"share_of_q"`
	Jaccard   *float64         `json:"jaccard"`
	Relations []RelationCount  `json:"relations"` // worst first; of members that lists show
	Grid      []GridCount      `json:"grid"`      // statuses of p and q, targets included
	Segments  []PairSegment    `json:"segments"`
	Known     []KnownFigure    `json:"known"`   // overlap figures that the ecosystem gives
	Unseen    bool             `json:"unseen"`  // an OEM form: the end buyer may not know us, and 0 does not mean none
	Claimed   bool             `json:"claimed"` // no list shows it
}

// RelationCount counts the members at which two sellers stand in a relation.
type RelationCount struct {
	Relation conflict.Relation `json:"relation"`
	Members  float64           `json:"members"`
	Firm     float64           `json:"firm"`    // of them, those that rest on more than bare names
	Settled  float64           `json:"settled"` // of them, those for which a record says who serves
}

// GridCount counts members by the strongest status of each seller.
type GridCount struct {
	P       graph.Status `json:"p"`
	Q       graph.Status `json:"q"`
	Members float64      `json:"members"`
}

// PairSegment is a pair in one segment.
type PairSegment struct {
	Segment SegmentRef    `json:"segment"`
	Members figure.Figure `json:"members"`
	Live    float64       `json:"live_conflict"`
	Collide figure.Figure `json:"could_collide"`
}

// KnownFigure is an overlap that the ecosystem gives, in members.
type KnownFigure struct {
	Segment SegmentRef    `json:"segment"`
	Members figure.Figure `json:"members"`
}

// DistinctSet is the members reached over exactly these sellers.
type DistinctSet struct {
	Sellers  []SellerRef       `json:"sellers"`
	Roles    []string          `json:"roles"` // of each seller there
	Members  float64           `json:"members"`
	Relation conflict.Relation `json:"relation"` // the worst of any pair
}

// Overlaps answers who is reached over several pathways. Cost: for each distinct
// set, the square of its touches.
func (s *Study) Overlaps() *Overlaps {
	o := &Overlaps{Head: s.Head(), Min: max(2, s.opts.Min), Audiences: []AudienceOverlaps{}}
	for _, a := range s.audiences() {
		o.Audiences = append(o.Audiences, s.overlapAudience(a, o.Min))
	}
	return o
}

func (s *Study) overlapAudience(a graph.Audience, atLeast int) AudienceOverlaps {
	parts := s.partsOf(a)
	t := newTally(s, parts, map[string]*DistinctSet{})
	return AudienceOverlaps{
		Audience: a,
		Net:      s.totals(parts, s.unresolvedNames(a, s.today)).Net,
		AtLeast:  t.atLeast(),
		Live:     t.worst[conflict.Live], Collide: t.worst[conflict.CouldCollide], Confused: t.confused,
		Openings: t.openings,
		Pairs:    t.pairs(),
		Sets:     t.sets(atLeast),
	}
}

// tally counts meetings over the sets of some parts.
type tally struct {
	s        *Study
	parts    []*part
	byNumber []float64 // members by number of today's sellers
	worst    map[conflict.Relation]float64
	confused float64
	openings float64
	pair     map[[2]int]*pairTally
	distinct map[string]*DistinctSet // by sellers, their roles and the relation; nil where nobody asks
	key      []byte                  // memory for keys
}

type pairTally struct {
	relations map[conflict.Relation]*RelationCount
	grid      map[[2]graph.Status]float64
	live      map[int]float64 // by number of the part
	collide   map[int]float64
}

// newTally counts the sets of some parts, and gathers distinct ones in a map if
// there is one.
func newTally(s *Study, parts []*part, distinct map[string]*DistinctSet) *tally {
	t := &tally{
		s: s, parts: parts, worst: map[conflict.Relation]float64{}, pair: map[[2]int]*pairTally{}, distinct: distinct,
	}
	for n, p := range parts {
		if p.cell == nil {
			continue
		}
		for i := range p.cell.Sets {
			t.addSet(n, &p.cell.Sets[i])
		}
	}
	return t
}

func (t *tally) addSet(part int, set *exposure.Set) {
	table := t.parts[part].table
	members := float64(set.Members)
	meetings := t.s.Rule.Meetings(table, set)
	strongest := strongestStatus(table, set)
	worst, confused := conflict.Unrelated, false
	for _, m := range meetings {
		if !t.s.counts(m.P) || !t.s.counts(m.Q) {
			continue
		}
		t.addMeeting(part, m, members, strongest)
		if t.s.today.Has(m.P) && t.s.today.Has(m.Q) {
			if m.Relation.Worse(worst) {
				worst = m.Relation
			}
			confused = confused || m.Relation.Confuses() && !m.Settled
		}
	}
	t.worst[worst] += members
	if confused && !worst.Competes() {
		t.confused += members
	}
	t.addDistinct(table, set, worst)
	t.addOpening(table, set, meetings)
}

func (t *tally) addMeeting(part int, m conflict.Meeting, members float64, strongest map[int]graph.Status) {
	p := t.pair[[2]int{m.P, m.Q}]
	if p == nil {
		p = &pairTally{
			relations: map[conflict.Relation]*RelationCount{}, grid: map[[2]graph.Status]float64{},
			live: map[int]float64{}, collide: map[int]float64{},
		}
		t.pair[[2]int{m.P, m.Q}] = p
	}
	r := p.relations[m.Relation]
	if r == nil {
		r = &RelationCount{Relation: m.Relation}
		p.relations[m.Relation] = r
	}
	r.Members += members
	if m.Confident {
		r.Firm += members
	}
	if m.Settled {
		r.Settled += members
	}
	p.grid[[2]graph.Status{strongest[m.P], strongest[m.Q]}] += members
	switch m.Relation {
	case conflict.Live:
		p.live[part] += members
	case conflict.CouldCollide:
		p.collide[part] += members
	}
}

// strongestStatus gives the strongest status of each seller of a set.
func strongestStatus(t *exposure.Table, set *exposure.Set) map[int]graph.Status {
	out := map[int]graph.Status{}
	for _, i := range set.Touches {
		touch := &t.Touches[i]
		if have, ok := out[touch.Seller]; !ok || slices.Index(exposure.Statuses, touch.Status) < slices.Index(exposure.Statuses, have) {
			out[touch.Seller] = touch.Status
		}
	}
	return out
}

// addDistinct counts the set under the sellers of today that reach it.
func (t *tally) addDistinct(table *exposure.Table, set *exposure.Set, worst conflict.Relation) {
	reaching := t.s.reaching(table, set)
	key, n := t.key[:0], 0
	for i := range t.s.Sellers {
		if reaching.Has(i) && t.s.today.Has(i) {
			key, n = append(binary.AppendUvarint(key, uint64(i)), byte(rolesAt(table, set, i))), n+1
		}
	}
	key = append(key, worst...)
	t.key = key
	for len(t.byNumber) <= n {
		t.byNumber = append(t.byNumber, 0)
	}
	t.byNumber[n] += float64(set.Members)
	if n < 2 || t.distinct == nil {
		return
	}
	d := t.distinct[string(key)]
	if d == nil {
		d = t.newDistinct(table, set, worst)
		t.distinct[string(key)] = d
	}
	d.Members += float64(set.Members)
}

func (t *tally) newDistinct(table *exposure.Table, set *exposure.Set, worst conflict.Relation) *DistinctSet {
	reaching := t.s.reaching(table, set)
	d := &DistinctSet{Relation: worst}
	for i := range t.s.Sellers {
		if reaching.Has(i) && t.s.today.Has(i) {
			d.Sellers = append(d.Sellers, t.s.sellerRef(i))
			d.Roles = append(d.Roles, rolesAt(table, set, i).String())
		}
	}
	return d
}

// rolesAt are the roles of a seller at the members of a set.
func rolesAt(t *exposure.Table, set *exposure.Set, seller int) (roles exposure.Roles) {
	for _, i := range set.Touches {
		if touch := &t.Touches[i]; touch.Seller == seller && touch.Reaches() {
			roles |= touch.Roles
		}
	}
	return roles
}

// addOpening counts members that are our target and a partner's relationship,
// and at which nobody has sold or has a deal.
func (t *tally) addOpening(table *exposure.Table, set *exposure.Set, meetings []conflict.Meeting) {
	for _, i := range set.Touches {
		if st := table.Touches[i].Status; st == graph.Customer || st == graph.Open {
			return
		}
	}
	for _, m := range meetings {
		if m.Relation == conflict.Opening && t.s.today.Has(m.P) && t.s.today.Has(m.Q) {
			t.openings += float64(set.Members)
			return
		}
	}
}

// atLeast counts members reached over at least two, three and more sellers.
func (t *tally) atLeast() []Frequency {
	out := []Frequency{}
	var sum float64
	for n := len(t.byNumber) - 1; n >= 2; n-- {
		if sum += t.byNumber[n]; sum > 0 {
			out = append(out, Frequency{n, sum})
		}
	}
	slices.Reverse(out)
	return out
}

// sets lists the distinct sets of at least so many sellers, largest first.
func (t *tally) sets(atLeast int) []DistinctSet {
	var all []*DistinctSet
	for _, d := range t.distinct {
		if len(d.Sellers) >= atLeast {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *DistinctSet) int {
		if c := cmp.Or(cmp.Compare(b.Members, a.Members), cmp.Compare(len(b.Sellers), len(a.Sellers))); c != 0 {
			return c
		}
		return a.compareSellers(b)
	})
	out := make([]DistinctSet, 0, len(all))
	for _, d := range all {
		out = append(out, *d)
	}
	return out
}

// compareSellers orders sets of equally many sellers by these, their roles and the
// relation.
func (d *DistinctSet) compareSellers(e *DistinctSet) int {
	for i := range d.Sellers {
		if c := cmp.Or(cmp.Compare(d.Sellers[i].ID, e.Sellers[i].ID), cmp.Compare(d.Roles[i], e.Roles[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(d.Relation, e.Relation)
}
