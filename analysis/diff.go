package analysis

import (
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Diff is what changed between two snapshots of one vendor: first how the figures
// moved and why, then everything that may be behind it.
type Diff struct {
	From        DiffSide           `json:"from"`
	To          DiffSide           `json:"to"`
	Same        bool               `json:"same"`  // nothing changed
	Notes       []string           `json:"notes"` // what makes the two hard to compare
	NDA         []string           `json:"nda"`
	Currency    string             `json:"currency"`
	Audiences   []AudienceDiff     `json:"audiences"`
	Partners    []PartnerChange    `json:"partners"`
	Lists       []ListChange       `json:"lists"`
	Definitions []DefinitionChange `json:"definitions"`
	Findings    []FindingChange    `json:"findings"`
	// ListsUnchanged and FindingsUnchanged count those that are as they were.
	ListsUnchanged    int `json:"lists_unchanged"`
	FindingsUnchanged int `json:"findings_unchanged"`
}

// DiffSide is one of the two that are compared.
type DiffSide struct {
	Name   string `json:"name"` // as the user named it
	Vendor string `json:"vendor"`
	AsOf   string `json:"as_of"`
}

// Movement is a figure before and after. By is the difference of the best
// estimates.
type Movement struct {
	From *figure.Figure `json:"from"` // null where there was none
	To   *figure.Figure `json:"to"`
	By   float64        `json:"by"`
}

// Moved reports whether the figure, or a limit of it, is another.
func (m Movement) Moved() bool {
	if m.From == nil || m.To == nil {
		return m.From != m.To
	}
	return m.From.Low != m.To.Low || m.From.Best != m.To.Best || m.From.High != m.To.High
}

// AudienceDiff is how the figures of an audience moved, in members.
type AudienceDiff struct {
	Audience    graph.Audience  `json:"audience"`
	Addressable Movement        `json:"addressable"`
	Gross       Movement        `json:"gross"`
	Net         Movement        `json:"net"`
	Duplicated  Movement        `json:"duplicated"`
	Coverage    Movement        `json:"coverage"`
	Unresolved  Movement        `json:"unresolved"`
	Live        Movement        `json:"live_conflict"`
	Collide     Movement        `json:"could_collide"`
	Cause       Cause           `json:"cause"`    // of the movement of net
	Segments    []SegmentChange `json:"segments"` // whose net moved
	Channels    []SellerChange  `json:"channels"` // whose reach moved
	Sellers     []SellerChange  `json:"sellers"`  // whose reach, or what they alone reach, moved
}

// Measures lists the movements with their names, in the order of the report.
func (a *AudienceDiff) Measures() []NamedMovement {
	return []NamedMovement{
		{"addressable", a.Addressable}, {"gross", a.Gross}, {"net", a.Net}, {"duplicated", a.Duplicated}, {"coverage", a.Coverage},
		{"unresolved", a.Unresolved}, {"live_conflict", a.Live}, {"could_collide", a.Collide},
	}
}

// NamedMovement is a movement with the name that it has in JSON.
type NamedMovement struct {
	Name string
	Movement
}

// SegmentChange is how the reach of a segment moved.
type SegmentChange struct {
	ID   string   `json:"id"`
	Name string   `json:"name"`
	Net  Movement `json:"net"`
}

// SellerChange is how the reach of a seller, or of a channel, moved.
type SellerChange struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Reach       Movement `json:"reach"`
	OnlyThrough Movement `json:"only_through"`
	Booked      *Sum     `json:"booked"` // by how much; null where it did not move, or the currency did
}

// ChangeKind says what became of something.
type ChangeKind string

// What becomes of partners, lists, definitions and findings.
const (
	Added      ChangeKind = "added"       // partners, lists, definitions
	Removed    ChangeKind = "removed"     // the same
	SignedUp   ChangeKind = "signed"      // a candidate before
	BeganSales ChangeKind = "activated"   // signed before, works now
	EndedSales ChangeKind = "ended"       // a partner that ended
	OtherStage ChangeKind = "other-stage" // any other change of stage
	Appeared   ChangeKind = "appeared"    // a partner that only lists name
	Vanished   ChangeKind = "vanished"    // the same
	Refreshed  ChangeKind = "refreshed"   // a list of other bytes
	LeftOut    ChangeKind = "left-out"    // a list that is not read any more, because it must be destroyed
	ReadAgain  ChangeKind = "read-again"  // one that was not read for that before
	Changed    ChangeKind = "changed"     // a definition; a finding with other figures
	Came       ChangeKind = "came"        // findings
	Went       ChangeKind = "went"
	Agreed     ChangeKind = "accepted"
	Lapse      ChangeKind = "lapsed"    // the agreement ended
	Withdrawn  ChangeKind = "withdrawn" // the agreement was taken back
	TookEffect ChangeKind = "in-effect" // told before what signing would add
)

// PartnerChange is a partner that is at another stage, new or gone.
type PartnerChange struct {
	Kind  ChangeKind  `json:"kind"`
	ID    string      `json:"id"`
	Name  string      `json:"name"`
	Of    graph.Kind  `json:"pathway"`
	From  graph.Stage `json:"from"`  // empty where it is new
	To    graph.Stage `json:"to"`    // empty where it is gone
	Sales bool        `json:"sales"` // whether it sells today is another, and so who counts
}

// ListChange is a list, or a file of records, that is new, gone or of other bytes.
type ListChange struct {
	Kind  ChangeKind    `json:"kind"`
	ID    string        `json:"id"`
	Shape string        `json:"shape"` // list, or what the records are
	From  *SnapshotList `json:"from"`  // null where it is new
	To    *SnapshotList `json:"to"`    // null where it is gone
}

// DefinitionChange is a definition that is new, gone or says something else.
type DefinitionChange struct {
	Kind    ChangeKind `json:"kind"`
	Of      string     `json:"of"` // segment, list, policy and so on
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Reach   bool       `json:"reach"`   // net reach can rest on it
	Dropped []string   `json:"dropped"` // what it no longer says
	Gained  []string   `json:"gained"`  // what it says now
}

// FindingChange is a finding that came, went, was agreed to or has other figures.
type FindingChange struct {
	Kind ChangeKind       `json:"kind"`
	ID   string           `json:"id"`
	Good bool             `json:"good"` // a chance, and no problem
	From *SnapshotFinding `json:"from"` // null where it came
	To   *SnapshotFinding `json:"to"`   // null where it went
}

// Side is one of the two that are compared.
type Side struct {
	Name     string
	Snapshot *Snapshot
	// Ecosystem is what the snapshot was taken of, as it was read; nil where only
	// the snapshot is there. Options are those with which it was counted.
	Ecosystem *graph.Ecosystem
	Options   Options
}

// Compare tells what changed from a to b, and why net reach moved as far as the
// two snapshots can tell. Cost: linear in what they hold.
func Compare(a, b Side) *Diff {
	x, y := a.Snapshot, b.Snapshot
	d := &Diff{
		From: DiffSide{a.Name, x.Vendor, x.AsOf}, To: DiffSide{b.Name, y.Vendor, y.AsOf}, Currency: y.Currency,
		NDA: slices.Compact(slices.Sorted(slices.Values(slices.Concat(x.NDA, y.NDA)))), Notes: diffNotes(x, y),
		Audiences: []AudienceDiff{}, Partners: partnerChanges(x, y),
	}
	d.compareLists(x, y)
	d.Definitions = definitionChanges(x, y)
	d.compareFindings(x, y)
	for _, audience := range []graph.Audience{graph.Users, graph.Buyers, graph.Accounts} {
		if p, q := audienceOf(x, audience), audienceOf(y, audience); p != nil || q != nil {
			d.Audiences = append(d.Audiences, compareAudiences(x, y, p, q))
		}
	}
	d.attribute()
	d.Same = d.nothing()
	return d
}

// diffNotes say what makes two snapshots hard to compare.
func diffNotes(x, y *Snapshot) []string {
	notes := []string{}
	if x.Vendor != y.Vendor {
		notes = append(notes, fmt.Sprintf("Two vendors are compared: %s and %s.", x.Vendor, y.Vendor))
	}
	if x.AsOf != y.AsOf {
		way := "windows opened and closed in between"
		if x.AsOf > y.AsOf {
			way = "the first is the later one, so what came is told as gone"
		}
		notes = append(notes, fmt.Sprintf("The day moved from %s to %s: %s.", x.AsOf, y.AsOf, way))
	}
	if x.Currency != y.Currency {
		notes = append(notes, fmt.Sprintf("Money is in %s before and in %s after, and is not compared.", currencyWord(x.Currency), currencyWord(y.Currency)))
	}
	return notes
}

func currencyWord(c string) string {
	if c == "" {
		return "no currency"
	}
	return c
}

// nothing reports whether nothing changed.
func (d *Diff) nothing() bool {
	return len(d.Notes)+len(d.Partners)+len(d.Lists)+len(d.Definitions)+len(d.Findings) == 0 &&
		!slices.ContainsFunc(d.Audiences, func(a AudienceDiff) bool { return a.moved() })
}

func (a *AudienceDiff) moved() bool {
	return len(a.Segments)+len(a.Channels)+len(a.Sellers) > 0 ||
		slices.ContainsFunc(a.Measures(), func(m NamedMovement) bool { return m.Moved() })
}
