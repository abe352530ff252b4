package identity

import (
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// forExamples are top levels reserved for examples and tests (RFC 2606): they
// stand in data that is made up.
var forExamples = map[string]bool{"example": true, "test": true}

// maxURL bounds what is looked at for a domain: browsers refuse longer ones.
const maxURL = 8 << 10

// Domain returns the registrable domain of the text of a website or domain
// column: of a host, a URL or an e-mail address, in lower case and with
// international names in their ASCII form (xn--...). It is false for text
// without one: IP addresses, single labels, hosts below no known public suffix,
// and public suffixes themselves.
//
// The private part of the public suffix list counts: customers of a shared host
// (acme.github.io, acme.myshopify.com) are accounts of their own, and the bare
// host, which names none of them, is nobody's domain. Sub-domains of a few
// hosts that the list does not know (acme.wordpress.com) are told apart as well.
// A page on a social network (facebook.com/acme) names no domain; the network's
// own front page does.
func Domain(text string) (string, bool) {
	s, ok := readSite(text)
	if !ok {
		return "", false
	}
	domain := s.domain()
	return domain, domain != ""
}

// IsDomain reports whether the text of a column that may hold names as well is
// a domain, a URL or an e-mail address. It is strict: a bare word with dots has
// to end in a public suffix, and not in what is rather a legal form
// (Acme.Ltd), so that St. Mary's Trust and Dr.Smith are names. Booking.com is
// a domain.
func IsDomain(text string) bool {
	s, ok := readSite(text)
	return ok && s.isDomain()
}

// site is what the text of a cell says of a place on the internet.
type site struct {
	host       string // in canonical form
	suffix     string // the public suffix that the host is below, or is
	registered string // the part of the host that somebody registered, empty where the host is a suffix
	page       bool   // a page below the host is named
	marked     bool   // the text is a URL or an e-mail address, and no name
}

// readSite reads the text of a cell. It is false for what is no host below, or
// at, a known public suffix, and so for IP addresses.
func readSite(text string) (site, bool) {
	host, page, ok := hostOf(text)
	if !ok {
		return site{}, false
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann && !strings.Contains(suffix, ".") && !forExamples[suffix] {
		return site{}, false // no rule of the list: the top level does not exist
	}
	s := site{host: host, suffix: suffix, page: page}
	s.marked = strings.ContainsAny(text, "/@") || strings.HasPrefix(host, "www.")
	if below, found := strings.CutSuffix(host, "."+suffix); found {
		s.registered = host[strings.LastIndexByte(below, '.')+1:]
	}
	return s, true
}

// domain returns the part of the host that names an account, or nothing.
func (s site) domain() string {
	switch {
	case s.page && sharedPages[s.registered]:
		return ""
	case sharedHosts[s.registered]:
		below := strings.TrimSuffix(strings.TrimSuffix(s.host, s.registered), ".")
		customer := below[strings.LastIndexByte(below, '.')+1:]
		if customer == "" || customer == "www" {
			return s.registered // the host's own site
		}
		return customer + "." + s.registered
	default:
		return s.registered
	}
}

// isDomain tells domains from names with dots in them.
func (s site) isDomain() bool {
	if s.marked || s.registered == "" {
		return true // github.io is no account, and no name either
	}
	last := s.host[strings.LastIndexByte(s.host, '.')+1:]
	return len(last) == 2 || !legalForms[last] // two letters are a country: .co, .sa
}

// hostOf cuts a host out of the text of a cell, and tells whether a page below
// it was named.
func hostOf(text string) (host string, page, ok bool) {
	if len(text) > maxURL {
		return "", false, false
	}
	if isPlainHost(text) { // as most cells of a column of domains are
		host, ok = canonicalHost(text)
		return host, false, ok
	}
	rest := cutMailto(strings.TrimFunc(text, unicode.IsSpace))
	if scheme, after, found := strings.Cut(rest, "//"); found && (scheme == "" || strings.HasSuffix(scheme, ":")) {
		rest = after
	}
	if end := strings.IndexAny(rest, `/?#\`); end >= 0 {
		page = strings.Trim(rest[end:], `/\`) != ""
		rest = rest[:end]
	}
	user, after, found := strings.Cut(rest, "@")
	if found {
		if strings.ContainsAny(user+after, " ,;@") {
			return "", false, false // several addresses in one cell
		}
		rest = after
	}
	if name, port, found := strings.Cut(rest, ":"); found && isDigits(port) {
		rest = name
	}
	host, ok = canonicalHost(rest)
	return host, page, ok
}

func cutMailto(s string) string {
	const scheme = "mailto:"
	if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
		return s[len(scheme):]
	}
	return s
}

func isDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// canonicalHost returns a host in lower-case ASCII without closing dots, or
// false for text that is no host of several labels.
func canonicalHost(text string) (string, bool) {
	if !strings.ContainsAny(text, ".\u3002\uff0e\uff61") || strings.ContainsAny(text, " \t") {
		return "", false // as with most names; the dots are those of domain names
	}
	host := strings.ToLower(strings.TrimRight(text, "."))
	if !isPlainHost(host) {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", false
		}
		host = strings.TrimRight(ascii, ".")
	}
	if len(host) > 253 || !strings.Contains(host, ".") {
		return "", false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	if last := host[len(host)-1]; '0' <= last && last <= '9' { // no top level ends in a figure, and every IPv4 address does
		if _, err := netip.ParseAddr(host); err == nil {
			return "", false
		}
	}
	return host, true
}

// isPlainHost reports whether a host is in canonical form already: the usual
// case, for which the tables of international names are not needed.
func isPlainHost(host string) bool {
	if strings.Contains(host, "--") { // xn--, or nothing that a registry accepts
		return false
	}
	for i := range len(host) {
		switch c := host[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '.' && i > 0 && host[i-1] != '-':
		case c == '-' && i > 0 && host[i-1] != '.' && i < len(host)-1:
		default:
			return false
		}
	}
	return true
}
