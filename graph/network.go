package graph

// Network is the graph of an ecosystem: the vendor, its channels and partners,
// and the segments at the end of the pathways. An edge leads to where the
// product goes next:
//
//	vendor  -> channel             weight 1
//	channel -> partner             what of the partner's supply comes from the vendor
//	partner -> partner             what of its supply comes from this supplier
//	channel or partner -> segment  the last mile: what of the segment is reached
//
// Weights are shares, 1 where none is known. Partners that have ended have no
// edges, and no edge leads to those that nobody authorised (Partner.Grey). There
// are no cycles and no loops.
//
// A Network is immutable and safe for concurrent use. It satisfies gonum's
// graph.WeightedDirected. Ids are dense and in file order: the vendor, the
// channels, the partners, the segments.
type Network struct {
	digraph
	ecosystem *Ecosystem
	order     []ID // topological: suppliers before those they supply
	idom      []ID // the immediate dominator of each node; nowhere where unreached

	sellers     []Seller
	firstSeller []int // index in sellers of each partner's first seller

	// via holds the last miles that only some of a partner's channels serve:
	// the channels that do, by {partner, segment}.
	via map[[2]ID][]ID
}

// VendorID is the id of the vendor in every network.
const VendorID ID = 0

// nowhere stands for the absence of a node.
const nowhere = ^ID(0)

// NodeKind tells what a node stands for.
type NodeKind string

// The kinds of node.
const (
	VendorNode  NodeKind = "vendor"
	ChannelNode NodeKind = "channel"
	PartnerNode NodeKind = "partner"
	SegmentNode NodeKind = "segment"
)

// ChannelID returns the id of a channel, by its index in the ecosystem.
func (n *Network) ChannelID(channel int) ID { return ID(1 + channel) }

// PartnerID returns the id of a partner, by its index in the ecosystem.
func (n *Network) PartnerID(partner int) ID {
	return ID(1 + len(n.ecosystem.Channels) + partner)
}

// SegmentID returns the id of a segment, by its index in the ecosystem.
func (n *Network) SegmentID(segment int) ID {
	return ID(1 + len(n.ecosystem.Channels) + len(n.ecosystem.Partners) + segment)
}

// SellerID returns the id of the node that hands the product to the member: the
// partner, or the channel itself.
func (n *Network) SellerID(s Seller) ID {
	if s.Partner < 0 {
		return n.ChannelID(s.Channel)
	}
	return n.PartnerID(s.Partner)
}

// sellersOf returns the sellers that a partner is: one in each of its channels.
func (n *Network) sellersOf(partner int) []Seller {
	first := n.firstSeller[partner]
	return n.sellers[first : first+len(n.ecosystem.Partners[partner].Channels)]
}

// Kind tells what a node stands for.
func (n *Network) Kind(id ID) NodeKind {
	switch {
	case id == VendorID:
		return VendorNode
	case id < n.PartnerID(0):
		return ChannelNode
	case id < n.SegmentID(0):
		return PartnerNode
	default:
		return SegmentNode
	}
}

// Index returns the index of a node among the channels, partners or segments
// of the ecosystem; that of the vendor is 0.
func (n *Network) Index(id ID) int {
	switch n.Kind(id) {
	case ChannelNode:
		return int(id - n.ChannelID(0))
	case PartnerNode:
		return int(id - n.PartnerID(0))
	case SegmentNode:
		return int(id - n.SegmentID(0))
	default:
		return 0
	}
}

// Identifier returns the id that the ecosystem file gives to a node.
func (n *Network) Identifier(id ID) string {
	i := n.Index(id)
	switch n.Kind(id) {
	case ChannelNode:
		return n.ecosystem.Channels[i].ID
	case PartnerNode:
		return n.ecosystem.Partners[i].ID
	case SegmentNode:
		return n.ecosystem.Segments[i].ID
	default:
		return FromVendor
	}
}

// Name returns what people call a node: its name, else its identifier.
func (n *Network) Name(id ID) string {
	i := n.Index(id)
	name := n.ecosystem.Vendor
	switch n.Kind(id) {
	case ChannelNode:
		name = n.ecosystem.Channels[i].Name
	case PartnerNode:
		name = n.ecosystem.Partners[i].Name
	case SegmentNode:
		name = n.ecosystem.Segments[i].Name
	}
	if name == "" {
		return n.Identifier(id)
	}
	return name
}
