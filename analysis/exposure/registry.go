package exposure

import (
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// registry numbers the distinct touches and the members of a pass, so that
// counting compares numbers. It does not change while tables are counted.
type registry struct {
	touches []Touch
	number  map[touchKey]int
	byName  map[int]int // the same touch where the account was told by a bare name
	members map[identity.Key]int
}

// newRegistry makes one with room for about so many members.
func newRegistry(members int) *registry {
	return &registry{number: map[touchKey]int{}, byName: map[int]int{}, members: make(map[identity.Key]int, members)}
}

// touchKey is a touch in a form that can be compared.
type touchKey struct {
	seller   int
	roles    Roles
	byName   bool
	product  string
	status   graph.Status
	audience graph.Audience
	parties  string // With and Apart, written out
}

// touch numbers the touch of an entry, leaving open how its account was told:
// that is settled for the member once all its rows are in.
func (r *registry) touch(e *entry) int {
	t := Touch{
		Seller: e.seller, Roles: e.roles, Product: e.product, Status: e.status, Audience: e.audience, With: e.with, Apart: e.apart,
	}
	n := r.intern(t)
	if _, ok := r.byName[n]; e.byName && !ok {
		t.ByName = true
		r.byName[n] = r.intern(t)
	}
	return n
}

func (r *registry) intern(t Touch) int {
	key := touchKey{t.Seller, t.Roles, t.ByName, t.Product, t.Status, t.Audience, ""}
	if len(t.With) > 0 || len(t.Apart) > 0 {
		key.parties = fmt.Sprint(t.With, t.Apart)
	}
	n, ok := r.number[key]
	if !ok {
		n = len(r.touches)
		r.number[key] = n
		r.touches = append(r.touches, t)
	}
	return n
}

// told is the touch as it stands at a member: firm, or by a bare name alone.
func (r *registry) told(touch int, firm bool) int {
	if firm {
		return touch
	}
	return r.byName[touch]
}

// member numbers a member.
func (r *registry) member(k identity.Key) int {
	n, ok := r.members[k]
	if !ok {
		n = len(r.members)
		r.members[k] = n
	}
	return n
}

// sorted takes the touches of another registry in their order, and returns their
// numbers here. It must have none yet.
func (r *registry) sorted(of *registry) (fresh []int) {
	order := make([]int, len(of.touches))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareTouches(&of.touches[a], &of.touches[b]) })
	fresh = make([]int, len(order))
	for _, i := range order {
		fresh[i] = r.intern(of.touches[i])
	}
	for touch, byName := range of.byName {
		r.byName[fresh[touch]] = fresh[byName]
	}
	return fresh
}
