package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var updateDocs = flag.Bool("update-docs", false, "write what commands print into the documents, and the map that the README shows")

// documents are those that show what commands print.
var documents = []string{"README.md", "docs/situations.md"}

const (
	shownMap  = "docs/lumen-map.svg"
	opening   = "```console\n$ channelmap "
	askCode   = "$ echo $?\n"
	exampleAt = "2026-11-23"
)

// atRoot runs a test in the folder of the README, where its commands are said to
// be run.
func atRoot(t *testing.T) {
	t.Helper()
	t.Chdir("../..")
}

// printed is what a command line prints, and its exit code.
func printed(t *testing.T, args []string) (text string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, streams{out: &out, err: &errs})
	if code == exitWrong || code == exitInternal {
		t.Fatalf("channelmap %s: exit code %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String(), code
}

// What documents show is what commands print. Lines may be left out behind a line
// of dots; an exit code that is not 0 is shown as a shell would be asked for it.
func TestReadmeShowsWhatCommandsPrint(t *testing.T) {
	atRoot(t)
	for _, name := range documents {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(string(data), opening)
		if len(parts) < 4 {
			t.Fatalf("%s shows %d commands", name, len(parts)-1)
		}
		for i, part := range parts[1:] {
			parts[i+1] = checkBlock(t, name, part)
		}
		if *updateDocs {
			if err := os.WriteFile(name, []byte(strings.Join(parts, opening)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checkBlock holds a block of a document to what its command prints, and returns
// it as it should be.
func checkBlock(t *testing.T, name, part string) string {
	t.Helper()
	line, rest, _ := strings.Cut(part, "\n")
	shown, after, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatalf("%s: the block of %q does not end", name, line)
	}
	shown, _, _ = strings.Cut(shown, askCode)
	got, code := printed(t, strings.Fields(line))
	ending := ""
	if code != exitDone {
		ending = fmt.Sprintf("%s%d\n", askCode, code)
	}
	should := line + "\n" + shown + ending + "```" + after
	if !showsPart(shown, got) {
		should = line + "\n" + got + ending + "```" + after
	}
	if should != part && !*updateDocs {
		t.Errorf("%s does not show what `channelmap %s` prints; go test ./cmd/channelmap -run Readme -update-docs writes it:\n%s%s", name, line, got, ending)
	}
	return should
}

// showsPart reports whether a text is another with lines left out where it has a
// line of dots.
func showsPart(shown, whole string) bool {
	for n, piece := range strings.Split(shown, "...\n") {
		at := strings.Index(whole, piece)
		if at < 0 || n == 0 && at != 0 {
			return false
		}
		whole = whole[at+len(piece):]
	}
	return strings.HasSuffix(shown, "...\n") || whole == ""
}

// The picture in the README is the one that its first command draws.
func TestReadmeShowsTheMap(t *testing.T) {
	atRoot(t)
	got, _ := printed(t, []string{"map", "testdata/lumen", "--format", "svg", "--as-of", exampleAt})
	if *updateDocs {
		if err := os.WriteFile(shownMap, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(shownMap)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not what the command draws; go test ./cmd/channelmap -run Readme -update-docs writes it", shownMap)
	}
}
