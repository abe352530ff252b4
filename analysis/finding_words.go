package analysis

import (
	"fmt"
	"strings"
)

// sentence says what was found in plain words, figures included.
func sentence(f *Finding) string {
	switch {
	case f.Segment != nil:
		return segmentSentence(f)
	case f.Rule == "C07":
		return exclusiveSentence(f)
	case f.Rule == "C08":
		return fmt.Sprintf("%s sells at named accounts of ours: %s", name(f, 0), f.figures("sold or open", "served there, nothing sold yet"))
	case f.Rule == "C05":
		return fmt.Sprintf("%s hold live registrations for the same deal at %s", names(f), accounts(len(f.Cases)))
	case f.Rule == "C13":
		return fmt.Sprintf("%s have offers open to the same customer at %s", names(f), accounts(len(f.Cases)))
	case f.Rule == "C11":
		return fmt.Sprintf("%s: people use self-serve at %s where a deal is under way, and nobody was asked to serve them", names(f), f.members())
	case f.Rule == "C16":
		return fmt.Sprintf("%s meet where one is about to renew: %s", names(f), f.figures("with an open deal of the other", "the other could reach"))
	case f.Rule == "C17":
		return fmt.Sprintf("%s meet in %s of companies, at different accounts", names(f), groups(len(f.Cases)))
	case f.Rule == "C04":
		return fmt.Sprintf("%s: sold past the tier below: %s", names(f), f.figures("in live conflict", "could collide")) + f.teamedWords()
	case f.Rule == "K03":
		return fmt.Sprintf("%s serves %s that we want and nobody has sold to", partnerName(f), f.members())
	case f.Good:
		return fmt.Sprintf("%s: %s", names(f), goodWords(f))
	}
	return names(f) + " can both sell to the same customer: " + f.figures("in live conflict", "could collide") + f.teamedWords()
}

// teamedWords says at how many members those who compete are teamed: what looks
// like a conflict may well be agreed there.
func (f *Finding) teamedWords() string {
	var parts []string
	for _, t := range f.Totals {
		if t.Teamed > 0 {
			parts = append(parts, Members(float64(t.Teamed), t.Audience))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "; a teaming record names both at " + listWords(parts)
}

func segmentSentence(f *Finding) string {
	if len(f.Sellers) == 0 {
		return fmt.Sprintf("No pathway leads to %s", f.Segment.Name)
	}
	return fmt.Sprintf("Every pathway to %s leads through %s", f.Segment.Name, name(f, 0))
}

func exclusiveSentence(f *Finding) string {
	other := f.Sellers[0].Name
	if f.Sellers[0].ID == f.Clause.Partner.ID && len(f.Sellers) > 1 {
		other = f.Sellers[1].Name
	}
	if f.Possible {
		return fmt.Sprintf("%s may sell where %s was promised to be the only one; no list shows where", other, f.Clause.Partner.Name)
	}
	return fmt.Sprintf("%s reaches accounts inside %s's exclusive term: %s", other, f.Clause.Partner.Name, f.figures("with a customer or an open deal", "with a relationship of its own"))
}

func goodWords(f *Finding) string {
	if f.Rule == "K01" {
		return "teamed, with different roles, at " + f.members()
	}
	return "different roles and no teaming at " + f.members()
}

// partnerName is the name of the first seller that is no channel of our own.
func partnerName(f *Finding) string {
	for _, s := range f.Sellers {
		if !s.Kind.Direct() {
			return s.Name
		}
	}
	return names(f)
}

// figures writes live and could-collide counts by audience, never added.
func (f *Finding) figures(live, collide string) string {
	var parts []string
	for _, t := range f.Totals {
		if t.Live > 0 {
			parts = append(parts, Members(float64(t.Live), t.Audience)+" "+live)
		}
		if t.Collide > 0 {
			parts = append(parts, Members(float64(t.Collide), t.Audience)+" "+collide)
		}
	}
	return strings.Join(parts, ", ")
}

// members writes the members of each audience, in any relation.
func (f *Finding) members() string {
	var parts []string
	for _, t := range f.Totals {
		parts = append(parts, Members(float64(t.Live+t.Collide+t.Other), t.Audience))
	}
	return listWords(parts)
}

func name(f *Finding, i int) string { return f.Sellers[i].Name }

func names(f *Finding) string {
	var all []string
	for _, s := range f.Sellers {
		all = append(all, s.Name)
	}
	return listWords(all)
}

func accounts(n int) string {
	if n == 1 {
		return "1 account"
	}
	return Number(float64(n)) + " accounts"
}

func groups(n int) string {
	if n == 1 {
		return "1 group"
	}
	return Number(float64(n)) + " groups"
}

// listWords writes several words with commas and an and.
func listWords(words []string) string {
	switch n := len(words); n {
	case 0:
		return "nothing"
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}
