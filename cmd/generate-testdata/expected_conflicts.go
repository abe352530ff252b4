package main

import (
	"maps"
	"slices"
	"strings"
)

// singleOwner are the roles of account-led sellers that only one party can have
// on a deal. Marketplaces are left out: with another seller they are a pathway to
// agree, which is not live.
var singleOwner = map[string][]string{
	"field": {"source", "transact"}, "cdw": {"source", "transact"}, "kontor": {"source", "transact"},
	"td-synnex": {"transact"}, "accenture": {"source"}, "halcyon": {"source"},
	"stackwise": {"source"}, "ps-nadir": {"source"},
}

// compete reports whether two sellers share a single-owner role. TD Synnex and
// CDW do not: they meet on one deal, which the report names.
func compete(p, q string) bool {
	if p == "td-synnex" && q == "cdw" {
		return false
	}
	return slices.ContainsFunc(singleOwner[p], func(role string) bool { return slices.Contains(singleOwner[q], role) })
}

// liveOfAll counts, by segment, the members at which any two sellers compete and
// both have a customer or an open deal.
func (r reaching) liveOfAll() map[string]int {
	counted := map[member]bool{}
	for i, p := range today {
		for _, q := range today[i+1:] {
			if !compete(p, q) {
				continue
			}
			for m, s := range r[p] {
				if s.strength() >= open.strength() && r[q][m].strength() >= open.strength() {
					counted[m] = true
				}
			}
		}
	}
	live := map[string]int{"all": len(counted)}
	for m := range counted {
		live[m.segment]++
	}
	return live
}

// live counts the members at which both sellers have a customer or an open deal.
func (r reaching) live(p, q string) map[string]int {
	live := map[string]int{"all": 0}
	for m, s := range r[p] {
		if t := r[q][m]; s.strength() >= open.strength() && t.strength() >= open.strength() {
			live["all"]++
			live[m.segment]++
		}
	}
	return live
}

// stories names the accounts at which a finding is meant to be, and no other
// account has it.
func (l *lumen) stories() map[string][]string {
	bypassed := keep(l.market, l.has("td-synnex", customer), l.has("cdw", relationship))
	stories := map[string][]string{
		"registration-collision":   {talweg},
		"named-account-breach":     {kestrelAero},
		"self-serve-against-sales": slices.Clone(crowded),
		"offer-collision":          {brightforge},
		"tier-bypass":              domainsOf(bypassed),
	}
	for _, domains := range maps.All(stories) {
		slices.SortFunc(domains, strings.Compare)
	}
	return stories
}

func domainsOf(accounts []*account) []string {
	var domains []string
	for _, a := range accounts {
		domains = append(domains, a.domain)
	}
	return domains
}
