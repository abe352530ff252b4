// Package list delivers the rows of the lists and records that an ecosystem
// names: spreadsheets and text files of every age, read with the columns found
// by mapping or by known headers.
//
// It knows files, sheets, encodings, headers and cells. It does not know who a
// row is about: package identity does.
//
// Memory does not grow with the file: a reader holds one record, a bounded
// look-ahead and, of workbooks, the shared strings, of Parquet files a page of
// each column that is needed with its dictionary, of packed files what unpacking
// them takes. Formulas give the value
// that the workbook stored, hidden rows and sheets are read like others, and
// merged cells have their text in the first cell alone.
package list

import (
	"context"

	"github.com/channelmap/channelmap/graph"
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
// once for each partner that it marks, with the partner's header in Partner. Where
// no column names the Currency, it is the one that an amount, value or price of
// the row is written with.
// The Row belongs to the reader: whoever keeps it must copy it.
//
// The row of its Place is the one that a spreadsheet shows; of JSON Lines it is
// the line, and of a Parquet file, which has no header row, the first is 1.
type Row struct {
	Place graph.Place
	Cells [NumKeys]string // trimmed, mapped by Column.Values; empty where absent
	facts *[NumKeys]columnFacts
	of    *[NumKeys]int // the column of each key, or -1
	// populations says that the status is what a partner calls its own accounts.
	populations bool
}

// Has reports whether the file has a column for the key, filled or not.
func (r *Row) Has(k Key) bool { return r.of != nil && r.of[k] >= 0 }

// Get returns the cell of a key, empty where the file has no such column.
func (r *Row) Get(k Key) string { return r.Cells[k] }

// Options tells how to read.
type Options struct {
	Dir   string // what file names are relative to
	Shape Shape  // default Members
	// Strict makes an error of the first notice of something lost, altered or
	// guessed. What was read with certainty (title rows, totals, rows that
	// `where` leaves out) stays a notice.
	Strict bool
	// Progress, where not nil, is told of what was read since the last call: bytes
	// of the file, of packed ones as they are packed, and rows. A workbook's bytes
	// are told at its end. The calls are many, and one at a time.
	Progress func(bytes, rows int64)
}

// Notice is something the reader met and read past: nothing is dropped without
// one. Notices of one code and file are one Notice with a count.
type Notice struct {
	Code   string        `json:"code"`   // such as "totals-row"; stable
	Text   string        `json:"text"`   // what was found and what was done, one sentence
	Count  int           `json:"count"`  // rows
	Places []graph.Place `json:"places"` // the first five
	Lost   bool          `json:"lost"`   // rows that could not be used (rather than read otherwise)
	Info   bool          `json:"info"`   // read with certainty: never an error, not even with Options.Strict
}

// File says how one file, or one sheet of it, was read.
type File struct {
	Place     graph.Place    // of the header row; without a row where the columns have names of their own
	Format    string         // csv | tsv | xlsx | parquet | jsonl; of a packed file, what is packed
	Encoding  string         // WHATWG label
	Delimiter string         // as graph.ListSpec takes it: comma, semicolon, tab, pipe or the character; empty for all but text
	Rows      int            // delivered, before a wide row is split
	Headers   map[Key]string // the header that serves each key; of wide lists, Partner is not in it
	Partners  []string       // of wide lists, the headers that are partners
	Unused    []string       // headers that serve no key
}

// Summary says what was read of a list: every file in order of its name.
type Summary struct {
	Files   []File
	Notices []Notice
}

// Read delivers the rows of a list, file by file in order of name, row by row,
// to each, which may stop it with an error; that error is returned as it is. An
// error of the file itself says where, what was found and what to write
// instead. A file may turn out to be damaged after rows of it were delivered: of
// a list that Read returns an error for, no row may be used.
//
// Of the options of a list, Read applies those that tell how to read, and
// Partner: it fills the partner of rows that name none. With a glob or a folder
// and no partner column, the partner of a list of members is named by the file:
// what the pattern's only `*` stands for, else the base name. Lists with Own
// set have no partner from the file's name. The other options (channel, status,
// segment and so on) are the caller's.
func Read(ctx context.Context, spec graph.ListSpec, opts Options, each func(*Row) error) (*Summary, error) {
	return ReadBlocks(ctx, spec, opts, Blocks{}, each)
}

// ReadBlocks is Read but for files that workers read in blocks: of those it
// delivers to each the rows alone that are left to the careful reader.
func ReadBlocks(ctx context.Context, spec graph.ListSpec, opts Options, blocks Blocks, each func(*Row) error) (*Summary, error) {
	p, err := newPlan(spec, opts.Shape)
	if err != nil {
		return nil, err
	}
	files, skipped, err := expand(opts.Dir, spec.File)
	if err != nil {
		return nil, err
	}
	r := &reader{ctx: ctx, plan: p, notes: newNotes(opts.Strict), blocks: blocks.withDefaults(), each: each, progress: progress{tell: opts.Progress}}
	for _, s := range skipped {
		if err := r.notes.add(skippedFile, graph.Place{File: s}); err != nil {
			return nil, err
		}
	}
	for _, f := range files {
		if err := r.file(f); err != nil {
			return nil, err
		}
		r.progress.end()
	}
	return &Summary{Files: r.files, Notices: r.notes.all()}, nil
}
