// Package exposure turns the lists of an ecosystem into the one table from
// which every other figure follows: each distinct set of touches with the
// number of members that have exactly that set.
//
// It is the only room of the analysis that reads files, through package list.
package exposure

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

// Touch is a seller at a member: what it does there, with which product, and
// how far it has come. Touches that are equal in all of it are one.
type Touch struct {
	Seller   int            // index in Exposure.Sellers
	Roles    Roles          // what the seller does there
	Product  string         // product id; empty where the row names none: all of its partner's
	Status   graph.Status   // one of the four
	Audience graph.Audience // whom the row is about
	ByName   bool           // the row joined its account by a bare name: low confidence
	With     []int          // sellers on the same deal there, ascending
	Apart    []int          // sellers there whose time does not meet this one's, ascending
}

// Reaches reports whether the touch is reach: all but a target is.
func (t *Touch) Reaches() bool { return t.Status != graph.Target }

// Mark says of a member something that is not reach, on the day of the
// exposure: that it is a named account, say, or that a seller has a live deal.
type Mark struct {
	Kind    MarkKind `json:"kind"`
	Subject string   `json:"subject"` // seller, owner or territory ids; several joined by "+"
	Product string   `json:"product"` // id; of renewals that name one, else empty
}

// MarkKind tells what a mark says.
type MarkKind string

// The kinds of mark.
const (
	MarkNamed        MarkKind = "named-account" // on the list of accounts kept for direct sales
	MarkTerritory    MarkKind = "territory"     // in a declared territory
	MarkDeal         MarkKind = "deal"          // the seller has a live deal there
	MarkRegistration MarkKind = "registration"  // the seller holds a live registration
	MarkOffer        MarkKind = "offer"         // an unexpired offer of the seller
	MarkRenewal      MarkKind = "renewal"       // the seller has a renewal in the window
	MarkHandoff      MarkKind = "handoff"       // handed from one seller to another
	MarkTeaming      MarkKind = "teaming"       // the sellers are teamed there
	MarkExempt       MarkKind = "exempt"        // left out of a term: see ClauseID
	MarkUsers        MarkKind = "active-users"  // policy.min_users or more persons on a direct-user channel
	MarkOwner        MarkKind = "owner"         // of accounts with MarkUsers: somebody of ours looks after it
)

// Set is a distinct set of touches and marks with the members that have exactly
// these.
type Set struct {
	Touches []int // indexes in Table.Touches, ascending
	Marks   []int // indexes in Table.Marks, ascending
	Members int64
	// Value is the sum over the members that have a value of their own, and
	// Valued their number. Unit: the ecosystem's currency a year.
	Value  decimal.Decimal
	Valued int64
	// Amounts are summed over the members, one for each of Touches.
	Amounts []decimal.Decimal
}

// Cell holds the sets of the members of one segment, or, with Segment -1, of
// those whose segment is not known.
type Cell struct {
	Segment int // index in Ecosystem.Segments, or -1
	Sets    []Set
}

// Table is the exposure of one audience. Its order depends on the input alone:
// touches and marks in the order of their text, cells in the order of segments,
// unassigned last, sets by their touches.
type Table struct {
	Audience graph.Audience
	Touches  []Touch
	Marks    []Mark
	Cells    []Cell
}

// Members is the number of members of the table, reached or only known.
func (t *Table) Members() int64 {
	var n int64
	for _, c := range t.Cells {
		for _, s := range c.Sets {
			n += s.Members
		}
	}
	return n
}

// Cell returns the sets of a segment, nil where it has none.
func (t *Table) Cell(segment int) *Cell {
	for i := range t.Cells {
		if t.Cells[i].Segment == segment {
			return &t.Cells[i]
		}
	}
	return nil
}

// Roles is a set of roles.
type Roles uint8

// roleBits is the order of the bits of Roles.
var roleBits = []graph.Role{
	graph.RoleSource, graph.RoleTransact, graph.RoleDeliver, graph.RoleEmbed, graph.RoleHost,
}

// RolesOf returns the set of the given roles.
func RolesOf(roles ...graph.Role) Roles {
	var s Roles
	for i, b := range roleBits {
		for _, r := range roles {
			if r == b {
				s |= 1 << i
			}
		}
	}
	return s
}

// Has reports whether the set holds the role.
func (s Roles) Has(r graph.Role) bool { return s&RolesOf(r) != 0 }

// List returns the roles in their fixed order.
func (s Roles) List() []graph.Role {
	var out []graph.Role
	for i, b := range roleBits {
		if s&(1<<i) != 0 {
			out = append(out, b)
		}
	}
	return out
}

// String writes the roles as words, comma-separated.
func (s Roles) String() string {
	words := make([]string, 0, len(roleBits))
	for _, r := range s.List() {
		words = append(words, string(r))
	}
	return strings.Join(words, ", ")
}
