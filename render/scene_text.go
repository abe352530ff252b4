package render

import "strings"

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

// visible returns a text as it may be shown: what would hide, reorder or break
// is written as an escape, and what has no end is cut.
func visible(s string) string {
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "") + ellipsis
	}
	return EscapeControls(s)
}
