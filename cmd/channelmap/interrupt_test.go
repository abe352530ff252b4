package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestInterruptLeavesOldFiles ends the work while rows are written aside.
func TestInterruptLeavesOldFiles(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "out.txt")
	if err := os.WriteFile(old, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	// The lists are read twice: once to count, once for the rows.
	messages := &cancelling{cancel: cancel, at: 3}
	code := run(ctx, []string{"audit", "testdata/acme", "-o", old, "--evidence-file", filepath.Join(dir, "rows.csv")},
		streams{out: io.Discard, err: messages, errColumns: 80})
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

// cancelling is a stderr that cancels at the nth file that is being read.
type cancelling struct {
	bytes.Buffer
	cancel context.CancelFunc
	at     int
}

func (c *cancelling) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("reading")) {
		if c.at--; c.at == 0 {
			c.cancel()
		}
	}
	return c.Buffer.Write(p)
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
