package bounds

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/channelmap/channelmap/analysis/figure"
)

// The oracles are those of independent shares of a population of one.
func TestShapleyOfShares(t *testing.T) {
	tests := []struct{ reach, shapley, alone []float64 }{
		{[]float64{.5, .4}, []float64{.4, .3}, []float64{.3, .2}},
		{[]float64{.5, .4, .3}, []float64{.345, .26, .185}, []float64{.21, .14, .09}},
	}
	for _, tt := range tests {
		var shares []Share
		all := figure.NewSellers(len(tt.reach))
		for i, r := range tt.reach {
			shares = append(shares, Share{i, figure.Exact(r, "claimed")})
			all.Add(i)
		}
		s := New(len(tt.reach), nil, shares, 1)
		for i := range tt.reach {
			near(t, "Shapley", s.Shapley(all)[i].Best, tt.shapley[i])
			near(t, "OnlyThrough", s.OnlyThrough(all)[i].Best, tt.alone[i])
		}
	}
}

func TestNetOfShares(t *testing.T) {
	shares := []Share{{0, figure.Exact(400, "claimed")}, {1, figure.Exact(300, "reported")}, {2, figure.Exact(200, "claimed")}}
	s := New(3, nil, shares, 1000)
	all := figure.SellersOf(3, 0, 1, 2)
	got := s.Net(all)
	near(t, "Net best", got.Best, 664)
	if got.Low != 400 || got.High != 900 || got.Basis != "claimed + reported, independence" {
		t.Errorf("Net = %+v, want 400 to 900 on claimed + reported, independence", got)
	}
	unknown := New(3, nil, shares, 0)
	if got := unknown.Net(all); got.Low != 400 || got.Best != 900 || got.High != 900 {
		t.Errorf("Net without a population = %+v, want 400, 900, 900", got)
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// world is a population written out: members[m] counts those reached over
// exactly the sellers in the bits of m.
type world struct {
	n       int
	listed  uint // sellers known by list
	members []float64
}

func randomWorld(r *rand.Rand) world {
	w := world{n: 1 + r.IntN(6)}
	w.listed = uint(r.IntN(1 << w.n))
	w.members = make([]float64, 1<<w.n)
	for m := range w.members {
		if r.IntN(3) > 0 {
			w.members[m] = float64(r.IntN(50))
		}
	}
	w.members[0]++
	return w
}

func (w world) sum(in func(m uint) bool) float64 {
	var n float64
	for m, c := range w.members {
		if in(uint(m)) {
			n += c
		}
	}
	return n
}

func (w world) all() float64 { return w.sum(func(uint) bool { return true }) }

// independent is the same lists with shares spread independently.
func (w world) independent() world {
	out := world{n: w.n, listed: w.listed, members: make([]float64, len(w.members))}
	total := w.all()
	for m := range out.members {
		out.members[m] = w.sum(func(x uint) bool { return x&w.listed == uint(m)&w.listed })
		for i := range w.n {
			if w.listed&(1<<i) != 0 {
				continue
			}
			p := w.sum(func(x uint) bool { return x&(1<<i) != 0 }) / total
			if m&(1<<i) == 0 {
				p = 1 - p
			}
			out.members[m] *= p
		}
	}
	return out
}

// segment is what a Segment is told of the world.
func (w world) segment() *Segment {
	groups := map[uint]float64{}
	for m, c := range w.members {
		groups[uint(m)&w.listed] += c
	}
	var g []Group
	for m := range uint(1) << w.n {
		if groups[m] > 0 && m != 0 {
			g = append(g, Group{figure.Sellers{uint64(m)}, groups[m]})
		}
	}
	var shares []Share
	for i := range w.n {
		if w.listed&(1<<i) == 0 {
			shares = append(shares, Share{i, figure.Exact(w.sum(func(x uint) bool { return x&(1<<i) != 0 }), "claimed")})
		}
	}
	return New(w.n, g, shares, w.all())
}

func (w world) net(of uint) float64 { return w.sum(func(m uint) bool { return m&of != 0 }) }

func (w world) duplicated(of uint) float64 {
	return w.sum(func(m uint) bool { return bits.OnesCount(m&of) > 1 })
}

func (w world) only(p int, of uint) float64 {
	return w.sum(func(m uint) bool { return m&of == 1<<p })
}

func (w world) incremental(of, given uint) float64 {
	return w.sum(func(m uint) bool { return m&of != 0 && m&given == 0 })
}

func (w world) shapley(p int, of uint) float64 {
	var v float64
	for m, c := range w.members {
		if both := uint(m) & of; both&(1<<p) != 0 {
			v += c / float64(bits.OnesCount(both))
		}
	}
	return v
}

// On 500 random populations the best estimate is that of independent shares,
// and the limits hold for the population itself, which is any other.
func TestAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 500 {
		w := randomWorld(r)
		s, ind := w.segment(), w.independent()
		of, given := uint(r.IntN(1<<w.n)), uint(r.IntN(1<<w.n))
		name := fmt.Sprintf("world %d %+v of %b given %b", i, w, of, given)
		set := func(m uint) figure.Sellers { return figure.Sellers{uint64(m)} }
		check(t, name+" net", s.Net(set(of)), ind.net(of), w.net(of))
		check(t, name+" duplicated", s.Duplicated(set(of)), ind.duplicated(of), w.duplicated(of))
		check(t, name+" incremental", s.Incremental(set(of), set(given)), ind.incremental(of, given), w.incremental(of, given))
		only, shapley := s.OnlyThrough(set(of)), s.Shapley(set(of))
		var sum float64
		for p := range w.n {
			if of&(1<<p) == 0 {
				check(t, name+" outside", only[p], 0, 0)
				continue
			}
			check(t, name+" only", only[p], ind.only(p, of), w.only(p, of))
			check(t, name+" shapley", shapley[p], ind.shapley(p, of), w.shapley(p, of))
			sum += shapley[p].Best
			alone := s.Incremental(set(1<<p), set(of&^(1<<p)))
			if math.Abs(alone.Best-only[p].Best) > 1e-6 || alone.Low != only[p].Low || alone.High != only[p].High {
				t.Errorf("%s: only through %d is %+v, but it adds %+v to the others", name, p, only[p], alone)
			}
			for q := range p {
				pair := uint(1<<p | 1<<q)
				both := func(m uint) bool { return m&pair == pair }
				check(t, name+" overlap", s.Overlap(p, q), ind.sum(both), w.sum(both))
			}
		}
		near(t, name+" sum of Shapley", sum, s.Net(set(of)).Best)
		order, before := r.Perm(w.n), uint(0)
		for i, f := range s.InOrder(order) {
			check(t, name+" in order", f, ind.incremental(1<<order[i], before), w.incremental(1<<order[i], before))
			before |= 1 << order[i]
		}
	}
}

func check(t *testing.T, name string, f figure.Figure, best, truth float64) {
	t.Helper()
	const slack = 1e-6
	if math.Abs(f.Best-best) > slack {
		t.Errorf("%s: best %v, want %v", name, f.Best, best)
	}
	if truth < f.Low-slack || truth > f.High+slack {
		t.Errorf("%s: %v is outside %v..%v", name, truth, f.Low, f.High)
	}
	if f.Low > f.Best+slack || f.Best > f.High+slack {
		t.Errorf("%s: %+v is out of order", name, f)
	}
}

func BenchmarkShapley(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	const sellers = 200
	var groups []Group
	for range 10_000 {
		g := figure.NewSellers(sellers)
		for range 1 + r.IntN(6) {
			g.Add(r.IntN(sellers))
		}
		groups = append(groups, Group{g, float64(1 + r.IntN(100))})
	}
	all := figure.NewSellers(sellers)
	for i := range sellers {
		all.Add(i)
	}
	s := New(sellers, groups, nil, 0)
	for b.Loop() {
		s.Shapley(all)
	}
}
