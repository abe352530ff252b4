package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// CheckReport is what is wrong with the input, all at once.
type CheckReport struct {
	Head     *analysis.Head `json:"head"`     // null where problems kept the lists from being read
	Problems []CheckProblem `json:"problems"` // in the order of the file
	More     int            `json:"more"`     // problems found beyond those listed
	Lists    []CheckList    `json:"lists"`    // how each was read, lists of members before files of records
}

// CheckProblem is one thing that is wrong.
type CheckProblem struct {
	File     string `json:"file"`
	Line     int    `json:"line"` // from 1; 0 where no line is meant
	Column   int    `json:"column"`
	Found    string `json:"found"`
	Expected string `json:"expected"` // what to write instead; may be empty
	Hint     string `json:"hint"`     // the nearest known name, or what would help; may be empty
}

// Add takes what is wrong with an ecosystem.
func (c *CheckReport) Add(problems *graph.Problems) {
	for _, p := range problems.List {
		c.Problems = append(c.Problems, CheckProblem{p.File, p.Position.Line, p.Position.Column, p.Found, p.Expected, p.Hint})
	}
	c.More += problems.More
}

// AddError takes any other error, such as that of a list that cannot be read;
// its text says where.
func (c *CheckReport) AddError(err error) {
	c.Problems = append(c.Problems, CheckProblem{Found: err.Error()})
}

// AddDestroyed takes lists that must be destroyed by now, with their entries in the
// ecosystem file.
func (c *CheckReport) AddDestroyed(ecosystem string, all []exposure.Destroyed) {
	for i := range all {
		p := CheckProblem{Found: all[i].Err().Error()}
		if at := all[i].Spec.At; at.Line > 0 {
			p.File, p.Line, p.Column = ecosystem, at.Line, at.Column
		}
		c.Problems = append(c.Problems, p)
	}
}

// Check prints what is wrong with the input.
func Check(w io.Writer, c *CheckReport, f Format, o TextOptions) error {
	return printReport(w, f, o, c, checkPrinter{c})
}

type checkPrinter struct{ *CheckReport }

func (c checkPrinter) text(r *textReport) {
	n := len(c.Problems) + c.More
	answer := "Nothing is wrong with the input"
	if n > 0 {
		answer = "The input has " + countOf(n, "problem", "problems")
	}
	if c.Head == nil {
		r.strong(r.sentence(answer))
		r.raw("The lists were not read")
	} else {
		r.open(c.Head, answer)
	}
	for _, p := range c.Problems {
		r.raw("")
		r.paragraph(0, p.words())
	}
	if c.More > 0 {
		r.raw("")
		r.paragraph(0, countOf(c.More, "further problem is", "further problems are")+" not listed: mend these first.")
	}
	if c.Head != nil {
		c.read(r)
	}
}

// read prints all that the readers of the lists met: a check leaves nothing out.
func (c checkPrinter) read(r *textReport) {
	if len(c.Head.Notices) > 0 {
		r.heading("Notices")
		r.notices(c.Head.Notices, len(c.Head.Notices))
	}
	c.lists(r)
	if len(c.Problems)+c.More == 0 {
		r.next(suggestion{"See who is reached, counting nobody twice", "audit"})
	}
	r.nda(c.Head)
}

// words write the problem as file:line:column and what is wrong.
func (p CheckProblem) words() string {
	s := strings.Join(nonEmpty(p.Found, expectation(p.Expected), p.Hint), "; ")
	switch {
	case p.File != "" && p.Line > 0:
		return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, s)
	case p.File != "":
		return p.File + ": " + s
	}
	return s
}

func expectation(s string) string {
	if s == "" {
		return ""
	}
	return "expected " + s
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// table gives one row for each problem and each notice about the lists, and says
// how each list was read.
func (c checkPrinter) table() *csvTable {
	t := &csvTable{columns: []string{"level", "file", "sheet", "row", "line", "column", "code", "text", "expected", "hint", "rows", "lost"}}
	t.columns = append(t.columns, checkListColumns...)
	for _, p := range c.Problems {
		row := t.add("problem").text("file", p.File).text("text", p.Found).text("expected", p.Expected).text("hint", p.Hint)
		if p.Line > 0 {
			row.count("line", p.Line).count("column", p.Column)
		}
	}
	if c.More > 0 {
		t.add("problem").text("text", countOf(c.More, "further problem is", "further problems are")+" not listed")
	}
	if c.Head == nil {
		return t
	}
	for _, n := range c.Head.Notices {
		row := t.add("notice").text("code", n.Code).text("text", n.Text).count("rows", n.Count).flag("lost", n.Lost)
		if len(n.Places) > 0 {
			row.place(n.Places[0])
		}
	}
	for _, l := range c.Lists {
		l.addTo(t)
	}
	return t
}
