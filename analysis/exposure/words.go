package exposure

import (
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// parseRoles reads the roles that a cell names, separated by comma, semicolon,
// bar or space; 0 where a word is none.
func parseRoles(text string) Roles {
	var roles Roles
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return strings.ContainsRune(",;|/ ", r)
	})
	for _, w := range words {
		one := RolesOf(graph.Role(w))
		if one == 0 {
			return 0
		}
		roles |= one
	}
	return roles
}

// freePlan reports whether a plan is one that nobody pays for.
func freePlan(plan string) bool {
	switch strings.ToLower(strings.TrimSpace(plan)) {
	case "free", "trial", "freemium", "free trial", "hobby", "community":
		return true
	}
	return false
}

func equalFold(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
