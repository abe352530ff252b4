package graph

import (
	"fmt"
	"math"
	"slices"
)

// LastMile says that a seller was found to reach a segment, say by its list.
type LastMile struct {
	Seller  Seller
	Segment int     // index in Ecosystem.Segments
	Share   float64 // of the segment's members; 1 where it is not known, 0 for nobody
}

// lastMile is what is known of one seller and segment.
type lastMile struct {
	share    float64
	listed   bool // from lists; a declared share no longer counts
	everyVia bool // whichever channel the partner sells in
	via      []ID // the channels of the partner that lists prove
}

// addListed notes the last miles that lists proved.
func (b *networkBuilder) addListed(reached []LastMile) error {
	for _, r := range reached {
		if err := b.checkLastMile(r); err != nil {
			return err
		}
		if r.Seller.Partner >= 0 && b.ecosystem.Partners[r.Seller.Partner].Stage == Ended {
			continue
		}
		m := b.lastMileOf(b.SellerID(r.Seller), r.Segment)
		m.listed = true
		m.share = max(m.share, r.Share)
		if r.Share > 0 {
			m.via = append(m.via, b.ChannelID(r.Seller.Channel))
		}
	}
	return nil
}

func (b *networkBuilder) checkLastMile(r LastMile) error {
	switch e := b.ecosystem; {
	case r.Segment < 0 || r.Segment >= len(e.Segments):
		return fmt.Errorf("seller %q reaches segment number %d of %d", r.Seller.ID, r.Segment, len(e.Segments))
	case !b.knows(r.Seller):
		return fmt.Errorf("seller %q reaches segment %q and is not of this ecosystem", r.Seller.ID, e.Segments[r.Segment].ID)
	case !(r.Share >= 0) || math.IsInf(r.Share, 1):
		return fmt.Errorf("seller %q reaches %v of segment %q, which is no share", r.Seller.ID, r.Share, e.Segments[r.Segment].ID)
	}
	return nil
}

// knows reports whether the ecosystem has the seller.
func (b *networkBuilder) knows(s Seller) bool {
	if s.Partner < 0 {
		return s.Channel >= 0 && s.Channel < len(b.ecosystem.Channels) && b.sellers[s.Channel] == s
	}
	return s.Partner < len(b.ecosystem.Partners) && slices.Contains(b.sellersOf(s.Partner), s)
}

func (b *networkBuilder) lastMileOf(seller ID, segment int) *lastMile {
	key := [2]ID{seller, b.SegmentID(segment)}
	m := b.lastMile[key]
	if m == nil {
		m = &lastMile{}
		b.lastMile[key] = m
	}
	return m
}

// addDeclared notes the last miles under `reaches`.
func (b *networkBuilder) addDeclared() error {
	for i, c := range b.ecosystem.Channels {
		if err := b.addReaches(b.ChannelID(i), c.Reaches); err != nil {
			return err
		}
	}
	for i, p := range b.ecosystem.Partners {
		if p.Stage == Ended {
			continue
		}
		if err := b.addReaches(b.PartnerID(i), p.Reaches); err != nil {
			return err
		}
	}
	return nil
}

func (b *networkBuilder) addReaches(seller ID, reaches []KnownReach) error {
	for _, r := range reaches {
		segment, ok := b.segment[r.Segment]
		if !ok {
			return b.problem(r.At, "the id of a segment", "%q reaches segment %q", b.Identifier(seller), r.Segment)
		}
		share := r.shareOf(b.ecosystem.Segments[segment])
		if !(share > 0) {
			continue
		}
		m := b.lastMileOf(seller, segment)
		m.everyVia = true
		if !m.listed {
			m.share = max(m.share, share)
		}
	}
	return nil
}

// shareOf returns the middle of a known reach as a share of the segment, and 1
// where that cannot be told. A share of what the supplier reaches stays one.
func (r KnownReach) shareOf(s Segment) float64 {
	members := float64(s.Addressable)
	switch {
	case r.Share != nil && r.Of.Members > 0 && members > 0:
		return r.Share.Middle() * r.Of.Members / members
	case r.Share != nil:
		return r.Share.Middle()
	case r.Count != nil && members > 0:
		return r.Count.Middle() / members
	case r.Count != nil && r.Count.High <= 0:
		return 0
	default:
		return 1
	}
}

// addLastMiles turns the notes into arcs. Pack sorts them, so that the order of
// the map is not seen.
func (b *networkBuilder) addLastMiles() {
	for ends, m := range b.lastMile {
		b.addArc(ends[0], ends[1], m.share)
		if m.everyVia || b.Kind(ends[0]) != PartnerNode {
			continue
		}
		slices.Sort(m.via)
		m.via = slices.Compact(m.via)
		if len(m.via) < len(b.ecosystem.Partners[b.Index(ends[0])].Channels) {
			b.via[ends] = m.via
		}
	}
}
