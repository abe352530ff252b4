package analysis

import (
	"fmt"
	"strings"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Paths tells the pathways to a segment.
type Paths struct {
	Head     Head           `json:"head"`
	Segment  SegmentRef     `json:"segment"`
	Count    string         `json:"count"`    // of all pathways, also those not listed
	Disjoint int            `json:"disjoint"` // how many share no partner
	HangsOn  []NodeRef      `json:"hangs_on"` // nodes on every pathway
	Pathways []PathwayReach `json:"pathways"`
}

// NodeRef names a node of the network.
type NodeRef struct {
	ID   string         `json:"id"`
	Name string         `json:"name"`
	Kind graph.NodeKind `json:"kind"`
}

// PathwayReach is one pathway with what its last seller reaches of the segment,
// over all its pathways.
type PathwayReach struct {
	Nodes   []NodeRef     `json:"nodes"` // from the vendor to the segment
	Seller  SellerRef     `json:"seller"`
	Supply  float64       `json:"supply"` // what part of the seller's supply comes this way
	Members figure.Figure `json:"members"`
}

// pathwaysListed bounds a listing; all are counted.
const pathwaysListed = 500

// Paths answers for the pathways to a segment, given by id or name.
func (s *Study) Paths(segment string) (*Paths, error) {
	at, err := s.findSegment(segment)
	if err != nil {
		return nil, err
	}
	p := s.partOf(at)
	out := &Paths{
		Head: s.Head(), Segment: s.segmentRef(p), Count: s.Network.CountPathways(at).String(),
		Disjoint: s.Network.DisjointPathways(at), HangsOn: []NodeRef{}, Pathways: []PathwayReach{},
	}
	for _, id := range s.Network.Dominators(at) {
		out.HangsOn = append(out.HangsOn, s.nodeRef(id))
	}
	for _, w := range s.Network.Pathways(at, pathwaysListed) {
		out.Pathways = append(out.Pathways, s.pathwayReach(p, w))
	}
	return out, nil
}

func (s *Study) pathwayReach(p *part, w graph.Pathway) PathwayReach {
	i := s.numberOf(w.Seller)
	r := PathwayReach{Seller: s.sellerRef(i), Supply: w.Supply, Members: p.reach.Gross(i)}
	for _, id := range w.Nodes {
		r.Nodes = append(r.Nodes, s.nodeRef(id))
	}
	return r
}

func (s *Study) nodeRef(id graph.ID) NodeRef {
	return NodeRef{ID: s.Network.Identifier(id), Name: s.Network.Name(id), Kind: s.Network.Kind(id)}
}

// numberOf finds a seller by channel and partner.
func (s *Study) numberOf(seller graph.Seller) int {
	for i, one := range s.Sellers {
		if one.Channel == seller.Channel && one.Partner == seller.Partner {
			return i
		}
	}
	return -1
}

// findSegment finds a segment by id, or by name without regard to case.
func (s *Study) findSegment(text string) (int, error) {
	var ids []string
	for i, seg := range s.Ecosystem.Segments {
		if seg.ID == text || equalFold(seg.Name, text) {
			return i, nil
		}
		ids = append(ids, seg.ID)
	}
	return -1, &NotFoundError{What: "segment", Text: text, Known: ids}
}

func (s *Study) partOf(segment int) *part {
	for i := range s.parts {
		if p := &s.parts[i]; p.segment == segment && p.audience != graph.Accounts {
			return p
		}
	}
	return nil
}

// NotFoundError says that nothing has the name that was asked for.
type NotFoundError struct {
	What  string // segment, partner, account
	Text  string
	Known []string // what there is; empty where it must not be told
}

// Error names what was asked for and what there is, at most a dozen.
func (e *NotFoundError) Error() string {
	s := fmt.Sprintf("no %s is called %q", e.What, e.Text)
	if len(e.Known) == 0 {
		return s
	}
	const most = 12
	if near := graph.Nearest(strings.ToLower(e.Text), e.Known); near != "" {
		return s + "; did you mean " + near + "?"
	}
	s += "; there is"
	for i, k := range e.Known {
		if i == most {
			return s + fmt.Sprintf(", and %d more", len(e.Known)-most)
		}
		if i > 0 {
			s += ","
		}
		s += " " + k
	}
	return s
}
