// Package list delivers the rows of the lists and records that an ecosystem
// names: spreadsheets and text files of every age, read with the columns found
// by mapping or by known headers.
//
// It knows files, sheets, encodings, headers and cells. It does not know who a
// row is about: package identity does.
package list

import (
	"context"

	"github.com/channelmap/channelmap/graph"
)

// Key is a column key: what a cell of a row means. Its text is the word that
// `columns` in the ecosystem file uses.
type Key uint8

// The column keys of lists.
const (
	Account Key = iota // domain, URL or name
	User               // e-mail address
	Name
	ID
	Aliases
	Parent
	Country
	Employees
	Segment
	Partner
	Channel
	Product
	Role
	Status
	Value
	Amount
	Currency
	Date
	Owner
	LastSeen
	Plan
	Deal
	SellerOfRecord
	Via
	SourcedBy

	// Those of records alone.
	Stage
	Probability
	Opened
	Closes
	LastActivity
	Submitted
	Approved
	Expires
	Scope
	Marketplace
	From
	To
	Until
	NetPrice
	Payee
	Percent
	Partners
	Alias
	Reason
	DecidedBy

	// NumKeys is how many column keys there are.
	NumKeys int = iota
)

// Shape tells what the rows of a file are, and so which columns it must have.
type Shape string

// The shapes: a list of members, and one for each file of records.
const (
	Members       Shape = "list"
	AliasRows     Shape = "aliases"
	ParentRows    Shape = "parents"
	NamedAccounts Shape = "named_accounts"
	Deals         Shape = "deals"
	Registrations Shape = "registrations"
	Offers        Shape = "offers"
	Renewals      Shape = "renewals"
	Prices        Shape = "prices"
	Credits       Shape = "credits"
	Handoffs      Shape = "handoffs"
	Teaming       Shape = "teaming"
)

// Row is one row of a list, its cells by column key. A wide row is delivered
// once for each partner that it marks, with the partner's header in Partner.
// The Row belongs to the reader: whoever keeps it must copy it.
type Row struct {
	Place graph.Place
	Cells [NumKeys]string // trimmed, mapped by Column.Values; empty where absent
	dates *dateOrders     // how the file writes its dates
	marks numberMarks     // how the file writes its numbers
}

// Get returns the cell of a key, empty where the file has no such column.
func (r *Row) Get(k Key) string { return r.Cells[k] }

// Options tells how to read.
type Options struct {
	Dir    string // what file names are relative to
	Shape  Shape  // default Members
	Strict bool   // a notice is an error
}

// Notice is something the reader met and read past: nothing is dropped without
// one. Notices of one code and file are one Notice with a count.
type Notice struct {
	Code   string        `json:"code"`   // such as "totals-row"; stable
	Text   string        `json:"text"`   // what was found and what was done, one sentence
	Count  int           `json:"count"`  // rows
	Places []graph.Place `json:"places"` // the first five
	Lost   bool          `json:"lost"`   // rows that could not be used (rather than read otherwise)
}

// File says how one file, or one sheet of it, was read.
type File struct {
	Place    graph.Place    // of the header row
	Format   string         // csv | tsv | xlsx
	Encoding string         // WHATWG label
	Rows     int            // delivered, before a wide row is split
	Headers  map[Key]string // the header that serves each key
	Unused   []string       // headers that serve no key
}

// Summary says what was read of a list: every file in order of its name.
type Summary struct {
	Files   []File
	Notices []Notice
}

// Read delivers the rows of a list, file by file in order of name, row by row,
// to each, which may stop it with an error. An error of the file itself says
// where, what was found and what to write instead.
func Read(ctx context.Context, spec graph.ListSpec, opts Options, each func(*Row) error) (*Summary, error) {
	panic("not written yet")
}

type dateOrders struct{}
type numberMarks struct{}
