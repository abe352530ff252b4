package identity

import (
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph/list/bytemap"
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
			h, ok := scan(p, cell, after, delim)
			if !ok {
				continue
			}
			key, isSite := SiteKey(cell)
			if !isSite || key != (Key{ByDomain, cell}) || cell == "elsewhere.com" {
				t.Fatalf("%q is not plain: its key is %v", cell, key)
			}
			if h != seed.Of(key) {
				t.Fatalf("%q has another hash", cell)
			}
		}
	})
}

// scan scans a cell behind another and before what follows.
func scan(p *PlainDomains, cell, after string, delim byte) (Hash, bool) {
	const before = "some text before, of some length; "
	text := []byte(before + cell + after + strings.Repeat("\x00", 2*bytemap.Bytes))
	return p.Scan(bytemap.Map(nil).Read(text, delim), text, len(before), len(before)+len(cell))
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
		if _, ok := scan(p, cell, ",x\n", ','); ok != plain {
			t.Errorf("%q: plain %v, want %v", cell, ok, plain)
		}
	}
}

func BenchmarkPlainDomains(b *testing.B) {
	const row = "acme-1234567.com,partner-12\n"
	p := NewPlainDomains(NewSeed())
	text := []byte(strings.Repeat(row, 1000) + strings.Repeat("\x00", 2*bytemap.Bytes))
	var m bytemap.Map
	b.SetBytes(1000 * int64(len(row)))
	for b.Loop() {
		m = m.Read(text, ',')
		for from := 0; from < 1000*len(row); from += len(row) {
			if _, ok := p.Scan(m, text, from, from+16); !ok {
				b.Fatal("not plain")
			}
		}
	}
}
