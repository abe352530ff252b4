package list

import (
	"regexp"
	"strings"
)

// address is an e-mail address within a text. A name such as Excite@Home is none.
var address = regexp.MustCompile(`[^\s"'<>()\[\]{},;:|/\\@]+@([\pL\pN](?:[\pL\pN-]*\.)+[\pL\pN-]*[\pL\pN])`)

// WithoutAddresses writes a text as it may be shown: of each e-mail address its
// domain alone is left.
func WithoutAddresses(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	return address.ReplaceAllString(text, "(address at $1)")
}
