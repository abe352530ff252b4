package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// Approval says what approving a partner's registration at an account would mean:
// who holds the account, which rule applies until when, and what would break.
type Approval struct {
	Partner SellerRef    `json:"partner"`
	Product string       `json:"product"` // id; empty: all
	Holders []Holder     `json:"holders"`
	Rules   []string     `json:"rules"`
	Breaks  []FindingRef `json:"breaks"` // findings that approving would bring about
	Words   []string     `json:"words"`  // the three answers, a sentence each
}

// Holder is who has the account today.
type Holder struct {
	Seller SellerRef    `json:"seller"`
	Status graph.Status `json:"status"` // customer or open
	By     string       `json:"by"`     // list, or the kind of record
	Until  string       `json:"until"`  // of registrations and offers
	Place  graph.Place  `json:"place"`  // of the record; empty for rows of lists
}

// Approve answers whether something stands against a registration of a partner at
// an account. product is an id or a name, empty for all. It needs
// exposure.Options.Keep.
func (s *Study) Approve(ctx context.Context, key, partner, product string) (*Approval, error) {
	number, err := s.partnerCalled(partner)
	if err != nil {
		return nil, err
	}
	id, err := s.productCalled(product)
	if err != nil {
		return nil, err
	}
	account, err := s.Exposure.Tell(ctx, key)
	if err != nil {
		return nil, err
	}
	if account.IsZero() {
		return nil, &NotFoundError{What: "account", Text: key}
	}
	seller := slices.IndexFunc(s.Sellers, func(x graph.Seller) bool { return x.Partner == number })
	facts := s.atFacts()
	at, _ := s.Exposure.At(account)
	records := facts.LiveRecords()[account.Text]
	out := &Approval{Partner: s.sellerRef(seller), Product: id, Holders: s.holders(facts, at, records, number), Rules: []string{}, Breaks: []FindingRef{}}
	out.Rules = append(out.Rules, s.rulesAt(facts, at, account, records, number)...)
	out.Breaks = append(out.Breaks, s.breaksAt(facts, at, records, seller, id)...)
	out.Words = []string{holdersWords(out), rulesWords(out), breaksWords(out)}
	return out, nil
}

// productCalled finds a product by id or name.
func (s *Study) productCalled(text string) (string, error) {
	var known []string
	for _, p := range s.Ecosystem.Products {
		if text == "" || equalFold(text, p.ID) || equalFold(text, p.Name) {
			if text == "" {
				return "", nil
			}
			return p.ID, nil
		}
		known = append(known, p.ID)
	}
	if text == "" || len(known) == 0 {
		return "", nil
	}
	return "", &NotFoundError{What: "product", Text: text, Known: known}
}

// holders lists the others that have a customer or something open at the account.
func (s *Study) holders(facts *conflict.Facts, at exposure.AccountSet, records []*exposure.Record, partner int) []Holder {
	out := []Holder{}
	for _, i := range at.Set.Touches {
		t := &at.Table.Touches[i]
		h := Holder{Seller: s.sellerRef(t.Seller), Status: t.Status, By: "list"}
		if t.Status != graph.Customer && t.Status != graph.Open || !s.today.Has(t.Seller) || t.Audience != graph.Buyers ||
			s.Sellers[t.Seller].Partner == partner || slices.Contains(out, h) {
			continue
		}
		out = append(out, h)
	}
	for _, r := range records {
		for _, seller := range r.Sellers {
			if s.Sellers[seller].Partner != partner {
				out = append(out, Holder{s.sellerRef(seller), graph.Open, string(r.Shape), r.Date(list.Expires).String(), r.Place})
			}
		}
	}
	return out
}

// liveAt lists the records that hold at an account on the day.
func (s *Study) liveAt(account identity.Key) []*exposure.Record {
	var out []*exposure.Record
	for i := range s.Exposure.Records.All {
		r := &s.Exposure.Records.All[i]
		if r.Account == account && r.Live(s.opts.AsOf, s.Ecosystem.Policy.RenewalDays) {
			out = append(out, r)
		}
	}
	return out
}

// rulesAt lists the rules that apply at the account, and until when. records are
// its live deals, registrations and offers.
func (s *Study) rulesAt(facts *conflict.Facts, at exposure.AccountSet, account identity.Key, records []*exposure.Record, partner int) []string {
	var out []string
	for _, r := range s.liveAt(account) {
		var rule string
		switch r.Shape {
		case list.NamedAccounts:
			rule = "it is a named account, kept for our own sales" + untilDay(r.Date(list.Until))
		case list.Teaming:
			if len(r.Sellers) > 1 {
				rule = listWords(s.sellersNamed(r.Sellers)) + " are teamed there" + untilDay(r.Date(list.Until))
			}
		case list.Renewals:
			if len(r.Sellers) > 0 {
				rule = fmt.Sprintf("%s has a renewal%s there on %s", listWords(s.sellersNamed(r.Sellers)), s.ofProduct(facts.ProductOf(r)), r.Date(list.Date))
			}
		}
		if rule != "" && !slices.Contains(out, rule) {
			out = append(out, rule)
		}
	}
	for _, r := range records {
		if r.Shape == list.Registrations && !slices.ContainsFunc(r.Sellers, func(x int) bool { return s.Sellers[x].Partner == partner }) {
			out = append(out, "a registration is live: "+facts.RecordWords(r))
		}
	}
	for _, c := range facts.ClausesAt(at) {
		out = append(out, fmt.Sprintf("%s is %s (line %d)", s.Ecosystem.Partners[c.Partner].Name, s.termWords(c.Term), c.Term.At.Line))
	}
	return out
}

// ofProduct names a product within a sentence, and says nothing where there is none.
func (s *Study) ofProduct(id string) string {
	if id == "" {
		return ""
	}
	return " of " + s.productName(id)
}

// untilDay ends a rule, and says nothing where it has no end.
func untilDay(d graph.Date) string {
	if d.IsZero() {
		return ""
	}
	return " until " + d.String()
}

// sellersNamed are the names of sellers.
func (s *Study) sellersNamed(sellers []int) []string {
	var out []string
	for _, i := range sellers {
		out = append(out, s.Sellers[i].Name)
	}
	return out
}

// breaksAt lists the findings that something open of the partner would bring
// about at the account, and the rivals with whom it would be live.
func (s *Study) breaksAt(facts *conflict.Facts, at exposure.AccountSet, records []*exposure.Record, seller int, product string) []FindingRef {
	touch := facts.OpenTouch(seller, product)
	table := *at.Table
	table.Audience = graph.Buyers
	table.Touches = append(slices.Clone(table.Touches), touch)
	set := at.Set
	set.Touches = nil
	for _, i := range at.Set.Touches {
		if t := &at.Table.Touches[i]; t.Audience == graph.Buyers {
			set.Touches = append(set.Touches, i)
		}
	}
	set.Touches = append(set.Touches, len(table.Touches)-1)
	out := []FindingRef{}
	counts := func(x int) bool { return s.today.Has(x) || x == seller }
	with := *facts
	with.Counts = counts
	for _, h := range with.At(&table, at.Segment, &set).Hits() {
		if (h.P == seller || h.Q == seller) && !strings.HasPrefix(h.Rule.ID, "K") {
			out = append(out, FindingRef{with.Key(&h), h.Relation, h.Teamed})
		}
	}
	for _, rival := range facts.Rivals(&touch, exposure.AccountSet{Table: at.Table}, records, s.today.Has) {
		id := "C13"
		if rival.Record.Shape == list.Registrations {
			id = "C05"
		} else if rival.Record.Shape == list.Deals {
			continue // the deal's seller is told of by its rows, or as holder
		}
		ids := []string{s.Sellers[rival.Seller].ID, s.Sellers[seller].ID}
		slices.Sort(ids)
		out = append(out, FindingRef{ID: id + "-" + strings.Join(ids, "-"), Relation: conflict.Live})
	}
	return out
}

// recordWords are records in words.
var recordWords = map[string]string{
	string(list.Deals): "a deal", string(list.Registrations): "a registration", string(list.Offers): "an offer",
}

func holdersWords(a *Approval) string {
	if len(a.Holders) == 0 {
		return "Held by nobody: no other seller has a customer or anything open there"
	}
	var parts []string
	for _, h := range a.Holders {
		what := "has a customer there"
		if h.Status == graph.Open {
			what = "has a deal open"
		}
		if h.By != "list" {
			what = "has " + recordWords[h.By] + " open"
			if h.Until != "" {
				what += " until " + h.Until
			}
		}
		if text := h.Seller.Name + " " + what; !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return "Held by: " + strings.Join(parts, "; ")
}

func rulesWords(a *Approval) string {
	if len(a.Rules) == 0 {
		return "Rules: none applies there"
	}
	return "Rules: " + strings.Join(a.Rules, "; ")
}

func breaksWords(a *Approval) string {
	var live, could []string
	for _, b := range a.Breaks {
		rule, _, _ := strings.Cut(b.ID, "-")
		words := fmt.Sprintf("%s (%s)", lowerFirst(conflict.DocOf(rule).Name), b.ID)
		if b.Relation == conflict.Live {
			live = append(live, words)
		} else {
			could = append(could, words)
		}
	}
	switch {
	case len(live) > 0 && len(could) > 0:
		return "Approving would break: " + strings.Join(live, ", ") + "; and could collide: " + strings.Join(could, ", ")
	case len(live) > 0:
		return "Approving would break: " + strings.Join(live, ", ")
	case len(could) > 0:
		return "Approving breaks nothing; it could collide: " + strings.Join(could, ", ")
	}
	return "Approving would break nothing"
}

// lowerFirst writes the name of a rule within a sentence. Names of rules begin
// with a plain letter.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
