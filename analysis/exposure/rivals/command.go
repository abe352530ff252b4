package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// command is a process that counts a list.
type command struct {
	label string
	list  theList
	args  []string
	lines bool // it counts lines only, the heading among them
}

// ours counts the ecosystem of a list with the engine.
func (b *bench) ours(l theList, flags ...string) command {
	args := slices.Concat([]string{filepath.Join(b.programs, "ours")}, flags, []string{l.folder})
	return command{label: strings.Join(append([]string{"ours"}, flags...), " "), list: l, args: args}
}

// as gives a command another label.
func (c command) as(label string) command {
	c.label = label
	return c
}

// rival counts a list in another way.
func (b *bench) rival(l theList, label string, args ...string) command {
	flags := []string{filepath.Join(b.programs, "rival"), "-partners", strconv.Itoa(l.Partners), "-threads", strconv.Itoa(b.threads)}
	if l.Form == generate.Segment {
		flags = append(flags, "-by-segment")
	}
	return command{label: label, list: l, args: append(flags, args...)}
}

// duckDB counts a list with several forms of one query.
func (b *bench) duckDB(l theList, forms ...string) (all []command) {
	for _, form := range forms {
		all = append(all, b.rival(l, "duckdb "+form, "-form", form, "duckdb", l.file))
	}
	return all
}

// wc counts the lines of a list, which is less than reading it.
func wc(l theList) command {
	return command{label: "wc -l", list: l, args: []string{"wc", "-l", l.file}, lines: true}
}

// sample is what one run took.
type sample struct {
	wall, cpu time.Duration
	peak      int64 // bytes resident at most
	answer    answer.Answer
}

// notAvailable is a work that the engine does not do yet.
type notAvailable struct{ why string }

func (e *notAvailable) Error() string { return "not available: " + e.why }

func isMissing(err error) bool {
	var missing *notAvailable
	return errors.As(err, &missing)
}

// execute runs a process to its end. The peak is never less than what this
// process itself holds at the time, from which the child starts.
func (b *bench) execute(c command) (sample, error) {
	p := exec.CommandContext(b.ctx, c.args[0], c.args[1:]...)
	p.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(b.threads))
	var out, errs bytes.Buffer
	p.Stdout, p.Stderr = &out, &errs
	start := time.Now()
	err := p.Run()
	wall := time.Since(start)
	if err != nil {
		return sample{}, c.failure(err, errs.String())
	}
	s := sample{wall: wall, cpu: p.ProcessState.UserTime() + p.ProcessState.SystemTime()}
	if usage, ok := p.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.peak = usage.Maxrss << 10 // kilobytes on Linux
	}
	if out.Len() > 0 {
		s.answer, err = c.read(out.String())
	}
	return s, err
}

func (c command) failure(err error, message string) error {
	lines := strings.Split(strings.TrimSpace(message), "\n")
	why := lines[0]
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == answer.ExitNotAvailable {
		return &notAvailable{why}
	}
	return fmt.Errorf("%s: %w: %s", c.label, err, why)
}

// read reads what a process prints and holds it to what the generator knows.
func (c command) read(text string) (answer.Answer, error) {
	known := answer.Answer{Rows: c.list.Rows, Members: c.list.Members()}
	if c.lines {
		if count, _, _ := strings.Cut(text, " "); count != strconv.FormatInt(known.Rows+1, 10) {
			return known, fmt.Errorf("%s counts %s lines; the list has %d", c.label, count, known.Rows+1)
		}
		return known, nil
	}
	a, err := answer.Parse(text)
	if err == nil && (a.Members != known.Members || a.Rows != known.Rows && a.Rows != answer.NotCounted) {
		err = fmt.Errorf("%s: %d members in %d rows, and the list has %d in %d", c.label, a.Members, a.Rows, known.Members, known.Rows)
	}
	return a, err
}

// agrees holds two answers to each other, where both are of the same list.
func (c command) agrees(other command, a, b answer.Answer) error {
	if c.lines || other.lines || c.list.Rows != other.list.Rows {
		return nil
	}
	if c.list.Form != other.list.Form { // touches of more kinds make more sets
		a.Sets = answer.NotCounted
	}
	if !a.Agrees(b) {
		return fmt.Errorf("answers differ: %s has %v, %s has %v", c.label, a, other.label, b)
	}
	return nil
}
