package exposure

import (
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// Row is a row of a list behind a figure.
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
	// Table and Set are where the member is counted; nil where it cannot be told.
	Table *Table
	Set   *Set
	// Accounts and AccountSet are where the row's account is counted; nil where it
	// has none.
	Accounts   *Table
	AccountSet *Set
	// Candidates are accounts that an unresolved name fits.
	Candidates []string
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

// Evidence delivers every row that was counted, and those whose account cannot
// be told, list by list in the order in which they were read. It reads the lists
// once more; the rows are those of Build if the files did not change.
func (x *Exposure) Evidence(ctx context.Context, each func(*Row) error) error {
	return x.EvidenceOf(ctx, func(int) bool { return true }, each)
}

// EvidenceOf is Evidence for the rows of some sellers.
func (x *Exposure) EvidenceOf(ctx context.Context, of func(seller int) bool, each func(*Row) error) error {
	p, n, err := x.again(ctx)
	if err != nil {
		return err
	}
	for i := range p.entries {
		e := &p.entries[i]
		if !of(e.seller) {
			continue
		}
		c := n.buyers
		if e.audience == graph.Users {
			c = n.users
		}
		r := p.row(e, c)
		p.addAccount(r, e, n.accounts)
		if err := each(r); err != nil {
			return err
		}
	}
	for i := range p.unresolved {
		if !of(p.unresolved[i].Seller) {
			continue
		}
		if err := each(p.unresolved[i].row()); err != nil {
			return err
		}
	}
	return nil
}

// again gives the rows with their counters: those kept, or of one more reading.
func (x *Exposure) again(ctx context.Context) (*pass, *counters, error) {
	if x.kept != nil {
		return x.kept.pass, x.kept.n, nil
	}
	p, err := run(ctx, x.source.eco, x.source.opts, false)
	if err != nil {
		return nil, nil, err
	}
	return p, p.count(), nil
}

// row is an entry with the member it counts for.
func (p *pass) row(e *entry, c *counter) *Row {
	m := c.member(e.memberNo)
	set := c.setOf(m, p.marks.of(m))
	r := &Row{
		Place: e.place, Seller: e.seller, Audience: e.audience, Member: int(c.slots[e.memberNo]) - 1, Account: e.account.Text, Name: e.name,
		Status: e.status, Roles: e.roles, Product: e.product, Amount: e.amount, Date: e.date, Deal: e.deal,
		ByName: e.byName, Told: e.told, Segment: m.segment,
		Table: c.shown, Set: set,
	}
	if e.member.Kind == identity.ByEmail {
		r.Name = ""
	}
	return r
}

func (p *pass) addAccount(r *Row, e *entry, c *counter) {
	if e.accountNo < 0 {
		return
	}
	m := c.member(e.accountNo)
	r.Accounts = c.shown
	r.AccountSet = c.setOf(m, p.marks.of(m))
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
// has it. It reads the lists once more.
func (x *Exposure) Account(ctx context.Context, text string) (*AccountView, error) {
	p, n, err := x.again(ctx)
	if err != nil {
		return nil, err
	}
	told := p.directory.tell(named(text, true))
	if told.account.IsZero() {
		return nil, nil
	}
	v := p.view(told.account, n)
	if len(v.Rows) == 0 && len(v.Records) == 0 {
		return nil, nil
	}
	return v, nil
}

func (p *pass) view(account identity.Key, n *counters) *AccountView {
	v := &AccountView{
		Key: account.Text, Names: []string{}, Domains: p.domains(account), Parents: []string{}, Children: []string{},
		Segment: -1, Records: p.records.At(account), Marks: []Mark{},
	}
	v.addFamily(p, account)
	persons := map[identity.Key]bool{}
	for i := range p.entries {
		e := &p.entries[i]
		if e.account != account {
			continue
		}
		c := n.buyers
		if e.audience == graph.Users {
			c = n.users
			persons[e.member] = true
		}
		r := p.row(e, c)
		if r.Name != "" && !contains(v.Names, r.Name) {
			v.Names = append(v.Names, r.Name)
		}
		v.Rows = append(v.Rows, *r)
	}
	v.Users = len(persons)
	v.addMember(p, account, n.accounts)
	return v
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
