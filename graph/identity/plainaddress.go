package identity

import (
	"bytes"
	"unsafe"

	"github.com/channelmap/channelmap/graph/list/bytemap"
)

// PlainAddresses recognises, while it hashes them, cells that hold an e-mail address
// as it stands: in lower-case ASCII, at the plain domain of an account or at one where
// anybody may have an address. It says of no cell that it is plain unless ParseEmail
// gives the cell's own text as the address. It is for one goroutine.
type PlainAddresses struct {
	domains *PlainDomains
	seed    Seed
	persons Seed
	hosts   map[string]host // that are no plain domains
}

// host is what an address at it tells of its account.
type host struct {
	known   bool // that ParseEmail reads it
	free    bool
	account Hash
	domain  string
}

// Address is what an address tells.
type Address struct {
	Person  Hash
	Account Hash   // zero of addresses that anybody may have
	Domain  string // the account's, where it is not the text behind the @; else empty
	Free    bool   // anybody may have such an address
}

// mostHosts bounds what is remembered of hosts.
const mostHosts = 1 << 12

// NewPlainAddresses makes one for the hashes of a run, which knows plain domains by
// domains.
func NewPlainAddresses(seed Seed, domains *PlainDomains) *PlainAddresses {
	return &PlainAddresses{domains: domains, seed: seed, persons: seed.of(ByEmail), hosts: map[string]host{}}
}

// Scan reads the cell between two places of a text, of whose bytes a map tells, as
// PlainDomains.Scan does. It is false for cells that hold no such address.
func (p *PlainAddresses) Scan(m bytemap.Map, text []byte, from, to int) (a Address, ok bool) {
	cell := text[from:to]
	at := bytes.IndexByte(cell, '@')
	if at <= 0 || len(cell) > longestAddress || !plainLocal(cell[:at]) {
		return a, false
	}
	if a.Account, ok = p.domains.Scan(m, text, from+at+1, to); !ok {
		h := p.host(cell[at+1:])
		if !h.known {
			return a, false
		}
		a.Account, a.Domain, a.Free = h.account, h.domain, h.free
	}
	a.Person = p.persons.ofText(unsafe.String(&cell[0], len(cell)))
	return a, true
}

// plainLocal reports whether the part of an address before its @ is written as it is
// compared.
func plainLocal(local []byte) bool {
	for _, c := range local {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '.', c == '-', c == '_', c == '+':
		default:
			return false
		}
	}
	return true
}

// host tells what addresses are at a host.
func (p *PlainAddresses) host(text []byte) host {
	h, ok := p.hosts[string(text)]
	if ok {
		return h
	}
	name := string(text)
	if email, ok := ParseEmail("a@" + name); ok && email.Address == "a@"+name {
		h = host{known: true, free: email.FreeMail}
		if !h.free {
			h.account, h.domain = p.seed.Of(email.Account()), email.Domain
		}
	}
	if len(p.hosts) < mostHosts {
		p.hosts[name] = h
	}
	return h
}
