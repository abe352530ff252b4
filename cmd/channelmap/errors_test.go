package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func TestReport(t *testing.T) {
	tests := []struct {
		err  error
		code int
		text string
	}{
		{nil, exitDone, ""},
		{errTold, exitWrong, ""},
		{errInterrupted, exitInterrupted, "channelmap: interrupted; no file was changed\n"},
		{errors.New("lists/a.csv row 3: odd"), exitWrong, "channelmap: lists/a.csv row 3: odd\n"},
		{&usageError{"this is wrong", "do that"}, exitWrong, "channelmap: this is wrong; do that\n"},
		{&graph.Problems{List: []graph.Problem{{File: "e.yaml", Found: "odd"}}, More: 2}, exitWrong,
			"e.yaml: odd\nand 2 more problems\nchannelmap: 3 problems; nothing was written\n"},
		{fmt.Errorf("drawing: %w", &internalError{"oops"}), exitInternal,
			"channelmap: drawing: internal error: oops (please report it with the command line and the output of channelmap version)\n"},
		{errors.New("a\x1b[31m\u202e\xffb"), exitWrong, "channelmap: a\\x1b[31m\\u202e\\xffb\n"},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		if code := report(&out, tt.err); code != tt.code || out.String() != tt.text {
			t.Errorf("%v: exit code %d and %q, want %d and %q", tt.err, code, out.String(), tt.code, tt.text)
		}
	}
}

// TestPanic makes the verbs fall over: what is told is short, and has no stack.
func TestPanic(t *testing.T) {
	var messages bytes.Buffer
	code := run(t.Context(), []string{"schema"}, streams{out: fallsOver{}, err: &messages})
	if code != exitInternal || strings.Count(messages.String(), "\n") != 1 || !strings.HasPrefix(messages.String(), "channelmap: internal error: out of order") {
		t.Errorf("exit code %d, %q", code, messages.String())
	}
}

type fallsOver struct{}

func (fallsOver) Write([]byte) (int, error) { panic("out of order") }

func TestSpreadLists(t *testing.T) {
	for in, want := range map[string]string{
		"init":                         "init",
		"init d --lists a b":           "init d --lists=a --lists=b",
		"init --lists a b --help":      "init --lists=a --lists=b --help",
		"init --lists=a b":             "init --lists=a --lists=b",
		"audit a --format json -- b c": "audit a --format json -- b c",
	} {
		if got := strings.Join(spreadLists(strings.Fields(in)), " "); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// TestTerminal holds what depends on a terminal: a picture is refused there, and
// headings are bold unless NO_COLOR is set.
func TestTerminal(t *testing.T) {
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	var out, messages bytes.Buffer
	terminal := streams{out: &out, err: &messages, outColumns: 100, errColumns: 100}
	if code := run(t.Context(), []string{"map", "testdata/acme"}, terminal); code != exitWrong || out.Len() > 0 ||
		messages.String() != "channelmap: a terminal does not show a picture; write it to a file with -o map.svg\n" {
		t.Errorf("exit code %d, %q", code, messages.String())
	}
	messages.Reset()
	run(t.Context(), []string{"uncovered", "testdata/acme"}, terminal)
	if !strings.Contains(out.String(), "\x1b[1m") || !strings.Contains(messages.String(), "\r\x1b[K11 rows, 6 accounts, ") || !strings.Contains(messages.String(), "reading 0%: lists/") {
		t.Errorf("stdout %q, stderr %q", out.String(), messages.String())
	}
	t.Setenv("NO_COLOR", "1")
	out.Reset()
	run(t.Context(), []string{"uncovered", "testdata/acme"}, terminal)
	if strings.Contains(out.String(), "\x1b") {
		t.Error("bold in spite of NO_COLOR")
	}
}
