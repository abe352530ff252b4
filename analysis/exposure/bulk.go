package exposure

import (
	"runtime"
	"slices"
	"sync"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// bulk counts rows of long lists without keeping them: a row that says what many
// others say is known by its kind, and only its account's hash, the kind and
// its sums are stored. Rows that need care become readings, as those of short
// lists are.
type bulk struct {
	p       *pass
	long    int64        // bytes of long lists
	store   *tally.Store // of accounts
	users   *tally.Store // of whom rows about users are about
	values  bool         // they hold values, and likewise amounts
	amounts bool
	beside  bool // and rows of accounts name the user beside them
	seed    identity.Seed
	domains *identity.PlainDomains
	workers int
	lists   []bulkList // by list

	counted bool // rows of special accounts have joined the entries

	lock  sync.Mutex
	kinds []bulkKind
	known map[bulkKind]int
	rows  []int64 // by kind, of rows that were read in blocks
	// active are the workers whose rows are not counted yet.
	active  []*bulkWorker
	putters []*putter // likewise
}

// bulkList says of a list how it was read.
type bulkList struct {
	inBlocks bool  // at least one of its files was
	rows     int64 // that are in the store and were never readings
	names    bool  // a column holds names or record ids, which may tell accounts of other rows
}

// bulkKind is all that a row says beside its account and its sums. Equal kinds
// are one.
type bulkKind struct {
	list       int
	seller     int    // or -1 where nobody declared the partner
	undeclared string // the partner that nobody declared
	channel    int
	audience   graph.Audience
	status     graph.Status
	product    string
	roles      Roles
	segment    int
	country    string // where territories ask for it
	told       Told
	owner      bool
	byName     bool
	summed     bool // it has an amount
	known      bool // a row of ours is about the same account
	person     bool // it is about a person
	homeless   bool // with no account
	unstated   bool // nothing states the status
	// What the account column and an address show of accounts, for listFacts.
	byCell, byAddress bool
}

// longList is the size from which a list is read in blocks, and blockSizes are
// those of blocks. Shorter lists are read as quickly row by row.
var (
	longList   int64       = 1 << 20
	blockSizes list.Blocks // the defaults; tests make all of them small
)

// lineBytes is about how long the rows of a list are at least.
const lineBytes = 24

// newBulk makes ready for long lists, and returns nil where there are none or
// where what is asked for needs every row.
func newBulk(p *pass) *bulk {
	if p.opts.Strict {
		return nil
	}
	var long int64
	for _, spec := range p.eco.Lists {
		if n := list.Cost(p.eco.Dir, spec); n >= longList {
			long += n
		}
	}
	if long == 0 {
		return nil
	}
	b := &bulk{p: p, seed: identity.NewSeed(), long: long, workers: runtime.GOMAXPROCS(0), lists: make([]bulkList, len(p.eco.Lists)), known: map[bulkKind]int{}}
	b.domains = identity.NewPlainDomains(b.seed)
	return b
}

// open makes the store, once short lists are read: rows are the smaller the fewer
// of them have a value or an amount.
func (b *bulk) open(short []*rowReader) {
	opts := tally.Options{
		Workers: b.workers + 1, Rows: b.long / lineBytes, Memory: int64(b.p.opts.Memory / storeShare), Exact: b.p.opts.Exact,
	}
	for _, r := range short {
		for _, d := range r.readings {
			opts.Value, opts.Amount = opts.Value || d.value.Valid, opts.Amount || d.amount.Valid
			opts.Beside = opts.Beside || d.audience == graph.Users && d.email.Address != ""
		}
	}
	for _, spec := range b.p.eco.Lists {
		if list.Cost(b.p.eco.Dir, spec) < longList {
			continue
		}
		has, ok := list.Columns(b.p.eco.Dir, spec)
		opts.Value, opts.Amount = opts.Value || !ok || has[list.Value], opts.Amount || !ok || has[list.Amount]
		opts.Beside = opts.Beside || !ok || has[list.User]
	}
	if smallStore {
		opts.Memory, opts.Chunk = 1, 1
	}
	b.values, b.amounts, b.beside = opts.Value, opts.Amount, opts.Beside
	if b.mayBeUsers() {
		opts.Memory /= 2 // half for each
	}
	b.store = tally.New(opts)
	opts.Beside = true // their accounts
	b.users = tally.New(opts)
}

// mayBeUsers reports whether rows of some list may be about users.
func (b *bulk) mayBeUsers() bool {
	return slices.ContainsFunc(b.p.eco.Lists, func(l graph.ListSpec) bool { return l.Audience == graph.Users }) ||
		slices.ContainsFunc(b.p.eco.Channels, func(c graph.Channel) bool { return slices.Contains(c.Audiences, graph.Users) })
}

// storeShare is the part of the memory that stored rows may take before they go
// to disk: one in so many.
const storeShare = 2

// Tests set both: smallStore puts rows on disk as they come, and moreLines are lines that
// no row has, so that few sellers are counted as many are.
var (
	smallStore bool
	moreLines  int
)

// blocks says how the files of a list are read. Short lists are read before there
// is a store.
func (b *bulk) blocks(r *rowReader) list.Blocks {
	if !r.long || r.p.rowByRow[r.list] {
		return list.Blocks{}
	}
	blocks := blockSizes
	blocks.Least = longList
	blocks.Workers = func(l *list.Layout) []list.BlockWorker { return b.workersFor(r, l) }
	return blocks
}

// kind numbers a kind of row.
func (b *bulk) kind(k bulkKind) int {
	b.lock.Lock()
	defer b.lock.Unlock()
	n, ok := b.known[k]
	if !ok {
		n = len(b.kinds)
		b.known[k] = n
		b.kinds = append(b.kinds, k)
	}
	return n
}

// countRows adds the rows of each kind that workers met.
func (b *bulk) countRows() {
	b.rows = make([]int64, len(b.kinds))
	for _, w := range b.active {
		for kind, n := range w.rows {
			b.rows[kind] += n
			b.lists[b.kinds[kind].list].rows += n
		}
	}
	for _, p := range b.putters {
		for kind, n := range p.rows {
			b.rows[kind] += n
			b.lists[b.kinds[kind].list].rows += n
		}
	}
	b.active, b.putters = nil, nil
}

// workersFor returns who reads the blocks of a file: with all care where its
// columns ask for it in every row.
func (b *bulk) workersFor(r *rowReader, l *list.Layout) []list.BlockWorker {
	columns, ok := b.columnsOf(r, l)
	switch {
	case !ok && l.Stored:
		return nil // with all care, one after another
	case !ok:
		return b.carefulWorkers(r, l)
	}
	b.lists[r.list].inBlocks = true
	if l.Of[list.Name] >= 0 || r.own && l.Of[list.ID] >= 0 {
		b.lists[r.list].names = true
	}
	var all []list.BlockWorker
	for i := range b.workers {
		w := newBulkWorker(b, r, l, columns, b.storeWriter(i))
		b.active = append(b.active, w)
		if l.Stored {
			all = append(all, newBatchWorker(w))
		} else {
			all = append(all, w)
		}
	}
	return all
}

// columnUse says what the cells of a column mean for the kind of a row.
type columnUse uint8

const (
	columnSkip     columnUse = iota // nothing
	columnKey                       // they are the account
	columnKeyIfAny                  // they are, where they are filled
	columnAddress                   // they are the address of a person, which may tell the account
	columnText                      // their text tells, with that of others, the kind
	columnFull                      // that they are filled tells it
	columnEmpty                     // rows in which they are filled need care
	columnClass                     // their text tells, as one of a few classes
	columnValue
	columnAmount
)

// columnsOf plans what is done with each column, and reports whether rows of the
// file can be told by their kinds at all.
func (b *bulk) columnsOf(r *rowReader, l *list.Layout) ([]columnUse, bool) {
	sums := l.Of[list.Value] >= 0 || l.Of[list.Amount] >= 0
	addresses := l.Of[list.User] >= 0
	if l.Of[list.Account] < 0 && !addresses || addresses && !b.beside || l.Wide || l.Columns > 256 ||
		l.Of[list.Value] >= 0 && !b.values || l.Of[list.Amount] >= 0 && !b.amounts ||
		sums && (b.p.eco.Currency == "" && l.Of[list.Currency] >= 0) {
		return nil, false
	}
	for _, key := range []list.Key{list.Account, list.User, list.Value, list.Amount, list.Owner, list.Name, list.ID} {
		if l.Mapped(key) {
			return nil, false // a cell may stand for another
		}
	}
	uses := make([]columnUse, l.Columns)
	for key, use := range bulkColumns {
		if at := l.Of[key]; at >= 0 {
			uses[at] = use
		}
	}
	if addresses {
		useAddresses(uses, l)
	}
	if at := l.Of[list.Country]; at >= 0 && len(b.p.eco.Territories) > 0 {
		uses[at] = columnText
	}
	for _, at := range b.compared(r, l) {
		switch uses[at] {
		case columnSkip:
			uses[at] = columnText
		case columnText:
		default:
			return nil, false // a segment or a condition is told by a key or by money
		}
	}
	for _, key := range []list.Key{list.Date, list.Employees} {
		if at := l.Of[key]; at >= 0 && uses[at] == columnText && r.classed(key) && !l.Mapped(key) && !slices.Contains(l.Where, at) {
			uses[at] = columnClass
		}
	}
	return uses, true
}

// useAddresses plans what is done with columns where one holds addresses: names and
// record ids tell accounts of those that do not.
func useAddresses(uses []columnUse, l *list.Layout) {
	uses[l.Of[list.User]] = columnAddress
	if at := l.Of[list.Account]; at >= 0 {
		uses[at] = columnKeyIfAny
	}
	for _, key := range []list.Key{list.Name, list.ID} {
		if at := l.Of[key]; at >= 0 {
			uses[at] = columnFull
		}
	}
}

// compared are the columns that segments and the list's condition look at.
func (b *bulk) compared(r *rowReader, l *list.Layout) []int {
	columns := slices.Clone(l.Where)
	for _, rule := range r.segments.rules {
		for _, c := range rule {
			if at := l.Of[c.key]; at >= 0 {
				columns = append(columns, at)
			}
		}
	}
	return columns
}

// bulkColumns says what each column is for. Those that are not here are for
// nothing that is counted.
var bulkColumns = map[list.Key]columnUse{
	list.Account: columnKey, list.Value: columnValue, list.Amount: columnAmount, list.Owner: columnFull,
	list.Partner: columnText, list.Channel: columnText, list.Product: columnText, list.Role: columnText, list.Status: columnText,
	list.Segment: columnText, list.Plan: columnText, list.Currency: columnText, list.Date: columnText,
	list.Aliases: columnEmpty, list.Parent: columnEmpty, list.Deal: columnEmpty, list.SellerOfRecord: columnEmpty, list.Via: columnEmpty,
	list.SourcedBy: columnEmpty,
}

// storedRows is how many rows were stored without ever being a reading.
func (b *bulk) storedRows() (n int64) {
	if b == nil {
		return 0
	}
	for _, l := range b.lists {
		n += l.rows
	}
	return n
}
