package list

import "strings"

// isEmail reports whether a cell is one e-mail address.
func isEmail(c string) bool {
	at := strings.IndexByte(c, '@')
	return at > 0 && strings.LastIndexByte(c, '@') == at && isHost(c[at+1:]) && !strings.ContainsAny(c, " \t\n,;<>")
}

// isDomain reports whether a cell is a domain or a web address.
func isDomain(c string) bool {
	rest, found := c, false
	for _, scheme := range []string{"https://", "http://", "//"} {
		if len(rest) > len(scheme) && strings.EqualFold(rest[:len(scheme)], scheme) {
			rest, found = rest[len(scheme):], true
		}
	}
	host, _, _ := strings.Cut(rest, "/")
	return isHost(host) || found
}

// isHost reports whether a text is letters, digits and hyphens with dots
// between, the last part of letters.
func isHost(h string) bool {
	dot := strings.LastIndexByte(h, '.')
	if dot <= 0 || len(h)-dot < 3 || len(h) > 253 {
		return false
	}
	for i, r := range h {
		switch {
		case r == '.' && i > 0 && h[i-1] != '.', r == '-', r > 0x7f:
		case isLetter(byte(r)):
		case '0' <= r && r <= '9' && i < dot:
		default:
			return false
		}
	}
	return true
}
