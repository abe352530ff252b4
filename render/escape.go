package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// EscapeControls writes what has no look of its own as a visible escape: bytes
// that are not UTF-8, control characters, and the invisible characters that
// turn the direction of text or hide it. Everything else stays as written, so
// nothing in a name can command a terminal.
func EscapeControls(s string) string {
	if plainASCII(s) || !strings.ContainsFunc(s, mustEscape) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case mustEscape(r):
			b.WriteString(escapeOf(r))
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

// plainASCII reports whether a text is of ASCII alone, all of which has a look.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// mustEscape also holds for the replacement character, which stands for a byte
// that is not UTF-8 where it is not written as such.
func mustEscape(r rune) bool {
	switch r {
	case zeroWidthJoiner, zeroWidthNonJoiner: // emoji and several scripts need them
		return false
	case utf8.RuneError:
		return true
	}
	return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}

func escapeOf(r rune) string {
	switch {
	case r == utf8.RuneError:
		return string(r)
	case r == '\n':
		return `\n`
	case r == '\t':
		return `\t`
	case r == '\r':
		return `\r`
	case r <= 0xFF:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xFFFF:
		return fmt.Sprintf(`\u%04x`, r)
	default:
		return fmt.Sprintf(`\U%08x`, r)
	}
}

// leftToRightMark has no width. Behind a name that is written from right to
// left it keeps a terminal from drawing the figures after it in reverse order.
const leftToRightMark = '\u200e'

// closeRightToLeft ends a text so that what follows on the line stays in its
// place.
func closeRightToLeft(s string) string {
	if strings.ContainsFunc(s, rightToLeft) {
		return s + string(leftToRightMark)
	}
	return s
}

func rightToLeft(r rune) bool {
	if r < 0x590 {
		return false
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// neutralise makes a text cell safe to open in a spreadsheet: one that would be
// taken for a formula gets a leading apostrophe, as OWASP's notes on CSV
// injection advise; control characters become visible escapes. It is not for
// numbers, whose minus sign must stay.
func neutralise(s string) string {
	if s == "" {
		return s
	}
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		s = "'" + s
	}
	return EscapeControls(s)
}
