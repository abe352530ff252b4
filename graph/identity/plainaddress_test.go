package identity

import (
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph/list/bytemap"
)

// FuzzPlainAddresses holds that a cell which is plain is the address of a person as it
// stands, with the hashes of the person and of the account.
func FuzzPlainAddresses(f *testing.F) {
	for _, cell := range []string{
		"joe@acme.com", "joe.b+c_d-e@acme-1.io", "joe@gmail.com", "joe@sub.acme.com", "joe@acme.co.uk", "Joe@acme.com", "joe@Acme.com", "@acme.com",
		"joe@", "joe", "", "joe@acme", "joe@acme.com@x.de", "mailto:joe@acme.com", " joe@acme.com", "joe@acme.com ", "joe@co.uk", "joe@1.2.3.4",
		"joe@yahoo.co.jp", "joe@acme.github.io", "joe@github.io", "joe@elsewhere.com", "müller@acme.com", "joe@müller.de", "j\x00e@acme.com", "joe@acme.com/x",
		strings.Repeat("a", 250) + "@acme.com", strings.Repeat("a", 245) + "@acme.com", "joe@" + strings.Repeat("a", 60) + ".com",
	} {
		f.Add(cell)
	}
	seed := Seed{1, 2}
	p := NewPlainAddresses(seed, NewPlainDomains(seed))
	f.Fuzz(func(t *testing.T, cell string) {
		for range 2 { // the second time from what was remembered
			a, ok := scanAddress(p, cell)
			if !ok {
				continue
			}
			email, isEmail := ParseEmail(cell)
			if !isEmail || email.Address != cell {
				t.Fatalf("%q is not plain: its address is %v", cell, email)
			}
			account := Hash{}
			if !email.FreeMail {
				account = seed.Of(email.Account())
			}
			if a.Person != seed.Of(email.Person()) || a.Account != account || a.Free != email.FreeMail {
				t.Fatalf("%q tells %v", cell, a)
			}
			if _, host, _ := strings.Cut(cell, "@"); !a.Free && a.Domain != email.Domain && (a.Domain != "" || host != email.Domain) {
				t.Fatalf("the domain of %q is %q", cell, a.Domain)
			}
		}
	})
}

func scanAddress(p *PlainAddresses, cell string) (Address, bool) {
	const before = "some text before, of some length; "
	text := []byte(before + cell + ",x\n" + strings.Repeat("\x00", 2*bytemap.Bytes))
	return p.Scan(bytemap.Map(nil).Read(text, ','), text, len(before), len(before)+len(cell))
}

// TestPlainAddressesKnowTheUsual holds that the quick way is taken where it can be.
func TestPlainAddressesKnowTheUsual(t *testing.T) {
	seed := Seed{3, 4}
	p := NewPlainAddresses(seed, NewPlainDomains(seed))
	for cell, plain := range map[string]bool{
		"joe@acme.com": true, "joe+news@acme.com": true, "joe@gmail.com": true, "joe@mail.acme.co.uk": true, "u1@acme.example": true,
		"Joe@acme.com": false, "joe@acme": false, "acme.com": false, "": false, "joe@co.uk": false,
	} {
		if _, ok := scanAddress(p, cell); ok != plain {
			t.Errorf("%q: plain %v, want %v", cell, ok, plain)
		}
	}
}
