package identity

import (
	"strings"
	"testing"
)

// FuzzPlainDomains holds that a cell which is plain is the key of an account as
// it stands, with the hash of that key.
func FuzzPlainDomains(f *testing.F) {
	for _, cell := range []string{
		"acme.com", "acme-1234567.com", "a.io", "x.co", "exactly16chars.de", "acme.example", "123.test", "co.uk", "github.io", "gmail.com",
		"acme.co.uk", "www.acme.com", "Acme.com", "acme.ltd", "st.mary", "-acme.com", "acme-.com", "a--b.com", "acme.com.", "acme", "", ".com",
		"acme.ck", "www.ck", "facebook.com", "wordpress.com", "müller.de", "1.2.3.4", "1.23", "acme.xn--p1ai", "a.b", "acme.zz", "acme.com\r",
		strings.Repeat("a", 60) + ".com", strings.Repeat("a", 59) + ".com", "acme.international", "x\x00.com", "aaaaaaa-.com", "aaaaaaa.-com", "aaaaaaaa.com",
	} {
		f.Add(cell, byte(','))
		f.Add(cell, byte(';'))
	}
	seed := Seed{1, 2}
	p := NewPlainDomains(seed)
	p.Exclude("elsewhere.com")
	f.Fuzz(func(t *testing.T, cell string, delim byte) {
		if delim == 0 || delim >= 0x80 || delim == '\n' || delim == '\r' {
			return
		}
		for _, after := range []string{string(delim) + "more", "\n", "\r\n"} {
			line := cell + after + strings.Repeat("\x00", Padding)
			h, n, ok := p.Scan([]byte(line), delim)
			if !ok {
				continue
			}
			plain := line[:n]
			key, isSite := SiteKey(plain)
			if !isSite || key != (Key{ByDomain, plain}) || plain == "elsewhere.com" {
				t.Fatalf("%q is not plain: its key is %v", plain, key)
			}
			if h != seed.Of(key) {
				t.Fatalf("%q has another hash", plain)
			}
			if next := line[n]; next != delim && next != '\n' && next != '\r' {
				t.Fatalf("%q ends before %q", plain, next)
			}
		}
	})
}

// TestPlainDomainsKnowTheUsual holds that the quick way is taken where it can be:
// else it would be quick for nobody.
func TestPlainDomainsKnowTheUsual(t *testing.T) {
	p := NewPlainDomains(Seed{3, 4})
	p.Exclude("elsewhere.com")
	for cell, plain := range map[string]bool{
		"acme.com": true, "acme-1234567.com": true, "acme.de": true, "acme.io": true, "acme.example": true, "a1.fr": true, "abcdefgh.com": true,
		"0-0.cloud": true, "exactly16chars.de": true, "elsewhere.com": false, "gmail.com": false, "github.io": false, "co.uk": false,
		"acme.co.uk": false, "acme.ltd": false, "Acme.com": false, "acme.ck": false, "acme.nosuch": false, "acme": false, "": false,
	} {
		if _, n, ok := p.Scan([]byte(cell+",x\n"+strings.Repeat("\x00", Padding)), ','); ok != plain || ok && n != len(cell) {
			t.Errorf("%q: plain %v with length %d, want %v", cell, ok, n, plain)
		}
	}
}

func BenchmarkPlainDomains(b *testing.B) {
	p := NewPlainDomains(NewSeed())
	text := []byte(strings.Repeat("acme-1234567.com,partner-12\n", 1000) + strings.Repeat("\x00", Padding))
	b.SetBytes(28)
	i := 0
	for b.Loop() {
		if _, _, ok := p.Scan(text[i:], ','); !ok {
			b.Fatal("not plain")
		}
		if i += 28; i+28 > len(text)-Padding {
			i = 0
		}
	}
}
