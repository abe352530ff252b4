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
	if w := Nearest(written, known); w != "" {
		return fmt.Sprintf("did you mean %s?", quote(w))
	}
	return ""
}
