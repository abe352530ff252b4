package analysis_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// findingsDir holds an archive for each rule: testdata/README.md says how one is
// written.
const findingsDir = "../testdata/findings"

// fixture is an archive: an ecosystem that has a finding, and variants of it in
// each of which one condition is different.
type fixture struct {
	rule     string // such as C05
	comment  string
	variants []variant
}

// variant is an ecosystem with what one rule finds in it.
type variant struct {
	name  string
	files map[string][]byte
	want  string
}

// readFixture reads an archive. Variants hold the files of hit/ with their own in
// place of them.
func readFixture(t *testing.T, path string) fixture {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rule, _, _ := strings.Cut(filepath.Base(path), "-")
	f := fixture{rule: rule, comment: string(archive.Comment)}
	for _, file := range archive.Files {
		folder, name, ok := strings.Cut(file.Name, "/")
		if !ok {
			t.Fatalf("%s: %s is in no folder; write hit/%s", path, file.Name, file.Name)
		}
		v := f.variant(folder)
		if name == "want" {
			v.want = string(file.Data)
		} else {
			v.files[name] = file.Data
		}
	}
	f.overlay(t, path)
	return f
}

func (f *fixture) variant(name string) *variant {
	if len(f.variants) == 0 || f.variants[len(f.variants)-1].name != name {
		f.variants = append(f.variants, variant{name: name, files: map[string][]byte{}})
	}
	return &f.variants[len(f.variants)-1]
}

// overlay completes the variants with the files of hit, and checks their names.
func (f *fixture) overlay(t *testing.T, path string) {
	t.Helper()
	if len(f.variants) < 2 || f.variants[0].name != "hit" || f.variants[0].want == "" {
		t.Fatalf("%s: write hit/ first, with a want, and a near miss after it", path)
	}
	seen := map[string]bool{}
	for i, v := range f.variants {
		miss, as := strings.HasPrefix(v.name, "miss-"), strings.HasPrefix(v.name, "as-")
		if i > 0 && (seen[v.name] || miss == as || miss != (v.want == "")) {
			t.Fatalf("%s: %s is a folder twice, or a miss with a want, or as- without one", path, v.name)
		}
		seen[v.name] = true
		for name, data := range f.variants[0].files {
			if _, ok := v.files[name]; !ok {
				v.files[name] = data
			}
		}
	}
}

// write puts the files of a variant into a new folder.
func (v *variant) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range v.files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// conflictsOf asks an ecosystem for all its findings, those of candidates and
// those that somebody agreed to among them.
func conflictsOf(t *testing.T, dir string) []analysis.Finding {
	t.Helper()
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	study, err := analysis.Open(context.Background(), eco, analysis.Options{AsOf: eco.AsOf}, exposure.Options{Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := study.Conflicts()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(c.Findings, c.Signing, c.Accepted)
}

// findingLines writes the findings of a rule, one a line, by id; of all rules
// where none is given.
func findingLines(all []analysis.Finding, rule string) string {
	var lines []string
	for i := range all {
		if rule == "" || all[i].Rule == rule {
			lines = append(lines, findingLine(&all[i])+"\n")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// findingLine writes what a finding says as want does.
func findingLine(f *analysis.Finding) string {
	var parts []string
	if f.Segment != nil {
		parts = append(parts, "segment "+f.Segment.ID)
	}
	parts = append(parts, countWords(f.Counts)...)
	if n := len(f.Cases); n == 1 {
		parts = append(parts, "1 case")
	} else if n > 1 {
		parts = append(parts, fmt.Sprintf("%d cases", n))
	}
	if f.Possible {
		parts = append(parts, "possible")
	}
	if f.Candidate {
		parts = append(parts, "candidate")
	}
	if !f.Confident {
		parts = append(parts, "low confidence")
	}
	return f.ID + ": " + strings.Join(parts, ", ")
}

// countWords writes the counts of each segment: buyers mid-market live 1 collide
// 2 firm 3.
func countWords(counts []analysis.FindingCount) []string {
	words := map[conflict.Relation]string{conflict.Live: "live", conflict.CouldCollide: "collide"}
	var parts []string
	var firm, teamed int64
	for i, c := range counts {
		if i == 0 || counts[i-1].Segment != c.Segment {
			segment := c.Segment.ID
			if segment == "" {
				segment = "unassigned"
			}
			parts = append(parts, fmt.Sprintf("%s %s", c.Segment.Audience, segment))
			firm, teamed = 0, 0
		}
		word, ok := words[c.Relation]
		if !ok {
			word = string(c.Relation)
		}
		firm, teamed = firm+c.Firm, teamed+c.Teamed
		part := &parts[len(parts)-1]
		*part += fmt.Sprintf(" %s %d", word, c.Members)
		if i == len(counts)-1 || counts[i+1].Segment != c.Segment {
			*part += fmt.Sprintf(" firm %d", firm)
			if teamed > 0 {
				*part += fmt.Sprintf(" teamed %d", teamed)
			}
		}
	}
	return parts
}

func fixturePaths(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob(findingsDir + "/*.txtar")
	if err != nil || len(paths) < len(conflict.Docs()) {
		t.Fatalf("found %d archives of findings (%v)", len(paths), err)
	}
	return paths
}

// Every rule finds what its archive shows, and nothing where one condition fails.
func TestFindings(t *testing.T) {
	for _, path := range fixturePaths(t) {
		f := readFixture(t, path)
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			for _, v := range f.variants {
				t.Run(v.name, func(t *testing.T) {
					if got := findingLines(conflictsOf(t, v.write(t)), f.rule); got != v.want {
						t.Errorf("got\n%swant\n%s", got, v.want)
					}
				})
			}
		})
	}
}

// Cases of records say who, which and until when, and where it stands.
func TestFindingCases(t *testing.T) {
	hit := readFixture(t, findingsDir+"/C05-registration-collision.txtar").variants[0]
	tests := []struct{ name, rows, want string }{
		{"numbered and dated", "R-1,acme,ask.example,2027-01-31\nR-2,bolt,ask.example,2027-02-11", "Acme, R-1, until 2027-01-31; Bolt, R-2, until 2027-02-11"},
		{"bare", ",acme,ask.example,\n,bolt,ask.example,", "Acme; Bolt"},
		{"shared", "R-1,acme; bolt,ask.example,\n,bolt,ask.example,2027-02-11", "Acme with Bolt, R-1; Bolt, until 2027-02-11"},
	}
	for _, tt := range tests {
		hit.files["registrations.csv"] = []byte("id,partner,account,expires\n" + tt.rows + "\n")
		all := conflictsOf(t, hit.write(t))
		i := slices.IndexFunc(all, func(f analysis.Finding) bool { return f.Rule == "C05" })
		if i < 0 || len(all[i].Cases) != 1 {
			t.Fatalf("%s: no case in %+v", tt.name, all)
		}
		c := all[i].Cases[0]
		if c.Account != "ask.example" || c.Text != tt.want || len(c.Places) != 2 || c.Places[0].Row != 2 || c.Places[1].Row != 3 {
			t.Errorf("%s: got %+v, want %s", tt.name, c, tt.want)
		}
	}
}

// Every finding has an archive, with a comment that says what it is for.
func TestFindingsHaveFixtures(t *testing.T) {
	for _, doc := range conflict.Docs() {
		path := filepath.Join(findingsDir, doc.ID+"-"+doc.Slug+".txtar")
		if f := readFixture(t, path); strings.TrimSpace(f.comment) == "" {
			t.Errorf("%s: write at the top what the archive is for", path)
		}
	}
}

// Ids, figures and their order do not depend on where a partner stands in the
// file.
func TestFindingIDsAreStable(t *testing.T) {
	for _, path := range fixturePaths(t) {
		f := readFixture(t, path)
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			hit := f.variants[0]
			before := findingLines(conflictsOf(t, hit.write(t)), "")
			hit.files["ecosystem.yaml"] = partnersReversed(t, hit.files["ecosystem.yaml"])
			if after := findingLines(conflictsOf(t, hit.write(t)), ""); after != before {
				t.Errorf("before\n%safter\n%s", before, after)
			}
		})
	}
}

// The example of the documentation, with its partners from last to first.
func TestFindingIDsOfTheExampleAreStable(t *testing.T) {
	const lumen = "../testdata/lumen"
	data, err := os.ReadFile(filepath.Join(lumen, "ecosystem.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "lists"), os.DirFS(filepath.Join(lumen, "lists"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ecosystem.yaml"), partnersReversed(t, data), 0o600); err != nil {
		t.Fatal(err)
	}
	before, after := findingLines(conflictsOf(t, lumen), ""), findingLines(conflictsOf(t, dir), "")
	if before != after {
		t.Errorf("before\n%safter\n%s", before, after)
	}
}

// partnersReversed writes an ecosystem with its partners from last to first. It
// knows no more of YAML than that a partner begins with "  - ".
func partnersReversed(t *testing.T, eco []byte) []byte {
	t.Helper()
	const head = "\npartners:\n"
	start := bytes.Index(eco, []byte(head))
	if start < 0 {
		return eco // none to reverse
	}
	start += len(head)
	var partners []string
	rest := eco[start:]
	for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\n') {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		if bytes.HasPrefix(line, []byte("  - ")) || len(partners) == 0 {
			partners = append(partners, "")
		}
		partners[len(partners)-1] += string(line) + "\n"
		rest = after
	}
	slices.Reverse(partners)
	return slices.Concat(eco[:start], []byte(strings.Join(partners, "")), rest)
}
