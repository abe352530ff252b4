package graph

import (
	"fmt"
	"slices"
	"strings"
)

// topologicalOrder returns the nodes so that every edge leads forward, and
// whether it could place them all: those on a cycle, or behind one, it cannot.
// Source: Kahn, Topological sorting of large networks (1962); O(n + m).
func (g *digraph) topologicalOrder() (order []ID, complete bool) {
	waiting := make([]int, g.Len())
	for v := range waiting {
		waiting[v] = len(g.in.row(ID(v)))
		if waiting[v] == 0 {
			order = append(order, ID(v))
		}
	}
	for next := 0; next < len(order); next++ {
		for _, v := range g.out.row(order[next]) {
			if waiting[v]--; waiting[v] == 0 {
				order = append(order, v)
			}
		}
	}
	return order, len(order) == g.Len()
}

// supplyCycle returns a cycle, each node followed by one that supplies it, in
// a graph of which only the nodes in placed have a topological order. The walk
// goes back from the first node that is not placed: each such node has a
// predecessor that is not placed either, so it must come round.
func (g *digraph) supplyCycle(placed []ID) []ID {
	stuck := make([]bool, g.Len())
	for v := range stuck {
		stuck[v] = true
	}
	for _, v := range placed {
		stuck[v] = false
	}
	seenAt := map[ID]int{}
	var walk []ID
	at := ID(slices.Index(stuck, true))
	for {
		if start, seen := seenAt[at]; seen {
			return walk[start:]
		}
		seenAt[at] = len(walk)
		walk = append(walk, at)
		for _, u := range g.in.row(at) {
			if stuck[u] {
				at = u
				break
			}
		}
	}
}

// cycleError writes a circle of suppliers in the direction in which the product
// would flow, from its first partner in the order of the file.
func (b *networkBuilder) cycleError(cycle []ID) error {
	const shown = 8
	slices.Reverse(cycle)
	first := slices.Index(cycle, slices.Min(cycle))
	cycle = slices.Concat(cycle[first:], cycle[:first])
	var names []string
	for _, id := range cycle[:min(len(cycle), shown)] {
		names = append(names, b.Identifier(id))
	}
	if more := len(cycle) - shown; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	names = append(names, b.Identifier(cycle[0]))
	return b.problem(b.ecosystem.Partners[b.Index(cycle[0])].At, "suppliers that lead to the vendor",
		"partners supply one another in a circle: %s", strings.Join(names, " -> "))
}
