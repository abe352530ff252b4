package exposure

import (
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// segmentOf tells the segment of a row among those of its audience: the one the
// list names, the one the row names, the first whose `match` fits the row, or
// the only one there is unless the row contradicts it; -1 where none of it tells.
func (r *rowReader) segmentOf(row *list.Row, audience graph.Audience) int {
	segments := r.p.eco.Segments
	for _, text := range []string{r.spec.Segment, row.Get(list.Segment)} {
		if i := r.p.names.segment(text); i >= 0 && segments[i].Audience == audience {
			return i
		}
	}
	only, count := -1, 0
	for i := range segments {
		if segments[i].Audience != audience {
			continue
		}
		if matches(row, segments[i].Match) {
			return i
		}
		if !contradicts(row, segments[i].Match) {
			only = i
		}
		count++
	}
	if count == 1 {
		return only
	}
	return -1
}

// matches reports whether the row fits every condition; no conditions fit none.
func matches(row *list.Row, match map[string][]string) bool {
	if len(match) == 0 {
		return false
	}
	for word, wanted := range match {
		key, ok := list.ParseKey(word)
		if !ok || !fitsAny(row, key, wanted) {
			return false
		}
	}
	return true
}

// contradicts reports whether the row says something that a condition rules out.
func contradicts(row *list.Row, match map[string][]string) bool {
	for word, wanted := range match {
		if key, ok := list.ParseKey(word); ok && row.Get(key) != "" && !fitsAny(row, key, wanted) {
			return true
		}
	}
	return false
}

func fitsAny(row *list.Row, key list.Key, wanted []string) bool {
	for _, w := range wanted {
		if low, high, ok := numberRange(w); ok {
			n, err := row.Number(key)
			if err == nil && row.Get(key) != "" && low <= n.InexactFloat64() && n.InexactFloat64() <= high {
				return true
			}
		} else if identity.FoldSpelling(w) == identity.FoldSpelling(row.Get(key)) && row.Get(key) != "" {
			return true
		}
	}
	return false
}

// numberRange reads "200..1999".
func numberRange(s string) (low, high float64, ok bool) {
	a, b, found := strings.Cut(s, "..")
	if !found {
		return 0, 0, false
	}
	low, errLow := strconv.ParseFloat(strings.TrimSpace(a), 64)
	high, errHigh := strconv.ParseFloat(strings.TrimSpace(b), 64)
	return low, high, errLow == nil && errHigh == nil
}
