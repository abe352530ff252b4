package analysis

import (
	"context"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// Behind names a figure that has rows behind it: what is counted, of which audience,
// at whom.
type Behind struct {
	What     BehindWhat
	Audience graph.Audience // none of findings
	A, B     string         // ids; of pairs in the order of the alphabet
}

// BehindWhat is what a figure counts.
type BehindWhat string

// The figures that have rows of their own.
const (
	BehindNet        BehindWhat = "net"
	BehindDuplicated BehindWhat = "duplicated"
	BehindUnresolved BehindWhat = "unresolved"
	BehindSeller     BehindWhat = "seller"  // A reaches
	BehindSegment    BehindWhat = "segment" // in A
	BehindPair       BehindWhat = "pair"    // that A and B reach
	BehindTarget     BehindWhat = "target"
	BehindFinding    BehindWhat = "finding" // A
	behindAny        BehindWhat = "any"     // every row
)

// PairBehind is the figure of those that two sellers reach.
func PairBehind(audience graph.Audience, p, q string) Behind {
	return Behind{What: BehindPair, Audience: audience, A: min(p, q), B: max(p, q)}
}

// Sample keeps the first rows behind each of some figures.
type Sample struct {
	figures []sampled
	number  map[Behind]int
	open    openFigures
	parties map[string][]int // by the id of a finding that is asked for; nil where none is
}

// sampled is a figure with its rows.
type sampled struct {
	Behind
	rows []*Evidence
	most int
}

// NewSample asks for so many rows behind each figure and finding.
func NewSample(most int, figures []Behind, findings []Finding) *Sample {
	s := &Sample{number: map[Behind]int{}}
	s.add(Behind{What: behindAny}, 1)
	for _, f := range figures {
		s.add(f, most)
	}
	for i := range findings {
		if s.parties == nil {
			s.parties = map[string][]int{}
		}
		s.add(Behind{What: BehindFinding, A: findings[i].ID}, most)
		if f := findings[i].found; f != nil { // else no study found it
			s.parties[findings[i].ID] = f.Sellers
		}
	}
	return s
}

func (s *Sample) add(f Behind, most int) {
	if _, known := s.number[f]; known {
		return
	}
	n := len(s.figures)
	s.number[f] = n
	s.figures = append(s.figures, sampled{f, nil, most})
	if f.What != BehindUnresolved { // whose rows come without being sought
		s.open.add(n)
	}
}

// Rows are those behind a figure.
func (s *Sample) Rows(f Behind) []*Evidence {
	if n, ok := s.number[f]; ok {
		return s.figures[n].rows
	}
	return nil
}

// Empty reports whether no row came at all.
func (s *Sample) Empty() bool { return len(s.Rows(Behind{What: behindAny})) == 0 }

// Add takes a row, and keeps it behind each figure that has too few.
func (s *Sample) Add(e *Evidence) {
	s.keep(Behind{What: behindAny}, e)
	for _, f := range e.Findings {
		s.keep(Behind{What: BehindFinding, A: f.ID}, e)
	}
	if e.Member < 0 {
		s.keep(Behind{What: BehindUnresolved, Audience: e.Audience}, e)
	}
	if !e.Reaches {
		s.keep(Behind{What: BehindTarget, Audience: e.Audience}, e)
		return
	}
	s.keep(Behind{What: BehindSeller, Audience: e.Audience, A: e.Seller.ID}, e)
	if !e.Today {
		return
	}
	s.keep(Behind{What: BehindNet, Audience: e.Audience}, e)
	s.keep(Behind{What: BehindSegment, Audience: e.Audience, A: e.Segment.ID}, e)
	if len(e.Over) >= 2 {
		s.keep(Behind{What: BehindDuplicated, Audience: e.Audience}, e)
	}
	for _, other := range e.Over {
		if other != e.Seller.ID {
			s.keep(PairBehind(e.Audience, e.Seller.ID, other), e)
		}
	}
}

func (s *Sample) keep(f Behind, e *Evidence) {
	n, ok := s.number[f]
	if !ok || len(s.figures[n].rows) == s.figures[n].most {
		return
	}
	one := &s.figures[n]
	one.rows = append(one.rows, e)
	if len(one.rows) < one.most || f.What == BehindUnresolved {
		return
	}
	s.open.done(n)
}

// Sample fills a sample with the rows behind its figures, list by list, and reads no
// further when it has all that it asks for.
func (s *Study) Sample(ctx context.Context, sample *Sample) error {
	all := func(int) bool { return true }
	prover, of := s.newProver(all), &sampler{s, sample, s.newProver(all)} // of two goroutines
	w := exposure.Wanted{Seller: all, Sought: &exposure.Sought{
		OfKind: of.kind, OfSet: of.set, Open: sample.open.figures,
	}}
	return s.Exposure.EvidenceOf(ctx, w, func(r *exposure.Row) error {
		e := s.evidence(r)
		if sample.parties != nil {
			e.Findings = prover.findings(r)
		}
		sample.Add(e)
		return nil
	})
}

// sampler tells which figures of a sample rows may stand behind, before they are
// read. It says what Sample.Add says, and where it is not sure that they may.
type sampler struct {
	study  *Study
	sample *Sample
	prover *prover
}

// kind are the figures behind which rows of a seller, an audience and a status may
// stand.
func (s *sampler) kind(seller int, audience graph.Audience, status graph.Status) (out exposure.Figures) {
	reaches := status != graph.Target && s.study.counts(seller)
	today, id := s.study.today.Has(seller), s.study.Sellers[seller].ID
	for i := range s.sample.figures {
		f, may := &s.sample.figures[i], false
		switch f.What {
		case behindAny:
			may = true
		case BehindFinding:
			may = slices.Contains(s.sample.parties[f.A], seller)
		case BehindTarget:
			may = !reaches
		case BehindSeller:
			may = reaches && f.A == id
		case BehindNet, BehindSegment, BehindDuplicated:
			may = reaches && today
		case BehindPair:
			may = reaches && today && (f.A == id || f.B == id)
		}
		if may && (f.Audience == audience || f.Audience == "") {
			out |= exposure.FigureBit(i)
		}
	}
	return out
}

// set are the figures behind which rows of the members of a set may stand.
func (s *sampler) set(r *exposure.Row) (out exposure.Figures) {
	var over []string
	if r.Set != nil {
		over = s.study.over(r.Table, r.Set)
	}
	segment, found := s.study.segmentOf(r).ID, map[string]bool{}
	if s.sample.parties != nil {
		s.prover.each(r, func(p *proven) { found[p.ref.ID] = true })
	}
	for i := range s.sample.figures {
		f, may := &s.sample.figures[i], r.Set != nil
		switch f.What {
		case BehindFinding:
			may = found[f.A]
		case BehindSegment:
			may = may && f.A == segment
		case BehindDuplicated:
			may = len(over) >= 2
		case BehindPair:
			may = slices.Contains(over, f.A) && slices.Contains(over, f.B)
		}
		if may {
			out |= exposure.FigureBit(i)
		}
	}
	return out
}
