package analysis

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// partRows is how many rows are a part.
const partRows = 512

// EvidenceParts is Evidence for all processors: rows are handed to write in parts, by
// several goroutines, and what that makes of them to take, in the order of the rows. A
// part's rows are write's until it returns, and so is the text's memory until take
// does; write appends to the text that it is given.
func (s *Study) EvidenceParts(ctx context.Context, write func(text []byte, part []Evidence) ([]byte, error), take func(text []byte) error) error {
	p := &evidenceParts{study: s, write: write, take: take, jobs: make(chan *evidencePart), order: make(chan *evidencePart, 4*runtime.GOMAXPROCS(0))}
	p.shared = &sharedFacts{of: make([]atomic.Pointer[setFacts], s.Exposure.SharedSets()), known: map[string]*proven{}}
	var writers, taker sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		writers.Go(p.writeAll)
	}
	taker.Go(p.takeAll)
	err := s.Exposure.Evidence(ctx, p.add)
	if err == nil {
		err = p.send()
	}
	close(p.jobs)
	close(p.order)
	writers.Wait()
	taker.Wait()
	if failed := p.failed.Load(); failed != nil {
		return *failed
	}
	return err
}

// evidenceParts hands rows from the goroutine that delivers them to those that write,
// and what these wrote to the one that takes it.
type evidenceParts struct {
	study  *Study
	shared *sharedFacts
	write  func([]byte, []Evidence) ([]byte, error)
	take   func([]byte) error
	part   *evidencePart // that is being filled
	jobs   chan *evidencePart
	order  chan *evidencePart
	free   sync.Pool
	failed atomic.Pointer[error]
}

// evidencePart is some rows with what is written of them.
type evidencePart struct {
	rows []exposure.Row
	text []byte
	done chan struct{} // has one where the text is written
}

func (p *evidenceParts) add(r *exposure.Row) error {
	if p.part == nil {
		if failed := p.failed.Load(); failed != nil {
			return *failed
		}
		p.part, _ = p.free.Get().(*evidencePart)
		if p.part == nil {
			p.part = &evidencePart{rows: make([]exposure.Row, 0, partRows), done: make(chan struct{}, 1)}
		}
	}
	if p.part.rows = append(p.part.rows, *r); len(p.part.rows) < partRows {
		return nil
	}
	return p.send()
}

// send hands on the part that is being filled.
func (p *evidenceParts) send() error {
	if p.part != nil {
		p.order <- p.part
		p.jobs <- p.part
		p.part = nil
	}
	return nil
}

func (p *evidenceParts) fail(err error) {
	if err != nil {
		p.failed.CompareAndSwap(nil, &err)
	}
}

func (p *evidenceParts) writeAll() {
	v, all := p.study.newEvidencer(p.shared), make([]Evidence, partRows)
	for part := range p.jobs {
		for i := range part.rows {
			v.fill(&all[i], &part.rows[i])
		}
		text, err := p.write(part.text[:0], all[:len(part.rows)])
		p.fail(err)
		part.text = text
		part.done <- struct{}{}
	}
}

func (p *evidenceParts) takeAll() {
	for part := range p.order {
		<-part.done
		if p.failed.Load() == nil {
			p.fail(p.take(part.text))
		}
		part.rows = part.rows[:0]
		p.free.Put(part)
	}
}

// sharedFacts is what is told of sets that many rows share. It is for several
// goroutines.
type sharedFacts struct {
	of    []atomic.Pointer[setFacts] // by Row.Shared less 1
	lock  sync.Mutex
	known map[string]*proven // by the id of the finding: there are few, and many sets have them
}

// setFacts is what is told of the members of a set.
type setFacts struct {
	over     []string
	relation conflict.Relation
	segment  SegmentRef
	findings []sellerFindings
}

// sellerFindings are those that rows of a seller are behind, at the members of a set.
type sellerFindings struct {
	seller   int
	findings []*proven
}

// evidencer makes evidence of rows. It is for one goroutine.
type evidencer struct {
	study   *Study
	prover  *prover
	shared  *sharedFacts
	sellers []SellerRef
	roles   map[exposure.Roles]string
	own     setFacts // of a row that shares none
}

func (s *Study) newEvidencer(shared *sharedFacts) *evidencer {
	v := &evidencer{study: s, prover: s.newProver(func(int) bool { return true }), shared: shared, roles: map[exposure.Roles]string{}}
	for i := range s.Sellers {
		v.sellers = append(v.sellers, s.sellerRef(i))
	}
	return v
}

// fill makes evidence of a row in memory that was used before.
func (v *evidencer) fill(e *Evidence, r *exposure.Row) {
	f := v.facts(r)
	*e = Evidence{
		Place: r.Place, Audience: r.Audience, Member: r.Member, Account: r.Account, Name: list.WithoutAddresses(r.Name),
		Segment: f.segment, Seller: v.sellers[r.Seller], Status: r.Status,
		Reaches: r.Status != graph.Target && v.study.counts(r.Seller) && r.Set != nil, Today: v.study.today.Has(r.Seller),
		Roles: v.rolesText(r.Roles), Product: list.WithoutAddresses(r.Product), Date: r.Date.String(), Deal: list.WithoutAddresses(r.Deal), Told: r.Told,
		Over: f.over, Relation: f.relation, Candidates: r.Candidates, Findings: e.Findings[:0],
	}
	if r.Candidates == nil {
		e.Candidates = []string{}
	}
	if r.Amount.Valid {
		e.Amount = &Sum{r.Amount.Decimal}
	}
	for i := range f.findings {
		if f.findings[i].seller != r.Seller {
			continue
		}
		for _, p := range f.findings[i].findings {
			e.Findings = append(e.Findings, p.ref)
		}
	}
	if e.Findings == nil {
		e.Findings = []FindingRef{}
	}
}

func (v *evidencer) rolesText(r exposure.Roles) string {
	text, ok := v.roles[r]
	if !ok {
		text = r.String()
		v.roles[r] = text
	}
	return text
}

// facts tells of the members of a row's set.
func (v *evidencer) facts(r *exposure.Row) *setFacts {
	if r.Shared == 0 {
		v.own = setFacts{}
		v.tell(&v.own, r, func(p *proven) *proven { return p })
		return &v.own
	}
	at := &v.shared.of[r.Shared-1]
	if f := at.Load(); f != nil {
		return f
	}
	f := &setFacts{}
	v.tell(f, r, v.shared.intern)
	at.Store(f) // whoever else tells it tells the same
	return f
}

func (v *evidencer) tell(f *setFacts, r *exposure.Row, keep func(*proven) *proven) {
	f.segment, f.over, f.relation = v.study.segmentOf(r), []string{}, conflict.Unrelated
	if r.Set != nil {
		f.over = v.study.over(r.Table, r.Set)
		f.relation = conflict.Worst(v.study.meetingsToday(r.Table, r.Set))
	}
	add := func(p *proven) {
		p = keep(p)
		for i, seller := range p.sellers {
			if !slices.Contains(p.sellers[:i], seller) {
				f.add(seller, p)
			}
		}
	}
	if r.Shared == 0 {
		v.prover.each(r, add)
	} else {
		v.prover.tell(r, add)
	}
}

func (f *setFacts) add(seller int, p *proven) {
	for i := range f.findings {
		if one := &f.findings[i]; one.seller == seller {
			one.findings = append(one.findings, p)
			return
		}
	}
	f.findings = append(f.findings, sellerFindings{seller, []*proven{p}})
}

// intern gives the one finding at members of sets that is like another.
func (s *sharedFacts) intern(p *proven) *proven {
	s.lock.Lock()
	defer s.lock.Unlock()
	key := p.ref.ID + string(p.ref.Relation)
	one, ok := s.known[key]
	switch {
	case !ok:
		s.known[key] = p
		return p
	case one.ref == p.ref && slices.Equal(one.sellers, p.sellers):
		return one
	}
	return p
}
