package graph

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func TestAdjacencyHoldsItsArcs(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 1 + r.IntN(12)
		heaviest := map[[2]ID]float64{}
		var arcs []arc
		for range r.IntN(40) {
			a := arc{ID(r.IntN(n)), ID(r.IntN(n)), r.Float64()}
			ends := [2]ID{a.from, a.to}
			heaviest[ends] = max(heaviest[ends], a.weight)
			arcs = append(arcs, a)
		}
		rows, err := pack(n, arcs)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows.cols) != len(heaviest) {
			t.Fatalf("seed %d: %d arcs, want %d", seed, len(rows.cols), len(heaviest))
		}
		for ends, want := range heaviest {
			if got, ok := rows.find(ends[0], ends[1]); !ok || got != want {
				t.Fatalf("seed %d: arc %v has weight %v, %v, want %v", seed, ends, got, ok, want)
			}
		}
		for u := range n {
			if !slices.IsSorted(rows.row(ID(u))) {
				t.Fatalf("seed %d: row %d is not sorted", seed, u)
			}
		}
		if twice := rows.transpose().transpose(); !reflect.DeepEqual(twice, rows) {
			t.Fatalf("seed %d: transposed twice it is another matrix", seed)
		}
	}
}
