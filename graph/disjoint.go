package graph

// DisjointPathways returns the largest number of pathways to a segment of which
// no two share a partner, and so, by Menger's theorem, how many partners have
// to leave before the segment has none. A channel that sells by itself counts
// as one. Channels are the vendor's own and may be shared.
//
// It is the maximum flow where each partner lets one unit through: Dinic,
// Algorithm for solution of a problem of maximum flow (1970), which on such
// unit networks takes O(m sqrt(n)).
func (n *Network) DisjointPathways(segment int) int {
	f := n.unitFlow(n.SegmentID(segment))
	pathways := 0
	for f.findLevels() {
		pathways += f.augment()
	}
	return pathways
}

// unitFlow is a flow network and the flow in it. Edges come in pairs: e runs
// forward and e^1 backward.
type unitFlow struct {
	source, sink int32
	first        []int32 // the first edge of each node, noEdge where it has none
	edges        []flowEdge
	level        []int32 // distance from the source over edges with room, 0 where unknown
	next         []int32 // the edge of each node to try next
}

type flowEdge struct {
	to, room int32
	sibling  int32 // the next edge of the same node
}

const noEdge = -1

// unitFlow splits each partner upstream of goal in two, joined by an edge with
// room for one: node v is entered at 2v and left at 2v+1.
func (n *Network) unitFlow(goal ID) *unitFlow {
	f := &unitFlow{source: leave(VendorID), sink: leave(goal), first: make([]int32, 2*n.Len())}
	for i := range f.first {
		f.first[i] = noEdge
	}
	for u, is := range n.upstream(goal) {
		id := ID(u)
		if !is {
			continue
		}
		if n.Kind(id) == PartnerNode {
			f.addEdge(2*int32(id), leave(id), 1)
		}
		for _, from := range n.in.row(id) {
			f.addEdge(leave(from), n.enter(id), n.roomFor(id))
		}
	}
	return f
}

func leave(id ID) int32 { return 2*int32(id) + 1 }

func (n *Network) enter(id ID) int32 {
	if n.Kind(id) == PartnerNode {
		return 2 * int32(id)
	}
	return leave(id)
}

func (n *Network) roomFor(id ID) int32 {
	if n.Kind(id) == ChannelNode {
		return int32(n.Len()) // as good as without limit
	}
	return 1
}

func (f *unitFlow) addEdge(u, v, room int32) {
	f.edges = append(f.edges, flowEdge{v, room, f.first[u]}, flowEdge{u, 0, f.first[v]})
	f.first[u], f.first[v] = int32(len(f.edges)-2), int32(len(f.edges)-1)
}

// findLevels finds how far each node is from the source, and reports whether
// the sink can still be reached.
func (f *unitFlow) findLevels() bool {
	f.level = make([]int32, len(f.first))
	f.next = append(f.next[:0], f.first...)
	f.level[f.source] = 1
	queue := []int32{f.source}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		for e := f.first[u]; e != noEdge; e = f.edges[e].sibling {
			if v := f.edges[e].to; f.edges[e].room > 0 && f.level[v] == 0 {
				f.level[v] = f.level[u] + 1
				queue = append(queue, v)
			}
		}
	}
	return f.level[f.sink] != 0
}

// augment sends unit after unit along shortest paths until none is left, and
// returns how many it sent.
func (f *unitFlow) augment() (sent int) {
	var path []int32 // edges
	u := f.source
	for {
		switch e := f.advance(u); {
		case u == f.sink:
			for _, e := range path {
				f.edges[e].room--
				f.edges[e^1].room++
			}
			sent++
			u, path = f.source, path[:0]
		case e != noEdge:
			path = append(path, e)
			u = f.edges[e].to
		case u == f.source:
			return sent
		default: // a dead end: nobody comes here again
			f.level[u] = 0
			u = f.edges[path[len(path)-1]^1].to
			path = path[:len(path)-1]
		}
	}
}

// advance returns the next edge of u that leads one level further, or noEdge.
func (f *unitFlow) advance(u int32) int32 {
	for ; f.next[u] != noEdge; f.next[u] = f.edges[f.next[u]].sibling {
		e := f.edges[f.next[u]]
		if e.room > 0 && f.level[e.to] == f.level[u]+1 {
			break
		}
	}
	return f.next[u]
}
