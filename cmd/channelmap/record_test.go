package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

// agreed is an ecosystem in a folder of its own, without its lists: one of SHI's
// and one of a party that is no partner, both under an agreement.
func agreed(t *testing.T) *graph.Ecosystem {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const text = `vendor: Acme
channels: [{id: resellers, name: Resellers, kind: reseller}]
partners:
  - id: shi
    name: SHI
    aka: [SHI International]
    channel: resellers
    accounts: {file: shi.csv, nda: {party: SHI Corp., destroy_by: 2027-01-31}}
  - {id: cdw, channel: resellers, accounts: cdw.csv}
lists:
  - {file: "overlap-*.csv", channel: resellers, nda: {party: Crossbeam}}
`
	put(t, filepath.Join(dir, graph.FileName), text)
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return eco
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// written writes a file and records it as one made from the ecosystem's lists.
func written(t *testing.T, eco *graph.Ecosystem, path, text string) {
	t.Helper()
	put(t, path, text)
	d := digestOf([]byte(text))
	made := output{Path: path, Kind: "audit text", From: sourcesOf(eco), Size: d.size, SHA256: d.sum(), Day: "2026-11-23"}
	if err := recordOutput(eco, made); err != nil {
		t.Fatal(err)
	}
}

func recordPath(eco *graph.Ecosystem) string {
	return filepath.Join(eco.Dir, keptFolder, recordFile)
}

// purged runs purge and returns what it prints.
func purged(t *testing.T, eco *graph.Ecosystem, code int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	args = append(append([]string{"purge"}, args...), eco.Dir)
	if got := run(context.Background(), args, streams{out: &out, err: &errs}); got != code {
		t.Fatalf("%q: exit code %d, want %d\n%s%s", args, got, code, out.String(), errs.String())
	}
	for _, line := range strings.Split(out.String(), "\n") {
		if utf8.RuneCountInString(line) > 80 && strings.Contains(strings.TrimSpace(line), " ") && !strings.Contains(line, eco.Dir) {
			t.Errorf("longer than 80 columns: %q", line)
		}
	}
	return out.String()
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n\n")
	return strings.Join(strings.Fields(line), " ")
}

func wantAnswer(t *testing.T, text, want string) {
	t.Helper()
	if got := firstLine(text); got != want {
		t.Errorf("first line %q\nwant       %q\n%s", got, want, text)
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func TestRecordNamesWhoGaveTheLists(t *testing.T) {
	eco := agreed(t)
	want := []source{{Party: "Crossbeam"}, {Party: "SHI Corp.", Partner: "shi"}}
	if got := sourcesOf(eco); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRecordHasALineAPath(t *testing.T) {
	eco := agreed(t)
	elsewhere, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	inside, outside := filepath.Join(eco.Dir, "out", "<a> & b.txt"), filepath.Join(elsewhere, "b.txt")
	for _, text := range []string{"old", "new"} {
		written(t, eco, inside, text)
		written(t, eco, outside, text)
	}
	lines := strings.Split(read(t, recordPath(eco)), "\n")
	if len(lines) != 3 || lines[2] != "" {
		t.Fatalf("%d lines: %q", len(lines)-1, lines)
	}
	const sum = `"sha256":"11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437","day":"2026-11-23"}` // of new
	const from = `"kind":"audit text","from":[{"party":"Crossbeam"},{"party":"SHI Corp.","partner":"shi"}],"size":3,`
	if want := `{"path":"out/\u003ca\u003e \u0026 b.txt",` + from + sum; lines[0] != want {
		t.Errorf("got  %s\nwant %s", lines[0], want)
	}
	if want := fmt.Sprintf(`{"path":%q,`, filepath.ToSlash(outside)) + from + sum; lines[1] != want {
		t.Errorf("got  %s\nwant %s", lines[1], want)
	}
}

func TestRecordIsPrivateAndInNoVersionControl(t *testing.T) {
	eco := agreed(t)
	written(t, eco, filepath.Join(eco.Dir, "a.txt"), "a")
	folder := filepath.Dir(recordPath(eco))
	for path, want := range map[string]os.FileMode{folder: 0o700, recordPath(eco): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v, want %v", path, info.Mode().Perm(), err, want)
		}
	}
	if got := read(t, filepath.Join(folder, ".gitignore")); got != "*\n" {
		t.Errorf(".gitignore holds %q", got)
	}
	if got := names(t, folder); !slices.Equal(got, []string{".gitignore", "lock", recordFile}) {
		t.Errorf("the folder holds %q", got)
	}
}

func TestRecordKeepsAllOfManyAtOnce(t *testing.T) {
	eco := agreed(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { written(t, eco, filepath.Join(eco.Dir, fmt.Sprintf("%d.txt", i)), "x") })
	}
	all.Wait()
	if got := strings.Count(read(t, recordPath(eco)), "\n"); got != 20 {
		t.Errorf("%d lines, want 20", got)
	}
}

// A file that is written again without a list under an agreement is not one to
// purge any more.
func TestRecordForgetsFilesMadeFromNoList(t *testing.T) {
	eco := agreed(t)
	path := filepath.Join(eco.Dir, "a.txt")
	made := output{Path: path, SHA256: digestOf(nil).sum()}
	put(t, path, "")
	if err := recordOutput(eco, made); err != nil || isThere(filepath.Dir(recordPath(eco))) {
		t.Fatalf("a folder was made for no record, or %v", err)
	}
	written(t, eco, path, "a")
	if err := recordOutput(eco, made); err != nil || read(t, recordPath(eco)) != "" {
		t.Errorf("%v; the record holds %q", err, read(t, recordPath(eco)))
	}
}

func TestRecordFollowsTheLinkThatWasWrittenThrough(t *testing.T) {
	eco := agreed(t)
	target, link := filepath.Join(eco.Dir, "target.txt"), filepath.Join(t.TempDir(), "link.txt")
	put(t, target, "")
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
	written(t, eco, link, "a")
	wantAnswer(t, purged(t, eco, 0, "shi"), "Removed the only file made from SHI's list; 1 entry in ecosystem.yaml is left.")
	if isThere(target) || !isThere(link) {
		t.Error("the file that was written is to be removed, not the link")
	}
}

// What lies where the record belongs is not written through.
func TestRecordIsNotWrittenThroughLinks(t *testing.T) {
	for _, name := range []string{keptFolder, keptFolder + "/" + recordFile} {
		eco, victim := agreed(t), t.TempDir()
		put(t, filepath.Join(victim, "file"), "precious")
		path, target := filepath.Join(eco.Dir, name), victim
		if name != keptFolder {
			target = filepath.Join(victim, "file")
		}
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.Symlink(target, path); err != nil {
			t.Skip(err)
		}
		put(t, filepath.Join(eco.Dir, "a.txt"), "a")
		made := output{Path: filepath.Join(eco.Dir, "a.txt"), From: sourcesOf(eco), SHA256: digestOf(nil).sum()}
		if err := recordOutput(eco, made); err == nil {
			t.Errorf("%s: a link, and no error", name)
		}
		if got := names(t, victim); !slices.Equal(got, []string{"file"}) || read(t, filepath.Join(victim, "file")) != "precious" {
			t.Errorf("%s: something was written elsewhere: %q", name, got)
		}
		purged(t, eco, 2, "shi")
		if got := names(t, victim); !slices.Equal(got, []string{"file"}) {
			t.Errorf("%s: purge wrote elsewhere: %q", name, got)
		}
	}
}

func TestFindGiver(t *testing.T) {
	eco := agreed(t)
	r, err := openRecord(eco)
	if err != nil {
		t.Fatal(err)
	}
	shis, crossbeams := source{"SHI Corp.", "shi"}, source{Party: "Crossbeam"}
	for word, want := range map[string][2]bool{
		"shi": {true, false}, " SHI ": {true, false}, "shi  international": {true, false},
		"shi corp.": {true, false}, "CROSSBEAM": {false, true}, "cdw": {false, false},
	} {
		g, err := findGiver(eco, r, word)
		if err != nil {
			t.Errorf("%q: %v", word, err)
			continue
		}
		if got := [2]bool{g.gave(shis), g.gave(crossbeams)}; got != want {
			t.Errorf("%q gave SHI's and Crossbeam's: %v, want %v", word, got, want)
		}
	}
	for word, want := range map[string]string{"shj": "did you mean SHI?", "crosbeam": "did you mean Crossbeam?", "zzz": "write the id", "  ": "write the id"} {
		if _, err := findGiver(eco, r, word); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", word, err, want)
		}
	}
}

// A partner that left the ecosystem is found by what the record says.
func TestPurgeAfterThePartnerIsGone(t *testing.T) {
	eco := agreed(t)
	path := filepath.Join(eco.Dir, "a.txt")
	written(t, eco, path, "a")
	put(t, eco.File, "vendor: Acme\nchannels: [{id: field, kind: direct-buyer, accounts: crm.csv}]\n")
	for _, name := range []string{"Crossbeam", "SHI Corp."} {
		wantAnswer(t, purged(t, eco, 0, strings.ToUpper(name), "--dry-run"), "Would remove the only file made from "+name+"'s list.")
	}
	wantAnswer(t, purged(t, eco, 0, "shi"), "Removed the only file made from shi's list.")
	if isThere(path) {
		t.Error("the file is still there")
	}
}

func TestPurgeRemovesOnlyWhatIsUnchanged(t *testing.T) {
	eco := agreed(t)
	at := func(name string) string { return filepath.Join(eco.Dir, name) }
	for _, name := range []string{"same", "longer", "edited", "folder", "link", "gone", "input/a.csv", "via/linked"} {
		written(t, eco, at(name), "abc")
	}
	put(t, at("longer"), "abcd")
	put(t, at("edited"), "abC")
	put(t, at("victim"), "abc")
	os.Remove(at("gone"))
	os.Remove(at("folder"))
	put(t, at("folder/precious"), "abc")
	os.Remove(at("link"))
	if err := os.Symlink(at("victim"), at("link")); err != nil {
		t.Skip(err)
	}
	os.Rename(at("via"), at("real"))
	os.Symlink(at("real"), at("via"))
	put(t, eco.File, read(t, eco.File)+"  - {file: input, channel: resellers}\n")

	text := purged(t, eco, 2, "shi")
	wantAnswer(t, text, "Removed 1 of 8 files made from SHI's list; 1 was gone already; 6 are left, and 1 entry in ecosystem.yaml.")
	if isThere(at("same")) {
		t.Error("the unchanged file is still there")
	}
	for _, name := range []string{"longer", "edited", "folder/precious", "link", "victim", "input/a.csv", "real/linked", "via"} {
		if !isThere(at(name)) {
			t.Errorf("%s was removed", name)
		}
	}
	for _, want := range []string{
		"changed since", "it is a folder now", "it is a link now", "its folder is a link", "it is an input", "shi.csv is not there any more, to be destroyed by 2027-01-31",
		graph.FileName + ":",
	} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("the text does not say %q:\n%s", want, text)
		}
	}
	if got := strings.Count(read(t, recordPath(eco)), "\n"); got != 6 {
		t.Errorf("the record has %d lines, want those of the 6 that are left", got)
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	eco := agreed(t)
	written(t, eco, filepath.Join(eco.Dir, "a.txt"), "a")
	written(t, eco, filepath.Join(eco.Dir, "b.txt"), "b")
	put(t, filepath.Join(eco.Dir, "shi.csv"), "Website\n")
	os.Remove(filepath.Join(eco.Dir, "b.txt"))
	before := read(t, recordPath(eco))
	wantAnswer(t, purged(t, eco, 0, "shi", "--dry-run"), "Would remove 1 of 2 files made from SHI's list; 1 was gone already; 1 list is left.")
	if read(t, recordPath(eco)) != before || !isThere(filepath.Join(eco.Dir, "a.txt")) {
		t.Error("something was changed")
	}
}

// Lines that the program never writes are reported, kept, and harm nothing.
func TestPurgeOfAHostileRecord(t *testing.T) {
	eco := agreed(t)
	victim := filepath.Join(t.TempDir(), "victim")
	put(t, victim, "abc")
	sum := digestOf([]byte("abc")).sum()
	line := func(path, sum string) string {
		return fmt.Sprintf(`{"path":%q,"kind":"map svg","from":[{"party":"SHI","partner":"shi"}],"size":3,"sha256":%q,"day":"2026-11-23"}`, path, sum)
	}
	up, err := filepath.Rel(eco.Dir, victim)
	if err != nil {
		t.Fatal(err)
	}
	bad := []string{
		line(filepath.ToSlash(up), sum), line("out/../"+filepath.ToSlash(up), sum), line("./a", sum), line(".", sum), line("", sum),
		line("a\x00b", sum), line("a.txt", "abc"), line("a.txt", strings.ToUpper(sum)), line("a.txt", ""),
		`{"path":"a.txt"}`, `[]`, `null`, "\x1b[2J\u202e", strings.Repeat("x", 3*longestLine), `{"path":"a.txt","from":[{"par`,
	}
	other := strings.Replace(line(filepath.ToSlash(victim), digestOf([]byte("abd")).sum()), "map", `\u001b[2J\u202e<b>`, 1)
	put(t, recordPath(eco), strings.Join(append([]string{other, ""}, bad...), "\n"))
	text := purged(t, eco, 2, "shi")
	wantAnswer(t, text, fmt.Sprintf("Removed 0 of 1 file made from SHI's list; 1 is left, and 1 entry in ecosystem.yaml; %d lines of the record cannot be used.", len(bad)))
	if read(t, victim) != "abc" {
		t.Error("a file that is not the one recorded was removed")
	}
	if strings.ReplaceAll(text, "\n", "") != render.EscapeControls(strings.ReplaceAll(text, "\n", "")) {
		t.Errorf("control characters are printed: %q", text)
	}

	// What is recorded next is on a line of its own, and is removed.
	written(t, eco, filepath.Join(eco.Dir, "next.txt"), "n")
	wantAnswer(t, purged(t, eco, 2, "shi"), fmt.Sprintf("Removed 1 of 2 files made from SHI's list; 1 is left, and 1 entry in ecosystem.yaml; %d lines of the record cannot be used.", len(bad)))
	if want := strings.Join(append([]string{other}, bad...), "\n") + "\n"; read(t, recordPath(eco)) != want {
		t.Error("lines were not kept as they were")
	}
}

// The last line on a file holds, wherever it stands.
func TestPurgeTakesTheLastLineOnAFile(t *testing.T) {
	eco := agreed(t)
	path := filepath.Join(eco.Dir, "a.txt")
	put(t, path, "new")
	var lines string
	for _, l := range [][2]string{{"old", "shi"}, {"new", "cdw"}} {
		d := digestOf([]byte(l[0]))
		lines += fmt.Sprintf(`{"day":"","path":"a.txt","from":[{"partner":%q}],"size":3,"sha256":%q}`+"\n", l[1], d.sum())
	}
	put(t, recordPath(eco), lines)
	wantAnswer(t, purged(t, eco, 0, "shi"), "No file made from SHI's list is recorded; 1 entry in ecosystem.yaml is left.")
	wantAnswer(t, purged(t, eco, 0, "cdw"), "Removed the only file made from cdw's list.")
	wantAnswer(t, purged(t, eco, 0, "cdw"), "No list of cdw is under an agreement (nda), and no file made from one is recorded.")
}

func TestPurgeOfALongRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a long file")
	}
	eco := agreed(t)
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, `{"path":"out/%d.svg","kind":"map svg","from":[{"party":"SHI"}],"size":1,"sha256":"%064d","day":"2026-11-23"}`+"\n", i, i)
	}
	b.WriteString(strings.Repeat("?\n", 1000))
	put(t, recordPath(eco), b.String())
	start := time.Now()
	text := purged(t, eco, 2, "shi")
	wantAnswer(t, text, "Removed 0 of 20000 files made from SHI's list; 20000 were gone already; 1 entry in ecosystem.yaml is left; 1000 lines of the record cannot be used.")
	if n := strings.Count(text, "\n"); n > 350 {
		t.Errorf("%d lines are printed", n)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

func FuzzParseOutput(f *testing.F) {
	f.Add([]byte(`{"path":"a.txt","from":[{"party":"x"}],"size":1,"sha256":"` + digestOf(nil).sum() + `"}`))
	f.Add([]byte(`{"path":"../a"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		made, why := parseOutput(piece{text: line, last: true})
		if strings.ContainsFunc(why, func(r rune) bool { return r < ' ' }) {
			t.Errorf("the reason has control characters: %q", why)
		}
		if why == "" && !filepath.IsAbs(made.Path) && !filepath.IsLocal(made.Path) {
			t.Errorf("%q leads out of the folder", made.Path)
		}
	})
}
