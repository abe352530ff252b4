package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldSpelling returns text in the form in which spellings are compared: case
// and width folded, spaces and control characters of any kind collapsed to
// single ones, invisible characters left out. Legal forms, punctuation and
// accents stay. Folding twice is folding once.
//
// Case and width follow the NFKC case folding of Unicode, so that full-width
// letters, ligatures and composed accents equal their plain spellings.
func FoldSpelling(text string) string {
	if folded, ok := foldASCII(text); ok {
		return folded
	}
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	for range foldingSteps {
		folded := collapseSpaces(norm.NFKC.String(cases.Fold().String(norm.NFKD.String(text))))
		if folded == text {
			break
		}
		text = folded
	}
	return text
}

// foldingSteps bounds how often folding is repeated until nothing changes any
// more. Twice is enough for all but contrived texts.
const foldingSteps = 4

// foldASCII folds text that is ASCII alone, as most names are, in one pass.
func foldASCII(text string) (string, bool) {
	folded := make([]byte, 0, len(text))
	gap := false
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case c <= ' ' || c == 0x7f:
			gap = len(folded) > 0
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if gap {
			folded = append(folded, ' ')
			gap = false
		}
		folded = append(folded, c)
	}
	return string(folded), true
}

// collapseSpaces puts one space between words, none around them, and leaves
// invisible characters out.
func collapseSpaces(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range text {
		switch {
		case isInvisible(r):
		case unicode.IsSpace(r) || unicode.IsControl(r):
			gap = b.Len() > 0
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isInvisible reports characters that print nothing: joiners and spaces without
// width, soft hyphens, marks of direction, byte-order marks, variation
// selectors.
func isInvisible(r rune) bool {
	switch {
	case r == 0x00ad, r == 0x034f, r == 0x061c, r == 0x180e, r == 0xfeff:
		return true
	case 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f:
		return true
	case 0xfe00 <= r && r <= 0xfe0f, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return false
}

// FoldName returns the form in which names of accounts are compared: that of
// FoldSpelling without the legal form at the end (Ltd, Inc., S.A., GmbH & Co.
// KG). Nothing else is dropped. A name that is nothing but a legal form keeps
// it. Folding twice is folding once.
func FoldName(text string) string {
	name := FoldSpelling(text)
	least := strings.IndexFunc(name, carriesName) + 1
	if strings.HasPrefix(name, "the ") {
		least = max(least, len("the ")) // "The Limited" is not "the"
	}
	for {
		shorter, ok := cutLegalForm(name, least)
		if !ok {
			return name
		}
		name = shorter
	}
}
