package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// Vet prints what a partner adds, whom it collides with and which promises it
// would break. The first line is the verdict.
func Vet(w io.Writer, v *analysis.Vet, f Format, o TextOptions) error {
	return printReport(w, f, o, v, vetReport{v})
}

type vetReport struct{ *analysis.Vet }

// verdictWords open the first line.
var verdictWords = map[analysis.VerdictKind]string{
	analysis.WithinPolicy: "Within policy", analysis.BreaksPromise: "Breaks a promise",
	analysis.OverLimit: "Over a limit", analysis.CannotBeDecided: "Cannot be decided",
}

func (v vetReport) text(r *textReport) {
	r.strongParagraph(fmt.Sprintf("%s: %s.", wordFor(verdictWords, v.Verdict.Kind), v.headline()))
	v.matching(r)
	r.paragraph(0, v.about())
	r.listed("Verdict", v.reasons())
	v.promises(r)
	for i := range v.Audiences {
		v.audience(r, &v.Audiences[i])
	}
	v.claims(r)
	v.terms(r)
	problems, chances := splitChances(v.Findings)
	r.findings(v.findingsHeading(), problems, mostFindings)
	r.findings("What works, and what could", chances, mostChances)
	v.business(r)
	v.steps(r)
	v.more(r)
	r.close(&v.Head)
}

// headline is the verdict in a few words, for a line of its own.
func (v vetReport) headline() string {
	name := wholeName(v.Partner.Name)
	p := v.broken()
	switch kind := v.Verdict.Kind; {
	case kind == analysis.WithinPolicy:
		return v.adds(name)
	case kind == analysis.CannotBeDecided && len(v.Verdict.Missing) > 0:
		return v.Verdict.Missing[0]
	case kind == analysis.BreaksPromise && p != nil && p.Clause != nil:
		return fmt.Sprintf("%s reaches %s inside %s \"%s\"", wholeName(p.Breaker.Name), countOf(int(p.Members), "account", "accounts"), possessive(wholeName(p.Clause.Partner.Name)), p.Clause.Text)
	}
	return v.Verdict.Text
}

// wholeName is a name in a text that may take several lines.
func wholeName(s string) string { return cutText(EscapeControls(s), 2*mostName) }

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// broken is the promise that the verdict is about: the first that rows prove to
// be broken by more than bare names.
func (v vetReport) broken() *analysis.Promise {
	i := slices.IndexFunc(v.Promises, func(p analysis.Promise) bool { return p.Forbid && p.Proven && p.Firm > 0 })
	if i < 0 {
		return nil
	}
	return &v.Promises[i]
}

// reasons tell the verdict as far as the first line does not.
func (v vetReport) reasons() []string {
	var lines []string
	switch kind := v.Verdict.Kind; {
	case kind == analysis.WithinPolicy && len(v.Limits) > 0:
		return []string{sentenceCase(v.Verdict.Text) + "."}
	case kind == analysis.BreaksPromise && v.Verdict.Text != v.headline():
		lines = append(lines, v.Verdict.Text+".")
	case kind == analysis.CannotBeDecided && len(v.Verdict.Missing) > 1:
		lines = append(lines, "Nor is it known: "+strings.Join(v.Verdict.Missing[1:], "; "))
	}
	for _, l := range v.Limits {
		lines = append(lines, limitLine(l))
	}
	return lines
}

// adds says what the partner adds. One that sells today is held against others.
func (v vetReport) adds(name string) string {
	if len(v.Audiences) == 0 {
		return name + " reaches nobody, as far as lists and figures show"
	}
	to := "what is reached today"
	if v.Partner.Stage.Working() {
		to = "what others reach today"
	}
	return fmt.Sprintf("%s adds %s to %s", name, figureWords(&v.Audiences[0]), to)
}

func figureWords(a *analysis.VetAudience) string {
	return analysis.Range(a.Adds) + " " + analysis.Unit(a.Audience, a.Adds.Best)
}

func (v vetReport) matching(r *textReport) {
	if v.Matching.Rows == 0 {
		r.paragraph(0, "No list shows whom it reaches: figures rest on claims and shares")
		return
	}
	r.clauses(0, matchedClauses(v.Matching, v.Head.OwnLists))
}

func (v vetReport) about() string {
	s := fmt.Sprintf("%s (%s, %s) for %s", wholeName(v.Partner.Name), v.Partner.Kind, v.Partner.Stage, contextWords(&v.Head))
	if v.Head.Currency != "" {
		s += "; money in " + shortName(v.Head.Currency)
	}
	return s
}

func (v vetReport) findingsHeading() string {
	if v.Partner.Stage.Candidate() || v.Partner.Stage == graph.Ended {
		return "Findings that signing adds, worst first"
	}
	return "Findings, worst first"
}

func (v vetReport) promises(r *textReport) {
	if len(v.Promises) == 0 {
		return
	}
	r.heading("Promises touched")
	for i := range v.Promises {
		v.promise(r, &v.Promises[i])
	}
}

func (v vetReport) promise(r *textReport, p *analysis.Promise) {
	what := p.Name
	if p.Clause != nil {
		what = fmt.Sprintf("%s term, \"%s\" (line %d of the ecosystem file)", possessive(shortName(p.Clause.Partner.Name)), p.Clause.Text, p.Clause.Line)
	}
	state := "possible, but no list shows it"
	switch {
	case p.Proven && p.Members > 0:
		state = countOf(int(p.Members), "account proves it", "accounts prove it")
		if p.Firm == 0 {
			state = countOf(int(p.Members), "account would prove it, and is told by a bare name", "accounts would prove it, and are told by bare names")
		}
	case p.Proven:
		state = "records prove it"
	case p.Members > 0:
		state = fmt.Sprintf("%s could touch it", countOf(int(p.Members), "account", "accounts"))
	}
	if p.Unplaced > 0 {
		if p.Proven {
			state += "; besides, " + unplacedWords(p)
		} else {
			state = unplacedWords(p)
		}
	}
	if p.Clause != nil && p.Clause.Penalty != nil {
		state += "; penalty " + moneyDigits(*p.Clause.Penalty)
	}
	r.paragraph(2, what+": "+state)
	for _, e := range p.Rows {
		r.raw("      " + cutText(proofLine(e), r.width-6))
	}
	if more := int(p.Members) - len(p.Rows); p.Proven && more > 0 {
		r.paragraph(6, fmt.Sprintf("and %s more: --evidence-file rows.csv writes all.", countDigits(more)))
	}
}

// unplacedWords say at how many accounts nobody can tell whether a term is touched.
func unplacedWords(p *analysis.Promise) string {
	return countOf(int(p.Unplaced), "account", "accounts") + " may be inside: no list tells the " + p.Untold
}

// proofLine writes a row that proves a promise: where it stands, the account, and
// its status. Persons are not named.
func proofLine(e *analysis.Evidence) string {
	account := e.Account
	if account == "" {
		account = personless(e)
	}
	parts := []string{cutText(EscapeControls(e.Place.String()), 40), shortName(account), EscapeControls(string(e.Status))}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "  ")
}

func (v vetReport) claims(r *textReport) {
	var lines []string
	for _, c := range v.Claims {
		line := fmt.Sprintf("%s in %s, %s", analysis.Range(c.Members), shortName(c.Segment.Name), c.Members.Basis)
		if c.Members.High == 0 && c.Share != "" {
			line = fmt.Sprintf("%s of %s, %s; how many that are nobody says", c.Share, shortName(c.Segment.Name), c.Members.Basis)
		}
		if c.Source != "" {
			line += " (" + c.Source + ")"
		}
		if !c.Counts {
			line += "; its list counts instead"
		}
		lines = append(lines, line)
	}
	r.listed("What is said of its reach", lines)
}

func (v vetReport) business(r *textReport) {
	var lines []string
	if v.Cost != nil {
		lines = append(lines, costWords(v.Cost))
	}
	if len(v.Offering.Lacks) > 0 {
		lines = append(lines, "Its offering lacks: "+strings.Join(v.Offering.Lacks, ", "))
	}
	if len(v.Offering.Bespoke) > 0 {
		lines = append(lines, "Made for this partner alone: "+strings.Join(v.Offering.Bespoke, ", "))
	}
	for _, s := range v.Offering.Substitutes {
		whose := "in its catalogue"
		if s.Owns {
			whose = "its own"
		}
		lines = append(lines, fmt.Sprintf("%s can replace %s: %s", shortName(s.Name), shortName(s.Product), whose))
	}
	r.listed("Cost and offering", lines)
}

// costWords say what the partner costs, once and every year.
func costWords(c *analysis.VetCost) string {
	var parts []string
	if !c.Open.IsZero() {
		parts = append(parts, moneyDigits(c.Open)+" once")
	}
	if !c.Yearly.IsZero() {
		parts = append(parts, moneyDigits(c.Yearly)+" a year")
	}
	if len(parts) == 0 {
		return "It costs nothing"
	}
	s := "It costs " + strings.Join(parts, " and ")
	if c.PerNew != nil {
		s += fmt.Sprintf(": %s for each buyer added, in the first year", analysis.Range(*c.PerNew))
	}
	return s
}

// steps are what to ask for.
func (v vetReport) steps(r *textReport) {
	var lines []string
	for _, n := range v.Next {
		lines = append(lines, sentenceCase(n))
	}
	r.listed("What to ask for next", lines)
}

// more says what the same command would write. The command line is not repeated:
// it may name lists instead of an ecosystem.
func (v vetReport) more(r *textReport) {
	if !v.Listed {
		return
	}
	file := shellWord(EscapeControls(v.Partner.ID) + "-vet.xlsx")
	lines := []string{fmt.Sprintf("-o %s: a workbook of its accounts (new, reached and by whom, openings, names that could not be told)", cutText(file, mostName))}
	if len(v.Findings) > 0 {
		lines = append(lines, "--evidence-file rows.csv: every row behind the figures")
	}
	r.listed("The same command writes, with", lines)
}
