package main

import (
	"bytes"
	"encoding/json"
)

// expected is what a right answer is, counted from the plan with plain sets. Its
// words are defined in testdata/README.md.
type expected struct {
	AsOf       string                     `json:"as_of"`
	Audiences  map[string]audienceFigures `json:"audiences"`
	Overlaps   []overlapFigures           `json:"overlaps"`
	Live       map[string]map[string]int  `json:"live_conflict"` // pair -> segment or "all" -> accounts
	Booked     map[string]string          `json:"booked"`        // seller -> sum of amounts, in its currency
	Candidates map[string]candidateFigure `json:"candidates"`
	Lists      map[string]listFigures     `json:"lists"`
	Stories    map[string][]string        `json:"stories"` // finding -> accounts that have it
}

type audienceFigures struct {
	Addressable int                       `json:"addressable,omitempty"`
	Gross       int                       `json:"gross"`
	Net         int                       `json:"net"`
	Duplicated  int                       `json:"duplicated"`
	NetWorking  int                       `json:"net_working"`
	NetWithAll  int                       `json:"net_with_candidates"`
	Segments    map[string]segmentFigures `json:"segments,omitempty"`
	Sellers     map[string]sellerFigures  `json:"sellers"`
}

type segmentFigures struct {
	Addressable int `json:"addressable,omitempty"`
	Gross       int `json:"gross"`
	Net         int `json:"net"`
}

type sellerFigures struct {
	Reach       int `json:"reach"`
	OnlyThrough int `json:"only_through"`
}

type overlapFigures struct {
	Audience string   `json:"audience"`
	Between  []string `json:"between"`
	Members  int      `json:"members"`
	BothLive int      `json:"both_customer_or_open"`
}

type candidateFigure struct {
	Accounts       int `json:"accounts"`
	AlreadyReached int `json:"already_reached"`
	ReachedDirect  int `json:"already_reached_direct"`
	Openings       int `json:"openings"`
	UsersOnly      int `json:"known_by_users_only"`
	NewToUs        int `json:"new_to_us"`
	InsideClause   int `json:"inside_exclusive_scope"`
}

type listFigures struct {
	Rows       int `json:"rows,omitempty"`
	ByDomain   int `json:"rows_matched_by_domain,omitempty"`
	ByName     int `json:"rows_matched_by_name"`
	NewDomains int `json:"rows_with_new_domain,omitempty"`
	Unresolved int `json:"rows_unresolved"`
}

func (e *expected) bytes() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// expectedOf counts.
func expectedOf(l *lumen) *expected {
	users, buyers, accounts := l.reachOfUsers(), l.reachOfBuyers(), l.reachOfAccounts()
	e := &expected{
		AsOf: day(0),
		Audiences: map[string]audienceFigures{
			"users":    users.figures(developers, merchants),
			"buyers":   buyers.figures(midMarket, enterprise, public),
			"accounts": accounts.figures(),
		},
		Overlaps:   append(users.overlaps("users"), buyers.overlaps("buyers")...),
		Live:       map[string]map[string]int{},
		Booked:     map[string]string{},
		Candidates: map[string]candidateFigure{"shi": l.candidateFigures()},
		Lists:      l.listFigures(),
		Stories:    l.stories(),
	}
	for _, pair := range [][2]string{{"field", "cdw"}, {"field", "kontor"}, {"cdw", "kontor"}} {
		e.Live[pair[0]+" "+pair[1]] = buyers.live(pair[0], pair[1])
	}
	e.Live["all but marketplaces"] = buyers.liveOfAll()
	for seller, amounts := range l.amounts {
		var sum int64
		for _, cents := range amounts {
			sum += cents
		}
		e.Booked[seller] = money(sum) + " " + currencyOf(seller)
	}
	return e
}
