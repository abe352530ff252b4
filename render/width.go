package render

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// emojiStyle is the variation selector that asks for the wide, coloured look of
// the character before it.
const emojiStyle = 0xFE0F

// displayWidth is the number of columns of a terminal that a text takes at
// most. Joined emoji count as their parts, as terminals show them that do not
// join.
func displayWidth(s string) int {
	total, last := 0, 0
	for _, r := range s {
		w := runeColumns(r)
		if r == emojiStyle && last == 1 {
			w = 1
		}
		total += w
		last = w
	}
	return total
}

// runeColumns is 2 for the wide characters of East Asian scripts and for emoji,
// 0 for marks that are drawn over the letter before them, else 1 (UAX #11).
func runeColumns(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1160 && r <= 0x11FF {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

const ellipsis = "…"

// cutText makes a text fit into columns: whole, or cut between two characters
// as readers see them, with an ellipsis.
func cutText(s string, columns int) string {
	if len(s) <= columns || displayWidth(s) <= columns {
		return s
	}
	if columns < 1 {
		return ""
	}
	runes := []rune(s)
	end, used := 0, 0
	for end < len(runes) {
		n := clusterLength(runes[end:])
		used += displayWidth(string(runes[end : end+n]))
		if used > columns-1 {
			break
		}
		end += n
	}
	return strings.TrimRight(string(runes[:end]), " ") + ellipsis
}

// Fit makes a text that is not ours fit into columns of a terminal: without
// control characters, whole, or cut with an ellipsis.
func Fit(s string, columns int) string { return cutText(EscapeControls(s), columns) }

// pad fills a text up to columns, on the left or on the right.
func pad(s string, columns int, left bool) string {
	space := strings.Repeat(" ", max(0, columns-displayWidth(s)))
	if left {
		return space + s
	}
	return s + space
}

// wrapText breaks a text between words into lines of at most so many columns. A
// word that is wider than a line is broken between characters.
func wrapText(s string, columns int) []string {
	return wrapWords(strings.Fields(s), columns)
}

// wrapWords fills lines with words, or with other parts that stay together
// where they can.
func wrapWords(words []string, columns int) []string {
	var lines []string
	current := ""
	for _, word := range words {
		switch longer := current + " " + word; {
		case current == "":
			current = word
		case displayWidth(longer) <= columns:
			current = longer
		default:
			lines = append(lines, current)
			current = word
		}
		for displayWidth(current) > columns {
			var head string
			head, current = breakText(current, columns)
			lines = append(lines, head)
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// breakText splits a text that is wider than a line where the line ends, at
// least one character further on.
func breakText(s string, columns int) (head, rest string) {
	runes := []rune(s)
	end, used := 0, 0
	for end < len(runes) {
		n := clusterLength(runes[end:])
		used += displayWidth(string(runes[end : end+n]))
		if used > columns && end > 0 {
			break
		}
		end += n
	}
	return string(runes[:end]), string(runes[end:])
}
