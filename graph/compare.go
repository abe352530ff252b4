package graph

import "slices"

// PathwayRelation tells how two pathways stand to one another.
type PathwayRelation string

// The relations of two pathways.
const (
	// CrossChannel pathways part at the vendor.
	CrossChannel PathwayRelation = "cross-channel"
	// Horizontal pathways part at a supplier, or at the channel in which two
	// partners sell side by side, and each goes on over partners of its own.
	Horizontal PathwayRelation = "horizontal"
	// Bypass: below the vendor, one goes straight from where they part to where
	// they meet and so skips the other's tier. A supplier does that which sells
	// beside its own resellers, and a channel which sells beside its partners.
	Bypass PathwayRelation = "bypass"
	// SameSeller pathways end with the same seller and differ in its supply
	// alone: they never multiply members.
	SameSeller PathwayRelation = "same-seller"
	// NeverMeet pathways lead to different segments over different sellers.
	NeverMeet PathwayRelation = "never-meet"
)

// Comparison tells where two pathways part and where they meet again.
type Comparison struct {
	Relation PathwayRelation
	Parts    ID // the last node that both share from the vendor on
	Meets    ID // the first node after that on both; the vendor where they lead to different segments
}

// ComparePathways compares two pathways of one network. Two pathways that are
// the same part and meet at their segment. It takes O(len(p) + len(q)).
func ComparePathways(p, q Pathway) Comparison {
	shared := 0
	for shared < min(len(p.Nodes), len(q.Nodes)) && p.Nodes[shared] == q.Nodes[shared] {
		shared++
	}
	parts := p.Nodes[shared-1]
	restP, restQ := p.Nodes[shared:], q.Nodes[shared:]
	if len(restP) == 0 || len(restQ) == 0 { // the same pathway: a segment is never passed through
		return Comparison{SameSeller, parts, parts}
	}
	meets := firstCommon(restP, restQ)
	switch {
	case p.Seller == q.Seller:
		return Comparison{SameSeller, parts, meets}
	case meets == VendorID:
		return Comparison{NeverMeet, parts, meets}
	case parts == VendorID:
		return Comparison{CrossChannel, parts, meets}
	case restP[0] == meets || restQ[0] == meets:
		return Comparison{Bypass, parts, meets}
	default:
		return Comparison{Horizontal, parts, meets}
	}
}

// firstCommon returns the first node of p that q holds as well, or the vendor,
// which neither does, where there is none.
func firstCommon(p, q []ID) ID {
	inQ := make(map[ID]bool, len(q))
	for _, id := range q {
		inQ[id] = true
	}
	if i := slices.IndexFunc(p, func(id ID) bool { return inQ[id] }); i >= 0 {
		return p[i]
	}
	return VendorID
}
