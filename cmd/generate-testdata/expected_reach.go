package main

import "slices"

// member is one of those who are counted: two are the same if they are equal.
type member struct{ key, segment string }

// reaching holds who is reached over each seller, and how.
type reaching map[string]map[member]status

func (r reaching) add(seller string, m member, s status) {
	if !reach(s) {
		return
	}
	if r[seller] == nil {
		r[seller] = map[member]status{}
	}
	if s.strength() > r[seller][m].strength() {
		r[seller][m] = s
	}
}

// reachOfUsers counts persons, and a crowd as one member.
func (l *lumen) reachOfUsers() reaching {
	all := reaching{}
	for seller, people := range l.people {
		for p, s := range people {
			all.add(seller, member{p.email, p.segment}, s)
		}
	}
	for seller, crowds := range l.crowds {
		for a, s := range crowds {
			all.add(seller, member{"users of " + a.domain, developers}, s)
		}
	}
	return all
}

// reachOfBuyers counts accounts. Their segment is unassigned where no list says
// anything from which it follows.
func (l *lumen) reachOfBuyers() reaching {
	all := reaching{}
	for seller, accounts := range l.buyers {
		for a, s := range accounts {
			segment := "unassigned"
			if l.segmented(a) {
				segment = a.segment
			}
			all.add(seller, member{a.domain, segment}, s)
		}
	}
	return all
}

// reachOfAccounts counts organisations behind users and buyers.
func (l *lumen) reachOfAccounts() reaching {
	all := reaching{}
	for seller, people := range l.people {
		for p, s := range people {
			if p.org != nil {
				all.add(seller, member{key: p.org.domain}, s)
			}
		}
	}
	for _, touches := range []map[string]map[*account]status{l.crowds, l.buyers} {
		for seller, accounts := range touches {
			for a, s := range accounts {
				all.add(seller, member{key: a.domain}, s)
			}
		}
	}
	return all
}

// figures counts one audience over the sellers of today.
func (r reaching) figures(segments ...string) audienceFigures {
	f := audienceFigures{Segments: map[string]segmentFigures{}, Sellers: map[string]sellerFigures{}}
	times := r.times(today)
	for _, seller := range today {
		only := 0
		for m := range r[seller] {
			s := f.Segments[m.segment]
			s.Gross++
			f.Segments[m.segment] = s
			if times[m] == 1 {
				only++
			}
		}
		f.Gross += len(r[seller])
		if len(r[seller]) > 0 {
			f.Sellers[seller] = sellerFigures{Reach: len(r[seller]), OnlyThrough: only}
		}
	}
	for m, n := range times {
		s := f.Segments[m.segment]
		s.Net++
		f.Segments[m.segment] = s
		if n > 1 {
			f.Duplicated++
		}
	}
	f.Net = len(times)
	f.NetWorking = len(r.times(slices.DeleteFunc(slices.Clone(today), func(s string) bool { return s == "azure" })))
	f.NetWithAll = len(r.times(append([]string{"shi"}, today...)))
	f.declare(segments)
	return f
}

// declare adds the sizes that ecosystem.yaml declares.
func (f *audienceFigures) declare(segments []string) {
	if len(segments) == 0 {
		f.Addressable, f.Segments = 60_000, nil
	}
	for _, id := range segments {
		s := f.Segments[id]
		s.Addressable = addressable[id]
		f.Segments[id] = s
		f.Addressable += s.Addressable
	}
}

// times counts over how many of the sellers each member is reached.
func (r reaching) times(sellers []string) map[member]int {
	times := map[member]int{}
	for _, seller := range sellers {
		for m := range r[seller] {
			times[m]++
		}
	}
	return times
}

// overlaps counts all pairs that share a member, the candidate's among them.
func (r reaching) overlaps(audience string) []overlapFigures {
	pairs := []overlapFigures{}
	sellers := append(slices.Clone(today), "shi")
	for i, p := range sellers {
		for _, q := range sellers[i+1:] {
			f := overlapFigures{Audience: audience, Between: []string{p, q}}
			for m := range r[p] {
				if r[q][m] != "" {
					f.Members++
				}
			}
			if f.BothLive = r.live(p, q)["all"]; f.Members > 0 {
				pairs = append(pairs, f)
			}
		}
	}
	return pairs
}
