package main

import (
	"io"
	"os"
	"time"
)

// Rules of what is printed where: stdout carries the result and nothing else, so
// that it can be piped. Warnings and errors go to stderr; so do progress and what
// the work came to, but only on a terminal. Nothing depends on whether stdout is a terminal except the
// width of text, bold headings (unless NO_COLOR is set), and the refusal to
// print pictures there.

// streams are where results and messages go.
type streams struct {
	out, err io.Writer
	// Columns of the terminal that each is; 0 where it is none.
	outColumns, errColumns int
	now                    func() time.Time // nil for the time of day
	progress               *progress        // of the command; nil where stderr is no terminal
}

func standardStreams() streams {
	return streams{
		out: os.Stdout, err: os.Stderr,
		outColumns: columns(os.Stdout), errColumns: columns(os.Stderr),
	}
}

// mostColumns bounds lines of text: longer ones are hard to read.
const mostColumns = 120

// width of text on stdout; 0 where it is no terminal.
func (s streams) width() int { return min(s.outColumns, mostColumns) }

// color reports whether stdout takes bold headings. See https://no-color.org.
func (s streams) color() bool {
	return s.outColumns > 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
