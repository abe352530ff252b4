package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

// The exit codes.
const (
	exitDone        = 0
	exitBroken      = 1 // a promise or a limit is broken
	exitWrong       = 2 // the input or the call is wrong
	exitInternal    = 3
	exitUndecided   = 4   // the evidence does not settle it
	exitInterrupted = 130 // 128 and the number of the signal, as shells count
)

var (
	// errInterrupted ends a run that a signal stopped.
	errInterrupted = errors.New("interrupted; no file was changed")
	// errTold ends a run whose result says already what is wrong.
	errTold = errors.New("told already")
	// errBroken and errUndecided are verdicts, which the result tells.
	errBroken    = errors.New("a promise or a limit is broken")
	errUndecided = errors.New("it cannot be decided")
)

// usageError is a call that is wrong, with what to do instead.
type usageError struct{ text, hint string }

func (e *usageError) Error() string { return e.text + "; " + e.hint }

// internalError is a mistake of the program.
type internalError struct{ cause any }

func (e *internalError) Error() string {
	return fmt.Sprintf("internal error: %v (please report it with the command line and the output of channelmap version)", e.cause)
}

// report tells what went wrong, if anything did, and returns the exit code.
func report(w io.Writer, err error) int {
	var problems *graph.Problems
	var internal *internalError
	err = adviseOnMemory(err)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errTold):
		return exitWrong
	case errors.Is(err, errBroken):
		return exitBroken
	case errors.Is(err, errUndecided):
		return exitUndecided
	case errors.Is(err, errInterrupted):
		complain(w, err)
		return exitInterrupted
	case errors.As(err, &internal):
		complain(w, err)
		return exitInternal
	case errors.As(err, &problems):
		fmt.Fprintln(w, visibleLines(problems.Error()))
		complain(w, errors.New(countProblems(len(problems.List)+problems.More)+"; nothing was written"))
		return exitWrong
	}
	complain(w, err)
	return exitWrong
}

func countProblems(n int) string {
	if n == 1 {
		return "1 problem"
	}
	return fmt.Sprintf("%d problems", n)
}

func complain(w io.Writer, err error) { fmt.Fprintf(w, "channelmap: %s\n", visibleLines(err.Error())) }

// visibleLines keeps the line feeds of a message: several errors at once have a
// line each.
func visibleLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = render.EscapeControls(lines[i])
	}
	return strings.Join(lines, "\n")
}
