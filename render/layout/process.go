package layout

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
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

// ask starts this program again as a layout child, gives it the graph and
// returns what it answers.
func ask(ctx context.Context, dot []byte) ([]byte, error) {
	if os.Getenv(childVariable) != "" {
		// The program's main does not call Child: without this the children
		// would start children.
		return nil, errors.New("layout.Child is not called first in main")
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, DefaultTimeout)
		defer cancel()
	}
	started := time.Now()
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the layout cannot be started: %w", err)
	}
	answer, complaint := &bounded{limit: maxAnswer}, &bounded{limit: maxComplaint}
	cmd := exec.CommandContext(ctx, exe)
	cmd.Env = append(os.Environ(), childVariable+"="+remaining(ctx).String())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(dot), answer, complaint
	cmd.WaitDelay = time.Second // for pipes that something else still holds
	err = cmd.Run()
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		return nil, fmt.Errorf("the layout was not ready after %s and was stopped; a map with fewer boxes is quicker: %w",
			time.Since(started).Round(100*time.Millisecond), ctx.Err())
	case ctx.Err() != nil:
		return nil, fmt.Errorf("the layout was interrupted: %w", ctx.Err())
	case answer.full:
		return nil, errAnswerTooLong
	case err != nil:
		return nil, fmt.Errorf("the layout failed (%w): %s", err, complaint.line())
	}
	return answer.kept, nil
}

func remaining(ctx context.Context) time.Duration {
	deadline, _ := ctx.Deadline()
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
