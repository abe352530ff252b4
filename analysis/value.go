package analysis

import (
	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Value is money at members, by what it rests on. The bases are never added.
type Value struct {
	// Potential is gross margin a year at the members reached today: their own
	// value, or their segment's where they have none.
	Potential Sum `json:"potential"`
	// Valued is the number of members whose own value went into Potential, and
	// BySegment of those that took the segment's.
	Valued    float64 `json:"valued"`
	BySegment float64 `json:"by_segment"`
	Amounts   Amounts `json:"amounts"`
}

// Amounts are sums of what rows say, turnover as written.
type Amounts struct {
	Booked   Sum `json:"booked"`   // of customers
	Pipeline Sum `json:"pipeline"` // of open deals
	Reported Sum `json:"reported"` // of relationships

	members [3]int64 // among whom each of the three is
}

// IsZero reports whether no row said anything.
func (a Amounts) IsZero() bool {
	return a.Booked.IsZero() && a.Pipeline.IsZero() && a.Reported.IsZero()
}

// value sums over the members that the sellers reach, as lists show them.
func (s *Study) value(parts []*part, of figure.Sellers) Value {
	var v Value
	for _, p := range parts {
		if p.cell == nil {
			continue
		}
		for i := range p.cell.Sets {
			if set := &p.cell.Sets[i]; s.reachedBy(p.table, set, of) {
				s.addPotential(&v, p, set)
			}
		}
	}
	v.Amounts = s.amounts(parts, of)
	return v
}

func (s *Study) addPotential(v *Value, p *part, set *exposure.Set) {
	v.Potential.Decimal = v.Potential.Add(set.Value)
	v.Valued += float64(set.Valued)
	if p.segment < 0 {
		return
	}
	each := s.inCurrency(s.Ecosystem.Segments[p.segment].Value)
	if each.IsZero() {
		return
	}
	rest := set.Members - set.Valued
	v.Potential.Decimal = v.Potential.Add(each.Mul(decimal.NewFromInt(rest)))
	v.BySegment += float64(rest)
}

// inCurrency turns money into the ecosystem's currency. Rates are there: the
// ecosystem was checked.
func (s *Study) inCurrency(m graph.Money) decimal.Decimal {
	if rate, ok := s.Ecosystem.Rates[m.Currency]; ok && m.Currency != s.Ecosystem.Currency {
		return m.Amount.Mul(rate)
	}
	return m.Amount
}

func (s *Study) reachedBy(t *exposure.Table, set *exposure.Set, of figure.Sellers) bool {
	for _, i := range set.Touches {
		if t.Touches[i].Reaches() && of.Has(t.Touches[i].Seller) {
			return true
		}
	}
	return false
}

// amounts sums what the rows of some sellers say, by status. Where several of
// them are parties to one deal, its money counts once: see counted.
func (s *Study) amounts(parts []*part, of figure.Sellers) Amounts {
	var a Amounts
	for _, p := range parts {
		if p.cell == nil {
			continue
		}
		for i := range p.cell.Sets {
			s.addAmounts(&a, p.table, &p.cell.Sets[i], of)
		}
	}
	return a
}

// amountsOfEach sums what the rows of each seller by itself say, in one pass.
func (s *Study) amountsOfEach(parts []*part) []Amounts {
	all := make([]Amounts, len(s.Sellers))
	for _, p := range parts {
		if p.cell == nil {
			continue
		}
		for i := range p.cell.Sets {
			set := &p.cell.Sets[i]
			for n, t := range set.Touches {
				touch := &p.table.Touches[t]
				all[touch.Seller].add(touch.Status, set.Amounts[n], membersOnce(p.table, set, n))
			}
		}
	}
	return all
}

// membersOnce are the members of a set, for the first of a seller's touches there
// that says an amount of one status.
func membersOnce(t *exposure.Table, set *exposure.Set, n int) int64 {
	touch := &t.Touches[set.Touches[n]]
	for m := range n {
		if other := &t.Touches[set.Touches[m]]; other.Seller == touch.Seller && other.Status == touch.Status && !set.Amounts[m].IsZero() {
			return 0
		}
	}
	return set.Members
}

func (s *Study) addAmounts(a *Amounts, t *exposure.Table, set *exposure.Set, of figure.Sellers) {
	told := map[graph.Status]bool{} // of whose members an amount is added already
	for n, i := range set.Touches {
		if set.Amounts[n].IsZero() {
			continue // as most are
		}
		touch := &t.Touches[i]
		if of.Has(touch.Seller) && s.counted(t, set, n, of) {
			members := set.Members
			if told[touch.Status] {
				members = 0
			}
			told[touch.Status] = true
			a.add(touch.Status, set.Amounts[n], members)
		}
	}
}

// counted reports whether the amount of touch n of a set goes into the sum over
// some sellers. It does not where another of them is a party to the same deal
// and has an amount there too: then that of the seller nearest to the buyer
// counts, and among equals that of the first.
func (s *Study) counted(t *exposure.Table, set *exposure.Set, n int, of figure.Sellers) bool {
	touch := &t.Touches[set.Touches[n]]
	for m, j := range set.Touches {
		other := &t.Touches[j]
		if m == n || !of.Has(other.Seller) || set.Amounts[m].IsZero() || !conflict.OneDeal(touch, other) {
			continue
		}
		below, above := s.Rule.Supplies(touch.Seller, other.Seller), s.Rule.Supplies(other.Seller, touch.Seller)
		if below || !above && other.Seller < touch.Seller {
			return false
		}
	}
	return true
}

// add adds what rows with a status say of so many members that were not told of
// before.
func (a *Amounts) add(status graph.Status, amount decimal.Decimal, members int64) {
	if amount.IsZero() {
		return
	}
	for i, x := range []struct {
		status graph.Status
		sum    *Sum
	}{{graph.Customer, &a.Booked}, {graph.Open, &a.Pipeline}, {graph.Relationship, &a.Reported}} {
		if x.status == status {
			x.sum.Decimal = x.sum.Add(amount)
			a.members[i] += members
		}
	}
}
