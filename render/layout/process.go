package layout

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// DefaultTimeout is how long a layout may take where its context has no
// deadline. Readable drawings take a hundredth of it.
const DefaultTimeout = 20 * time.Second

const (
	maxAnswer    = 32 << 20 // of JSON
	maxComplaint = 4 << 10  // of error output
)

var errAnswerTooLong = errors.New("the layout engine answered with more than fits")

// child is this program started again, waiting for a graph.
type child struct {
	cmd               *exec.Cmd
	question          io.WriteCloser
	answer, complaint *bounded
}

// startChild starts one that ends with its context.
func startChild(ctx context.Context) (*child, error) {
	if os.Getenv(childVariable) != "" {
		// The program's main does not call Child: without this the children
		// would start children.
		return nil, errors.New("layout.Child is not called first in main")
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the layout cannot be started: %w", err)
	}
	c := &child{cmd: exec.CommandContext(ctx, exe), answer: &bounded{limit: maxAnswer}, complaint: &bounded{limit: maxComplaint}}
	c.cmd.Env = append(os.Environ(), childVariable+"="+remaining(ctx).String())
	c.cmd.Stdout, c.cmd.Stderr = c.answer, c.complaint
	c.cmd.WaitDelay = time.Second // for pipes that something else still holds
	if c.question, err = c.cmd.StdinPipe(); err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("the layout cannot be started: %w", err)
	}
	return c, nil
}

// lay gives the child its graph and waits for its end.
func (c *child) lay(ctx context.Context, dot []byte) error {
	stop := context.AfterFunc(ctx, func() { c.cmd.Process.Kill() })
	defer stop()
	go func() { // a child that does not listen must not keep us from waiting for it
		c.question.Write(dot)
		c.question.Close()
	}()
	return c.cmd.Wait()
}

// aheadKey is that of a child in a context.
type aheadKey struct{}

// ahead holds a child that was started before there was a graph for it.
type ahead struct {
	mu    sync.Mutex
	child *child
}

// take returns the child, once.
func (a *ahead) take() *child {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.child
	a.child = nil
	return c
}

// Ahead starts a layout child, so that the first Run with the context that it
// returns finds one that is ready: starting takes it longer than most graphs. A
// child that cannot be started is Run's to report. stop ends a child that no
// Run asked.
func Ahead(ctx context.Context) (with context.Context, stop func()) {
	c, err := startChild(ctx)
	if err != nil {
		return ctx, func() {}
	}
	a := &ahead{child: c}
	return context.WithValue(ctx, aheadKey{}, a), func() {
		if c := a.take(); c != nil {
			c.cmd.Process.Kill()
			c.cmd.Wait()
		}
	}
}

// waiting returns the child that Ahead started, if none has asked it yet.
func waiting(ctx context.Context) *child {
	if a, ok := ctx.Value(aheadKey{}).(*ahead); ok {
		return a.take()
	}
	return nil
}

// ask gives the graph to a layout child and returns what it answers.
func ask(ctx context.Context, dot []byte) (answer []byte, err error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, DefaultTimeout)
		defer cancel()
	}
	started := time.Now()
	c := waiting(ctx)
	if c == nil {
		if c, err = startChild(ctx); err != nil {
			return nil, err
		}
	}
	err = c.lay(ctx, dot)
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		return nil, fmt.Errorf("the layout was not ready after %s and was stopped; a map with fewer boxes is quicker: %w",
			time.Since(started).Round(100*time.Millisecond), ctx.Err())
	case ctx.Err() != nil:
		return nil, fmt.Errorf("the layout was interrupted: %w", ctx.Err())
	case c.answer.full:
		return nil, errAnswerTooLong
	case err != nil:
		return nil, fmt.Errorf("the layout failed (%w): %s", err, c.complaint.line())
	}
	return c.answer.kept, nil
}

// remaining is the time that a child started now has for a graph.
func remaining(ctx context.Context) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return DefaultTimeout
	}
	return max(time.Until(deadline), time.Millisecond)
}

// bounded keeps the first bytes written to it and drops the rest.
type bounded struct {
	kept  []byte
	limit int
	full  bool
}

// Write never fails: a child that says too much is still read to its end.
func (b *bounded) Write(p []byte) (int, error) {
	keep := min(len(p), b.limit-len(b.kept))
	b.full = b.full || keep < len(p)
	b.kept = append(b.kept, p[:keep]...)
	return len(p), nil
}

// line returns the first line that was written, for a message.
func (b *bounded) line() string {
	text, _, _ := strings.Cut(strings.TrimSpace(string(b.kept)), "\n")
	if text == "" {
		return "it gave no reason"
	}
	return text
}
