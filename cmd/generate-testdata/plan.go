package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// account is an organisation, as it is in truth: lists write it in many ways.
type account struct {
	name      string // without the legal form
	form      string // legal form, or empty
	domain    string
	second    string // a further domain that the own list has, or empty
	former    string // a domain that only the file of aliases explains, or empty
	segment   string // as buyers; empty for organisations behind users alone
	country   string
	industry  string
	employees int
	pull      int // 0..999: how much sellers are drawn to it
	number    int // the order of creation
}

// person is a user with an e-mail address.
type person struct {
	email   string
	org     *account // nil behind a free-mail address
	segment string
}

// status is what a list says of a seller and a member.
type status string

const (
	customer     status = "customer"
	open         status = "open"
	relationship status = "relationship"
	target       status = "target"
)

// strength orders statuses: the strongest of several counts.
func (s status) strength() int {
	return slices.Index([]status{target, relationship, open, customer}, s) + 1
}

// plan is the truth: who is reached over which seller. Lists are written from
// it, and the expected figures are counted from it, each on its own.
type plan struct {
	// buyers and crowds hold, by seller, the status at each account. A crowd is
	// an account's users as a whole, known without their e-mails.
	buyers, crowds map[string]map[*account]status
	people         map[string]map[*person]status
	paid           map[*person]bool
	// amounts are sales by seller and account, in cents of the seller's currency.
	amounts map[string]map[*account]int64
}

func newPlan() *plan {
	return &plan{
		buyers:  map[string]map[*account]status{},
		crowds:  map[string]map[*account]status{},
		people:  map[string]map[*person]status{},
		paid:    map[*person]bool{},
		amounts: map[string]map[*account]int64{},
	}
}

// touch records that a seller stands with each account as s says, and keeps the
// stronger where there was a status already.
func (p *plan) touch(seller string, s status, accounts ...*account) {
	if p.buyers[seller] == nil {
		p.buyers[seller] = map[*account]status{}
	}
	for _, a := range accounts {
		if s.strength() > p.buyers[seller][a].strength() {
			p.buyers[seller][a] = s
		}
	}
}

// crowd records that the users of each account use the product over a seller.
func (p *plan) crowd(seller string, accounts ...*account) {
	if p.crowds[seller] == nil {
		p.crowds[seller] = map[*account]status{}
	}
	for _, a := range accounts {
		p.crowds[seller][a] = customer
	}
}

// user records that a person uses the product over a seller.
func (p *plan) user(seller string, s status, u *person) {
	if p.people[seller] == nil {
		p.people[seller] = map[*person]status{}
	}
	p.people[seller][u] = s
}

// knows reports whether a seller's list has the account, with any status.
func (p *plan) knows(seller string) func(*account) bool {
	return func(a *account) bool { _, ok := p.buyers[seller][a]; return ok }
}

// reaches reports whether a seller reaches the account: target is not reach.
func (p *plan) reaches(seller string) func(*account) bool {
	return func(a *account) bool { return reach(p.buyers[seller][a]) }
}

// has reports whether the seller stands with the account as one of the statuses.
func (p *plan) has(seller string, statuses ...status) func(*account) bool {
	return func(a *account) bool { return slices.Contains(statuses, p.buyers[seller][a]) }
}

func reach(s status) bool { return s.strength() > target.strength() }

// sorted returns the accounts of a map in order of creation.
func sorted(m map[*account]status) []*account {
	return slices.SortedFunc(maps.Keys(m), func(a, b *account) int { return a.number - b.number })
}

// sortedPeople returns persons in order of their address.
func sortedPeople(m map[*person]status) []*person {
	return slices.SortedFunc(maps.Keys(m), func(a, b *person) int { return strings.Compare(a.email, b.email) })
}

func inSegment(segment string) func(*account) bool {
	return func(a *account) bool { return a.segment == segment }
}

func inCountries(codes ...string) func(*account) bool {
	return func(a *account) bool { return slices.Contains(codes, a.country) }
}

// money writes cents as a plain decimal number.
func money(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}
