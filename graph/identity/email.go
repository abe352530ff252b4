package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Email is an e-mail address as the key of a person.
type Email struct {
	Address  string // trimmed and in lower case; nothing else is dropped: a+b@x is not a@x
	Domain   string // the account's registrable domain
	FreeMail bool   // the domain says nothing about an account
}

// Person returns the key of the person.
func (e Email) Person() Key { return Key{ByEmail, e.Address} }

// Account returns the key of the person's account, which free-mail users have
// none of.
func (e Email) Account() Key {
	if e.FreeMail {
		return Key{}
	}
	return Key{ByDomain, e.Domain}
}

// longestAddress is how many bytes an address has at most: RFC 5321, 4.5.3.1.3, without
// the angle brackets.
const longestAddress = 254

// ParseEmail reads the text of an e-mail column. It refuses what cannot be
// delivered to: no or several @, spaces or separators within (several addresses
// in a cell, say), a host without a registrable domain.
func ParseEmail(text string) (Email, bool) {
	address := cutMailto(strings.TrimFunc(text, unicode.IsSpace))
	local, host, found := strings.Cut(address, "@")
	if !found || local == "" || len(address) > longestAddress ||
		!isPlainAddress(address) && (!utf8.ValidString(address) || strings.ContainsFunc(address, notInAddress)) ||
		strings.ContainsAny(host, "@/?#") {
		return Email{}, false
	}
	domain, ok := Domain(host)
	if !ok {
		return Email{}, false
	}
	return Email{Address: strings.ToLower(address), Domain: domain, FreeMail: FreeMail(domain)}, true
}

// isPlainAddress reports whether an address is made of those characters alone that
// nearly all are made of.
func isPlainAddress(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-', c == '_', c == '+', c == '@':
		default:
			return false
		}
	}
	return true
}

// notInAddress reports the characters that an address without quotes never has.
func notInAddress(r rune) bool {
	return strings.ContainsRune(`()<>[],;:\"`, r) || unicode.IsSpace(r) || unicode.IsControl(r) || isInvisible(r)
}
