package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// ID is the number of a node: dense, from 0, in the order of the file.
type ID uint32

// arc is a directed edge before it is packed.
type arc struct {
	from, to ID
	weight   float64
}

// adjacency is a compressed sparse row matrix: the neighbours of node u are
// cols[ptr[u]:ptr[u+1]], ascending and unique, with their weights beside them.
type adjacency struct {
	ptr     []uint32
	cols    []ID
	weights []float64
}

// pack builds the rows of n nodes in O(m log m) for m arcs, which it sorts in
// place. Of arcs with the same ends the heaviest stays.
func pack(n int, arcs []arc) (adjacency, error) {
	if n >= math.MaxUint32 || len(arcs) >= math.MaxUint32 {
		return adjacency{}, fmt.Errorf("a network holds fewer than %d nodes and edges; this one has %d nodes and %d edges",
			uint32(math.MaxUint32), n, len(arcs))
	}
	slices.SortFunc(arcs, func(a, b arc) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(b.weight, a.weight))
	})
	arcs = slices.CompactFunc(arcs, func(a, b arc) bool { return a.from == b.from && a.to == b.to })
	packed := adjacency{
		ptr:     make([]uint32, n+1),
		cols:    make([]ID, len(arcs)),
		weights: make([]float64, len(arcs)),
	}
	for i, a := range arcs {
		packed.ptr[a.from+1]++
		packed.cols[i], packed.weights[i] = a.to, a.weight
	}
	for u := range n {
		packed.ptr[u+1] += packed.ptr[u]
	}
	return packed, nil
}

// transpose reverses every arc in O(n + m). A counting sort keeps rows sorted.
func (a adjacency) transpose() adjacency {
	n := len(a.ptr) - 1
	t := adjacency{
		ptr:     make([]uint32, n+1),
		cols:    make([]ID, len(a.cols)),
		weights: make([]float64, len(a.cols)),
	}
	for _, v := range a.cols {
		t.ptr[v+1]++
	}
	for v := range n {
		t.ptr[v+1] += t.ptr[v]
	}
	next := slices.Clone(t.ptr[:n])
	for u := range n {
		for i := a.ptr[u]; i < a.ptr[u+1]; i++ {
			v := a.cols[i]
			t.cols[next[v]], t.weights[next[v]] = ID(u), a.weights[i]
			next[v]++
		}
	}
	return t
}

// row returns the neighbours of u. The caller must not change them.
func (a adjacency) row(u ID) []ID { return a.cols[a.ptr[u]:a.ptr[u+1]] }

// find returns the weight of the arc u -> v in O(log degree).
func (a adjacency) find(u, v ID) (weight float64, ok bool) {
	i, ok := slices.BinarySearch(a.row(u), v)
	if !ok {
		return 0, false
	}
	return a.weights[int(a.ptr[u])+i], true
}

// each calls yield for the neighbours of u in order, until it returns false.
func (a adjacency) each(u ID, yield func(ID, float64) bool) {
	for i := a.ptr[u]; i < a.ptr[u+1]; i++ {
		if !yield(a.cols[i], a.weights[i]) {
			return
		}
	}
}
