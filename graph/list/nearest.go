package list

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// didYouMean returns the clause that names the candidate nearest to a word, or
// nothing where none is near.
func didYouMean(word string, candidates []string) string {
	best, bestDistance := "", 1+max(1, utf8.RuneCountInString(word)/3)
	for _, c := range candidates {
		if d := distance(fold(word), fold(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance counts the letters to insert, delete, replace or swap with a
// neighbour that make one word of another (optimal string alignment). Words of
// more than 100 letters are far from everything.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s) > 100 || len(t) > 100 {
		return 100
	}
	var before []int
	prev := make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range s {
		row := make([]int, len(t)+1)
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(prev[j]+cost, prev[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, prev = prev, row
	}
	return prev[len(t)]
}

// maxNamed is how many names an error lists.
const maxNamed = 20

// named lists names for an error: quoted where they need it, not too many, not
// too long.
func named(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	var out []string
	for _, n := range names[:min(len(names), maxNamed)] {
		out = append(out, shorten(n))
	}
	text := strings.Join(out, ", ")
	if more := len(names) - maxNamed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// maxShown is how many letters of a cell a message shows.
const maxShown = 60

// shorten makes a cell fit a message: one line, no control characters, and no
// e-mail address, which messages never show.
func shorten(s string) string {
	if i := strings.IndexByte(s, '@'); i > 0 {
		s = "(an e-mail address)" + s[i:]
	}
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	if utf8.RuneCountInString(s) > maxShown {
		return string([]rune(s)[:maxShown]) + "…"
	}
	return s
}

func printable(r rune) rune {
	if r < 0x20 || r == 0x7f {
		return ' '
	}
	return r
}
