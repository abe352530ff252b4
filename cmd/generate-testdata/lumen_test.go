package main

import (
	"maps"
	"slices"
	"sync"
	"testing"
)

// planned is the plan that tests look at.
var planned = sync.OnceValue(newLumen)

// TestStory holds the example to what its documentation tells.
func TestStory(t *testing.T) {
	e := expectedOf(planned())
	shi := e.Candidates["shi"]
	for _, c := range []struct {
		what           string
		got, low, high int
	}{
		{"direct sales against CDW in live conflict", e.Live["field cdw"]["all"], 100, 250},
		{"accounts of the candidate that others reach", shi.AlreadyReached, 1_000, 2_000},
		{"openings", shi.Openings, 500, 1_200},
		{"accounts new to us", shi.NewToUs, 300, 900},
		{"accounts inside CDW's exclusive scope", shi.InsideClause, 50, 300},
		{"rows of the candidate's list", e.Lists["shi.xlsx"].Rows, 2_800, 3_200},
		{"buyers reached", e.Audiences["buyers"].Net, 8_000, 14_000},
		{"users reached", e.Audiences["users"].Net, 20_000, 45_000},
	} {
		if c.got < c.low || c.got > c.high {
			t.Errorf("%s: %d, want %d to %d", c.what, c.got, c.low, c.high)
		}
	}
}

// TestCandidateBreaksOnePromise makes sure that the clause decides: without it,
// SHI stays within the policy.
func TestCandidateBreaksOnePromise(t *testing.T) {
	l := planned()
	e := expectedOf(l)
	rows, shi := e.Lists["shi.xlsx"], e.Candidates["shi"]
	if worst := float64(shi.AlreadyReached+rows.Unresolved) / float64(shi.Accounts); worst > 0.6 {
		t.Errorf("%.2f of the candidate's accounts could collide; the policy allows 0.6", worst)
	}
	if rate := float64(rows.ByDomain+rows.ByName) / float64(rows.Rows); rate < 0.7 {
		t.Errorf("%.2f of the candidate's rows match; the policy asks for 0.7", rate)
	}
	named := append(slices.Clone(l.named), l.cast[kestrelAero], l.cast[calderRail])
	for _, a := range named {
		if l.knows("shi")(a) {
			t.Errorf("%s is on the direct-only list and on the candidate's", a.domain)
		}
	}
}

// TestClauseIsKeptToday makes sure that nobody but the candidate is inside the
// exclusive scope: our own sales may be, and TD Synnex where it supplies CDW.
func TestClauseIsKeptToday(t *testing.T) {
	l := planned()
	exempt := among(l.exempt)
	for _, touches := range []map[string]map[*account]status{l.buyers, l.crowds} {
		for seller, accounts := range touches {
			if slices.Contains([]string{"field", "cdw", "shi", "bluepeak"}, seller) {
				continue
			}
			for a := range accounts {
				through := seller == "td-synnex" && l.has("cdw", customer)(a)
				if inClause(a) && !exempt(a) && !through {
					t.Errorf("%s reaches %s, which is CDW's alone", seller, a.domain)
				}
			}
		}
	}
}

// TestStoriesAreAlone makes sure that a finding meant for the cast is nowhere
// else by chance.
func TestStoriesAreAlone(t *testing.T) {
	l := planned()
	active := map[*account]int{}
	for p := range l.people["self-serve"] {
		active[p.org]++
	}
	for a, n := range active {
		if a != nil && n >= 5 && l.has("field", open)(a) && !slices.Contains(append(crowded, quartzmill), a.domain) {
			t.Errorf("%s has %d active users and an open deal", a.domain, n)
		}
	}
	for _, a := range slices.Concat(l.market, l.named) {
		if l.has("cdw", open)(a) && l.has("kontor", open)(a) {
			t.Errorf("two resellers have a deal open at %s", a.domain)
		}
	}
	for _, a := range l.named {
		for _, seller := range []string{"cdw", "kontor", "td-synnex", "aws", "azure"} {
			if l.knows(seller)(a) {
				t.Errorf("%s is on the direct-only list and %s has it", a.domain, seller)
			}
		}
	}
}

// TestNamesAreUnique makes sure that a name alone tells an account, but for those
// that are meant to be ambiguous.
func TestNamesAreUnique(t *testing.T) {
	l := planned()
	meant := map[string]bool{}
	for _, pair := range l.namesakes {
		meant[pair[0].name] = true
	}
	names, domains := map[string]string{}, map[string]bool{}
	for _, a := range slices.Concat(l.market, l.named, l.dark, slices.Collect(maps.Values(l.cast))) {
		if other, ok := names[a.name]; ok && !meant[a.name] {
			t.Errorf("%s and %s are both %q", other, a.domain, a.name)
		}
		if names[a.name] = a.domain; domains[a.domain] {
			t.Errorf("%s twice", a.domain)
		}
		domains[a.domain] = true
	}
}

// TestRenewalsMeetTheCandidate makes sure that some contracts of which CDW is
// partner of record end within 90 days where the candidate sells.
func TestRenewalsMeetTheCandidate(t *testing.T) {
	l, soon := planned(), 0
	byDomain := map[string]*account{}
	for _, a := range l.market {
		byDomain[a.domain] = a
	}
	for _, row := range table(t, "renewals.csv")[1:] {
		if row[1] == "cdw" && row[3] >= day(0) && row[3] <= day(90) && l.knows("shi")(byDomain[row[0]]) {
			soon++
		}
	}
	if soon < 5 {
		t.Errorf("%d renewals in the window at accounts of the candidate", soon)
	}
}
