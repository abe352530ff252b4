package exposure

import (
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// Row is a row of a list behind a figure. It belongs to whoever delivers it, and its
// tables and sets to all rows: to keep it is to copy it.
type Row struct {
	Place    graph.Place
	Seller   int
	Audience graph.Audience
	Member   int    // number of the member within its audience; rows of one member share it. -1 where it cannot be told
	Account  string // key of the account; empty for free-mail users and where it cannot be told
	Name     string // as written; empty for persons
	Status   graph.Status
	Roles    Roles
	Product  string
	Amount   decimal.NullDecimal
	Date     graph.Date
	Deal     string
	ByName   bool
	Told     Told
	Segment  int // of the member, or -1
	// Table and Set are where the member is counted, the set without sums; nil where
	// it cannot be told.
	Table *Table
	Set   *Set
	// Accounts and AccountSet are where the row's account is counted; nil where it
	// has none.
	Accounts   *Table
	AccountSet *Set
	// Candidates are accounts that an unresolved name fits.
	Candidates []string
	// Shared is a number, from 1, of the sets and the segment of stored members that
	// have them in common; 0 where nothing is known to be shared.
	Shared int

	account, member identity.Key
}

// Told is how the account of a row was told.
type Told string

// The ways in which an account is told.
const (
	ToldByDomain Told = "domain"
	ToldByEmail  Told = "email"
	ToldByName   Told = "name"
	ToldByID     Told = "id"
	ToldNew      Told = "new-domain" // by a domain that is in no list of ours
	ToldNot      Told = "unresolved"
)

// Wanted says which rows are asked for.
type Wanted struct {
	Seller func(seller int) bool // whose row it is
	// Sought, where not nil, spares reading rows. It says of no row to be left out:
	// which others come too depends on the run, and so do the numbers of members, for
	// which Exposure.MemberNumber gives those to be shown.
	Sought *Sought
	only   *tally.ID        // rows of this account
	stored *soughtRows      // of Sought, where rows are stored
	quick  func(*Row) error // takes rows that are made without an entry; nil where there are to be entries
}

// Evidence delivers every row that was counted, and those whose account cannot
// be told, list by list in the order in which they were read. Long lists are
// read once more; their rows are those of Build if the files did not change.
func (x *Exposure) Evidence(ctx context.Context, each func(*Row) error) error {
	return x.EvidenceOf(ctx, Wanted{Seller: func(int) bool { return true }}, each)
}

// EvidenceOf is Evidence for the rows that are wanted. Cost: with Options.Keep one
// reading of the long lists at most, and of others none; else all is counted anew
// before.
func (x *Exposure) EvidenceOf(ctx context.Context, w Wanted, each func(*Row) error) error {
	k, err := x.keep(ctx)
	if err != nil {
		return err
	}
	w.quick = func(r *Row) error {
		if w.Sought == nil && r.Member >= 0 {
			r.Member = k.memberNumber(r.Audience, r.Member)
		}
		return each(r)
	}
	err = k.each(ctx, w, func(e *entry) error { return w.quick(k.row(e)) })
	if err != nil {
		return err
	}
	for i := range k.pass.unresolved {
		if !w.Seller(k.pass.unresolved[i].Seller) {
			continue
		}
		if err := each(k.pass.unresolved[i].row()); err != nil {
			return err
		}
	}
	return nil
}

// MemberNumber is the number by which rows tell a member, the same in every run that
// asks for the same ones in the same order: n is Row.Member of a row that was sought.
func (x *Exposure) MemberNumber(audience graph.Audience, n int) int {
	if x.kept == nil || n < 0 {
		return n
	}
	return x.kept.memberNumber(audience, n)
}

// SharedSets is the highest number that Row.Shared may have.
func (x *Exposure) SharedSets() int {
	if x.kept == nil || x.kept.store == nil {
		return 0
	}
	return len(x.kept.store.sets)
}

// keep gives what rows can be asked of: what was kept, or of one more pass.
func (x *Exposure) keep(ctx context.Context) (*kept, error) {
	if x.kept == nil {
		opts := x.source.opts
		opts.Keep = true
		again, err := Build(ctx, x.source.eco, opts)
		if err != nil {
			return nil, err
		}
		x.kept = again.kept
	}
	return x.kept, nil
}

// row is an entry with the member it counts for.
func (k *kept) row(e *entry) *Row {
	r := &Row{
		Place: e.place, Seller: e.seller, Audience: e.audience, Account: e.account.Text, Name: e.name,
		Status: e.status, Roles: e.roles, Product: e.product, Amount: e.amount, Date: e.date, Deal: e.deal,
		ByName: e.byName, Told: e.told, Member: -1, Segment: -1, account: e.account, member: e.member,
	}
	if e.member.Kind == identity.ByEmail {
		r.Name = ""
	}
	c := k.n.buyers
	if e.audience == graph.Users {
		c = k.n.users
	}
	if at, ok := k.find(c, e.member); ok {
		r.Member, r.Segment, r.Table, r.Set = at.number, at.segment, c.shown, at.set
	}
	if e.account.IsZero() {
		return r
	}
	if at, ok := k.find(k.n.accounts, e.account); ok {
		r.Accounts, r.AccountSet = k.n.accounts.shown, at.set
	}
	return r
}

func (u *Unresolved) row() *Row {
	return &Row{
		Place: u.Place, Seller: u.Seller, Audience: u.Audience, Member: -1, Name: u.Name, Status: u.Status,
		Told: ToldNot, Segment: -1, Candidates: u.Candidates,
	}
}

// AccountView is everything that lists and records say about one account.
type AccountView struct {
	Key      string
	Names    []string // as written, each once
	Domains  []string
	Parents  []string // the next first
	Children []string
	Country  string
	Segment  int // of its buyers, or -1
	Value    decimal.NullDecimal
	Users    int // distinct persons
	Rows     []Row
	Records  []Record
	Marks    []Mark
	Table    *Table // of accounts, with the touches of Set
	Set      Set
}

// Account gathers what is known of one account, named by domain, URL, e-mail,
// name or the record id of an own list. It is nil where no list and no record
// has it. It reads long lists once more.
func (x *Exposure) Account(ctx context.Context, text string) (*AccountView, error) {
	k, err := x.keep(ctx)
	if err != nil {
		return nil, err
	}
	account, err := k.tell(ctx, text)
	if err != nil || account.IsZero() {
		return nil, err
	}
	v, err := k.view(ctx, account)
	if err != nil || len(v.Rows) == 0 && len(v.Records) == 0 {
		return nil, err
	}
	return v, nil
}

func (k *kept) view(ctx context.Context, account identity.Key) (*AccountView, error) {
	p, n, err := k.at(ctx, account)
	if err != nil {
		return nil, err
	}
	v := &AccountView{
		Key: account.Text, Names: []string{}, Domains: p.domains(account), Parents: []string{}, Children: []string{},
		Segment: -1, Records: p.records.At(account), Marks: []Mark{},
	}
	v.addFamily(p, account)
	persons := map[identity.Key]bool{}
	small := newKept(p, n)
	for i := range p.entries {
		e := &p.entries[i]
		if e.audience == graph.Users {
			persons[e.member] = true
		}
		r := small.row(e)
		if r.Name != "" && !contains(v.Names, r.Name) {
			v.Names = append(v.Names, r.Name)
		}
		v.Rows = append(v.Rows, *r)
	}
	v.Users = len(persons)
	v.addMember(p, account, n.accounts)
	return v, nil
}

// addFamily finds the account's parents and children.
func (v *AccountView) addFamily(p *pass, account identity.Key) {
	for _, k := range p.ancestors(account) {
		v.Parents = append(v.Parents, k.Text)
	}
	for _, k := range p.children(account) {
		v.Children = append(v.Children, k.Text)
	}
}

// addMember takes what the accounts' table has of the account.
func (v *AccountView) addMember(p *pass, account identity.Key, c *counter) {
	number, ok := c.registry.members[account]
	if !ok || c.member(number) == nil {
		v.Table = &Table{Audience: graph.Accounts}
		return
	}
	m := c.member(number)
	v.Country, v.Segment, v.Value = m.country, m.segment, m.value
	v.Set = *c.setOf(m, p.marks.of(m))
	v.Table = &Table{Audience: graph.Accounts, Touches: c.registry.touches, Marks: p.marks.marks}
	for _, mark := range v.Set.Marks {
		v.Marks = append(v.Marks, p.marks.marks[mark])
	}
	slices.SortFunc(v.Marks, compareMarks)
}

// domains lists the further domains that rows give for an account.
func (p *pass) domains(account identity.Key) []string {
	out := []string{}
	for i := range p.entries {
		e := &p.entries[i]
		for text := range strings.SplitSeq(e.aliases, ";") {
			key := identity.AccountKey(text)
			if e.account == account && key.Kind == identity.ByDomain && key != account && !contains(out, key.Text) {
				out = append(out, key.Text)
			}
		}
	}
	return out
}
