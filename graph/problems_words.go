package graph

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// quote writes a value of the input for a message: control characters escaped,
// long values cut.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// choices names the words that a value may be.
func choices(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return quote(words[0])
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// didYouMean suggests the known word nearest to a written one, or says nothing
// where none is near.
func didYouMean(written string, known []string) string {
	if w := nearest(written, known); w != "" {
		return fmt.Sprintf("did you mean %s?", quote(w))
	}
	return ""
}

// nearest returns the known word with the smallest edit distance from a written
// one, the first in the alphabet of several. Where more than a third of the letters
// would have to change it falls back on a word that begins so, or nothing.
func nearest(written string, known []string) string {
	const longest = 64
	w := []rune(strings.ToLower(written))
	if len(w) == 0 || len(w) > longest {
		return ""
	}
	best, at := "", max(1, len(w)/3)+1
	for _, k := range known {
		r := []rune(strings.ToLower(k))
		if len(r) > longest || len(r)-len(w) >= at || len(w)-len(r) >= at {
			continue
		}
		if d := distance(w, r); d < at || d == at && best != "" && k < best {
			best, at = k, d
		}
	}
	if best == "" && len(w) >= 3 {
		return startingWith(written, known)
	}
	return best
}

// startingWith returns the first of the known words that a written one begins:
// "mid" for "mid-market-it".
func startingWith(written string, known []string) string {
	for _, k := range known {
		if strings.HasPrefix(k, written) {
			return k
		}
	}
	return ""
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour to turn a into b (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
