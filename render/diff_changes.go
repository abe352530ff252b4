package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// partners tells who is at another stage, new or gone.
func (d diffReport) partners(r *textReport) {
	var lines []string
	for _, p := range d.Partners {
		lines = append(lines, shortName(cmp.Or(p.Name, p.ID))+" ("+string(p.Of)+") "+partnerWords(p))
	}
	r.listed("Partners", lines)
}

func partnerWords(p analysis.PartnerChange) string {
	stages := fmt.Sprintf(": %s, then %s", p.From, p.To)
	switch p.Kind {
	case analysis.SignedUp:
		return "was signed" + stages
	case analysis.BeganSales:
		return "began to sell" + stages
	case analysis.EndedSales:
		return "ended" + stages
	case analysis.Added:
		return fmt.Sprintf("is new: %s", p.To)
	case analysis.Removed:
		return fmt.Sprintf("is not in the ecosystem any more; it was %s", p.From)
	case analysis.Appeared:
		return "is named by a list now, and by nobody else"
	case analysis.Vanished:
		return "is named by no list any more"
	}
	return "is at another stage" + stages
}

// lists tells which bytes are others, and what that did to the rows.
func (d diffReport) lists(r *textReport) {
	var lines []string
	for _, l := range d.Lists {
		lines = append(lines, listWords(l))
	}
	r.listed("Lists", lines)
	if n := d.ListsUnchanged; n > 0 && len(lines) > 0 {
		verb := " are"
		if n == 1 {
			verb = " is"
		}
		r.paragraph(2, countOf(n, "other list or file of records", "other lists and files of records")+verb+" the same, byte for byte.")
	}
}

func listWords(l analysis.ListChange) string {
	name := pathName(l.ID)
	switch file := cmp.Or(l.To, l.From); {
	case l.Shape == "exceptions": // its ID says so
	case l.Shape != "list" && len(file.Files) > 0:
		name = pathName(file.Files[0].File) + " (" + strings.ReplaceAll(l.Shape, "_", " ") + ")"
	}
	switch {
	case l.Kind == analysis.LeftOut:
		return fmt.Sprintf("%s was left out: the agreement with %s says to destroy it by %s; it had %s", name, shortName(l.To.NDA), l.To.LeftOut, rowsOf(l.From))
	case l.Kind == analysis.ReadAgain:
		return name + " is read again: " + rowsOf(l.To)
	case l.From == nil:
		return name + " was added: " + rowsOf(l.To)
	case l.To == nil:
		return name + " was removed; it had " + rowsOf(l.From)
	case rowsOf(l.From) == rowsOf(l.To):
		return name + " was refreshed: still " + rowsOf(l.To)
	}
	return name + " was refreshed: " + rowsOf(l.From) + " before, " + rowsOf(l.To) + " now"
}

func rowsOf(l *analysis.SnapshotList) string {
	if l.Kind == "exceptions" {
		return "a file of accounts"
	}
	s := countOf(l.Rows, "row", "rows")
	if l.Kind == "list" {
		s += fmt.Sprintf(" (%s matched, %s with new domains, %s unresolved)", countDigits(l.Matched), countDigits(l.NewDomains), countDigits(l.Unresolved))
	}
	return s
}

// definitions tells what is decided otherwise. What was dropped and what was gained
// stand one below the other.
func (d diffReport) definitions(r *textReport) {
	if len(d.Definitions) == 0 {
		return
	}
	r.heading("Definitions")
	for _, x := range d.Definitions[:min(mostRows, len(d.Definitions))] {
		r.paragraph(2, definitionTitle(x))
		for _, s := range x.Dropped {
			r.paragraph(4, "before: "+s)
		}
		for _, s := range x.Gained {
			r.paragraph(4, "now:    "+s)
		}
	}
	r.rest(len(d.Definitions))
}

func definitionTitle(x analysis.DefinitionChange) string {
	what := map[string]string{"list": "how the list %s is read", "records": "how the %s are read", "figures": "figures given for %s", "terms": "terms of %s",
		"overlap": "known overlap of %s", "accounts": "%s", "rates": "%s", "period": "%s", "assumptions": "%s"}[x.Of]
	if what == "" {
		what = x.Of + " %s"
	}
	s := startOfSentence(fmt.Sprintf(what, shortOrPath(x)))
	switch x.Kind {
	case analysis.Added:
		return s + " (new)"
	case analysis.Removed:
		return s + " (gone)"
	}
	return s
}

func shortOrPath(x analysis.DefinitionChange) string {
	if x.Of == "list" || x.Of == "overlap" {
		return pathName(x.Name)
	}
	return shortName(cmp.Or(x.Name, x.ID))
}

// findingGroups are the headings under which findings stand, in order: what needs
// somebody first.
var findingGroups = []struct {
	title string
	kinds []analysis.ChangeKind
}{
	{"Findings that came", []analysis.ChangeKind{analysis.Came}},
	{"Findings in effect now, and before only if a candidate had signed", []analysis.ChangeKind{analysis.TookEffect}},
	{"Findings whose agreement ended or was taken back", []analysis.ChangeKind{analysis.Lapse, analysis.Withdrawn}},
	{"Findings with other figures", []analysis.ChangeKind{analysis.Changed}},
	{"Findings accepted since", []analysis.ChangeKind{analysis.Agreed}},
	{"Findings that went", []analysis.ChangeKind{analysis.Went}},
}

func (d diffReport) findings(r *textReport) {
	for _, g := range findingGroups {
		var lines []string
		for _, f := range d.Findings {
			if slices.Contains(g.kinds, f.Kind) {
				lines = append(lines, findingWords(f))
			}
		}
		r.listed(g.title, lines)
	}
	if d.FindingsUnchanged > 0 && len(d.Findings) > 0 {
		r.raw("")
		r.paragraph(2, countOf(d.FindingsUnchanged, "other finding is as it was.", "other findings are as they were."))
	}
}

// findingWords tell a finding, words first and the id after them.
func findingWords(f analysis.FindingChange) string {
	now := cmp.Or(f.To, f.From)
	s := cutText(EscapeControls(now.Sentence), mostParagraph/4)
	if before := beforeWords(f); before != "" {
		s += "; before: " + before
	}
	if a := now.Accepted; f.Kind == analysis.Agreed && a != nil {
		s += "; accepted" + prefixed(" by ", shortName(a.By)) + prefixed(" until ", a.Until)
	}
	if f.Kind == analysis.Lapse {
		s += "; the agreement ended on " + f.From.Accepted.Until
	}
	if f.Kind == analysis.Withdrawn {
		s += "; the agreement was taken back"
	}
	if now.Candidate {
		s += "; if the candidate signs"
	}
	if f.Good {
		s += "; a chance"
	}
	return s + " [" + shortID(now.ID) + "]"
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func shortID(id string) string { return cutText(EscapeControls(id), 60) }

// beforeWords tell the figures that a finding had, in the words of its sentence
// where both sentences differ behind their colon alone.
func beforeWords(f analysis.FindingChange) string {
	if f.From == nil || f.To == nil || f.From.Sentence == f.To.Sentence {
		return ""
	}
	head, before, ok := strings.Cut(f.From.Sentence, ": ")
	if other, _, _ := strings.Cut(f.To.Sentence, ": "); ok && head == other {
		return cutText(EscapeControls(before), mostParagraph/4)
	}
	return countsWords(f.From)
}

// countsWords tell the figures of a finding, audience by audience.
func countsWords(f *analysis.SnapshotFinding) string {
	if f.Cases > 0 {
		return countOf(int(f.Cases), "case", "cases")
	}
	var parts []string
	for _, c := range f.Counts {
		for _, n := range []struct {
			members float64
			words   string
		}{{c.Live, " in live conflict"}, {c.Collide, " could collide"}, {c.Other, ""}} {
			if n.members > 0 {
				parts = append(parts, analysis.Members(n.members, c.Audience)+n.words)
			}
		}
	}
	if len(parts) == 0 {
		return "no figures"
	}
	return strings.Join(parts, ", ")
}

// howToRead explains what is not said by a word alone.
func (d diffReport) howToRead(r *textReport) {
	var notes []string
	if slices.ContainsFunc(d.Audiences, func(a analysis.AudienceDiff) bool { return a.Cause.How == analysis.CountedOut }) {
		unread := ""
		if d.hasUnread() {
			unread = "then what one of the two was not to read, "
		}
		notes = append(notes, "By what net moved was counted: first the partners that began or stopped selling, with their lists, "+unread+"then the other lists, each with the rest held; what is left is the definitions. Another order could move some members from one cause to another.")
	}
	if slices.ContainsFunc(d.Findings, func(f analysis.FindingChange) bool { return f.Kind == analysis.Went }) && len(d.Lists) > 0 {
		notes = append(notes, "A finding also goes when a list shows no longer what it showed: that it went is not that it was settled.")
	}
	if slices.ContainsFunc(d.Audiences, func(a analysis.AudienceDiff) bool { return a.Net.Moved() && a.Net.By == 0 }) {
		notes = append(notes, "\"Limits\": the best estimate is the same, and how far it may be off is not.")
	}
	if len(notes) > 0 {
		r.heading("How to read this")
		r.bullets(notes)
	}
}

func (d diffReport) suggestions() []suggestion {
	if d.Same || len(d.Findings) == 0 {
		return nil
	}
	return []suggestion{{why: "See today's findings with proof and remedy", command: "conflicts"}}
}
