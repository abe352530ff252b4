package exposure

import "strings"

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
