package render

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// Diff prints what changed between two snapshots.
func Diff(w io.Writer, d *analysis.Diff, f Format, o TextOptions) error {
	return printReport(w, f, o, d, diffReport{d})
}

type diffReport struct{ *analysis.Diff }

func (d diffReport) text(r *textReport) {
	r.strong(r.sentence(d.answer()...))
	d.causes(r)
	r.paragraph(0, d.sides())
	for _, note := range d.Notes {
		r.paragraph(0, note)
	}
	d.figures(r)
	d.segments(r)
	d.partners(r)
	d.sellers(r)
	d.lists(r)
	d.definitions(r)
	d.findings(r)
	d.howToRead(r)
	r.next(d.suggestions()...)
	r.nda(&analysis.Head{NDA: d.NDA})
}

// moved lists the audiences whose net reach moved, by how much; accounts, who
// stand behind the others, last.
func (d diffReport) moved() []*analysis.AudienceDiff {
	var all []*analysis.AudienceDiff
	for i := range d.Audiences {
		if d.Audiences[i].Net.By != 0 {
			all = append(all, &d.Audiences[i])
		}
	}
	slices.SortStableFunc(all, func(x, y *analysis.AudienceDiff) int {
		return cmp.Or(cmp.Compare(lastOf(x.Audience), lastOf(y.Audience)), cmp.Compare(math.Abs(y.Net.By), math.Abs(x.Net.By)))
	})
	return all
}

// answer says what changed, the longest wording first.
func (d diffReport) answer() []string {
	if d.Same {
		return []string{"Nothing changed"}
	}
	if moved := d.moved(); len(moved) > 0 {
		return []string{netWords(moved[0])}
	}
	return []string{"Net reach did not change; " + d.otherWords(), "Net reach did not change, and other things did"}
}

func netWords(a *analysis.AudienceDiff) string {
	way := "rose"
	if a.Net.By < 0 {
		way = "fell"
	}
	return fmt.Sprintf("Net reach of %s %s from %s to %s (%s)", a.Audience, way, about(*a.Net.From), about(*a.Net.To), signed(a.Net.By))
}

// otherWords count what changed beside net reach.
func (d diffReport) otherWords() string {
	var parts []string
	for _, c := range []struct {
		n            int
		one, several string
	}{
		{d.found(analysis.Came), "finding came", "findings came"}, {d.found(analysis.Went), "finding went", "findings went"},
		{len(d.Findings) - d.found(analysis.Came) - d.found(analysis.Went), "finding changed", "findings changed"},
		{len(d.Partners), "partner changed", "partners changed"}, {len(d.Lists), "list changed", "lists changed"},
		{len(d.Definitions), "definition changed", "definitions changed"},
	} {
		if c.n > 0 {
			parts = append(parts, countOf(c.n, c.one, c.several))
		}
	}
	if len(parts) == 0 {
		return "other figures did"
	}
	return strings.Join(parts, ", ")
}

func (d diffReport) found(kind analysis.ChangeKind) int {
	n := 0
	for _, f := range d.Findings {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// causes say of each audience by what its net reach moved.
func (d diffReport) causes(r *textReport) {
	told := ""
	for i, a := range d.moved() {
		why := d.causeWords(&a.Cause)
		switch {
		case i == 0:
			r.paragraph(0, startOfSentence(why)+".")
		case why == told:
			r.paragraph(0, netWords(a)+".")
		default:
			r.paragraph(0, netWords(a)+": "+why+".")
		}
		told = why
	}
}

func (d diffReport) causeWords(c *analysis.Cause) string {
	switch c.How {
	case analysis.CountedOut:
		unread := ""
		if names := d.unread(); names != "" {
			unread = fmt.Sprintf("%s because %s, ", signed(c.LeftOut), names)
		}
		return fmt.Sprintf("%s by lists that were refreshed, added or removed, %s%s by partners that began or stopped selling, %s because a definition changed",
			signed(c.Lists), unread, signed(c.Partners), signed(c.Definitions))
	case analysis.OneCause:
		switch {
		case c.LeftOut != 0:
			return "all of it because " + d.unread() + ": no other list and no definition changed, and no partner began or stopped selling"
		case c.Lists != 0:
			return "all of it by lists that were refreshed, added or removed: no definition changed, and no partner began or stopped selling"
		case c.Partners != 0:
			return "all of it by partners that began or stopped selling: no other list and no definition changed"
		}
		return "all of it because a definition changed: the lists are the same, and no partner began or stopped selling"
	case analysis.NotKnown:
		if c.Several {
			text := "how much of it is lists, partners or definitions cannot be told apart from snapshots; compare two folders or revisions, and each is counted with the others held"
			if names := d.unread(); names != "" {
				text += ". Some of it is because " + names
			}
			return text
		}
		return "what moved it is not known: " + strings.TrimRight(c.Why, ".")
	}
	return "it did not move"
}

// unread names the lists that one of the two is made without, because they must be
// destroyed; empty where there is none.
func (d diffReport) unread() string {
	var gone, back []string
	for i := range d.Lists {
		l := &d.Lists[i]
		switch l.Kind {
		case analysis.LeftOut:
			gone = append(gone, fmt.Sprintf("%s (to be destroyed by %s)", pathName(l.ID), l.To.LeftOut))
		case analysis.ReadAgain:
			back = append(back, pathName(l.ID))
		}
	}
	var parts []string
	if n := len(gone); n > 0 {
		parts = append(parts, joinSome(gone[:min(mostSellers, n)], ", ", n)+areOr(n, " was", " were")+" not read any more")
	}
	if n := len(back); n > 0 {
		parts = append(parts, joinSome(back[:min(mostSellers, n)], ", ", n)+areOr(n, " is", " are")+" read again")
	}
	return strings.Join(parts, " and ")
}

func (d diffReport) hasUnread() bool { return d.unread() != "" }

func areOr(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// sides say what is compared.
func (d diffReport) sides() string {
	return fmt.Sprintf("%s: from %s (as of %s) to %s (as of %s)", shortName(d.To.Vendor), pathName(d.From.Name), d.From.AsOf, pathName(d.To.Name), d.To.AsOf)
}

// pathName bounds a path as the user wrote it.
func pathName(s string) string { return cutText(EscapeControls(s), 60) }

// signed writes by how much a number moved.
func signed(by float64) string {
	if math.Round(by) > 0 {
		return "+" + analysis.Number(by)
	}
	if math.Round(by) == 0 {
		return "0"
	}
	return analysis.Number(by)
}

// measureNames tell the measures in the words of the audit.
var measureNames = map[string]string{
	"addressable": "Addressable", "gross": "Gross", "net": "Net", "duplicated": "Duplicated", "coverage": "Coverage",
	"unresolved": "Unresolved names", "live_conflict": "Live conflict", "could_collide": "Could collide",
}

// figures sets each measure before and after, audience by audience.
func (d diffReport) figures(r *textReport) {
	t := newTextTable("", "before", "after", "change")
	t.columns[0].kind = labels
	for i := range d.Audiences {
		a := &d.Audiences[i]
		var rows [][]cell
		for _, m := range a.Measures() {
			if m.Moved() {
				rows = append(rows, measureRow(m))
			}
		}
		if len(rows) == 0 {
			continue
		}
		t.add(nameCell(titleOf(a.Audience)), cell{}, cell{}, cell{})
		for _, row := range rows {
			t.add(row...)
		}
	}
	if len(t.rows) > 0 {
		r.heading("Figures that moved, in members")
		r.table(t)
	}
}

func measureRow(m analysis.NamedMovement) []cell {
	name := nameCell("  " + measureNames[m.Name])
	if m.Name == "coverage" {
		change := cell{text: "-"}
		if m.From != nil && m.To != nil {
			change.text = fmt.Sprintf("%+.1f points", m.By*100)
		}
		return []cell{name, coverageCell(m.From), coverageCell(m.To), change}
	}
	return []cell{name, optionalCell(m.From), optionalCell(m.To), changeCell(m.Movement)}
}

// changeCell writes by how much a figure moved, and says where only its limits did.
func changeCell(m analysis.Movement) cell {
	switch {
	case m.From == nil || m.To == nil:
		return cell{text: "-"}
	case m.By == 0 && m.Moved():
		return cell{text: "limits"}
	}
	return cell{text: signed(m.By)}
}

func (d diffReport) segments(r *textReport) {
	t := newTextTable("segment", "before", "after", "change")
	for _, a := range d.Audiences {
		for _, s := range a.Segments {
			name := cmp.Or(s.Name, s.ID)
			if s.ID == "" {
				name += " " + string(a.Audience)
			}
			t.add(nameCell(name), optionalEstimateCell(s.Net.From), optionalEstimateCell(s.Net.To), changeCell(s.Net))
		}
	}
	d.shown(r, "Net reach of segments that moved, in members", t)
}

// shown prints the first rows of a table under a heading, and nothing without any.
func (d diffReport) shown(r *textReport, heading string, t *textTable) {
	if len(t.rows) == 0 {
		return
	}
	all := len(t.rows)
	t.rows = t.rows[:min(mostRows, all)]
	r.heading(heading)
	r.table(t)
	r.rest(all)
}

// sellers shows whose reach moved, the largest movement of an audience first.
func (d diffReport) sellers(r *textReport) {
	for _, a := range d.Audiences {
		if !detailed(a.Audience, len(d.Audiences)) {
			continue
		}
		t := newTextTable("seller", "reach\nbefore", "reach\nafter", "change", "reached by it\nalone, change")
		rows := slices.Clone(a.Sellers)
		slices.SortStableFunc(rows, func(x, y analysis.SellerChange) int { return cmp.Compare(math.Abs(y.Reach.By), math.Abs(x.Reach.By)) })
		for _, s := range rows {
			t.add(nameCell(s.Name), optionalEstimateCell(s.Reach.From), optionalEstimateCell(s.Reach.To), changeCell(s.Reach), changeCell(s.OnlyThrough))
		}
		d.shown(r, "Sellers whose reach of "+string(a.Audience)+" moved", t)
		d.booked(r, &a)
	}
}

// booked tells by how much turnover at customers moved.
func (d diffReport) booked(r *textReport, a *analysis.AudienceDiff) {
	var parts []string
	for _, s := range a.Sellers {
		if s.Booked != nil {
			sign := "+"
			if s.Booked.IsNegative() {
				sign = ""
			}
			parts = append(parts, shortName(s.Name)+" "+sign+moneyDigits(*s.Booked))
		}
	}
	if len(parts) > 0 {
		r.paragraph(2, "Booked"+inCurrency(d.Currency)+": "+joinSome(parts[:min(mostSellers, len(parts))], "; ", len(parts))+".")
	}
}
