package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph/list"
)

func TestMatchingLine(t *testing.T) {
	for _, c := range []struct {
		name string
		head analysis.Head
		want string
	}{
		{"all parts", analysis.Head{Lists: 2, OwnLists: true, Matching: &exposure.Matching{Rows: 3000, ByDomain: 1950, ByEmail: 12, ByName: 462, ByID: 3, NewDomains: 310, Unresolved: 278}},
			"2,427 of 3,000 rows matched (1,950 by domain, 12 by e-mail, 462 by name, 3 by id); 310 have domains new to us; 278 unresolved"},
		{"zero parts are left out", analysis.Head{Lists: 1, OwnLists: true, Matching: &exposure.Matching{Rows: 1198, ByName: 1198}},
			"1,198 of 1,198 rows matched (1,198 by name); 0 unresolved"},
		{"new to us only beside own lists", analysis.Head{Lists: 1, Matching: &exposure.Matching{Rows: 5, ByDomain: 5, NewDomains: 2}},
			"5 of 5 rows matched (5 by domain); 0 unresolved"},
		{"no row matched", analysis.Head{Lists: 1, Matching: &exposure.Matching{Rows: 5, Unresolved: 5}}, "0 of 5 rows matched; 5 unresolved"},
		{"no lists", analysis.Head{OwnLists: true}, "No lists: figures rest on shares"},
	} {
		if got := strings.Join(matchingClauses(&c.head), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// secondSentence joins what stands below the answer, as far as it is wrapped.
func secondSentence(text string) string {
	lines := strings.Split(text, "\n")[1:]
	s := lines[0]
	for _, l := range lines[1:] {
		if !strings.HasPrefix(l, "  ") {
			break
		}
		s += " " + strings.TrimSpace(l)
	}
	return s
}

func TestMatchingIsPrintedWhole(t *testing.T) {
	var out bytes.Buffer
	if err := Audit(&out, sampleAudit(), Text, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	want := "2,412 of 3,000 rows matched (1,950 by domain, 462 by name); 310 have domains new to us; 278 unresolved"
	if got := secondSentence(out.String()); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFirstLineOfAudit(t *testing.T) {
	a := buyersAudit()
	a.Total.Net, a.Total.Sellers = exact(524), 343
	audit := &analysis.Audit{Head: sampleHead(), Audiences: []analysis.AudienceAudit{a}}
	for want, width := range map[string]int{
		"524 buyers reached over 343 pathways, 1,198 with repeats; 167 over two or more.": 80,
		"524 buyers reached over 343 pathways; 167 over two or more.":                     60,
	} {
		var out bytes.Buffer
		if err := Audit(&out, audit, Text, TextOptions{Width: width}); err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(out.String(), "\n"); got != want {
			t.Errorf("width %d: %q, want %q", width, got, want)
		}
	}
}

func TestEmptyReportsSaySo(t *testing.T) {
	for want, print := range map[string]func(*bytes.Buffer) error{
		"Nobody is reached: no list and no figure says whom the pathways reach.": func(w *bytes.Buffer) error { return Audit(w, &analysis.Audit{}, Text, TextOptions{}) },
		"Nobody is known to be reached over several pathways.":                   func(w *bytes.Buffer) error { return Overlaps(w, &analysis.Overlaps{}, Text, TextOptions{}) },
		"The ecosystem names no segment.":                                        func(w *bytes.Buffer) error { return Uncovered(w, &analysis.Uncovered{}, Text, TextOptions{}) },
		"Mid-market IT has no pathway.": func(w *bytes.Buffer) error {
			return Paths(w, &analysis.Paths{Count: "0", Segment: samplePaths().Segment}, Text, TextOptions{})
		},
		"No conflict shows in these lists.":                                 func(w *bytes.Buffer) error { return Conflicts(w, &analysis.Conflicts{}, Text, TextOptions{}) },
		"No deal, registration or offer is live.":                           func(w *bytes.Buffer) error { return Live(w, &analysis.Live{}, Text, TextOptions{}) },
		"0 findings are looked for; `channelmap findings ID` explains one.": func(w *bytes.Buffer) error { return Findings(w, nil, Text, TextOptions{}) },
		"Within policy: SHI reaches nobody, as far as lists and figures show.": func(w *bytes.Buffer) error {
			return Vet(w, &analysis.Vet{Partner: analysis.SellerRef{Name: "SHI"}, Verdict: analysis.Verdict{Kind: analysis.WithinPolicy}}, Text, TextOptions{})
		},
		"Nothing is wrong with the input.": func(w *bytes.Buffer) error { return Check(w, &CheckReport{}, Text, TextOptions{}) },
		"globex.example is reached over 0 pathways.": func(w *bytes.Buffer) error {
			return Account(w, &analysis.Account{Key: "globex.example"}, Text, TextOptions{})
		},
	} {
		var out bytes.Buffer
		if err := print(&out); err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(out.String(), "\n"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	var out bytes.Buffer
	err := Audit(&out, sampleAudit(), "yaml", TextOptions{})
	if err == nil || !strings.Contains(err.Error(), "text, json or csv") || out.Len() > 0 {
		t.Errorf("got %v and %q", err, out.String())
	}
}

func TestColorIsOnlyBold(t *testing.T) {
	var plain, bold bytes.Buffer
	if err := Audit(&plain, sampleAudit(), Text, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := Audit(&bold, sampleAudit(), Text, TextOptions{Color: true}); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(plain.Bytes(), bold.Bytes()) {
		t.Error("nothing is bold")
	}
	if got := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(bold.String()); got != plain.String() {
		t.Errorf("colour changes the text:\n%s", got)
	}
}

func TestSuggestedCommandsNameTheEcosystem(t *testing.T) {
	r := newTextReport(&bytes.Buffer{}, TextOptions{Path: "it's here"})
	if got, want := r.command("overlaps --min 3"), `channelmap overlaps --min 3 'it'\''s here'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r.path = strings.Repeat("deep/", 40)
	if got, want := r.command("uncovered"), "channelmap uncovered"; got != want {
		t.Errorf("a path that does not fit: got %s, want %s", got, want)
	}
}

func TestNotices(t *testing.T) {
	head := sampleHead()
	for range 12 {
		head.Notices = append(head.Notices, list.Notice{Text: "ragged row\x1b[2J", Count: 2})
	}
	var out bytes.Buffer
	if err := Notices(&out, &head); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if !strings.HasPrefix(lines[1], "  rows without an account were left out (1,204 rows): lists/crm.csv row 17") {
		t.Errorf("what was lost is not first: %q", lines[1])
	}
	for _, want := range []string{`ragged row\x1b[2J (2 rows)`, "4 notices more", "agreement with CDW"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("an escape character was printed")
	}
	out.Reset()
	if err := Notices(&out, &analysis.Head{}); err != nil || out.Len() > 0 {
		t.Errorf("nothing to say, but %q, %v", out.String(), err)
	}
}

func TestEveryRelationHasWords(t *testing.T) {
	for _, r := range conflict.Relations {
		if relationWords[r] == "" {
			t.Errorf("no words for %s", r)
		}
	}
	for _, p := range []conflict.Pattern{conflict.DirectPartner, conflict.SameKind, conflict.CrossKind, conflict.Bypass, conflict.OwnChannels} {
		if patternWords[p] == "" {
			t.Errorf("no words for %s", p)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for in, want := range map[string]string{"-12.5": "-12.50", "87300201.05": "87,300,201.05", "0": "0.00", "999.999": "1,000.00", "-1234": "-1,234.00"} {
		if got := moneyDigits(sum(in)); got != want {
			t.Errorf("moneyDigits(%s) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"0": "0", "1234567": "1,234,567", "340282366920938463463374607431768211456": "over 10^38"} {
		if got := bigCount(in); got != want {
			t.Errorf("bigCount(%s) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[float64]string{0: "0", 4.5: "4.5", 12: "12", 1200.25: "1,200.25", 100: "100"} {
		if got := plainNumber(in); got != want {
			t.Errorf("plainNumber(%v) = %q, want %q", in, got, want)
		}
	}
}
