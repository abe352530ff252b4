package analysis

import (
	"regexp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph/list"
)

// placesShown is how many places a notice shows.
const placesShown = 5

// unlistedDeals reports deals on accounts that no list has. It needs
// exposure.Options.Keep.
func (s *Study) unlistedDeals() []list.Notice {
	n := list.Notice{Code: "unlisted-account", Text: "the account of a deal is in no list; the deal counts for that account alone"}
	for i := range s.Exposure.Records.All {
		r := &s.Exposure.Records.All[i]
		if r.Shape != list.Deals || r.Account.IsZero() {
			continue
		}
		if at, listed := s.Exposure.At(r.Account); listed || at.Table == nil {
			continue
		}
		if n.Count++; len(n.Places) < placesShown {
			n.Places = append(n.Places, r.Place)
		}
	}
	if n.Count == 0 {
		return nil
	}
	return []list.Notice{n}
}

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
