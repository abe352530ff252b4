package conflict

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// idForm are ids of findings, and slugForm their slugs.
var (
	idForm   = regexp.MustCompile(`^[CKG][0-9]{2}$`)
	slugForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
)

// Every finding is explained in full, under an id and a slug of its own.
func TestDocsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range Docs() {
		if !idForm.MatchString(d.ID) || !slugForm.MatchString(d.Slug) {
			t.Errorf("%s, %s: an id is a letter of C, K and G with two digits, a slug lower-case words with hyphens", d.ID, d.Slug)
		}
		if seen[d.ID] || seen[d.Slug] {
			t.Errorf("%s, %s: there are two of them", d.ID, d.Slug)
		}
		seen[d.ID], seen[d.Slug] = true, true
		if !slices.Contains(graph.Slugs(), graph.Slug(d.Slug)) {
			t.Errorf("%s: the reader of ecosystem files does not know %s", d.ID, d.Slug)
		}
		for what, text := range map[string]string{
			"name": d.Name, "means": d.Means, "pattern": d.Pattern, "evidence": d.Evidence, "money": d.Money, "confidence": d.Confidence,
		} {
			checkText(t, d.ID+": "+what, text, what != "name")
		}
		if len(d.Remedies) == 0 {
			t.Errorf("%s: it has no remedy", d.ID)
		}
		for _, r := range d.Remedies {
			checkText(t, d.ID+": remedy", r.Text, false)
			checkText(t, d.ID+": what the remedy changes", r.Changes, false)
		}
	}
}

// checkText reports a text that is empty or has stray spaces; sentences end with a
// full stop.
func checkText(t *testing.T, what, text string, isSentence bool) {
	t.Helper()
	if text == "" || strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
		t.Errorf("%s: the text is %q", what, text)
	}
	if isSentence && !strings.HasSuffix(text, ".") {
		t.Errorf("%s: no full stop at the end of %q", what, text)
	}
}

// Findings stand in the order of their ids, conflicts first, then complements,
// then gaps; each in a file that is called like it.
func TestDocsAreInOrder(t *testing.T) {
	rank := func(d *Doc) string { return string(rune('0'+strings.IndexByte("CKG", d.ID[0]))) + d.ID[1:] }
	if !slices.IsSortedFunc(Docs(), func(a, b *Doc) int { return strings.Compare(rank(a), rank(b)) }) {
		t.Error("the rules are not in the order of their ids")
	}
	for _, d := range Docs() {
		file := strings.ToLower(d.ID) + ".go"
		if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), `ID: "`+d.ID+`", Slug: "`+d.Slug+`"`) {
			t.Errorf("%s is not in %s (%v)", d.ID, file, err)
		}
	}
}

// What touches prices, customers or territories of others is for a lawyer to see.
func TestRemediesForLegalReview(t *testing.T) {
	for _, id := range []string{"C02", "C06", "C07", "C09"} {
		d := DocOf(id)
		if d == nil {
			continue // not looked for yet
		}
		for _, r := range d.Remedies {
			if !r.LegalReview {
				t.Errorf("%s: %q is not marked for legal review", id, r.Text)
			}
		}
	}
	for _, d := range Docs() {
		for _, r := range d.Remedies {
			if d.Good && r.LegalReview {
				t.Errorf("%s: a chance needs no legal review: %q", d.ID, r.Text)
			}
		}
	}
}

// Promises are those of exclusivity and of named accounts; chances are the K.
func TestPromisesAndChances(t *testing.T) {
	for _, d := range Docs() {
		if promise := d.ID == "C07" || d.ID == "C08"; d.Promise != promise {
			t.Errorf("%s: a promise is broken: %t", d.ID, d.Promise)
		}
		if good := strings.HasPrefix(d.ID, "K"); d.Good != good {
			t.Errorf("%s: a chance: %t", d.ID, d.Good)
		}
	}
}

func TestDocOf(t *testing.T) {
	for _, d := range Docs() {
		for _, text := range []string{d.ID, d.Slug, strings.ToLower(d.ID), strings.ToUpper(d.Slug)} {
			if DocOf(text) != d {
				t.Errorf("%s: not found as %q", d.ID, text)
			}
		}
	}
	for _, text := range []string{"", "C", "C99", "C02-a-b", "partners of one kind", "<b>"} {
		if d := DocOf(text); d != nil {
			t.Errorf("%q is %s", text, d.ID)
		}
	}
}
