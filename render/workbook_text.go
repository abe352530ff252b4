package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// cellCut ends a text that is longer than a cell can be.
const cellCut = "… [cut]"

// formatEscape begins what spreadsheets read as the code of a character,
// _x0041_ for A, wherever it stands.
var formatEscape = regexp.MustCompile(`_(x[0-9A-Fa-f]{4})`)

// sheetText makes a text safe to stand in a cell.
func sheetText(s string) string {
	return cutUnits(withoutCodes(neutralise(s), `\`), excelize.TotalCellChars, cellCut)
}

// withoutCodes breaks up what a spreadsheet would take for the code of a
// character, which would bring back what was escaped before.
func withoutCodes(s, breaker string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return formatEscape.ReplaceAllString(s, "_"+breaker+"$1")
}

// pageFooter is the code of a line in the middle of the foot of each page.
func pageFooter(s string) string {
	const center = "&C"
	s = withoutCodes(EscapeControls(s), `\`)
	for room := excelize.MaxFieldLength - len(center); ; room-- {
		line := strings.ReplaceAll(cutUnits(s, room, ellipsis), "&", "&&")
		if units(line) <= excelize.MaxFieldLength-len(center) {
			return center + line
		}
	}
}

// sheetNames gives each sheet a name that spreadsheets accept and that no other
// sheet has, whatever the case of letters.
func sheetNames(sheets []Sheet) []string {
	taken := []string{"History"} // Excel keeps this name for itself
	for _, s := range sheets {
		base := sheetName(s.Name)
		name := base
		for n := 2; slices.ContainsFunc(taken, func(t string) bool { return strings.EqualFold(t, name) }); n++ {
			suffix := fmt.Sprintf(" (%d)", n)
			name = cutUnits(base, excelize.MaxSheetNameLength-len(suffix), ellipsis) + suffix
		}
		taken = append(taken, name)
	}
	return taken[1:]
}

var notInSheetNames = strings.NewReplacer("[", "-", "]", "-", ":", "-", "*", "-", "?", "-", "/", "-", `\`, "-")

// sheetName makes a name valid: no blank, not too long, without the characters
// that have a meaning in references.
func sheetName(s string) string {
	s = withoutCodes(notInSheetNames.Replace(EscapeControls(s)), "-")
	s = cutUnits(strings.Trim(s, "' "), excelize.MaxSheetNameLength, ellipsis)
	if s == "" {
		return "Sheet"
	}
	return s
}

// cutUnits makes a text fit into so many characters as spreadsheets count them,
// in UTF-16: whole, or cut between two characters as readers see them, with a
// mark at the end.
func cutUnits(s string, most int, mark string) string {
	if len(s) <= most || units(s) <= most {
		return s
	}
	runes := []rune(s)
	end, room := 0, most-units(mark)
	for end < len(runes) {
		n := clusterLength(runes[end:])
		for _, r := range runes[end : end+n] {
			room -= utf16.RuneLen(r)
		}
		if room < 0 {
			break
		}
		end += n
	}
	return string(runes[:end]) + mark
}

// units is the length of a text in UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// quoteName writes the name of a sheet for an error message.
func quoteName(name string) string { return `"` + cutText(EscapeControls(name), 60) + `"` }
