package analysis

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// openFigures are the figures for which rows are sought still. Others may read them
// while one goroutine takes figures out.
type openFigures struct {
	bits    atomic.Uint64
	lacking map[exposure.Figures]int // by bit: how many of the figures that share it want rows
}

// add begins to seek rows for the nth figure.
func (o *openFigures) add(n int) {
	if o.lacking == nil {
		o.lacking = map[exposure.Figures]int{}
	}
	bit := exposure.FigureBit(n)
	o.lacking[bit]++
	o.bits.Or(uint64(bit))
}

// done ends it.
func (o *openFigures) done(n int) {
	bit := exposure.FigureBit(n)
	if o.lacking[bit]--; o.lacking[bit] == 0 {
		o.bits.And(^uint64(bit))
	}
}

func (o *openFigures) figures() exposure.Figures { return exposure.Figures(o.bits.Load()) }

// proofs looks for the rows behind findings.
type proofs struct {
	study *Study
	of    []Finding
	at    map[string]int // by id
	fits  func(i int, at FindingRef) bool
	kinds []exposure.Figures // by seller: the findings that it is a party to
	open  openFigures
	done  []bool
	rest  []bool  // one member is followed for the rest of the finding's rows
	much  int     // of how many findings that is so
	rows  *prover // of the goroutine that takes rows
	sets  *prover // of those that read them

	sought *exposure.Sought
	row    *exposure.Row // the one at hand
}

// proofs gets ready to look for rows behind findings. fits says of a member whether
// it proves the finding of a number; nil where all do.
func (s *Study) proofs(of []Finding, fits func(i int, at FindingRef) bool) *proofs {
	parties := s.parties(of)
	p := &proofs{study: s, of: of, at: map[string]int{}, fits: fits, kinds: make([]exposure.Figures, len(s.Sellers)), done: make([]bool, len(of)), rest: make([]bool, len(of)), rows: s.newProver(parties.Has), sets: s.newProver(parties.Has)}
	for i := range of {
		p.at[of[i].ID] = i
		p.open.add(i)
		for _, seller := range of[i].found.Sellers {
			p.kinds[seller] |= exposure.FigureBit(i)
		}
	}
	return p
}

// has says that the finding of a number wants no more rows.
func (p *proofs) has(i int) {
	switch {
	case p.done[i]:
		return
	case !p.rest[i]:
		p.open.done(i)
	default:
		if p.much--; p.much == 0 {
			p.open.bits.And(^uint64(exposure.Following))
		}
	}
	p.done[i] = true
}

// follow says that the finding of a number wants no rows any more but those of the
// member of the row at hand.
func (p *proofs) follow(i int) {
	if p.rest[i] || p.done[i] {
		return
	}
	p.rest[i] = true
	p.much++
	p.sought.Follow(p.row)
	p.open.bits.Or(uint64(exposure.Following)) // before the finding's own goes
	p.open.done(i)
}

// each delivers the rows, with the findings that want them. Their members have the
// numbers of this run.
func (p *proofs) each(ctx context.Context, do func(*Evidence) error) error {
	p.sought = &exposure.Sought{OfKind: p.ofKind, OfSet: p.ofSet, Open: p.open.figures}
	w := exposure.Wanted{Seller: p.study.parties(p.of).Has, Sought: p.sought}
	return p.study.Exposure.EvidenceOf(ctx, w, func(r *exposure.Row) error {
		p.row = r
		found := slices.DeleteFunc(p.rows.findings(r), func(f FindingRef) bool {
			i, ok := p.at[f.ID]
			return !ok || p.done[i]
		})
		if !slices.ContainsFunc(found, p.proves) {
			return nil
		}
		e := p.study.evidence(r)
		e.Findings = found
		return do(e)
	})
}

// proves reports whether a member proves a finding that is asked about.
func (p *proofs) proves(f FindingRef) bool {
	i, ok := p.at[f.ID]
	return ok && (p.fits == nil || p.fits(i, f))
}

// number gives the members of rows the numbers by which they are shown.
func (s *Study) number(rows []*Evidence) {
	seen := map[*Evidence]bool{} // a row may prove several findings
	for _, e := range rows {
		if !seen[e] {
			seen[e] = true
			e.Member = s.Exposure.MemberNumber(e.Audience, e.Member)
		}
	}
}

// ofKind are the findings that a seller is a party to.
func (p *proofs) ofKind(seller int, _ graph.Audience, _ graph.Status) exposure.Figures {
	return p.kinds[seller]
}

// ofSet are the findings that the members of a set prove.
func (p *proofs) ofSet(r *exposure.Row) (out exposure.Figures) {
	p.sets.each(r, func(f *proven) {
		if p.proves(f.ref) {
			out |= exposure.FigureBit(p.at[f.ref.ID])
		}
	})
	return out
}

// parties are the sellers that findings are about.
func (s *Study) parties(of []Finding) figure.Sellers {
	all := figure.NewSellers(len(s.Sellers))
	for i := range of {
		for _, seller := range of[i].found.Sellers {
			all.Add(seller)
		}
	}
	return all
}
