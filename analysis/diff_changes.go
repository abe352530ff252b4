package analysis

import (
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/graph"
)

func partnerChanges(x, y *Snapshot) []PartnerChange {
	out := []PartnerChange{}
	inBoth(x.Sellers, y.Sellers, func(s *SnapshotSeller) string { return s.ID }, func(a, b *SnapshotSeller) {
		c := PartnerChange{Kind: partnerChange(a, b), Sales: sellsToday(a) != sellsToday(b)}
		if a != nil {
			c.ID, c.Name, c.Of, c.From = a.ID, a.Name, a.SellerRef.Kind, a.Stage
		}
		if b != nil {
			c.ID, c.Name, c.Of, c.To = b.ID, b.Name, b.SellerRef.Kind, b.Stage
		}
		if c.Kind != "" {
			out = append(out, c)
		}
	})
	return out
}

func sellsToday(s *SnapshotSeller) bool { return s != nil && s.Today }

// partnerChange says what became of a partner; nothing where nothing did, or where
// it is a channel by itself, which is a definition.
func partnerChange(a, b *SnapshotSeller) ChangeKind {
	switch {
	case a == nil && !b.Partner, a != nil && !a.Partner:
		return ""
	case a == nil && b.Undeclared:
		return Appeared
	case a == nil:
		return Added
	case b == nil && a.Undeclared:
		return Vanished
	case b == nil:
		return Removed
	case a.Stage == b.Stage:
		return ""
	case b.Stage == graph.Ended:
		return EndedSales
	case a.Stage.Candidate() && (b.Stage == graph.Signed || b.Stage.Working()):
		return SignedUp
	case a.Stage == graph.Signed && b.Stage.Working():
		return BeganSales
	}
	return OtherStage
}

func (d *Diff) compareLists(x, y *Snapshot) {
	d.Lists = []ListChange{}
	inBoth(x.Lists, y.Lists, func(l *SnapshotList) string { return l.Kind + " " + l.ID }, func(a, b *SnapshotList) {
		c := ListChange{From: a, To: b}
		switch {
		case a == nil:
			c.Kind, c.ID, c.Shape = Added, b.ID, b.Kind
		case b == nil:
			c.Kind, c.ID, c.Shape = Removed, a.ID, a.Kind
		case a.LeftOut == "" && b.LeftOut != "":
			c.Kind, c.ID, c.Shape = LeftOut, b.ID, b.Kind
		case a.LeftOut != "" && b.LeftOut == "":
			c.Kind, c.ID, c.Shape = ReadAgain, b.ID, b.Kind
		case !a.sameBytes(b):
			c.Kind, c.ID, c.Shape = Refreshed, b.ID, b.Kind
		default:
			d.ListsUnchanged++
			return
		}
		d.Lists = append(d.Lists, c)
	})
}

// numbered gives definitions keys of their own: a few can come twice.
func numbered(all []Definition) map[*Definition]string {
	keys, seen := map[*Definition]string{}, map[string]int{}
	for i := range all {
		key := all[i].Kind + " " + all[i].ID
		seen[key]++
		keys[&all[i]] = fmt.Sprintf("%s %d", key, seen[key])
	}
	return keys
}

// definitionChanges lists what is defined otherwise. What belongs to a partner or a
// list that is new or gone is part of that change.
func definitionChanges(x, y *Snapshot) []DefinitionChange {
	out := []DefinitionChange{}
	before, after := numbered(x.Definitions), numbered(y.Definitions)
	key := func(d *Definition) string { return before[d] + after[d] }
	inBoth(x.Definitions, y.Definitions, key, func(a, b *Definition) {
		c := DefinitionChange{Kind: Changed, Dropped: []string{}, Gained: []string{}}
		switch {
		case a == nil:
			c.Kind, a = Added, &Definition{Parts: []string{}}
			c.Of, c.ID, c.Name, c.Reach = b.Kind, b.ID, b.Name, b.Reach
		case b == nil:
			c.Kind, b = Removed, &Definition{Parts: []string{}}
			c.Of, c.ID, c.Name, c.Reach = a.Kind, a.ID, a.Name, a.Reach
		default:
			c.Of, c.ID, c.Name, c.Reach = b.Kind, b.ID, b.Name, b.Reach
		}
		c.Dropped, c.Gained = notIn(a.Parts, b.Parts), notIn(b.Parts, a.Parts)
		partOfOther := c.Kind != Changed && (belongsToList(c.Of, c.ID, x, y) || newPartner(a, b, x, y))
		if len(c.Dropped)+len(c.Gained) > 0 && !partOfOther {
			out = append(out, c)
		}
	})
	return out
}

// notIn lists the parts that another definition does not say.
func notIn(parts, other []string) []string {
	out := []string{}
	for _, p := range parts {
		if !slices.Contains(other, p) {
			out = append(out, p)
		}
	}
	return out
}

// belongsToList reports whether a definition is of a list, or of records, that
// only one of the snapshots has.
func belongsToList(kind, id string, x, y *Snapshot) bool {
	has := func(s *Snapshot) bool {
		return slices.ContainsFunc(s.Lists, func(l SnapshotList) bool {
			return l.ID == id && (kind == "list" && l.Kind == kindList || kind == "records" && l.Kind == id)
		})
	}
	return has(x) != has(y)
}

// newPartner reports whether a definition is of a partner that only one of the
// snapshots has.
func newPartner(a, b *Definition, x, y *Snapshot) bool {
	id := a.Partner + b.Partner // one is empty: the definition is in one alone
	has := func(s *Snapshot) bool {
		return slices.ContainsFunc(s.Sellers, func(p SnapshotSeller) bool { return p.Partner && p.ID == id })
	}
	return id != "" && has(x) != has(y)
}

func (d *Diff) compareFindings(x, y *Snapshot) {
	d.Findings = []FindingChange{}
	inBoth(x.Findings, y.Findings, func(f *SnapshotFinding) string { return f.ID }, func(a, b *SnapshotFinding) {
		c := FindingChange{Kind: findingChange(a, b, y.AsOf), From: a, To: b}
		if c.Kind == "" {
			d.FindingsUnchanged++
			return
		}
		f := b
		if f == nil {
			f = a
		}
		c.ID, c.Good = f.ID, f.Good
		d.Findings = append(d.Findings, c)
	})
}

// findingChange says what became of a finding; nothing where it is as it was. The
// agreement comes first, since it decides whether anybody is to act.
func findingChange(a, b *SnapshotFinding, asOf string) ChangeKind {
	switch {
	case a == nil:
		return Came
	case b == nil:
		return Went
	case a.Accepted == nil && b.Accepted != nil:
		return Agreed
	case a.Accepted != nil && b.Accepted == nil && a.Accepted.Until != "" && a.Accepted.Until < asOf:
		return Lapse
	case a.Accepted != nil && b.Accepted == nil:
		return Withdrawn
	case a.Candidate && !b.Candidate:
		return TookEffect
	case a.Cases != b.Cases || !slices.Equal(a.Counts, b.Counts):
		return Changed
	}
	return ""
}
