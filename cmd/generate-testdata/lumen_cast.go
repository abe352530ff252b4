package main

// The accounts with a story: each shows one situation of the guide.
const (
	brightforge = "brightforge.example" // a private offer beside a reseller's separate quote
	orchard     = "orchardmutual.example"
	harborline  = "harborline.example"
	quartzmill  = "quartzmill-energy.example"
	stonebeck   = "stonebeck.example"
	velvetRow   = "velvetrow.example"
	kestrelAero = "kestrel-aerospace.example"
	calderRail  = "calderrail.example"
	talweg      = "talweg.example"
	isarwerk    = "isarwerk.example"
	solvane     = "solvane.example"
	solvaneNRG  = "solvane-energy.example"
	pinehurst   = "pinehurst-foods.example"
	alderbury   = "alderbury.example"
)

// crowded are accounts with an open direct deal and five or more active users of
// self-serve, whom nobody has been asked to serve.
var crowded = []string{harborline, "tidewatergrocers.example", "larkfield-insurance.example",
	"cobaltmotors.example", "eastmere-pharma.example", "copperdale.example"}

// castAccounts creates them before anything else.
func (l *lumen) castAccounts() {
	for _, a := range []account{
		{name: "Brightforge Industries", form: "Inc", domain: brightforge, segment: midMarket, country: "US", industry: "Manufacturing", employees: 1450},
		{name: "Orchard Mutual", domain: orchard, segment: midMarket, country: "US", industry: "Finance", employees: 900},
		{name: "Harborline Logistics", form: "Inc", domain: harborline, segment: enterprise, country: "US", industry: "Logistics", employees: 8200},
		{name: "Tidewater Grocers", form: "Inc", domain: crowded[1], segment: enterprise, country: "US", industry: "Retail", employees: 12400},
		{name: "Larkfield Insurance", form: "PLC", domain: crowded[2], segment: enterprise, country: "GB", industry: "Finance", employees: 3900},
		{name: "Cobalt Motors", form: "AG", domain: crowded[3], segment: enterprise, country: "DE", industry: "Manufacturing", employees: 26000},
		{name: "Eastmere Pharma", form: "Ltd", domain: crowded[4], segment: enterprise, country: "GB", industry: "Healthcare", employees: 5100},
		{name: "Copperdale Foods", form: "Inc", domain: crowded[5], segment: midMarket, country: "CA", industry: "Retail", employees: 1700},
		{name: "Quartzmill Energy", form: "Inc", domain: quartzmill, segment: enterprise, country: "US", industry: "Energy", employees: 7000},
		{name: "Stonebeck Pharma", form: "Ltd", domain: stonebeck, segment: enterprise, country: "GB", industry: "Healthcare", employees: 2300},
		{name: "Velvet Row Hotels", form: "LLC", domain: velvetRow, segment: midMarket, country: "US", industry: "Retail", employees: 1100},
		{name: "Kestrel Aerospace", form: "Corp", domain: kestrelAero, segment: enterprise, country: "US", industry: "Manufacturing", employees: 15400},
		{name: "Calder Rail", form: "PLC", domain: calderRail, segment: enterprise, country: "GB", industry: "Logistics", employees: 4800},
		{name: "Talweg Maschinenbau", form: "GmbH", domain: talweg, segment: midMarket, country: "DE", industry: "Manufacturing", employees: 640},
		{name: "Isarwerk Optik", form: "GmbH", domain: isarwerk, segment: midMarket, country: "DE", industry: "Manufacturing", employees: 310},
		{name: "Solvane Group", form: "Inc", domain: solvane, segment: enterprise, country: "US", industry: "Energy", employees: 31000},
		{name: "Solvane Energy Services", form: "LLC", domain: solvaneNRG, segment: midMarket, country: "US", industry: "Energy", employees: 1200},
		{name: "Pinehurst Foods", form: "Inc", domain: pinehurst, segment: enterprise, country: "US", industry: "Retail", employees: 9800},
		{name: "City of Alderbury", domain: alderbury, segment: public, country: "US", industry: "Government", employees: 2100},
	} {
		l.coin.claim(a.domain[:len(a.domain)-len(".example")])
		l.cast[a.domain] = l.enter(&a)
	}
}

// playCast gives the cast its touches.
func (l *lumen) playCast() {
	put := func(seller string, s status, domains ...string) {
		for _, d := range domains {
			l.touch(seller, s, l.cast[d])
		}
	}
	put("field", open, append(crowded, brightforge, quartzmill, stonebeck, kestrelAero, pinehurst)...)
	put("field", customer, calderRail, solvane)
	put("field", target, orchard, velvetRow, talweg, alderbury)
	put("cdw", open, brightforge, talweg, isarwerk)
	put("cdw", customer, orchard, kestrelAero, calderRail, solvaneNRG)
	put("cdw", relationship, alderbury)
	put("kontor", open, talweg, isarwerk)
	put("aws", customer, orchard)
	put("accenture", relationship, pinehurst)
	put("shi", relationship, alderbury)
	for _, d := range []string{orchard, kestrelAero, calderRail, solvaneNRG} {
		l.sell("cdw", l.cast[d], 2_400_000)
	}
}

// signCast signs up the users of accounts where sales are at work, and the near
// misses: with a handoff, with four active users only, without an open deal.
func (l *lumen) signCast(m *mailboxes) {
	for i, d := range crowded {
		l.signMany(m, d, 5+(4*i)%7)
	}
	l.signMany(m, quartzmill, 7)
	l.signMany(m, stonebeck, 4)
	l.signMany(m, velvetRow, 6)
	for range 3 {
		l.signups = append(l.signups, signup{person: m.at(l.cast[stonebeck], developers), lastSeen: activeSince - 40})
	}
}

func (l *lumen) signMany(m *mailboxes, domain string, n int) {
	for range n {
		l.signUp(m, m.at(l.cast[domain], developers))
	}
}
