package graph

import (
	"math/big"
	"slices"
)

// Pathway is one way of the product from the vendor to a segment.
type Pathway struct {
	Nodes  []ID    // from the vendor to the segment
	Seller Seller  // who hands the product to the member
	Supply float64 // what part of the seller's supply comes this way: the product of the shares before the last mile
	Share  float64 // what of the segment the seller reaches, over all its pathways
}

// Pathways lists pathways to a segment in the order of their nodes' ids, but no
// more than limit of them: there can be exponentially many, which CountPathways
// counts. It takes time in proportion to the nodes of the pathways listed and
// to the edges upstream of the segment.
func (n *Network) Pathways(segment, limit int) []Pathway {
	goal := n.SegmentID(segment)
	walk := pathwayWalk{Network: n, goal: goal, upstream: n.upstream(goal)}
	walk.push(VendorID, 1)
	var found []Pathway
	for len(walk.path) > 0 && len(found) < limit {
		if p, ok := walk.step(); ok {
			found = append(found, p)
		}
	}
	return found
}

// pathwayWalk goes depth first over all pathways to a goal. It keeps its own
// stack: tiers can be deeper than the goroutine's.
type pathwayWalk struct {
	*Network
	goal     ID
	upstream []bool
	path     []ID
	next     []uint32  // where in its row each node of the path goes on
	supply   []float64 // product of the weights up to each node of the path
}

func (w *pathwayWalk) push(v ID, supply float64) {
	w.path = append(w.path, v)
	w.next = append(w.next, w.out.ptr[v])
	w.supply = append(w.supply, supply)
}

// step follows one edge, or goes back where none is left. It returns a pathway
// where the edge was the last mile.
func (w *pathwayWalk) step() (Pathway, bool) {
	top := len(w.path) - 1
	u, i := w.path[top], w.next[top]
	if i == w.out.ptr[u+1] {
		w.path, w.next, w.supply = w.path[:top], w.next[:top], w.supply[:top]
		return Pathway{}, false
	}
	w.next[top]++
	v, weight := w.out.cols[i], w.out.weights[i]
	if v != w.goal {
		if w.upstream[v] {
			w.push(v, w.supply[top]*weight)
		}
		return Pathway{}, false
	}
	seller, ok := w.sellerOf(w.path, v)
	return Pathway{Nodes: append(slices.Clone(w.path), v), Seller: seller, Supply: w.supply[top], Share: weight}, ok
}

// sellerOf tells who sells at the end of a path to a segment, and whether it
// does: a partner may reach a segment in one of its channels only. A partner
// that another partner supplies sells in the first channel that reaches the
// segment.
func (n *Network) sellerOf(path []ID, segment ID) (Seller, bool) {
	last, before := path[len(path)-1], path[max(len(path)-2, 0)]
	if n.Kind(last) == ChannelNode {
		return n.sellers[n.Index(last)], true
	}
	via, restricted := n.via[[2]ID{last, segment}]
	for _, s := range n.sellersOf(n.Index(last)) {
		channel := n.ChannelID(s.Channel)
		supplied := n.Kind(before) == PartnerNode || before == channel
		if supplied && (!restricted || slices.Contains(via, channel)) {
			return s, true
		}
	}
	return Seller{}, false
}

// CountPathways returns how many pathways lead to a segment, without listing
// them: each node has as many as its predecessors together. It takes O(n + m)
// additions; the numbers have at most n bits or so.
func (n *Network) CountPathways(segment int) *big.Int {
	goal := n.SegmentID(segment)
	upstream := n.upstream(goal)
	total := new(big.Int)
	counts := make([]*big.Int, n.Len())
	counts[VendorID] = big.NewInt(1)
	for _, u := range n.order {
		count := counts[u]
		counts[u] = nil // each number is kept only while it is needed
		if count == nil {
			continue
		}
		for _, v := range n.out.row(u) {
			switch {
			case v == goal:
				total.Add(total, count)
				total.Sub(total, n.idleChannels(u, goal))
			case upstream[v] && counts[v] == nil:
				counts[v] = new(big.Int).Set(count)
			case upstream[v]:
				counts[v].Add(counts[v], count)
			}
		}
	}
	return total
}

// idleChannels counts the channels that supply a partner and in which it does
// not reach the segment. One pathway comes over each of them.
func (n *Network) idleChannels(partner, segment ID) *big.Int {
	idle := 0
	if via, restricted := n.via[[2]ID{partner, segment}]; restricted {
		for _, u := range n.in.row(partner) {
			if n.Kind(u) == ChannelNode && !slices.Contains(via, u) {
				idle++
			}
		}
	}
	return big.NewInt(int64(idle))
}
