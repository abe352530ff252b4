package identity

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Country returns the form in which countries are compared: the ISO 3166 code
// in capitals where the text is a code (two or three letters, or the number), or
// a country's name in English or in one of the other languages of
// countryLanguages; else the text as FoldSpelling writes it. Empty text stays
// empty.
func Country(text string) string {
	folded := FoldSpelling(text)
	if folded == "" || len(folded) > longestCountry {
		return folded
	}
	if len(folded) == 2 { // no country's name is that short, and codes need no table of names
		return countryCode(folded)
	}
	if code, ok := countryNames()[folded]; ok {
		return code
	}
	return countryCode(folded)
}

// countryCode returns the canonical code of a country, or text that is no code
// as it is.
func countryCode(folded string) string {
	if region, err := language.ParseRegion(strings.ReplaceAll(folded, ".", "")); err == nil && region.IsCountry() {
		return region.Canonicalize().String()
	}
	return folded
}

// longestCountry is longer than the longest name of a country, in bytes.
const longestCountry = 100

// countryLanguages are those whose names of countries are known, in order of
// precedence.
var countryLanguages = []language.Tag{
	language.English, language.German, language.French, language.Spanish,
	language.Italian, language.Dutch, language.Portuguese,
}

// moreCountries are common spellings that the tables of languages do not hold.
var moreCountries = map[string]string{
	"america": "US", "united states of america": "US", "the united states": "US",
	"great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
	"northern ireland": "GB", "the netherlands": "NL", "holland": "NL",
	"czech republic": "CZ", "the czech republic": "CZ", "russian federation": "RU",
	"republic of ireland": "IE", "korea": "KR", "republic of korea": "KR",
	"korea, republic of": "KR", "viet nam": "VN", "türkiye": "TR", "turkiye": "TR",
	"uae": "AE", "u.a.e.": "AE", "ivory coast": "CI", "macedonia": "MK",
	"north macedonia": "MK", "swaziland": "SZ", "taiwan, province of china": "TW",
	"iran, islamic republic of": "IR", "prc": "CN", "p.r. china": "CN",
	"people's republic of china": "CN", "hong kong": "HK", "macau": "MO",
	"deutschland": "DE", "österreich": "AT", "schweiz": "CH", "suisse": "CH",
	"danmark": "DK", "sverige": "SE", "norge": "NO", "suomi": "FI", "polska": "PL",
	"česko": "CZ", "magyarország": "HU", "日本": "JP", "中国": "CN",
}

// countryNames maps folded names of countries to their codes. Making it takes
// a few milliseconds, so only lists with countries pay for it.
var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, tag := range countryLanguages {
		namer := display.Regions(tag)
		for _, region := range language.Supported.Regions() {
			name := FoldSpelling(namer.Name(region))
			if _, taken := names[name]; name == "" || taken || !region.IsCountry() {
				continue
			}
			names[name] = region.Canonicalize().String()
		}
	}
	for name, code := range moreCountries {
		names[name] = code
	}
	return names
})
