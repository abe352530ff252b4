package analysis

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Finding is something that the rules found, with its proof, its figures and
// what would settle it.
type Finding struct {
	ID        string            `json:"id"` // stable from run to run
	Rule      string            `json:"rule"`
	Slug      string            `json:"slug"`
	Name      string            `json:"name"`
	Sentence  string            `json:"sentence"` // in plain words, figures included
	Sellers   []SellerRef       `json:"sellers"`
	Segment   *SegmentRef       `json:"segment"` // of G01 and G02; else null
	Clause    *Clause           `json:"clause"`  // null where no term is touched
	Counts    []FindingCount    `json:"counts"`  // by audience and segment
	Totals    []FindingTotal    `json:"totals"`  // by audience
	Cases     []FindingCase     `json:"cases"`   // accounts told of by records
	Rows      []*Evidence       `json:"rows"`    // that prove it, one of each seller at one member; of the worst findings only
	Loss      *ExpectedLoss     `json:"loss"`    // null where it is not estimated
	Confident bool              `json:"confident"`
	Promise   bool              `json:"promise"`   // a promise is broken where it is proven
	Possible  bool              `json:"possible"`  // only scopes and claims meet: no row proves it
	Candidate bool              `json:"candidate"` // a party is not signed: what signing would add
	Good      bool              `json:"good"`      // a chance, and no problem
	Accepted  *Accepted         `json:"accepted"`  // null where nobody agreed to it, or no longer
	Remedies  []conflict.Remedy `json:"remedies"`  // the default first

	found *conflict.Finding
	order findingOrder
}

// Clause is a term that a finding touches.
type Clause struct {
	Partner SellerRef `json:"partner"`
	Text    string    `json:"text"` // the term in words
	From    string    `json:"from"`
	Until   string    `json:"until"`
	Line    int       `json:"line"` // in the ecosystem file
	Penalty *Sum      `json:"penalty"`
}

// FindingCount is the members of one segment that a finding is about.
type FindingCount struct {
	Segment  SegmentRef        `json:"segment"`
	Relation conflict.Relation `json:"relation"`
	Members  int64             `json:"members"`
	Firm     int64             `json:"firm"`   // of them, told by more than a bare name
	Teamed   int64             `json:"teamed"` // of them, at which the two compete although they are teamed
	Value    Sum               `json:"value"`  // potential gross margin a year at them
}

// FindingTotal sums the counts of an audience. Live conflict and what could
// collide are never added.
type FindingTotal struct {
	Audience     graph.Audience `json:"audience"`
	Live         int64          `json:"live_conflict"`
	Collide      int64          `json:"could_collide"`
	Other        int64          `json:"other"`  // of findings that are no rivalry
	Teamed       int64          `json:"teamed"` // of live conflict and could collide, where a teaming record names both
	LiveValue    Sum            `json:"live_value"`
	CollideValue Sum            `json:"collide_value"`
	OtherValue   Sum            `json:"other_value"`
}

// FindingCase is one account that records tell of.
type FindingCase struct {
	Account string        `json:"account"`
	Text    string        `json:"text"`
	Places  []graph.Place `json:"places"`
}

// ExpectedLoss is what a pair loses in a year at the members that lists show.
// Unit: the ecosystem's currency.
type ExpectedLoss struct {
	Live    figure.Figure  `json:"live_conflict"`
	Collide figure.Figure  `json:"could_collide"`
	Inputs  *conflict.Loss `json:"inputs"`
}

// Accepted is who agreed to a finding, until when.
type Accepted struct {
	By    string `json:"by"`
	Until string `json:"until"`
	Note  string `json:"note"`
}

// found is what the rules find.
func (s *Study) found() (*conflict.Result, error) {
	facts, err := s.facts()
	if err != nil {
		return nil, err
	}
	return conflict.Find(facts), nil
}

// findings tells of findings, worst first.
func (s *Study) findings(all []*conflict.Finding) []Finding {
	out := make([]Finding, len(all))
	for i, f := range s.told(all) {
		out[i] = *f
	}
	return out
}

// told is findings without a copy of each.
func (s *Study) told(all []*conflict.Finding) []*Finding {
	out := make([]*Finding, len(all))
	var wait sync.WaitGroup
	size := len(all)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(all); from += size {
		wait.Go(func() {
			for i := from; i < min(from+size, len(all)); i++ {
				out[i] = s.finding(all[i])
			}
		})
	}
	wait.Wait()
	slices.SortFunc(out, compareFindings)
	return out
}

// facts is what the rules look at.
func (s *Study) facts() (*conflict.Facts, error) {
	f := s.atFacts()
	f.Listed = func(seller int) bool { return s.Exposure.BySeller[seller].Rows > 0 }
	f.Figures = s.figuresOf
	network, err := s.todayNetwork()
	if err != nil {
		return nil, err
	}
	for i := range s.Ecosystem.Segments {
		if s.mayLeadTo(i) {
			continue // nobody can say that no pathway leads there, or one alone
		}
		p := s.partOf(i)
		if p == nil || s.totals([]*part{p}, 0).Sellers == 0 {
			f.Uncovered = append(f.Uncovered, i)
			continue
		}
		for _, id := range network.Dominators(i) {
			if seller := s.sellerCalled(s.nodeRef(id).ID); seller >= 0 && s.Sellers[seller].Partner >= 0 {
				f.Hanging = append(f.Hanging, conflict.Hanging{Segment: i, Seller: seller})
				break // the first of several is the one all others hang on, too
			}
		}
	}
	return f, nil
}

// figuresOf lists the segments in which a figure alone shows a seller's reach.
func (s *Study) figuresOf(seller int) []string {
	var out []string
	for i := range s.parts {
		for _, k := range s.parts[i].known {
			if k.seller == seller && !k.counted && k.members.High > 0 {
				out = append(out, k.reach.Segment)
			}
		}
	}
	return out
}

func (s *Study) finding(f *conflict.Finding) *Finding {
	out := &Finding{
		ID: f.ID, Rule: f.Rule.ID, Slug: f.Rule.Slug, Name: f.Rule.Name, Sellers: make([]SellerRef, 0, len(f.Sellers)),
		Counts: make([]FindingCount, 0, len(f.Counts)), Totals: []FindingTotal{}, Cases: []FindingCase{}, Rows: []*Evidence{}, Promise: f.Rule.Promise, Possible: f.Possible, Good: f.Rule.Good,
		Remedies: f.Rule.Remedies, Clause: s.clause(f.Clause), Accepted: s.accepted(f.ID), Confident: true, found: f,
	}
	for _, i := range f.Sellers {
		out.Sellers = append(out.Sellers, s.sellerRef(i))
		out.Candidate = out.Candidate || s.candidates.Has(i)
	}
	if f.Segment >= 0 {
		seg := &s.Ecosystem.Segments[f.Segment]
		out.Segment = &SegmentRef{seg.ID, seg.Name, seg.Audience}
	}
	for _, c := range f.Cases {
		out.Cases = append(out.Cases, FindingCase{c.Account, c.Text, c.Places})
	}
	var firm int64
	for i := range f.Counts {
		out.addCount(s.findingCount(&f.Counts[i]))
		firm += f.Counts[i].Firm
	}
	out.Confident = len(f.Counts) == 0 || firm > 0
	out.Loss = s.loss(out)
	out.Sentence = sentence(out)
	out.order = out.rank()
	return out
}

func (s *Study) findingCount(c *conflict.Count) FindingCount {
	out := FindingCount{Segment: SegmentRef{Name: "unassigned", Audience: c.Audience}, Relation: c.Relation, Members: c.Members, Firm: c.Firm, Teamed: c.Teamed}
	out.Value.Decimal = c.Value.Sum()
	if c.Segment >= 0 {
		seg := &s.Ecosystem.Segments[c.Segment]
		out.Segment = SegmentRef{seg.ID, seg.Name, c.Audience}
		if rest := c.Members - c.Valued; rest != 0 {
			out.Value.Decimal = out.Value.Add(s.inCurrency(seg.Value).Mul(decimal.NewFromInt(rest)))
		}
	}
	return out
}

// addCount adds a count and brings the totals of its audience up to date.
func (f *Finding) addCount(c FindingCount) {
	f.Counts = append(f.Counts, c)
	i := slices.IndexFunc(f.Totals, func(t FindingTotal) bool { return t.Audience == c.Segment.Audience })
	if i < 0 {
		i = len(f.Totals)
		f.Totals = append(f.Totals, FindingTotal{Audience: c.Segment.Audience})
	}
	t := &f.Totals[i]
	t.Teamed += c.Teamed
	switch c.Relation {
	case conflict.Live:
		t.Live += c.Members
		t.LiveValue.add(c.Value)
	case conflict.CouldCollide:
		t.Collide += c.Members
		t.CollideValue.add(c.Value)
	default:
		t.Other += c.Members
		t.OtherValue.add(c.Value)
	}
}

// Proven reports whether rows prove that a promise is broken: any reach inside an
// exclusive term, a sale or a deal at a named account.
func (f *Finding) Proven() bool {
	if f.Possible {
		return false
	}
	for _, t := range f.Totals {
		if t.Live > 0 || f.Rule == "C07" && t.Collide > 0 {
			return true
		}
	}
	return len(f.Totals) == 0 && len(f.Cases) > 0
}

func (s *Study) clause(c *conflict.Clause) *Clause {
	if c == nil {
		return nil
	}
	out := &Clause{
		Text: s.termWords(c.Term), From: c.Term.From.String(), Until: c.Term.Until.String(), Line: c.Term.At.Line,
		Partner: s.sellerRef(slices.IndexFunc(s.Sellers, func(x graph.Seller) bool { return x.Partner == c.Partner })),
	}
	if !c.Term.Penalty.Amount.IsZero() {
		out.Penalty = &Sum{s.inCurrency(c.Term.Penalty)}
	}
	return out
}

// accepted is the agreement on a finding that holds on the day.
func (s *Study) accepted(id string) *Accepted {
	for _, a := range s.Ecosystem.Accepted {
		if a.Finding == id && (a.Until.IsZero() || s.opts.AsOf.Compare(a.Until) <= 0) {
			return &Accepted{a.By, a.Until.String(), a.Note}
		}
	}
	return nil
}

// loss is the expected loss of a pair, nil where an assumption is missing or the
// finding is not one of pairs that compete.
func (s *Study) loss(f *Finding) *ExpectedLoss {
	switch f.Rule {
	case "C01", "C02", "C03", "C04":
	default:
		return nil
	}
	inputs, ok := s.Rule.LossOf(f.found.Sellers[0], f.found.Sellers[1], s.opts.ExampleAssumptions)
	if !ok {
		return nil
	}
	out := &ExpectedLoss{Inputs: inputs}
	for _, t := range f.Totals {
		out.Live = out.Live.Add(inputs.Share().Times(t.LiveValue.InexactFloat64()))
		out.Collide = out.Collide.Add(inputs.Share().Times(t.CollideValue.InexactFloat64()))
	}
	return out
}

// termWords writes a term as a sentence would.
func (s *Study) termWords(t *graph.Term) string {
	text := t.Kind
	if t.Kind == "exclusive" {
		text = "exclusive against other partners"
		if t.Against == "everyone" {
			text = "exclusive against everyone"
		}
	}
	if len(t.Segments) > 0 {
		text += " in " + listWords(s.namesOf(t.Segments, s.segmentName))
	}
	if len(t.Territory) > 0 {
		within := ", "
		if len(t.Segments) == 0 {
			within = " in "
		}
		text += within + listWords(s.namesOf(t.Territory, s.territoryName))
	}
	if len(t.Products) > 0 {
		text += ", for " + listWords(s.namesOf(t.Products, s.productName))
	}
	if !t.Until.IsZero() {
		text += fmt.Sprintf(", until %s", t.Until)
	}
	return text
}

func (s *Study) namesOf(ids []string, name func(string) string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, name(id))
	}
	return out
}

func (s *Study) segmentName(id string) string {
	return nameOf(s.Ecosystem.Segments, id, func(x *graph.Segment) (string, string) { return x.ID, x.Name })
}

func (s *Study) territoryName(id string) string {
	return nameOf(s.Ecosystem.Territories, id, func(x *graph.Territory) (string, string) { return x.ID, x.Name })
}

func (s *Study) productName(id string) string {
	return nameOf(s.Ecosystem.Products, id, func(x *graph.Product) (string, string) { return x.ID, x.Name })
}

// nameOf is the name of what has an id, and the id where it has none.
func nameOf[T any](all []T, id string, of func(*T) (id, name string)) string {
	for i := range all {
		if own, name := of(&all[i]); own == id {
			return cmp.Or(name, id)
		}
	}
	return id
}
