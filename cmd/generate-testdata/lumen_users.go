package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// signup is a row of the self-serve product. Those not seen for half a year are
// in the file and filtered out by `where`.
type signup struct {
	*person
	paid     bool
	lastSeen int // days from asOf, negative
}

// activeSince is the oldest last_seen that still counts, in days from asOf.
const activeSince = -180

// mailboxes makes persons. Addresses are unique.
type mailboxes struct {
	r     *rand.Rand
	taken map[string]bool
	free  int
}

// at returns a person with a mailbox at an organisation.
func (m *mailboxes) at(org *account, segment string) *person {
	for {
		local := string(pick(m.r, givenNames)[0]) + pick(m.r, familyNames)
		if percent(m.r, 40) {
			local = pick(m.r, givenNames)
		}
		if email := local + "@" + org.domain; !m.taken[email] {
			m.taken[email] = true
			return &person{email: email, org: org, segment: segment}
		}
	}
}

// private returns a person with a free mailbox. Neither provider allows hyphens,
// so that the address can be nobody's.
func (m *mailboxes) private(segment string) *person {
	m.free++
	provider := pick(m.r, []string{"gmail.com", "yahoo.com"})
	return &person{email: fmt.Sprintf("u-%d@%s", m.free, provider), segment: segment}
}

// planUsers fills self-serve, the platform, and the crowds behind AWS accounts.
func (l *lumen) planUsers() {
	m := &mailboxes{r: randomFor("mailboxes"), taken: map[string]bool{}}
	startups := l.organisations(3_800, developerTails)
	shops := l.organisations(5_200, shopTails)
	l.crowd("aws", startups[:1_300]...)
	l.crowd("aws", startups[3_000:]...)
	l.signDevelopers(m, startups[:3_000])
	l.signMerchants(m, shops)
	l.signStale(m, startups[:300])
}

// organisations makes those behind users that no list of buyers holds.
func (l *lumen) organisations(n int, tails []string) []*account {
	all := make([]*account, n)
	for i := range all {
		base := l.coin.coin(tails)
		all[i] = l.enter(&account{name: base, domain: domainOf(base)})
	}
	return all
}

// signDevelopers signs up developers of start-ups, of companies that buyers'
// lists hold (three at most, and five or more only in the cast), and private ones.
func (l *lumen) signDevelopers(m *mailboxes, startups []*account) {
	for _, org := range startups {
		for range 1 + m.r.IntN(3) {
			l.signUp(m, m.at(org, developers))
		}
	}
	companies := draw(m.r, keep(l.market, l.listed), 1_000, 5)
	for _, org := range companies {
		for range 1 + m.r.IntN(3) {
			l.signUp(m, m.at(org, developers))
		}
	}
	for range 3_800 {
		l.signUp(m, m.private(developers))
	}
	l.signCast(m)
}

// signMerchants gives each shop its owner on the platform; some of the owners,
// and merchants without a shop there, sign up as well.
func (l *lumen) signMerchants(m *mailboxes, shops []*account) {
	install := func(owner *person) {
		stage := relationship
		if percent(m.r, 40) {
			stage = customer
		}
		l.user("shopify", stage, owner)
	}
	for _, shop := range shops {
		owner := m.at(shop, merchants)
		onPlatform := percent(m.r, 85)
		if onPlatform {
			install(owner)
		}
		if !onPlatform || percent(m.r, 22) {
			l.signUp(m, owner)
		}
	}
	for range 2_600 {
		install(m.private(merchants))
	}
	for range 450 {
		l.signUp(m, m.private(merchants))
	}
}

// signStale adds rows of users who went away: they are not members.
func (l *lumen) signStale(m *mailboxes, startups []*account) {
	for i := range 640 {
		p := m.private(developers)
		if i%2 == 0 {
			p = m.at(startups[i%len(startups)], developers)
		}
		l.signups = append(l.signups, signup{person: p, lastSeen: activeSince - 1 - m.r.IntN(500)})
	}
}

// signUp adds an active user.
func (l *lumen) signUp(m *mailboxes, p *person) {
	s := signup{person: p, paid: percent(m.r, 22), lastSeen: -m.r.IntN(-activeSince + 1)}
	l.signups = append(l.signups, s)
	l.user("self-serve", customer, p)
	l.paid[p] = s.paid
}

// sortSignups orders rows by address, as exports of a product's database are.
func sortSignups(rows []signup) {
	slices.SortFunc(rows, func(a, b signup) int { return strings.Compare(a.email, b.email) })
}
