package render

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Conflicts prints what the rules found, worst first, with its proof and what
// would settle it.
func Conflicts(w io.Writer, c *analysis.Conflicts, f Format, o TextOptions) error {
	return printReport(w, f, o, c, conflictsReport{c})
}

type conflictsReport struct{ *analysis.Conflicts }

// How many findings the text shows, and how many cases of one.
const (
	mostFindings = 15
	mostCases    = 5
	mostChances  = 5
)

func (c conflictsReport) text(r *textReport) {
	answer := c.answer()
	r.open(&c.Head, answer...)
	if displayWidth(answer[0]) >= r.width { // else the first line says it
		for _, a := range c.Audiences {
			r.paragraph(0, fmt.Sprintf("%s: %s in live conflict, %s more could collide.", titleOf(a.Audience), analysis.Number(float64(a.Live)), analysis.Number(float64(a.Collide))))
		}
	}
	problems, chances := splitChances(c.Findings)
	r.findings("Findings, worst first", problems, mostFindings)
	c.signing(r)
	r.findings("What works, and what could", chances, mostChances)
	c.agreed(r)
	c.gate(r)
	c.reading(r)
	r.next(c.suggestions()...)
	r.close(&c.Head)
}

func splitChances(all []analysis.Finding) (problems, chances []analysis.Finding) {
	for _, f := range all {
		if f.Good {
			chances = append(chances, f)
		} else {
			problems = append(problems, f)
		}
	}
	return problems, chances
}

func (c conflictsReport) answer() []string {
	var broken, whole, live []string
	if n := len(c.Gate.Broken); n > 0 {
		broken = []string{countOf(n, "promise is broken", "promises are broken")}
	}
	for _, a := range c.Audiences {
		live = append(live, analysis.Members(float64(a.Live), a.Audience))
		whole = append(whole, fmt.Sprintf("%s in live conflict, %s could collide", analysis.Members(float64(a.Live), a.Audience), analysis.Number(float64(a.Collide))))
	}
	if len(live) > 0 {
		short := append(broken, strings.Join(live, " and ")+" in live conflict")
		return []string{strings.Join(append(broken, whole...), "; "), strings.Join(short, "; "), strings.Join(live, " and ") + " in live conflict"}
	}
	if len(broken) > 0 {
		return broken
	}
	if problems, _ := splitChances(c.Findings); len(problems) > 0 {
		return []string{countOf(len(problems), "finding", "findings") + ", and nobody in conflict as far as lists show"}
	}
	return []string{"No conflict shows in these lists"}
}

// reading says what the money is.
func (c conflictsReport) reading(r *textReport) {
	if len(c.Findings) == 0 {
		return
	}
	in := ""
	if c.Head.Currency != "" {
		in = "in " + shortName(c.Head.Currency) + ", and "
	}
	s := "Money is " + in + "potential gross margin a year at the members: what both can sell for, and not a loss."
	if problems, _ := splitChances(c.Findings); len(problems) > 0 && !c.Estimated {
		s += " Expected loss: not estimated, for want of `assumptions:`; --example-assumptions shows what they would do."
	}
	r.heading("How to read this")
	r.paragraph(2, s)
}

// sentenceCase writes the first letter large.
func sentenceCase(s string) string { return withFirst(s, unicode.ToUpper) }

// withFirst changes the first letter of a text, which may be of any script.
func withFirst(s string, change func(rune) rune) string {
	first, n := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(change(first)) + s[n:]
}

// findings prints findings with figures, proof and remedy.
func (r *textReport) findings(heading string, all []analysis.Finding, most int) {
	if len(all) == 0 {
		return
	}
	r.heading(heading)
	for i := range all[:min(most, len(all))] {
		r.finding(&all[i])
	}
	r.restAfter(most, len(all))
}

// FindingsWithRows are the findings that a text shows with the rows behind them.
func FindingsWithRows(all []analysis.Finding) []analysis.Finding {
	problems, chances := splitChances(all)
	return append(problems[:min(mostFindings, len(problems))], chances[:min(mostChances, len(chances))]...)
}

func (r *textReport) finding(f *analysis.Finding) {
	r.paragraph(2, f.Sentence+".")
	r.paragraph(4, findingDetail(f))
	for _, c := range f.Cases[:min(mostCases, len(f.Cases))] {
		r.paragraph(6, caseWords(c))
	}
	if more := len(f.Cases) - mostCases; more > 0 {
		r.paragraph(6, countDigits(more)+" more: --format json shows all.")
	}
	rows := f.Rows
	if r.rows != nil { // more were asked for
		rows = r.rows.Rows(analysis.Behind{What: analysis.BehindFinding, A: f.ID})
	}
	for _, e := range rows {
		r.raw("      " + cutText(EscapeControls(evidenceLine(e)), r.width-6))
	}
}

func caseWords(c analysis.FindingCase) string {
	s := shortName(c.Account) + ": " + c.Text
	var places []string
	for _, p := range c.Places {
		places = append(places, p.String())
	}
	if len(places) > 0 {
		s += " (" + strings.Join(places, ", ") + ")"
	}
	return s
}

// doubt says what a finding of low confidence rests on: the rules that ask for no
// product are unsure of names alone.
func doubt(f *analysis.Finding) string {
	switch f.Rule {
	case "C07", "C08", "C11":
		return "bare names"
	}
	return "bare names or without a product"
}

// findingDetail is the line below a finding: its name and id, money, confidence
// and the default remedy, or who agreed to it.
func findingDetail(f *analysis.Finding) string {
	parts := []string{f.Name + ", " + f.ID}
	if money := findingMoney(f); money != "" {
		parts = append(parts, money)
	}
	if f.Loss != nil {
		parts = append(parts, lossWords(f.Loss))
	}
	if !f.Confident {
		parts = append(parts, "Low confidence: told by "+doubt(f))
	}
	if f.Accepted != nil {
		parts = append(parts, "Accepted"+strings.TrimPrefix(agreement(f.Accepted), ";"), "No limit counts it")
	} else if !f.Good && len(f.Remedies) > 0 {
		remedy := "To settle it: " + lowerFirst(f.Remedies[0].Text)
		if f.Remedies[0].LegalReview {
			remedy += " (have a lawyer look at it)"
		}
		parts = append(parts, remedy)
	}
	return strings.Join(parts, ". ") + "."
}

func lowerFirst(s string) string { return withFirst(s, unicode.ToLower) }

func findingMoney(f *analysis.Finding) string {
	var live, collide, other analysis.Sum
	for _, t := range f.Totals {
		live.Decimal = live.Add(t.LiveValue.Decimal)
		collide.Decimal = collide.Add(t.CollideValue.Decimal)
		other.Decimal = other.Add(t.OtherValue.Decimal)
	}
	var parts []string
	for _, p := range []struct {
		sum  analysis.Sum
		word string
	}{{live, "live"}, {collide, "could collide"}, {other, "there"}} {
		if !p.sum.IsZero() {
			parts = append(parts, moneyCell(p.sum).text+" "+p.word)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Potential margin " + strings.Join(parts, ", ")
}

func lossWords(l *analysis.ExpectedLoss) string {
	var parts []string
	for _, p := range []struct {
		f    figure.Figure
		word string
	}{{l.Live, "live"}, {l.Collide, "could collide"}} {
		if p.f.High > 0 {
			parts = append(parts, analysis.Range(p.f)+" "+p.word)
		}
	}
	if len(parts) == 0 {
		parts = []string{"none"}
	}
	s := "Expected loss a year " + strings.Join(parts, ", ")
	if l.Inputs != nil {
		s += " (" + inputWords(l.Inputs) + ")"
	}
	return s
}

// inputWords say what a loss was estimated from, by the names that `assumptions:`
// gives them.
func inputWords(in *conflict.Loss) string {
	s := fmt.Sprintf("sigma %.2g, price gap %.2g, duplicated cost %.2g, lost deal %.2g, margin %.2g", in.Sigma.Best, in.PriceGap.Best, in.DuplicatedCost.Best, in.LostDeal.Best, in.Margin.Best)
	if in.Example {
		s = "example assumptions: " + s
	}
	return s
}

// signing counts what those would add who do not sell yet: vet tells it whole.
func (c conflictsReport) signing(r *textReport) {
	byCandidate := map[string]int{}
	var order []string
	promises := map[string]bool{}
	for _, f := range c.Signing {
		if f.Good {
			continue
		}
		for _, s := range f.Sellers {
			if s.Stage.Candidate() || s.Stage == graph.Signed {
				if byCandidate[s.Name] == 0 {
					order = append(order, s.Name)
				}
				byCandidate[s.Name]++
				promises[s.Name] = promises[s.Name] || f.Promise
			}
		}
	}
	var lines []string
	for _, name := range order {
		line := fmt.Sprintf("%s: %s", shortName(name), countOf(byCandidate[name], "finding", "findings"))
		if promises[name] {
			line += ", among them a promise that it would break or may break"
		}
		lines = append(lines, line)
	}
	r.listed("What those would add who do not sell yet; vet tells all of it", lines)
}

// agreed lists what is silenced, and what no longer is.
func (c conflictsReport) agreed(r *textReport) {
	var lines []string
	for _, f := range c.Accepted {
		lines = append(lines, fmt.Sprintf("%s: %s%s", f.ID, f.Sentence, agreement(f.Accepted)))
	}
	for _, l := range c.Lapsed {
		lines = append(lines, fmt.Sprintf("%s is no longer silenced: %s (line %d of the ecosystem file)", l.Finding, l.Why, l.Line))
	}
	r.listed("Accepted", lines)
}

// agreement says who agreed to a finding, until when and why.
func agreement(a *analysis.Accepted) string {
	if a == nil {
		return ""
	}
	s := ""
	if a.By != "" {
		s += "; by " + a.By
	}
	if a.Until != "" {
		s += ", until " + a.Until
	}
	if a.Note != "" {
		s += ": " + a.Note
	}
	return s
}

func (c conflictsReport) gate(r *textReport) {
	var lines []string
	for _, id := range c.Gate.Broken {
		lines = append(lines, "Broken: "+id)
	}
	for _, l := range c.Gate.Limits {
		lines = append(lines, limitLine(l))
	}
	r.listed("Against the policy", lines)
}

// limitWords are the policy's limits in plain words, after the figure.
var limitWords = map[string]string{
	"live_conflict.max_members": "buyers in live conflict",
	"could_collide.max_share":   "of its accounts could collide",
}

// limitLine holds a figure against its limit: within, over, or open where rows that
// cannot be told decide.
func limitLine(l analysis.Limit) string {
	write, limit := analysis.Number, analysis.Number(l.Limit)
	if l.Share {
		limit = analysis.PercentBeside(l.Limit, l.Value)
		write = func(share float64) string { return analysis.PercentBeside(share, l.Limit) }
	}
	value := write(l.Value)
	if l.High > l.Value && write(l.High) != value {
		value += " to " + write(l.High)
	}
	verdict := "Within"
	if l.Over {
		verdict = "Over"
	} else if l.High > l.Limit {
		verdict = "Open"
	}
	words, known := limitWords[l.Name]
	if !known {
		return fmt.Sprintf("%s: %s, at most %s allowed (%s)", verdict, value, limit, l.Name)
	}
	if value == "1" {
		words = strings.Replace(words, "buyers", "buyer", 1)
	}
	return fmt.Sprintf("%s: %s %s, at most %s allowed (%s)", verdict, value, words, limit, l.Name)
}

func (c conflictsReport) suggestions() []suggestion {
	var out []suggestion
	if problems, _ := splitChances(c.Findings); len(problems) > 0 {
		out = append(out, suggestion{"What a finding means, and how it is told", "findings " + problems[0].Rule})
		if r := c.rowsWanted(); r != "" {
			out = append(out, suggestion{"The rows behind every finding", r})
		}
	}
	for _, f := range c.Signing {
		for _, s := range f.Sellers {
			if s.Stage.Candidate() {
				return append(out, suggestion{"Before a candidate is signed", "vet " + shellWord(s.ID)})
			}
		}
	}
	return out
}

func (c conflictsReport) rowsWanted() string { return "conflicts --evidence-file rows.csv" }
