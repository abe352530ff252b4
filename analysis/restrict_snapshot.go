package analysis

import (
	"fmt"
	"slices"
	"strings"
)

// restrictSnapshot leaves out of a snapshot what is not for those for whom it is.
// Its figures are those of an audit that was restricted, its findings are told
// anew. What lists were read and how things are defined is ours: it tells of terms,
// of files and of what others reach.
func (r *restriction) restrictSnapshot(out *Snapshot, found []Finding, without string) {
	if r == nil {
		return
	}
	out.For, out.Lists, out.Definitions = r.to, []SnapshotList{}, []Definition{}
	out.Says = "Figures of " + out.Vendor + " as of " + out.AsOf + ", without accounts. " + ForWords(r.to) + without + ndaSentence(out.NDA)
	r.snapshotSellers(out)
	for i := range out.Audiences {
		a := &out.Audiences[i]
		a.Live, a.Collide = fives(a.Live), fives(a.Collide)
	}
	out.Findings = []SnapshotFinding{}
	for i := range found {
		if f := &found[i]; r.tells(f) {
			out.Findings = append(out.Findings, r.snapshotFinding(f))
		}
	}
	if r.toPartner() { // worst first would tell equal ones by the names of their parties
		slices.SortStableFunc(out.Findings, func(a, b SnapshotFinding) int { return strings.Compare(a.ID, b.ID) })
		numberTwins(out.Findings)
	}
}

// snapshotSellers leaves a partner, beside itself and our own channels, those of
// whom something is told.
func (r *restriction) snapshotSellers(out *Snapshot) {
	if r.board {
		return
	}
	out.Sellers = slices.DeleteFunc(out.Sellers, func(s SnapshotSeller) bool {
		return r.idle[s.ID]
	})
	slices.SortStableFunc(out.Sellers, func(a, b SnapshotSeller) int { return r.bySeller(a.ID, b.ID) })
	for i := range out.Sellers {
		s := &out.Sellers[i]
		s.Undeclared = s.Undeclared && r.own[s.ID]
		r.seller(&s.SellerRef)
	}
}

// tells reports whether a finding is for whom the snapshot is: a party to it, not
// where it rests on another's term, nor where another party is somebody of whom
// nothing else is told.
func (r *restriction) tells(f *Finding) bool {
	if r.board {
		return true
	}
	if f.Clause != nil && !r.own[f.Clause.Partner.ID] || slices.ContainsFunc(f.Sellers, func(s SellerRef) bool { return r.idle[s.ID] }) {
		return false
	}
	return slices.ContainsFunc(f.Sellers, func(s SellerRef) bool { return r.own[s.ID] })
}

// snapshotFinding tells a finding by its name and its parties: sentences hold
// figures, and say what terms say.
func (r *restriction) snapshotFinding(f *Finding) SnapshotFinding {
	out := snapshotFinding(f)
	parties := slices.Clone(f.Sellers)
	if r.toPartner() {
		slices.SortStableFunc(parties, func(a, b SellerRef) int { return r.bySeller(a.ID, b.ID) })
		out.Accepted = nil // by a person of ours
	}
	var names, ids []string
	for i := range parties {
		r.seller(&parties[i])
		names, ids = append(names, parties[i].Name), append(ids, parties[i].ID)
	}
	if f.Segment != nil {
		seg := *f.Segment
		r.segment(&seg)
		names, ids = append(names, seg.Name), append(ids, seg.ID)
	}
	if r.toPartner() {
		out.ID = f.Rule + "-" + strings.Join(ids, "-")
	}
	out.Sentence = f.Name + ": " + listWords(names)
	out.Cases = fives(out.Cases)
	for i := range out.Counts {
		c := &out.Counts[i]
		c.Live, c.Collide, c.Other = fives(c.Live), fives(c.Collide), fives(c.Other)
	}
	return out
}

// numberTwins tells findings apart that have one id, such as those of two terms.
func numberTwins(all []SnapshotFinding) {
	seen := map[string]int{}
	for i := range all {
		id := all[i].ID
		if seen[id]++; seen[id] > 1 {
			all[i].ID = fmt.Sprintf("%s-%d", id, seen[id])
		}
	}
}
