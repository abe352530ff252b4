package graph

import (
	"cmp"
	"iter"
	"slices"
)

// contradictions finds figures of reach and overlap that cannot all be true of
// one segment, names the smallest set of them and the smallest correction.
//
// It tests each of these by itself, with p the reach of a pathway or the overlap
// of several: every p within the segment; an overlap within every part of it;
// Σ p_i - p_T <= |T|-1 for an overlap T of known reaches (Fréchet); and for three
// pathways with known pairs the triangle inequalities
//
//	p_ij + p_ik - p_jk <= p_i
//	p_i + p_j + p_k - p_ij - p_ik - p_jk <= 1
//
// and what remains of them where a reach is not known: it is then at least the
// largest overlap of the pathway. For exact figures of
// three pathways and their pairs that is complete: what passes can be true. It
// is not complete for limits (0.3..0.5), of which each inequality takes the
// mildest value by itself, nor for four pathways or more, where only a linear
// program over all combinations of pathways decides. Samples are estimates, and
// shares of what a supplier reaches are relative; neither is tested.
//
// Source: Boole's conditions of possible experience; Deza and Laurent, Geometry
// of Cuts and Metrics (correlation polytope). Time O(m^1.5) for m overlaps.
func (c *checker) contradictions() {
	for _, s := range c.segmentFigures() {
		c.within(s)
		c.nested(s)
		for t := range s.triangles() {
			c.worst(s, t.inequalities())
		}
	}
}

// inequality says that figures with a plus less figures with a minus are at most
// a number. Figures that are not known are nil.
type inequality struct {
	plus, minus []*figure
	most        float64
	reason      string
}

// excess is by how much the figures exceed the limit at their mildest, as they
// are written; positive where they contradict one another.
func (q inequality) excess() float64 {
	sum := -q.most
	for _, f := range q.plus {
		sum += f.low
	}
	for _, f := range q.minus {
		sum -= f.high
	}
	return sum
}

// broken reports whether the excess is more than rounding can explain: half of
// the last decimal typed of every figure.
func (q inequality) broken() bool {
	const tolerance = 1e-7
	excess := q.excess()
	if excess <= 0 {
		return false
	}
	slack, largest := 0.0, 1.0 // shares are below 1, members are not
	for _, figures := range [][]*figure{q.plus, q.minus} {
		for _, f := range figures {
			slack += f.slack
			largest = max(largest, f.high)
		}
	}
	return excess > slack+tolerance*largest
}

// figures are those of the inequality, reaches before overlaps, in the order of
// the file.
func (q inequality) figures() []*figure {
	all := slices.Concat(q.plus, q.minus)
	slices.SortFunc(all, func(a, b *figure) int {
		return cmp.Or(
			cmp.Compare(min(2, len(a.of)), min(2, len(b.of))),
			cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column),
			slices.Compare(a.of, b.of),
		)
	})
	return slices.Compact(all)
}

// within compares every figure with its segment, and figures of the same.
func (c *checker) within(s *segmentFigures) {
	for _, f := range s.all {
		c.worst(s, []inequality{{plus: []*figure{f}, most: s.whole, reason: "it is more than the segment has"}})
		if first := s.by[key(f.of)]; first != f {
			const reason = "they are figures of the same"
			c.worst(s, []inequality{
				{plus: []*figure{f}, minus: []*figure{first}, reason: reason},
				{plus: []*figure{first}, minus: []*figure{f}, reason: reason},
			})
		}
	}
}

// nested compares every overlap with its parts.
func (c *checker) nested(s *segmentFigures) {
	for _, overlap := range s.all {
		if len(overlap.of) < 2 {
			continue
		}
		for _, q := range s.parts(overlap) {
			c.worst(s, []inequality{q})
		}
	}
}

// parts are the inequalities between an overlap and the figures of its parts.
func (s *segmentFigures) parts(overlap *figure) []inequality {
	var all []inequality
	for _, part := range subsets(overlap.of) {
		if f := s.by[key(part)]; f != nil {
			all = append(all, inequality{
				plus: []*figure{overlap}, minus: []*figure{f},
				reason: "an overlap is part of what it is an overlap of",
			})
		}
	}
	if reaches := s.atLeast(overlap); len(reaches) == len(overlap.of) {
		all = append(all, inequality{
			plus: reaches, minus: []*figure{overlap}, most: s.whole * float64(len(reaches)-1),
			reason: "with so small an overlap they would reach more than the whole segment",
		})
	}
	return all
}

// atLeast are the reaches of the pathways of an overlap. For one that is not
// known its largest other overlap stands, which it is not below.
func (s *segmentFigures) atLeast(overlap *figure) []*figure {
	var all []*figure
	for _, id := range overlap.of {
		f := s.by[id]
		for _, other := range s.largest[id] {
			if f == nil && other != overlap && !slices.Contains(all, other) {
				f = other
			}
		}
		if f != nil {
			all = append(all, f)
		}
	}
	return all
}

// subsets are the parts of an overlap that figures are looked up for: all of up
// to eight pathways, beyond that each pathway and all but each.
func subsets(ids []string) [][]string {
	const most = 8
	var all [][]string
	if len(ids) > most {
		for i, id := range ids {
			all = append(all, []string{id}, slices.Concat(ids[:i], ids[i+1:]))
		}
		return all
	}
	for set := 1; set < 1<<len(ids)-1; set++ {
		var part []string
		for i, id := range ids {
			if set&(1<<i) != 0 {
				part = append(part, id)
			}
		}
		all = append(all, part)
	}
	return all
}

// triangle is three pathways with the figures of their pairs; pair[i] is that of
// the two others than i.
type triangle struct {
	reach [3]*figure // nil where not known
	pair  [3]*figure
	whole float64
}

// triangles finds the pathways of which all three pairs are known. Each pair is
// followed from its pathway with fewer pairs, which bounds the work.
func (s *segmentFigures) triangles() iter.Seq[triangle] {
	var order []string
	neighbours := map[string][]string{}
	for _, f := range s.all {
		if len(f.of) != 2 || s.by[key(f.of)] != f {
			continue
		}
		for i, id := range f.of {
			if neighbours[id] == nil {
				order = append(order, id)
			}
			neighbours[id] = append(neighbours[id], f.of[1-i])
		}
	}
	behind := func(a, b string) bool {
		return cmp.Or(cmp.Compare(len(neighbours[a]), len(neighbours[b])), cmp.Compare(a, b)) >= 0
	}
	return func(yield func(triangle) bool) {
		for _, i := range order {
			ahead := slices.DeleteFunc(slices.Clone(neighbours[i]), func(j string) bool { return behind(i, j) })
			for n, j := range ahead {
				for _, k := range ahead[n+1:] {
					if t, ok := s.triangle(i, j, k); ok && !yield(t) {
						return
					}
				}
			}
		}
	}
}

// triangle is that of three pathways, where all its pairs are known.
func (s *segmentFigures) triangle(i, j, k string) (triangle, bool) {
	t := triangle{
		reach: [3]*figure{s.by[i], s.by[j], s.by[k]},
		pair:  [3]*figure{s.pair(j, k), s.pair(i, k), s.pair(i, j)},
		whole: s.whole,
	}
	return t, t.pair[0] != nil && t.pair[1] != nil && t.pair[2] != nil
}

func (t triangle) inequalities() []inequality {
	const tooMuch = "with so small overlaps they would reach more than the whole segment"
	var all []inequality
	for i := range 3 {
		j, k := (i+1)%3, (i+2)%3
		two := inequality{plus: []*figure{t.pair[j], t.pair[k]}, minus: []*figure{t.pair[i]}, most: t.whole, reason: tooMuch}
		if t.reach[i] != nil {
			two.minus, two.most = []*figure{t.pair[i], t.reach[i]}, 0
			two.reason = "two of them take so much of the third that they must meet there"
		}
		all = append(all, two)
	}
	if t.reach[0] != nil && t.reach[1] != nil && t.reach[2] != nil {
		all = append(all, inequality{plus: t.reach[:], minus: t.pair[:], most: t.whole, reason: tooMuch})
	}
	return all
}

// worst complains of the broken inequality with the fewest figures, of several
// the one that is broken most. Inequalities with figures that have contradicted
// others before are passed over: they would say the same again.
func (c *checker) worst(s *segmentFigures, all []inequality) {
	if !slices.ContainsFunc(all, inequality.broken) || slices.ContainsFunc(all, s.told) {
		return
	}
	broken := slices.DeleteFunc(all, func(q inequality) bool { return !q.broken() })
	worst := slices.MinFunc(broken, func(a, b inequality) int {
		return cmp.Or(cmp.Compare(len(a.figures()), len(b.figures())), cmp.Compare(b.excess(), a.excess()))
	})
	c.contradiction(s, worst)
	for _, f := range worst.figures() {
		s.bad[f] = true
	}
}

// told reports whether a figure of q has contradicted others already.
func (s *segmentFigures) told(q inequality) bool {
	bad := func(f *figure) bool { return s.bad[f] }
	return slices.ContainsFunc(q.plus, bad) || slices.ContainsFunc(q.minus, bad)
}
