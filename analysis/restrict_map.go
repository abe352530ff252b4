package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// restrictMap leaves out of a map what is not for those for whom it is. Its texts
// are written afterwards, of what is left.
func (r *restriction) restrictMap(m *Map) {
	if r == nil {
		return
	}
	m.For = r.to
	r.findings(m)
	for i := range m.Boxes {
		r.box(&m.Boxes[i])
	}
	for i := range m.Edges {
		r.edge(&m.Edges[i])
	}
	if r.toPartner() {
		place := map[string]int{}
		slices.SortStableFunc(m.Boxes, func(a, b Box) int { return cmp.Compare(r.boxRank(&a), r.boxRank(&b)) })
		for i := range m.Boxes {
			place[m.Boxes[i].ID] = i
		}
		slices.SortStableFunc(m.Edges, func(a, b MapEdge) int {
			return cmp.Or(strings.Compare(string(a.Audience), string(b.Audience)), cmp.Compare(place[a.From], place[b.From]), cmp.Compare(place[a.To], place[b.To]))
		})
	}
	m.Omitted.Members = fives(m.Omitted.Members)
	r.facts(&m.facts)
}

// boxRank puts the vendor first, then sellers, then segments.
func (r *restriction) boxRank(b *Box) int {
	switch b.Kind {
	case VendorBox:
		return -1
	case SellerBox:
		return r.rank[strings.TrimPrefix(b.ID, sellerPrefix)]
	}
	return 1 << 30
}

func (r *restriction) box(b *Box) {
	own := false
	switch id, _ := strings.CutPrefix(b.ID, sellerPrefix); b.Kind {
	case SellerBox:
		own = r.own[id]
		r.sellerBox(b, id)
	case SegmentBox:
		b.ID, b.Name, b.called = r.idOf(b.ID), r.text(b.Name), r.text(b.called)
	}
	b.Exclusive = r.text(b.Exclusive)
	if !own {
		b.Exclusive = ""
	}
	b.sources = nil
	if b.addressable < step {
		b.addressable = 0
	}
	for i := range b.Bars {
		r.bar(&b.Bars[i], b.addressable)
	}
}

func (r *restriction) sellerBox(b *Box, id string) {
	ref := SellerRef{ID: id, Name: b.Name, Stage: b.Stage}
	r.seller(&ref)
	b.ID, b.Name, b.called, b.Stage = sellerPrefix+ref.ID, ref.Name, ref.Name, ref.Stage
}

// bar rounds a bar. Its full width stands for what its pieces show, and what a
// segment lacks follows from what is told.
func (r *restriction) bar(b *Bar, addressable float64) {
	r.figure(&b.reach)
	b.Total = 0
	for i := range b.Pieces {
		p := &b.Pieces[i]
		switch {
		case p.Kind != PieceUnreached:
			p.Count = fives(p.Count)
		case addressable == 0:
			p.Count = 0
		default:
			p.Count = without(addressable, b.reach.Best, p.Count)
		}
		b.Total = max(b.Total, b.Total+p.Count)
	}
	if b.Total < step {
		b.Total = fives(b.reach.Best)
	}
}

// edge rounds an edge. What part of its supply somebody gets from whom is between
// the two.
func (r *restriction) edge(e *MapEdge) {
	from, _ := strings.CutPrefix(e.From, sellerPrefix)
	to, _ := strings.CutPrefix(e.To, sellerPrefix)
	if r.toPartner() && !r.own[from] && !r.own[to] {
		e.Share, e.given = 1, false
	}
	e.From, e.To = r.boxID(e.From), r.boxID(e.To)
	e.Members = fives(e.Members)
	r.figure(&e.reach)
}

// boxID is the id of a box in what is told.
func (r *restriction) boxID(id string) string {
	if seller, ok := strings.CutPrefix(id, sellerPrefix); ok {
		return sellerPrefix + r.id(seller)
	}
	if id == graph.FromVendor {
		return id
	}
	return r.idOf(id)
}

// findings rounds the findings, and leaves a partner those to which it is a party.
func (r *restriction) findings(m *Map) {
	if r.toPartner() {
		all := slices.DeleteFunc(slices.Concat(m.Findings, m.facts.spare), func(f MapFinding) bool {
			return !slices.ContainsFunc(f.Between, func(id string) bool { return r.own[strings.TrimPrefix(id, sellerPrefix)] })
		})
		for i := range all {
			r.finding(&all[i])
		}
		slices.SortStableFunc(all, func(x, y MapFinding) int {
			return cmp.Or(cmp.Compare(findingRank(x), findingRank(y)), cmp.Compare(y.Members, x.Members), strings.Compare(x.ID, y.ID))
		})
		m.Findings, _ = worstFindings(all)
		m.Omitted.Findings = len(all) - len(m.Findings)
	} else {
		for i := range m.Findings {
			r.finding(&m.Findings[i])
		}
	}
	m.facts.spare = nil
}

func (r *restriction) finding(f *MapFinding) {
	relation := strings.Split(f.ID, ":")[1]
	ids := []string{}
	for _, id := range f.Between {
		ids = append(ids, strings.TrimPrefix(id, sellerPrefix))
	}
	if r.toPartner() {
		slices.SortStableFunc(ids, r.bySeller)
	}
	f.Between = []string{}
	for i, id := range ids {
		ids[i] = r.id(id)
		f.Between = append(f.Between, sellerPrefix+ids[i])
	}
	f.Segment = r.idOf(f.Segment)
	f.ID = strings.Join([]string{"finding", relation, ids[0], ids[1], strings.TrimPrefix(f.Segment, "segment:")}, ":")
	f.Members = fives(f.Members)
	r.figure(&f.reach)
}

// facts rounds what sentences and footer are written from.
func (r *restriction) facts(f *mapFacts) {
	for i := range f.reached {
		r.reached(&f.reached[i])
	}
	for i := range f.signing {
		s := &f.signing[i]
		ref := SellerRef{ID: s.seller, Name: s.name}
		r.seller(&ref)
		s.seller, s.name = ref.ID, ref.Name
		s.adds, s.fresh, s.live, s.collide = fives(s.adds), fives(s.fresh), fives(s.live), fives(s.collide)
	}
	var bases []basisCount
	for _, b := range f.bases {
		b.basis = r.basis(b.basis)
		i := slices.IndexFunc(bases, func(c basisCount) bool { return c.basis == b.basis })
		if i < 0 {
			bases = append(bases, b)
			continue
		}
		bases[i].sellers += b.sellers
	}
	f.bases = bases
}

func (r *restriction) reached(x *mapReached) {
	of := population(x.addressable)
	if x.coverage != nil && of != nil {
		net := fives(*x.coverage * *of)
		x.coverage = toldRatio(net, *of)
	} else {
		x.coverage = nil
	}
	x.addressable, x.net, x.live = of, fives(x.net), fives(x.live)
}
