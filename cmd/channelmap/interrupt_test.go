package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestInterruptLeavesOldFiles ends the work while rows are written aside.
func TestInterruptLeavesOldFiles(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "out.txt")
	if err := os.WriteFile(old, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	// The line is cleared when the lists are counted; then the rows are written.
	messages := &cancelling{cancel: cancel, says: clearLine, alone: true, at: 1}
	s, _, _ := fakeTerminal(80)
	s.err = messages
	code := run(ctx, []string{"audit", "testdata/acme", "-o", old, "--evidence-file", filepath.Join(dir, "rows.csv")}, s)
	if code != exitInterrupted || !strings.HasSuffix(messages.String(), "channelmap: interrupted; no file was changed\n") {
		t.Errorf("exit code %d, %q", code, messages.String())
	}
	if messages.at > 0 {
		t.Error("the work ended before the rows were read")
	}
	if got := names(t, dir); !slices.Equal(got, []string{"out.txt"}) || read(t, old) != "old" {
		t.Errorf("left behind: %q", got)
	}
}

// clearLine is what takes the line of progress away.
const clearLine = "\r\x1b[K"

// cancelling is a stderr that cancels at the nth line that says something.
type cancelling struct {
	bytes.Buffer
	says   string
	alone  bool // and nothing else
	at     int
	then   func() // before it cancels; may be nil
	cancel context.CancelFunc
}

func (c *cancelling) Write(p []byte) (int, error) {
	if strings.Contains(string(p), c.says) && (!c.alone || len(p) == len(c.says)) {
		if c.at--; c.at == 0 {
			if c.then != nil {
				c.then()
			}
			c.cancel()
		}
	}
	return c.Buffer.Write(p)
}

// TestInterruptWithRowsOnDisk ends the work when rows of a list that memory has no
// room for lie on disk: while the list is read, and when it is counted.
func TestInterruptWithRowsOnDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a list of 50 MB")
	}
	bound := debug.SetMemoryLimit(-1)
	t.Cleanup(func() { debug.SetMemoryLimit(bound) })
	aside := t.TempDir()
	t.Setenv("TMPDIR", aside)
	dir := t.TempDir()
	for name, text := range map[string][]byte{
		"big.csv": partnerRows(2_600_000, []string{"CDW"}),
		"ecosystem.yaml": []byte("vendor: Acme\nchannels:\n  - {id: resale, kind: reseller}\npartners:\n  - {id: cdw, name: CDW, channel: resale}\n" +
			"lists:\n  - {file: big.csv, partner: cdw, columns: {account: domain}}\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, when := range []string{"reading 95%", "counting"} {
		ctx, cancel := context.WithCancel(t.Context())
		messages := &cancelling{cancel: cancel, says: when, at: 1, then: func() {
			if runtime.GOOS == "linux" && len(openRows()) == 0 {
				t.Error("no rows are on disk yet")
			}
		}}
		s, _, clock := fakeTerminal(80)
		s.err = messages
		s.now = func() time.Time {
			clock.at = clock.at.Add(repaintEvery)
			return clock.at
		}
		out := filepath.Join(dir, "out.txt")
		code := run(ctx, []string{"audit", dir, "--no-cache", "--memory", "64MB", "-o", out}, s)
		cancel()
		if code != exitInterrupted || !strings.HasSuffix(messages.String(), "channelmap: interrupted; no file was changed\n") {
			t.Errorf("%s: exit code %d, %q", when, code, messages.String())
		}
		if got := append(names(t, aside), openRows()...); len(got) > 0 || slices.Contains(names(t, dir), "out.txt") {
			t.Errorf("%s: left behind: %q", when, got)
		}
	}
}

// openRows are the files of rows that this process has open, where the system
// tells.
func openRows() []string {
	var found []string
	all, _ := filepath.Glob("/proc/self/fd/*")
	for _, fd := range all {
		if file, err := os.Readlink(fd); err == nil && strings.Contains(file, "channelmap-") && strings.Contains(file, ".rows") {
			found = append(found, file)
		}
	}
	return found
}

// TestSignal interrupts a process that waits for somebody to read its output.
func TestSignal(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the grace that an interrupt gives")
	}
	program, err := exec.LookPath("channelmap")
	if err != nil {
		t.Fatal(err) // testscript.Main puts it there
	}
	dir := t.TempDir()
	// More problems than a pipe holds.
	text := "vendor: Acme\nsegments:\n" + strings.Repeat("  - {id: a}\n", 1000)
	if err := os.WriteFile(filepath.Join(dir, "ecosystem.yaml"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "check", "--format", "json", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	state, err := cmd.Process.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if state.ExitCode() != exitInterrupted {
		t.Errorf("it ended with %v", state)
	}
}
