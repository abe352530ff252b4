package graph

import "slices"

// Uncovered returns the segments that no pathway leads to, by their index, once
// the given nodes are left out; with none given, those uncovered as things are.
func (n *Network) Uncovered(without ...ID) []int {
	reached := n.reachedWithout(without)
	var uncovered []int
	for i := range n.ecosystem.Segments {
		if !reached[n.SegmentID(i)] {
			uncovered = append(uncovered, i)
		}
	}
	return uncovered
}

// Losing returns the segments that have a pathway today and would have none
// without the given nodes, by their index.
func (n *Network) Losing(without ...ID) []int {
	return slices.DeleteFunc(n.Uncovered(without...), func(segment int) bool {
		return n.idom[n.SegmentID(segment)] == nowhere
	})
}

// Suppliers returns the partners that a partner gets the product from, directly
// or through others, by their index and in the order of the file.
func (n *Network) Suppliers(partner int) []int {
	var suppliers []int
	self := n.PartnerID(partner)
	for u, is := range n.upstream(self) {
		if id := ID(u); is && id != self && n.Kind(id) == PartnerNode {
			suppliers = append(suppliers, n.Index(id))
		}
	}
	return suppliers
}

// reachedWithout tells for each node whether the vendor reaches it when some
// nodes are left out.
func (n *Network) reachedWithout(without []ID) []bool {
	closed := make([]bool, n.Len())
	for _, id := range without {
		closed[id] = true
	}
	if closed[VendorID] {
		return make([]bool, n.Len())
	}
	return closure(n.out, VendorID, closed)
}

// upstream tells for each node whether it leads to v, which does itself.
func (n *Network) upstream(v ID) []bool { return closure(n.in, v, make([]bool, n.Len())) }

// closure tells for each node whether rows lead to it from start over nodes
// that are not closed.
func closure(rows adjacency, start ID, closed []bool) []bool {
	found := make([]bool, len(closed))
	found[start] = true
	queue := []ID{start}
	for len(queue) > 0 {
		u := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, v := range rows.row(u) {
			if !found[v] && !closed[v] {
				found[v] = true
				queue = append(queue, v)
			}
		}
	}
	return found
}
