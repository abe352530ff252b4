package exposure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// reading is a row of a list with its cells understood, before it is known
// whose row it is.
type reading struct {
	place    graph.Place
	list     int // index in Ecosystem.Lists
	channel  int
	seller   int // of a declared partner or a channel itself
	audience graph.Audience

	undeclared string   // the partner that the row names, where nobody declared it
	partyNames []string // of sellers that it names beside its own

	cells
	aliases, parent string // as written

	segment     int // index, or -1
	roles       Roles
	product     string
	status      graph.Status
	value       decimal.NullDecimal
	amount      decimal.NullDecimal
	date, until graph.Date
	deal        string
	parties     []int // sellers that the row names beside its own
}

// readLists reads all lists at once and then takes them in order, those of ours
// first: what they say of an account goes before what partners say.
func (p *pass) readLists(ctx context.Context) error {
	readers, err := p.readAll(ctx)
	if err != nil {
		return err
	}
	p.lists = make([]ListUse, len(readers))
	for _, own := range []bool{true, false} {
		for _, r := range readers {
			if r.own == own {
				p.take(r)
			}
		}
	}
	for _, r := range readers {
		p.notices = append(p.notices, r.notes.list()...)
	}
	return nil
}

// readAll reads every list by itself, as many at a time as there are
// processors. Of several errors that of the first list counts.
func (p *pass) readAll(ctx context.Context) ([]*rowReader, error) {
	readers := make([]*rowReader, len(p.eco.Lists))
	errs := make([]error, len(readers))
	var wait sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range readers {
		readers[i] = newRowReader(p, i)
		if p.opts.Progress != nil {
			p.opts.Progress(p.eco.Lists[i].File)
		}
		room <- struct{}{}
		wait.Go(func() {
			errs[i] = readers[i].readList(ctx)
			<-room
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return readers, nil
}

// take adds what a list says to the pass: its partners that nobody declared
// become sellers, and names of parties are looked up among all.
func (p *pass) take(r *rowReader) {
	for _, d := range r.readings {
		if d.undeclared != "" {
			d.seller = p.names.undeclared(d.undeclared, d.channel, r.spec.Undeclared == graph.UndeclaredGrey)
		}
		r.findParties(d)
	}
	p.readings = append(p.readings, r.readings...)
	p.lists[r.list] = ListUse{Spec: r.spec, Summary: r.summary, Filtered: r.filtered}
	p.notices = append(p.notices, r.summary.Notices...)
}

// isOwn reports whether a list is ours: it says so, or is a direct channel's.
func (p *pass) isOwn(i int) bool {
	spec := p.eco.Lists[i]
	if spec.Own {
		return true
	}
	ch := p.names.channel(spec.Channel)
	return ch >= 0 && p.eco.Channels[ch].Kind.Direct()
}

// refuseDestroyed refuses a list that an agreement says must be destroyed by now.
func refuseDestroyed(spec graph.ListSpec, asOf graph.Date) error {
	if spec.NDA == nil || spec.NDA.DestroyBy.IsZero() || asOf.Compare(spec.NDA.DestroyBy) <= 0 {
		return nil
	}
	return &graph.InputError{
		Place: graph.Place{File: spec.File},
		Text: fmt.Sprintf("the agreement with %s says to destroy this list by %s; it is not read on %s. "+
			"Remove the file and its entry, or write the new date under nda: destroy_by",
			spec.NDA.Party, spec.NDA.DestroyBy, asOf),
	}
}

// rowReader understands the rows of one list. It knows the sellers that are
// declared; nothing that another list says matters to it.
type rowReader struct {
	p        *pass
	list     int
	spec     graph.ListSpec
	own      bool
	channel  int // of the list, or -1
	partner  int // of every row, or -1
	segments *segmenter
	readings []*reading
	summary  *list.Summary
	filtered int
	notes    notes
}

func newRowReader(p *pass, i int) *rowReader {
	spec := p.eco.Lists[i]
	r := &rowReader{p: p, list: i, spec: spec, own: p.isOwn(i), channel: p.names.channel(spec.Channel), partner: -1, segments: newSegmenter(p.names)}
	if r.own && r.channel < 0 {
		r.channel = p.names.ownChannel()
	}
	if partner, ok := p.names.partner(spec.Partner); ok {
		r.partner = partner
	}
	return r
}

func (r *rowReader) readList(ctx context.Context) (err error) {
	if err := refuseDestroyed(r.spec, r.p.opts.AsOf); err != nil {
		return err
	}
	opts := list.Options{Dir: r.p.eco.Dir, Shape: list.Members, Strict: r.p.opts.Strict}
	spec := r.spec
	spec.Own = r.own // else a file of a direct channel would name a partner
	r.summary, err = list.Read(ctx, spec, opts, r.read)
	return err
}

// errSkip says that a row was reported and is not used.
var errSkip = errors.New("row not used")

func (r *rowReader) read(row *list.Row) error {
	d := &reading{
		place: row.Place, list: r.list,
		cells:   newCells(row.Get(list.Account), row.Get(list.User), row.Get(list.Name), row.Get(list.ID), row.Get(list.Country)),
		aliases: row.Get(list.Aliases), parent: row.Get(list.Parent), deal: row.Get(list.Deal),
	}
	for _, step := range []func(*list.Row, *reading) error{
		r.readDates, r.readSeller, r.readAudience, r.readStatus, r.readProduct, r.readRoles, r.readSums, r.readParties,
	} {
		if err := step(row, d); errors.Is(err, errSkip) {
			return nil
		} else if err != nil {
			return err
		}
	}
	d.segment = r.segments.of(row, r.spec.Segment, d.audience)
	r.readings = append(r.readings, d)
	return nil
}

// readDates reads the row's window and leaves out rows outside From and To.
func (r *rowReader) readDates(row *list.Row, d *reading) error {
	for _, f := range []struct {
		key  list.Key
		into *graph.Date
	}{{list.Date, &d.date}, {list.LastSeen, &d.until}} {
		if row.Get(f.key) == "" {
			continue
		}
		date, err := row.Date(f.key)
		if err != nil {
			r.notes.add("bad-date", row.Place, false, "a date could not be read and counts as absent: "+err.Error())
			continue
		}
		*f.into = date
	}
	if r.outside(row, d.date) {
		r.filtered++
		return errSkip
	}
	return nil
}

// outside reports whether From and To leave the row out. Rows of lists without
// a date column stay.
func (r *rowReader) outside(row *list.Row, date graph.Date) bool {
	from, to := r.p.opts.From, r.p.opts.To
	if from.IsZero() && to.IsZero() || !row.Has(list.Date) {
		return false
	}
	return date.IsZero() || date.Compare(from) < 0 || !to.IsZero() && date.Compare(to) > 0
}

func (r *rowReader) readSeller(row *list.Row, d *reading) error {
	d.channel = r.channel
	if text := row.Get(list.Channel); text != "" {
		if d.channel = r.p.names.channel(text); d.channel < 0 {
			r.notes.add("unknown-channel", row.Place, true,
				fmt.Sprintf("channel %q is not declared; the row is not used", text))
			return errSkip
		}
	}
	text := row.Get(list.Partner)
	partner, ok := r.p.names.partner(text)
	if r.partner >= 0 {
		partner, ok = r.partner, true
	}
	switch {
	case ok:
		d.seller = r.p.names.sellerOf(partner, d.channel)
		d.channel = r.p.names.sellers[d.seller].Channel
		return nil
	case text != "":
		return r.readUndeclared(row, text, d)
	case d.channel >= 0:
		d.seller = r.p.names.number[[2]int{d.channel, -1}]
		return nil
	}
	r.notes.add("no-seller", row.Place, true, "the row names neither partner nor channel; it is not used")
	return errSkip
}

// readUndeclared does with a partner that nobody declared what the list says.
func (r *rowReader) readUndeclared(row *list.Row, name string, d *reading) error {
	if r.spec.Undeclared == graph.UndeclaredReject {
		r.notes.add("undeclared-partner", row.Place, true,
			fmt.Sprintf("partner %q is not declared, and the list says to reject such rows", name))
		return errSkip
	}
	if d.channel < 0 {
		return &graph.InputError{Place: row.Place, Text: fmt.Sprintf(
			"partner %q is not declared and the list has no channel to add it to; write `channel:` at the list, or declare the partner", name)}
	}
	d.undeclared = name
	return nil
}

// kind of the channel that the row's seller sells in.
func (r *rowReader) kind(d *reading) graph.Kind { return r.p.eco.Channels[d.channel].Kind }

// audiences that the row's seller serves; one that nobody declared serves its
// channel's.
func (r *rowReader) audiences(d *reading) []graph.Audience {
	if d.undeclared != "" {
		return r.p.eco.Channels[d.channel].Audiences
	}
	return r.p.eco.Audiences(r.p.names.sellers[d.seller])
}

// roles of the row's seller where the row says nothing else.
func (r *rowReader) roles(d *reading) Roles {
	if d.undeclared != "" {
		return RolesOf(r.p.eco.Channels[d.channel].Roles...)
	}
	return RolesOf(r.p.eco.Roles(r.p.names.sellers[d.seller])...)
}

// readAudience tells whom the row is about: what the list says; else users
// where it is keyed by an e-mail address and its seller serves users; else the
// one audience that the seller serves.
func (r *rowReader) readAudience(row *list.Row, d *reading) error {
	serves := r.audiences(d)
	switch {
	case r.spec.Audience != "":
		d.audience = r.spec.Audience
	case row.Get(list.User) != "" && contains(serves, graph.Users):
		d.audience = graph.Users
	case len(serves) == 1:
		d.audience = serves[0]
	default:
		return &graph.InputError{Place: row.Place, Text: fmt.Sprintf(
			"%s serves users and buyers, and nothing says whom this list is about; write `audience: users` or `audience: buyers` at the list",
			cmp.Or(d.undeclared, r.p.names.sellers[d.seller].Name))}
	}
	return nil
}

func contains[T comparable](all []T, one T) bool {
	for _, a := range all {
		if a == one {
			return true
		}
	}
	return false
}

// readStatus takes the row's status, else the list's, else the default: a
// partner's list shows relationships, self-serve sign-ups are customers, and
// other lists of ours are targets, because a company's CRM lists every prospect.
func (r *rowReader) readStatus(row *list.Row, d *reading) error {
	status, ok := row.Status()
	ok = ok && status != ""
	switch {
	case ok:
		d.status = status
	case r.spec.Status != "":
		d.status = r.spec.Status
	case r.kind(d) == graph.DirectUser:
		d.status = graph.Customer
	case r.own:
		d.status = graph.Target
	default:
		d.status = graph.Relationship
	}
	if !ok {
		r.noteStatus(row, d.status)
	}
	return nil
}

func (r *rowReader) noteStatus(row *list.Row, status graph.Status) {
	if text := row.Get(list.Status); text != "" {
		r.notes.add("unknown-status", row.Place, false,
			fmt.Sprintf("status %q is not one that is known; the row counts as %s. Map it under columns: status: {column: ..., values: {...}}", text, status))
	} else if r.own && r.spec.Status == "" && status == graph.Target && !row.Has(list.Status) {
		r.notes.add("no-status", graph.Place{File: row.Place.File, Sheet: row.Place.Sheet}, false,
			"the list is our own and has no status column; its rows count as targets (known, not reached). Write `status: customer` at the list if they are customers")
	}
}

func (r *rowReader) readProduct(row *list.Row, d *reading) error {
	text := row.Get(list.Product)
	if text == "" {
		text = r.spec.Product
	}
	id, known := r.p.names.product(text)
	if !known {
		r.notes.add("unknown-product", row.Place, false,
			fmt.Sprintf("product %q is not declared; the row counts for all products of its partner", text))
	}
	d.product = id
	return nil
}

// readRoles takes the row's roles, else those of the plan (a free plan brings
// demand, but is on no paper), else the seller's.
func (r *rowReader) readRoles(row *list.Row, d *reading) error {
	d.roles = r.roles(d)
	if text := row.Get(list.Role); text != "" {
		roles, ok := row.Roles()
		if !ok {
			r.notes.add("unknown-role", row.Place, false,
				fmt.Sprintf("role %q is none of source, transact, deliver, embed, host; the pathway's roles count", text))
			return nil
		}
		d.roles = RolesOf(roles...)
	} else if r.kind(d) == graph.DirectUser && freePlan(row.Get(list.Plan)) {
		d.roles = RolesOf(graph.RoleSource)
	}
	return nil
}

func (r *rowReader) readSums(row *list.Row, d *reading) error {
	d.value = r.number(row, list.Value)
	amount := r.number(row, list.Amount)
	if !amount.Valid {
		return nil
	}
	rate, ok := r.rate(row)
	if !ok {
		return nil
	}
	d.amount = decimal.NewNullDecimal(amount.Decimal.Mul(rate))
	return nil
}

func (r *rowReader) number(row *list.Row, key list.Key) decimal.NullDecimal {
	if row.Get(key) == "" {
		return decimal.NullDecimal{}
	}
	n, err := row.Number(key)
	if err != nil {
		r.notes.add("bad-number", row.Place, false, "a number could not be read and counts as absent: "+err.Error())
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(n)
}

// rate of the row's currency into the ecosystem's.
func (r *rowReader) rate(row *list.Row) (decimal.Decimal, bool) {
	currency := row.Get(list.Currency)
	one := decimal.NewFromInt(1)
	if currency == "" || r.p.eco.Currency == "" || equalFold(currency, r.p.eco.Currency) {
		return one, true
	}
	for code, rate := range r.p.eco.Rates {
		if equalFold(code, currency) {
			return rate, true
		}
	}
	r.notes.add("no-rate", row.Place, true,
		fmt.Sprintf("the amount is in %s, and there is no rate for it; the amount is left out. Write rates: {%s: ...}", currency, currency))
	return one, false
}

// readParties takes the names of sellers that the row names as parties to its
// deal.
func (r *rowReader) readParties(row *list.Row, d *reading) error {
	for _, key := range []list.Key{list.SellerOfRecord, list.Via, list.SourcedBy} {
		if text := row.Get(key); text != "" && !r.p.names.isVendor(text) {
			d.partyNames = append(d.partyNames, text)
		}
	}
	return nil
}

// findParties looks the parties of a row up, once all sellers before it are
// known.
func (r *rowReader) findParties(d *reading) {
	for _, name := range d.partyNames {
		party, ok := r.p.names.party(name)
		if !ok {
			r.notes.add("unknown-party", d.place, false,
				fmt.Sprintf("%q is no declared partner or channel; the row counts without it", name))
		} else if party != d.seller {
			d.parties = append(d.parties, party)
		}
	}
}
