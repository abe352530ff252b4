package identity

import (
	"strings"
	"testing"
)

func TestDomain(t *testing.T) {
	for text, want := range map[string]string{
		"https://www.Example.co.uk/path?x":        "example.co.uk",
		"EXAMPLE.com.":                            "example.com",
		"  example.com\u00a0":                     "example.com",
		"http://user:secret@shop.example.com:80/": "example.com",
		"//example.com/a":                         "example.com",
		"example.com:8443":                        "example.com",
		"example.com?utm=1":                       "example.com",
		"mailto:Jane@Mail.Example.com":            "example.com",
		"jane@example.com":                        "example.com",
		"Bücher.de":                               "xn--bcher-kva.de",
		"XN--BCHER-KVA.de":                        "xn--bcher-kva.de",
		"ＥＸＡＭＰＬＥ。ｃｏｍ":                             "example.com",
		"my-shop.example.com":                     "example.com",
		"england.nhs.uk":                          "england.nhs.uk",
		"Booking.com":                             "booking.com",

		// customers of shared hosts are told apart
		"acme.github.io":                  "acme.github.io",
		"www.acme.myshopify.com":          "acme.myshopify.com",
		"acme.blogspot.com":               "acme.blogspot.com",
		"blog.acme.wordpress.com":         "acme.wordpress.com",
		"www.wordpress.com":               "wordpress.com",
		"https://facebook.com":            "facebook.com",
		"https://www.linkedin.com/":       "linkedin.com",
		"https://facebook.com/acme":       "",
		"linkedin.com/company/acme":       "",
		"https://sites.google.com/view/a": "",
		"github.io":                       "",
		"co.uk":                           "",

		"": "", "com": "", "localhost": "", "acme": "", "acme.local": "", "acme.corp": "",
		"192.168.0.1": "", "http://192.168.0.1:8080/x": "", "[2001:db8::1]": "", "2001:db8::1": "",
		"a..com": "", ".com": "", "-a.com": "", "a-.com": "", "xn--zz.com": "", "a b.com": "",
		"http://": "", "javascript:alert(1)": "", "a@x.com, b@y.com": "", "a@x.com;b@y.com": "",
		"acme.com, acme.de": "", "acme.com\x00": "", "\xff.com": "",
		strings.Repeat("a", 64) + ".com":  "",
		strings.Repeat("a.", 130) + "com": "",
		strings.Repeat("a.", 1<<20):       "",
	} {
		got, ok := Domain(text)
		if got != want || ok != (want != "") {
			t.Errorf("Domain(%.60q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestIsDomain(t *testing.T) {
	for _, text := range []string{
		"example.com", "Booking.com", "https://acme.ltd", "www.acme.ltd", "acme.co", "acme.sa",
		"jane@example.com", "github.io", "https://facebook.com/acme", "shop.example.co.uk", " example.com. ",
	} {
		if !IsDomain(text) {
			t.Errorf("%q is a domain", text)
		}
	}
	for _, text := range []string{
		"St. Mary's Trust", "U.S. Steel", "Dr.Smith", "HS2 Ltd.", "Acme Ltd", "Acme.Ltd", "Acme.Inc", "J.P.Morgan",
		"E.ON", "S.A.", "G.m.b.H.", "J. Smith & Co.", "Amazon.com Inc", "Yahoo!", "", ".", "10.0.0.1", "1.000.000",
		"Node.js", "acme.local", "N/A", "23.11.2026",
	} {
		if IsDomain(text) {
			t.Errorf("%q is a name", text)
		}
	}
}

func TestAccountKey(t *testing.T) {
	for text, want := range map[string]Key{
		"https://www.example.com/": {ByDomain, "example.com"},
		"jane@example.com":         {ByDomain, "example.com"},
		"Booking.com":              {ByDomain, "booking.com"},
		"Booking.com B.V.":         {ByName, "booking.com"},
		"Acme Ltd":                 {ByName, "acme"},
		"Acme.Ltd":                 {ByName, "acme.ltd"},
		"jane@gmail.com":           {},
		"gmail.com":                {},
		"github.io":                {},
		"facebook.com/acme":        {},
		"#N/A":                     {},
		"-":                        {},
		"":                         {},
	} {
		if got := AccountKey(text); got != want {
			t.Errorf("AccountKey(%q) = %v, want %v", text, got, want)
		}
	}
	if got := NameKey("Booking.com"); got != (Key{ByName, "booking.com"}) {
		t.Errorf("a name column holds names: got %v", got)
	}
}

func TestFreeMailDomainsAreRegistrable(t *testing.T) {
	for domain := range freeMail {
		if got, _ := Domain(domain); got != domain {
			t.Errorf("%s is never found: its registrable domain is %q", domain, got)
		}
	}
	for domain := range sharedHosts {
		if got, _ := Domain("acme." + domain); got != "acme."+domain {
			t.Errorf("acme.%s gives %q", domain, got)
		}
	}
	for domain := range sharedPages {
		if got, _ := Domain(domain); got != domain {
			t.Errorf("%s is never found: its registrable domain is %q", domain, got)
		}
	}
}

func TestParseEmail(t *testing.T) {
	for text, want := range map[string]Email{
		" Jane.Doe+x@Example.co.uk ": {"jane.doe+x@example.co.uk", "example.co.uk", false},
		"mailto:JÖRG@Müller.de":      {"jörg@müller.de", "xn--mller-kva.de", false},
		"jane@gmail.com":             {"jane@gmail.com", "gmail.com", true},
		"jane_x.com#EXT#@acme.com":   {"jane_x.com#ext#@acme.com", "acme.com", false},
		"o'hara@mail.example.com":    {"o'hara@mail.example.com", "example.com", false},
	} {
		if got, ok := ParseEmail(text); !ok || got != want {
			t.Errorf("ParseEmail(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "@", "jane", "jane@", "@example.com", "jane@localhost", "jane@10.0.0.1", "a@b@example.com", "jane doe@example.com",
		"a@example.com, b@example.com", "a@example.com;b@example.com", "Jane <jane@example.com>", "jane@example.com/x",
		"jane@example.com:25", "ja\x00ne@example.com", "jane@exa mple.com", "\xff@example.com",
		strings.Repeat("a", 300) + "@example.com", "jane@github.io",
	} {
		if got, ok := ParseEmail(text); ok {
			t.Errorf("ParseEmail(%.40q) = %v, want it refused", text, got)
		}
	}
}

func TestKeysOfEmails(t *testing.T) {
	work, _ := ParseEmail("Jane@example.com")
	home, _ := ParseEmail("jane@gmail.com")
	if work.Person() != (Key{ByEmail, "jane@example.com"}) || work.Account() != (Key{ByDomain, "example.com"}) {
		t.Errorf("got %v and %v", work.Person(), work.Account())
	}
	if !home.Account().IsZero() {
		t.Errorf("a free-mail user has account %v", home.Account())
	}
}

func FuzzDomain(f *testing.F) {
	for _, seed := range []string{"https://www.Example.co.uk/path?x", "EXAMPLE.com.", "Bücher.de", "acme.github.io", "a@b.com", "xn--a.com", "℀.com", "1.2.3.4", "[::1]", "acme.wordpress.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		domain, ok := Domain(text)
		if !ok {
			return
		}
		if again, ok := Domain(domain); !ok || again != domain {
			t.Errorf("%q gives %q, which gives %q, %v", text, domain, again, ok)
		}
		if domain != strings.ToLower(domain) || !isASCII(domain) || strings.ContainsAny(domain, " @:/") {
			t.Errorf("%q gives %q", text, domain)
		}
		if !isASCII(text) {
			return
		}
		if upper, ok := Domain(strings.ToUpper(text)); !ok || upper != domain {
			t.Errorf("%q gives %q, in capitals %q, %v", text, domain, upper, ok)
		}
		if IsDomain(text) != IsDomain(strings.ToUpper(text)) {
			t.Errorf("%q: case decides whether it is a domain", text)
		}
	})
}

func FuzzParseEmail(f *testing.F) {
	for _, seed := range []string{"Jane+x@Example.com", "jörg@müller.de", "a@b@c.com", "\"a b\"@c.com", "mailto:mailto:a@b.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, ok := ParseEmail(text)
		if !ok {
			return
		}
		if again, ok := ParseEmail(e.Address); !ok || again != e {
			t.Errorf("%q gives %v, which gives %v, %v", text, e, again, ok)
		}
		if strings.ContainsAny(e.Address, "/?#") {
			return // in the column of an account this is rather a URL
		}
		if domain, _ := Domain(e.Address); domain != e.Domain {
			t.Errorf("%q has domain %q, as an account %q", text, e.Domain, domain)
		}
	})
}
