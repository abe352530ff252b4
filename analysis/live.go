package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// Live lists the deals, registrations and offers that collide today: what a
// partner manager works off, day by day.
type Live struct {
	Head    Head         `json:"head"`
	Since   string       `json:"since"`   // records that began earlier are left out; empty: no limit
	Cases   []LiveRecord `json:"cases"`   // the latest first
	Looked  int          `json:"looked"`  // live records that were looked at
	Undated int          `json:"undated"` // left out, because nothing says when they began
}

// LiveRecord is a live record that meets somebody else's customer, deal or record
// at one account.
type LiveRecord struct {
	Kind    list.Shape  `json:"kind"` // deals | registrations | offers
	ID      string      `json:"id"`
	Account string      `json:"account"`
	Sellers []SellerRef `json:"sellers"`
	Began   string      `json:"began"` // empty where nothing says
	Words   string      `json:"words"`
	Against []Against   `json:"against"`
	Place   graph.Place `json:"place"`
}

// Against is who a record meets, and by what it shows.
type Against struct {
	Seller SellerRef    `json:"seller"`
	Status graph.Status `json:"status"`
	Words  string       `json:"words"`  // of the other record; empty where rows of lists show it
	Place  graph.Place  `json:"place"`  // of the other record
	Teamed bool         `json:"teamed"` // a teaming record names both there
}

// Live answers which deals, registrations and offers collide, of those that began
// on a day or later. It needs exposure.Options.Keep.
func (s *Study) Live(since graph.Date) *Live {
	out := &Live{Head: s.Head(), Since: since.String(), Cases: []LiveRecord{}}
	out.Head.Notices = append(out.Head.Notices, s.unlistedDeals()...)
	facts := s.atFacts()
	live := facts.LiveRecords()
	for i := range s.Exposure.Records.All {
		r := &s.Exposure.Records.All[i]
		others := live[r.Account.Text]
		if !slices.Contains(others, r) {
			continue
		}
		out.Looked++
		began := beganOn(r)
		if !since.IsZero() && began.IsZero() {
			out.Undated++
			continue
		}
		if !since.IsZero() && began.Compare(since) < 0 {
			continue
		}
		if one := s.liveRecord(facts, r, others); len(one.Against) > 0 {
			out.Cases = append(out.Cases, one)
		}
	}
	slices.SortStableFunc(out.Cases, func(a, b LiveRecord) int {
		return cmp.Or(cmp.Compare(b.Began, a.Began), cmp.Compare(a.Account, b.Account))
	})
	return out
}

// beganOn is the day on which a record began.
func beganOn(r *exposure.Record) graph.Date {
	for _, k := range []list.Key{list.Opened, list.Submitted, list.Approved, list.Date} {
		if d := r.Date(k); !d.IsZero() {
			return d
		}
	}
	return graph.Date{}
}

func (s *Study) liveRecord(facts *conflict.Facts, r *exposure.Record, records []*exposure.Record) LiveRecord {
	out := LiveRecord{
		Kind: r.Shape, ID: list.WithoutAddresses(r.Cell(list.ID)), Account: r.Account.Text, Sellers: []SellerRef{}, Began: beganOn(r).String(),
		Words: facts.RecordWords(r), Against: []Against{}, Place: r.Place,
	}
	at, _ := s.Exposure.At(r.Account)
	others := slices.DeleteFunc(slices.Clone(records), func(o *exposure.Record) bool { return o == r || sameDeal(o, r) })
	for _, seller := range r.Sellers {
		out.Sellers = append(out.Sellers, s.sellerRef(seller))
		t := facts.TouchOf(r, seller)
		for _, rival := range facts.Rivals(&t, at, others, s.today.Has) {
			a := Against{Seller: s.sellerRef(rival.Seller), Status: rival.Status, Teamed: rival.Teamed}
			if rival.Record != nil {
				a.Words, a.Place = facts.RecordWords(rival.Record), rival.Record.Place
			}
			if !slices.Contains(out.Against, a) {
				out.Against = append(out.Against, a)
			}
		}
	}
	return out
}

// sameDeal reports whether two records name one deal: a deal and the offer or the
// registration for it.
func sameDeal(a, b *exposure.Record) bool {
	x, y := a.Cell(list.ID), b.Cell(list.ID)
	return x != "" && (identity.RecordID(x) == identity.RecordID(y) || strings.EqualFold(x, y))
}
