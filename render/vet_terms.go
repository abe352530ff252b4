package render

import (
	"fmt"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// terms tells what becomes of each term that ends.
func (v vetReport) terms(r *textReport) {
	for i := range v.Terms {
		v.term(r, &v.Terms[i])
	}
}

func (v vetReport) term(r *textReport, t *analysis.TermOptions) {
	r.heading("Its term ends on " + t.Clause.Until)
	r.paragraph(2, fmt.Sprintf("%s (line %d of the ecosystem file).%s", sentenceCase(t.Clause.Text), t.Clause.Line, noticeWords(t)))
	r.paragraph(2, "Renew as it is: "+keepWords(t))
	if len(t.Blocked) > 0 || strings.HasPrefix(t.Clause.Text, "exclusive") {
		r.paragraph(2, "Renew without exclusivity: "+blockedWords(t))
	}
	r.paragraph(2, "Let it lapse, and the partner with it: "+lostWords(t))
	if t.Minimum != nil {
		r.paragraph(2, fmt.Sprintf("Minimum %s a term; booked by its rows %s", moneyDigits(*t.Minimum), moneyDigits(t.Booked)))
	}
}

func noticeWords(t *analysis.TermOptions) string {
	s := ""
	if t.DaysToNotice != nil {
		switch days := *t.DaysToNotice; {
		case days < 0:
			s = fmt.Sprintf(" Notice was due on %s.", t.Notice)
		case days == 0:
			s = fmt.Sprintf(" Notice is due today, %s.", t.Notice)
		default:
			s = fmt.Sprintf(" Notice is due by %s, in %s.", t.Notice, countOf(days, "day", "days"))
		}
	}
	switch t.Renews {
	case "":
	case "auto":
		s += " It renews by itself."
	default:
		s += " How it renews: " + t.Renews + "."
	}
	return s
}

func keepWords(t *analysis.TermOptions) string {
	if len(t.Blocked) == 0 {
		return "nothing changes; it keeps no candidate out"
	}
	stay := " stay out of its scope"
	if len(t.Blocked) == 1 {
		stay = " stays out of its scope"
	}
	return "nothing changes; " + candidateNames(t.Blocked) + stay
}

func blockedWords(t *analysis.TermOptions) string {
	var free []analysis.BlockedCandidate
	for _, b := range t.Blocked {
		if !b.Other {
			free = append(free, b)
		}
	}
	switch {
	case len(t.Blocked) == 0:
		return "no candidate is kept out by it today"
	case len(free) == 0:
		return candidateNames(t.Blocked) + " would still break another promise"
	}
	s := candidateNames(free) + " would break no promise any more"
	for _, b := range free {
		if b.Members > 0 {
			s += fmt.Sprintf("; %s has %s inside", shortName(b.Seller.Name), countOf(int(b.Members), "account", "accounts"))
		}
	}
	return s
}

func candidateNames(all []analysis.BlockedCandidate) string {
	var names []string
	for _, b := range all[:min(4, len(all))] {
		names = append(names, shortName(b.Seller.Name))
	}
	if len(all) == 2 {
		return names[0] + " and " + names[1]
	}
	return joinSome(names, ", ", len(all))
}

// lostWords say who is lost with the partner, and who of them could come back.
func lostWords(t *analysis.TermOptions) string {
	var parts []string
	for _, l := range t.Lost {
		are := "are"
		if analysis.Range(l.Members) == "1" {
			are = "is"
		}
		s := fmt.Sprintf("%s %s %s lost whom nobody else reaches today", analysis.Range(l.Members), analysis.Unit(l.Audience, l.Members.Best), are)
		if back := recoverable(t, l.Audience); back.High > 0 {
			s += fmt.Sprintf("; candidates and signed partners could reach %s of them", analysis.Range(back))
		}
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return "nobody is lost whom only this partner reaches"
	}
	s := strings.Join(parts, "; ")
	if !t.LostValue.IsZero() {
		s += fmt.Sprintf("; potential margin lost with them: %s a year", moneyDigits(t.LostValue))
	}
	return s
}

// recoverable is what of an audience could come back.
func recoverable(t *analysis.TermOptions, a graph.Audience) figure.Figure {
	for _, x := range t.Recoverable {
		if x.Audience == a {
			return x.Members
		}
	}
	return figure.Figure{}
}
