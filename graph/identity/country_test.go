package identity

import "testing"

func TestCountry(t *testing.T) {
	for text, want := range map[string]string{
		"DE": "DE", "de": "DE", "DEU": "DE", "276": "DE", "Germany": "DE", " GERMANY ": "DE", "Deutschland": "DE", "Allemagne": "DE", "Duitsland": "DE",
		"UK": "GB", "U.K.": "GB", "GB": "GB", "United Kingdom": "GB", "Great Britain": "GB",
		"US": "US", "USA": "US", "U.S.A.": "US", "United States": "US", "United States of America": "US", "Vereinigte Staaten": "US",
		"Czechia": "CZ", "Czech Republic": "CZ", "The Netherlands": "NL", "Türkiye": "TR", "Turkey": "TR", "South Korea": "KR",
		"Côte d’Ivoire": "CI", "Ivory Coast": "CI", "Niger": "NE", "Nigeria": "NG", "Georgia": "GE",
		"": "", "Atlantis": "atlantis", "ATLANTIS": "atlantis", "Europe": "europe", "XX": "xx", "001": "001",
	} {
		if got := Country(text); got != want {
			t.Errorf("Country(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCountryCodesAreOneAnothersSpelling(t *testing.T) {
	for name, code := range countryNames() {
		if got := Country(code); got != code {
			t.Errorf("%q is %s, which is %s", name, code, got)
		}
		if got := Country(name); got != code {
			t.Errorf("%q is %s, want %s", name, got, code)
		}
	}
}

func FuzzCountry(f *testing.F) {
	for _, seed := range []string{"Germany", "U.K.", "276", "Côte d’Ivoire", "zz-Latn", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if once := Country(text); Country(once) != once {
			t.Errorf("%q is %q, which is %q", text, once, Country(once))
		}
	})
}
