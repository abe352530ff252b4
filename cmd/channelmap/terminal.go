package main

import (
	"fmt"
	"io"
	"os"

	"github.com/channelmap/channelmap/render"
)

// Rules of what is printed where: stdout carries the result and nothing else, so
// that it can be piped. Warnings and errors go to stderr; so does progress, but
// only on a terminal. Nothing depends on whether stdout is a terminal except the
// width of text, bold headings (unless NO_COLOR is set), and the refusal to
// print pictures there.

// streams are where results and messages go.
type streams struct {
	out, err io.Writer
	// Columns of the terminal that each is; 0 where it is none.
	outColumns, errColumns int
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

// showProgress shows on a terminal which file is being read.
func (s streams) showProgress(file string) {
	if s.errColumns == 0 {
		return
	}
	line := []rune("reading " + render.EscapeControls(file))
	fmt.Fprintf(s.err, "\r\x1b[K%s", string(line[:min(len(line), s.errColumns-1)]))
}

// clearProgress removes what showProgress shows.
func (s streams) clearProgress() {
	if s.errColumns > 0 {
		fmt.Fprint(s.err, "\r\x1b[K")
	}
}
