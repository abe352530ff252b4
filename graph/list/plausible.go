package list

import (
	"strings"
	"unicode"
)

// plausible says how well a character reads between its neighbours in the text
// of a business list: a letter of a Western language within a word reads well, a
// capital within small letters or a symbol of mathematics does not.
func plausible(r rune, before, after byte) int {
	switch {
	case r == unicode.ReplacementChar || unicode.IsControl(r):
		return -3
	case strings.ContainsRune("éèêëàâäáãåçñöôóøõüùûúïîíìßÉÈÀÄÅÖÜÑÇØÁÓ", r):
		return letterFit(r, before, after)
	case r == '’' && isApostrophe(before, after):
		return 3
	case strings.ContainsRune("“”’™®", r) && isLetter(before) != isLetter(after):
		return 2
	case strings.ContainsRune("’‘“”–—…•€£®™©°\u00A0«»", r):
		return 1
	case unicode.IsLetter(r):
		return letterFit(r, before, after) - 1
	default:
		return -1
	}
}

// isApostrophe tells O’Neill, L’Oréal and Macy’s from Martínez, whose í is the
// same byte in the other encoding.
func isApostrophe(before, after byte) bool {
	return after == 's' || after == 'S' || strings.IndexByte("ODLdl", before) >= 0 && isLetter(after)
}

// letterFit says how well a letter fits its neighbours.
func letterFit(r rune, before, after byte) int {
	switch {
	case unicode.IsUpper(r) && isSmall(before):
		return -2
	case isLetter(before) || isLetter(after):
		return 2
	default:
		return -1
	}
}

func isSmall(b byte) bool  { return 'a' <= b && b <= 'z' }
func isLetter(b byte) bool { return isSmall(b) || 'A' <= b && b <= 'Z' }
