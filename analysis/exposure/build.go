package exposure

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure/cache"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// Options tells what of the lists counts.
type Options struct {
	// AsOf is the day on which dated rules are judged. Required.
	AsOf graph.Date
	// From and To leave out rows whose date is before or after; rows without a
	// date in a list that has dates are left out too. Both are inclusive, and
	// zero where there is no limit.
	From, To graph.Date
	// Strict makes an error of every notice that something is off.
	Strict bool
	// Exact keeps the whole keys of accounts where long lists are counted, so that
	// no two can be taken for one. Without it, they are told apart by a hash of 128
	// bits with a seed of its own for every run.
	Exact bool
	// Keep holds rows in memory, and of long lists the accounts with their sets (about
	// 30 bytes each), so that At, Evidence and Account need not count anew.
	Keep bool
	// Memory is how many bytes the rows and tables may take, 0 for no bound. A
	// bound needs a collector that knows it too (debug.SetMemoryLimit).
	Memory uint64
	// Cache, where not nil, is where BuildCached keeps counts of long lists.
	Cache *cache.Store
	// Progress, where not nil, is told how far the reading has come: often, so that
	// it has to be quick, and one call at a time.
	Progress func(Progress)
}

// Exposure is what the lists of an ecosystem say, counted.
type Exposure struct {
	// Ecosystem holds, beyond the one that was read, the partners that lists
	// name and the file does not.
	Ecosystem *graph.Ecosystem
	Sellers   []graph.Seller // what Touch.Seller counts
	AsOf      graph.Date

	// Users, Buyers and Accounts count persons, buying centres and
	// organisations; they are never added. In Accounts every touch keeps its
	// audience, and the segment is that of the account's buyers.
	Users, Buyers, Accounts *Table
	// Roots counts organisations with all their subsidiaries as one; nil where
	// no list tells parents.
	Roots *Table

	Stored      int64       // rows that were counted without being kept
	Matching    Matching    // of all rows of all lists
	BySeller    []Matching  // by seller
	OwnLists    bool        // a list is ours, so that rows can be new to us
	Lists       []ListUse   // by list, in the order of Ecosystem.Lists
	RecordFiles []RecordUse // in the order in which they are read
	Unresolved  []Unresolved
	Records     *Records
	Notices     []list.Notice
	Families    Families

	source    source
	kept      *kept // nil unless Options.Keep
	fromCache bool
}

// source is what a second pass over the lists needs.
type source struct {
	eco  *graph.Ecosystem
	opts Options
}

// Matching counts rows by how their account was told.
type Matching struct {
	Rows       int `json:"rows"`
	ByDomain   int `json:"by_domain"`   // the account is one of ours, told by its domain
	ByEmail    int `json:"by_email"`    // a person told by an e-mail address
	ByName     int `json:"by_name"`     // told by name
	ByID       int `json:"by_id"`       // told by the record id of an own list
	NewDomains int `json:"new_domains"` // have a domain that is in no list of ours
	Unresolved int `json:"unresolved"`  // cannot be told
}

// Matched is the number of rows whose account is known.
func (m Matching) Matched() int { return m.ByDomain + m.ByEmail + m.ByName + m.ByID }

// Add counts further rows.
func (m *Matching) Add(n Matching) {
	m.Rows += n.Rows
	m.ByDomain += n.ByDomain
	m.ByEmail += n.ByEmail
	m.ByName += n.ByName
	m.ByID += n.ByID
	m.NewDomains += n.NewDomains
	m.Unresolved += n.Unresolved
}

// ListUse says what one list gave.
type ListUse struct {
	Spec     graph.ListSpec
	Summary  *list.Summary
	Matching Matching
	Filtered int // rows left out by From and To
}

// Unresolved is a row whose account cannot be told: neither new nor already
// reached.
type Unresolved struct {
	Place      graph.Place    `json:"place"`
	Seller     int            `json:"-"`
	Audience   graph.Audience `json:"audience"`
	Name       string         `json:"name"`
	Country    string         `json:"country"`
	Status     graph.Status   `json:"status"`
	Candidates []string       `json:"candidates"` // accounts that the name fits; empty where none
	Folded     string         `json:"-"`          // the name as it is compared
}

// Build reads the lists and records of an ecosystem and counts them. Cost:
// linear in the rows; memory for one entry a row.
func Build(ctx context.Context, eco *graph.Ecosystem, opts Options) (*Exposure, error) {
	p, n, err := store(ctx, eco, opts, make([]bool, len(eco.Lists)))
	if errors.Is(err, list.ErrRowByRow) && slices.Contains(p.rowByRow, true) {
		p.close()
		p, n, err = store(ctx, eco, opts, p.rowByRow)
	}
	if errors.Is(err, list.ErrRowByRow) {
		p.close()
		if p, err = run(ctx, eco, opts, nil); err == nil {
			n = p.count()
		}
	}
	defer p.close()
	if err != nil {
		return nil, err
	}
	x := p.exposure(n)
	x.source = source{eco, opts}
	if opts.Keep {
		x.kept = newKept(p, n)
	}
	return x, nil
}

// store counts without keeping rows of long lists, of which some are to be read
// row by row.
func store(ctx context.Context, eco *graph.Ecosystem, opts Options, rowByRow []bool) (*pass, *counters, error) {
	p, err := run(ctx, eco, opts, rowByRow)
	if err != nil {
		return p, nil, err
	}
	n, err := p.countAll(ctx)
	return p, n, err
}

// pass is one pass over the lists: rows read, their accounts told, deals linked
// and marks made, ready to be counted.
type pass struct {
	eco         *graph.Ecosystem
	opts        Options
	names       *catalogue
	own         []bool // by list: it is ours
	rowByRow    []bool // by list: it cannot be read in blocks
	files       files
	parents     *identity.Links
	parentLinks []identity.Link
	directory   *directory
	readings    []*reading
	entries     []entry
	lists       []ListUse
	recordFiles []RecordUse
	unresolved  []Unresolved
	records     *Records
	marks       *markBook
	notices     []list.Notice
	guard       guard
	progress    *progress
	bulk        *bulk      // nil where all rows are kept
	stored      *bulkCount // once stored rows are counted
	bySeller    []Matching // where rows are not kept
}

// run reads everything and tells whose it is. Rows of long lists are stored for
// the count alone where that may be: if it is known which lists are to be read row
// by row, nil to keep all.
func run(ctx context.Context, eco *graph.Ecosystem, opts Options, rowByRow []bool) (*pass, error) {
	names, problems := newCatalogue(eco)
	p := &pass{eco: eco, opts: opts, names: names, own: make([]bool, len(eco.Lists)), rowByRow: make([]bool, len(eco.Lists))}
	p.guard.most = opts.Memory
	if rowByRow != nil {
		copy(p.rowByRow, rowByRow)
		p.bulk = newBulk(p)
	}
	for i := range p.own {
		p.own[i] = p.isOwn(i)
	}
	p.note(problems)
	steps := []func(context.Context) error{
		p.readFiles, p.takeLists, p.resolve, p.takeParents, p.link, p.takeRecords,
	}
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return p, fmt.Errorf("stopped: %w", err)
		}
		if err := step(ctx); err != nil {
			return p, err
		}
		if err := p.guard.step(); err != nil {
			return p, err
		}
	}
	return p, nil
}

// close frees what a pass holds outside of the collected memory.
func (p *pass) close() {
	if p.bulk != nil && p.bulk.store != nil {
		_ = p.bulk.store.Close() // of files without a name, read to the end
		_ = p.bulk.users.Close()
	}
}
