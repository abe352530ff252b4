package analysis

import (
	"regexp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph/list"
)

// Unnamed writes notices for reports that name no accounts: what they quote of one
// is left out, and their places still tell the row.
func Unnamed(notices []list.Notice) []list.Notice {
	out := slices.Clone(notices)
	for i := range out {
		if namesAccounts(out[i].Code) {
			out[i].Text = quoted.ReplaceAllString(out[i].Text, `"…"`)
		}
	}
	return out
}

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// namesAccounts reports whether notices of a code quote names or keys of accounts.
func namesAccounts(code string) bool {
	return code == "unknown-account" || slices.ContainsFunc([]string{"alias-", "parent-", "additional-"}, func(of string) bool {
		return strings.HasPrefix(code, of)
	})
}
