package analysis

import (
	"encoding/json"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Head opens every report: of what, as of when, and how well the lists were
// read.
type Head struct {
	Vendor   string `json:"vendor"`
	For      string `json:"for,omitempty"` // whom the report is for: a partner, "the board", or empty for us
	AsOf     string `json:"as_of"`
	From     string `json:"from"` // empty where there is no limit
	To       string `json:"to"`
	Currency string `json:"currency"`
	// Matching is null in what is meant for others.
	Matching *exposure.Matching `json:"matching"`
	OwnLists bool               `json:"own_lists"` // a list is ours, so that rows can be new to us
	Lists    int                `json:"lists"`
	NDA      []string           `json:"nda"` // parties under whose agreement a list was given
	Notices  []list.Notice      `json:"notices"`
}

// SellerRef names a seller in a report.
type SellerRef struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Kind    graph.Kind  `json:"kind"`
	Channel string      `json:"channel"` // id
	Stage   graph.Stage `json:"stage"`
	Partner bool        `json:"partner"` // false for a channel by itself
}

// SegmentRef names a segment; with an empty ID it is the members whose segment
// is not known.
type SegmentRef struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Audience graph.Audience `json:"audience"`
}

// Sum is an amount of money: exact until it is written, then rounded once to
// two decimals.
type Sum struct{ decimal.Decimal }

func (s *Sum) add(more Sum) {
	if s.IsZero() {
		s.Decimal = more.Decimal
	} else {
		s.Decimal = s.Add(more.Decimal)
	}
}

// Withheld stands in what is meant for others for money that is not told: that of
// few members, and where the report is for a partner that of everybody else.
var Withheld = Sum{decimal.New(1, withheldExponent)}

const withheldExponent = -1000

// IsWithheld reports whether the sum is not told.
func (s Sum) IsWithheld() bool { return s.Exponent() == withheldExponent }

// MarshalJSON writes the sum as a number with two decimals, null where it is
// withheld.
func (s Sum) MarshalJSON() ([]byte, error) {
	if s.IsWithheld() {
		return []byte("null"), nil
	}
	return json.Marshal(json.Number(s.StringFixed(2)))
}

// Head gives the opening of a report.
func (s *Study) Head() Head {
	h := Head{
		Vendor: s.Ecosystem.Vendor, AsOf: s.opts.AsOf.String(), From: s.opts.From.String(), To: s.opts.To.String(),
		Currency: s.Ecosystem.Currency, Matching: &s.Exposure.Matching, OwnLists: s.Exposure.OwnLists,
		Lists: len(s.Exposure.Lists), NDA: []string{},
		Notices: slices.Concat([]list.Notice{}, s.destroyedNotes(), s.notes, s.sellerNotes(), s.shareNotes(), s.silentNotes()),
	}
	for _, l := range s.Exposure.Lists {
		if l.Spec.NDA != nil {
			h.NDA = append(h.NDA, l.Spec.NDA.Party)
		}
	}
	for _, r := range s.Exposure.RecordFiles {
		if r.Spec.NDA != nil {
			h.NDA = append(h.NDA, r.Spec.NDA.Party)
		}
	}
	return h
}

func (s *Study) sellerRef(i int) SellerRef {
	seller := s.Sellers[i]
	return SellerRef{
		ID: seller.ID, Name: seller.Name, Kind: s.Ecosystem.Kind(seller),
		Channel: s.Ecosystem.Channels[seller.Channel].ID, Stage: s.Ecosystem.Stage(seller), Partner: seller.Partner >= 0,
	}
}

func (s *Study) segmentRef(p *part) SegmentRef {
	if p.segment < 0 {
		return SegmentRef{Name: "unassigned", Audience: p.audience}
	}
	seg := s.Ecosystem.Segments[p.segment]
	return SegmentRef{ID: seg.ID, Name: seg.Name, Audience: seg.Audience}
}

// partsOf lists the parts of an audience.
func (s *Study) partsOf(a graph.Audience) []*part {
	var out []*part
	for i := range s.parts {
		if s.parts[i].audience == a {
			out = append(out, &s.parts[i])
		}
	}
	return out
}

// sumOver adds a figure over parts, whose members differ.
func sumOver(parts []*part, f func(*part) figure.Figure) figure.Figure {
	var sum figure.Figure
	for _, p := range parts {
		sum = sum.Add(f(p))
	}
	return sum
}

// audiences lists those about which anything is known.
func (s *Study) audiences() []graph.Audience {
	var out []graph.Audience
	for _, a := range []graph.Audience{graph.Users, graph.Buyers, graph.Accounts} {
		if len(s.partsOf(a)) > 0 {
			out = append(out, a)
		}
	}
	return out
}
