package exposure

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

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
	owner           bool   // the row names one

	segment  int // index, or -1
	roles    Roles
	product  string
	status   graph.Status
	value    decimal.NullDecimal
	amount   decimal.NullDecimal
	currency string // as the row names it
	date     graph.Date
	deal     string
	parties  []int // sellers that the row names beside its own
	unstated bool  // nothing states the status, and a notice on the file says so

	// mark says that this is no row, but where a partner that nobody declared was
	// first met in rows that are not kept.
	mark bool
}

// rowReader understands the rows of one list. It knows the sellers that are
// declared; nothing that another list says matters to it.
type rowReader struct {
	p        *pass
	list     int
	spec     graph.ListSpec
	own      bool
	long     bool // the store takes its rows
	channel  int  // of the list, or -1
	partner  int  // of every row, or -1
	segments *segmenter
	readings []*reading
	free     []reading // memory for those to come
	summary  *list.Summary
	filtered int
	notes    notes
	putter   *putter // nil where all rows are kept
	probing  bool    // rows are read beside the reading of the list, which notes what is unstated
}

func newRowReader(p *pass, i int) *rowReader {
	spec := p.eco.Lists[i]
	r := &rowReader{p: p, list: i, spec: spec, own: p.own[i], channel: p.names.channel(spec.Channel), partner: -1, segments: newSegmenter(p.names)}
	if r.own && r.channel < 0 {
		r.channel = p.names.ownChannel()
	}
	if partner, ok := p.names.declaredPartner(spec.Partner); ok {
		r.partner = partner
	}
	return r
}

// errSkip says that a row was reported and is not used.
var errSkip = errors.New("row not used")

func (r *rowReader) read(row *list.Row) error {
	d := r.room()
	*d = reading{
		place: row.Place, list: r.list,
		cells:   newCells(row.Get(list.Account), row.Get(list.User), row.Get(list.Name), row.Get(list.ID), row.Get(list.Country)),
		aliases: row.Get(list.Aliases), parent: row.Get(list.Parent), deal: row.Get(list.Deal),
		owner: row.Get(list.Owner) != "",
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
	if stored, err := r.store(d); stored || err != nil {
		return err
	}
	r.readings = append(r.readings, d)
	r.free = r.free[1:]
	return r.p.guard.row(row.Place, len(r.readings))
}

// store puts a row of a long list away that need not be kept.
func (r *rowReader) store(d *reading) (bool, error) {
	if r.putter == nil {
		return false, nil
	}
	return r.putter.put(r, d)
}

// room is where the next reading goes. Rows are many, and in one piece of memory
// cheaper than each by itself.
func (r *rowReader) room() *reading {
	const most = 1024
	if len(r.free) == 0 {
		r.free = make([]reading, min(most, 16+len(r.readings)))
	}
	return &r.free[0]
}

// readDates reads the row's date and leaves out rows outside From and To.
func (r *rowReader) readDates(row *list.Row, d *reading) error {
	if row.Get(list.Date) != "" {
		date, err := row.Date(list.Date)
		if err != nil {
			r.notes.add("bad-date", row.Place, false, "a date could not be read and counts as absent: "+err.Error())
		}
		d.date = date
	}
	if r.outside(row, d.date) {
		r.filtered++
		if row.Get(list.Date) == "" {
			r.notes.add("undated-row", row.Place, false, "rows without a date were left out, since only those between two dates count")
		}
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
		r.noteStatus(row, d)
	}
	return nil
}

func (r *rowReader) noteStatus(row *list.Row, d *reading) {
	if text := row.Get(list.Status); text != "" {
		r.notes.add("unknown-status", row.Place, false,
			fmt.Sprintf("status %q is not one that is known; the row counts as %s. Map it under columns: status: {column: ..., values: {...}}", text, d.status))
	} else if r.own && r.spec.Status == "" && d.status == graph.Target && !row.Has(list.Status) {
		d.unstated = true
		if !r.probing {
			r.noteUnstated(row.Place, 1)
		}
	}
}

// noteUnstated notes that nothing states the status of so many rows of a file.
func (r *rowReader) noteUnstated(at graph.Place, rows int64) {
	r.notes.addRows("no-status", graph.Place{File: at.File, Sheet: at.Sheet}, rows,
		"the list is our own and has no status column; its rows count as targets (known, not reached). Write `status: customer` at the list if they are customers")
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

// readSums reads the row's value and amount, in the ecosystem's currency.
func (r *rowReader) readSums(row *list.Row, d *reading) error {
	value, amount := r.number(row, list.Value), r.number(row, list.Amount)
	if !value.Valid && !amount.Valid {
		return nil
	}
	rate, ok := r.rate(row)
	if !ok {
		return nil
	}
	d.currency = strings.ToUpper(strings.TrimSpace(row.Get(list.Currency)))
	if value.Valid {
		d.value = decimal.NewNullDecimal(value.Decimal.Mul(rate))
	}
	if amount.Valid {
		d.amount = decimal.NewNullDecimal(amount.Decimal.Mul(rate))
	}
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
		fmt.Sprintf("the row's money is in %s, and there is no rate for it; it is left out. Write rates: {%s: ...}", currency, currency))
	return one, false
}
