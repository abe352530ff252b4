package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The parts of which names are coined. All domains end in .example, which is
// reserved: no list can hold a company that exists.
var (
	heads = strings.Fields(`
		Alder Amber Anchor Apple Arbor Argent Arrow Ash Aspen Aster Bay Beacon Birch Bitter Black Blue Bolder Brass
		Bramble Bright Bronze Brook Calder Canvas Cedar Chalk Chestnut Cinder Clay Clear Cliff Cloud Clover Coal Cobalt Copper
		Coral Corner Crane Crest Crimson Crystal Cypress Dale Dawn Deep Delta Dove Dune Eagle East Echo Elder Elm
		Ember Ever Fair Falcon Fern Finch Fir Flint Forest Fox Frost Gale Garnet Glen Gold Granite Grand Grey Grove
		Halo Harbor Hawk Haze Heather Heron High Hill Hollow Hollis Honey Iron Ivory Ivy Jade Juniper Keen Kestrel
		Lake Lantern Larch Laurel Lark Lime Linden Loft Lunar Maple Marble Marsh Meadow Mill Mint Moon Moss Noble North Oak
		Ocean Olive Onyx Opal Orchard Osprey Otter Oxford Pearl Pebble Pine Plum Polar Poplar Prime Quarry Quartz Quill Raven Red
		Reed Ridge River Robin Rose Rowan Sable Saffron Sage Salt Sand Sequoia Shade Silver Sky Slate Solar South Spring Star
		Steel Sterling Stone Storm Summer Swift Tall Teal Thistle Thorn Tidal Timber Topaz True Umber Union Vale Velvet Violet Walnut
		West Wheat White Wild Willow Winter Wren Yarrow Yew Zephyr`)
	companyTails = strings.Fields(`
		acre anvil arc bank beam bell bend berg blade bluff bolt bond bough bow bridge brook burn bury by cairn cape
		castle cliff coast cote court cove craft crane crest croft cross dale dell den dock don down drift edge elm
		fall fell fen field finch fjord flare fleet flint flow fold ford forge fork fort frame gable garth gate glade
		glass glen grain grange grove guard gulf hall ham harbor hart haven hawk head hearth heath helm hill hold hollow
		holm hope horn house hurst isle keel keep key knoll land lane lark lea ledge leaf lynn lock loft mantle mark marsh
		mast mead mere mesa mill minster moor mount mouth nest ness oak orchard park pass path peak pier pike pine pitch
		plain point pond pool port quay ram range reach reef rest ridge rise rock root row sail shaw shire shore side`)
	developerTails = strings.Fields(`labs works stack bits code dev apps loop nodes kernel parse query cache sync hub logic
		tensor vector script byte pixel forge patch fork branch commit build deploy cluster shard`)
	shopTails = strings.Fields(`shop goods wear store market pantry threads bakes crafts candles gifts toys tea roast
		soaps prints garden bikes shoes vintage lamps linen paper pottery records rugs scents spices sports stitch
		studio supply tools trinkets vinyl wines wool yarn zines mercantile`)
	givenNames = strings.Fields(`ana ben cleo dara eli finn gus hana ivo jana kai lena milo nora omar pia quin
		rosa sami tess uma vito wren yara zoe arlo beth carl dina emre faye gino hugo ines joel kira liam mona nils`)
	familyNames = strings.Fields(`abel bauer cole duran ekman frost garza haas ito jung kern lund marsh novak okoye
		park quist reyes sato thorn ueda voss weber xu yang zeller amin berg costa diaz`)
)

// coiner hands out domains that nobody has yet.
type coiner struct {
	r     *rand.Rand
	taken map[string]bool
}

func newCoiner() *coiner { return &coiner{r: randomFor("names"), taken: map[string]bool{}} }

// claim reserves a name that is written by hand.
func (c *coiner) claim(base string) { c.taken[strings.ToLower(base)] = true }

// coin returns a base word such as Brightforge, made with one of the tails.
func (c *coiner) coin(tails []string) string {
	for {
		base := pick(c.r, heads) + pick(c.r, tails)
		if key := strings.ToLower(base); !c.taken[key] {
			c.taken[key] = true
			return base
		}
	}
}

// domainOf returns the web domain of a coined word.
func domainOf(base string) string { return strings.ToLower(base) + ".example" }

// trades are the second words of companies' names by industry, and the German ones.
var (
	trades = map[string][]string{
		"Manufacturing": {"Manufacturing", "Materials", "Packaging", "Motors", "Engineering"},
		"Retail":        {"Retail", "Foods", "Stores", "Brands"},
		"Healthcare":    {"Health", "Pharma", "Clinics", "Diagnostics"},
		"Finance":       {"Financial", "Insurance", "Partners", "Mutual"},
		"Logistics":     {"Logistics", "Freight", "Shipping"},
		"Technology":    {"Systems", "Technologies", "Telecom", "Media"},
		"Energy":        {"Energy", "Power", "Renewables"},
	}
	germanTrades = map[string][]string{
		"Manufacturing": {"Maschinenbau", "Möbelwerke", "Stahlbau", "Prüftechnik"},
		"Retail":        {"Handel", "Getränke", "Bäckereien"},
		"Healthcare":    {"Apotheken", "Kliniken"},
		"Finance":       {"Versicherung", "Sparverein"},
		"Logistics":     {"Logistik", "Spedition"},
		"Technology":    {"Büroservice", "Systemtechnik"},
		"Energy":        {"Energietechnik", "Stadtwerke"},
	}
	industries = []string{"Manufacturing", "Retail", "Healthcare", "Finance", "Logistics", "Technology", "Energy"}
)

// trade returns the second word of a company's name.
func trade(r *rand.Rand, industry, country string) string {
	switch country {
	case "DE", "AT", "CH":
		return pick(r, germanTrades[industry])
	}
	return pick(r, trades[industry])
}

// legalForms by country; a name is written with one or without.
var legalForms = map[string][]string{
	"US": {"Inc", "LLC", "Corp"}, "CA": {"Inc", "Ltd"}, "GB": {"Ltd", "PLC"}, "IE": {"Ltd"},
	"DE": {"GmbH", "AG"}, "AT": {"GmbH"}, "CH": {"AG"}, "NL": {"BV"},
}

// publicName returns the name of a public body in a country.
func publicName(r *rand.Rand, base, country string) string {
	patterns := map[string][]string{
		"US": {"City of %s", "%s County", "%s Unified School District", "%s State Agency", "%s Community College"},
		"CA": {"City of %s", "%s Regional District", "%s School Board"},
		"GB": {"%s Borough Council", "%s County Council", "%s NHS Trust"},
		"DE": {"Stadt %s", "Landkreis %s"}, "AT": {"Stadt %s"}, "CH": {"Kanton %s"},
		"IE": {"%s County Council"}, "NL": {"Gemeente %s"},
	}
	return fmt.Sprintf(pick(r, patterns[country]), base)
}

// styled writes a name as one more system or person would: the legal form or
// none, capitals throughout, a second space. Folding undoes all of it.
func styled(r *rand.Rand, a *account) string {
	name := a.name
	if form := a.form; form != "" && percent(r, 50) {
		name += " " + form
		if form == "Inc" && percent(r, 50) {
			name += "."
		}
	}
	switch r.IntN(20) {
	case 0:
		return strings.ToUpper(name)
	case 1:
		return strings.Replace(name, " ", "  ", 1)
	}
	return name
}

// website writes the domain as people fill in a website field.
func website(r *rand.Rand, domain string) string {
	switch r.IntN(10) {
	case 0:
		return "https://www." + domain + "/"
	case 1:
		return "www." + domain
	case 2:
		return "http://" + domain
	case 3:
		return strings.ToUpper(domain[:1]) + domain[1:]
	}
	return domain
}
