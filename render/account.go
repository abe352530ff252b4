package render

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// Account prints everything about one account.
func Account(w io.Writer, a *analysis.Account, f Format, o TextOptions) error {
	return printReport(w, f, o, a, accountReport{a})
}

type accountReport struct{ *analysis.Account }

func (a accountReport) text(r *textReport) {
	if a.Approval != nil {
		for _, words := range a.Approval.Words {
			r.strongParagraph(words + ".")
		}
		r.raw("")
	}
	r.open(&a.Head, a.answer()...)
	a.facts(r)
	a.touches(r)
	a.relations(r)
	a.marks(r)
	a.records(r)
	r.next(a.suggestions()...)
	r.close(&a.Head)
}

func (a accountReport) answer() []string {
	short := shortName(a.Key)
	long := short
	if len(a.Names) > 0 && a.Names[0] != a.Key {
		short = shortName(a.Names[0])
		long = short + " (" + long + ")"
	}
	reached := " is reached over " + countOf(a.reaching(), "pathway", "pathways")
	if len(a.Relations) == 0 || !a.Relations[0].Relation.Competes() {
		return []string{long + reached, short + reached}
	}
	m := a.Relations[0]
	how := reached + "; " + wordFor(relationWords, m.Relation)
	who := ": " + shortName(m.P.Name) + " and " + shortName(m.Q.Name)
	return []string{long + how + who, short + how + who, long + how, short + how}
}

// reaching counts the sellers that reach the account today.
func (a accountReport) reaching() int {
	seen := map[string]bool{}
	for _, t := range a.Touches {
		if t.Status != graph.Target && (!t.Seller.Partner || t.Seller.Stage.Working()) {
			seen[t.Seller.ID] = true
		}
	}
	return len(seen)
}

func (a accountReport) facts(r *textReport) {
	r.heading("Account")
	fact := func(name, value string) {
		if value != "" {
			r.paragraph(2, name+": "+value)
		}
	}
	const most = 12
	fact("Key", cutText(a.Key, mostParagraph/2))
	fact("Names", nameList(a.Names, "; ", most))
	fact("Further domains", nameList(a.Domains, ", ", most))
	fact("Belongs to", nameList(a.Parents, ", then ", most))
	fact("Subsidiaries", nameList(a.Children, ", ", most))
	fact("Country", shortName(a.Country))
	fact("Segment", shortName(a.Segment.Name))
	if a.Value != nil {
		fact("Potential gross margin a year", moneyWords(*a.Value, a.Head.Currency))
	}
	if a.Users > 0 {
		fact("Users", countDigits(a.Users))
	}
}

// touches prints what each pathway has here, and where that is written.
func (a accountReport) touches(r *textReport) {
	if len(a.Touches) == 0 {
		return
	}
	r.heading("Pathways here")
	for i := range a.Touches[:min(mostTouches, len(a.Touches))] {
		r.paragraph(2, touchWords(&a.Touches[i], a.Head.Currency))
	}
	r.omitted(len(a.Touches))
}

// mostTouches is how many touches and records of an account the text shows.
const mostTouches = 50

func touchWords(t *analysis.AccountTouch, currency string) string {
	parts := []string{fmt.Sprintf("%s: %s, %s", shortName(sellerName(t.Seller)), t.Audience, t.Status)}
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if t.Roles != "" {
		add("does " + t.Roles)
	}
	if t.Product != "" {
		add("product " + shortName(t.Product))
	}
	if t.Amount != nil {
		add(amountWord(t.Status) + " " + moneyWords(*t.Amount, currency))
	}
	add(t.Date)
	if t.Deal != "" {
		add("deal " + shortName(t.Deal))
	}
	where := cutText(t.Place.String(), mostParagraph/4)
	if t.Rows > 1 {
		where += " and " + countOf(t.Rows-1, "further row", "further rows")
	}
	if t.ByName {
		where += ", joined by name"
	}
	return strings.Join(parts, "; ") + " [" + where + "]"
}

// amountWord is the basis of an amount.
func amountWord(s graph.Status) string {
	switch s {
	case graph.Customer:
		return "booked"
	case graph.Open:
		return "pipeline"
	}
	return "reported amount"
}

func (a accountReport) relations(r *textReport) {
	if len(a.Relations) == 0 {
		return
	}
	r.heading("How they stand to each other, worst first")
	for _, m := range a.Relations[:min(mostTouches, len(a.Relations))] {
		s := fmt.Sprintf("%s: %s and %s", wordFor(relationWords, m.Relation), shortName(sellerName(m.P)), shortName(sellerName(m.Q)))
		if m.Relation.Competes() { // the shape of a pair is that of its rivalry
			s += " (" + wordFor(patternWords, m.Pattern) + ")"
		}
		if !m.Confident {
			s += "; rests on a bare name or an unknown product"
		}
		switch {
		case m.Teamed && m.Relation.Competes():
			s += "; a teaming record names both"
		case m.Settled:
			s += "; a record says who serves"
		}
		r.paragraph(2, s)
	}
	r.omitted(len(a.Relations))
}

// omitted counts what a long list of an account leaves out.
func (r *textReport) omitted(all int) {
	if more := all - mostTouches; more > 0 {
		r.paragraph(2, countDigits(more)+" more: --format csv shows all.")
	}
}

func (a accountReport) marks(r *textReport) {
	if len(a.Marks) == 0 {
		return
	}
	r.heading("Marks")
	for _, m := range a.Marks[:min(mostTouches, len(a.Marks))] {
		s := strings.ReplaceAll(string(m.Kind), "-", " ")
		if m.Subject != "" {
			s += ": " + shortName(markSubject(m))
		}
		if m.Product != "" {
			s += ", " + shortName(m.Product)
		}
		r.paragraph(2, s)
	}
	r.omitted(len(a.Marks))
}

// markSubject is whom or what a mark names: of teaming and handoffs, several.
func markSubject(m exposure.Mark) string {
	if m.Kind == exposure.MarkTeaming || m.Kind == exposure.MarkHandoff {
		return strings.ReplaceAll(m.Subject, "+", " and ")
	}
	return m.Subject
}

func (a accountReport) records(r *textReport) {
	if len(a.Records) == 0 {
		return
	}
	r.heading("Records")
	for i := range a.Records[:min(mostTouches, len(a.Records))] {
		r.paragraph(2, recordWords(&a.Records[i]))
	}
	r.omitted(len(a.Records))
}

func recordWords(x *analysis.AccountRecord) string {
	s := strings.ReplaceAll(string(x.Shape), "_", " ")
	if x.Live {
		s += ", live"
	} else {
		s += ", not live"
	}
	if len(x.Sellers) > 0 {
		var names []string
		for _, seller := range x.Sellers {
			names = append(names, sellerName(seller))
		}
		s += ", " + nameList(names, " and ", mostSellers)
	}
	if cells := cellWords(x.Cells); cells != "" {
		s += ": " + cutText(cells, mostParagraph/2)
	}
	return s + " [" + cutText(x.Place.String(), mostParagraph/4) + "]"
}

// cellWords joins the cells of a record in the order of their keys.
func cellWords(cells map[string]string) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(cells)) {
		if cells[k] != "" {
			parts = append(parts, k+" "+cells[k])
		}
	}
	return strings.Join(parts, "; ")
}

func (a accountReport) suggestions() []suggestion {
	i := slices.IndexFunc(a.Relations, func(m analysis.AccountMeeting) bool { return m.Relation.Competes() })
	opening := slices.ContainsFunc(a.Relations, func(m analysis.AccountMeeting) bool { return m.Relation == conflict.Opening })
	switch {
	case i >= 0:
		return []suggestion{{"See at how many accounts " + shortName(a.Relations[i].P.Name) + " and " + shortName(a.Relations[i].Q.Name) +
			" meet", "overlaps"}}
	case opening:
		return []suggestion{{"See how many of our targets a partner serves", "overlaps"}}
	}
	return nil
}
