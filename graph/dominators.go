package graph

import "slices"

// Dominators returns the nodes that every pathway to a segment runs through,
// the vendor left out, in the order in which pathways meet them: the channels
// and partners that the segment hangs on. It is empty where there are several
// pathways without a common node, and where there is no pathway at all.
//
// A partner counts once, whichever of its channels it sells in.
func (n *Network) Dominators(segment int) []ID {
	var strict []ID
	at := n.SegmentID(segment)
	if n.idom[at] == nowhere {
		return nil
	}
	for at = n.idom[at]; at != VendorID; at = n.idom[at] {
		strict = append(strict, at)
	}
	slices.Reverse(strict)
	return strict
}

// DependsOn reports whether every pathway of a partner runs through a supplier,
// both by their index in the ecosystem: without the supplier the partner has no
// product. It is false for a partner that has no pathway anyhow.
func (n *Network) DependsOn(partner, supplier int) bool {
	at, d := n.PartnerID(partner), n.PartnerID(supplier)
	if n.idom[at] == nowhere {
		return false
	}
	for at != VendorID {
		at = n.idom[at]
		if at == d {
			return true
		}
	}
	return false
}

// dominatorTree returns the immediate dominator of every node that the vendor
// reaches, nowhere for the others, and the vendor for itself. In a graph without
// cycles that is the nearest common ancestor, in the tree so far, of a node's
// predecessors, so one pass in topological order does it: O(m log n).
//
// Ancestors are found with one jump pointer a node, after Myers, An applicative
// random-access stack (1983).
func (n *Network) dominatorTree() []ID {
	t := ancestry{
		parent: make([]ID, n.Len()),
		jump:   make([]ID, n.Len()),
		depth:  make([]uint32, n.Len()),
	}
	for v := range t.parent {
		t.parent[v] = nowhere
	}
	t.parent[VendorID] = VendorID
	for _, v := range n.order {
		common := nowhere
		for _, u := range n.in.row(v) {
			switch {
			case t.parent[u] == nowhere:
			case common == nowhere:
				common = u
			default:
				common = t.nearestCommon(common, u)
			}
		}
		if common != nowhere {
			t.add(v, common)
		}
	}
	return t.parent
}

// ancestry is a growing tree that finds common ancestors in O(log n).
type ancestry struct {
	parent, jump []ID
	depth        []uint32
}

// add hangs v below u, with a jump pointer of a length that keeps every climb
// logarithmic.
func (t *ancestry) add(v, u ID) {
	t.parent[v], t.depth[v] = u, t.depth[u]+1
	first, second := t.jump[u], t.jump[t.jump[u]]
	if t.depth[u]-t.depth[first] == t.depth[first]-t.depth[second] {
		t.jump[v] = second
	} else {
		t.jump[v] = u
	}
}

func (t *ancestry) nearestCommon(a, b ID) ID {
	if t.depth[a] < t.depth[b] {
		a, b = b, a
	}
	for t.depth[a] > t.depth[b] {
		if t.depth[t.jump[a]] >= t.depth[b] {
			a = t.jump[a]
		} else {
			a = t.parent[a]
		}
	}
	for a != b { // nodes of one depth have jumps of one length
		if t.jump[a] != t.jump[b] {
			a, b = t.jump[a], t.jump[b]
		} else {
			a, b = t.parent[a], t.parent[b]
		}
	}
	return a
}
