package exposure

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// Record is a dated row of one of the files of records: a deal, a registration,
// an offer, and so on.
type Record struct {
	Shape   list.Shape
	Place   graph.Place
	Account identity.Key // zero where its account cannot be told
	Sellers []int        // whom it is about, in the order named
	Cells   map[list.Key]string
	Dates   map[list.Key]graph.Date
	Status  graph.Status // of deals: customer if won, open if live, empty if lost
}

// Records holds what the files of records say.
type Records struct {
	All []Record // file by file in the order of the shapes, row by row
}

// Of returns the records of one shape.
func (r *Records) Of(shape list.Shape) []Record {
	var out []Record
	for _, one := range r.All {
		if one.Shape == shape {
			out = append(out, one)
		}
	}
	return out
}

// At returns the records of one account.
func (r *Records) At(account identity.Key) []Record {
	var out []Record
	for _, one := range r.All {
		if one.Account == account {
			out = append(out, one)
		}
	}
	return out
}

// readRecords reads every file of records. A row whose account or partner is not
// known is reported and kept: it may still be shown.
func (p *pass) readRecords(ctx context.Context) error {
	p.records = &Records{}
	for _, f := range RecordFiles(p.eco) {
		if f.Shape == list.AliasRows || f.Shape == list.ParentRows {
			continue // read before the lists, or with them
		}
		found := notes{}
		err := p.readRecordFile(ctx, f, func(row *list.Row) error {
			p.records.All = append(p.records.All, p.record(f.Shape, row, &found))
			return nil
		})
		if err != nil {
			return err
		}
		p.notices = append(p.notices, found.list()...)
	}
	return nil
}

func (p *pass) record(shape list.Shape, row *list.Row, found *notes) Record {
	r := Record{Shape: shape, Place: row.Place, Cells: map[list.Key]string{}, Dates: map[list.Key]graph.Date{}}
	for k := range list.Key(list.NumKeys) {
		if text := row.Get(k); text != "" {
			r.Cells[k] = text
		}
	}
	for _, k := range dateKeys {
		if row.Get(k) == "" || !isDateKey(shape, k) {
			continue
		}
		date, err := row.Date(k)
		if err != nil {
			found.add("bad-date", row.Place, false, "a date could not be read and counts as absent: "+err.Error())
			continue
		}
		r.Dates[k] = date
	}
	p.recordWindow(&r, found)
	p.recordAccount(&r, found)
	p.recordSellers(&r, found)
	if shape == list.Deals {
		p.completeDeal(&r)
	}
	return r
}

// completeDeal tells how far a deal has come by its stage (one whose stage is
// not known is taken as open) and whose it is: one that names nobody is our own
// channel's.
func (p *pass) completeDeal(r *Record) {
	switch status, known := list.ParseStatus(r.Cells[list.Stage]); {
	case known && status == graph.Customer:
		r.Status = graph.Customer
	case known && status == graph.Target:
		r.Status = "" // lost
	default:
		r.Status = graph.Open
	}
	if own := p.names.ownChannel(); len(r.Sellers) == 0 && own >= 0 {
		r.Sellers = []int{p.names.number[[2]int{own, -1}]}
	}
}

// dateKeys are the columns of records that hold dates.
var dateKeys = []list.Key{
	list.Date, list.Opened, list.Closes, list.LastActivity, list.Submitted, list.Approved, list.Expires, list.From, list.Until,
}

// isDateKey reports whether the column is a date in files of this shape: the
// `from` of a handoff is a seller.
func isDateKey(shape list.Shape, k list.Key) bool {
	return k != list.From || shape != list.Handoffs
}

func (p *pass) recordWindow(r *Record, found *notes) {
	for _, pair := range [][2]list.Key{{list.From, list.Until}, {list.Opened, list.Closes}, {list.Submitted, list.Expires}} {
		from, until := r.Dates[pair[0]], r.Dates[pair[1]]
		if !from.IsZero() && !until.IsZero() && from.Compare(until) > 0 {
			found.add("window-ends-before-start", r.Place, true,
				fmt.Sprintf("the window ends on %s, before it starts on %s; the record is never live", until, from))
		}
	}
}

func (p *pass) recordAccount(r *Record, found *notes) {
	text := r.Cells[list.Account]
	if text == "" {
		return
	}
	told := p.directory.tell(named(text, true))
	if told.account.IsZero() {
		found.add("unknown-account", r.Place, false, fmt.Sprintf("account %q is in no list; the record marks nobody", text))
		return
	}
	r.Account = told.account
}

// recordSellers finds the sellers a record names, in every column that can.
func (p *pass) recordSellers(r *Record, found *notes) {
	for _, k := range []list.Key{list.Channel, list.Partner, list.Partners, list.From, list.To, list.SellerOfRecord, list.Marketplace, list.SourcedBy} {
		if k == list.From && r.Shape != list.Handoffs {
			continue
		}
		for _, name := range splitNames(r.Cells[k]) {
			if p.names.isVendor(name) {
				continue
			}
			seller, ok := p.names.party(name)
			if !ok {
				found.add("unknown-party", r.Place, false, fmt.Sprintf("%q is no declared partner or channel", name))
			} else if !slices.Contains(r.Sellers, seller) {
				r.Sellers = append(r.Sellers, seller)
			}
		}
	}
}

func splitNames(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '|' || r == '+' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
