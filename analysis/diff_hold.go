package analysis

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// CountCauses tells apart by what net reach moved, where both sides are there to
// be counted: from a, first the partners that began or stopped selling are changed to
// what they are in b, with their lists; then all other lists; and what is left is
// the definitions. Nothing is counted where one cause alone is there. Where the
// lists of the one do not fit the definitions of the other, the cause stays not
// known and says why; the error is that of a run that was stopped.
func (d *Diff) CountCauses(ctx context.Context, a, b Side, read exposure.Options) error {
	if a.Ecosystem == nil || b.Ecosystem == nil || !d.needsCounting() {
		return nil
	}
	h := &hold{a: a.Ecosystem, b: b.Ecosystem, sales: d.salesBegunOrEnded()}
	c := d.classes()
	start := netsOfSnapshot(a.Snapshot)
	afterPartners, afterLists := start, start
	var err error
	if c.partners {
		afterPartners, err = h.count(ctx, h.withPartners(), a.Options, read)
		afterLists = afterPartners
	}
	if c.lists && err == nil {
		afterLists, err = h.count(ctx, h.withLists(), a.Options, read)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i := range d.Audiences {
		x := &d.Audiences[i]
		switch {
		case !x.Net.Moved():
		case err != nil:
			x.Cause.Several = false
			x.Cause.Why = "the lists of the one cannot be counted by the definitions of the other: " + err.Error()
		default:
			name := x.Audience
			x.Cause = Cause{How: CountedOut, Partners: afterPartners[name] - start[name], Lists: afterLists[name] - afterPartners[name]}
			x.Cause.Definitions = x.Net.By - x.Cause.Partners - x.Cause.Lists
		}
	}
	return nil
}

type nets map[graph.Audience]float64

func netsOfSnapshot(s *Snapshot) nets {
	out := nets{}
	for _, a := range s.Audiences {
		out[a.Audience] = a.Totals.Net.Best
	}
	return out
}

// hold builds ecosystems between two: a with some of b.
type hold struct {
	a, b  *graph.Ecosystem
	sales map[string]bool // partners that began or stopped selling
}

// count gives the net reach of each audience.
func (h *hold) count(ctx context.Context, eco *graph.Ecosystem, opts Options, read exposure.Options) (nets, error) {
	if err := graph.Check(eco); err != nil {
		return nil, err
	}
	s, err := Open(ctx, eco, opts, read)
	if err != nil {
		return nil, err
	}
	out := nets{}
	for _, a := range s.audiences() {
		out[a] = s.totals(s.partsOf(a), 0).Net.Best
	}
	return out, nil
}

// withPartners is a with the partners that began or stopped selling as they are in b.
func (h *hold) withPartners() *graph.Ecosystem {
	eco := rooted(h.a)
	eco.Products = withMissing(eco.Products, h.b.Products, func(p graph.Product) string { return p.ID })
	eco.Territories = withMissing(eco.Territories, h.b.Territories, func(t graph.Territory) string { return t.ID })
	eco.Channels = withMissing(eco.Channels, h.b.Channels, func(c graph.Channel) string { return c.ID })
	after := rooted(h.b)
	for i := range eco.Partners {
		p := &eco.Partners[i]
		if !h.began(p) {
			continue
		}
		if n := slices.IndexFunc(after.Partners, func(q graph.Partner) bool { return q.ID == p.ID }); n >= 0 {
			*p = after.Partners[n]
		} else {
			p.Stage = graph.Ended
		}
	}
	eco.Partners = withMissing(eco.Partners, after.Partners, func(p graph.Partner) string { return p.ID })
	eco.Lists = slices.DeleteFunc(eco.Lists, h.ofSales)
	for _, l := range after.Lists {
		if h.ofSales(l) {
			eco.Lists = append(eco.Lists, l)
		}
	}
	return eco
}

// began reports whether a partner began or stopped selling in one of its channels.
func (h *hold) began(p *graph.Partner) bool {
	return h.sales[p.ID] || slices.ContainsFunc(p.Channels, func(c string) bool { return h.sales[p.ID+"@"+c] })
}

func (h *hold) ofSales(l graph.ListSpec) bool { return h.sales[l.Partner] }

// withLists is that with all lists and records of b: its bytes where a has the
// list, too, read as a says; its own where a has none.
func (h *hold) withLists() *graph.Ecosystem {
	eco, after := h.withPartners(), rooted(h.b)
	ids, now := listIDs(h.a.Lists), map[string]string{} // file by id
	for i, id := range listIDs(h.b.Lists) {
		now[id] = after.Lists[i].File
	}
	var lists []graph.ListSpec
	for i, l := range rooted(h.a).Lists {
		if file, ok := now[ids[i]]; ok && !h.ofSales(l) {
			l.File = file
			lists = append(lists, l)
		}
	}
	for i, id := range listIDs(h.b.Lists) {
		if l := after.Lists[i]; h.ofSales(l) || !slices.Contains(ids, id) {
			lists = append(lists, l)
		}
	}
	eco.Lists = lists
	for _, r := range recordPairs(eco, after) {
		switch {
		case *r.to == nil:
			*r.from = nil
		case *r.from == nil:
			*r.from = *r.to
		default:
			spec := **r.from
			spec.File = (*r.to).File
			*r.from = &spec
		}
	}
	return eco
}

// rooted is a copy of an ecosystem whose file names are not relative to its folder,
// so that they can stand beside those of another.
func rooted(e *graph.Ecosystem) *graph.Ecosystem {
	eco := *e
	eco.Dir = ""
	at := func(file string) string {
		if file == "" || filepath.IsAbs(file) {
			return file
		}
		return filepath.Join(e.Dir, filepath.FromSlash(file))
	}
	eco.Lists = slices.Clone(e.Lists)
	for i := range eco.Lists {
		eco.Lists[i].File = at(eco.Lists[i].File)
	}
	for _, r := range recordPairs(&eco, &eco) {
		if *r.from != nil {
			spec := **r.from
			spec.File = at(spec.File)
			*r.from = &spec
		}
	}
	eco.Partners = slices.Clone(e.Partners)
	for i := range eco.Partners {
		eco.Partners[i].Terms = slices.Clone(e.Partners[i].Terms)
		for n := range eco.Partners[i].Terms {
			t := &eco.Partners[i].Terms[n]
			t.Except = at(t.Except)
		}
	}
	return &eco
}

// withMissing appends what the first of two lists lacks.
func withMissing[T any](have, more []T, id func(T) string) []T {
	out := slices.Clone(have)
	for _, m := range more {
		if !slices.ContainsFunc(have, func(h T) bool { return id(h) == id(m) }) {
			out = append(out, m)
		}
	}
	return out
}

// recordPair is a file of records in two ecosystems.
type recordPair struct{ from, to **graph.ListSpec }

func recordPairs(a, b *graph.Ecosystem) []recordPair {
	return []recordPair{
		{&a.Aliases, &b.Aliases}, {&a.Parents, &b.Parents}, {&a.NamedAccounts, &b.NamedAccounts}, {&a.Deals, &b.Deals},
		{&a.Registrations, &b.Registrations}, {&a.Offers, &b.Offers}, {&a.Renewals, &b.Renewals}, {&a.Prices, &b.Prices},
		{&a.Credits, &b.Credits}, {&a.Handoffs, &b.Handoffs}, {&a.Teaming, &b.Teaming},
	}
}
