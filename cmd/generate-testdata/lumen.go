package main

import (
	"math/rand/v2"
	"time"
)

// The segments of Lumen AI.
const (
	developers = "developers"
	merchants  = "online-merchants"
	midMarket  = "mid-market-it"
	enterprise = "enterprise-operations"
	public     = "public-sector"
)

// addressable members by segment, as ecosystem.yaml declares them.
var addressable = map[string]int{
	developers: 48_000, merchants: 22_000,
	midMarket: 14_000, enterprise: 5_200, public: 2_800,
}

// asOf is the day at which the example is judged.
var asOf = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// day returns the date that is n days after asOf; n may be negative.
func day(n int) string { return asOf.AddDate(0, 0, n).Format(time.DateOnly) }

// lumen is the example ecosystem: who is there, and who reaches whom.
type lumen struct {
	*plan
	coin  *coiner
	count int // accounts created

	market    []*account            // the buyers of all segments that sellers draw from
	cast      map[string]*account   // accounts with a story, by domain
	named     []*account            // the direct-only list, without those of the cast
	dark      []*account            // companies that one list each knows, by name only
	namesakes [][2]*account         // two companies of one name
	clients   map[string][]*account // what the two referral partners bring

	signups []signup
	exempt  []*account
}

// newLumen plans the ecosystem. Sellers come in an order: the candidate draws
// last, from those that others reach, those that are targets, and the rest.
func newLumen() *lumen {
	l := &lumen{plan: newPlan(), coin: newCoiner(), cast: map[string]*account{}, clients: map[string][]*account{}}
	l.castAccounts()
	l.populate()
	l.reserve()
	l.planField()
	l.planReseller()
	l.planDistributor()
	l.planRegional()
	l.planIntegrators()
	l.planMarketplaces()
	l.planReferrals()
	l.planEnded()
	l.playCast()
	l.planUsers()
	l.planCandidate()
	return l
}

// enter numbers an account.
func (l *lumen) enter(a *account) *account {
	l.count++
	a.number = l.count
	return a
}

// populate makes the market: as many buyers as the segments are said to have.
func (l *lumen) populate() {
	r := randomFor("market")
	for _, segment := range []string{midMarket, enterprise, public} {
		for range addressable[segment] {
			l.market = append(l.market, l.newBuyer(r, segment))
		}
	}
}

func (l *lumen) newBuyer(r *rand.Rand, segment string) *account {
	base := l.coin.coin(companyTails)
	a := &account{segment: segment, domain: domainOf(base), country: country(r), pull: r.IntN(1000)}
	a.employees = headcount(r, segment)
	switch segment {
	case public:
		a.name, a.industry = publicName(r, base, a.country), pick(r, []string{"Government", "Government", "Education"})
	default:
		a.industry = pick(r, industries)
		a.name, a.form = base+" "+trade(r, a.industry, a.country), pick(r, legalForms[a.country])
	}
	return l.enter(a)
}

// country draws from where Lumen AI and its partners sell.
func country(r *rand.Rand) string {
	return pick(r, []string{
		"US", "US", "US", "US", "US", "US", "US", "US", "US", "US", "US", "CA", "CA",
		"GB", "GB", "GB", "IE", "NL", "DE", "DE", "DE", "AT", "CH",
	})
}

func headcount(r *rand.Rand, segment string) int {
	switch segment {
	case midMarket:
		return 200 + r.IntN(1800)
	case enterprise:
		return 2000 + r.IntN(400)*r.IntN(120)
	}
	return 40 + r.IntN(200)*r.IntN(60)
}

// reserve takes out of the market those that no seller may draw: the direct-only
// list, companies that lists know by name alone, and companies of one name.
func (l *lumen) reserve() {
	r := randomFor("reserve")
	l.named = draw(r, keep(l.market, inSegment(enterprise), inCountries("US", "CA")), 36, 8)
	l.market = keep(l.market, not(among(l.named)))
	l.dark = draw(r, keep(l.market, not(inSegment(public))), 190, 0)
	l.market = keep(l.market, not(among(l.dark)))
	abroad := draw(r, keep(l.market, inSegment(midMarket), inCountries("GB")), 3, 0)
	home := draw(r, keep(l.market, inSegment(midMarket), inCountries("US")), 9, 0)
	for i, other := range append(abroad, home[6:]...) {
		other.name = home[i].name
		l.namesakes = append(l.namesakes, [2]*account{home[i], other})
	}
	l.market = keep(l.market, not(among(abroad)), not(among(home)))
	for _, a := range l.market {
		if r.IntN(30) == 0 {
			a.second = "get-" + a.domain
		}
	}
}

// among tests membership.
func among(accounts []*account) func(*account) bool {
	set := map[*account]bool{}
	for _, a := range accounts {
		set[a] = true
	}
	return func(a *account) bool { return set[a] }
}
