package graph

// The words of the field that have a closed set of values. Their text is the
// one that input files, JSON and flags use.

// Audience tells which people a segment, a list or a pathway is about. Users
// and buyers are never added together.
type Audience string

// The two audiences, and the organisation behind both.
const (
	Users    Audience = "users"
	Buyers   Audience = "buyers"
	Accounts Audience = "accounts" // of reports only: no segment or list declares it
)

// Kind is one of the nine kinds of pathway.
type Kind string

// The kinds of pathway.
const (
	DirectUser  Kind = "direct-user"
	DirectBuyer Kind = "direct-buyer"
	Marketplace Kind = "marketplace"
	Embed       Kind = "embed"
	Platform    Kind = "platform"
	Reseller    Kind = "reseller"
	Distributor Kind = "distributor"
	Integrator  Kind = "integrator"
	Referral    Kind = "referral"
)

// Motion tells how a pathway sells.
type Motion string

// The two motions.
const (
	ProductLed Motion = "product-led"
	AccountLed Motion = "account-led"
)

// Equity is the relationship equity that a pathway builds.
type Equity string

// The equities. Own is that of direct pathways.
const (
	EquityOwn   Equity = "own"
	EquityReach Equity = "reach"
	EquityDepth Equity = "depth"
	EquityPower Equity = "power"
)

// Role is what a pathway does at an account.
type Role string

// The roles.
const (
	RoleSource   Role = "source"   // brings the demand
	RoleTransact Role = "transact" // is on the paper and invoices
	RoleDeliver  Role = "deliver"  // implements and supports
	RoleEmbed    Role = "embed"    // ships the product inside its own
	RoleHost     Role = "host"     // is the platform the user lives on
)

// Status is what a row says of a pathway and a member. Customer, Open and
// Relationship are reach; Target is a name only.
type Status string

// The statuses, strongest first.
const (
	Customer     Status = "customer"     // bought our product over this pathway
	Open         Status = "open"         // a live deal, registration or offer for it
	Relationship Status = "relationship" // the partner serves them, with any product
	Target       Status = "target"       // known, not reached
)

// Slug is the name of a finding, as policy.forbid takes it. What each means, and
// which of them are looked for, is told in analysis/conflict.
type Slug string

// slugs are those of all findings, in the order of their ids. Some are not looked
// for yet; a file that forbids them stays valid.
var slugs = []Slug{
	"direct-against-partner", "same-kind-partners", "cross-kind-channels", "tier-bypass", "registration-collision",
	"territory-encroachment", "exclusivity-clash", "named-account-breach", "price-undercut", "grey-market",
	"self-serve-against-sales", "user-and-buyer-split", "offer-collision", "double-compensation", "co-opetition",
	"incumbency-at-renewal", "hidden-by-hierarchy", "complementary-teamed", "complementary-unteamed", "opening",
	"uncovered", "single-point-of-reach",
}

// Slugs lists the names of all findings, in the order of their ids.
func Slugs() []Slug { return append([]Slug(nil), slugs...) }

// Stage is where a partner stands in its lifecycle.
type Stage string

// The stages, in order.
const (
	Researched  Stage = "researched"
	Negotiating Stage = "negotiating"
	Signed      Stage = "signed"
	Activated   Stage = "activated"
	Nurtured    Stage = "nurtured"
	Managed     Stage = "managed"
	Ended       Stage = "ended"
)

// Candidate reports whether a partner at this stage is not signed yet.
func (s Stage) Candidate() bool { return s == Researched || s == Negotiating }

// Working reports whether a partner at this stage sells today.
func (s Stage) Working() bool { return s == Activated || s == Nurtured || s == Managed }

// Basis tells what a figure rests on. Any other word is a system's name.
type Basis string

// The bases with a meaning of their own.
const (
	BasisList     Basis = "list"
	BasisObserved Basis = "observed"
	BasisSampled  Basis = "sampled"
	BasisReported Basis = "reported"
	BasisClaimed  Basis = "claimed"
)

// KindFacts is what a kind of pathway brings with it where the input is silent.
type KindFacts struct {
	Kind      Kind
	Phrase    string // what the vendor does: "sell through"
	Words     string // what people call such a pathway: "sell-through reseller"
	Audiences []Audience
	Motion    Motion
	Equity    Equity
	Roles     []Role
	Basis     Basis    // the usual basis of its figures
	Teams     []string // teams of the vendor that it needs
}

// Direct reports whether the pathway is the vendor's own.
func (k Kind) Direct() bool { return k == DirectUser || k == DirectBuyer }

// Facts returns the defaults of a kind, and false for a kind that is unknown.
// Source: the tables of pathways and of default roles in docs/words.md.
func (k Kind) Facts() (KindFacts, bool) {
	for _, f := range kinds {
		if f.Kind == k {
			return f, true
		}
	}
	return KindFacts{}, false
}

// Kinds lists the facts of all kinds, direct ones first.
func Kinds() []KindFacts { return append([]KindFacts(nil), kinds...) }

var kinds = []KindFacts{
	{DirectUser, "direct to user", "direct to user", []Audience{Users}, ProductLed, EquityOwn,
		[]Role{RoleSource, RoleTransact}, BasisObserved, []string{"product", "community"}},
	{DirectBuyer, "direct to buyer", "direct to buyer", []Audience{Buyers}, AccountLed, EquityOwn,
		[]Role{RoleSource, RoleTransact, RoleDeliver}, BasisObserved, []string{"sales", "customer-success"}},
	{Marketplace, "sell through", "sell-through marketplace", []Audience{Users}, ProductLed, EquityReach,
		[]Role{RoleTransact}, BasisObserved, []string{"product", "marketing", "community"}},
	{Embed, "embed in", "embedded", []Audience{Users}, ProductLed, EquityDepth,
		[]Role{RoleEmbed, RoleSource}, BasisReported, []string{"product", "community", "tech-support"}},
	{Platform, "build on", "build-on platform", []Audience{Users}, ProductLed, EquityPower,
		[]Role{RoleHost, RoleSource, RoleTransact}, BasisReported,
		[]string{"product", "engineering", "support", "marketing", "sales", "community"}},
	{Reseller, "sell through", "sell-through reseller", []Audience{Buyers}, AccountLed, EquityReach,
		[]Role{RoleSource, RoleTransact}, BasisReported, []string{"partner-sales", "enablement"}},
	{Distributor, "sell to", "sell-to distributor", []Audience{Buyers}, AccountLed, EquityDepth,
		[]Role{RoleTransact}, "inferred", []string{"partner-sales", "technical-transfer"}},
	{Integrator, "sell with", "sell-with integrator", []Audience{Buyers}, AccountLed, EquityPower,
		[]Role{RoleSource, RoleDeliver}, BasisReported,
		[]string{"sales", "customer-success", "professional-services"}},
	{Referral, "refer", "referral partner", []Audience{Buyers}, AccountLed, EquityReach,
		[]Role{RoleSource}, BasisReported, []string{"partner-sales"}},
}
