package analysis

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/figure"
)

// restrictAudit leaves out of an audit what is not for those for whom it is.
func (r *restriction) restrictAudit(a *Audit) {
	if r == nil {
		return
	}
	r.head(&a.Head)
	if r.toPartner() {
		a.Teams, a.Owners = []Team{}, []Owner{}
		a.Suppliers = slices.DeleteFunc(a.Suppliers, func(d Dependence) bool { return !r.concerns(&d) })
	}
	few := fewSellers(a.Audiences)
	for i := range a.Audiences {
		r.audience(&a.Audiences[i], few)
	}
	for i := range a.Suppliers {
		r.dependence(&a.Suppliers[i])
	}
}

// concerns reports whether the partner for whom it is supplies, or is supplied.
func (r *restriction) concerns(d *Dependence) bool {
	return r.own[d.Supplier.ID] || slices.ContainsFunc(d.Dependent, func(s SellerRef) bool { return r.own[s.ID] })
}

func (r *restriction) dependence(d *Dependence) {
	r.figure(&d.Members)
	r.seller(&d.Supplier)
	d.Dependent = slices.Clone(d.Dependent) // which audiences share
	slices.SortStableFunc(d.Dependent, func(a, b SellerRef) int {
		if r.board {
			return 0
		}
		return r.bySeller(a.ID, b.ID)
	})
	for i := range d.Dependent {
		r.seller(&d.Dependent[i])
	}
}

func (r *restriction) audience(a *AudienceAudit, few map[string]bool) {
	r.values(a)
	r.totals(&a.Total)
	for _, f := range []*figure.Figure{&a.Stages.Working, &a.Stages.Signed, &a.Stages.Potential} {
		r.figure(f)
	}
	for i := range a.Mix {
		m := &a.Mix[i]
		r.figure(&m.Members)
		m.Share = toldRatio(m.Members.Best, a.Total.Net.Best)
	}
	for i := range a.Segments {
		r.totals(&a.Segments[i].Totals)
		r.segment(&a.Segments[i].Segment)
	}
	fewIn := map[string]bool{} // channels
	for i := range a.Sellers {
		if s := &a.Sellers[i]; few[s.Seller.ID] {
			fewIn[s.Seller.Channel] = true
		}
	}
	for i := range a.Channels {
		r.sellerAudit(&a.Channels[i], fewIn[a.Channels[i].Seller.ID])
	}
	for i := range a.Sellers {
		r.sellerAudit(&a.Sellers[i], few[a.Sellers[i].Seller.ID])
	}
}

func (r *restriction) sellerAudit(s *SellerAudit, few bool) {
	if few || r.toPartner() && !r.own[s.Seller.ID] {
		s.Amount.withhold()
	}
	for _, f := range []*figure.Figure{&s.Gross, &s.Net, &s.OnlyThrough, &s.Incremental, &s.Shapley} {
		r.figure(f)
	}
	s.Unresolved = fives(s.Unresolved)
	r.seller(&s.Seller)
}

// values withholds money: from a partner all that is not in its own rows, from the
// board that of few members.
func (r *restriction) values(a *AudienceAudit) {
	few := make([]bool, len(a.Segments))
	for i := range a.Segments {
		few[i] = a.Segments[i].Value.few()
	}
	fewNotAlone(few, func(i int) (float64, bool) {
		v := &a.Segments[i].Value
		return v.Valued + v.BySegment, !v.Potential.IsZero() || !v.Amounts.IsZero()
	})
	for i := range a.Segments {
		r.value(&a.Segments[i].Value, few[i])
	}
	r.value(&a.Value, a.Value.few())
}

// value rounds potential margin as it rounds the members that it is of: whoever
// knows the value of one would count them by it.
func (r *restriction) value(v *Value, few bool) {
	members := v.Valued + v.BySegment
	if few || r.toPartner() {
		v.Amounts.withhold()
		v.Potential = Withheld
	} else if members > 0 {
		told := decimal.NewFromFloat(fives(members)).Div(decimal.NewFromFloat(members))
		v.Potential.Decimal = v.Potential.Mul(told)
	}
	v.Valued, v.BySegment = fives(v.Valued), fives(v.BySegment)
}

// few reports whether some of the money is at 1 to 4 members.
func (v *Value) few() bool {
	n := v.Valued + v.BySegment
	return !v.Potential.IsZero() && n > 0 && n < step || v.Amounts.few()
}

func (a *Amounts) few() bool {
	for i, sum := range []*Sum{&a.Booked, &a.Pipeline, &a.Reported} {
		if !sum.IsZero() && a.members[i] < step {
			return true
		}
	}
	return false
}

func (a *Amounts) withhold() { a.Booked, a.Pipeline, a.Reported = Withheld, Withheld, Withheld }

// fewSellers are those whose amounts are withheld in every audience, since those
// of accounts are those of users and of buyers together.
func fewSellers(audiences []AudienceAudit) map[string]bool {
	var ids []string
	var few []bool
	size, money := map[string]float64{}, map[string]bool{}
	for _, a := range audiences {
		for i := range a.Sellers {
			s := &a.Sellers[i]
			n := slices.Index(ids, s.Seller.ID)
			if n < 0 {
				n = len(ids)
				ids, few = append(ids, s.Seller.ID), append(few, false)
			}
			few[n] = few[n] || s.Amount.few()
			size[s.Seller.ID] += s.Gross.Best
			money[s.Seller.ID] = money[s.Seller.ID] || !s.Amount.IsZero()
		}
	}
	fewNotAlone(few, func(i int) (float64, bool) { return size[ids[i]], money[ids[i]] })
	out := map[string]bool{}
	for i, id := range ids {
		out[id] = few[i]
	}
	return out
}

// fewNotAlone adds to the only one of several that is withheld the smallest other
// one: else the sum less the others would tell it.
func fewNotAlone(few []bool, of func(i int) (size float64, counts bool)) {
	hidden, next := 0, -1
	least := 0.0
	for i := range few {
		size, counts := of(i)
		switch {
		case few[i]:
			hidden++
		case counts && (next < 0 || size < least):
			next, least = i, size
		}
	}
	if hidden == 1 && next >= 0 {
		few[next] = true
	}
}
