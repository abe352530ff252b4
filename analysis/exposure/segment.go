package exposure

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// segmenter tells the segments of rows. It belongs to one reader: it remembers
// the cells it has seen.
type segmenter struct {
	names    *catalogue
	segments []graph.Segment
	rules    [][]condition // by segment
	folded   map[string]string
}

// condition is one line of a segment's `match`: any of the texts or ranges.
type condition struct {
	key    list.Key
	texts  map[string]bool // folded
	ranges [][2]float64
}

func newSegmenter(c *catalogue) *segmenter {
	s := &segmenter{names: c, segments: c.eco.Segments, rules: make([][]condition, len(c.eco.Segments)), folded: map[string]string{}}
	for i, seg := range s.segments {
		for _, word := range slices.Sorted(maps.Keys(seg.Match)) {
			if key, ok := list.ParseKey(word); ok {
				s.rules[i] = append(s.rules[i], newCondition(key, seg.Match[word]))
			}
		}
	}
	return s
}

func newCondition(key list.Key, wanted []string) condition {
	c := condition{key: key, texts: map[string]bool{}}
	for _, w := range wanted {
		if low, high, ok := numberRange(w); ok {
			c.ranges = append(c.ranges, [2]float64{low, high})
		} else {
			c.texts[identity.FoldSpelling(w)] = true
		}
	}
	return c
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

// of tells the segment of a row among those of its audience: the one the list
// names, the one the row names, the first whose `match` fits the row, or the
// only one there is unless the row contradicts it; -1 where none of it tells.
func (s *segmenter) of(row *list.Row, listed string, audience graph.Audience) int {
	for _, text := range []string{listed, row.Get(list.Segment)} {
		if i := s.named(text); i >= 0 && s.segments[i].Audience == audience {
			return i
		}
	}
	only, count := -1, 0
	for i := range s.segments {
		if s.segments[i].Audience != audience {
			continue
		}
		fits, contradicts := s.match(row, s.rules[i])
		if fits && len(s.rules[i]) > 0 {
			return i
		}
		if !contradicts {
			only = i
		}
		count++
	}
	if count == 1 {
		return only
	}
	return -1
}

// named finds a segment by id or name.
func (s *segmenter) named(text string) int {
	if text == "" {
		return -1
	}
	if i, ok := s.names.segments[text]; ok {
		return i
	}
	if i, ok := s.names.segments[s.fold(text)]; ok {
		return i
	}
	return -1
}

// fold is the spelling of a cell as it is compared. Cells of the columns that
// tell segments repeat.
func (s *segmenter) fold(text string) string {
	folded, ok := s.folded[text]
	if !ok {
		folded = identity.FoldSpelling(text)
		if len(s.folded) < mostFolded {
			s.folded[text] = folded
		}
	}
	return folded
}

// mostFolded bounds what a segmenter remembers.
const mostFolded = 4096

// match reports whether the row fits every condition, and whether it says
// something that a condition rules out.
func (s *segmenter) match(row *list.Row, rule []condition) (fits, contradicts bool) {
	fits = true
	for i := range rule {
		if s.fits(row, &rule[i]) {
			continue
		}
		fits = false
		contradicts = contradicts || row.Get(rule[i].key) != ""
	}
	return fits, contradicts
}

func (s *segmenter) fits(row *list.Row, c *condition) bool {
	cell := row.Get(c.key)
	if cell == "" {
		return false
	}
	if len(c.texts) > 0 && c.texts[s.fold(cell)] {
		return true
	}
	if len(c.ranges) == 0 {
		return false
	}
	n, err := row.Number(c.key)
	return err == nil && slices.ContainsFunc(c.ranges, func(r [2]float64) bool {
		return r[0] <= n.InexactFloat64() && n.InexactFloat64() <= r[1]
	})
}
