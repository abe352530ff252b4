package list

import (
	"strings"
	"unicode/utf8"
)

// tidy makes a stored text a cell, as text files are made valid line by line: it
// has no NULs, is valid UTF-8 and not longer than a cell may be.
func tidy(cell string, note func(c code, args ...any) error) (string, error) {
	if strings.IndexByte(cell, 0) >= 0 {
		cell = strings.ReplaceAll(cell, "\x00", "")
		if err := note(nulBytes); err != nil {
			return "", err
		}
	}
	if !utf8.ValidString(cell) {
		cell = strings.ToValidUTF8(cell, string(replacement))
		if err := note(badBytes, nameUTF8); err != nil {
			return "", err
		}
	}
	if len(cell) > maxCell {
		return strings.ToValidUTF8(cell[:maxCell], ""), note(longCell)
	}
	return cell, nil
}
