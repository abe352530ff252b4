package exposure

import (
	"context"
	"fmt"
	"iter"
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
	Status  graph.Status // of deals: customer if won, open if live, empty if lost
	cells   []recordCell // those that are filled, in the order of the keys
}

type recordCell struct {
	key  list.Key
	text string
	date graph.Date // zero in columns that are no dates, and where it cannot be read
}

// Cell is the text of a column, empty where the row or the file has none.
func (r *Record) Cell(k list.Key) string { return r.cell(k).text }

// Date is the date in a column, zero where there is none that can be read.
func (r *Record) Date(k list.Key) graph.Date { return r.cell(k).date }

func (r *Record) cell(k list.Key) recordCell {
	for _, c := range r.cells {
		if c.key == k {
			return c
		}
	}
	return recordCell{}
}

// Cells delivers the columns that are filled, in the order of the keys.
func (r *Record) Cells() iter.Seq2[list.Key, string] {
	return func(yield func(list.Key, string) bool) {
		for _, c := range r.cells {
			if !yield(c.key, c.text) {
				return
			}
		}
	}
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

// takeRecords tells whose the records are. A row whose account or partner is not
// known is reported and kept: it may still be shown.
func (p *pass) takeRecords(context.Context) error {
	p.records = &Records{}
	for _, f := range p.files.records {
		if _, ok := linkColumns[f.file.Shape]; ok {
			continue // taken before
		}
		p.takeFile(f)
		for i := range f.records {
			p.complete(&f.records[i], &f.notes)
		}
		p.records.All = append(p.records.All, f.records...)
		p.notices = append(p.notices, f.notes.list()...)
	}
	p.takeExempt()
	return nil
}

// newRecord reads the cells of a row.
func newRecord(shape list.Shape, row *list.Row, found *notes) Record {
	r := Record{Shape: shape, Place: row.Place}
	for k := range list.Key(list.NumKeys) {
		text := row.Get(k)
		if text == "" {
			continue
		}
		cell := recordCell{key: k, text: text}
		if isDateKey(shape, k) {
			date, err := row.Date(k)
			if err != nil {
				found.add("bad-date", row.Place, false, "a date could not be read and counts as absent: "+err.Error())
			}
			cell.date = date
		}
		r.cells = append(r.cells, cell)
	}
	r.checkWindow(found)
	return r
}

// complete tells a record's account and sellers, and of a deal how far it is.
func (p *pass) complete(r *Record, found *notes) {
	p.recordAccount(r, found)
	p.recordSellers(r, found)
	switch r.Shape {
	case list.Deals:
		p.completeDeal(r, found)
	case list.Renewals:
		text := r.Cell(list.Product)
		if _, known := p.names.product(text); !known {
			found.add("unknown-product", r.Place, false, fmt.Sprintf("product %q is not declared; the renewal counts for all products of its partner", text))
		}
	}
}

// completeDeal tells how far a deal has come (one of which nothing is known is
// taken as open) and whose it is: one that names nobody is our own channel's.
func (p *pass) completeDeal(r *Record, found *notes) {
	for _, k := range []list.Key{list.IsClosed, list.IsWon} {
		if text := r.Cell(k); !list.CanBeFlag(text) {
			found.add("unknown-flag", r.Place, false, fmt.Sprintf("%s: %q is neither yes nor no; the deal's stage decides", k, text))
		}
	}
	r.Status = list.ParseDeal(r.Cell(list.Stage), r.Cell(list.IsClosed), r.Cell(list.IsWon))
	if r.Status == graph.Target {
		r.Status = "" // lost
	}
	sold := r.Cell(list.Channel) + r.Cell(list.Partner) + r.Cell(list.Partners) + r.Cell(list.SellerOfRecord)
	if own := p.names.ownChannel(); own >= 0 && strings.TrimSpace(sold) == "" {
		// Whoever brought it, a deal that names no other seller is our own.
		ours := p.names.number[[2]int{own, -1}]
		r.Sellers = append([]int{ours}, slices.DeleteFunc(r.Sellers, func(s int) bool { return s == ours })...)
	}
}

// isDateKey reports whether the column is a date in files of this shape: the
// `from` of a handoff is a seller.
func isDateKey(shape list.Shape, k list.Key) bool {
	switch k {
	case list.Date, list.Opened, list.Closes, list.LastActivity, list.Submitted, list.Approved, list.Expires, list.Until:
		return true
	case list.From:
		return shape != list.Handoffs
	}
	return false
}

// checkWindow reports a window that ends before it starts.
func (r *Record) checkWindow(found *notes) {
	for _, pair := range [][2]list.Key{{list.From, list.Until}, {list.Opened, list.Closes}, {list.Submitted, list.Expires}} {
		from, until := r.Date(pair[0]), r.Date(pair[1])
		if !from.IsZero() && !until.IsZero() && from.Compare(until) > 0 {
			lost, so := true, "the record is never live"
			if r.Shape == list.Deals {
				lost, so = false, "the deal's stage decides whether it is live"
			}
			found.add("window-ends-before-start", r.Place, lost,
				fmt.Sprintf("the window ends on %s, before it starts on %s; %s", until, from, so))
		}
	}
}

func (p *pass) recordAccount(r *Record, found *notes) {
	text := r.Cell(list.Account)
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
		for _, name := range splitNames(r.Cell(k)) {
			seller, ok := p.partyOf(r, name)
			if seller < 0 {
				continue
			}
			if !ok {
				found.add("unknown-party", r.Place, false, fmt.Sprintf("%q is no declared partner or channel", name))
			} else if !slices.Contains(r.Sellers, seller) {
				r.Sellers = append(r.Sellers, seller)
			}
		}
	}
}

// partyOf is the seller that a record names. Where the vendor itself is named, it
// is the channel of our own that sells to buyers: an offer of ours has a party
// like any other. -1 where there is no such channel.
func (p *pass) partyOf(r *Record, name string) (seller int, ok bool) {
	if !p.names.isVendor(name) {
		return p.names.party(name)
	}
	own := p.names.ownChannel()
	if own < 0 || r.Shape != list.Offers {
		return -1, true
	}
	return p.names.number[[2]int{own, -1}], true
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
