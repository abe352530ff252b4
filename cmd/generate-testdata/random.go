package main

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
)

// seed of everything that is generated.
const seed = 20261123

// randomFor returns the random numbers of one purpose. Purposes do not share a
// stream, so that a change to one list leaves the others as they are. Only whole
// numbers are drawn: they are the same on every machine.
func randomFor(purpose string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// pick returns one element.
func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// percent is true n times out of a hundred.
func percent(r *rand.Rand, n int) bool { return r.IntN(100) < n }

// draw takes n of the pool in the order of the pool. With pull 0 all are equally
// likely; a higher pull prefers the popular, so that what two sellers draw on
// their own overlaps more than chance has it, as it does in real markets.
func draw(r *rand.Rand, pool []*account, n, pull int) []*account {
	type ticket struct{ index, score int }
	tickets := make([]ticket, len(pool))
	for i, a := range pool {
		tickets[i] = ticket{i, r.IntN(1000) + pull*a.pull/10}
	}
	slices.SortFunc(tickets, func(x, y ticket) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.index, y.index))
	})
	tickets = tickets[:min(n, len(tickets))]
	slices.SortFunc(tickets, func(x, y ticket) int { return cmp.Compare(x.index, y.index) })
	drawn := make([]*account, len(tickets))
	for i, t := range tickets {
		drawn[i] = pool[t.index]
	}
	return drawn
}

// keep returns the accounts that pass all tests.
func keep(pool []*account, tests ...func(*account) bool) []*account {
	var kept []*account
	for _, a := range pool {
		if !slices.ContainsFunc(tests, func(test func(*account) bool) bool { return !test(a) }) {
			kept = append(kept, a)
		}
	}
	return kept
}

// not turns a test round.
func not(test func(*account) bool) func(*account) bool {
	return func(a *account) bool { return !test(a) }
}
