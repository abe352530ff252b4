package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph/list"
)

const (
	defaultWidth = 80
	leastWidth   = 60
	// mostParagraph bounds a paragraph, in columns: enough for any sentence,
	// and a limit for names that are none.
	mostParagraph = 1600
	// mostName is how many columns of a name a sentence shows.
	mostName = 32
	// mostNotices is how many notices are printed; the others are counted.
	mostNotices = 10
)

// textReport collects the lines of a report. Each of its methods escapes what it
// is given and keeps to the width, so that a report can hand over names as they
// are.
type textReport struct {
	out   *bytes.Buffer
	width int
	bold  bool
	path  string
	rows  *analysis.Sample
	given bool // to others, for whom what to do next is not
}

func newTextReport(out *bytes.Buffer, o TextOptions) *textReport {
	r := &textReport{out: out, width: defaultWidth, bold: o.Color, path: o.Path, rows: o.Evidence}
	if o.Width != 0 {
		r.width = max(o.Width, leastWidth)
	}
	return r
}

// raw writes a line that is escaped and fits already.
func (r *textReport) raw(s string) {
	r.out.WriteString(strings.TrimRight(s, " "))
	r.out.WriteByte('\n')
}

func (r *textReport) strong(s string) {
	if r.bold {
		s = "\x1b[1m" + s + "\x1b[0m"
	}
	r.raw(s)
}

// sentence makes one line of the first of several wordings that fits; the last
// is cut where none does.
func (r *textReport) sentence(wordings ...string) string {
	s := ""
	for _, s = range wordings {
		s = EscapeControls(s)
		if displayWidth(s) < r.width {
			break
		}
	}
	return cutText(s, r.width-1) + "."
}

// open writes the answer in one line, the longest of its wordings that fits;
// below it how well the lists matched, and what it is about.
func (r *textReport) open(head *analysis.Head, wordings ...string) {
	r.given = head.For != ""
	r.strong(r.sentence(wordings...))
	r.clauses(0, matchingClauses(head))
	r.paragraph(0, contextWords(head))
}

// clauses writes a sentence of several clauses with an indent: in one line if it
// fits, else broken between clauses, else between words. Clauses are escaped
// already.
func (r *textReport) clauses(indent int, all []string) {
	room := r.width - indent
	lines := []string{strings.Join(all, " ")}
	if displayWidth(lines[0]) > room {
		lines = wrapWords(all, room-2)
	}
	if slices.ContainsFunc(all, func(c string) bool { return displayWidth(c) > room-2 }) {
		lines = wrapText(strings.Join(all, " "), room-2)
	}
	for i, line := range lines {
		if i == 1 {
			indent += 2
		}
		r.raw(strings.Repeat(" ", indent) + line)
	}
}

// heading starts a part of the report.
func (r *textReport) heading(s string) {
	r.raw("")
	r.strong(cutText(EscapeControls(s), r.width))
}

// paragraph writes a text with an indent; lines after the first have two columns
// more.
func (r *textReport) paragraph(indent int, s string) {
	s = cutText(EscapeControls(s), mostParagraph)
	for i, line := range wrapText(s, r.width-indent-2) {
		if i == 1 {
			indent += 2
		}
		r.raw(strings.Repeat(" ", indent) + line)
	}
}

// strongParagraph writes an answer that may be longer than a line.
func (r *textReport) strongParagraph(s string) {
	for i, line := range wrapText(cutText(EscapeControls(s), mostParagraph), r.width-2) {
		if i > 0 {
			line = "  " + line
		}
		r.strong(line)
	}
}

// bullets writes paragraphs as a list.
func (r *textReport) bullets(all []string) {
	for _, s := range all {
		r.paragraph(2, s)
	}
}

// suggestion is something to do next, with the command line that does it.
type suggestion struct{ why, command string }

// next writes what to do next, at most three things.
func (r *textReport) next(all ...suggestion) {
	if len(all) == 0 || r.given {
		return
	}
	r.heading("Next")
	for _, s := range all[:min(3, len(all))] {
		r.paragraph(2, s.why+":")
		r.raw("    " + r.command(s.command))
	}
}

// command writes a command line with the ecosystem that the user named. A path
// that is too long to be printed whole is left for the user to add.
func (r *textReport) command(s string) string {
	line := cutText("channelmap "+EscapeControls(s), r.width-4)
	if r.path == "" || strings.HasPrefix(s, "findings") { // which is about no ecosystem
		return line
	}
	if whole := line + " " + shellWord(EscapeControls(r.path)); displayWidth(whole) <= r.width-4 {
		return whole
	}
	return line
}

// shellWord quotes a text for a shell where it must be.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-/+:@", r)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// close writes what follows every report: under whose agreement it stands, and
// what the readers of the lists met.
func (r *textReport) close(head *analysis.Head) {
	r.nda(head)
	if len(head.Notices) > 0 {
		r.heading("Notices")
		r.notices(head.Notices, mostNotices)
	}
}

func (r *textReport) nda(head *analysis.Head) {
	if len(head.NDA) > 0 {
		r.raw("")
		r.paragraph(0, "Confidential: made from lists given under an agreement with "+ndaParties(head)+".")
	}
}

// ndaParties names each party once.
func ndaParties(head *analysis.Head) string {
	parties := slices.Compact(slices.Sorted(slices.Values(head.NDA)))
	return nameList(parties, " and ", len(parties))
}

// notices writes so many notices, those about lost rows first.
func (r *textReport) notices(all []list.Notice, most int) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b list.Notice) int { return noticeRank(a) - noticeRank(b) })
	for _, n := range sorted[:min(most, len(sorted))] {
		r.paragraph(2, noticeText(n))
	}
	if more := len(sorted) - most; more > 0 {
		r.paragraph(2, fmt.Sprintf("%s more: --format json shows all.", countOf(more, "notice", "notices")))
	}
}

func noticeRank(n list.Notice) int {
	switch {
	case n.Lost:
		return 0
	case n.Info:
		return 2
	default:
		return 1
	}
}

func noticeText(n list.Notice) string {
	s := strings.TrimRight(cutText(n.Text, mostParagraph/2), ". ")
	if n.Count > 0 {
		s += fmt.Sprintf(" (%s)", countOf(n.Count, "row", "rows"))
	}
	if len(n.Places) > 0 && !strings.Contains(n.Text, n.Places[0].String()+" says ") {
		s += ": " + cutText(n.Places[0].String(), mostParagraph/4)
	}
	return s
}
