package graph

import "github.com/shopspring/decimal"

// Ecosystem is what a user wrote, read and checked: every reference in it
// resolves, defaults that depend on nothing else are filled in, and file names
// are as written (Dir resolves them). Nothing changes it after [Load].
//
// The `yaml` tags are the keys of the input; Load reads and the JSON Schema is
// made by the same tags, so that they cannot drift apart.
type Ecosystem struct {
	File string `yaml:"-"` // the file read, or empty for one built in memory
	Dir  string `yaml:"-"` // what file names in it are relative to

	Vendor      string                     `yaml:"vendor,required"`
	Currency    string                     `yaml:"currency"`
	AsOf        Date                       `yaml:"as_of"`
	Rates       map[string]decimal.Decimal `yaml:"rates"`
	Teams       map[string]float64         `yaml:"teams"` // people present
	Accounts    Population                 `yaml:"accounts"`
	Products    []Product                  `yaml:"products"`
	Territories []Territory                `yaml:"territories"`
	Segments    []Segment                  `yaml:"segments"`
	Channels    []Channel                  `yaml:"channels"`
	Partners    []Partner                  `yaml:"partners"`
	Overlaps    []KnownOverlap             `yaml:"overlaps"`
	// Lists are those under `lists` and, after them, those that channels and
	// partners name under `accounts`.
	Lists []ListSpec `yaml:"lists"`

	Aliases       *ListSpec `yaml:"aliases"`
	Parents       *ListSpec `yaml:"parents"`
	NamedAccounts *ListSpec `yaml:"named_accounts"`
	Deals         *ListSpec `yaml:"deals"`
	Registrations *ListSpec `yaml:"registrations"`
	Offers        *ListSpec `yaml:"offers"`
	Renewals      *ListSpec `yaml:"renewals"`
	Prices        *ListSpec `yaml:"prices"`
	Credits       *ListSpec `yaml:"credits"`
	Handoffs      *ListSpec `yaml:"handoffs"`
	Teaming       *ListSpec `yaml:"teaming"`

	Policy      Policy      `yaml:"policy"`
	Assumptions Assumptions `yaml:"assumptions"`
	Accepted    []Accepted  `yaml:"accepted"`
}

// Population is a declared number of members.
type Population struct {
	Addressable int64 `yaml:"addressable"` // 0 where not declared
}

// Product is something the vendor sells.
type Product struct {
	ID        string   `yaml:"id,required"`
	Name      string   `yaml:"name"`
	ListPrice Money    `yaml:"list_price"`
	At        Position `yaml:"-"`
}

// Territory is a set of countries (ISO 3166 codes, as written, upper case).
type Territory struct {
	ID        string   `yaml:"id,required"`
	Name      string   `yaml:"name"`
	Countries []string `yaml:"countries"`
	At        Position `yaml:"-"`
}

// Segment is a declared part of one audience. Segments of one audience do not
// overlap.
type Segment struct {
	ID          string              `yaml:"id,required"`
	Name        string              `yaml:"name"`
	Audience    Audience            `yaml:"audience,required"`
	Addressable int64               `yaml:"addressable"` // members; 0 where not declared
	Value       Money               `yaml:"value"`       // potential gross margin per member and year
	Match       map[string][]string `yaml:"match"`       // column key -> values, or ranges such as 200..1999
	At          Position            `yaml:"-"`
}

// Channel is a way to market of one kind: itself a pathway where it has a list
// or figures of its own, and what partners belong to.
type Channel struct {
	ID        string       `yaml:"id,required"`
	Name      string       `yaml:"name"`
	Kind      Kind         `yaml:"kind,required"`
	Form      string       `yaml:"form"` // of distributors: wholesale | oem
	Audiences []Audience   `yaml:"audiences"`
	Roles     []Role       `yaml:"roles"`
	Equity    Equity       `yaml:"equity"`
	Margin    *Interval    `yaml:"margin"`
	Reaches   []KnownReach `yaml:"reaches"`
	Accounts  *ListSpec    `yaml:"accounts"`
	At        Position     `yaml:"-"`
}

// Partner is a party that reaches members in one or more channels.
type Partner struct {
	ID          string             `yaml:"id,required"`
	Name        string             `yaml:"name"`
	AKA         []string           `yaml:"aka"`
	Channel     string             `yaml:"channel"`  // the first of Channels
	Channels    []string           `yaml:"channels"` // at least one after Load
	Stage       Stage              `yaml:"stage"`
	Owner       string             `yaml:"owner"`
	Products    []string           `yaml:"products"`
	Audiences   []Audience         `yaml:"audiences"`
	Roles       []Role             `yaml:"roles"`
	Territory   []string           `yaml:"territory"`
	SuppliedBy  []Supply           `yaml:"supplied_by"`
	Margin      *Interval          `yaml:"margin"`
	NetPrice    Money              `yaml:"net_price"`
	Cost        Cost               `yaml:"cost"`
	Needs       map[string]float64 `yaml:"needs"` // team -> people
	Equity      Equity             `yaml:"equity"`
	Offering    Offering           `yaml:"offering"`
	Substitutes []Substitute       `yaml:"substitutes"`
	Accounts    *ListSpec          `yaml:"accounts"`
	Reaches     []KnownReach       `yaml:"reaches"`
	Terms       []Term             `yaml:"terms"`
	Undeclared  bool               `yaml:"-"` // found in a list, not written
	At          Position           `yaml:"-"`
}

// Supply is where a partner gets the product from: the vendor (From is
// "vendor") or another partner. It may be written as the supplier's id alone.
type Supply struct {
	From  string    `yaml:"from,required"`
	Share *Interval `yaml:"share"`
	Edge  Edge      `yaml:"edge"` // default per-account
	At    Position  `yaml:"-"`
}

// Edge tells whether a supply edge holds member by member or for all at once.
type Edge string

// The two kinds of supply edge.
const (
	PerAccount Edge = "per-account"
	WholePath  Edge = "whole-path"
)

// FromVendor is the supplier that stands for the vendor.
const FromVendor = "vendor"

// Cost of opening and of keeping a partner, per year.
type Cost struct {
	Open   Money `yaml:"open"`
	Yearly Money `yaml:"yearly"`
}

// Offering tells which parts of the offering are common, bespoke or missing:
// each is common | bespoke | none, or empty where nothing is said.
type Offering struct {
	Product      string `yaml:"product"`
	Pricing      string `yaml:"pricing"`
	Terms        string `yaml:"terms"`
	Capabilities string `yaml:"capabilities"`
	Services     string `yaml:"services"`
}

// Substitute is another product in a partner's catalogue.
type Substitute struct {
	Name    string `yaml:"name,required"`
	Product string `yaml:"product"` // ours that it replaces
	Owns    bool   `yaml:"owns"`    // it is the partner's own
}

// KnownReach is a figure for how much of a segment a pathway reaches.
type KnownReach struct {
	Segment string    `yaml:"segment,required"`
	Share   *Interval `yaml:"share"` // of the segment, or of what Of names
	Count   *Interval `yaml:"count"` // members
	Of      ShareOf   `yaml:"of"`
	Basis   Basis     `yaml:"basis"` // default: that of the kind
	Source  string    `yaml:"source"`
	Dated   Date      `yaml:"dated"`
	At      Position  `yaml:"-"`
}

// ShareOf is what a share is of: the segment's addressable members (the zero
// value), what the supplier reaches, or the partner's own denominator.
type ShareOf struct {
	Upstream bool
	Members  float64
}

// Term is a promise in a contract, by the vendor unless By is "partner".
type Term struct {
	Kind       string   `yaml:"kind,required"` // exclusive | named-accounts | territory | carve-out | registration | price
	By         string   `yaml:"by"`
	Against    string   `yaml:"against"` // partners | everyone
	Products   []string `yaml:"products"`
	Segments   []string `yaml:"segments"`
	Territory  []string `yaml:"territory"`
	From       Date     `yaml:"from"`
	Until      Date     `yaml:"until"`
	NoticeBy   Date     `yaml:"notice_by"`
	Renews     string   `yaml:"renews"`
	Minimum    Money    `yaml:"minimum"`
	Except     string   `yaml:"except"` // a file of accounts
	Penalty    Money    `yaml:"penalty"`
	WindowDays int      `yaml:"window_days"`
	At         Position `yaml:"-"`
}

// KnownOverlap is a known figure for what two or more pathways all reach.
type KnownOverlap struct {
	Between []string       `yaml:"between,required"` // channel or partner ids
	Segment string         `yaml:"segment,required"`
	Count   *Interval      `yaml:"count"`
	Share   *Interval      `yaml:"share"` // of the segment's addressable members
	Sample  *OverlapSample `yaml:"sample"`
	Basis   Basis          `yaml:"basis"`
	Source  string         `yaml:"source"`
	Dated   Date           `yaml:"dated"`
	At      Position       `yaml:"-"`
}

// OverlapSample says that of Drawn random members of one pathway, Hits are
// reached over the others as well.
type OverlapSample struct {
	Of    string `yaml:"of,required"`
	Drawn int    `yaml:"drawn,required"`
	Hits  int    `yaml:"hits,required"`
}

// Layout is how a list relates rows to partners.
type Layout string

// The layouts of lists.
const (
	LayoutLong    Layout = "long"    // one row per member and partner
	LayoutPartner Layout = "partner" // one file per partner
	LayoutWide    Layout = "wide"    // one column per partner
)

// Undeclared tells what to do with partners that a list names and the
// ecosystem does not.
type Undeclared string

// What to do with undeclared partners.
const (
	UndeclaredAdd    Undeclared = "add"
	UndeclaredReject Undeclared = "reject"
	UndeclaredGrey   Undeclared = "grey"
)

// ListSpec names a list or a file of records and says how to read it. It may be
// written as the file name alone.
type ListSpec struct {
	File       string            `yaml:"file,required"` // a path, glob or folder
	Format     string            `yaml:"format"`
	Encoding   string            `yaml:"encoding"`
	Delimiter  string            `yaml:"delimiter"`
	Sheet      string            `yaml:"sheet"`
	Header     int               `yaml:"header"` // row, from 1; 0 to find it
	Layout     Layout            `yaml:"layout"`
	Channel    string            `yaml:"channel"`
	Partner    string            `yaml:"partner"`
	Own        bool              `yaml:"own"`
	Audience   Audience          `yaml:"audience"`
	Segment    string            `yaml:"segment"`
	Status     Status            `yaml:"status"`
	Product    string            `yaml:"product"`
	Where      string            `yaml:"where"`
	Dated      Date              `yaml:"dated"`
	Undeclared Undeclared        `yaml:"undeclared"`
	NDA        *NDA              `yaml:"nda"`
	Columns    map[string]Column `yaml:"columns"` // by column key
	At         Position          `yaml:"-"`
}

// NDA tells under which agreement a list was given.
type NDA struct {
	Party     string `yaml:"party,required"`
	Purpose   string `yaml:"purpose"`
	DestroyBy Date   `yaml:"destroy_by"`
}

// Column maps a column key to headers of the file. It may be written as the
// header alone, or, for the partners of the wide layout, as a list of headers.
type Column struct {
	Headers []string          // "*" for all that are left
	Values  map[string]string // a cell's text -> what it stands for
}

// Policy holds the vendor's rules of engagement.
type Policy struct {
	Credit       string        `yaml:"credit"` // one-source (default) | shared
	LiveConflict *LiveLimit    `yaml:"live_conflict"`
	CouldCollide *CollideLimit `yaml:"could_collide"`
	MinMatchRate *float64      `yaml:"min_match_rate"`
	Forbid       []string      `yaml:"forbid"`       // default exclusivity-clash, named-account-breach
	MinUsers     int           `yaml:"min_users"`    // default 5
	RenewalDays  int           `yaml:"renewal_days"` // default 90
	PriceGap     float64       `yaml:"price_gap"`    // default 0.08
}

// LiveLimit bounds the members in live conflict.
type LiveLimit struct {
	MaxMembers int64 `yaml:"max_members"`
}

// CollideLimit bounds the share of members that could collide.
type CollideLimit struct {
	MaxShare float64 `yaml:"max_share"`
	Of       string  `yaml:"of"` // candidate
}

// Assumptions turn members into expected loss; without them none is estimated.
type Assumptions struct {
	Sigma          []Sigma   `yaml:"sigma"`
	PriceGap       *Interval `yaml:"price_gap"`
	DuplicatedCost *Interval `yaml:"duplicated_cost"`
	LostDeal       *Interval `yaml:"lost_deal"`
	Margin         *Interval `yaml:"margin"`
}

// Sigma is the chance that two kinds of pathway pursue the same deal.
type Sigma struct {
	Between []string `yaml:"between,required"`
	Value   Interval `yaml:"value,required"`
}

// Accepted silences a finding until a day.
type Accepted struct {
	Finding string   `yaml:"finding,required"`
	By      string   `yaml:"by"`
	Until   Date     `yaml:"until"`
	Note    string   `yaml:"note"`
	At      Position `yaml:"-"`
}
