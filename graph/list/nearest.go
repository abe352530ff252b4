package list

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/graph"
)

// didYouMean returns the clause that names the candidate nearest to a word, or
// nothing where none is near.
func didYouMean(word string, candidates []string) string {
	if near := graph.Nearest(word, candidates); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
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
