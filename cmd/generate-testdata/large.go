package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// largeSize is how much a large ecosystem holds.
type largeSize struct{ accounts, partners, deals int }

func (s largeSize) check() error {
	if s.accounts < 1 || s.partners < 1 || s.deals < 0 {
		return fmt.Errorf("-accounts and -partners must be 1 or more, -deals 0 or more; found %d, %d, %d", s.accounts, s.partners, s.deals)
	}
	return nil
}

// writeLarge writes an ecosystem for measurements: an own list of half of the
// accounts, one long list of all partners with about five memberships for each
// account, the candidate's list of a tenth of the accounts, and deals.
func writeLarge(dir string, size largeSize) error {
	if err := size.check(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "lists"), 0o755); err != nil {
		return err
	}
	for name, write := range map[string]func(*bufio.Writer, largeSize){
		"ecosystem.yaml":       largeEcosystem,
		"lists/crm.csv":        largeCRM,
		"lists/partners.csv":   largePartners,
		"lists/candidate.csv":  largeCandidate,
		"lists/deals.csv":      largeDeals,
		"lists/activities.csv": largeUsers,
	} {
		if err := writeStream(filepath.Join(dir, filepath.FromSlash(name)), size, write); err != nil {
			return err
		}
	}
	return nil
}

// writeStream writes one file without holding it in memory.
func writeStream(path string, size largeSize, write func(*bufio.Writer, largeSize)) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	write(w, size)
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func largeDomain(i int) string    { return fmt.Sprintf("account-%07d.example", i) }
func largePartnerID(i int) string { return fmt.Sprintf("partner-%04d", i) }

// largeKinds are the channels of partners, by turns.
var largeKinds = []string{"reseller", "reseller", "reseller", "integrator", "referral", "marketplace"}

func largeEcosystem(w *bufio.Writer, size largeSize) {
	fmt.Fprintf(w, `# Written by generate-testdata for measurements: %d accounts, %d partners, %d deals.
vendor: Large
currency: USD
as_of: 2026-11-23
accounts: {addressable: %d}
segments:
  - {id: public-sector, audience: buyers, addressable: %d, value: 14000, match: {segment: [Government]}}
  - {id: mid-market, audience: buyers, addressable: %d, value: 9000, match: {employees: 1..1999}}
  - {id: enterprise, audience: buyers, addressable: %d, value: 42000, match: {employees: 2000..1000000}}
  - {id: developers, audience: users, addressable: %d, value: 120}
channels:
  - {id: field, kind: direct-buyer}
  - {id: self-serve, kind: direct-user, accounts: lists/activities.csv}
`, size.accounts, size.partners, size.deals, size.accounts*2, size.accounts/4, size.accounts, size.accounts/2, size.accounts*4)
	for _, kind := range []string{"reseller", "integrator", "referral", "marketplace"} {
		fmt.Fprintf(w, "  - {id: %ss, kind: %s, audiences: [buyers]}\n", kind, kind)
	}
	fmt.Fprintf(w, "partners:\n")
	for i := range size.partners {
		fmt.Fprintf(w, "  - {id: %s, channel: %ss%s}\n", largePartnerID(i), largeKinds[i%len(largeKinds)], largeTerms(i))
	}
	fmt.Fprint(w, `  - {id: candidate, channel: resellers, stage: negotiating, accounts: lists/candidate.csv}
lists:
  - {file: lists/crm.csv, channel: field, own: true}
  - {file: lists/partners.csv, undeclared: reject, columns: {partner: partner, channel: channel}}
deals: {file: lists/deals.csv}
`)
}

// largeTerms gives the first partner an exclusive segment.
func largeTerms(i int) string {
	if i > 0 {
		return ""
	}
	return ", terms: [{kind: exclusive, against: partners, segments: [public-sector], from: 2025-01-01, until: 2027-12-31}]"
}

func largeCRM(w *bufio.Writer, size largeSize) {
	r := randomFor("large crm")
	fmt.Fprintln(w, "account,name,segment,employees,country,status,value")
	for i := 0; i < size.accounts; i += 2 {
		s := target
		if percent(r, 25) {
			s = pick(r, []status{customer, customer, open})
		}
		fmt.Fprintf(w, "%s,Account %07d,%s,%d,%s,%s,%d\n", largeDomain(i), i, largeIndustry(i), largeHeads(i),
			pick(r, []string{"US", "DE", "GB"}), s, 1_000+r.IntN(50_000))
	}
}

// largeIndustry and largeHeads depend on the account alone: all lists agree.
func largeIndustry(i int) string {
	return [...]string{"Retail", "Finance", "Energy", "Government"}[i%7%4]
}
func largeHeads(i int) int { return 100 + i*7919%4_000 }

// largePartners gives each account one to four partners, two on average, the first
// ones more often.
func largePartners(w *bufio.Writer, size largeSize) {
	r := randomFor("large partners")
	fmt.Fprintln(w, "account,name,partner,channel,segment,employees,status")
	for i := range size.accounts {
		for range 1 + min(r.IntN(4), r.IntN(4)) {
			p := largeSkewed(r, size.partners)
			s := pick(r, []status{relationship, relationship, relationship, customer, open})
			fmt.Fprintf(w, "%s,Account %07d,%s,%ss,%s,%d,%s\n", largeDomain(i), i, largePartnerID(p),
				largeKinds[p%len(largeKinds)], largeIndustry(i), largeHeads(i), s)
		}
	}
}

// largeSkewed draws a number below n, small ones more often.
func largeSkewed(r *rand.Rand, n int) int { return min(r.IntN(n), r.IntN(n), r.IntN(n)) }

func largeCandidate(w *bufio.Writer, size largeSize) {
	r := randomFor("large candidate")
	fmt.Fprintln(w, "account,name,segment,employees")
	for i := range size.accounts {
		if r.IntN(10) == 0 {
			fmt.Fprintf(w, "%s,Account %07d,%s,%d\n", largeDomain(i), i, largeIndustry(i), largeHeads(i))
		}
	}
}

// largeUsers gives a fifth of the accounts one to eight users of self-serve.
func largeUsers(w *bufio.Writer, size largeSize) {
	r := randomFor("large users")
	fmt.Fprintln(w, "email,plan")
	for i := range size.accounts {
		if r.IntN(5) > 0 {
			continue
		}
		for u := range 1 + r.IntN(8) {
			fmt.Fprintf(w, "user%d@%s,%s\n", u, largeDomain(i), pick(r, []string{"free", "free", "paid"}))
		}
	}
}

// largeDeals writes deals, a third of them direct.
func largeDeals(w *bufio.Writer, size largeSize) {
	r := randomFor("large deals")
	fmt.Fprintln(w, "id,account,channel,partner,stage,amount,opened,closes")
	for i := range size.deals {
		channel, partner := "field", ""
		if !percent(r, 33) {
			p := largeSkewed(r, size.partners)
			channel, partner = largeKinds[p%len(largeKinds)]+"s", largePartnerID(p)
		}
		stage := pick(r, strings.Fields("Qualification Proposal Negotiation Won Lost"))
		fmt.Fprintf(w, "deal-%06d,%s,%s,%s,%s,%d,%s,%s\n", i, largeDomain(r.IntN(size.accounts)), channel, partner,
			stage, 500+r.IntN(90_000), day(-1-r.IntN(400)), day(r.IntN(200)-60))
	}
}
