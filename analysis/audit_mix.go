package analysis

import (
	"cmp"
	"slices"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// MixShare is the part of an audience's net reach that comes over pathways of
// one relationship equity.
type MixShare struct {
	Equity  graph.Equity  `json:"equity"`
	Members figure.Figure `json:"members"` // sum of Shapley reach
	Share   *float64      `json:"share"`   // of net, by best estimates; null where it is of few
	Sellers int           `json:"sellers"`
}

// Team is a team of the vendor beside the pathways that need it.
type Team struct {
	Team     string   `json:"team"`
	Present  *float64 `json:"present"`  // people; null where the file does not say
	Needed   float64  `json:"needed"`   // people, of the partners that say how many
	Sellers  int      `json:"sellers"`  // that work today and need it
	Unstated int      `json:"unstated"` // of them, those that do not say how many
}

// Owner is a person with the partners in their care.
type Owner struct {
	Owner    string `json:"owner"` // empty: nobody
	Partners int    `json:"partners"`
	Working  int    `json:"working"`
}

// Dependence is reach that hangs on a supplier: over sellers all of whose
// pathways run through it.
type Dependence struct {
	Supplier  SellerRef      `json:"supplier"`
	Audience  graph.Audience `json:"audience"`
	Dependent []SellerRef    `json:"dependent"`
	Members   figure.Figure  `json:"members"` // over dependent sellers, and over nobody but them and the supplier
}

// equities in the order in which they are told.
var equities = []graph.Equity{graph.EquityOwn, graph.EquityReach, graph.EquityDepth, graph.EquityPower}

func (s *Study) mix(shapley []figure.Figure) []MixShare {
	out := []MixShare{}
	var net float64
	for _, f := range shapley {
		net += f.Best
	}
	for _, e := range equities {
		m := MixShare{Equity: e}
		for i, f := range shapley {
			if f.High > 0 && s.equity(i) == e {
				m.Members = m.Members.Add(f)
				m.Sellers++
			}
		}
		if m.Sellers > 0 && net > 0 {
			share := m.Members.Best / net
			m.Share = &share
			out = append(out, m)
		}
	}
	return out
}

// equity that a seller builds: its partner's, else its channel's.
func (s *Study) equity(seller int) graph.Equity {
	if p := s.Sellers[seller].Partner; p >= 0 && s.Ecosystem.Partners[p].Equity != "" {
		return s.Ecosystem.Partners[p].Equity
	}
	c := s.Ecosystem.Channels[s.Sellers[seller].Channel]
	if c.Equity != "" {
		return c.Equity
	}
	facts, _ := c.Kind.Facts()
	return facts.Equity
}

// teams sets what working pathways need beside who is there. A partner that
// says what it needs needs that; else what its kind needs, in unstated numbers.
func (s *Study) teams() []Team {
	byName := map[string]*Team{}
	team := func(name string) *Team {
		if byName[name] == nil {
			byName[name] = &Team{Team: name}
		}
		return byName[name]
	}
	for name, people := range s.Ecosystem.Teams {
		team(name).Present = &people
	}
	stated := map[int]bool{}
	for i, seller := range s.Sellers {
		if !s.today.Has(i) || !s.reachesAnybody(i) || stated[seller.Partner] {
			continue
		}
		s.addNeeds(i, team)
		// What a partner says it needs is for all its channels.
		stated[seller.Partner] = seller.Partner >= 0 && len(s.Ecosystem.Partners[seller.Partner].Needs) > 0
	}
	out := make([]Team, 0, len(byName))
	for _, t := range byName {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Team) int { return cmp.Compare(a.Team, b.Team) })
	return out
}

func (s *Study) addNeeds(seller int, team func(string) *Team) {
	if p := s.Sellers[seller].Partner; p >= 0 && len(s.Ecosystem.Partners[p].Needs) > 0 {
		for name, people := range s.Ecosystem.Partners[p].Needs {
			t := team(name)
			t.Needed += people
			t.Sellers++
		}
		return
	}
	facts, _ := s.Ecosystem.Kind(s.Sellers[seller]).Facts()
	for _, name := range facts.Teams {
		t := team(name)
		t.Sellers++
		t.Unstated++
	}
}

// reachesAnybody reports whether the seller reaches at least one member by list
// or by figure.
func (s *Study) reachesAnybody(seller int) bool {
	for i := range s.parts {
		if s.parts[i].reach.Gross(seller).High > 0 {
			return true
		}
	}
	return false
}

func (s *Study) owners() []Owner {
	byName := map[string]*Owner{}
	for _, p := range s.Ecosystem.Partners {
		if p.Stage == graph.Ended || p.Grey {
			continue
		}
		o := byName[p.Owner]
		if o == nil {
			o = &Owner{Owner: p.Owner}
			byName[p.Owner] = o
		}
		o.Partners++
		if p.Stage.Working() {
			o.Working++
		}
	}
	out := make([]Owner, 0, len(byName))
	for _, o := range byName {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b Owner) int { return cmp.Compare(a.Owner, b.Owner) })
	return out
}
