package render

import (
	"fmt"
	"strings"

	"github.com/channelmap/channelmap/analysis"
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
	r.paragraph(2, "Let it lapse: "+lostWords(t))
	if t.Minimum != nil {
		r.paragraph(2, fmt.Sprintf("Minimum %s a term; booked by its rows %s", moneyDigits(*t.Minimum), moneyCell(t.Booked).text))
	}
}

func noticeWords(t *analysis.TermOptions) string {
	s := ""
	if t.DaysToNotice != nil {
		switch days := *t.DaysToNotice; {
		case days < 0:
			s = fmt.Sprintf(" Notice was due on %s.", t.Notice)
		default:
			s = fmt.Sprintf(" Notice is due by %s, in %s.", t.Notice, countOf(days, "day", "days"))
		}
	}
	if t.Renews != "" {
		s += " Renews: " + t.Renews + "."
	}
	return s
}

func keepWords(t *analysis.TermOptions) string {
	if len(t.Blocked) == 0 {
		return "nothing changes; it keeps no candidate out"
	}
	return "nothing changes; " + candidateNames(t.Blocked) + " stays out of its scope"
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
	return joinSome(names, " and ", len(all))
}

func lostWords(t *analysis.TermOptions) string {
	if len(t.Lost) == 0 {
		return "nobody is lost whom only this partner reaches"
	}
	var parts []string
	for i, l := range t.Lost {
		s := fmt.Sprintf("%s %s are reached by nobody else", analysis.Range(l.Members), analysis.Unit(l.Audience, l.Members.Best))
		if back := t.Recoverable[i].Members; back.High > 0 {
			s += fmt.Sprintf("; %s of them by a candidate or a signed partner", analysis.Range(back))
		}
		parts = append(parts, s)
	}
	s := strings.Join(parts, "; ")
	if !t.LostValue.IsZero() {
		s += fmt.Sprintf(" (potential margin %s a year)", moneyDigits(t.LostValue))
	}
	return s
}
