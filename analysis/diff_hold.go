package analysis

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// CountCauses tells apart by what net reach moved, where both sides are there to
// be counted: from a, first the partners that began or stopped selling are changed to
// what they are in b, with their lists; then lists that one of the two did not read,
// because they must be destroyed; then all other lists; and what is left is the
// definitions. Nothing is counted where one cause alone is there. Where the
// lists of the one do not fit the definitions of the other, the cause stays not
// known and says why; the error is that of a run that was stopped.
func (d *Diff) CountCauses(ctx context.Context, a, b Side, read exposure.Options) error {
	if a.Ecosystem == nil || b.Ecosystem == nil || !d.needsCounting() {
		return nil
	}
	h := &hold{a: a.Ecosystem, b: b.Ecosystem, sales: d.salesBegunOrEnded(), unread: d.unread()}
	c := d.classes()
	start := netsOfSnapshot(a.Snapshot)
	afterPartners, afterUnread, afterLists := start, start, start
	var err error
	if c.partners {
		afterPartners, err = h.count(ctx, h.withPartners(), a.Options, read)
		afterUnread, afterLists = afterPartners, afterPartners
	}
	if c.leftOut && err == nil {
		afterUnread, err = h.count(ctx, h.withUnread(), a.Options, read)
		afterLists = afterUnread
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
			x.Cause = Cause{
				How: CountedOut, Partners: afterPartners[name] - start[name],
				LeftOut: afterUnread[name] - afterPartners[name], Lists: afterLists[name] - afterUnread[name],
			}
			x.Cause.Definitions = x.Net.By - x.Cause.Partners - x.Cause.LeftOut - x.Cause.Lists
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
	// unread are the lists that one of the two did not read, by kind and id.
	unread map[string]bool
}

// unread lists what one of the two did not read, because it must be destroyed.
func (d *Diff) unread() map[string]bool {
	out := map[string]bool{}
	for i := range d.Lists {
		if l := &d.Lists[i]; l.Unread() {
			out[l.Shape+" "+l.ID] = true
		}
	}
	return out
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

// withUnread is that without the lists that b did not read, and with those that it
// reads again.
func (h *hold) withUnread() *graph.Ecosystem {
	eco, before, after := h.withPartners(), rooted(h.a), rooted(h.b)
	for i, id := range listIDs(h.a.Lists) {
		if gone := before.Lists[i]; h.unread[kindList+" "+id] && !h.ofSales(gone) {
			eco.Lists = slices.DeleteFunc(eco.Lists, func(l graph.ListSpec) bool { return l.At == gone.At && l.File == gone.File })
		}
	}
	for i, id := range listIDs(h.b.Lists) {
		if back := after.Lists[i]; h.unread[kindList+" "+id] && !h.ofSales(back) {
			eco.Lists = append(eco.Lists, back)
		}
	}
	for _, r := range []struct {
		shape    list.Shape
		from, to **graph.ListSpec
	}{{list.AliasRows, &eco.Aliases, &after.Aliases}, {list.ParentRows, &eco.Parents, &after.Parents}} {
		if h.unread[string(r.shape)+" "+string(r.shape)] {
			*r.from = *r.to
		}
	}
	return eco
}

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
// so that they can stand beside those of another. What its agreements forbid to read
// on its day is not in it, and another day is not to forbid the rest.
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
		eco.Lists[i].File, eco.Lists[i].NDA = at(eco.Lists[i].File), nil
	}
	for _, r := range recordPairs(&eco, &eco) {
		if *r.from != nil {
			spec := **r.from
			spec.File, spec.NDA = at(spec.File), nil
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
