package graph

import "github.com/shopspring/decimal"

// Ecosystem is what a user wrote, read and checked: every reference in it
// resolves, defaults that depend on nothing else are filled in, and file names
// are as written (Dir resolves them). Nothing changes it after [Load].
//
// Load reads, Check judges and the JSON Schema is made by the same tags, so that
// they cannot drift apart: `yaml` is the key of the input (required; short: the
// value alone may stand for the whole; orone: one value may stand for a list),
// `is`, `enum`, `ref` and `keys` say what the value must be, `one` what an
// element is called in messages, and `doc` describes it.
type Ecosystem struct {
	File string `yaml:"-"` // the file read, or empty for one built in memory
	Dir  string `yaml:"-"` // what file names in it are relative to

	Vendor      string                     `yaml:"vendor,required" doc:"the company that sells"`
	Currency    string                     `yaml:"currency" is:"currency" doc:"currency of every amount that names none, such as USD"`
	AsOf        Date                       `yaml:"as_of" doc:"day at which every dated rule is judged; default today"`
	Rates       map[string]decimal.Decimal `yaml:"rates" is:"positive" keys:"currency" doc:"worth of one unit of a currency in the ecosystem's own"`
	Teams       map[string]float64         `yaml:"teams" is:"amount" doc:"people present, by team"`
	Accounts    Population                 `yaml:"accounts" doc:"organisations behind users and buyers"`
	Products    []Product                  `yaml:"products" one:"product" doc:"what the vendor sells"`
	Territories []Territory                `yaml:"territories" one:"territory" doc:"sets of countries"`
	Segments    []Segment                  `yaml:"segments" one:"segment" doc:"parts of an audience; those of one audience do not overlap"`
	Channels    []Channel                  `yaml:"channels" one:"channel" doc:"ways to market"`
	Partners    []Partner                  `yaml:"partners" one:"partner" doc:"parties that reach members in channels"`
	Overlaps    []KnownOverlap             `yaml:"overlaps" one:"overlap" doc:"known figures for what two or more channels or partners all reach"`
	// Lists are, after Load, those under `lists` and, after them, those that
	// channels and partners name under `accounts`.
	Lists []ListSpec `yaml:"lists" one:"list" doc:"lists of accounts and users"`

	Aliases       *ListSpec `yaml:"aliases" doc:"other domains and names of accounts"`
	Parents       *ListSpec `yaml:"parents" doc:"which account belongs to which"`
	NamedAccounts *ListSpec `yaml:"named_accounts" doc:"accounts that the vendor keeps for itself"`
	Deals         *ListSpec `yaml:"deals" doc:"opportunities"`
	Registrations *ListSpec `yaml:"registrations" doc:"deal registrations"`
	Offers        *ListSpec `yaml:"offers" doc:"quotes and private offers"`
	Renewals      *ListSpec `yaml:"renewals" doc:"contracts that end"`
	Prices        *ListSpec `yaml:"prices" doc:"net prices by pathway"`
	Credits       *ListSpec `yaml:"credits" doc:"who is paid for a deal"`
	Handoffs      *ListSpec `yaml:"handoffs" doc:"accounts handed from one pathway to another"`
	Teaming       *ListSpec `yaml:"teaming" doc:"accounts at which partners work together"`

	Policy      Policy      `yaml:"policy" doc:"rules of engagement and limits"`
	Assumptions Assumptions `yaml:"assumptions" doc:"what turns members into expected loss; without it none is estimated"`
	Accepted    []Accepted  `yaml:"accepted" one:"accepted finding" doc:"findings that are silenced until a day"`

	where *positions // of every value in File; nil for one built in memory
}

// Population is a declared number of members.
type Population struct {
	Addressable int64 `yaml:"addressable" is:"count" doc:"how many there are; 0 where not declared"`
}

// Product is something the vendor sells.
type Product struct {
	ID        string   `yaml:"id,required" is:"id"`
	Name      string   `yaml:"name"`
	ListPrice Money    `yaml:"list_price" is:"amount" doc:"price before any discount"`
	At        Position `yaml:"-"`
}

// Territory is a set of countries (ISO 3166 codes, as written, upper case).
type Territory struct {
	ID        string   `yaml:"id,required" is:"id"`
	Name      string   `yaml:"name"`
	Countries []string `yaml:"countries" is:"country" doc:"ISO 3166 codes"`
	At        Position `yaml:"-"`
}

// Segment is a declared part of one audience. Segments of one audience do not
// overlap.
type Segment struct {
	ID          string              `yaml:"id,required" is:"id"`
	Name        string              `yaml:"name"`
	Audience    Audience            `yaml:"audience,required" doc:"who its members are"`
	Addressable int64               `yaml:"addressable" is:"count" doc:"members; 0 where not declared"`
	Value       Money               `yaml:"value" is:"amount" doc:"potential gross margin per member and year"`
	Match       map[string][]string `yaml:"match,orone" keys:"column" doc:"which rows belong: column key and values, or ranges such as 200..1999"`
	At          Position            `yaml:"-"`
}

// Channel is a way to market of one kind: itself a pathway where it has a list
// or figures of its own, and what partners belong to.
type Channel struct {
	ID        string       `yaml:"id,required" is:"id"`
	Name      string       `yaml:"name"`
	Kind      Kind         `yaml:"kind,required"`
	Form      string       `yaml:"form" enum:"wholesale|oem" doc:"of distributors"`
	Audiences []Audience   `yaml:"audiences" doc:"default by kind"`
	Roles     []Role       `yaml:"roles" doc:"default by kind"`
	Equity    Equity       `yaml:"equity" doc:"default by kind"`
	Margin    *Interval    `yaml:"margin" is:"share" doc:"part of the price that stays with the channel"`
	Reaches   []KnownReach `yaml:"reaches" one:"reach" doc:"known figures of its own"`
	Accounts  *ListSpec    `yaml:"accounts" doc:"its list: a file, or any list as under lists"`
	At        Position     `yaml:"-"`
}

// Partner is a party that reaches members in one or more channels.
type Partner struct {
	ID          string             `yaml:"id,required" is:"id"`
	Name        string             `yaml:"name"`
	AKA         []string           `yaml:"aka" doc:"other spellings and ids in lists"`
	Channel     string             `yaml:"channel" doc:"the channel it is in; after Load the first of channels"`
	Channels    []string           `yaml:"channels" ref:"channel" doc:"the channels, where it is in several; after Load never empty"`
	Stage       Stage              `yaml:"stage" doc:"default managed"`
	Owner       string             `yaml:"owner" doc:"who looks after it"`
	Products    []string           `yaml:"products" ref:"product" doc:"what it sells; none means all"`
	Audiences   []Audience         `yaml:"audiences" doc:"default that of its channels"`
	Roles       []Role             `yaml:"roles" doc:"default that of its channel"`
	Territory   []string           `yaml:"territory" ref:"territory" doc:"where it may sell; none means everywhere"`
	SuppliedBy  []Supply           `yaml:"supplied_by" one:"supply" doc:"vendor or partners it gets the product from; default vendor"`
	Margin      *Interval          `yaml:"margin" is:"share" doc:"part of the price that stays with it"`
	NetPrice    Money              `yaml:"net_price" is:"amount" doc:"what it pays"`
	Cost        Cost               `yaml:"cost" doc:"of opening and of keeping it"`
	Needs       map[string]float64 `yaml:"needs" is:"amount" doc:"people it takes, by team"`
	Equity      Equity             `yaml:"equity" doc:"default that of its channel"`
	Offering    Offering           `yaml:"offering" doc:"which parts are common, bespoke or missing"`
	Substitutes []Substitute       `yaml:"substitutes" one:"substitute" doc:"other products in its catalogue"`
	Accounts    *ListSpec          `yaml:"accounts" doc:"its list: a file, or any list as under lists"`
	Reaches     []KnownReach       `yaml:"reaches" one:"reach" doc:"known figures"`
	Terms       []Term             `yaml:"terms" one:"term" doc:"promises in its contract"`
	Undeclared  bool               `yaml:"-"` // found in a list, not written
	Grey        bool               `yaml:"-"` // undeclared, and its list says that nobody authorised it
	At          Position           `yaml:"-"`

	inherits inherited
}

// inherited tells what a partner has from its channels, not of its own.
type inherited struct{ audiences, roles bool }

// Supply is where a partner gets the product from: the vendor (From is
// "vendor") or another partner. It may be written as the supplier's id alone.
type Supply struct {
	From  string    `yaml:"from,required,short" ref:"supplier" doc:"vendor, or a partner"`
	Share *Interval `yaml:"share" is:"share" doc:"of the supplier's reach"`
	Edge  Edge      `yaml:"edge" doc:"each member on its own, or the supplier for all at once; default per-account"`
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
	Open   Money `yaml:"open" is:"amount" doc:"once"`
	Yearly Money `yaml:"yearly" is:"amount" doc:"each year"`
}

// Offering tells which parts of the offering are common, bespoke or missing:
// each is common | bespoke | none, or empty where nothing is said.
type Offering struct {
	Product      string `yaml:"product" enum:"common|bespoke|none"`
	Pricing      string `yaml:"pricing" enum:"common|bespoke|none"`
	Terms        string `yaml:"terms" enum:"common|bespoke|none"`
	Capabilities string `yaml:"capabilities" enum:"common|bespoke|none"`
	Services     string `yaml:"services" enum:"common|bespoke|none"`
}

// Substitute is another product in a partner's catalogue.
type Substitute struct {
	Name    string `yaml:"name,required"`
	Product string `yaml:"product" ref:"product" doc:"ours that it replaces"`
	Owns    bool   `yaml:"owns" doc:"it is the partner's own"`
}

// KnownReach is a figure for how much of a segment a pathway reaches.
type KnownReach struct {
	Segment string    `yaml:"segment,required" ref:"segment"`
	Share   *Interval `yaml:"share" is:"share" doc:"of the segment, or of what Of names"`
	Count   *Interval `yaml:"count" is:"count" doc:"members"`
	Of      ShareOf   `yaml:"of" doc:"what the share is of: upstream, or a number of members; default the segment"`
	Basis   Basis     `yaml:"basis" doc:"list, observed, sampled, reported, claimed or a system; default by kind"`
	Source  string    `yaml:"source" doc:"where the figure is from"`
	Dated   Date      `yaml:"dated" doc:"the day it holds for"`
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
	Kind       string   `yaml:"kind,required" enum:"exclusive|named-accounts|territory|carve-out|registration|price"`
	By         string   `yaml:"by" enum:"vendor|partner" doc:"who promises; default vendor"`
	Against    string   `yaml:"against" enum:"partners|everyone" doc:"of exclusive terms"`
	Products   []string `yaml:"products" ref:"product"`
	Segments   []string `yaml:"segments" ref:"segment"`
	Territory  []string `yaml:"territory" ref:"territory"`
	From       Date     `yaml:"from" doc:"first day"`
	Until      Date     `yaml:"until" doc:"last day"`
	NoticeBy   Date     `yaml:"notice_by" doc:"last day to give notice"`
	Renews     string   `yaml:"renews" doc:"auto, or how"`
	Minimum    Money    `yaml:"minimum" is:"amount" doc:"purchase that it depends on"`
	Except     string   `yaml:"except" is:"file" doc:"a file of accounts"`
	Penalty    Money    `yaml:"penalty" is:"amount" doc:"for a breach"`
	WindowDays int      `yaml:"window_days" is:"count" doc:"of registrations"`
	At         Position `yaml:"-"`
}

// KnownOverlap is a known figure for what two or more pathways all reach.
type KnownOverlap struct {
	Between []string       `yaml:"between,required" ref:"seller" doc:"channel or partner ids"`
	Segment string         `yaml:"segment,required" ref:"segment"`
	Count   *Interval      `yaml:"count" is:"count" doc:"members"`
	Share   *Interval      `yaml:"share" is:"share" doc:"of the segment's addressable members"`
	Sample  *OverlapSample `yaml:"sample" doc:"random members of one pathway, matched against the others"`
	Basis   Basis          `yaml:"basis" doc:"list, observed, sampled, reported, claimed or a system"`
	Source  string         `yaml:"source" doc:"where the figure is from"`
	Dated   Date           `yaml:"dated" doc:"the day it holds for"`
	At      Position       `yaml:"-"`
}

// OverlapSample says that of Drawn random members of one pathway, Hits are
// reached over the others as well.
type OverlapSample struct {
	Of    string `yaml:"of,required" ref:"seller" doc:"the pathway drawn from"`
	Drawn int    `yaml:"drawn,required" is:"positive" doc:"members drawn"`
	Hits  int    `yaml:"hits,required" is:"count" doc:"of them reached over the others as well"`
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
	File       string            `yaml:"file,required,short" is:"file" doc:"a path, glob or folder"`
	Format     string            `yaml:"format" enum:"csv|tsv|xlsx|parquet|jsonl" doc:"default by the file"`
	Encoding   string            `yaml:"encoding" doc:"WHATWG label, or macintosh; default found"`
	Delimiter  string            `yaml:"delimiter" doc:"of text files; default found"`
	Sheet      string            `yaml:"sheet" doc:"of a workbook; default all"`
	Header     int               `yaml:"header" is:"count" doc:"row of the header, from 1; 0 to find it"`
	Layout     Layout            `yaml:"layout" doc:"how rows relate to partners; default found"`
	Channel    string            `yaml:"channel" ref:"channel" doc:"channel of its rows"`
	Partner    string            `yaml:"partner" ref:"partner" doc:"partner of its rows"`
	Own        bool              `yaml:"own" doc:"the vendor's own, such as its CRM"`
	Audience   Audience          `yaml:"audience" doc:"of its rows"`
	Segment    string            `yaml:"segment" ref:"segment" doc:"of its rows"`
	Status     Status            `yaml:"status" doc:"of its rows"`
	Product    string            `yaml:"product" ref:"product" doc:"of its rows"`
	Where      string            `yaml:"where" doc:"which rows count, such as last_seen >= 2026-01-01"`
	Dated      Date              `yaml:"dated" doc:"the day it holds for"`
	Undeclared Undeclared        `yaml:"undeclared" doc:"what to do with partners that are not declared; default add"`
	NDA        *NDA              `yaml:"nda" doc:"the agreement it was given under"`
	Columns    map[string]Column `yaml:"columns" keys:"mapping" doc:"which header serves which column key"`
	At         Position          `yaml:"-"`
}

// NDA tells under which agreement a list was given.
type NDA struct {
	Party     string `yaml:"party,required" doc:"who gave it"`
	Purpose   string `yaml:"purpose" doc:"what it may be used for"`
	DestroyBy Date   `yaml:"destroy_by" doc:"last day it may be used"`
}

// Column maps a column key to headers of the file. It may be written as the
// header alone, or, for the partners of the wide layout, as a list of headers.
type Column struct {
	Headers []string          `yaml:"column,required,short,orone" doc:"headers; * for all that are left"`
	Values  map[string]string `yaml:"values" doc:"a cell's text and what it stands for"`
}

// Policy holds the vendor's rules of engagement.
type Policy struct {
	Credit       string        `yaml:"credit" enum:"one-source|shared" doc:"whether one source is paid or several; default one-source"`
	LiveConflict *LiveLimit    `yaml:"live_conflict" doc:"limit of live conflict"`
	CouldCollide *CollideLimit `yaml:"could_collide" doc:"limit of what could collide"`
	MinMatchRate *float64      `yaml:"min_match_rate" is:"share" doc:"below it vet cannot decide"`
	Forbid       []Slug        `yaml:"forbid" doc:"findings that break policy; default exclusivity-clash and named-account-breach"`
	MinUsers     int           `yaml:"min_users" is:"positive" doc:"active users that make an account one for sales; default 5"`
	RenewalDays  int           `yaml:"renewal_days" is:"count" doc:"window before a renewal; default 90"`
	PriceGap     float64       `yaml:"price_gap" is:"share" doc:"tolerated difference of net prices; default 0.08"`
}

// LiveLimit bounds the members in live conflict.
type LiveLimit struct {
	MaxMembers int64 `yaml:"max_members" is:"count" doc:"at most"`
}

// CollideLimit bounds the share of members that could collide.
type CollideLimit struct {
	MaxShare float64 `yaml:"max_share" is:"share" doc:"at most"`
	Of       string  `yaml:"of" enum:"candidate" doc:"whose reach the share is of"`
}

// Assumptions turn members into expected loss; without them none is estimated.
type Assumptions struct {
	Sigma          []Sigma   `yaml:"sigma" one:"sigma" doc:"chance that two kinds of pathway pursue the same deal"`
	PriceGap       *Interval `yaml:"price_gap" is:"share" doc:"margin given away where two sell"`
	DuplicatedCost *Interval `yaml:"duplicated_cost" is:"share" doc:"effort spent twice"`
	LostDeal       *Interval `yaml:"lost_deal" is:"share" doc:"added chance that the deal is lost"`
	Margin         *Interval `yaml:"margin" is:"share" doc:"of value; 1 where value is margin"`
}

// Sigma is the chance that two kinds of pathway pursue the same deal.
type Sigma struct {
	Between []Kind   `yaml:"between,required" doc:"two kinds of pathway"`
	Value   Interval `yaml:"value,required" is:"share" doc:"the chance"`
}

// Accepted silences a finding until a day.
type Accepted struct {
	Finding string   `yaml:"finding,required" doc:"id of the finding, such as C02-cdw-shi"`
	By      string   `yaml:"by" doc:"who accepted it"`
	Until   Date     `yaml:"until" doc:"last day"`
	Note    string   `yaml:"note" doc:"why"`
	At      Position `yaml:"-"`
}
