// Package conflict holds the rule that tells conflict from complement, and the
// findings that are built on it.
//
// Channels are made of tasks, so two sellers are compared by what they do at a
// member, not by the fact that both touch it (Moriarty and Moran, Managing
// Hybrid Marketing Systems, HBR 1990). [Rule] is the only place that decides.
package conflict

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// Relation is how two touches of different sellers at one member stand to each
// other.
type Relation string

// The relations, worst first.
const (
	// Live conflict: they compete, and both are customer or open.
	Live Relation = "live-conflict"
	// CouldCollide: they compete, and at least one side is not customer or open;
	// or a marketplace and another seller on the paper that have no deal in common.
	CouldCollide Relation = "could-collide"
	// Contention: they share a role that several parties can have, such as deliver.
	Contention Relation = "contention"
	// Unteamed: their roles are disjoint, and no record says that they work together.
	Unteamed Relation = "complementary-unteamed"
	// Split: one reaches users and the other buyers of the account.
	Split Relation = "user-buyer-split"
	// Teamed: their roles are disjoint, and a teaming record holds.
	Teamed Relation = "complementary-teamed"
	// SameDeal: both are parties to one deal.
	SameDeal Relation = "same-deal"
	// Supply: one supplies the other, and sells to it rather than past it.
	Supply Relation = "supply"
	// Opening: our target is served by the partner, which is a reason to sign.
	Opening Relation = "opening"
	// Unrelated: another product, another time, or a mere target on one side.
	Unrelated Relation = "unrelated"
)

// Relations lists all relations, worst first.
var Relations = []Relation{
	Live, CouldCollide, Contention, Unteamed, Split, Teamed, SameDeal, Supply, Opening, Unrelated,
}

// Competes reports whether the relation is a conflict, live or possible.
func (r Relation) Competes() bool { return r == Live || r == CouldCollide }

// Confuses reports whether the member is reached twice, without conflict and
// without a rule that says which pathway serves it.
func (r Relation) Confuses() bool { return r == Contention || r == Unteamed || r == Split }

// Worse reports whether r is worse than s.
func (r Relation) Worse(s Relation) bool { return r.rank() < s.rank() }

// rank is the place in Relations.
func (r Relation) rank() int { return slices.Index(Relations, r) }

// Pattern is the shape in the graph of two sellers that meet.
type Pattern string

// The patterns of two sellers.
const (
	DirectPartner Pattern = "direct-against-partner" // the vendor's own channel and a partner
	SameKind      Pattern = "same-kind-partners"     // horizontal
	CrossKind     Pattern = "cross-kind-channels"    // multichannel
	Bypass        Pattern = "tier-bypass"            // a supplier past the one it supplies
	OwnChannels   Pattern = "own-channels"           // two channels of the vendor's own
)

// Rule decides how touches of one ecosystem stand to each other. It is
// immutable and safe for concurrent use.
type Rule struct {
	eco       *graph.Ecosystem
	sellers   []graph.Seller
	single    exposure.Roles // roles that only one party can have on a deal
	suppliers []map[int]bool // by partner: the partners upstream of it
}

// NewRule returns the rule for the sellers of an ecosystem. Under the policy
// `credit: one-source` source is a single-owner role beside transact.
func NewRule(eco *graph.Ecosystem, sellers []graph.Seller) *Rule {
	r := &Rule{eco: eco, sellers: sellers, single: exposure.RolesOf(graph.RoleTransact, graph.RoleSource)}
	if eco.Policy.Credit == "shared" {
		r.single = exposure.RolesOf(graph.RoleTransact)
	}
	r.suppliers = suppliers(eco)
	return r
}

// Relate compares two touches of different sellers at one member. teamed says
// that a teaming record of the two holds there.
func (r *Rule) Relate(t, u *exposure.Touch, teamed bool) Relation {
	if !t.Reaches() || !u.Reaches() {
		return r.known(t, u)
	}
	if OneDeal(t, u) {
		return SameDeal
	}
	if t.Audience != u.Audience {
		return Split
	}
	if apart(t, u) || !r.productsMeet(t, u) {
		return Unrelated
	}
	if r.soldOn(t) || r.soldOn(u) {
		return Supply
	}
	if r.supplies(t, u) || r.supplies(u, t) {
		return r.relateTiers(t, u)
	}
	return r.relateRoles(t, u, teamed)
}

// known relates touches of which at least one is a target: it is no reach, and
// only our target at a partner's relationship says something.
func (r *Rule) known(t, u *exposure.Touch) Relation {
	if r.opening(t, u) || r.opening(u, t) {
		return Opening
	}
	return Unrelated
}

// opening reports whether theirs, which we know of one of the two as a mere target,
// is a relationship: then the target is ours.
func (r *Rule) opening(ours, theirs *exposure.Touch) bool {
	return r.direct(ours) && theirs.Status == graph.Relationship && !r.direct(theirs)
}

// relateTiers relates a supplier and one it supplies. A supplier sells to the
// tier below, so its relationship is no rivalry; its own customer or deal that
// does not name the tier below bypasses it.
func (r *Rule) relateTiers(t, u *exposure.Touch) Relation {
	upper, lower := t, u
	if r.supplies(u, t) {
		upper, lower = u, t
	}
	switch {
	case !active(upper):
		return Supply
	case active(lower):
		return Live
	default:
		return CouldCollide
	}
}

// soldOn reports whether the touch is a supplier's sale to a tier below that it
// names: what reaches the member is the tier below, and rivalry is with that.
func (r *Rule) soldOn(t *exposure.Touch) bool {
	return slices.ContainsFunc(t.With, func(p int) bool { return r.Supplies(t.Seller, p) })
}

func (r *Rule) relateRoles(t, u *exposure.Touch, teamed bool) Relation {
	shared := t.Roles & u.Roles
	switch {
	case shared&r.single != 0:
		if active(t) && active(u) && !r.pathwayToAgree(t, u) {
			return Live
		}
		return CouldCollide
	case shared != 0:
		return Contention
	case teamed:
		return Teamed
	default:
		return Unteamed
	}
}

// pathwayToAgree reports whether the two may well be on one paper: a private
// offer is sold by the field, a reseller or a distributor through a
// marketplace. Without a deal in common that is never a live conflict.
func (r *Rule) pathwayToAgree(t, u *exposure.Touch) bool {
	a, b := r.kind(t), r.kind(u)
	return a == graph.Marketplace && sellsThrough(b) || b == graph.Marketplace && sellsThrough(a)
}

func sellsThrough(k graph.Kind) bool {
	return k.Direct() || k == graph.Reseller || k == graph.Distributor
}

// active reports whether the touch is a sale made or under way.
func active(t *exposure.Touch) bool { return t.Status == graph.Customer || t.Status == graph.Open }

// OneDeal reports whether two touches at a member are parties to one deal.
func OneDeal(t, u *exposure.Touch) bool {
	return slices.Contains(t.With, u.Seller) || slices.Contains(u.With, t.Seller)
}

func apart(t, u *exposure.Touch) bool {
	return slices.Contains(t.Apart, u.Seller) || slices.Contains(u.Apart, t.Seller)
}

func (r *Rule) kind(t *exposure.Touch) graph.Kind { return r.eco.Kind(r.sellers[t.Seller]) }

func (r *Rule) direct(t *exposure.Touch) bool { return r.kind(t).Direct() }

// productsMeet reports whether the touches can be about the same product. A
// touch without one has all of its partner's; a seller without any has all.
func (r *Rule) productsMeet(t, u *exposure.Touch) bool {
	a, b := r.products(t), r.products(u)
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(p string) bool { return slices.Contains(b, p) })
}

func (r *Rule) products(t *exposure.Touch) []string {
	if t.Product != "" {
		return []string{t.Product}
	}
	if p := r.sellers[t.Seller].Partner; p >= 0 {
		return r.eco.Partners[p].Products
	}
	return nil
}

// Confident reports whether the relation of the two rests on firm ground: both
// joined their account by more than a bare name, and the product is known where
// there are several.
func (r *Rule) Confident(t, u *exposure.Touch) bool {
	if t.ByName || u.ByName {
		return false
	}
	return len(r.eco.Products) <= 1 || len(r.products(t)) > 0 || len(r.products(u)) > 0
}

// Pattern tells the shape of two sellers: the first that applies of tier
// bypass, own channels, direct against partner, same kind and cross-kind.
func (r *Rule) Pattern(p, q int) Pattern {
	a, b := r.eco.Kind(r.sellers[p]), r.eco.Kind(r.sellers[q])
	switch {
	case r.Supplies(p, q) || r.Supplies(q, p):
		return Bypass
	case a.Direct() && b.Direct():
		return OwnChannels
	case a.Direct() || b.Direct():
		return DirectPartner
	case a == b:
		return SameKind
	default:
		return CrossKind
	}
}

func (r *Rule) supplies(t, u *exposure.Touch) bool { return r.Supplies(t.Seller, u.Seller) }

// Supplies reports whether seller p's partner is upstream of seller q's.
func (r *Rule) Supplies(p, q int) bool {
	up, down := r.sellers[p].Partner, r.sellers[q].Partner
	return down >= 0 && r.suppliers[down][up] // our own channels are number -1, and supply nobody
}

// suppliers gives, for each partner, all partners upstream of it. Supply has no
// cycles, and each partner is expanded once.
func suppliers(eco *graph.Ecosystem) []map[int]bool {
	number := make(map[string]int, len(eco.Partners))
	for i, p := range eco.Partners {
		number[p.ID] = i
	}
	all := make([]map[int]bool, len(eco.Partners))
	for i := range eco.Partners {
		all[i] = upstream(eco, number, i)
	}
	return all
}

func upstream(eco *graph.Ecosystem, number map[string]int, start int) map[int]bool {
	seen := map[int]bool{}
	next := []int{start}
	for len(next) > 0 {
		p := next[len(next)-1]
		next = next[:len(next)-1]
		for _, s := range eco.Partners[p].SuppliedBy {
			if up, ok := number[s.From]; ok && !seen[up] {
				seen[up] = true
				next = append(next, up)
			}
		}
	}
	return seen
}
