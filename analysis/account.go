package analysis

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Account is everything about one account.
type Account struct {
	Head      Head             `json:"head"`
	Key       string           `json:"key"`
	Names     []string         `json:"names"`
	Domains   []string         `json:"domains"` // additional ones
	Parents   []string         `json:"parents"` // the next first
	Children  []string         `json:"children"`
	Country   string           `json:"country"`
	Segment   SegmentRef       `json:"segment"`
	Value     *Sum             `json:"value"` // potential gross margin a year; null where no list says
	Users     int              `json:"users"` // distinct persons
	Touches   []AccountTouch   `json:"touches"`
	Relations []AccountMeeting `json:"relations"` // worst first
	Marks     []exposure.Mark  `json:"marks"`
	Records   []AccountRecord  `json:"records"`
	Approval  *Approval        `json:"approval"` // null unless it was asked for
}

// AccountTouch is a row of a list about the account. A person's address is never
// shown; the row says where it stands.
type AccountTouch struct {
	Seller   SellerRef      `json:"seller"`
	Audience graph.Audience `json:"audience"`
	Status   graph.Status   `json:"status"`
	Roles    string         `json:"roles"`
	Product  string         `json:"product"`
	Amount   *Sum           `json:"amount"`
	Date     string         `json:"date"`
	Deal     string         `json:"deal"`
	ByName   bool           `json:"by_name"` // joined by a bare name
	Rows     int            `json:"rows"`
	Place    graph.Place    `json:"place"` // of the first row
}

// AccountMeeting is how two sellers stand to each other at the account.
type AccountMeeting struct {
	P         SellerRef         `json:"p"`
	Q         SellerRef         `json:"q"`
	Relation  conflict.Relation `json:"relation"`
	Pattern   conflict.Pattern  `json:"pattern"`
	Confident bool              `json:"confident"`
	Settled   bool              `json:"settled"`
	Teamed    bool              `json:"teamed"` // a teaming record names both there
}

// AccountRecord is a dated record about the account.
type AccountRecord struct {
	Shape   list.Shape        `json:"kind"`
	Live    bool              `json:"live"` // on the day of the report
	Sellers []SellerRef       `json:"sellers"`
	Cells   map[string]string `json:"cells"`
	Place   graph.Place       `json:"place"`
}

// Account answers for one account, by domain, URL, e-mail, name or the record
// id of an own list. It reads the lists once more.
func (s *Study) Account(ctx context.Context, key string) (*Account, error) {
	view, err := s.Exposure.Account(ctx, key)
	if err != nil {
		return nil, err
	}
	if view == nil {
		return nil, &NotFoundError{What: "account", Text: key}
	}
	out := &Account{
		Head: s.Head(), Key: view.Key, Names: withoutAddresses(view.Names), Domains: view.Domains, Parents: view.Parents, Children: view.Children,
		Country: view.Country, Segment: SegmentRef{Name: "unassigned", Audience: graph.Buyers}, Users: view.Users,
		Touches: s.accountTouches(view), Relations: s.accountMeetings(view), Marks: ownersWithoutAddresses(view.Marks), Records: s.accountRecords(view),
	}
	if view.Segment >= 0 {
		seg := s.Ecosystem.Segments[view.Segment]
		out.Segment = SegmentRef{seg.ID, seg.Name, seg.Audience}
	}
	if view.Value.Valid {
		out.Value = &Sum{view.Value.Decimal}
	}
	return out, nil
}

// accountTouches folds rows that say the same into one with a count.
func (s *Study) accountTouches(view *exposure.AccountView) []AccountTouch {
	out := []AccountTouch{}
	index := map[AccountTouch]int{}
	for _, r := range view.Rows {
		t := AccountTouch{
			Seller: s.sellerRef(r.Seller), Audience: r.Audience, Status: r.Status, Roles: r.Roles.String(),
			Product: list.WithoutAddresses(r.Product), Date: r.Date.String(), Deal: list.WithoutAddresses(r.Deal), ByName: r.ByName,
		}
		i, ok := index[t]
		if !ok {
			i = len(out)
			index[t] = i
			first := t
			first.Place = r.Place
			out = append(out, first)
		}
		out[i].Rows++
		if r.Amount.Valid {
			if out[i].Amount == nil {
				out[i].Amount = &Sum{}
			}
			out[i].Amount.Decimal = out[i].Amount.Add(r.Amount.Decimal)
		}
	}
	return out
}

// accountMeetings lists how sellers stand to each other at the account, worst
// first: in each audience by itself, then users against buyers.
func (s *Study) accountMeetings(view *exposure.AccountView) []AccountMeeting {
	out := []AccountMeeting{}
	for _, m := range s.Rule.Meetings(view.Table, &view.Set) {
		if m.Relation == conflict.Unrelated {
			continue
		}
		out = append(out, AccountMeeting{
			P: s.sellerRef(m.P), Q: s.sellerRef(m.Q), Relation: m.Relation, Pattern: s.Rule.Pattern(m.P, m.Q),
			Confident: m.Confident, Settled: m.Settled, Teamed: m.Teamed,
		})
	}
	slices.SortStableFunc(out, func(a, b AccountMeeting) int {
		return cmp.Compare(slices.Index(conflict.Relations, a.Relation), slices.Index(conflict.Relations, b.Relation))
	})
	return out
}

func (s *Study) accountRecords(view *exposure.AccountView) []AccountRecord {
	out := []AccountRecord{}
	for i := range view.Records {
		r := &view.Records[i]
		one := AccountRecord{
			Shape: r.Shape, Live: r.Live(s.opts.AsOf, s.Ecosystem.Policy.RenewalDays), Place: r.Place,
			Sellers: []SellerRef{}, Cells: map[string]string{},
		}
		for _, seller := range r.Sellers {
			one.Sellers = append(one.Sellers, s.sellerRef(seller))
		}
		for k, text := range r.Cells() {
			one.Cells[k.String()] = list.WithoutAddresses(text)
		}
		out = append(out, one)
	}
	return out
}

// withoutAddresses are texts as they may be shown, each once.
func withoutAddresses(texts []string) []string {
	out := make([]string, 0, len(texts))
	for _, text := range texts {
		if shown := list.WithoutAddresses(text); !slices.Contains(out, shown) {
			out = append(out, shown)
		}
	}
	return out
}

// ownersWithoutAddresses are marks as they may be shown: that of a named account has
// the text of its owner.
func ownersWithoutAddresses(marks []exposure.Mark) []exposure.Mark {
	out := slices.Clone(marks)
	for i := range out {
		if out[i].Kind == exposure.MarkNamed {
			out[i].Subject = list.WithoutAddresses(out[i].Subject)
		}
	}
	return out
}

func equalFold(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// sortByMembers sorts by a number, largest first; ties stay in order.
func sortByMembers[T any](all []T, members func(T) float64) {
	slices.SortStableFunc(all, func(a, b T) int { return cmp.Compare(members(b), members(a)) })
}
