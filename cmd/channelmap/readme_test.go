package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"strings"
	"testing"
)

var updateDocs = flag.Bool("update-docs", false, "write what commands print into the README, and the map that it shows")

const (
	readme    = "README.md"
	shownMap  = "docs/lumen-map.svg"
	opening   = "```console\n$ channelmap "
	exampleAt = "2026-11-23"
)

// atRoot runs a test in the folder of the README, where its commands are said to
// be run.
func atRoot(t *testing.T) {
	t.Helper()
	t.Chdir("../..")
}

// printed is what a command line prints.
func printed(t *testing.T, args []string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), args, streams{out: &out, err: &errs}); code != exitDone {
		t.Fatalf("channelmap %s: exit code %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// What the README shows is what its commands print. Lines may be left out behind
// a line of dots.
func TestReadmeShowsWhatCommandsPrint(t *testing.T) {
	atRoot(t)
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(data), opening)
	if len(parts) < 4 {
		t.Fatalf("the README shows %d commands", len(parts)-1)
	}
	for i, part := range parts[1:] {
		line, rest, _ := strings.Cut(part, "\n")
		shown, after, ok := strings.Cut(rest, "```")
		if !ok {
			t.Fatalf("the block of %q does not end", line)
		}
		got := printed(t, strings.Fields(line))
		if *updateDocs && !showsPart(shown, got) {
			parts[i+1] = line + "\n" + got + "```" + after
		} else if !*updateDocs && !showsPart(shown, got) {
			t.Errorf("the README does not show what `channelmap %s` prints; go test ./cmd/channelmap -run Readme -update-docs writes it:\n%s", line, got)
		}
	}
	if *updateDocs {
		if err := os.WriteFile(readme, []byte(strings.Join(parts, opening)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
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
	got := printed(t, []string{"map", "testdata/lumen", "--format", "svg", "--as-of", exampleAt})
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
