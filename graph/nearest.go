package graph

import "strings"

// Nearest returns the known word with the smallest edit distance from a written
// one, the first in the alphabet of several; case does not count. Where more than
// a third of the letters would have to change it falls back on a word that begins
// so, and where there is none it returns nothing. Words of more than 100 letters
// are near to none, so that each of the known ones costs a bounded time.
func Nearest(written string, known []string) string {
	const longest = 100
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

// startingWith returns the first of the known words that a written one begins,
// in whatever case: "mid" for "mid-market-it".
func startingWith(written string, known []string) string {
	written = strings.ToLower(written)
	for _, k := range known {
		if strings.HasPrefix(strings.ToLower(k), written) {
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
