package render

import (
	"fmt"
	"io"

	"github.com/channelmap/channelmap/analysis/conflict"
)

// Findings prints what findings there are; one by itself is explained whole.
func Findings(w io.Writer, docs []*conflict.Doc, f Format, o TextOptions) error {
	return printReport(w, f, o, &docs, findingsReport{docs})
}

type findingsReport struct{ docs []*conflict.Doc }

func (d findingsReport) text(r *textReport) {
	if len(d.docs) == 1 {
		d.one(r, d.docs[0])
		return
	}
	r.strong(r.sentence(fmt.Sprintf("%d findings are looked for; `channelmap findings ID` explains one", len(d.docs))))
	for _, x := range d.docs {
		r.raw("")
		r.strong(cutText("  "+findingTitle(x), r.width))
		r.paragraph(6, x.Means)
	}
}

func (d findingsReport) one(r *textReport, x *conflict.Doc) {
	r.strong(cutText(findingTitle(x), r.width))
	r.paragraph(0, x.Means)
	for _, part := range []struct{ heading, text string }{
		{"It holds where", x.Pattern}, {"Proof", x.Evidence}, {"Money", x.Money}, {"Confidence", x.Confidence},
	} {
		r.heading(part.heading)
		r.paragraph(2, part.text)
	}
	d.remedies(r, x)
}

// findingTitle is the line that opens a finding.
func findingTitle(x *conflict.Doc) string {
	return EscapeControls(x.ID + "  " + x.Name + " (" + x.Slug + ")")
}

func (d findingsReport) remedies(r *textReport, x *conflict.Doc) {
	heading, legal := "What would settle it", false
	if x.Good {
		heading = "What to make of it"
	}
	if len(x.Remedies) > 1 {
		heading += ", the default first"
	}
	r.heading(heading)
	for _, m := range x.Remedies {
		r.paragraph(2, remedyWords(m))
		legal = legal || m.LegalReview
	}
	if legal {
		r.raw("")
		r.paragraph(0, noLegalAdvice)
	}
}

// noLegalAdvice follows remedies that touch competition law.
const noLegalAdvice = "What touches prices, customers or territories of others is for a lawyer: this program gives no legal advice."

func remedyWords(m conflict.Remedy) string {
	s := m.Text + ": " + m.Changes + "."
	if m.LegalReview {
		s += " Have a lawyer look at it."
	}
	return s
}

func (d findingsReport) table() *csvTable {
	t := &csvTable{columns: []string{"level", "id", "slug", "name", "means", "pattern", "proof", "money", "confidence", "promise", "chance", "remedy", "changes", "legal_review"}}
	for _, x := range d.docs {
		t.add("finding").text("id", x.ID).text("slug", x.Slug).text("name", x.Name).text("means", x.Means).text("pattern", x.Pattern).
			text("proof", x.Evidence).text("money", x.Money).text("confidence", x.Confidence).flag("promise", x.Promise).flag("chance", x.Good)
		for _, m := range x.Remedies {
			t.add("remedy").text("id", x.ID).text("slug", x.Slug).text("remedy", m.Text).text("changes", m.Changes).flag("legal_review", m.LegalReview)
		}
	}
	return t
}
