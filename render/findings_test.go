package render

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/conflict"
)

const findingsIntroduction = `# Findings

What ` + "`channelmap conflicts` and `channelmap vet`" + ` look for. Each finding has an id and a
slug that stay the same. A finding in a report is named by its id and the ids of
the sellers in it, such as ` + "`C02-cdw-shi`" + `: that name goes into ` + "`accepted:`" + ` in the
ecosystem file, for a finding that people have agreed to live with, and can be
looked for in the rows that ` + "`--evidence-file`" + ` writes. The slug goes into
` + "`policy.forbid`" + `, for a finding that must not be. Ids with a C are conflicts, with
a K what works or could, with a G gaps. ` + "`channelmap findings ID`" + ` prints a section of
this page.

The remedies say what is usually done, the default first, and what it changes. The
program gives no legal advice: where it says "have a lawyer look at it", the remedy
touches prices, customers or territories of others, and so competition law.

`

// findingsPage is docs/findings.md.
func findingsPage() string {
	var b strings.Builder
	b.WriteString(findingsIntroduction)
	for _, d := range conflict.Docs() {
		fmt.Fprintf(&b, "- [%s %s](#%s)\n", d.ID, d.Name, anchor(d.ID+" "+d.Name))
	}
	for _, d := range conflict.Docs() {
		fmt.Fprintf(&b, "\n## %s %s\n\n`%s`", d.ID, d.Name, d.Slug)
		switch {
		case d.Promise:
			b.WriteString(" - a promise is broken")
		case d.Good:
			b.WriteString(" - a chance")
		}
		fmt.Fprintf(&b, "\n\n%s\n\n", d.Means)
		fmt.Fprintf(&b, "- **It holds where:** %s\n- **Proof:** %s\n- **Money:** %s\n- **Confidence:** %s\n", d.Pattern, d.Evidence, d.Money, d.Confidence)
		heading := "What would settle it"
		if d.Good {
			heading = "What to make of it"
		}
		fmt.Fprintf(&b, "\n%s:\n\n", heading)
		for n, r := range d.Remedies {
			fmt.Fprintf(&b, "%d. %s: %s", n+1, r.Text, r.Changes)
			if r.LegalReview {
				b.WriteString("; have a lawyer look at it")
			}
			b.WriteString(".\n")
		}
	}
	return b.String()
}

// anchor is where a heading is found on a page.
func anchor(heading string) string {
	keep := func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}
	return strings.Map(keep, strings.ToLower(heading))
}

func TestFindingsPage(t *testing.T) {
	const path = "../docs/findings.md"
	got := findingsPage()
	if *updateReports {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not what the findings say; run go test ./render -run Findings -update-reports and look at the change", path)
	}
}

// The page says everything that the command prints.
func TestFindingsPageIsWhole(t *testing.T) {
	page := findingsPage()
	for _, d := range conflict.Docs() {
		texts := []string{d.ID, d.Slug, d.Name, d.Means, d.Pattern, d.Evidence, d.Money, d.Confidence}
		for _, r := range d.Remedies {
			texts = append(texts, r.Text, r.Changes)
		}
		for _, text := range texts {
			if !strings.Contains(page, text) {
				t.Errorf("%s: the page lacks %q", d.ID, text)
			}
		}
	}
}

// One finding is explained whole; where a lawyer should look, it says so.
func TestOneFindingIsExplained(t *testing.T) {
	for _, d := range conflict.Docs() {
		var out bytes.Buffer
		if err := Findings(&out, []*conflict.Doc{d}, Text, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		flat := strings.Join(strings.Fields(out.String()), " ")
		legal := false
		for _, r := range d.Remedies {
			legal = legal || r.LegalReview
			if !strings.Contains(flat, r.Text+": "+r.Changes) {
				t.Errorf("%s: no remedy %q in\n%s", d.ID, r.Text, out.String())
			}
		}
		for _, text := range []string{d.Means, d.Pattern, d.Evidence, d.Money, d.Confidence} {
			if !strings.Contains(flat, text) {
				t.Errorf("%s: no %q in\n%s", d.ID, text, out.String())
			}
		}
		if strings.Contains(flat, noLegalAdvice) != legal {
			t.Errorf("%s: legal advice: %t, but\n%s", d.ID, legal, out.String())
		}
	}
}

func TestNoFindingsAreAnEmptyArray(t *testing.T) {
	var out bytes.Buffer
	if err := Findings(&out, nil, JSON, TextOptions{}); err != nil || strings.TrimSpace(out.String()) != "[]" {
		t.Errorf("%q, %v", out.String(), err)
	}
}
