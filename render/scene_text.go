package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// style is a size in pixels and a weight.
type style struct {
	Size float64
	Bold bool
}

func (s style) face() *typeface {
	if s.Bold {
		return boldFace()
	}
	return regularFace()
}

// width measures a text.
func (s style) width(text string) float64 {
	total := 0.0
	for _, w := range s.face().advances([]rune(text)) {
		total += w
	}
	return total * s.Size
}

// fit makes a name fit into a width: whole, or cut between two characters as
// readers see them, with an ellipsis.
func (s style) fit(text string, limit float64) string {
	if s.width(text) <= limit {
		return text
	}
	const ellipsis = "…"
	limit -= s.width(ellipsis)
	runes := []rune(text)
	widths := s.face().advances(runes)
	end, used := 0, 0.0
	for i := 0; i < len(runes); {
		n := clusterLength(runes[i:])
		for _, w := range widths[i : i+n] {
			used += w * s.Size
		}
		if used > limit {
			break
		}
		i += n
		end = i
	}
	return strings.TrimRight(string(runes[:end]), " ") + ellipsis
}

// wrap breaks a text between words into lines of at most a width. A word that
// is wider than a line is cut.
func (s style) wrap(text string, limit float64) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(text) {
		longer := word
		if current != "" {
			longer = current + " " + word
		}
		if current != "" && s.width(longer) > limit {
			lines = append(lines, current)
			longer = word
		}
		current = longer
	}
	if current != "" {
		lines = append(lines, current)
	}
	for i := range lines {
		lines[i] = s.fit(lines[i], limit)
	}
	return lines
}

// maxText is how many bytes of one text are shown, tooltips included: enough
// for any name, and a bound for what is none.
const maxText = 4000

// visible returns a text as it may be shown: bytes that are not UTF-8, control
// characters and the invisible ones that reorder or hide text become escapes.
func visible(s string) string {
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "") + "…"
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		case hides(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

// hides reports whether a rune has no look of its own, or is none: C1 controls,
// line separators, format characters such as those that turn the direction of
// text, and noncharacters. The joiners that emoji, Arabic and Indic scripts
// need stay.
func hides(r rune) bool {
	switch {
	case r == zeroWidthNonJoiner || r == zeroWidthJoiner:
		return false
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}
